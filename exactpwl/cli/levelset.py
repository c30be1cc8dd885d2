"""``exactpwl levelset``: a level set, or the decision boundary, as a polyhedral complex."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.certificate.question import parse_combination
from exactpwl.cli.destination import DESTINATION
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    json_option,
    load_source,
    network_argument,
    rational,
)
from exactpwl.cli.messages import facts, width
from exactpwl.cli.numerals import number_words, point_words, tell
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import asked, cut, last_words
from exactpwl.enumeration import regions
from exactpwl.network import Network
from exactpwl.questions.curves import Curve, curves
from exactpwl.questions.level_complexes import decision_boundary, level_complex
from exactpwl.questions.level_faces import LevelComplex, LevelComponent
from exactpwl.questions.level_files import as_csv, as_json, as_obj
from exactpwl.rationals import EXACTNESS, format_fraction

__all__ = ["levelset"]

FORMATS = (".json", ".csv", ".obj")
MOST_POINTS = 8
"""Points of a curve that are printed."""


@click.command(
    cls=Taught,
    examples=(
        "exactpwl levelset l1_annulus --at 1/2",
        "exactpwl levelset disc-8-8-8 --out boundary.csv",
        "exactpwl levelset max:3 --at 1 --box -2 2 --out level.obj",
        "exactpwl levelset net.json --decision --box -1 1 --out boundary.json",
    ),
)
@network_argument
@click.option(
    "--at",
    "value",
    type=rational,
    metavar="VALUE",
    help="The level: where the output is VALUE; 0 if left out.",
)
@click.option(
    "--output",
    "combination",
    metavar="TEXT",
    help="The level of this output or combination, such as y2 or 'y1 - y2'; needed where there are "
    "several outputs.",
)
@click.option(
    "--decision",
    is_flag=True,
    help="The decision boundary: where the two largest outputs are equal, or where the one that "
    "there is is 0.",
)
@domain_options
@click.option(
    "--out",
    "-o",
    type=DESTINATION,
    metavar="FILE",
    help="Write it: .json has all faces, .csv exact points in order, .obj rounded points and "
    "polygons.",
)
@json_option
def levelset(
    net: str,
    value: Fraction | None,
    combination: str | None,
    decision: bool,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Compute a level set of NET, or its decision boundary, as a polyhedral complex.

    All faces of all dimensions, which of them meet, the connected components and which of those are
    bounded or closed, the Euler characteristic; of two inputs the curves, vertex by vertex, with
    the exact area that a closed one encloses. The domain is closed: faces on its boundary count. A
    region on which the output is the level everywhere is a face of full dimension.

    Figures: exactpwl plot contours, exactpwl plot decision.
    """
    network = load_source(net).network
    if decision and (value is not None or combination is not None):
        raise click.UsageError("--decision is between all outputs: leave out --at and --output")
    if out is not None and out.suffix not in FORMATS:
        raise click.UsageError(f"--out takes a file {', '.join(FORMATS)}; got {out.name!r}")
    domain = domain_of(network, box, domain_file)
    with bars() as shown:
        shown.doing("cutting the regions")
        complex_ = regions(network, domain)
        if decision and network.output_dimension > 1:
            found = decision_boundary(complex_)
        else:
            found = level_complex(complex_, value or 0, _functional(network, combination))
        told = _answer(found) if as_json else {}
        lines = _written(found, out)
    name = _equation(network, value or Fraction(0), combination, decision)
    if as_json:
        answer = {**asked(network, domain), "set": name, **told, "exactness": EXACTNESS}
        click.echo(json.dumps(answer))
        return 0
    click.echo(facts(network, domain, columns=width()) + "\n")
    words = _told(found, name)
    tell(words, rest="    ")
    last_words(lines)
    return 0


def _functional(network: Network, text: str | None) -> Sequence[Fraction] | None:
    if text is not None:
        return parse_combination(text, network.output_dimension)
    if network.output_dimension > 1:
        raise click.UsageError(
            f"the network has {network.output_dimension} outputs: name one or a combination by "
            "--output, such as 'y1 - y2', or take --decision"
        )
    return None


def _answer(found: LevelComplex) -> dict[str, Any]:
    """Return what a file .json has, without the words that an answer has of its own."""
    return {key: item for key, item in as_json(found).items() if key != "dimension"}


def _written(found: LevelComplex, path: Path | None) -> list[str]:
    if path is None:
        return []
    if path.suffix == ".json":
        text = json.dumps(as_json(found)) + "\n"
    else:
        text = as_csv(found) if path.suffix == ".csv" else as_obj(found)
    path.write_text(text, encoding="utf-8", newline="\n")
    rounded = ", numbers rounded" if path.suffix == ".obj" else ""
    return [f"written: {path}, {path.stat().st_size:,} bytes{rounded}"]


def _equation(network: Network, value: Fraction, text: str | None, decision: bool) -> str:
    if decision and network.output_dimension > 1:
        return f"the two largest of {network.output_dimension} outputs are equal"
    return f"{text or 'y'} = {format_fraction(value)}"


def _told(found: LevelComplex, name: str) -> list[str]:
    if found.is_empty:
        return [f"{{{name}}} is empty in the domain"]
    lines = [f"{{{name}}}: {_count(found.f_vector)}; Euler characteristic {_euler(found)}"]
    flat = len(found.faces[found.dimension])
    if flat:
        lines.append(f"it fills pieces of full dimension: {flat}")
    lines.append(f"connected components: {len(found.components)}")
    lines += cut(found.components, _component)
    traced = curves(found) if found.dimension == 2 else ()
    if traced:
        lines += [f"curves: {len(traced)}", *cut(traced, _curve)]
    return lines


def _euler(found: LevelComplex) -> str:
    is_bounded = all(component.is_bounded for component in found.components)
    return f"{found.euler_characteristic}{'' if is_bounded else ' (with compact support)'}"


def _count(f_vector: Sequence[int]) -> str:
    names = [("vertex", "vertices"), ("edge", "edges"), ("polygon", "polygons")]
    told = []
    for k, count in enumerate(f_vector):
        one, many = names[k] if k < len(names) else (f"of dimension {k}",) * 2
        if count:
            told.append(f"{count} {one if count == 1 else many}")
    return ", ".join(told)


def _component(component: LevelComponent) -> str:
    words = "closed" if component.is_closed else "bounded" if component.is_bounded else "unbounded"
    return f"  {words}, of dimension {component.dimension}: {_count(component.f_vector)}"


def _curve(curve: Curve) -> str:
    points = [point_words(point) for point in curve.points[:MOST_POINTS]]
    left = len(curve.points) - len(points)
    points += [f"and {left} more"] if left else []
    if curve.start is not None:
        points.insert(0, f"from the direction {point_words(curve.start)}")
    if curve.end is not None:
        points.append(f"to the direction {point_words(curve.end)}")
    area = curve.enclosed_area
    kind = "open" if area is None else f"closed, around the area {number_words(area)}"
    return f"  {kind}: {', '.join(points)}"
