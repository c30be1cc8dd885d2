"""The figures of theorem 4: a second derivative that is 0 or nothing, and errors against pieces.

The second difference of a piecewise-linear function is piecewise linear in x itself, with corners
at the knots and one step beside them.  So the lines are drawn through exact points, not samples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exactpwl.construct import LinePiece
from exactpwl.plot.canvas import save_figure
from exactpwl.plot.style import FONT, INK, JUMP, MUTED

__all__ = ["corners", "draw_approximation", "draw_derivatives"]

STEPS = (Fraction(1, 16), Fraction(1, 32))


def draw_derivatives(
    listed: Sequence[LinePiece], difference: Callable[[Fraction, Fraction], Fraction], path: Path
) -> Path:
    """Draw value, slope and second difference of a function of one variable, one below another.

    Parameters
    ----------
    listed : sequence of LinePiece
        On a bounded interval.
    difference : callable
        The second difference at x with step h.
    path : Path
        Ends in ``.pdf``, ``.svg`` or ``.png``.
    """
    value, slope, second = Figure(figsize=(5.2, 5.6)).subplots(3, 1, sharex=True)
    for piece in listed:
        ends = [end for end in (piece.left, piece.right) if end is not None]
        heights = [piece.slope * x + piece.constant for x in ends]
        value.plot(*_floats(ends, heights), color=INK, linewidth=1.4)
        slope.plot(*_floats(ends, [piece.slope] * len(ends)), color=INK, linewidth=1.4)
    for h, colour in zip(STEPS, (MUTED, JUMP), strict=True):
        xs = corners(listed, h)
        heights = [difference(x, h) / h**2 for x in xs]
        second.plot(*_floats(xs, heights), color=colour, linewidth=1.1, label=f"h = {h}")
    second.legend(fontsize=FONT["small"], frameon=False)
    second.set_xlabel("x", fontsize=FONT["label"], style="italic", color=INK)
    for ax, label in ((value, "value"), (slope, "slope"), (second, "second difference / h²")):
        _furnish(ax, label)
    return save_figure(value, path, "value, slope and second difference of a composed tent map")


def corners(listed: Sequence[LinePiece], h: Fraction) -> list[Fraction]:
    """Return the ends of the interval, and the knots with one step beside them, in order."""
    knots = [piece.right for piece in listed[:-1] if piece.right is not None]
    ends = [end for end in (listed[0].left, listed[-1].right) if end is not None]
    return sorted({*ends, *(knot + step for knot in knots for step in (-h, 0, h))})


def draw_approximation(errors: Sequence[tuple[int, Fraction]], path: Path) -> Path:
    """Draw measured errors of the interpolant of x^2 against pieces, above the lower bound."""
    ax: Axes = Figure(figsize=(5.2, 3.6)).subplots()
    numbers = [n for n, _ in errors]
    bound = [Fraction(1, 8 * n**2) for n in numbers]
    ax.loglog(*_floats(numbers, [e for _, e in errors]), "o-", color=INK, label="interpolant")
    ax.loglog(*_floats(numbers, bound), "--", color=JUMP, label="no n pieces are below 1/(8n²)")
    ax.set_xlabel("pieces n", fontsize=FONT["label"], color=INK)
    ax.legend(fontsize=FONT["text"], frameon=False)
    _furnish(ax, "largest error for x²")
    return save_figure(ax, path, "error against pieces")


def _furnish(ax: Axes, label: str) -> None:
    ax.set_ylabel(label, fontsize=FONT["text"], color=INK)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)


def _floats(
    xs: Sequence[Fraction | int], ys: Sequence[Fraction | int]
) -> tuple[list[float], list[float]]:
    """Return exact coordinates for display."""
    return list(map(float, xs)), list(map(float, ys))
