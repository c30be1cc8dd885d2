"""Axes over a line, and what graphs have in common: strokes, dots, jumps, and labels beside them.

A stroke goes on where two pieces agree and is broken where they jump; what is drawn filled and what
hollow says who has a value there.  A filled dot is a bend.  A ring is a meeting point without a
bend.  A jump has two rings, because both closed pieces claim the point, and a dashed line between.

Labels stand outside the curve, where nothing can hide it: what belongs to a point above the frame,
in one of two rows, what belongs to a piece in a strip at the bottom.  A label without room is left
out rather than printed over its neighbour; the guide line of its point stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from exactpwl.errors import FigureError
from exactpwl.plot.curve import Curve, Interval, Meeting
from exactpwl.plot.panels import new_figure
from exactpwl.plot.style import FONT, INK, JUMP, MUTED
from exactpwl.rationals import format_fraction

__all__ = [
    "SpanLabel",
    "draw_curve",
    "draw_meetings",
    "new_line_axes",
    "prepare_line",
    "short_number",
    "strip_below",
    "write_above",
    "write_in_strip",
]

_WIDE, _TALL = 6.2, 4.0  # inches
_MARGIN = Fraction(1, 12)
_STRIP = 0.09  # of the height, for labels of pieces
_ROWS = 2
_LETTER = 0.62  # width of a letter, of its size
_TICKS = 1.6  # an inch
_DIGITS = 9
_DOT, _CROWD = 5.0, 30  # of more dots than these each is half as large


class SpanLabel(NamedTuple):
    """A text that belongs to an interval."""

    low: Fraction
    high: Fraction
    text: str
    colour: str = INK


def new_line_axes() -> Axes:
    """Return the axes of a new figure, wider than high."""
    return new_figure(_WIDE, _TALL).add_subplot()


def prepare_line(
    ax: Axes, window: Interval, heights: Interval, names: tuple[str, str], *, strip: bool = False
) -> None:
    """Set limits around what is shown, labels and frame; draw the line of height 0.

    Parameters
    ----------
    ax : matplotlib Axes
    window : (low, high)
    heights : the least and the greatest value that are seen
    names : of the two axes
    strip : bool
        Whether labels of pieces will stand at the bottom.

    Raises
    ------
    FigureError
        If a value is beyond floats.
    """
    low, high = heights
    pad = (high - low) * _MARGIN or max(Fraction(1), abs(high) / 2)
    below = pad + (high - low + 2 * pad) * Fraction(str(_STRIP)) if strip else pad
    try:
        ax.set_xlim(float(window[0]), float(window[1]))
        ax.set_ylim(float(low - below), float(high + pad))
    except OverflowError:
        raise FigureError(
            "values that fit into floats are required for a graph; in this window some are beyond "
            "1e308: choose a smaller window, or a smaller multiple of the output"
        ) from None
    ax.axhline(0.0, color=MUTED, linewidth=0.5, zorder=0.5)
    ax.set_xlabel(names[0], fontsize=FONT["label"], style="italic", labelpad=1, color=INK)
    ax.set_ylabel(names[1], fontsize=FONT["label"], style="italic", labelpad=4, color=INK)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    ticks = max(5, round(_TICKS * _inches(ax)))
    ax.xaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    for spine in ax.spines.values():
        spine.set(linewidth=0.6, color=MUTED, zorder=6)


def draw_curve(ax: Axes, curve: Curve, window: Interval, **style: Any) -> None:
    """Draw the visible part, one stroke from jump to jump and from gap to gap."""
    style = {"color": INK, "linewidth": 1.8, "zorder": 3, **style}
    joined = {meeting.left for meeting in curve.meetings if not meeting.jumps}
    stroke: list[tuple[Fraction, Fraction]] = []
    shown = curve.shown(window)
    for number, (piece, part) in enumerate(shown):
        ends = [(x, piece.at(x)) for x in part]
        stroke += ends[1:] if stroke else ends
        if piece not in joined or number == len(shown) - 1:
            x, y = zip(*stroke, strict=True)
            ax.plot(
                [*map(float, x)],
                [*map(float, y)],
                solid_capstyle="butt",
                solid_joinstyle="round",
                **style,
            )
            stroke = []


def draw_meetings(
    ax: Axes, curve: Curve, window: Interval, *, colour: str = INK, size: float | None = None
) -> list[Meeting]:
    """Mark bends, switches without a bend, and jumps; return the meeting points that are seen."""
    seen = curve.seen_meetings(window)
    size = size or (_DOT if len(seen) <= _CROWD else _DOT / 2)
    smooth = [m for m in seen if not m.jumps]
    for fill, chosen in (
        (colour, [m for m in smooth if m.bends]),
        ("white", [m for m in smooth if not m.bends]),
    ):
        ax.plot(
            [float(m.x) for m in chosen],
            [float(m.values[0]) for m in chosen],
            linestyle="none",
            marker="o",
            markersize=size,
            markerfacecolor=fill,
            markeredgecolor=colour,
            markeredgewidth=1.0,
            zorder=4,
        )
    for meeting in seen:
        if meeting.jumps:
            _draw_jump(ax, meeting, size)
    return seen


def _draw_jump(ax: Axes, meeting: Meeting, size: float) -> None:
    x, ends = float(meeting.x), [*map(float, meeting.values)]
    ax.plot([x, x], ends, color=JUMP, linewidth=1.4, linestyle=(0, (3, 2)), zorder=2.5)
    ax.plot(
        [x, x],
        ends,
        linestyle="none",
        marker="o",
        markersize=size + 0.5,
        markerfacecolor="white",
        markeredgecolor=JUMP,
        markeredgewidth=1.4,
        zorder=4,
    )
    jump = meeting.values[1] - meeting.values[0]
    text = ax.annotate(
        f"jump {short_number(jump)}",
        (x, sum(ends) / 2),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        zorder=7,
    )
    text.set(fontsize=FONT["text"], color=JUMP)
    text.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def write_above(ax: Axes, labels: Sequence[tuple[Fraction, str]], *, colour: str = INK) -> int:
    """Write labels of points above the frame, with a guide line each; return how many had room.

    Parameters
    ----------
    ax : matplotlib Axes
    labels : (x, text), in increasing order
    colour : str
    """
    free = [float("-inf")] * _ROWS
    written = 0
    lines = max((text.count("\n") + 1 for _, text in labels), default=1)
    for x, text in labels:
        ax.axvline(float(x), color=MUTED, linewidth=0.5, linestyle=(0, (1, 2)), zorder=0.6)
        half = _width(ax, text) / 2
        row = next((i for i, end in enumerate(free) if float(x) - half > end), None)
        if row is None:
            continue
        free[row] = float(x) + half
        written += 1
        ax.annotate(
            text,
            xy=(float(x), 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0.0, 3.0 + row * lines * FONT["text"] * 1.25),
            textcoords="offset points",
            ha="center",
            va="bottom",
            linespacing=1.1,
            fontsize=FONT["text"],
            color=colour,
            annotation_clip=False,
        )
    return written


def write_in_strip(ax: Axes, labels: Iterable[SpanLabel], **style: Any) -> int:
    """Write labels of intervals into the strip at the bottom; return how many had room."""
    written = 0
    for label in labels:
        if _width(ax, label.text) > float(label.high - label.low):
            continue
        written += 1
        text = ax.annotate(
            label.text,
            xy=(float((label.low + label.high) / 2), 0.0),
            xycoords=("data", "axes fraction"),
            xytext=(0.0, 4.0),
            textcoords="offset points",
            ha="center",
            va="bottom",
            zorder=5,
            **{"fontsize": FONT["text"], "color": label.colour, **style},
        )
        text.set_path_effects([withStroke(linewidth=2.5, foreground="white")])
    return written


def strip_below(ax: Axes, curve: Curve, window: Interval, texts: Sequence[str]) -> int:
    """Write a text for each visible piece into the strip; return how many had room."""
    spans = [part for _, part in curve.shown(window)]
    return write_in_strip(
        ax, [SpanLabel(*part, text) for part, text in zip(spans, texts, strict=True)]
    )


def short_number(number: Fraction) -> str:
    """Return a number, a long one as a visible decimal.

    Examples
    --------
    >>> short_number(Fraction(-1, 2)), short_number(Fraction(10**9, 3**30))
    ('-1/2', '4.857e-06...')
    """
    text = format_fraction(number)
    return text if len(text) <= _DIGITS else f"{float(number):.4g}..."


def _width(ax: Axes, text: str) -> float:
    """Return about how wide a text is, in the units of the x-axis."""
    points = _inches(ax) * 72
    low, high = ax.get_xlim()
    longest = max(map(len, text.split("\n")))
    return (longest + 1) * _LETTER * FONT["text"] / points * (high - low)


def _inches(ax: Axes) -> float:
    """Return about how wide the axes are."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return float(figure.get_figwidth() * ax.get_position().width)
