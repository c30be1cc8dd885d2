"""Contours: the lines on which an output has round values, exactly.

Programs that draw contours interpolate a grid, and miss what lies between its points.  Here a
contour is the level set of an affine function in each region: a chord, found from exact signs, so
that contours bend at kinks and nowhere else.  Between two contours the fill is flat, and vectors
alone are drawn.

A value is written along its line, in the middle of the longest straight part where nothing else is
written yet.  Values without such a part are left out, and the figure says how many are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch as Swatch
from matplotlib.patheffects import withStroke

from exactpwl.plot.canvas import (
    add_colour_bar,
    add_domain,
    add_legend,
    add_note,
    new_axes,
    prepare,
)
from exactpwl.plot.caption import counted
from exactpwl.plot.clip import Vector, as_points
from exactpwl.plot.data import Point, as_data, draw_points
from exactpwl.plot.decision import level_set_of
from exactpwl.plot.edges import chains, draw_layers, draw_segments
from exactpwl.plot.inscriptions import add_inscriptions
from exactpwl.plot.scale import Scale, colour_scale
from exactpwl.plot.shading import bands
from exactpwl.plot.style import AREA, CONTOUR, FONT, INK, diverging, sequential
from exactpwl.plot.topdown import add_plan_caption
from exactpwl.plot.view import View, complex_view
from exactpwl.rationals import RationalLike, as_fractions, format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["contours", "round_levels"]

_LINES = 12
_WIDTH, _ZERO = 0.9, 1.8
_MANY = 20_000
_ABOVE = 7
_APART = 5.0  # points between two texts
_ROOM = 1.3  # how much longer than its text a straight part must be


def contours(
    complex_: PolyhedralComplex,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    levels: int | Iterable[RationalLike] = _LINES,
    layers: int | None = None,
    patterns: bool = False,
    maps: bool = False,
    points: Iterable[Iterable[RationalLike]] | None = None,
    labels: Iterable[int] | None = None,
    caption: bool = True,
) -> Axes:
    """Draw the contours of an output of a network with two inputs over its regions.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    window, output, layers, patterns, maps, points, labels
        As in `exactpwl.plot.top_down`.
    levels : int, or rationals
        About how many contours there are, at round values; or the values themselves.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        As `exactpwl.plot.top_down`.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> tent = regions(Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[-1, -1]], [1], "linear")]))
    >>> ax = contours(tent, window=[(-1, 1), (-1, 1)], levels=["1/4", "1/2"])
    >>> [text.get_text() for text in ax.texts if "/" in text.get_text()][:2]
    ['1/4', '1/2']
    """
    data, classes = as_data(points, labels)
    view = complex_view(complex_, window, output)
    drawn = round_levels(view, levels) if isinstance(levels, int) else as_fractions(levels)
    seen = [level for level in sorted(set(drawn)) if view.limits[0] <= level <= view.limits[1]]
    ax = new_axes(view.window) if ax is None else ax
    prepare(ax, view.window)
    zero = view.level(0)
    scale = colour_scale(view, zero)
    bar = add_colour_bar(ax, _fill(ax, view, seen, scale, zero), view.label, scale)
    for level in seen:
        bar.axhline(float(level), color=CONTOUR, linewidth=_thickness(level))
    handles: list[Artist] = [*draw_layers(ax, complex_, view, layers)]
    lines, flat = _draw_lines(ax, complex_, view, seen)
    name = f"{view.label} = const"
    handles.append(Line2D([], [], color=CONTOUR, linewidth=_WIDTH, label=name))
    if flat:
        handles.append(Swatch(facecolor=AREA, edgecolor=CONTOUR, label=f"{name}, flat"))
    add_domain(ax, complex_.domain, view.window)
    draw_points(ax, data, classes)
    add_legend(ax, handles)
    written = None
    if caption:
        written = add_plan_caption(ax, complex_, view, layers, counted(len(seen), "contour"))
    left_out = _write_values(ax, lines)
    if written and left_out:
        text = f"{counted(left_out, 'value')} left out, because the lines are too short"
        written = add_note(ax, text, written)
    what: Any = {"patterns": patterns, "maps": maps}
    add_inscriptions(ax, complex_, view, written, points=data, avoid=_written(ax), **what)
    return ax


def round_levels(view: View, count: int) -> tuple[Fraction, ...]:
    """Return about so many round values inside the range of a view.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> slope = regions(Network([([[1, 0]], [0], "linear")]))
    >>> [str(level) for level in round_levels(complex_view(slope, [(-1, 1), (0, 1)]), 4)]
    ['-1/2', '0', '1/2']
    """
    low, high = view.limits
    scale = colour_scale(view, view.level(0))
    if not scale.is_even:
        return tuple(Fraction(f"{tick:g}") for tick in scale.ticks())
    step = _round_step((high - low) / max(count, 1))
    first = low // step + 1
    return tuple(step * i for i in range(int(first), int(-(-high // step)))) if low < high else ()


def _round_step(least: Fraction) -> Fraction:
    """Return the smallest of 1, 2, 5, 10, ... times a power of ten that is at least so large."""
    step = Fraction(1)
    while least and step > least:
        step /= 10
    while step < least:
        step *= 10
    return min(
        (s for s in (step / 10, step / 5, step / 2, step) if s >= least), default=Fraction(1)
    )


def _thickness(level: Fraction) -> float:
    return _WIDTH if level else _ZERO


def _fill(
    ax: Axes, view: View, levels: Sequence[Fraction], scale: Scale, zero: Fraction | None
) -> ScalarMappable:
    """Fill between contours with the colour of the middle; return what a colour bar needs."""
    colormap = sequential() if zero is None else diverging(*scale.reach)
    colours = ScalarMappable(scale.norm(), colormap)
    ends = [view.limits[0], *levels, view.limits[1]]
    polygons, values = [], []
    for patch in view.patches:
        function = view.heights[patch.cell]
        for band in bands(patch.polygon, function, levels):
            heights = [function.at(vertex) for vertex in band]
            middle = (min(heights) + max(heights)) / 2
            below = max(end for end in ends if end <= middle)
            above = min((end for end in ends if end > middle), default=below)
            polygons.append([(float(x), float(y)) for x, y in as_points(band)])
            values.append(float((below + above) / 2))
    fill = PolyCollection(
        polygons,
        facecolors=colours.to_rgba(np.array(values)),
        edgecolors="face",
        linewidths=0.4,
        rasterized=len(polygons) > _MANY,
        zorder=1,
    )
    ax.add_collection(fill, autolim=False)
    return colours


def _draw_lines(
    ax: Axes, complex_: PolyhedralComplex, view: View, levels: Sequence[Fraction]
) -> tuple[list[tuple[Fraction, list[list[Vector]]]], bool]:
    """Draw the contours; return those of each level, and whether one of them is a whole region."""
    found = []
    flat = False
    for level in levels:
        level_set = level_set_of(view, level, complex_.domain)
        lines = chains(level_set.segments)
        look: dict[str, Any] = {"colors": CONTOUR, "linewidths": _thickness(level)}
        draw_segments(ax, lines, zorder=4, label=f"contour {format_fraction(level)}", **look)
        for area in level_set.areas:
            corners = [(float(x), float(y)) for x, y in as_points(area)]
            ax.fill(*zip(*corners, strict=True), facecolor=AREA, edgecolor="none", zorder=1.5)
        for x, y in as_points(level_set.dots):
            ax.plot([float(x)], [float(y)], marker="o", markersize=2.5, color=CONTOUR, zorder=4)
        flat = flat or bool(level_set.areas)
        found.append((level, lines))
    return found, flat


def _write_values(ax: Axes, lines: Sequence[tuple[Fraction, Sequence[Sequence[Vector]]]]) -> int:
    """Write each value on its longest line, and return how many have no room."""
    ax.figure.get_figure(root=True).draw_without_rendering()
    inch = ax.figure.get_figure(root=True).dpi
    to_points = 72.0 / inch
    taken: list[tuple[float, float, float]] = []
    left_out = 0
    for level, paths in lines:
        text = format_fraction(level).replace("-", "\N{MINUS SIGN}")
        width = 0.65 * FONT["small"] * len(text)
        places = [
            ax.transData.transform([(float(x), float(y)) for x, y in as_points(path)]) * to_points
            for path in paths
        ]
        spot = _free_spot(places, width, taken)
        if spot is None:
            left_out += bool(paths)
            continue
        x, y, angle = spot
        taken.append((x, y, width))
        u, v = ax.transData.inverted().transform((x / to_points, y / to_points))
        written: Any = ax.text(u, v, text, fontsize=FONT["small"], rotation=angle, zorder=_ABOVE)
        written.set(ha="center", va="center", rotation_mode="anchor", color=INK, clip_on=True)
        written.set_path_effects([withStroke(linewidth=2.2, foreground="white", alpha=0.9)])
    return left_out


def _written(ax: Axes) -> list[tuple[Point, Point]]:
    """Return a diagonal of the box of each value, which other texts should not cover."""
    inverse = ax.transData.inverted()
    found = []
    for text in ax.texts:
        if text.get_zorder() == _ABOVE:
            start, end = inverse.transform(text.get_window_extent().get_points())
            found.append((_exact(start), _exact(end)))
    return found


def _exact(place: Any) -> Point:
    x, y = place
    return Fraction(float(x)), Fraction(float(y))


def _free_spot(
    paths: Iterable[Any], width: float, taken: Sequence[tuple[float, float, float]]
) -> tuple[float, float, float] | None:
    """Return the middle of a straight part, and its angle, apart from what is written.

    The longest part is tried first; one that is too short for the text is not.
    """
    parts = [part for path in paths for part in pairwise(path)]
    for (x0, y0), (x1, y1) in sorted(parts, key=_shortness):
        if hypot(x1 - x0, y1 - y0) < _ROOM * width:
            return None
        x, y = float(x0 + x1) / 2, float(y0 + y1) / 2
        if all(hypot(x - u, y - v) > (width + w) / 2 + _APART for u, v, w in taken):
            upright = 90.0 - (90.0 - degrees(atan2(y1 - y0, x1 - x0))) % 180.0
            return x, y, upright
    return None


def _shortness(part: Any) -> float:
    (x0, y0), (x1, y1) = part
    return -round(hypot(x1 - x0, y1 - y0), 3)
