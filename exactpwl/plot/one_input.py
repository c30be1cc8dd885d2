"""The graph of a function of one input: a network's, one given by pieces, or an activation's.

Every piece is one straight stroke between its exact ends.  A dot stands where the function bends.
A ring stands where a neuron goes to another piece and the function does not bend: such a point is
a wall between two activation regions and lies inside one linear region.  Above the frame stand the
breakpoints, exactly, with the neurons that switch there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes

from exactpwl.activation import Activation
from exactpwl.domain import Domain
from exactpwl.naming import printable
from exactpwl.piecewise import PiecewiseFunction
from exactpwl.plot.canvas import add_caption
from exactpwl.plot.caption import counted, window_name
from exactpwl.plot.curve import Curve, Function, Interval, as_interval, curve_of
from exactpwl.plot.line_axes import (
    draw_curve,
    draw_meetings,
    new_line_axes,
    prepare_line,
    short_number,
    strip_below,
    write_above,
)
from exactpwl.plot.pieces import pieces_caption
from exactpwl.plot.style import INK, OUTSIDE
from exactpwl.rationals import RationalLike, as_fraction, format_fraction

__all__ = ["breakpoint_texts", "function_graph", "line_caption"]


def function_graph(
    function: Function,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    patterns: bool = False,
    maps: bool = False,
    points: Iterable[tuple[RationalLike, RationalLike]] = (),
    caption: bool = True,
) -> Axes:
    """Draw the graph of a function of one input, with its breakpoints.

    Parameters
    ----------
    function : PolyhedralComplex, PiecewiseFunction or Activation
        Of one input.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    window : [(low, high)] of rationals, or Domain, optional
        What to look at; by default an interval around all breakpoints.
    output : int, or sequence of rationals
        The output that is shown, counted from 0, or a weighted sum of all outputs.
    patterns : bool
        Whether to write below each piece its activation pattern (the number of a given piece).
    maps : bool
        Whether to write below each piece its affine function.
    points : pairs (x, y) of rationals
        Data, drawn as crosses.
    caption : bool
        Whether to write the numbers of pieces and breakpoints below.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        If there is not one input, the window is no interval or shows nothing, or there is no such
        output.

    Notes
    -----
    A dot is a bend; a ring is a breakpoint of a neuron at which the function does not bend.  Above
    the frame stand the breakpoints with the neurons that switch there (see `exactpwl.naming`); the
    ground is grey where nothing is defined.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> ax = function_graph(regions(gallery.get("hat1d")))
    >>> print(ax.texts[-2].get_text())
    hat1d: 4 activation regions on the line, 4 in this window;
    f(x) bends at 3 of 3 breakpoints
    """
    curve = curve_of(function, output)
    bounds = as_interval(window, [curve])
    ax = new_line_axes() if ax is None else ax
    names = ("z" if isinstance(function, Activation) else "x", curve.label)
    prepare_line(ax, bounds, curve.heights(bounds), names, strip=patterns or maps)
    _grey_gaps(ax, curve, bounds)
    draw_curve(ax, curve, bounds)
    draw_meetings(ax, curve, bounds)
    _draw_points(ax, points)
    write_above(ax, breakpoint_texts(curve, bounds))
    if patterns or maps:
        parts = [
            (piece.name if patterns else "", piece.formula(names[0]) if maps else "")
            for piece, _ in curve.shown(bounds)
        ]
        strip_below(ax, curve, bounds, [": ".join(filter(None, part)) for part in parts])
    if caption:
        add_caption(ax, line_caption(function, curve, bounds))
    return ax


def breakpoint_texts(curve: Curve, window: Interval) -> list[tuple[Any, str]]:
    """Return the visible breakpoints, each with its value and the neurons that switch there."""
    return [
        (m.x, "\n".join(filter(None, (", ".join(m.neurons[:3]), short_number(m.x)))))
        for m in curve.seen_meetings(window)
    ]


def _grey_gaps(ax: Axes, curve: Curve, window: Interval) -> None:
    """Grey where nothing is defined."""
    covered = window[0]
    for _, (low, high) in curve.shown(window):
        if low > covered:
            ax.axvspan(float(covered), float(low), color=OUTSIDE, linewidth=0, zorder=0)
        covered = high
    if covered < window[1]:
        ax.axvspan(float(covered), float(window[1]), color=OUTSIDE, linewidth=0, zorder=0)


def _draw_points(ax: Axes, points: Iterable[tuple[RationalLike, RationalLike]]) -> None:
    pairs = [(float(as_fraction(x)), float(as_fraction(y))) for x, y in points]
    if pairs:
        x, y = zip(*pairs, strict=True)
        ax.plot(x, y, "x", color=INK, markersize=6, markeredgewidth=1.4, zorder=5)


def line_caption(function: Function, curve: Curve, window: Interval) -> list[tuple[str, ...]]:
    """Return the two lines of the caption, as phrases."""
    look = f"window {window_name((window,))}"
    shown = f"{len(curve.shown(window))} in this window;"
    if isinstance(function, Activation):
        slopes = ", ".join(map(format_fraction, function.slopes))
        ends = ", ".join(map(format_fraction, function.breakpoints))
        name = function.spec if isinstance(function.spec, str) else "an activation"
        places = f"bends at {ends};" if ends else "no breakpoint;"
        return [
            (f"{name}: {counted(len(curve.pieces), 'piece')},", places, f"slopes {slopes}"),
            (f"value {format_fraction(function(0))} at 0;", look),
        ]
    if isinstance(function, PiecewiseFunction):
        continuity, seen = function.check_continuity(), len(curve.shown(window))
        return pieces_caption(continuity, len(curve.pieces), seen, (window,))
    network = function.network
    name = f"{printable(network.name)}: " if network.name else ""
    count = counted(len(function), "activation region")
    bends = sum(meeting.bends for meeting in curve.meetings)
    total = counted(len(curve.meetings), "breakpoint")
    return [
        (
            f"{name}{count} {_place(function.domain)},",
            shown,
            f"{curve.label} bends at {bends} of {total}",
        ),
        (f"{network.architecture.replace('->', '→')},", f"sha256 {network.sha256[:12]};", look),
    ]


def _place(domain: Domain) -> str:
    box = domain.as_box()
    if box is not None:
        return f"on {window_name(box)}"
    return "on the line" if domain.is_whole_space else "on a half-line"
