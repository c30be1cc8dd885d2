"""Where data live, from above: each region coloured by the number of points inside it.

A region without data is white, one that data touch from its boundary only is grey; the others are
the darker, the more points are inside them.  Where one region holds many times as many as another
the scale is logarithmic, because a region with two points differs more from one with one than a
hundred from a hundred and one.  Few different numbers have a step of their own on the colour bar.

Which region holds which point is exact (`exactpwl.data`), and so are the numbers of the caption.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import BoundaryNorm, Colormap, ListedColormap, LogNorm, Normalize

from exactpwl.plot.canvas import (
    add_caption,
    add_colour_bar,
    add_domain,
    add_legend,
    new_axes,
    prepare,
)
from exactpwl.plot.caption import caption_phrases, counted
from exactpwl.plot.data import draw_points
from exactpwl.plot.decision import draw_level
from exactpwl.plot.edges import draw_layers
from exactpwl.plot.scale import Scale
from exactpwl.plot.shading import fill
from exactpwl.plot.style import OUTSIDE, sequential
from exactpwl.plot.view import View, complex_view
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.data.tally import RegionOccupancy

__all__ = ["occupancy"]

EMPTY, TOUCHED = "#ffffff", OUTSIDE
_MOST_STEPS = 8  # numbers of points, up to which each has a colour of its own
_WIDE = 30  # how many times as many points a region may hold before the scale is logarithmic
_FIRST, _LAST = 0.16, 0.86  # of the colours: lighter ones look white, on darker ones marks are lost
_MOST_POINTS = 2000


def occupancy(
    data: RegionOccupancy,
    ax: Axes | None = None,
    *,
    window: Any = None,
    points: bool | None = None,
    level: RationalLike | None = 0,
    layers: int | None = None,
    caption: bool = True,
) -> Axes:
    """Draw which regions of a network with two inputs hold data, and how much of it.

    Parameters
    ----------
    data : RegionOccupancy
        From `exactpwl.region_occupancy(complex, points, labels)`.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at; by default the domain if it is a box, else a box around all vertices.
    points : bool, optional
        Whether to draw the points, each class with its own mark; left out, up to 2000 are drawn.
    level : rational or None
        The decision boundary {f = level} of the first output is drawn.
    layers : int, optional
        How many layers' boundaries are drawn, from the first one on; by default those of all.
    caption : bool
        Whether to write how many regions hold data, and how many points are alone in theirs.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        If there are not two inputs, the window is no box or shows no region, or there are not so
        many layers.

    Examples
    --------
    >>> from exactpwl import gallery, region_occupancy, regions
    >>> data = region_occupancy(regions(gallery.get("xor")), [(1, 1), (2, 1), (-2, 0)])
    >>> ax = occupancy(data, window=[(-3, 3), (-3, 3)])
    >>> print(ax.texts[1].get_text().splitlines()[-1])
    1 of 3 points alone in its region (33.3%)
    """
    complex_ = data.complex
    view = complex_view(complex_, window, 0)
    ax = new_axes(view.window) if ax is None else ax
    prepare(ax, view.window)
    colours, norm = _colours(data)
    fill(ax, view.patches, [_colour(data, patch.cell, colours, norm) for patch in view.patches])
    if data.holding:
        _add_bar(ax, data, colours, norm)
    handles: list[Artist] = [*draw_layers(ax, complex_, view, layers)]
    cut_at = view.level(level)
    if cut_at is not None:
        handles += draw_level(ax, view, cut_at, complex_.domain, None)
    add_domain(ax, complex_.domain, view.window)
    if points or (points is None and len(data) <= _MOST_POINTS):
        draw_points(ax, data.points, data.labels)
    add_legend(ax, handles)
    if caption:
        _add_caption(ax, data, view)
    return ax


def _colours(data: RegionOccupancy) -> tuple[Colormap, Normalize]:
    """Return a map and a scale on which all numbers from 1 to the largest are."""
    most = max(data.counts, default=0)
    shades = sequential()
    picked = [shades(_FIRST + (_LAST - _FIRST) * i / 255) for i in range(256)]
    if most <= _MOST_STEPS:
        steps = [picked[255 * i // max(most - 1, 1)] for i in range(max(most, 1))]
        edges = [i + 0.5 for i in range(max(most, 1) + 1)]
        return ListedColormap(steps), BoundaryNorm(edges, max(most, 1))
    least = min(count for count in data.counts if count)
    if most > _WIDE * least:
        return ListedColormap(picked), LogNorm(1, most)
    return ListedColormap(picked), Normalize(1, most)


def _colour(data: RegionOccupancy, cell: int, colours: Colormap, norm: Normalize) -> Any:
    if data.counts[cell]:
        return colours(norm(data.counts[cell]))
    return TOUCHED if data.guests[cell] else EMPTY


def _add_bar(ax: Axes, data: RegionOccupancy, colours: Colormap, norm: Normalize) -> None:
    most = max(data.counts)
    even = Scale(Fraction(1), Fraction(most), Fraction(1), None)
    bar = add_colour_bar(ax, ScalarMappable(norm, colours), "data points in a region", even)
    ticks = list(range(1, most + 1)) if most <= _MOST_STEPS else _round_numbers(most, norm)
    bar.set_yticks(ticks, [str(tick) for tick in ticks])


def _round_numbers(most: int, norm: Normalize) -> list[int]:
    """Return round numbers of points that stand apart on the scale, with 1 and the largest.

    Examples
    --------
    >>> _round_numbers(40, Normalize(1, 40)), _round_numbers(300, LogNorm(1, 300))
    ([1, 5, 10, 20, 40], [1, 2, 5, 10, 20, 50, 100, 300])
    """
    ladder = [m * 10**k for k in range(len(str(most))) for m in (1, 2, 5)]
    found = [1, most]
    for number in reversed(ladder):
        if number < most and all(abs(norm(number) - norm(other)) > 0.09 for other in found):
            found.append(number)
    return sorted(found)


def _add_caption(ax: Axes, data: RegionOccupancy, view: View) -> None:
    seen = [patch.cell for patch in view.patches]
    holding, here = set(data.holding), len(set(data.holding).intersection(seen))
    notes = [f"data in {counted(len(holding), 'region')}, {here} of them in this window"]
    if data.touched:
        notes.append(f"on the boundary of {len(data.touched)} more (grey)")
    notes.append(f"none in {counted(len(data.empty), 'region')}{' (white)' * bool(data.empty)}")
    notes.append(_alone(data))
    if data.on_boundary:
        notes.append(f"{counted(len(data.on_boundary), 'point')} on boundaries between regions")
    if data.outside:
        notes.append(f"{counted(len(data.outside), 'point')} outside the domain")
    add_caption(ax, caption_phrases(data.complex, len(seen), view.window, *notes))


def _alone(data: RegionOccupancy) -> str:
    share = data.share_alone
    if share is None:
        return "no points in the domain"
    number = len(data) - len(data.outside)
    percent = 100 * share
    text = str(percent) if percent.denominator == 1 else f"{float(percent):.1f}"
    whose = "its region" if len(data.alone) == 1 else "their regions"
    return f"{len(data.alone)} of {counted(number, 'point')} alone in {whose} ({text}%)"
