"""The height of a function on each region, in integers: what every question here begins with.

The function is one number at each point: the only output, or a combination of the outputs.  On a
region it is row . (x, t) / (scale t), with integers that the complex has already, so that signs
need no fraction at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.levelsets import height_above
from exactpwl.rationals import RationalLike, clear_denominators
from exactpwl.stages import IntMatrix

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Functional", "Height", "heights", "is_bounded", "tilt"]

Functional = Sequence[RationalLike] | None
"""One coefficient an output; may be left out where there is one output."""

Vector = tuple[int, ...]


class Height(NamedTuple):
    """An affine function on a region.

    Attributes
    ----------
    row : tuple of d + 1 ints
    scale : int
        Positive.
    """

    row: Vector
    scale: int

    def on(self, generator: Vector) -> int:
        """Return a number with the sign of the value at a vertex, or of the slope along a ray."""
        return sum(map(mul, self.row, generator))

    def at(self, generator: Vector) -> Fraction:
        """Return the value at a vertex, or the slope along a ray."""
        return Fraction(self.on(generator), self.scale * (generator[-1] or 1))

    @property
    def is_flat(self) -> bool:
        """Whether the gradient vanishes."""
        return not any(self.row[:-1])

    @property
    def is_zero(self) -> bool:
        """Whether the function vanishes."""
        return not any(self.row)


def heights(
    complex_: PolyhedralComplex, functional: Functional = None, value: RationalLike = 0
) -> tuple[Height, ...]:
    """Return functional . f - value on each region.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs, or is left out where there are several.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> heights(regions(gallery.get("abs")), value="1/2")
    (Height(row=(-2, -1), scale=2), Height(row=(2, -1), scale=2))
    """
    above = height_above(complex_.network, value, functional)
    factors, scale = clear_denominators((*above.weight[0], *above.bias))
    known: dict[IntMatrix, Height] = {}
    for integers in complex_.integer_maps:
        if integers not in known:
            columns = zip(*integers, strict=True)
            row = tuple(sum(map(mul, factors, column)) for column in columns)
            known[integers] = Height(row, scale * integers[-1][-1])
    return tuple(known[integers] for integers in complex_.integer_maps)


def tilt(complex_: PolyhedralComplex, height: Height) -> Vector | None:
    """Return a line of the complex along which a function grows, or None.

    Continuous functions have the same slope along it on every region.
    """
    for line in complex_.lines:
        slope = height.on((*line, 0))
        if slope:
            return line if slope > 0 else tuple(-c for c in line)
    return None


def is_bounded(complex_: PolyhedralComplex) -> bool:
    """Return whether the domain is bounded."""
    return not complex_.lines and all(g[-1] for g in complex_.generators)
