"""``exactpwl extrema``: all local minima and maxima, points and plateaus."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

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
from exactpwl.cli.outputs import Combination, combinations, outputs_option
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import YES, asked, cut, last_words, texts
from exactpwl.complex import PolyhedralComplex
from exactpwl.enumeration import regions
from exactpwl.faces import Face
from exactpwl.questions.local_extremes import LocalExtremum, local_extrema
from exactpwl.rationals import EXACTNESS, format_fraction

__all__ = ["extrema"]

_MOST_POINTS = 6


class Answer(NamedTuple):
    """What was found for a combination of outputs."""

    combination: Combination
    inside: tuple[LocalExtremum, ...]
    closed: tuple[LocalExtremum, ...]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl extrema hat2d",
        "exactpwl extrema disc --box -1 1",
        'exactpwl extrema sawtooth:3 --box 0 1 --output "2 y" --json',
    ),
)
@network_argument
@domain_options
@outputs_option
@jobs_option
@json_option
def extrema(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    outputs: tuple[str, ...],
    jobs: int,
    as_json: bool,
) -> int:
    """List all local minima and maxima of outputs of NET, points and plateaus, exactly.

    A point is a local minimum if no point near it has a smaller value. Connected sets of them are
    listed, each with its value and the faces of the complex that it is made of. It is strict where
    it is one point; a plateau where it is more, and closed, so that the output is larger all around
    it; and a ledge where it is not closed, so that from some of its limit points the output falls.
    The inside of a flat region is a ledge or a plateau, as a minimum and as a maximum.

    What is found inside the domain comes first; then what is found on the closed domain instead or
    besides, where a point of the boundary is compared with points of the domain alone. Exact means
    exact for the real-valued function of the stored numbers, not for a float runtime.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    chosen = combinations(outputs, network.output_dimension)
    with workers(jobs) as executor, bars() as shown:
        complex_ = regions(network, domain, executor=executor, listener=shown.enumeration())
        shown.doing("looking for minima and maxima")
        answers = [
            Answer(
                one,
                local_extrema(complex_, one[1]),
                local_extrema(complex_, one[1], closed=True),
            )
            for one in chosen
        ]
    if as_json:
        found = [_as_dict(answer, complex_) for answer in answers]
        told = {**asked(network, domain), "extrema": found, "exactness": EXACTNESS}
        click.echo(json.dumps(told))
        return YES
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    lines = [line for answer in answers for line in _lines(answer, complex_)]
    tell(lines)
    last_words([])
    return YES


def _lines(answer: Answer, complex_: PolyhedralComplex) -> list[str]:
    """Return what is found inside, and on the closed domain what is not the same in words.

    A plateau that goes on to the boundary has more faces there, and is the same plateau.
    """
    (name, _), inside, closed = answer
    words = [_line(name, one, complex_) for one in inside]
    lines = [_title(name, "inside the domain", inside), *cut(words, str)]
    if complex_.domain.is_whole_space:
        return lines
    others = [one for one in closed if _line(name, one, complex_) not in words]
    lines.append(_title(name, "on the closed domain, those that are not among these", others))
    return [*lines, *cut(others, lambda one: _line(name, one, complex_))]


def _title(name: str, where: str, found: Sequence[LocalExtremum]) -> str:
    counts = [sum(one.kind == kind for one in found) for kind in ("minimum", "maximum")]
    return f"{name} {where}: local minima {counts[0]}, local maxima {counts[1]}"


def _line(name: str, found: LocalExtremum, complex_: PolyhedralComplex) -> str:
    best = ", global" if found.is_global else ""
    head = f"{found.kind} {number_words(found.value)}, {found.shape}{best}"
    if found.shape == "strict":
        return f"{head}: at {point_words(complex_.points(found.generators)[0])}"
    falls = "falls" if found.kind == "minimum" else "rises"
    edge = f"; {name} {falls} from {_places(found.edge, complex_)}" if found.edge else ""
    return f"{head}: {_places(found.faces, complex_)}{edge}"


def _places(faces: Sequence[Face], complex_: PolyhedralComplex) -> str:
    """Return how many faces there are, and their points, directions and lines."""
    ids = sorted({g for face in faces for g in face.generators})
    dimensions = sorted({face.dimension for face in faces})
    of = " and ".join(map(str, dimensions))
    many = "1 face" if len(faces) == 1 else f"{len(faces)} faces"
    kinds = [
        ("points", complex_.points(ids)),
        ("directions", complex_.directions(ids)),
        ("lines", complex_.lines),
    ]
    parts = [f"{word} {_listed(vectors)}" for word, vectors in kinds if vectors]
    return f"{many} of dimension {of} with {', '.join(parts)}"


def _listed(vectors: Sequence[Sequence[Any]]) -> str:
    text = " ".join(map(point_words, vectors[:_MOST_POINTS]))
    more = len(vectors) - _MOST_POINTS
    return f"{text} and {more} more" if more > 0 else text


def _as_dict(answer: Answer, complex_: PolyhedralComplex) -> dict[str, Any]:
    name, coefficients = answer.combination
    return {
        "output": name,
        "coefficients": texts(coefficients),
        "inside": [_extremum(one, complex_) for one in answer.inside],
        "closed": [_extremum(one, complex_) for one in answer.closed],
    }


def _extremum(found: LocalExtremum, complex_: PolyhedralComplex) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "value": format_fraction(found.value),
        "shape": found.shape,
        "global": found.is_global,
        "dimension": found.dimension,
        "faces": [_face(face, complex_) for face in found.faces],
        "edge": [_face(face, complex_) for face in found.edge],
        "lines": [texts(line) for line in complex_.lines],
        "regions": list(found.regions),
        "patterns": [str(complex_.regions[i].pattern) for i in found.regions],
    }


def _face(face: Face, complex_: PolyhedralComplex) -> dict[str, Any]:
    return {
        "dimension": face.dimension,
        "points": [texts(point) for point in complex_.points(face.generators)],
        "directions": [texts(ray) for ray in complex_.directions(face.generators)],
    }
