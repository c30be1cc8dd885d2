"""The rays of a network with one layer, and the running sum that bends at each of them.

Above, every term is drawn alone, scaled by its output weight.  Below, the terms are added from left
to right: each partial sum is drawn in the colour of its last ray, and the whole sum in ink over
them, so that one sees where a partial sum would have gone on and how the next ray bends it.  With a
weight moved, the same is drawn beside it on the same scale, over the first sum in grey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from exactpwl.plot.caption import counted
from exactpwl.plot.curve import Curve, Interval, as_interval
from exactpwl.plot.headings import add_heading
from exactpwl.plot.line_axes import draw_curve, draw_meetings, prepare_line, short_number
from exactpwl.plot.panels import new_panels, required_axes
from exactpwl.plot.ray_sum import RaySum
from exactpwl.plot.style import FONT, INK, MUTED, STROKES
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.network import Network

__all__ = ["rays"]

_SIZE = (4.4, 3.0)  # inches
_MOST_NAMED = 8
_LONGEST = 60
_GREY = "#b9bec8"


def rays(
    network: Network,
    axes: Sequence[Axes] | None = None,
    *,
    weights: Mapping[int, RationalLike] | None = None,
    biases: Mapping[int, RationalLike] | None = None,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
) -> tuple[Axes, ...]:
    """Draw the terms of a network with one input and one layer with kinks, and their running sum.

    Parameters
    ----------
    network : Network
        Of one input, with at most one layer with kinks; any activations, any signs of weights.
    axes : sequence of matplotlib Axes, optional
        Two, rays and sum; with something moved four: rays, rays after the change, sum, sum after
        it.  A new figure without them.
    weights, biases : mapping from a neuron, counted from 0, to a rational, optional
        Output weights, and biases, that are moved.
    window : [(low, high)] of rationals, or Domain, optional
        What to look at; by default an interval around all breakpoints.
    output : int, or sequence of rationals
        The output that is shown, counted from 0, or a weighted sum of all outputs.

    Returns
    -------
    tuple of two or four Axes

    Raises
    ------
    FigureError
        If the network has more inputs or layers, there is no such output or neuron, the number of
        axes is wrong, or the window is no interval.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> above, below = rays(gallery.get("hat1d"))
    >>> [text.get_text() for text in above.get_legend().get_texts()]
    ['relu(x+1)', '-2 relu(x)', 'relu(x-1)']
    """
    first = RaySum.of(network, output)
    sums = [first]
    if weights or biases:
        sums.append(first.moved(weights or {}, biases or {}))
    required_axes(axes, 2 * len(sums))
    panels = tuple(axes) if axes is not None else new_panels(2, len(sums), size=_SIZE)
    bounds = as_interval(window, [sum_.partial_sums[-1] for sum_ in sums])
    _draw_rays(panels[: len(sums)], sums, bounds)
    _draw_sums(panels[len(sums) :], sums, bounds)
    return panels


def _draw_rays(panels: Sequence[Axes], sums: Sequence[RaySum], window: Interval) -> None:
    shown = [curve for s in sums for curve in (s.still, *(ray.curve for ray in s.rays))]
    reach = _reach(shown, window)
    for ax, sum_, after in zip(panels, sums, ("", " after the change"), strict=False):
        prepare_line(ax, window, reach, ("x", "terms"))
        still = sum_.still.pieces[0]
        if still.slope or still.intercept:
            style = {"linewidth": 1.4, "linestyle": (0, (5, 2)), "label": still.formula()}
            draw_curve(ax, sum_.still, window, color=MUTED, **style)
        for number, ray in enumerate(sum_.rays):
            colour = _colour(number)
            draw_curve(ax, ray.curve, window, color=colour, label=str(ray))
            draw_meetings(ax, ray.curve, window, colour=colour)
            _guides(ax, ray.curve, colour)
        if len(sum_.rays) <= _MOST_NAMED and ax.get_legend_handles_labels()[0]:
            legend = ax.legend(loc="best", fontsize=FONT["text"], framealpha=0.9, labelcolor=INK)
            legend.get_frame().set(linewidth=0)
        formula = f"{sum_.label} = {sum_}"
        count = counted(len(sum_.rays), "ray")
        add_heading(ax, f"The rays{after}", [formula if len(formula) <= _LONGEST else count])


def _draw_sums(panels: Sequence[Axes], sums: Sequence[RaySum], window: Interval) -> None:
    wholes = [sum_.partial_sums[-1] for sum_ in sums]
    low, high = _reach(wholes, window)
    room = (high - low) / 4
    for ax, sum_, after in zip(panels, sums, ("", " after the change"), strict=False):
        prepare_line(ax, window, (low - room, high + room), ("x", sum_.label))
        *partial, whole = sum_.partial_sums
        if after:
            draw_curve(ax, wholes[0], window, color=_GREY, linewidth=3.0, zorder=2, label="before")
        for number, curve in enumerate(partial):
            colour = _colour(number - 1) if number else MUTED
            draw_curve(ax, curve, window, color=colour, linewidth=0.9, linestyle=(0, (4, 2)))
        draw_curve(ax, whole, window)
        for number, ray in enumerate(sum_.rays):
            colour = _colour(number)
            own = set(ray.breakpoints)
            meetings = tuple(m for m in whole.meetings if m.x in own)
            draw_meetings(ax, Curve(whole.pieces, meetings, ""), window, colour=colour)
            _guides(ax, ray.curve, colour)
        bent = [short_number(m.x) for m in whole.seen_meetings(window) if m.bends]
        places = f"bends at {', '.join(bent)}" if 0 < len(bent) < 8 else counted(len(bent), "bend")
        add_heading(ax, f"The running sum{after}", [places])


def _colour(number: int) -> str:
    return STROKES[number % len(STROKES)]


def _reach(curves: Sequence[Curve], window: Interval) -> Interval:
    ends = [curve.heights(window) for curve in curves]
    return min(low for low, _ in ends), max(high for _, high in ends)


def _guides(ax: Axes, curve: Curve, colour: str) -> None:
    for meeting in curve.meetings:
        ax.axvline(float(meeting.x), color=colour, linewidth=0.6, linestyle=(0, (1, 2)), zorder=0.6)
