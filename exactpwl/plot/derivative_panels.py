"""A function of one input in four panels: itself, its pieces, and its two derivatives.

Between two bends the function is affine, so its first derivative is a step function, whose values
are the slopes, and its second derivative is 0.  At a bend neither of them exists: the steps end in
rings on both sides, and no value is drawn in between.  What is often drawn as "the second
derivative of a ReLU", a spike, is the derivative of the step as a distribution: the sum of the
changes of slope c, each times the unit impulse at its bend.  It is drawn where it is asked for, as
arrows with these numbers.

Where a neuron switches and the slope stays, both derivatives exist and nothing is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes

from exactpwl.errors import FigureError
from exactpwl.plot.caption import counted
from exactpwl.plot.curve import Curve, Function, Interval, Meeting, Piece, as_interval, curve_of
from exactpwl.plot.headings import add_heading
from exactpwl.plot.line_axes import (
    SpanLabel,
    draw_curve,
    draw_meetings,
    prepare_line,
    short_number,
    write_in_strip,
)
from exactpwl.plot.panels import new_panels, required_axes
from exactpwl.plot.style import FONT, INK, JUMP, MUTED, STROKES
from exactpwl.rationals import RationalLike

__all__ = ["affine_stretches", "derivatives"]

_SIZE = (3.7, 2.8)  # inches
_RING = 4.5
_FEW = 12
Stretch = tuple[Fraction, Fraction, Piece]


def derivatives(
    function: Function,
    axes: Sequence[Axes] | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    impulses: bool = False,
) -> tuple[Axes, ...]:
    """Draw a function of one input, its pieces, and its first and second derivative.

    Parameters
    ----------
    function : PolyhedralComplex, PiecewiseFunction or Activation
        Of one input.
    axes : sequence of four matplotlib Axes, optional
        Where to draw; a new figure of two by two without them.
    window : [(low, high)] of rationals, or Domain, optional
        What to look at; by default an interval around all breakpoints.
    output : int, or sequence of rationals
        The output that is shown, counted from 0, or a weighted sum of all outputs.
    impulses : bool
        Whether to draw the second derivative as a distribution: at each bend an arrow as high as
        the change of slope.

    Returns
    -------
    tuple of four Axes

    Raises
    ------
    FigureError
        If there is not one input, the window is no interval or shows nothing, there is no such
        output, not four axes are given, or impulses are asked of a function with jumps.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> function, pieces, first, second = derivatives(regions(gallery.get("hat1d")))
    >>> [text.get_text() for text in first.texts if text.get_text().lstrip("-").isdigit()]
    ['0', '1', '-1', '0']
    """
    required_axes(axes, 4)
    curve = curve_of(function, output)
    bounds = as_interval(window, [curve])
    bends = [m for m in curve.seen_meetings(bounds) if m.bends or m.jumps]
    if impulses and any(m.jumps for m in bends):
        raise FigureError(
            "impulses are the second derivative of a continuous function, this one jumps at "
            f"{short_number(next(m.x for m in bends if m.jumps))}: draw it without them"
        )
    panels = tuple(axes) if axes is not None else new_panels(2, 2, size=_SIZE)
    _draw_function(panels[0], curve, bounds)
    _draw_pieces(panels[1], curve, bounds)
    _draw_first(panels[2], curve, bounds, bends)
    _draw_second(panels[3], curve, bounds, bends, impulses=impulses)
    return panels


def affine_stretches(curve: Curve, window: Interval) -> list[Stretch]:
    """Return the intervals between bends and jumps, each with a piece that has its slope.

    Examples
    --------
    >>> from exactpwl import Activation
    >>> curve = curve_of(Activation.parse("relu"))
    >>> [(str(low), str(high)) for low, high, _ in affine_stretches(curve, (Fraction(-1), 2))]
    [('-1', '0'), ('0', '2')]
    """
    found: list[Stretch] = []
    joined = {(m.left, m.right) for m in curve.meetings if not (m.bends or m.jumps)}
    before = None
    for piece, (low, high) in curve.shown(window):
        if (before, piece) in joined:
            found[-1] = (found[-1][0], high, piece)
        else:
            found.append((low, high, piece))
        before = piece
    return found


def _draw_function(ax: Axes, curve: Curve, window: Interval) -> None:
    prepare_line(ax, window, curve.heights(window), ("x", curve.label))
    draw_curve(ax, curve, window)
    seen = draw_meetings(ax, curve, window)
    bent = [short_number(m.x) for m in seen if m.bends]
    places = f"bends at {', '.join(bent)}" if 0 < len(bent) < 8 else counted(len(bent), "bend")
    add_heading(ax, f"The function {curve.label}", [places])


def _draw_pieces(ax: Axes, curve: Curve, window: Interval) -> None:
    """Draw each affine function on its interval, and of few, thinly, where they are not f."""
    prepare_line(ax, window, curve.heights(window), ("x", curve.label), strip=True)
    stretches = affine_stretches(curve, window)
    labels = []
    for number, (low, high, piece) in enumerate(stretches):
        colour = STROKES[number % len(STROKES)]
        if len(stretches) <= _FEW:
            ends = [*map(float, window)]
            values = [float(piece.at(x)) for x in window]
            ax.plot(ends, values, color=colour, linewidth=0.7, linestyle=(0, (4, 3)), zorder=2)
        own = [float(piece.at(x)) for x in (low, high)]
        ax.plot([float(low), float(high)], own, color=colour, linewidth=2.4, zorder=3)
        labels.append(SpanLabel(low, high, piece.formula(), colour))
    count = counted(len(stretches), "piece")
    written = write_in_strip(ax, labels)
    some = 0 < written < len(labels)
    note = f", {written} of them with their formulas" if some else ""
    add_heading(ax, "Its pieces", [f"{count} in this window{note}"])


def _draw_first(ax: Axes, curve: Curve, window: Interval, bends: Sequence[Meeting]) -> None:
    stretches = affine_stretches(curve, window)
    slopes = [piece.slope for _, _, piece in stretches]
    prepare_line(
        ax, window, (min(slopes), max(slopes)), ("x", curve.label.replace("(", "′(")), strip=True
    )
    for low, high, piece in stretches:
        height = float(piece.slope)
        ax.plot([float(low), float(high)], [height] * 2, color=INK, linewidth=1.8, zorder=3)
    _rings(ax, [(m.x, height) for m in bends for height in (m.left.slope, m.right.slope)])
    _guides(ax, bends)
    write_in_strip(ax, [SpanLabel(a, b, short_number(piece.slope)) for a, b, piece in stretches])
    steps = counted(len(stretches), "step")
    note = f"not defined at {counted(len(bends), 'point')}" if bends else "constant"
    add_heading(ax, "The first derivative", [f"{steps},", note])


def _draw_second(
    ax: Axes, curve: Curve, window: Interval, bends: Sequence[Meeting], *, impulses: bool
) -> None:
    changes = [m.right.slope - m.left.slope for m in bends]
    heights = [Fraction(0), *changes] if impulses else [Fraction(-1), Fraction(1)]
    prepare_line(ax, window, (min(heights), max(heights)), ("x", curve.label.replace("(", "″(")))
    for low, high, _ in affine_stretches(curve, window):
        ax.plot([float(low), float(high)], [0.0, 0.0], color=INK, linewidth=1.8, zorder=3)
    _rings(ax, [(m.x, Fraction(0)) for m in bends])
    _guides(ax, bends)
    if not impulses:
        note = f"0 inside each piece, not defined at {counted(len(bends), 'point')}"
        add_heading(ax, "The second derivative", [note if bends else "0 everywhere"])
        return
    for meeting, change in zip(bends, changes, strict=True):
        _arrow(ax, float(meeting.x), change, number=len(bends) <= _FEW)
    add_heading(ax, "The second derivative, as a distribution", ["impulses by the change of slope"])


def _rings(ax: Axes, points: Sequence[tuple[Fraction, Fraction]]) -> None:
    ax.plot(
        [float(x) for x, _ in points],
        [float(y) for _, y in points],
        linestyle="none",
        marker="o",
        markersize=_RING,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=1.0,
        zorder=4,
    )


def _guides(ax: Axes, bends: Sequence[Meeting]) -> None:
    for meeting in bends:
        colour = JUMP if meeting.jumps else MUTED
        ax.axvline(float(meeting.x), color=colour, linewidth=0.5, linestyle=(0, (1, 2)), zorder=0.6)


def _arrow(ax: Axes, x: float, change: Fraction, *, number: bool) -> None:
    """Draw an impulse, where there are few with its number at the tip."""
    arrow = {"arrowstyle": "-|>", "color": STROKES[0], "linewidth": 1.6, "shrinkA": 3, "shrinkB": 0}
    ax.annotate("", (x, float(change)), (x, 0.0), arrowprops=arrow, zorder=3.5)
    if not number:
        return
    ax.annotate(
        short_number(change),
        (x, float(change)),
        xytext=(5, -3 if change > 0 else 3),
        textcoords="offset points",
        va="top" if change > 0 else "bottom",
        fontsize=FONT["text"],
        color=STROKES[0],
    )
