"""The adjacency graph of a complex: regions as dots, common facets as lines between them.

The graph is what is left of a complex when shapes are forgotten: which regions are neighbours, and
by which neuron.  A line has the colour of the first layer of which a neuron changes its piece
across the facet; a dot is the larger the more neurons are active there, and has the colour of the
output at its point, or of that number.  It is drawn in any dimension, by position or by its
spectrum; see `exactpwl.plot.layout`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from exactpwl.errors import FigureError
from exactpwl.formula import variable_names
from exactpwl.naming import printable
from exactpwl.pattern import Pattern
from exactpwl.plot.canvas import add_caption, add_colour_bar, add_legend, new_axes, prepare
from exactpwl.plot.caption import counted, height_name, ordinal, place_name, window_name
from exactpwl.plot.clip import as_points
from exactpwl.plot.edges import chains, first_change, layer_segments
from exactpwl.plot.layout import ON_THE_GRAPH, Layout, by_position, by_spectrum
from exactpwl.plot.patches import functional
from exactpwl.plot.scale import Scale
from exactpwl.plot.style import (
    FONT,
    GRID,
    INK,
    MUTED,
    STROKES,
    diverging,
    layer_styles,
    sequential,
)
from exactpwl.plot.window import as_window
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["GraphLayout", "active_neurons", "region_graph"]

GraphLayout = Literal["position", "spectral"]
GraphColours = Literal["output", "active"]

_FAR = 10  # how many times the median the values reach before the colours' scale is bent
_LARGEST, _SMALLEST = 150.0, 5.0  # areas of dots, in square points
_CROWD = 9000.0
_THINNEST = 0.75
_MANY = 400  # dots, beyond which their outlines are thinner
_MARGIN = 0.06
_SQUARE = [(-1, 1), (-1, 1)]


def region_graph(
    complex_: PolyhedralComplex,
    ax: Axes | None = None,
    *,
    layout: GraphLayout = "position",
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    colour_by: GraphColours = "output",
    patterns: bool = False,
    caption: bool = True,
) -> Axes:
    """Draw the adjacency graph of a complex of any dimension.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    layout : {"position", "spectral"}
        Where the regions stand: where they are, or by the eigenvectors of the graph's Laplacian.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        With two inputs, by position: what is looked at.
    output : int, or sequence of rationals
        The output whose value is shown, counted from 0, or a weighted sum of all outputs.
    colour_by : {"output", "active"}
        Colours of the output at the point where a region stands, or of the number of its active
        neurons.
    patterns : bool
        Whether to write each region's activation pattern beside it.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        If `layout` or `colour_by` is unknown, there is a window where none is used, or there are
        too many regions for the spectral layout (3000).

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> ax = region_graph(regions(gallery.get("braid:3")), layout="spectral")
    >>> ax.texts[0].get_text()
    'braid:3: 6 activation regions in space, 6 adjacencies'
    """
    _check("layout", layout, GraphLayout)
    _check("colour_by", colour_by, GraphColours)
    if layout == "spectral" and window is not None:
        raise FigureError("a window is for the layout by position; the spectral one shows all")
    drawn = by_spectrum(complex_) if layout == "spectral" else by_position(complex_, window, output)
    ax = new_axes(drawn.window or as_window(_SQUARE)) if ax is None else ax
    _prepare(ax, complex_, drawn)
    entries = _draw_edges(ax, complex_, drawn)
    _draw_nodes(ax, complex_, drawn, output, colour_by)
    if patterns:
        _write_patterns(ax, complex_, drawn)
    add_legend(ax, entries)
    if caption:
        add_caption(ax, _phrases(complex_, drawn, colour_by))
    return ax


def active_neurons(pattern: Pattern) -> int:
    """Return how many neurons are above their first breakpoint: for ReLU the active ones.

    Examples
    --------
    >>> active_neurons(Pattern.parse("101|02"))
    3
    """
    return sum(piece > 0 for layer in pattern for piece in layer)


def _check(name: str, value: str, choices: Any) -> None:
    if value not in get_args(choices):
        options = ", ".join(map(repr, get_args(choices)))
        raise FigureError(f"{name} must be one of {options}, got {value!r}")


def _prepare(ax: Axes, complex_: PolyhedralComplex, drawn: Layout) -> None:
    if drawn.window is not None:
        prepare(ax, drawn.window)
        segments = [s for found in layer_segments(complex_, drawn.window).values() for s in found]
        if segments:
            ax.add_collection(_lines(map(as_points, chains(segments)), GRID, 0.9), autolim=False)
        return
    along_x, along_y = ((min(values), max(values)) for values in zip(*_seen(drawn), strict=True))
    if drawn.notes and drawn.notes[0] == ON_THE_GRAPH:
        _set_limits(ax, along_x, along_y)
        x = variable_names(1)[0]
        ax.set_xlabel(x, fontsize=FONT["label"], style="italic", labelpad=1, color=INK)
        ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
        return
    half = max(high - low for low, high in (along_x, along_y)) / 2
    middles = [(low + high) / 2 for low, high in (along_x, along_y)]
    _set_limits(ax, *((middle - half, middle + half) for middle in middles))
    ax.set_aspect("equal")
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)


def _seen(drawn: Layout) -> list[tuple[float, float]]:
    return [*drawn.places.values(), *(point for path in drawn.paths.values() for point in path)]


def _set_limits(ax: Axes, *ranges: tuple[float, float]) -> None:
    pads = [_MARGIN * (high - low) or 1.0 for low, high in ranges]
    wide = [(low - pad, high + pad) for (low, high), pad in zip(ranges, pads, strict=True)]
    ax.set(xlim=wide[0], ylim=wide[1])


def _lines(paths: Any, colour: str, width: float, **style: Any) -> PathCollection:
    """Return many lines as one path: in a file that is a third of as many paths."""
    made = [Path([(float(x), float(y)) for x, y in points]) for points in paths]
    return PathCollection(
        [Path.make_compound_path(*made)],
        facecolors="none",
        edgecolors=colour,
        linewidths=width,
        joinstyle="round",
        **{"zorder": 1.5} | style,
    )


def _draw_edges(ax: Axes, complex_: PolyhedralComplex, drawn: Layout) -> list[Line2D]:
    """Draw the adjacencies by layer; return the legend's entries with their numbers."""
    by_layer: dict[int, list[Any]] = {}
    for (first, second), path in drawn.paths.items():
        layer = first_change(complex_.cells[first].pattern, complex_.cells[second].pattern)
        by_layer.setdefault(layer, []).append(path)
    styles = layer_styles(len(complex_.network.widths), len(drawn.places))
    entries = []
    for layer, paths in sorted(by_layer.items(), reverse=True):
        colour, width = STROKES[layer % len(STROKES)], max(styles[layer][0], _THINNEST)
        name = f"{ordinal(layer + 1)} layer"
        ax.add_collection(
            _lines(paths, colour, width, label=name, zorder=3 - layer / len(styles)), autolim=False
        )
        entries.append(Line2D([], [], color=colour, linewidth=width, label=f"{name}: {len(paths)}"))
    return entries[::-1]


