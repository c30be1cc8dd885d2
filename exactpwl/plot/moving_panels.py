"""What one output weight can do to a function: a fan of curves, one panel for each ReLU.

With every other number left alone, the function changes by a multiple of that ReLU's term: nowhere
on its inactive side, and on its active side in proportion to the distance from the breakpoint.  So
the curves of a panel leave the function at one point and spread like a fan; the side that moves is
shaded.  In a network through points, whose ReLUs all look to the right, the first one's panel is
shaded from the first point on, and the last one's on the last segment only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from exactpwl.errors import FigureError
from exactpwl.plot.caption import counted
from exactpwl.plot.curve import Curve, Interval, as_interval
from exactpwl.plot.headings import add_heading
from exactpwl.plot.line_axes import draw_curve, draw_meetings, prepare_line, short_number
from exactpwl.plot.panels import new_panels, required_axes
from exactpwl.plot.ray_sum import RaySum
from exactpwl.plot.style import FONT, INK, STROKES
from exactpwl.rationals import RationalLike, as_fractions

if TYPE_CHECKING:
    from exactpwl.network import Network

__all__ = ["moved_weights"]

_SIZE = (3.3, 2.9)  # inches
_COLUMNS = 3
_MOST = 12
_SHADE = "#eef1f6"


def moved_weights(
    network: Network,
    axes: Sequence[Axes] | None = None,
    *,
    by: Sequence[RationalLike] = ("-1/2", "-1/4", "1/4", "1/2"),
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
) -> tuple[Axes, ...]:
    """Draw what moving the output weight of each neuron does, in one panel each.

    Parameters
    ----------
    network : Network
        Of one input, with one layer with kinks; any activations, any signs of weights.
    axes : sequence of matplotlib Axes, optional
        One for each neuron that bends the function; a new figure without them.
    by : sequence of rationals
        By what share of itself the weight is moved.
    window : [(low, high)] of rationals, or Domain, optional
        What to look at; by default an interval around all breakpoints.
    output : int, or sequence of rationals
        The output that is shown, counted from 0, or a weighted sum of all outputs.

    Returns
    -------
    tuple of Axes
        In the order of the neurons.

    Raises
    ------
    FigureError
        If the network has more inputs or layers, no neuron of it bends the function or more than 12
        do, there is no such output, the number of axes is wrong, or the window is no interval.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> panels = moved_weights(gallery.get("hat1d"))
    >>> len(panels), [text.get_text() for text in panels[2].texts][0]
    (3, 'moves all x >= 1: 1 of 4 pieces')
    """
    whole = RaySum.of(network, output)
    moving = [j for j, term in enumerate(whole.terms) if term.breakpoints]
    if not moving or len(moving) > _MOST:
        raise FigureError(
            f"from 1 to {_MOST} neurons that bend the function are required, one for each panel, "
            f"got {len(moving)}; plot.rays(network, weights={{j: w}}) draws one"
        )
    required_axes(axes, len(moving))
    shares = as_fractions(by)
    fans = [
        [whole.moved({j: whole.terms[j].weight * (1 + s)}, {}).partial_sums[-1] for s in shares]
        for j in moving
    ]
    function = whole.partial_sums[-1]
    bounds = as_interval(window, [function])
    shown = [function, *(curve for fan in fans for curve in fan)]
    ends = [curve.heights(bounds) for curve in shown]
    reach = min(low for low, _ in ends), max(high for _, high in ends)
    panels = tuple(axes) if axes is not None else _new(len(moving))
    for number, (ax, j, fan) in enumerate(zip(panels, moving, fans, strict=True)):
        prepare_line(ax, bounds, reach, ("x", whole.label))
        colour = STROKES[number % len(STROKES)]
        _draw_fan(ax, function, fan, bounds, colour)
        term = whole.terms[j]
        spans = _moving(term.curve, bounds, ax)
        pieces = _bent(function)
        count = sum(any(_overlap(piece, span) for span in spans) for piece in pieces)
        note = f"moves {_said(spans)}: {count} of {counted(len(pieces), 'piece')}"
        add_heading(ax, str(term), [note])
        weights = [short_number(term.weight * (1 + s)) for s in shares]
        if weights:
            ax.plot([], [], color=colour, linewidth=1.1, label=f"weight {', '.join(weights)}")
            legend = ax.legend(loc="best", fontsize=FONT["small"], framealpha=0.9, labelcolor=INK)
            legend.get_frame().set(linewidth=0)
    return panels


def _new(count: int) -> tuple[Axes, ...]:
    columns = min(count, _COLUMNS)
    panels = new_panels(-(-count // columns), columns, size=_SIZE)
    for spare in panels[count:]:
        spare.remove()
    return panels[:count]


def _draw_fan(
    ax: Axes, function: Curve, fan: Sequence[Curve], window: Interval, colour: str
) -> None:
    for curve in fan:
        draw_curve(ax, curve, window, color=colour, linewidth=1.1, zorder=2.6)
    draw_curve(ax, function, window)
    draw_meetings(ax, function, window, size=3.5)


Span = tuple[Any, Any]


def _moving(term: Curve, window: Interval, ax: Axes) -> list[Span]:
    """Return where a term is not 0, as intervals, and shade them."""
    spans: list[Span] = []
    for piece in term.pieces:
        if not piece.slope and not piece.intercept:
            continue
        if spans and spans[-1][1] == piece.low:
            spans[-1] = (spans[-1][0], piece.high)
        else:
            spans.append((piece.low, piece.high))
    for low, high in spans:
        left = window[0] if low is None else max(low, window[0])
        right = window[1] if high is None else min(high, window[1])
        if left < right:
            ax.axvspan(float(left), float(right), color=_SHADE, linewidth=0, zorder=0)
    return spans


def _bent(function: Curve) -> list[Span]:
    """Return the intervals between the bends of a function."""
    ends = [None, *(m.x for m in function.meetings if m.bends), None]
    return list(pairwise(ends))


def _overlap(one: Span, other: Span) -> bool:
    lows = [end for end in (one[0], other[0]) if end is not None]
    highs = [end for end in (one[1], other[1]) if end is not None]
    return not lows or not highs or max(lows) < min(highs)


def _said(spans: Sequence[Span]) -> str:
    parts = []
    for low, high in spans:
        if low is None and high is None:
            return "everything"
        if low is None or high is None:
            sign, end = ("<=", high) if low is None else (">=", low)
            parts.append(f"all x {sign} {short_number(end)}")
        else:
            parts.append(f"{short_number(low)} <= x <= {short_number(high)}")
    return " and ".join(parts)
