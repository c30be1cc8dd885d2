"""In which order the faces of a surface are painted: those behind first, exactly.

A figure in space is painted face by face, and a face covers what was painted before it.  A library
of figures sorts faces by the mean of their depths, which is wrong where a large face lies beside a
small one.  For the graph of a function the right order is known.  Seen along a direction, a face
can hide another only if it comes first over the plane below, for the viewer who looks along the
direction's shadow; and convex parts of the plane, seen along one direction, never hide each other
in a circle.  So the order is a topological one of the walls between neighbours.

A direction in floats is a vector of rationals, so that all signs are exact and no rounding makes a
circle.

References
----------
L. J. Guibas, F. F. Yao, On translating a set of rectangles, STOC 1980 (convex sets of the plane
have an order of translation in every direction).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from graphlib import TopologicalSorter
from itertools import pairwise
from typing import NamedTuple

from exactpwl.plot.clip import Vector
from exactpwl.plot.patches import Patch

__all__ = ["Wall", "back_to_front", "walls"]


class Wall(NamedTuple):
    """An edge of patches: its two ends, and the patches that have it, by number.

    The patch of `left` lies to the left of the way from `start` to `end`; an edge on the border of
    the window or of the domain has one patch, and `right` is None.
    """

    start: Vector
    end: Vector
    left: int
    right: int | None


def walls(patches: Sequence[Patch]) -> list[Wall]:
    """Return all edges of some patches, which meet face to face.

    Examples
    --------
    >>> left = Patch(4, ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)))
    >>> right = Patch(7, ((1, 0, 1), (2, 0, 1), (2, 1, 1), (1, 1, 1)))
    >>> [wall[2:] for wall in walls([left, right]) if wall.right is not None]
    [(0, 1)]
    """
    owners: dict[tuple[Vector, Vector], int] = {}
    for number, patch in enumerate(patches):
        for edge in pairwise([*patch.polygon, patch.polygon[0]]):
            owners[edge] = number
    found = []
    for (start, end), left in owners.items():
        right = owners.get((end, start))
        if right is None or left < right:
            found.append(Wall(start, end, left, right))
    return found


def back_to_front(count: int, edges: Iterable[Wall], toward: Sequence[float]) -> list[int]:
    """Return the numbers of patches, such that none comes before one that it may hide.

    Parameters
    ----------
    count : int
        How many patches there are; together they are convex.
    edges : their walls
    toward : (float, float)
        The direction to the viewer, as seen from above.

    Examples
    --------
    >>> left = Patch(0, ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)))
    >>> right = Patch(1, ((1, 0, 1), (2, 0, 1), (2, 1, 1), (1, 1, 1)))
    >>> edges = walls([left, right])
    >>> back_to_front(2, edges, (1.0, 0.3)), back_to_front(2, edges, (-1.0, 0.3))
    ([0, 1], [1, 0])
    """
    dx, dy = map(Fraction, toward)
    behind: dict[int, set[int]] = defaultdict(set)
    for (x, y, t), (u, v, s), left, right in edges:
        if right is not None:
            # positive iff the way from left to right goes toward the viewer
            crossing = (v * t - y * s) * dx - (u * t - x * s) * dy
            if crossing > 0:
                behind[right].add(left)
            elif crossing < 0:
                behind[left].add(right)
    return [*TopologicalSorter({i: sorted(behind[i]) for i in range(count)}).static_order()]
