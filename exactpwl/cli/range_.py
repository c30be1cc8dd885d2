"""``exactpwl range``: the exact minimum and maximum of an output, and where they are attained."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.certificate.question import parse_combination
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    json_option,
    load_source,
    network_argument,
)
from exactpwl.cli.messages import facts, width
from exactpwl.cli.numerals import number_words, point_words, tell
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import YES, asked, certificate_option, last_words, texts, written
from exactpwl.questions.extent import Extremum, ValueRange, value_range
from exactpwl.rationals import EXACTNESS, format_fraction

__all__ = ["range_"]

Asked = Sequence[tuple[str, Sequence[Fraction | int]]]
"""Texts of combinations, and their coefficients."""


@click.command(
    "range",
    cls=Taught,
    examples=(
        "exactpwl range xor --box 0 1",
        "exactpwl range disc --out range.cert",
        'exactpwl range xor "2 y" --box -1 1 --json',
    ),
)
@network_argument
@click.argument("combination", metavar="[COMBINATION]", required=False)
@domain_options
@certificate_option
@json_option
def range_(
    net: str,
    combination: str | None,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Compute the exact minimum and maximum of an output of NET, and where they are.

    COMBINATION is of the outputs, which are called y, or y1, y2, ...: such as 'y1 - y2'. Without it
    the range of each output is computed. One that begins with a minus sign comes after --.

    The domain is closed: extrema on its boundary count. Where there is no minimum or no maximum, a
    ray is shown along which the output goes beyond every bound. Exact means exact for the
    real-valued function of the stored numbers, not for a float runtime.
    """
    source = load_source(net)
    network = source.network
    domain = domain_of(network, box, domain_file)
    chosen = _asked(combination, network.output_dimension)
    if out is not None and len(chosen) > 1:
        raise click.UsageError(
            f"--out writes what one combination ranges over, and the network has {len(chosen)} "
            "outputs: name one, such as y1"
        )
    with bars() as shown:
        shown.doing("looking for the ends of the range")
        found = [(name, value_range(network, one, domain)) for name, one in chosen]
        lines = written(found[0][1].certificate, out, shown, network)
        if as_json:
            ranges = [_as_dict(name, one) for name, one in found]
            told = {**asked(network, domain), "ranges": ranges, "exactness": EXACTNESS}
            click.echo(json.dumps(told))
            return YES
        answer = [line for name, one in found for line in _lines(name, one)]
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    tell(answer)
    last_words(lines)
    return YES


def _asked(combination: str | None, outputs: int) -> Asked:
    if combination is not None:
        return [(combination, parse_combination(combination, outputs))]
    names = ["y"] if outputs == 1 else [f"y{k + 1}" for k in range(outputs)]
    return [(name, parse_combination(name, outputs)) for name in names]


def _lines(name: str, found: ValueRange) -> list[str]:
    return [
        f"minimum of {name}: {_end(found.minimum)}",
        f"maximum of {name}: {_end(found.maximum)}",
    ]


def _end(found: Extremum) -> str:
    if found.attained is None:
        start, way = point_words(found.point), point_words(found.direction or ())
        return f"none, unbounded on the ray from {start} along {way}"
    where = found.attained
    count = len(where.regions)
    regions = "1 closed region" if count == 1 else f"{count} closed regions"
    points = (
        "at this point alone"
        if where.vertices == 1 and not where.dimension
        else f"at {where.vertices} points"
        if not where.dimension
        else f"on faces of dimension up to {where.dimension}"
    )
    value, place = number_words(found.value or Fraction(0)), point_words(found.point)
    return f"{value} at {place}; in {regions}, {points}"


def _as_dict(name: str, found: ValueRange) -> dict[str, Any]:
    return {
        "combination": name,
        "coefficients": texts(found.coefficients),
        "minimum": _extremum(found.minimum),
        "maximum": _extremum(found.maximum),
    }


def _extremum(found: Extremum) -> dict[str, Any]:
    where = found.attained
    return {
        "value": None if found.value is None else format_fraction(found.value),
        "point": texts(found.point),
        "direction": None if found.direction is None else texts(found.direction),
        "regions": None if where is None else len(where.regions),
        "vertices": None if where is None else where.vertices,
        "dimension": None if where is None else where.dimension,
    }
