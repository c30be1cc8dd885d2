"""The boundaries of single neurons: bent hyperplanes, one panel a layer.

The boundary of a neuron is where its pre-activation is at a breakpoint (Hanin & Rolnick 2019,
arXiv:1901.09021).  In the first layer it is a line; a neuron of a later layer sees the plane
through the earlier ones, so its boundary is straight inside their regions and bends where it
crosses their boundaries, which is why these are drawn beside it in light grey.  It may be closed,
be empty, or come in several parts.

What is drawn is the whole zero set, exactly: not the facets alone, where two regions meet, but also
a point that a deep neuron only touches, and a region on which it vanishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D

from exactpwl.network import Kink
from exactpwl.plot.canvas import add_domain, prepare
from exactpwl.plot.caption import counted, ordinal
from exactpwl.plot.classes import decision_regions
from exactpwl.plot.clip import Polygon, as_points, clip_edge, height
from exactpwl.plot.data import mark_scale
from exactpwl.plot.decision import LevelSet
from exactpwl.plot.edges import chains, draw_segments
from exactpwl.plot.headings import add_heading
from exactpwl.plot.panels import new_panels, required_axes
from exactpwl.plot.style import FONT, INK
from exactpwl.plot.view import View, complex_view
from exactpwl.plot.window import frame
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.faces import Face

__all__ = [
    "Parts",
    "all_boundaries",
    "boundary_parts",
    "draw_boundaries",
    "kinks_by_layer",
    "layer_boundaries",
    "neuron_boundaries",
    "seen_neurons",
]

NEURON_COLOURS = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#b5478f",
    "#1c2230",
    "#4ba3d9",
    "#c98a00",
    "#7a4a21",
)
"""After Okabe & Ito (2008), the light ones darkened for lines on white."""
_DASHES: tuple[Any, ...] = ("solid", (0, (4, 1.6)), (0, (1.2, 1.4)), (0, (5, 1.4, 1.2, 1.4)))
_EARLIER = "#c5cad2"
_MOST_NAMES = 16
_SMALL_PANEL = 0.6  # of the usual width: too small for a legend

Parts = dict[Kink, LevelSet]


def neuron_boundaries(
    complex_: PolyhedralComplex,
    axes: Sequence[Axes] | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    level: RationalLike = 0,
) -> tuple[Axes, ...]:
    """Draw each neuron's boundary in its own colour, one panel a layer.

    The last panel has all boundaries, and the decision boundary on them.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    axes : sequence of Axes, optional
        One for each layer with kinks, and one more; a new figure without them.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at; by default the domain if it is a box, else a box around all vertices.
    output : int, or sequence of rationals
        The output, or weighted sum of outputs, of the decision boundary.
    level : rational
        The decision boundary is {output = level}.

    Returns
    -------
    tuple of Axes

    Raises
    ------
    FigureError
        As `exactpwl.plot.top_down`, or if there are not so many axes.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> fold = ([[1, 0], [0, 1]], [0, 0], "relu")
    >>> deep = regions(Network([fold, ([[1, 1]], [-1], "relu")]))
    >>> [ax.texts[-1].get_text() for ax in neuron_boundaries(deep)]
    ['1st layer', '2nd layer', 'Decision over all layers']
    """
    layers = kinks_by_layer(complex_)
    required_axes(axes, len(layers) + 1)
    view = complex_view(complex_, window, output)
    if axes is None:
        axes = new_panels(1, len(layers) + 1)
    parts = boundary_parts(complex_, view)
    for number in range(len(layers)):
        layer_boundaries(axes[number], complex_, view, parts, number)
    decision_regions(
        complex_, axes[-1], window=view.window, output=output, level=level, caption=False
    )
    counts = f"{counted(len(complex_), 'activation region')},"
    notes = (counts, f"{len(view.patches)} in this window")
    add_heading(axes[-1], "Decision over all layers", notes)
    return tuple(axes)


def kinks_by_layer(complex_: PolyhedralComplex) -> list[list[Kink]]:
    """Return the kinks of each layer that has some."""
    found: dict[int, list[Kink]] = {}
    for kink in complex_.network.kinks:
        found.setdefault(kink.layer, []).append(kink)
    return list(found.values())


def boundary_parts(complex_: PolyhedralComplex, view: View) -> Parts:
    """Return what the window shows of each kink's zero set: points, segments and whole regions.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> cross = regions(Network([([[1, 0], [0, 0]], [0, 0], "relu")]))
    >>> found = boundary_parts(cross, complex_view(cross, [(-1, 1), (-1, 1)])).values()
    >>> [(len(part.segments), len(part.areas)) for part in found]
    [(1, 0), (0, 2)]
    """
    polygons = {
        tuple(sorted(complex_.generator_ids[patch.cell])): patch.polygon for patch in view.patches
    }
    return {
        kink: _visible(complex_, complex_.boundary(kink), view, polygons)
        for kink in complex_.network.kinks
    }


def _visible(
    complex_: PolyhedralComplex,
    faces: Iterable[Face],
    view: View,
    polygons: dict[tuple[int, ...], Polygon],
) -> LevelSet:
    sides, shown = frame(view.window), LevelSet([], [], [])
    for face in faces:
        vectors = [complex_.generators[i] for i in face.generators]
        if face.dimension == 2:
            shown.areas.extend(filter(None, [polygons.get(face.generators)]))
        elif face.dimension == 1:
            vectors.sort(key=lambda vector: not vector[-1])
            shown.segments.extend(filter(None, [clip_edge(vectors, complex_.lines, sides)]))
        elif all(height(side, vectors[0]) > 0 for side in sides):
            shown.dots.append(vectors[0])
    return shown


def layer_boundaries(
    ax: Axes, complex_: PolyhedralComplex, view: View, parts: Parts, number: int
) -> None:
    """Draw the panel of one layer: its neurons in colours, earlier layers in light grey."""
    layers = kinks_by_layer(complex_)
    prepare(ax, view.window)
    for earlier in layers[:number]:
        for kink in earlier:
            draw_boundaries(ax, parts[kink], color=_EARLIER, linewidth=0.7, zorder=2)
    names = []
    for kink in layers[number]:
        look = _look(kink.neuron)
        name = f"{kink.neuron + 1}"
        draw_boundaries(ax, parts[kink], label=f"neuron {name}", zorder=4, **look)
        if kink.breakpoint == 0:
            names.append(Line2D([], [], label=name, **look))
    ax.set_xlabel("")
    ax.set_ylabel("")
    add_domain(ax, complex_.domain, view.window)
    if len(names) <= _MOST_NAMES:
        _add_names(ax, names)
    seen, width = seen_neurons(parts, layers[number][0].layer), complex_.network.widths[number]
    note = f"{seen} of {counted(width, 'neuron')} with a boundary here"
    add_heading(ax, f"{ordinal(number + 1)} layer", [note])


def _look(neuron: int) -> dict[str, Any]:
    rounds, colour = divmod(neuron, len(NEURON_COLOURS))
    return {
        "color": NEURON_COLOURS[colour],
        "linestyle": _DASHES[rounds % len(_DASHES)],
        "linewidth": 1.4,
    }


def all_boundaries(ax: Axes, complex_: PolyhedralComplex, view: View, parts: Parts) -> None:
    """Draw the boundaries of all neurons: in a colour for each layer, or for each neuron of one."""
    layers = kinks_by_layer(complex_)
    prepare(ax, view.window)
    for number, kinks in enumerate(layers):
        for kink in kinks:
            look = _look(number if len(layers) > 1 else kink.neuron)
            look["linewidth"] = 1.3 - 0.6 * number / len(layers)
            draw_boundaries(ax, parts[kink], zorder=4 - number / len(layers), **look)
    add_domain(ax, complex_.domain, view.window)
    if len(layers) > 1 and mark_scale(ax) > _SMALL_PANEL:
        _add_layers(ax, len(layers))


def seen_neurons(parts: Parts, layer: int | None = None) -> int:
    """Return how many neurons, of a layer or of all, have a boundary that is seen."""
    seen = {(k.layer, k.neuron) for k, part in parts.items() if any(part)}
    return len({neuron for neuron in seen if layer in (None, neuron[0])})


def draw_boundaries(ax: Axes, part: LevelSet, *, color: str, label: str = "", **style: Any) -> None:
    """Draw a zero set: lines, points, and regions as a light fill."""
    draw_segments(ax, chains(part.segments), colors=color, label=label, **style)
    fill = [[(float(x), float(y)) for x, y in as_points(area)] for area in part.areas]
    if fill:
        areas = PolyCollection(fill, facecolors=color, alpha=0.25, edgecolors="none", zorder=1)
        ax.add_collection(areas, autolim=False)
    for x, y in as_points(part.dots):
        ax.plot([float(x)], [float(y)], "o", markersize=3.5, color=color, zorder=5)


def _add_layers(ax: Axes, count: int) -> None:
    """Say in a corner which colour is which layer's."""
    ax.legend(
        handles=[Line2D([], [], label=f"{ordinal(i + 1)} layer", **_look(i)) for i in range(count)],
        loc="lower left",
        fontsize=FONT["small"],
        labelcolor=INK,
        framealpha=0.85,
        edgecolor="none",
        borderpad=0.3,
        borderaxespad=0.3,
        handlelength=1.2,
        handletextpad=0.4,
        labelspacing=0.25,
    ).set_zorder(7)


def _add_names(ax: Axes, names: Sequence[Line2D]) -> None:
    """Number the neurons below the panel, in their colours."""
    ax.legend(
        handles=names,
        loc="upper left",
        bbox_to_anchor=(0.0, -0.12),
        ncols=8,
        frameon=False,
        fontsize=FONT["small"],
        labelcolor=INK,
        borderaxespad=0.0,
        handlelength=1.1,
        handletextpad=0.35,
        columnspacing=0.8,
    )
