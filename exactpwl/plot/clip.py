"""Cutting the plane, exactly: what a window shows of a cell.

A cell of the plane may be bounded or not, a strip, a half-plane or everything, so it is not clipped
as a list of vertices.  It is the other way round: the window is a polygon, and each inequality of
the cell cuts it (Sutherland & Hodgman 1974, with window and subject exchanged).  What is left is
the cell's part of the window, its vertices in order.

Points are homogeneous integer vectors (x, y, t) with t > 0, half-planes integer rows (a, b, c) for
a x + b y + c t >= 0, so every sign is exact and nothing is rounded.  A cut that leaves no interior
leaves nothing: a cell that meets the window only in an edge or a corner is not shown by it.  Since
a full-dimensional cell is the closure of its interior, it meets the open window iff a polygon with
interior is left; that decides how many regions a window shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from operator import mul

from exactpwl.geometry import facet_masks, members
from exactpwl.rationals import primitive

__all__ = [
    "HalfPlane",
    "Polygon",
    "Vector",
    "area",
    "as_points",
    "centroid",
    "clip_edge",
    "cut_polygon",
    "cut_segment",
    "half_planes",
    "height",
    "left_of",
]

Vector = tuple[int, ...]
"""A point (x/t, y/t), or for t = 0 a direction."""
HalfPlane = tuple[int, ...]
Polygon = tuple[Vector, ...]


def height(row: Sequence[int], vector: Sequence[int]) -> int:
    """Return a x + b y + c t: its sign says on which side of a line a point lies.

    So it is in space, for a row (a, b, c, e) and a point (x, y, z, t).
    """
    return sum(map(mul, row, vector))


def cut_polygon(polygon: Polygon, half_plane: HalfPlane) -> Polygon:
    """Return the part of a convex polygon in a half-plane; nothing if it has no interior.

    A polygon in space is cut in the same way by a half-space.

    Parameters
    ----------
    polygon : vertices in order, as integer vectors (x, y, t) with t > 0
    half_plane : (a, b, c)

    Examples
    --------
    >>> square = ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1))
    >>> cut_polygon(square, (-2, 0, 1))
    ((0, 0, 1), (1, 0, 2), (1, 2, 2), (0, 1, 1))
    >>> cut_polygon(square, (-1, -1, 0))
    ()
    """
    heights = [height(half_plane, vertex) for vertex in polygon]
    if not any(h > 0 for h in heights):
        return ()
    kept = []
    for i, (vertex, h) in enumerate(zip(polygon, heights, strict=True)):
        before, k = polygon[i - 1], heights[i - 1]
        if (h > 0 > k) or (h < 0 < k):
            kept.append(_crossing(before, k, vertex, h))
        if h >= 0:
            kept.append(vertex)
    return tuple(kept)


def cut_segment(segment: Sequence[Vector], half_plane: HalfPlane) -> tuple[Vector, ...]:
    """Return the part of a segment or ray in a half-plane; nothing if its inside is not inside.

    Examples
    --------
    >>> cut_segment([(0, 0, 1), (1, 0, 0)], (-1, 0, 3))
    ((0, 0, 1), (3, 0, 1))
    >>> cut_segment([(0, 0, 1), (1, 0, 0)], (0, 1, 0))
    ()
    """
    first, last = segment
    h, k = height(half_plane, first), height(half_plane, last)
    if h <= 0 and k <= 0:
        return ()
    if h >= 0 and k >= 0:
        return (first, last)
    middle = _crossing(first, h, last, k)
    return (first, middle) if h > 0 else (middle, last)


def half_planes(
    generators: Sequence[Vector], tight: Sequence[int], lines: Sequence[Sequence[int]]
) -> list[HalfPlane]:
    """Return the half-planes, one a facet, whose intersection is a cell of the plane.

    Parameters
    ----------
    generators : integer vectors (x, y, t)
    tight : for each the bit mask of the inequalities that hold there with equality
    lines : directions of the lineality space

    Examples
    --------
    >>> half_planes([(0, 0, 1), (1, 0, 0), (0, 1, 0)], [0b110, 0b101, 0b011], [])
    [(1, 0, 0), (0, 1, 0)]
    """
    middle = [sum(coordinates) for coordinates in zip(*generators, strict=True)]
    found = []
    for mask in facet_masks(tight):
        spanning = [generators[i] for i in members(mask)] + [(*line, 0) for line in lines]
        if any(vector[-1] for vector in spanning):
            row = _through(*spanning[:2])
            sign = 1 if height(row, middle) > 0 else -1
            found.append(tuple(sign * entry for entry in row))
    return found


def clip_edge(
    generators: Sequence[Vector], lines: Sequence[Sequence[int]], frame: Sequence[HalfPlane]
) -> tuple[Vector, ...]:
    """Return the two ends of the part of an edge inside a bounded frame; nothing if it misses it.

    Parameters
    ----------
    generators : one or two integer vectors (x, y, t), one of them with t > 0
    lines : directions of the lineality space
        With one of these and one generator the edge is a whole line.
    frame : the half-planes of a box

    Examples
    --------
    >>> square = [(1, 0, 0), (-1, 0, 1), (0, 1, 0), (0, -1, 1)]
    >>> clip_edge([(0, 0, 1)], [(1, 1)], square)
    ((0, 0, 1), (1, 1, 1))
    """
    edge: tuple[Vector, ...] = tuple(generators)
    if lines:
        edge = _long_segment(generators[0], lines[0], frame)
    for half_plane in frame:
        edge = cut_segment(edge, half_plane)
        if not edge:
            return ()
    return edge


def left_of(start: Vector, end: Vector) -> HalfPlane:
    """Return the half-plane to the left of the way from one point to another.

    Examples
    --------
    >>> left_of((0, 0, 1), (1, 0, 1))
    (0, 1, 0)
    """
    return _through(start, end)


def as_points(vectors: Iterable[Vector]) -> list[tuple[Fraction, Fraction]]:
    """Return the points that homogeneous vectors stand for."""
    return [(Fraction(x, t), Fraction(y, t)) for x, y, t in vectors]


def area(polygon: Polygon) -> Fraction:
    """Return the area of a polygon.

    Examples
    --------
    >>> area(((0, 0, 1), (3, 0, 1), (0, 3, 1)))
    Fraction(9, 2)
    """
    points = as_points(polygon)
    pairs = pairwise([*points, points[0]])
    return sum((x * v - u * y for (x, y), (u, v) in pairs), Fraction(0)) / 2


def centroid(polygon: Polygon) -> tuple[Fraction, Fraction]:
    """Return the centre of mass of a polygon.

    Examples
    --------
    >>> centroid(((0, 0, 1), (3, 0, 1), (0, 3, 1)))
    (Fraction(1, 1), Fraction(1, 1))
    """
    points = as_points(polygon)
    total, weighted = Fraction(0), [Fraction(0), Fraction(0)]
    for (x, y), (u, v) in pairwise([*points, points[0]]):
        area = x * v - u * y
        total += area
        weighted[0] += (x + u) * area
        weighted[1] += (y + v) * area
    return weighted[0] / total / 3, weighted[1] / total / 3


def _long_segment(
    point: Vector, line: Sequence[int], frame: Sequence[HalfPlane]
) -> tuple[Vector, Vector]:
    """Return a segment of the line through a point that reaches past the frame on both sides."""
    x, y, t = point
    reach = 1 + abs(x) + abs(y) + t * sum(abs(c) for _, _, c in frame)
    u, v = line
    return (x - reach * u, y - reach * v, t), (x + reach * u, y + reach * v, t)


def _crossing(p: Vector, h: int, q: Vector, k: int) -> Vector:
    """Return the point between p at height h and q at height k, of opposite signs, at height 0."""
    h, k = abs(h), abs(k)
    return primitive([k * a + h * b for a, b in zip(p, q, strict=True)])


def _through(p: Vector, q: Vector) -> HalfPlane:
    return primitive(
        (p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0])
    )
