"""Lines of a figure: the boundaries of each layer, and the decision boundary.

A facet belongs to the earliest layer of which a neuron changes its piece across it: where two
regions differ in the first layer, the deeper layers bend because of it.  Facets and pieces of a
level set are clipped exactly; pieces that meet end to end are joined, so that their strokes meet
in round joints and not in gaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from exactpwl.errors import FigureError
from exactpwl.plot.caption import first_layers, ordinal
from exactpwl.plot.clip import Vector, as_points, clip_edge
from exactpwl.plot.style import layer_styles
from exactpwl.plot.view import View
from exactpwl.plot.window import Bounds, frame

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "Segment",
    "chains",
    "draw_layers",
    "draw_segments",
    "first_change",
    "layer_count",
    "layer_entry",
    "layer_segments",
]

Segment = tuple[Vector, ...]
_MANY = 20_000


def first_change(first: Iterable[Any], second: Iterable[Any]) -> int:
    """Return the first place, among layers with kinks, in which two patterns differ.

    Examples
    --------
    >>> first_change([(0, 1), (1,)], [(0, 1), (0,)])
    1
    """
    return next(i for i, (p, q) in enumerate(zip(first, second, strict=True)) if p != q)


def layer_segments(complex_: PolyhedralComplex, window: Bounds) -> dict[int, list[Segment]]:
    """Return the visible parts of all facets, by layer with kinks, counted from 0.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> from exactpwl.plot.window import as_window
    >>> cross = regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")]))
    >>> {layer: len(s) for layer, s in layer_segments(cross, as_window([(-1, 1)] * 2)).items()}
    {0: 4}
    """
    sides = frame(window)
    found: dict[int, list[Segment]] = defaultdict(list)
    for first, second, ids in complex_.adjacencies:
        ends = [complex_.generators[i] for i in ids]
        ends.sort(key=lambda vector: not vector[-1])
        segment = clip_edge(ends, complex_.lines, sides)
        if segment:
            layer = first_change(complex_.cells[first].pattern, complex_.cells[second].pattern)
            found[layer].append(segment)
    return dict(sorted(found.items()))


def chains(segments: Iterable[Segment]) -> list[list[Vector]]:
    """Join segments end to end into paths; a point where more than two meet ends them.

    Examples
    --------
    >>> chains([((0, 0, 1), (1, 0, 1)), ((1, 1, 1), (1, 0, 1))])
    [[(0, 0, 1), (1, 0, 1), (1, 1, 1)]]
    """
    at: dict[Vector, list[Segment]] = defaultdict(list)
    for segment in sorted({_sorted_ends(s) for s in segments}):
        for end in segment:
            at[end].append(segment)
    free = dict.fromkeys(s for found in at.values() for s in found)
    starts = [end for end, found in at.items() if len(found) != 2]
    paths = []
    for start in [*starts, *at]:
        for segment in at[start]:
            if segment in free:
                paths.append(_walk(start, segment, at, free))
    return paths


def _sorted_ends(segment: Segment) -> Segment:
    first, last = sorted(segment)
    return (first, last)


def _walk(
    start: Vector,
    segment: Segment,
    at: dict[Vector, list[Segment]],
    free: dict[Segment, None],
) -> list[Vector]:
    path = [start]
    following: Segment | None = segment
    while following is not None:
        del free[following]
        path.append(following[1] if following[0] == path[-1] else following[0])
        around = at[path[-1]]
        more = [s for s in around if s in free] if len(around) == 2 else []
        following = more[0] if more else None
    return path


def layer_count(complex_: PolyhedralComplex, layers: int | None) -> int:
    """Return how many layers' boundaries are drawn: the first so many, by default all.

    Raises
    ------
    FigureError
        If there are not so many layers with kinks.
    """
    most = len(complex_.network.widths)
    if layers is None:
        return most
    if not 0 <= layers <= most:
        raise FigureError(f"the boundaries of from 0 to {most} layers can be drawn, got {layers}")
    return layers


def layer_entry(layer: int, style: tuple[float, str]) -> Line2D:
    """Return the legend's entry for a layer, counted from 0, with its width and colour."""
    width, colour = style
    return Line2D([], [], color=colour, linewidth=width, label=f"{ordinal(layer + 1)} layer")


def draw_layers(
    ax: Axes, complex_: PolyhedralComplex, view: View, layers: int | None = None
) -> list[Line2D]:
    """Draw the boundaries, deep layers first, so that the first layer's lie on top.

    Parameters
    ----------
    ax : Axes
    complex_ : PolyhedralComplex
    view : of this complex
    layers : int, optional
        Only those of the first so many layers; lines are the thinner the more regions these have.

    Returns
    -------
    list of Line2D
        The legend's entries, one for each layer that is seen.
    """
    segments = layer_segments(complex_, view.window)
    drawn = layer_count(complex_, layers)
    _, seen = first_layers(complex_, (patch.cell for patch in view.patches), drawn)
    styles = layer_styles(len(complex_.network.widths), seen)
    entries = []
    for layer, found in segments.items():
        if layer < drawn:
            entry = layer_entry(layer, styles[layer])
            width, colour = styles[layer]
            look: dict[str, Any] = {"colors": colour, "linewidths": width}
            above = 3 - layer / len(styles)
            draw_segments(ax, chains(found), zorder=above, label=entry.get_label(), **look)
            entries.append(entry)
    return entries


def draw_segments(ax: Axes, paths: Sequence[Sequence[Vector]], **style: Any) -> LineCollection:
    """Draw paths of points as lines with round ends and joints."""
    lines = LineCollection(
        [[(float(x), float(y)) for x, y in as_points(path)] for path in paths],
        capstyle="round",
        joinstyle="round",
        rasterized=len(paths) > _MANY,
        **style,
    )
    ax.add_collection(lines, autolim=False)
    return lines
