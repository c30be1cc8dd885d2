"""The window: the box that is looked at, as opposed to the domain, which is computed in.

The sides of a window are rational, so the question which regions it shows has an exact answer.
Where none is given, a bounded complex is shown whole, and an unbounded one in a box around all its
vertices: each cell that contains no line has a vertex, so all of them are in the picture.  But a
trained network has a few vertices far out, where two boundaries are almost parallel, and around
them everything else would shrink to a point; then the outermost twentieth on each side is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from exactpwl.domain import Domain
from exactpwl.errors import DomainError, FigureError
from exactpwl.plot.clip import HalfPlane, Polygon
from exactpwl.rationals import format_fraction, homogeneous

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "Bounds",
    "as_window",
    "corners",
    "default_window",
    "frame",
    "window_around",
    "window_of_points",
]

Bounds = tuple[tuple[Fraction, Fraction], ...]
"""((x_low, x_high), (y_low, y_high))"""

_LONGEST_SHAPE = 2  # a default window is at most about twice as long as it is wide
_FINEST = 10**6  # no default window is smaller than its distance from 0 divided by this
_FAR = 4  # how many times longer a box around all vertices may be than one without the outermost


def as_window(window: Any, dimension: int = 2) -> Bounds:
    """Return the bounds of a window given as a `Domain` or as a pair (low, high) a coordinate.

    Raises
    ------
    FigureError
        If it is no box of the plane, or too small or far away for a drawing in floats.

    Examples
    --------
    >>> as_window([("-1/2", 1), (0, 2)])
    ((Fraction(-1, 2), Fraction(1, 1)), (Fraction(0, 1), Fraction(2, 1)))
    """
    wanted = (
        "a window is two pairs (low, high) of rationals, low < high, or a box of the plane"
        if dimension == 2
        else f"a window in R^{dimension} has one pair (low, high) a coordinate, low < high"
    )
    try:
        box = window if isinstance(window, Domain) else Domain.box(window)
    except (DomainError, TypeError, ValueError) as error:
        raise FigureError(f"{wanted}; {error}") from None
    bounds = box.as_box()
    if bounds is None or len(bounds) != dimension:
        raise FigureError(f"{wanted}; got {box}")
    for low, high in bounds:
        _check_floats(low, high)
    return bounds


def _check_floats(low: Fraction, high: Fraction) -> None:
    try:
        wide_enough = float(high) - float(low) > 1e-9 * max(abs(float(low)), abs(float(high)))
    except OverflowError:
        wide_enough = False
    if not wide_enough:
        raise FigureError(
            "a window must be wider than a billionth of its distance from 0 to be drawn, "
            f"got [{format_fraction(low)}, {format_fraction(high)}]: widen it"
        )


def frame(window: Bounds) -> tuple[HalfPlane, ...]:
    """Return the four half-planes of a window.

    Examples
    --------
    >>> frame(as_window([(0, "1/2"), (-1, 1)]))
    ((1, 0, 0), (-2, 0, 1), (0, 1, 1), (0, -1, 1))
    """
    return tuple((*normal, offset) for normal, offset in Domain.box(window).rows)


def corners(window: Bounds) -> Polygon:
    """Return the corners of a window, counter-clockwise, as integer vectors (x, y, t)."""
    (left, right), (low, high) = window
    around = ((left, low), (right, low), (right, high), (left, high))
    return tuple(map(homogeneous, around))


def default_window(complex_: PolyhedralComplex) -> Bounds:
    """Return the window of a complex for which none was chosen.

    The domain, if it is a box; the box around a bounded domain; else a box around the vertices with
    a margin, and [-1, 1]^2 around a single one.
    """
    box = complex_.domain.as_box()
    if box is not None:
        return box
    bounded = not complex_.lines and all(g[-1] for g in complex_.generators)
    points = complex_.points(range(len(complex_.generators)))
    return window_of_points(points, bounded=bounded, lines=bool(complex_.lines))


def window_of_points(
    points: Sequence[tuple[Fraction, ...]], *, bounded: bool, lines: bool
) -> Bounds:
    """Return a window that shows cells well, given their vertices.

    Parameters
    ----------
    points : the vertices; with lines, a point of each minimal face
    bounded : whether all cells are bounded
    lines : whether the cells contain lines

    Examples
    --------
    >>> window_of_points([(Fraction(3), Fraction(0))], bounded=False, lines=False)
    ((Fraction(2, 1), Fraction(4, 1)), (Fraction(-1, 1), Fraction(1, 1)))
    """
    every, middle = _extent(points, 0), _extent(points, len(points) // 20)
    if bounded:
        return window_around(every, Fraction(1, 20))
    if lines:
        return window_around(_squared(every), Fraction(1))
    if _longest(every) > _FAR * _longest(middle):
        return window_around(middle, Fraction(1, 5))
    return window_around(every, Fraction(1, 2))


def _squared(ranges: Bounds) -> Bounds:
    half = _longest(ranges) / 2
    middles = [(low + high) / 2 for low, high in ranges]
    return tuple((middle - half, middle + half) for middle in middles)


def _extent(points: Sequence[tuple[Fraction, ...]], left_out: int) -> Bounds:
    """Return the range of each coordinate without so many least and greatest values."""
    ordered = [sorted(c) for c in zip(*points, strict=True)]
    return tuple((c[left_out], c[-1 - left_out]) for c in ordered)


def _longest(ranges: Bounds) -> Fraction:
    return max(high - low for low, high in ranges)


def window_around(ranges: Bounds, margin: Fraction) -> Bounds:
    """Return a window with sides of few digits around two ranges.

    Parameters
    ----------
    ranges : ((x_low, x_high), (y_low, y_high))
    margin : Fraction
        Is left free on each side, as a part of the longer side's half.

    Examples
    --------
    >>> window_around(((Fraction(1), Fraction(4)), (Fraction(0), Fraction(2))), Fraction(1, 5))
    ((Fraction(7, 10), Fraction(43, 10)), (Fraction(-3, 10), Fraction(23, 10)))
    """
    longest = _longest(ranges) / 2
    farthest = max(abs(end) for ends in ranges for end in ends)
    bounds = []
    for low, high in ranges:
        middle = (low + high) / 2
        half = max((high - low) / 2, longest / _LONGEST_SHAPE) + margin * longest or Fraction(1)
        half = max(half, farthest / _FINEST)
        bounds.append((middle - half, middle + half))
    step = _step(_longest(tuple(bounds)))
    return tuple((low // step * step, -(-high // step) * step) for low, high in bounds)


def _step(length: Fraction) -> Fraction:
    """Return the largest power of ten that is at most a twentieth of a length."""
    step = Fraction(1)
    while step * 20 > length:
        step /= 10
    while step * 200 <= length:
        step *= 10
    return step
