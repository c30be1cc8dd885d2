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
from exactpwl.rationals import RationalLike

__all__ = ["Point", "accuracy_name", "as_data", "draw_points", "mark_scale", "mark_styles"]

Point = tuple[Fraction, ...]

NEGATIVE, POSITIVE = "#1b4f8a", "#a8480b"
_MARKS = ("o", "s", "^", "D", "v", "P", "X")
_DEEP = (NEGATIVE, POSITIVE, "#14684f", "#8a2f66", "#6b6312", "#3a3f4a", "#5b3fa0")
_FEW, _LARGE, _SMALL = 12, 38.0, 8.0
_WIDE = 3.0  # inches, of a panel with marks of full size


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
    size = (_LARGE if len(points) <= _FEW else _SMALL) * mark_scale(ax)
    groups: dict[tuple[str, str], list[Point]] = {}
    for point, style in zip(points, mark_styles(points, labels), strict=True):
        groups.setdefault(style, []).append(point)
    for (mark, colour), chosen in sorted(groups.items()):
        ax.scatter(
            [float(x) for x, _ in chosen],
            [float(y) for _, y in chosen],
            s=size,
            c=colour,
            marker=mark,
            edgecolors="white",
            linewidths=0.02 * size,
            zorder=8,
            label="data",
        )


def mark_scale(ax: Axes) -> float:
    """Return the part of their full area that marks have on a small panel.

    Examples
    --------
    >>> from exactpwl.plot.panels import new_panels
    >>> [round(mark_scale(ax), 1) for ax in new_panels(1, 1, size=(2.0, 2.0))]
    [0.5]
    """
    figure = ax.get_figure(root=True)
    assert figure is not None
    width = figure.get_figwidth() * ax.get_position().width
    return float(min(1.0, width / _WIDE))


def accuracy_name(right: int, number: int) -> str:
    """Return in words how many of a number of points are right.

    Examples
    --------
    >>> accuracy_name(3, 4), accuracy_name(2, 3)
    ('3 of 4 points right (75%)', '2 of 3 points right (66.7%)')
    """
    share = Fraction(100 * right, number)
    percent = share if share.denominator == 1 else f"{float(share):.1f}"
    return f"{right} of {number} points right ({percent}%)"


def mark_styles(points: Sequence[Point], labels: Sequence[int] | None) -> list[tuple[str, str]]:
    """Return mark and colour of each data point, by its class.

    Examples
    --------
    >>> mark_styles([(Fraction(0), Fraction(0))], None)
    [('o', '#1b4f8a')]
    """
    classes = sorted(set(labels or ()))
    numbers = [0] * len(points) if labels is None else [classes.index(name) for name in labels]
    return [(_MARKS[n % len(_MARKS)], _DEEP[n % len(_DEEP)]) for n in numbers]
