"""The scale of the colours: even steps, or smaller ones where most of the area has its values.

Outside the points that it was trained on a network grows linearly, on and on.  A window that shows
some of this has values of which the middle needs a small part: with even steps the middle would
have one colour.  So where the values reach far beyond what is typical (the median distance from
the level, by area) the scale is that of asinh: even near the level, logarithmic far from it.

The areas are computed in floats: they choose colours only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

import numpy as np
from matplotlib.colors import FuncNorm, Normalize
from numpy.typing import NDArray

from exactpwl.plot.clip import as_points
from exactpwl.plot.view import View

__all__ = ["Scale", "colour_scale"]

_HALVINGS = 40  # what is less than 2^-40 of the range counts as 0
_APART = 0.06  # of the scale, between two ticks
_FAR = 10  # how many times the typical distance the values reach before the scale is bent


@dataclass(frozen=True)
class Scale:
    """A scale from the least to the greatest value of a view.

    Parameters
    ----------
    low, high : Fraction
    centre : Fraction
        The level, or the median of the values.
    unit : float or None
        The distance from the centre at which an asinh scale turns logarithmic; None: even steps.

    Examples
    --------
    >>> even = Scale(Fraction(-1), Fraction(3), Fraction(0), None)
    >>> even.reach, even.levels(4)
    ((1.0, 3.0), [Fraction(0, 1), Fraction(1, 1), Fraction(2, 1)])
    >>> bent = Scale(Fraction(-1), Fraction(100), Fraction(0), 1.0)
    >>> [round(float(level), 1) for level in bent.levels(4)]
    [0.7, 4.5, 21.3]
    >>> bent.ticks()
    [-1.0, 0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]
    """

    low: Fraction
    high: Fraction
    centre: Fraction
    unit: float | None

    @property
    def is_even(self) -> bool:
        """Whether equal differences have equal steps."""
        return self.unit is None

    @property
    def reach(self) -> tuple[float, float]:
        """How far the scale goes below and above the centre, in its own steps."""
        low, high = self._forward(np.array([float(self.low), float(self.high)]))
        return float(-low), float(high)

    def norm(self) -> Normalize:
        """Return the scale as matplotlib has it; a constant function is in its middle."""
        low, high = float(self.low), float(self.high)
        if self.unit is None:
            pad = 0 if low < high else 1
            return Normalize(low - pad, high + pad)
        return FuncNorm((self._forward, self._backward), vmin=low, vmax=high)

    def levels(self, count: int) -> list[Fraction]:
        """Return the values between `count` equal parts of the scale, in increasing order."""
        if self.low == self.high:
            return []
        if self.unit is None:
            step = (self.high - self.low) / count
            return [Fraction(float(self.low + i * step)) for i in range(1, count)]
        below, above = self.reach
        parts = self._backward(np.linspace(-below, above, count + 1))
        return [Fraction(part) for part in parts[1:-1].tolist()]

    def ticks(self) -> list[float]:
        """Return round values that stand well apart, for an asinh scale."""
        assert self.unit is not None
        low, high = float(self.low), float(self.high)
        finest, coarsest = floor(log10(self.unit)) - 1, ceil(log10(max(-low, high)))
        sizes = [m * 10.0**k for m in (1, 5, 2) for k in range(coarsest, finest, -1)]
        taken: list[float] = []
        for value in [0.0, *(sign * size for size in sizes for sign in (1, -1))]:
            distances = abs(self._forward(np.array(taken)) - self._forward(value))
            if low <= value <= high and (distances > _APART * sum(self.reach)).all():
                taken.append(value)
        return sorted(taken)

    def _forward(self, values: Any) -> Any:
        distance = np.asarray(values) - float(self.centre)
        return distance if self.unit is None else np.arcsinh(distance / self.unit)

    def _backward(self, steps: Any) -> Any:
        assert self.unit is not None
        return float(self.centre) + self.unit * np.sinh(np.asarray(steps))


def colour_scale(view: View, level: Fraction | None) -> Scale:
    """Return the scale of a view's colours.

    Parameters
    ----------
    view : View
    level : Fraction or None
        The value in whose neighbourhood differences must be seen; by default the median.
    """
    low, high = view.limits
    if high - low > sys.float_info.max:
        return Scale(low, high, (low + high) / 2 if level is None else level, None)
    below = _share_below(view)
    if level is None:
        level = Fraction(_half_way(below, float(low), float(high)))
    centre, reach = float(level), float(max(high - level, level - low))
    typical = _half_way(lambda r: below(centre + r) - below(centre - r), 0.0, reach)
    return Scale(low, high, level, typical if 0 < _FAR * typical < reach else None)


def _half_way(share: Callable[[float], float], low: float, high: float) -> float:
    """Return where a growing share passes one half, by bisection."""
    for _ in range(_HALVINGS):
        middle = low + (high - low) / 2
        low, high = (low, middle) if share(middle) > 0.5 else (middle, high)
    return low


def _share_below(view: View) -> Callable[[float], float]:
    """Return the share of the area on which the function is below a value.

    On a triangle with the values a <= b <= c at its corners it grows quadratically from a to b,
    and again from b to c.
    """
    values, areas = _triangles(view)
    a, b, c = np.sort(values, axis=0)

    def share(value: float) -> float:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            rising = (value - a) / (b - a) * ((value - a) / (c - a))
            falling = 1 - (c - value) / (c - b) * ((c - value) / (c - a))
        parts = np.where(
            value <= a, 0, np.where(value >= c, 1, np.where(value < b, rising, falling))
        )
        return float(parts @ areas / areas.sum())

    return share


def _triangles(view: View) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the values at the corners of triangles that tile the patches, and areas (doubled)."""
    values: list[tuple[float, float, float]] = []
    areas: list[float] = []
    for patch in view.patches:
        height = view.heights[patch.cell]
        (x0, y0), *others = [(float(x), float(y)) for x, y in as_points(patch.polygon)]
        start, *rest = [float(height.at(vertex)) for vertex in patch.polygon]
        for ((x1, y1), (x2, y2)), (first, second) in zip(
            pairwise(others), pairwise(rest), strict=True
        ):
            values.append((start, first, second))
            areas.append(abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)))
    return np.array(values).T, np.array(areas)
