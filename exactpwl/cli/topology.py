"""``exactpwl topology``: components, holes and cavities of level sets and classes; the barcode."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import click

from exactpwl.certificate.question import parse_combination
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    json_option,
    load_source,
    network_argument,
    rational,
)
from exactpwl.cli.messages import aligned, facts, heading, width
from exactpwl.cli.progress import Bars, bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import YES, asked, cut, last_words, texts
from exactpwl.domain import Domain
from exactpwl.enumeration import regions
from exactpwl.network import Network
from exactpwl.questions.class_shapes import ClassTopology, class_topologies
from exactpwl.questions.persistence import Bar, barcode
from exactpwl.questions.topology import SetTopology, Topology, topology_at
from exactpwl.rationals import EXACTNESS, format_fraction
from exactpwl.superlevel import SuperlevelComponent
from exactpwl.tables.numbers import LONGEST, Numbers

__all__ = ["topology"]

_SETS = {"<=": "sublevel", ">=": "superlevel", "=": "level", "<": "below", ">": "above"}
_FIRST = 12
"""Regions of a component that are listed."""
_DIGITS, _ROUNDED = 8, "~"
_COLUMNS = 4
"""So many Betti numbers are printed even if they are 0."""


class Answer(NamedTuple):
    """What was found: of one combination of outputs, or of the classes."""

    name: str
    coefficients: tuple[Fraction, ...]
    levels: tuple[Topology, ...]
    bars: tuple[Bar, ...] | None
    classes: tuple[ClassTopology, ...]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl topology l1_annulus",
        "exactpwl topology rings --at 0 --at 1/2 --barcode",
        "exactpwl topology xor --box -2 2 --barcode --json",
    ),
)
@network_argument
@domain_options
@click.option(
    "--at",
    "values",
    type=rational,
    multiple=True,
    metavar="T",
    help="A threshold, an exact text; may be given several times. 0 by default.",
)
@click.option(
    "--barcode",
    "with_barcode",
    is_flag=True,
    help="Print the barcode of the sublevel sets instead, or beside the thresholds.",
)
@click.option(
    "--output",
    metavar="TEXT",
    help="The output or combination that is compared with T, such as y2 or 'y1 - y2'. Without it "
    "a network with several outputs is asked for its classes.",
)
@json_option
def topology(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    values: tuple[Fraction, ...],
    with_barcode: bool,
    output: str | None,
    as_json: bool,
) -> int:
    """Count components, holes and cavities of the level sets and of the classes of NET.

    For an output f and a threshold T: the Betti numbers (b0 components, b1 holes, b2 cavities, ...)
    over the field of two elements and the Euler characteristic of f <= T, f >= T, f = T, f < T and
    f > T, the components of the last two, and which of them are bounded. The domain is closed. Over
    the rational numbers the Betti numbers are the same, or are printed, too.

    For several outputs: the same of each class, the set on which one output is larger than all
    others; classes are counted from 0.

    With --barcode: at which T a component or hole of f <= T is born, and dies.

    Exact means exact for the real-valued function of the stored numbers, not for a float runtime.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    several = network.output_dimension > 1
    if several and output is None and (values or with_barcode):
        raise click.UsageError(
            f"--at and --barcode are about one of the {network.output_dimension} outputs; name it, "
            "or a combination: --output y1, --output 'y1 - y2'"
        )
    with bars() as shown:
        if several and output is None:
            shown.doing("computing the classes")
            classes = class_topologies(network, domain, listener=shown.enumeration())
            answer = Answer("", (), (), None, classes)
        else:
            answer = _about(network, domain, output or "y1", values, with_barcode, shown)
    if as_json:
        click.echo(json.dumps({**asked(network, domain), **_as_dict(answer)}))
        return YES
    click.echo(facts(network, domain, columns=width()))
    for lines in _sections(answer):
        click.echo()
        click.echo("\n".join(lines))
    click.echo()
    last_words([])
    return YES


def _about(
    network: Network,
    domain: Domain,
    output: str,
    values: Sequence[Fraction],
    with_barcode: bool,
    shown: Bars,
) -> Answer:
    coefficients = parse_combination(output, network.output_dimension)
    complex_ = regions(network, domain, listener=shown.enumeration())
    shown.doing("pairing cells")
    chosen = values or (() if with_barcode else (Fraction(0),))
    return Answer(
        "y" if network.output_dimension == 1 and output == "y1" else output,
        coefficients,
        tuple(topology_at(complex_, value, coefficients) for value in chosen),
        barcode(complex_, coefficients) if with_barcode else None,
        (),
    )


def _sections(answer: Answer) -> list[list[str]]:
    found = [_level_lines(answer.name, level) for level in answer.levels]
    if answer.bars is not None:
        found.append(_barcode_lines(answer.name, answer.bars))
    if answer.classes:
        found.append(_class_lines(answer.classes))
    return found


def _level_lines(name: str, level: Topology) -> list[str]:
    at = format_fraction(level.value)
    shapes = {f"{name} {sign} {at}": getattr(level, kind) for sign, kind in _SETS.items()}
    lines = [heading(f"{name} at {at}: Betti numbers over F2"), _table(shapes)]
    for sign, parts in ((">", level.components_above), ("<", level.components_below)):
        lines.append(f"{name} {sign} {at}: {_counted(parts)}")
        lines += cut(parts, _component)
    return lines