def _draw_nodes(
    ax: Axes,
    complex_: PolyhedralComplex,
    drawn: Layout,
    output: int | Sequence[RationalLike],
    colour_by: str,
) -> None:
    """Draw the regions as dots, with a colour bar."""
    weights = functional(output, complex_.network.output_dimension)
    active = [active_neurons(complex_.cells[i].pattern) for i in drawn.places]
    values = [Fraction(a) for a in active]
    label = "active neurons"
    if colour_by == "output":
        label = height_name(weights) if complex_.dimension == 2 else "output"
        values = [
            sum((w * v for w, v in zip(weights, outputs, strict=True)), Fraction(0))
            for outputs in (complex_.affine_maps[i](point) for i, point in drawn.points.items())
        ]
    scale, splits = _scale(values, colour_by)
    shading = ScalarMappable(scale.norm(), diverging(*scale.reach) if splits else sequential())
    coloured = shading.to_rgba(np.array([float(v) for v in values]))
    outline = 0.6 if len(active) < _MANY else 0.3
    for size, chosen in _by_size(active).items():  # of one size a file has the circle once
        x, y = zip(*(list(drawn.places.values())[i] for i in chosen), strict=True)
        dots = ax.scatter(x, y, size, linewidths=outline, edgecolors=INK, zorder=4)
        dots.set(facecolors=coloured[chosen], label=f"{active[chosen[0]]} active", gid="regions")
    add_colour_bar(ax, shading, label, scale)


def _by_size(active: Sequence[int]) -> dict[float, list[int]]:
    """Return the dots of each area: the more active neurons the larger, the more dots the smaller.

    An area is in square points, a dot the place of a region in `active`.
    """
    largest = min(_LARGEST, max(_SMALLEST * 3, _CROWD / len(active)))
    low, high = min(active), max(active)
    found: dict[float, list[int]] = {}
    for i, a in enumerate(active):
        share = (a - low) / (high - low) if high > low else 0.5
        found.setdefault(largest * (0.3 + 0.7 * share), []).append(i)
    return found


def _scale(values: Sequence[Fraction], colour_by: str) -> tuple[Scale, bool]:
    """Return the scale of the colours, and whether 0 is its middle."""
    low, high = min(values), max(values)
    splits = colour_by == "output" and low < 0 < high
    centre = Fraction(0) if splits else median(values)
    typical = median(abs(value - centre) for value in values)
    reach = max(high - centre, centre - low)
    unit = float(typical) if 0 < _FAR * typical < reach else None
    return Scale(low, high, centre, unit), splits


def _write_patterns(ax: Axes, complex_: PolyhedralComplex, drawn: Layout) -> None:
    for i, place in drawn.places.items():
        words = ax.annotate(
            str(complex_.cells[i].pattern),
            place,
            xytext=(0.0, 7.0),
            textcoords="offset points",
            ha="center",
            fontsize=FONT["small"],
            family="monospace",
            color=INK,
            zorder=6,
        )
        words.set_path_effects([withStroke(linewidth=2.0, foreground="white")])


def _phrases(
    complex_: PolyhedralComplex, drawn: Layout, colour_by: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    network = complex_.network
    name = f"{printable(network.name)}: " if network.name else ""
    links = len(complex_.adjacency_array)
    edges = f"{links} adjacenc" + ("y" if links == 1 else "ies")
    where = place_name(complex_.domain)
    counts = [f"{name}{counted(len(complex_), 'activation region')} in {where},"]
    counts.append(edges)
    if drawn.window is not None:
        seen = f"{len(drawn.places)} and {len(drawn.paths)} of them in this window"
        counts = [counts[0], f"{edges};", seen]
    spread = Counter(active_neurons(complex_.cells[i].pattern) for i in drawn.places)
    sizes = f"sizes by the number of active neurons, {min(spread)} to {max(spread)};"
    details = [f"{network.architecture.replace('->', '→')},", f"sha256 {network.sha256[:12]};"]
    details += [f"{note};" for note in drawn.notes]
    details += [sizes, "lines by the first layer that changes"]
    if drawn.window is not None:
        details[-1:] = [f"{details[-1]};", f"window {window_name(drawn.window)}"]
    return tuple(counts), tuple(details)
