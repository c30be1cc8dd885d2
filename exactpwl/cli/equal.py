"""``exactpwl equal``: are two networks the same function, and if not, where do they differ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    json_option,
    load_source,
)
from exactpwl.cli.messages import aligned, facts, printable, width
from exactpwl.cli.numerals import map_words, point_words, tell, volume_words
from exactpwl.cli.outputs import pattern_words
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import (
    NO,
    YES,
    asked,
    certificate_option,
    cut,
    last_words,
    map_json,
    texts,
    written,
)
from exactpwl.domain import Domain
from exactpwl.questions.equality import Difference, DifferingRegion, difference
from exactpwl.rationals import EXACTNESS, format_fraction

__all__ = ["equal"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl equal xor xor-20",
        "exactpwl equal net.json disc --out equal.cert",
        "exactpwl equal sawtooth:2 sawtooth:3 --box 0 1/8",
        "exactpwl equal disc-3@0 disc-3 --box -1 1 --json",
    ),
)
@click.argument("net", metavar="NET")
@click.argument("other", metavar="OTHER")
@domain_options
@certificate_option
@json_option
def equal(
    net: str,
    other: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Decide whether NET and OTHER are the same function, and show where they differ.

    They need the same numbers of inputs and outputs, and nothing else: layers, widths and
    activations may be different. The answer is about the closed domain, every point of it. If they
    differ, a point is shown, and the regions of the common refinement on which their affine maps
    differ, with the exact volume of the set.

    The exit status is 0 if they are the same function, 10 if they differ, 2 if they cannot be
    compared. Exact means exact for the real-valued functions of the stored numbers, not for a float
    runtime: a network printed with decimals is another function, unless all digits are printed.
    """
    first, second = load_source(net).network, load_source(other).network
    domain = domain_of(first, box, domain_file)
    with bars() as shown:
        shown.doing("comparing on the common refinement")
        found = difference(first, second, domain)
        lines = written(found.certificate, out, shown, first, second)
        shown.doing("measuring where they differ")
        if as_json:
            click.echo(json.dumps(_as_dict(found, domain)))
            return YES if found.is_zero else NO
        answer = _same(found) if found.is_zero else _different(found)
    click.echo(facts(first, domain, columns=width()))
    name = f"{printable(second.name)}: " if second.name else ""
    rows = [("against", name + second.architecture), ("sha256", second.sha256)]
    click.echo(aligned(rows, indent="", columns=width()) + "\n")
    tell(answer)
    last_words(lines)
    return YES if found.is_zero else NO


def _same(found: Difference) -> list[str]:
    claim = found.certificate.claim.as_json()
    return [
        "the same function: f - g is 0 at every point of the domain",
        f"their affine maps agree on all {claim['regions']} regions of the common refinement",
    ]


def _different(found: Difference) -> list[str]:
    assert found.point is not None
    assert found.values is not None
    one, other = (point_words(value) for value in found.values)
    volume = volume_words(found.volume)
    return [
        f"different: at {point_words(found.point)} f is {one} and g is {other}",
        f"f - g is not 0 on {len(found.regions)} of {len(found.complex)} regions of the common "
        f"refinement (linear regions of f - g there: {len(found.pieces)}; volume: {volume}):",
        *cut(found.regions, _line),
    ]


def _line(one: DifferingRegion) -> str:
    patterns = " and ".join(map(pattern_words, one.patterns))
    place = point_words(one.witness)
    return f"  around {place}, patterns {patterns}: f - g = {map_words(one.difference)}"


def _as_dict(found: Difference, domain: Domain) -> dict[str, Any]:
    other = asked(found.second, domain)
    del other["domain"]
    volume = found.volume
    return {
        **asked(found.first, domain),
        "other": other,
        "equal": found.is_zero,
        "point": None if found.point is None else texts(found.point),
        "values": None if found.values is None else [texts(value) for value in found.values],
        "differing_regions": [_region(one) for one in found.regions],
        "linear_regions": len(found.pieces),
        "volume": None if volume is None else format_fraction(volume),
        "exactness": EXACTNESS,
    }


def _region(one: DifferingRegion) -> dict[str, Any]:
    return {
        "patterns": [str(pattern) for pattern in one.patterns],
        "difference": map_json(one.difference),
        "witness": texts(one.witness),
        "volume": None if one.volume is None else format_fraction(one.volume),
    }