def _class_lines(classes: Sequence[ClassTopology]) -> list[str]:
    names = {f"class {one.output}, y{one.output + 1}": one for one in classes}
    title = "classes, counted from 0: where one output is larger than all others"
    lines = [heading(f"{title}; Betti numbers over F2")]
    lines.append(_table({name: one.shape for name, one in names.items()}))
    for name, one in names.items():
        lines.append(f"{name}: {_counted(one.components)}")
        lines += cut(one.components, _component)
    return lines


def _barcode_lines(name: str, found: Sequence[Bar]) -> list[str]:
    rows: list[Sequence[str]] = [("dimension", "birth", "death", "length")]
    for bar in sorted(found, key=_shortness):
        ends = ((bar.birth, "-inf"), (bar.death, "inf"), (bar.length, "inf"))
        rows.append((str(bar.dimension), *(_end(value, word) for value, word in ends)))
    dimensions = [bar.dimension for bar in found]
    counts = [f"{dimensions.count(k)} of dimension {k}" for k in sorted(set(dimensions))]
    head, *lines = aligned(rows).split("\n")
    told = [heading(f"barcode of {name} <= t over F2"), f"bars: {', '.join(counts)}", head]
    told += cut(lines, str)
    if any(_ROUNDED in line for line in told):
        told.append(f"{_ROUNDED} rounded to {_DIGITS} digits; --json has the rational numbers")
    return told


def _shortness(bar: Bar) -> tuple[bool, Fraction]:
    """Return what sorts the longest bars to the front."""
    return (False, Fraction(0)) if bar.length is None else (True, -bar.length)


def _table(shapes: dict[str, SetTopology]) -> str:
    """Return the numbers of each set in a row; of many that are 0 in every set, how many."""
    numbers = list(zip(*(shape.betti for shape in shapes.values()), strict=True))
    last = max((k for k, column in enumerate(numbers) if any(column)), default=0)
    many = len(numbers) > max(_COLUMNS, last + 2)
    count = max(last + 1, 2) if many else len(numbers)
    rows = [("", *(f"b{k}" for k in range(count)), "Euler characteristic")]
    for name, shape in shapes.items():
        euler = str(shape.euler_characteristic)
        rows.append((name, *map(str, shape.betti[:count]), euler))
        if shape.rational_betti != shape.betti:
            rows.append((f"{name}, over Q", *map(str, shape.rational_betti[:count]), euler))
    zeros = f"\n  b{count} to b{len(numbers) - 1} are 0" if many else ""
    return aligned(rows) + zeros


def _counted(parts: Sequence[SuperlevelComponent]) -> str:
    bounded = sum(part.is_bounded for part in parts)
    return f"{len(parts)} component{'' if len(parts) == 1 else 's'}, {bounded} bounded"


def _component(part: SuperlevelComponent) -> str:
    count = len(part.regions)
    listed = ", ".join(map(str, part.regions[:_FIRST])) + (", ..." if count > _FIRST else "")
    kind = "bounded" if part.is_bounded else "unbounded"
    return f"  {kind}, in {count} region{'' if count == 1 else 's'}: {listed}"


def _end(value: Fraction | None, infinite: str) -> str:
    """Return a number whole if it is short, else a decimal that says that it is rounded."""
    if value is None:
        return infinite
    if len(format_fraction(value)) <= LONGEST:
        return format_fraction(value)
    numerator, _, exponent = Numbers(digits=_DIGITS).spell(abs(value))
    power = f"e{exponent}" if exponent else ""
    return f"{_ROUNDED}{'-' if value < 0 else ''}{numerator}{power}"


def _as_dict(answer: Answer) -> dict[str, Any]:
    return {
        "field": "F2",
        "output": answer.name or None,
        "coefficients": texts(answer.coefficients),
        "thresholds": [_level_json(level) for level in answer.levels],
        "barcode": None if answer.bars is None else [_bar_json(bar) for bar in answer.bars],
        "classes": [
            {"output": k, **_shape_json(shape), "components": _parts_json(parts)}
            for k, shape, parts in answer.classes
        ],
        "exactness": EXACTNESS,
    }


def _level_json(level: Topology) -> dict[str, Any]:
    return {
        "value": format_fraction(level.value),
        "sets": {sign: _shape_json(getattr(level, kind)) for sign, kind in _SETS.items()},
        "components": {
            ">": _parts_json(level.components_above),
            "<": _parts_json(level.components_below),
        },
    }


def _shape_json(shape: SetTopology) -> dict[str, Any]:
    return {
        "betti": list(shape.betti),
        "rational_betti": list(shape.rational_betti),
        "euler_characteristic": shape.euler_characteristic,
    }


def _parts_json(parts: Sequence[SuperlevelComponent]) -> list[dict[str, Any]]:
    return [{"regions": list(part.regions), "bounded": part.is_bounded} for part in parts]


def _bar_json(bar: Bar) -> dict[str, Any]:
    birth, death = (None if end is None else format_fraction(end) for end in bar[1:])
    return {"dimension": bar.dimension, "birth": birth, "death": death}
