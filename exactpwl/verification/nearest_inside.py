"""The point of a polyhedron with open sides that is nearest to a given one, in the l-infinity norm.

An exact linear program: minimise t over u and t with ``|u_i| <= t`` and x + u in the closure.  Its
optimum is the distance, and its point the nearest one of the closure.  Where that point lies on an
open side, no point of the set is nearest: distances come as near to the optimum as one likes.  Then
a short step is made from it towards a point that satisfies every open side, which stays in the set
because the set is convex.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.cddlib import maximize
from exactpwl.feasibility import Point, feasible
from exactpwl.inequality import Row, value
from exactpwl.nearest import size

__all__ = ["Nearest", "distance", "nearest_inside"]

_SHORT = Fraction(1, 2**10)
"""How much longer the way may be than the shortest one, in proportion to it."""

_TINY = Fraction(1, 2**60)
"""How long the way may be where the shortest one has no length, and the point is of size 1."""


@dataclass(frozen=True)
class Nearest:
    """A point of a set that is near to a given one.

    Attributes
    ----------
    point : tuple of Fraction
    distance : Fraction
        From the given point, in the l-infinity norm.
    infimum : Fraction
        The distance from the given point to the set; the same if a nearest point exists.
    """

    point: Point
    distance: Fraction
    infimum: Fraction


def distance(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    """Return the distance of two points in the l-infinity norm."""
    return size([a - b for a, b in zip(x, y, strict=True)], "linf")


def nearest_inside(
    rows: Sequence[Row], strict: Sequence[bool], x: Sequence[Fraction]
) -> Nearest | None:
    """Return the nearest point to x of the set that some inequalities describe.

    Parameters
    ----------
    rows : sequence of (normal, offset)
    strict : sequence of bool
        Whether the row means ``> 0``; otherwise ``>= 0``.
    x : d Fractions

    Returns
    -------
    Nearest, or None
        None if the set is empty, which is proved by multipliers on the way.

    Examples
    --------
    >>> line = [((1, 1), -2)]  # x + y >= 2
    >>> nearest_inside(line, [False], (Fraction(0), Fraction(0))).point
    (Fraction(1, 1), Fraction(1, 1))
    >>> found = nearest_inside(line, [True], (Fraction(0), Fraction(0)))
    >>> found.infimum, 1 < found.distance < Fraction(1002, 1000)
    (Fraction(1, 1), True)
    >>> nearest_inside([((1,), 0), ((-1,), 0)], [True, False], (Fraction(1),)) is None
    True
    """
    inside = feasible(rows, strict, len(x)).point
    if inside is None:
        return None
    if _fits(rows, strict, x):
        return Nearest(tuple(x), Fraction(0), Fraction(0))
    infimum, closest = _nearest_of_closure(rows, x)
    point = closest
    if not _fits(rows, strict, closest):
        step = _step(x, infimum, distance(inside, closest))
        point = tuple(c + step * (z - c) for c, z in zip(closest, inside, strict=True))
    return Nearest(point, distance(x, point), infimum)


def _fits(rows: Sequence[Row], strict: Sequence[bool], x: Sequence[Fraction]) -> bool:
    heights = (value(row, x) for row in rows)
    return all(h > 0 or (not h and not s) for h, s in zip(heights, strict, strict=True))


def _nearest_of_closure(rows: Sequence[Row], x: Sequence[Fraction]) -> tuple[Fraction, Point]:
    """Minimise t; the variables are the way from x, and t."""
    dimension = len(x)
    array = [[value(row, x), *row[0], 0] for row in rows if any(row[0])]
    for i in range(dimension):
        for sign in (1, -1):
            array.append([0, *(sign * (i == j) for j in range(dimension)), 1])
    best = maximize(array, [0, *[0] * dimension, -1])
    way = best.point[:dimension]
    return -best.value, tuple(a + b for a, b in zip(x, way, strict=True))


def _step(x: Sequence[Fraction], infimum: Fraction, length: Fraction) -> Fraction:
    """Return a power of two that makes a way of this length short."""
    wanted = infimum * _SHORT or _TINY * max(Fraction(1), size(x, "linf"))
    step = Fraction(1)
    while step * length > wanted:
        step /= 2
    return step
