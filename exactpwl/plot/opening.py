"""A complex of space cut open: which parts of its cells remain, and which of their faces are seen.

A wedge is taken away: all points on the inner side of each of some planes, one plane for a half,
two for a slice, three for a corner.  What remains is not convex, so a cell falls into pieces that
are: those points outside the first plane, those inside the first and outside the second, and so on.
Where two pieces of a cell touch, nothing is to be seen: there is no face and no edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exactpwl.plot.clip import Polygon, Vector, cut_polygon, cut_segment, height
from exactpwl.plot.polytope import Face, HalfSpace, cut_polytope

__all__ = ["Edge", "Piece", "edges", "is_open_at", "pieces"]


class Piece(NamedTuple):
    """A convex part of a cell outside a wedge.

    Attributes
    ----------
    faces : tuple of Face
    plane : int
        The plane that it is outside of; it is inside of all before.
    """

    faces: tuple[Face, ...]
    plane: int


class Edge(NamedTuple):
    """An edge of a piece: its ends, and the earliest layer that bends there, if there is one."""

    ends: tuple[Vector, ...]
    layer: int | None


def pieces(faces: Sequence[Face], wedge: Sequence[HalfSpace]) -> Iterator[Piece]:
    """Yield the pieces of a polytope outside a wedge.

    Parameters
    ----------
    faces : of the polytope
    wedge : (a, b, c, e) for each plane, at least 0 on the side that is taken away

    Examples
    --------
    >>> from fractions import Fraction
    >>> from exactpwl.plot.polytope import box_faces
    >>> cube = box_faces(((Fraction(-1), Fraction(1)),) * 3)
    >>> [piece.plane for piece in pieces(cube, [(1, 0, 0, 0), (0, 1, 0, 0)])]
    [0, 1]
    """
    rest = tuple(faces)
    if not wedge:
        yield Piece(rest, 0)
    for number, plane in enumerate(wedge):
        part = cut_polytope(rest, tuple(-entry for entry in plane))
        if part:
            yield Piece(tuple(_faces_outside(part, number, wedge)), number)
        rest = cut_polytope(rest, plane)
        if not rest:
            return


def is_open_at(polygon: Sequence[Vector], plane: HalfSpace) -> bool:
    """Return whether a polygon lies in a plane."""
    return not any(height(plane, vertex) for vertex in polygon)


def _faces_outside(
    faces: Sequence[Face], number: int, wedge: Sequence[HalfSpace]
) -> Iterator[Face]:
    """Yield the faces of a piece: of that in its own plane the part that the wedge lays bare.

    Its faces in the planes before are where it touches other pieces.
    """
    for face in faces:
        if is_open_at(face.polygon, wedge[number]):
            polygon: Polygon = face.polygon
            for plane in wedge[number + 1 :]:
                polygon = cut_polygon(polygon, plane)
            if polygon:
                yield face._replace(polygon=polygon, neighbour=None)
        elif not any(is_open_at(face.polygon, plane) for plane in wedge[:number]):
            yield face


def edges(piece: Piece, face: Face, wedge: Sequence[HalfSpace]) -> Iterator[Edge]:
    """Yield the edges of a face that are seen, without those between two pieces of a cell."""
    bare = bool(wedge) and is_open_at(face.polygon, wedge[piece.plane])
    before = face.polygon[-1]
    for vertex in face.polygon:
        ends: tuple[Vector, ...] = (before, vertex)
        before = vertex
        if not bare:
            ends = _laid_bare(ends, piece.plane, wedge)
        if ends:
            yield Edge(ends, _layer_at(ends, [f for f in piece.faces if f.row != face.row]))


def _laid_bare(
    ends: tuple[Vector, ...], number: int, wedge: Sequence[HalfSpace]
) -> tuple[Vector, ...]:
    """Return the part of an edge that is no seam: what borders on the hole, in its own plane."""
    if any(is_open_at(ends, plane) for plane in wedge[:number]):
        return ()
    if wedge and is_open_at(ends, wedge[number]):
        for plane in wedge[number + 1 :]:
            ends = cut_segment(ends, plane)
            if not ends:
                break
    return ends


def _layer_at(ends: Sequence[Vector], faces: Sequence[Face]) -> int | None:
    found = [f.layer for f in faces if f.layer is not None and is_open_at(ends, f.row)]
    return min(found, default=None)
