"""Cutting space, exactly: what a window shows of a three-dimensional cell, face by face.

As in the plane (`exactpwl.plot.clip`) the cell is not clipped; the window is a polytope, and each
inequality of the cell cuts it.  A polytope is kept as its faces, each a polygon in order.  A cut
leaves the polygons' parts on one side, and closes the hole by one new face: its edges are those
that the cut polygons have in the plane, each joined to the next at a common vertex.  No coordinate
is compared for it, only vertices for equality, which is exact because all are primitive vectors.

A face knows what is behind it: nothing (the window's side, the domain's boundary, a plane at which
the figure is cut open), or a neighbouring region, and then the layer that bends there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.domain import Domain
from exactpwl.plot.clip import Polygon, Vector, cut_polygon, height
from exactpwl.plot.edges import first_change
from exactpwl.plot.window import Bounds
from exactpwl.rationals import homogeneous, ordinary

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Face", "HalfSpace", "box_faces", "centre", "cut_polytope", "polytope_of", "vertices"]

HalfSpace = tuple[int, ...]
"""(a, b, c, e) for a x + b y + c z + e t >= 0."""


class Face(NamedTuple):
    """A face of a polytope.

    Attributes
    ----------
    row : (a, b, c, e)
        The half-space that it bounds, with the polytope inside.
    polygon : vertices in order, as integer vectors (x, y, z, t)
    layer : int or None
        The first layer with kinks that changes its pieces across the face; None where no region
        lies behind it.
    neighbour : int or None
        The region behind it.
    """

    row: HalfSpace
    polygon: Polygon
    layer: int | None = None
    neighbour: int | None = None


def box_faces(window: Bounds) -> tuple[Face, ...]:
    """Return the six sides of a box of space.

    Examples
    --------
    >>> faces = box_faces(((Fraction(0), Fraction(1)),) * 3)
    >>> faces[0].row, faces[0].polygon
    ((1, 0, 0, 0), ((0, 0, 0, 1), (0, 1, 0, 1), (0, 1, 1, 1), (0, 0, 1, 1)))
    """
    faces = []
    rows = [(*normal, offset) for normal, offset in Domain.box(window).rows]
    for number, row in enumerate(rows):
        axis, end = divmod(number, 2)
        second, third = (window[i] for i in range(3) if i != axis)
        around = [(u, v) for u, v in zip((0, 1, 1, 0), (0, 0, 1, 1), strict=True)]
        corners = ([second[u], third[v]] for u, v in around)
        points = [[*c[:axis], window[axis][end], *c[axis:]] for c in corners]
        faces.append(Face(row, tuple(map(homogeneous, points))))
    return tuple(faces)


def cut_polytope(
    faces: Sequence[Face], row: HalfSpace, layer: int | None = None, neighbour: int | None = None
) -> tuple[Face, ...]:
    """Return the part of a polytope in a half-space; nothing if it has no interior.

    Parameters
    ----------
    faces : sequence of Face
    row : (a, b, c, e)
    layer, neighbour : what the new face has behind it

    Examples
    --------
    >>> cube = box_faces(((Fraction(0), Fraction(1)),) * 3)
    >>> corner = cut_polytope(cube, (-2, -2, -2, 1))
    >>> len(corner), corner[-1].polygon
    (4, ((0, 0, 1, 2), (0, 1, 0, 2), (1, 0, 0, 2)))
    >>> cut_polytope(cube, (-1, -1, -1, 0))
    ()
    """
    heights = [height(row, vertex) for vertex in vertices(faces)]
    if not any(h > 0 for h in heights):
        return ()
    if not any(h < 0 for h in heights):
        return tuple(faces)
    parts = ((face, cut_polygon(face.polygon, row)) for face in faces)
    kept = [face._replace(polygon=part) for face, part in parts if part]
    edges = [[v for v in face.polygon if not height(row, v)] for face in kept]
    hole = _around([edge for edge in edges if len(edge) == 2])
    return (*kept, Face(row, hole, layer, neighbour))


def _around(edges: Iterable[Sequence[Vector]]) -> Polygon:
    """Return the vertices of a closed path in order, given its edges."""
    beside: dict[Vector, list[Vector]] = defaultdict(list)
    for first, last in edges:
        beside[first].append(last)
        beside[last].append(first)
    before = min(beside)
    path = [before, min(beside[before])]
    while len(path) < len(beside):
        path.append(next(v for v in beside[path[-1]] if v != before))
        before = path[-2]
    return tuple(path)


def vertices(faces: Iterable[Face]) -> list[Vector]:
    """Return the vertices of a polytope, each once."""
    return sorted({vertex for face in faces for vertex in face.polygon})


def centre(faces: Iterable[Face]) -> tuple[Fraction, ...]:
    """Return the mean of a polytope's vertices, a point of its interior.

    Examples
    --------
    >>> centre(box_faces(((Fraction(0), Fraction(1)),) * 3))
    (Fraction(1, 2), Fraction(1, 2), Fraction(1, 2))
    """
    points = [ordinary(vertex) for vertex in vertices(faces)]
    return tuple(sum(c, Fraction(0)) / len(points) for c in zip(*points, strict=True))


def polytope_of(complex_: PolyhedralComplex, cell: int, window: Bounds) -> tuple[Face, ...]:
    """Return the part of a region in a window, with what lies behind each face; () if they miss.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> half = regions(Network([([[1, 0, 0]], [0], "relu")]))
    >>> faces = polytope_of(half, 1, ((Fraction(-1), Fraction(1)),) * 3)
    >>> [face.neighbour for face in faces]
    [None, None, None, None, None, 0]
    """
    faces: tuple[Face, ...] = box_faces(window)
    pattern = complex_.cells[cell].pattern
    for facet in complex_.regions[cell].facets:
        row = (*facet.inequality.normal, facet.inequality.offset)
        layer = None
        if facet.neighbour is not None:
            layer = first_change(pattern, complex_.cells[facet.neighbour].pattern)
        faces = cut_polytope(faces, row, layer, facet.neighbour)
        if not faces:
            break
    return faces
