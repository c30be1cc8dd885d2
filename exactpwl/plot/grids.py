"""Which regions a grid of points meets, decided without visiting the points.

A grid of 101 x 101 points has ten thousand of them, and a region is met by one or by none.  So it
is asked region by region: a row of the grid cuts its polygon in an interval, and the region
contains a point of that row iff the interval holds a multiple of the step.  All in fractions.

A point on a boundary belongs to every region around it, by definition; these are the regions whose
gradients make up the B-subdifferential there.  To give the outermost points of the grid all their
regions, too, the polygons are cut from a box that is one step larger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

from exactpwl.errors import FigureError
from exactpwl.location import regions_around
from exactpwl.plot.clip import Polygon, as_points, half_planes
from exactpwl.plot.data import Point
from exactpwl.plot.patches import patches
from exactpwl.plot.window import Bounds

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["cells_at_points", "cells_on_grid"]


def cells_at_points(complex_: PolyhedralComplex, points: Iterable[Point]) -> frozenset[int]:
    """Return all regions that contain one of the points, by index.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> cross = regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")]))
    >>> sorted(cells_at_points(cross, [(Fraction(1), Fraction(0))]))
    [2, 3]
    """
    return frozenset(i for point in points for i in regions_around(complex_, point))


def cells_on_grid(complex_: PolyhedralComplex, count: int, box: Bounds) -> frozenset[int]:
    """Return all regions that contain one of count x count grid points of a box, by index.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> lines = regions(Network([([[4, 0], [4, 0]], [-1, -3], "relu")]))
    >>> from exactpwl.plot.window import as_window
    >>> unit = as_window([(0, 1), (0, 1)])
    >>> [sorted(cells_on_grid(lines, count, unit)) for count in (2, 3)]
    [[0, 2], [0, 1, 2]]
    """
    if count == 0:
        return frozenset()
    if count < 2:
        raise FigureError(f"a grid has at least 2 points a side, or 0 for no grid; got {count}")
    steps = [(high - low) / (count - 1) for low, high in box]
    around = tuple((lo - step, hi + step) for (lo, hi), step in zip(box, steps, strict=True))
    lows = [low for low, _ in box]
    lines = complex_.lines
    cells = (half_planes(cell.generators, cell.tight, lines) for cell in complex_.cells)
    return frozenset(
        patch.cell
        for patch in patches(cells, around)
        if _holds_one(patch.polygon, lows, steps, count)
    )


def _holds_one(
    polygon: Polygon, lows: Sequence[Fraction], steps: Sequence[Fraction], count: int
) -> bool:
    """Return whether a closed convex polygon contains a point of the grid."""
    around = [
        tuple((c - low) / step for c, low, step in zip(point, lows, steps, strict=True))
        for point in as_points(polygon)
    ]
    heights = [y for _, y in around]
    for row in range(max(0, ceil(min(heights))), min(count - 1, floor(max(heights))) + 1):
        crossed = _crossed_at(around, row)
        if max(0, ceil(min(crossed))) <= min(count - 1, floor(max(crossed))):
            return True
    return False


def _crossed_at(around: Sequence[tuple[Fraction, ...]], row: int) -> list[Fraction]:
    """Return where a row meets the sides of a polygon."""
    found = [x for x, y in around if y == row]
    for (x, y), (u, v) in pairwise([*around, around[0]]):
        if min(y, v) < row < max(y, v):
            found.append(x + (u - x) * (row - y) / (v - y))
    return found
