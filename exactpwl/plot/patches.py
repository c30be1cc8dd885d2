"""What a window shows of each cell, and how high the function is there.

A patch is the part of one cell in the window, a polygon with interior; a height is the exact affine
function that the patch is coloured by.  Both are integers until the colours are computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.errors import FigureError
from exactpwl.plot.clip import HalfPlane, Polygon, Vector, cut_polygon, height
from exactpwl.plot.window import Bounds, corners
from exactpwl.rationals import RationalLike, as_fractions, clear_denominators

__all__ = ["Height", "Patch", "functional", "patches", "value_range"]


class Patch(NamedTuple):
    """A cell, by its index, and its part of the window: the vertices, counter-clockwise."""

    cell: int
    polygon: Polygon


class Height(NamedTuple):
    """The function (a x + b y + c) / scale, with ``row`` = (a, b, c) in integers, scale > 0.

    In space the row has one entry more.
    """

    row: HalfPlane
    scale: int

    @classmethod
    def of(cls, affine_map: AffineMap, weights: Sequence[Fraction]) -> Height:
        """Return the weighted sum of the outputs of an affine map."""
        shown = AffineMap((tuple(weights),), (Fraction(0),)) @ affine_map
        return cls(*clear_denominators((*shown.weight[0], *shown.bias)))

    def at(self, vector: Vector) -> Fraction:
        """Return the value at a point (x, y, t)."""
        return Fraction(height(self.row, vector), self.scale * vector[-1])

    def above(self, level: Fraction) -> HalfPlane:
        """Return the half-plane in which the function is at least `level`."""
        *slopes, constant = (level.denominator * entry for entry in self.row)
        return (*slopes, constant - level.numerator * self.scale)


def functional(output: int | Sequence[RationalLike], outputs: int) -> tuple[Fraction, ...]:
    """Return the weights of an output, given by its index, or of a weighted sum of outputs.

    Raises
    ------
    FigureError
        If there is no such output, or not one weight an output.

    Examples
    --------
    >>> functional(1, 3)
    (Fraction(0, 1), Fraction(1, 1), Fraction(0, 1))
    """
    if isinstance(output, int):
        if not 0 <= output < outputs:
            raise FigureError(f"output must be from 0 to {outputs - 1}, got {output}")
        return tuple(Fraction(i == output) for i in range(outputs))
    weights = as_fractions(output)
    if len(weights) != outputs:
        raise FigureError(
            f"output must be an index or one weight for each of {outputs} outputs; "
            f"got {len(weights)} weights"
        )
    return weights


def patches(cells: Iterable[Iterable[HalfPlane]], window: Bounds) -> list[Patch]:
    """Return the patches of those cells that meet the open window.

    Parameters
    ----------
    cells : for each cell its inequalities, as integer rows (a, b, c)
    window : ((x_low, x_high), (y_low, y_high))

    Examples
    --------
    >>> unit = ((Fraction(0), Fraction(1)), (Fraction(0), Fraction(1)))
    >>> [patch.cell for patch in patches([[(1, 0, 0)], [(-1, 0, 0)]], unit)]
    [0]
    """
    whole = corners(window)
    found = []
    for index, rows in enumerate(cells):
        polygon = whole
        for row in rows:
            polygon = cut_polygon(polygon, row)
            if not polygon:
                break
        if polygon:
            found.append(Patch(index, polygon))
    return found


def value_range(shown: Iterable[Patch], heights: Sequence[Height]) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest value on the patches; an affine one is at a vertex.

    Parameters
    ----------
    shown : one or more patches
    heights : one for each cell
    """
    values = [heights[patch.cell].at(v) for patch in shown for v in patch.polygon]
    return min(values), max(values)
