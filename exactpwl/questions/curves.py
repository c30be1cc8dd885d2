"""A level set in the plane as curves, and the outline of a polygon: vertices in the order of a
walk.

The maximal edges of a level set in the plane form a graph.  A walk goes on through every vertex
that has two edges, and ends where it has one or more than two: so the graph falls into *curves*,
closed ones and ones from end to end, and an unbounded edge ends in a direction.  The edges of a
polygon in any dimension are such a graph, too: one closed curve, or one from direction to
direction.

A closed curve that does not cross itself encloses an area, and the shoelace formula gives it
exactly (Meister 1769).  Lengths are square roots of rationals; their squares are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from exactpwl.errors import DimensionError
from exactpwl.questions.level_faces import LevelComplex, LevelFace
from exactpwl.rationals import ordinary

__all__ = ["Curve", "curves", "outline"]

Point = tuple[Fraction, ...]
Vector = tuple[int, ...]
Edge = tuple[int, ...]
"""The two ends of an edge: vertices, or a vertex and a direction."""


class Curve(NamedTuple):
    """A polygonal curve.

    Attributes
    ----------
    points : tuple of points
        In order; of a closed curve the first one is not repeated.
    start, end : integer vectors or None
        The directions in which it comes from infinity before the first point, and goes after the
        last one; both point outwards.
    is_closed : bool

    Examples
    --------
    >>> square = Curve(((0, 0), (2, 0), (2, 2), (0, 2)), None, None, True)
    >>> square.enclosed_area, square.squared_lengths == (4, 4, 4, 4)
    (Fraction(4, 1), True)
    """

    points: tuple[Point, ...]
    start: Vector | None
    end: Vector | None
    is_closed: bool

    @property
    def squared_lengths(self) -> tuple[Fraction, ...]:
        """The squares of the lengths of its bounded edges, in order."""
        ends = self.points[1:] + self.points[:1] if self.is_closed else self.points[1:]
        return tuple(
            sum(((b - a) ** 2 for a, b in zip(p, q, strict=True)), Fraction(0))
            for p, q in zip(self.points, ends, strict=False)
        )

    @property
    def enclosed_area(self) -> Fraction | None:
        """The area inside a closed curve of the plane, or None."""
        if not self.is_closed or len(self.points[0]) != 2:
            return None
        ends = self.points[1:] + self.points[:1]
        twice = sum((a * d - b * c for (a, b), (c, d) in zip(self.points, ends, strict=True)))
        return abs(Fraction(twice)) / 2


def curves(found: LevelComplex) -> tuple[Curve, ...]:
    """Return the curves of a level set in the plane; isolated points and flat pieces are none.

    Raises
    ------
    DimensionError
        If it is not in the plane.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.questions import level_complex
    >>> for curve in curves(level_complex(regions(gallery.get("l1_annulus")), "1/2")):
    ...     print(len(curve.points), curve.is_closed, curve.enclosed_area)
    4 True 25/2
    4 True 9/2
    """
    if found.dimension != 2:
        raise DimensionError(
            f"curves are level sets in the plane; the network has {found.dimension} inputs: take "
            "the faces themselves, or a section of the network"
        )
    edges = [face for face in found.pieces if face.dimension == 1]
    return _traced(found, edges) if edges else ()


def outline(found: LevelComplex, face: LevelFace) -> Curve:
    """Return the vertices of a polygon in order, in any number of inputs.

    Raises
    ------
    DimensionError
        If the face is no polygon with a vertex.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.questions import level_complex
    >>> flat = level_complex(regions(gallery.get("hat2d"), [(-1, 0), (0, 2)]))
    >>> triangle = outline(flat, flat.pieces[0])
    >>> len(triangle.points), triangle.enclosed_area
    (4, Fraction(3, 2))
    """
    if face.dimension != 2 or found.lines or not face.facets:
        raise DimensionError(
            "a polygon with a vertex is required: a face of dimension 2 of a complex without "
            f"lines, got one of dimension {face.dimension}"
        )
    return _traced(found, [found.faces[1][i] for i in face.facets])[0]


def _traced(found: LevelComplex, edges: Iterable[LevelFace]) -> tuple[Curve, ...]:
    """Return the curves of a graph of edges, which end where not just two edges meet."""
    if found.lines:
        (line,) = found.lines
        opposite = tuple(-c for c in line)
        return tuple(Curve(found.vertices(edge), opposite, line, False) for edge in edges)
    left = dict.fromkeys(edge.generators for edge in edges)
    at: dict[int, list[Edge]] = {}
    for edge in left:
        for end in edge:
            if found.generators[end][-1]:
                at.setdefault(end, []).append(edge)
    through = {vertex: own for vertex, own in at.items() if len(own) == 2}
    ends = [(edge, end) for edge in left for end in edge if end not in through]
    starts = [*ends, *((edge, edge[0]) for edge in left)]
    return tuple(
        _curve(found, _walked(edge, start, through, left)) for edge, start in starts if edge in left
    )


def _walked(
    edge: Edge, start: int, through: dict[int, list[Edge]], left: dict[Edge, None]
) -> list[int]:
    """Return the ends of edges in the order of a walk, and take its edges away."""
    walk = [start]
    while edge in left:
        del left[edge]
        walk.append(edge[1] if edge[0] == walk[-1] else edge[0])
        if walk[-1] in through:
            edge = next((other for other in through[walk[-1]] if other in left), edge)
    return walk


def _curve(found: LevelComplex, walk: Sequence[int]) -> Curve:
    vectors = [found.generators[i] for i in walk]
    start, end = (None if v[-1] else v[:-1] for v in (vectors[0], vectors[-1]))
    is_closed = walk[0] == walk[-1] and start is None
    points = tuple(ordinary(v) for v in vectors[: -1 if is_closed else None] if v[-1])
    return Curve(points, start, end, is_closed)
