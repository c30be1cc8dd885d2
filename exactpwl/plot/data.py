"""Data points: each class in its own colour and with its own mark, and how many are right.

Colour alone does not tell classes apart in grey print, so the marks differ too.  Whether a point is
classified right is decided by exact evaluation; a point on the decision boundary is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from matplotlib.axes import Axes

from exactpwl.errors import DimensionError, FigureError
from exactpwl.inequality import as_point
from exactpwl.plot.caption import counted
from exactpwl.rationals import RationalLike, format_fraction

__all__ = ["Point", "accuracy_name", "as_data", "draw_points"]

Point = tuple[Fraction, ...]

NEGATIVE, POSITIVE = "#1b4f8a", "#a8480b"
_MARKS = ("o", "s", "^", "D", "v", "P", "X")
_DEEP = (NEGATIVE, POSITIVE, "#14684f", "#8a2f66", "#6b6312", "#3a3f4a", "#5b3fa0")
_FEW, _LARGE, _SMALL = 12, 38.0, 5.0


def as_data(
    points: Iterable[Iterable[RationalLike]] | None, labels: Iterable[int] | None
) -> tuple[tuple[Point, ...], tuple[int, ...] | None]:
    """Return data points of the plane and their labels, checked.

    Raises
    ------
    FigureError
        If a point has not two coordinates, or there is not one label a point.

    Examples
    --------
    >>> as_data([(0, "1/2")], [-1])
    (((Fraction(0, 1), Fraction(1, 2)),), (-1,))
    """
    try:
        made = tuple(as_point(point, 2) for point in points or ())
    except (DimensionError, TypeError, ValueError) as error:
        raise FigureError(f"data points are pairs of rationals; {error}") from None
    if labels is None:
        return made, None
    named = tuple(labels)
    if len(named) != len(made):
        raise FigureError(
            f"one label for each data point is required, got {counted(len(made), 'point')} and "
            f"{counted(len(named), 'label')}"
        )
    return made, named


def draw_points(ax: Axes, points: Sequence[Point], labels: Sequence[int] | None = None) -> None:
    """Draw data points; classes, in the order of their labels, differ in colour and mark."""
    classes = sorted(set(labels or ()))
    size = _LARGE if len(points) <= _FEW else _SMALL
    for number, name in enumerate(classes or [0]):
        chosen = [p for i, p in enumerate(points) if labels is None or labels[i] == name]
        ax.scatter(
            [float(x) for x, _ in chosen],
            [float(y) for _, y in chosen],
            s=size,
            c=_DEEP[number % len(_DEEP)],
            marker=_MARKS[number % len(_MARKS)],
            edgecolors="white",
            linewidths=0.8 if size == _LARGE else 0.2,
            zorder=8,
            label=f"class {name:+d}" if labels else "data",
        )


def accuracy_name(right: int, number: int) -> str:
    """Return in words how many of a number of points are right.

    Examples
    --------
    >>> accuracy_name(3, 4), accuracy_name(2, 3)
    ('3 of 4 points right (75%)', '2 of 3 points right (200/3%)')
    """
    share = Fraction(100 * right, number)
    exact = format_fraction(share) if share.denominator < 10 else f"{float(share):.1f}"
    return f"{right} of {number} points right ({exact}%)"
