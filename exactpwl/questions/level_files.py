"""Level sets as files: JSON with everything, CSV with exact points, OBJ for programs that draw.

JSON and CSV hold exact numbers as texts.  OBJ has decimals only, so there numbers are rounded, in
the last step; and it knows no point at infinity, so an unbounded level set needs a domain.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exactpwl.errors import OptionError
from exactpwl.questions.curves import Curve, curves, outline
from exactpwl.questions.level_faces import LevelComplex, LevelComponent, LevelFace
from exactpwl.rationals import format_fraction, ordinary

__all__ = ["FORMAT", "as_csv", "as_json", "as_obj"]

FORMAT = "exactpwl-level/1"
"""The value of ``format`` in a JSON file."""


def as_json(found: LevelComplex) -> dict[str, Any]:
    """Return all faces with their vertices, directions and facets, and the components.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.questions import level_complex
    >>> told = as_json(level_complex(regions(gallery.get("hat1d")), "1/2"))
    >>> told["points"], told["f_vector"], told["faces"][0][0]["generators"]
    ([{'point': ['-1/2']}, {'point': ['1/2']}], [2, 0], [0])
    """
    told: dict[str, Any] = {
        "format": FORMAT,
        "dimension": found.dimension,
        "f_vector": list(found.f_vector),
        "f_vector_bounded": list(found.f_vector_bounded),
        "euler_characteristic": found.euler_characteristic,
        "points": [_generator(vector) for vector in found.generators],
        "lines": [list(line) for line in found.lines],
        "faces": [[_face(face) for face in faces] for faces in found.faces],
        "components": [_component(component) for component in found.components],
    }
    if found.dimension == 2:
        told["curves"] = [_curve(curve) for curve in curves(found)]
    return told


def _generator(vector: tuple[int, ...]) -> dict[str, Any]:
    if vector[-1]:
        return {"point": list(map(format_fraction, ordinary(vector)))}
    return {"direction": list(vector[:-1])}


def _face(face: LevelFace) -> dict[str, Any]:
    told: dict[str, Any] = {
        "generators": list(face.generators),
        "facets": list(face.facets),
        "regions": list(face.regions),
        "bounded": face.is_bounded,
        "on_the_boundary_of_the_domain": face.is_outer,
    }
    return {**told, "outputs": list(face.outputs)} if face.outputs else told


def _component(component: LevelComponent) -> dict[str, Any]:
    return {
        "dimension": component.dimension,
        "f_vector": list(component.f_vector),
        "bounded": component.is_bounded,
        "closed": component.is_closed,
        "faces": [list(faces) for faces in component.faces],
    }


def _curve(curve: Curve) -> dict[str, Any]:
    area = curve.enclosed_area
    return {
        "points": [list(map(format_fraction, point)) for point in curve.points],
        "start": None if curve.start is None else list(curve.start),
        "end": None if curve.end is None else list(curve.end),
        "closed": curve.is_closed,
        "squared_lengths": list(map(format_fraction, curve.squared_lengths)),
        "enclosed_area": None if area is None else format_fraction(area),
    }


def as_csv(found: LevelComplex) -> str:
    """Return a table of points and directions: in the plane curve by curve, in order.

    A row has the number of the curve or piece, its dimension, ``closed`` or ``open`` for a curve or
    a polygon in order and ``set`` for what has no order, ``point`` or ``direction``, and the exact
    coordinates.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.questions import level_complex
    >>> print(as_csv(level_complex(regions(gallery.get("hat1d")), 1)), end="")
    piece,dimension,order,kind,x1
    0,0,set,point,0
    """
    names = ",".join(f"x{i}" for i in range(1, found.dimension + 1))
    lines = [f"piece,dimension,order,kind,{names}"]
    for number, (dimension, order, rows) in enumerate(_parts(found)):
        for kind, numbers in rows:
            lines.append(",".join((str(number), str(dimension), order, kind, *numbers)))
    return "\n".join(lines) + "\n"


Rows = list[tuple[str, list[str]]]


def _parts(found: LevelComplex) -> Iterator[tuple[int, str, Rows]]:
    if found.dimension == 2:
        for curve in curves(found):
            yield 1, "closed" if curve.is_closed else "open", _walk(curve)
    for piece in found.pieces:
        if piece.dimension == 2 and not found.lines and piece.facets:
            edge = outline(found, piece)
            yield 2, "closed" if edge.is_closed else "open", _walk(edge)
        elif piece.dimension != 1 or found.dimension != 2:
            points = [("point", list(map(format_fraction, p))) for p in found.vertices(piece)]
            ways = [
                ("direction", list(map(str, way))) for way in (*found.rays(piece), *found.lines)
            ]
            yield piece.dimension, "set", points + ways


def _walk(curve: Curve) -> Rows:
    start = [] if curve.start is None else [("direction", list(map(str, curve.start)))]
    end = [] if curve.end is None else [("direction", list(map(str, curve.end)))]
    points = [("point", list(map(format_fraction, point))) for point in curve.points]
    return [*start, *points, *end]


def as_obj(found: LevelComplex) -> str:
    """Return vertices, edges and polygons in Wavefront's OBJ, with rounded decimals.

    Raises
    ------
    OptionError
        If it is in no plane and no space, or unbounded.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> from exactpwl.questions import level_complex
    >>> corner = regions(Network([([[1, 1, 1]], [0], "linear")]), [(0, 1)] * 3)
    >>> print(as_obj(level_complex(corner, "1/2")), end="")
    # a level set of a network, numbers rounded
    v 0 0 0.5
    v 0 0.5 0
    v 0.5 0 0
    f 1 2 3
    """
    if found.dimension not in (2, 3):
        raise OptionError(
            f"OBJ is for two or three inputs, the network has {found.dimension}: take JSON or CSV"
        )
    if found.lines or not all(vector[-1] for vector in found.generators):
        raise OptionError(
            "OBJ has no points at infinity, and this set is unbounded: give a domain, such as "
            "--box -1 1, or take JSON or CSV"
        )
    numbers: dict[tuple[Any, ...], int] = {}
    for number, vector in enumerate(found.generators, 1):
        numbers[ordinary(vector)] = number
    lines = ["# a level set of a network, numbers rounded"]
    for point in numbers:
        flat = [*map(float, point), 0.0][:3]
        lines.append("v " + " ".join(f"{c:.12g}" for c in flat))
    for piece in found.pieces:
        letter = "plf"[piece.dimension] if piece.dimension < 3 else ""
        points = found.vertices(piece) if piece.dimension < 2 else ()
        if piece.dimension == 2:
            points = outline(found, piece).points
        if letter:
            lines.append(f"{letter} " + " ".join(str(numbers[point]) for point in points))
        else:  # a solid: its walls
            lines += [
                "f " + " ".join(str(numbers[p]) for p in outline(found, found.faces[2][i]).points)
                for i in piece.facets
            ]
    return "\n".join(lines) + "\n"
