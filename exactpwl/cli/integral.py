"""``exactpwl integral``: the exact integral of each output, or why it is not finite."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    jobs_option,
    json_option,
    load_source,
    network_argument,
    workers,
)
from exactpwl.cli.messages import facts, width
from exactpwl.cli.numerals import number_words, point_words, tell
from exactpwl.cli.outputs import Combination, combinations, outputs_option, region_words
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import YES, asked, last_words, texts
from exactpwl.complex import PolyhedralComplex
from exactpwl.enumeration import regions
from exactpwl.questions.integration import Divergence, Integral, integrals
from exactpwl.rationals import EXACTNESS, format_fraction

__all__ = ["integral"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl integral hat2d",
        "exactpwl integral abs",
        "exactpwl integral sawtooth:5 --box 0 1 --json",
        'exactpwl integral max:3 --box 0 1 --output "2 y"',
    ),
)
@network_argument
@domain_options
@outputs_option
@jobs_option
@json_option
def integral(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    outputs: tuple[str, ...],
    jobs: int,
    as_json: bool,
) -> int:
    """Compute the exact integral of each output of NET, or say why it has none.

    Over an unbounded domain an integral is finite exactly where the output is zero on all unbounded
    regions, as a hat function is. Else the integral of its positive part is infinite, or that of
    its negative part, or both, and then the integral does not exist: a region and a direction of it
    show each.

    With --json the output is one JSON object; the value of an integral that is not finite is null.
    Exact means exact for the real-valued function of the stored numbers, not for a float runtime.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    chosen = combinations(outputs, network.output_dimension)
    with workers(jobs) as executor, bars() as shown:
        complex_ = regions(network, domain, executor=executor, listener=shown.enumeration())
        shown.doing("integrating")
        found = integrals(complex_, [coefficients for _, coefficients in chosen])
    pairs = list(zip(chosen, found, strict=True))
    if as_json:
        answers = [_as_dict(*pair, complex_) for pair in pairs]
        told = {**asked(network, domain), "integrals": answers, "exactness": EXACTNESS}
        click.echo(json.dumps(told))
        return YES
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    lines = [line for (name, _), one in pairs for line in _lines(name, one, complex_)]
    tell(lines)
    last_words([])
    return YES


def _lines(name: str, found: Integral, complex_: PolyhedralComplex) -> list[str]:
    if found.value is not None:
        return [f"integral of {name}: {number_words(found.value)}"]
    reasons = [("positive", found.positive), ("negative", found.negative)]
    return [
        f"integral of {name}: {found}",
        *(_reason(name, part, reason, complex_) for part, reason in reasons if reason),
    ]


def _reason(name: str, part: str, reason: Divergence, complex_: PolyhedralComplex) -> str:
    where = region_words(complex_.regions[reason.region])
    slope = f"has the slope {number_words(reason.slope)}" if reason.slope else "does not change"
    return (
        f"its {part} part has an infinite integral over {where}: {name} {slope} along the "
        f"direction {point_words(reason.direction)}"
    )


def _as_dict(
    combination: Combination, found: Integral, complex_: PolyhedralComplex
) -> dict[str, Any]:
    name, coefficients = combination
    return {
        "output": name,
        "coefficients": texts(coefficients),
        "value": None if found.value is None else format_fraction(found.value),
        "text": str(found),
        "volume_of_the_domain": None if found.volume is None else format_fraction(found.volume),
        "positive_part": _divergence(found.positive, complex_),
        "negative_part": _divergence(found.negative, complex_),
    }


def _divergence(reason: Divergence | None, complex_: PolyhedralComplex) -> dict[str, Any] | None:
    """Return why a part is infinite; None where it is not."""
    if reason is None:
        return None
    return {
        "region": reason.region,
        "pattern": str(complex_.regions[reason.region].pattern),
        "direction": texts(reason.direction),
        "slope": format_fraction(reason.slope),
    }
