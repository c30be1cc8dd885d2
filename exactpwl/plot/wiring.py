"""A network as a diagram: neurons, weights, and under a pattern what is off.

The neurons of a layer stand one under the other, a weight at the edge from one to the next.  Where
n neurons meet m, all n m labels are read if each stands at 1/(m+1) of its edge (or, counted from
the other end, at 1/(n+1)): with neurons one unit apart the labels are then 1/(m+1) apart, all
different, whatever n is.  So the smaller of the two numbers decides how far apart the neurons
stand, and beyond four the labels would need too much paper: then an edge shows the sign of its
weight by colour and dashes, and the size by its width, and the caption says so.

Under an activation pattern a neuron is *off* if the slope of its piece is 0, as for an inactive
ReLU: its output is a constant, its row of the weights is gone.  It is crossed out, and its edges
are grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from matplotlib.collections import LineCollection
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from exactpwl.errors import FigureError
from exactpwl.formula import latex_name, variable_names
from exactpwl.naming import latex_neuron, neuron_names
from exactpwl.network import Network
from exactpwl.pattern import Pattern
from exactpwl.plot.caption import counted
from exactpwl.plot.style import FONT, INK, MUTED
from exactpwl.plot.typeset import STRUCK, Box, Pen, inline_tex, kept

__all__ = ["NEGATIVE", "POSITIVE", "Wiring", "has_labels", "off_neurons", "wiring_box"]

POSITIVE, NEGATIVE = "#c4611a", "#2f6ca8"
_FAINT = "#d3d6dc"
_MOST_NEURONS = 12  # of a layer that are drawn
_MOST_LAYERS = 16
_MOST_MEETING = 4  # min(n, m), beyond which weights are not written
_MOST_LABELLED = 8  # neurons of a layer
_RADIUS = 11.0
_LABEL = 17.0  # the least distance of two labels, in points
_COLUMN = 128.0
_HEAD, _FOOT = 30.0, 15.0


@dataclass(frozen=True)
class Wiring:
    """Where the neurons of a network stand.

    Attributes
    ----------
    network : Network
    columns : for the inputs and each layer, the indices that are drawn; None for a gap
    labelled : bool
        Whether the weights are written.
    unit : float
        The distance of two neurons, in points.
    """

    network: Network
    columns: tuple[tuple[int | None, ...], ...]
    labelled: bool
    unit: float

    @classmethod
    def of(cls, network: Network) -> Wiring:
        """Return the places of a network's neurons.

        Raises
        ------
        FigureError
            If there are too many layers.
        """
        if len(network.layers) > _MOST_LAYERS:
            raise FigureError(
                f"a diagram has at most {_MOST_LAYERS} layers, got {len(network.layers)}; "
                "exactpwl show prints networks of any depth"
            )
        sizes = _sizes(network)
        labelled = has_labels(network)
        meeting = max((min(pair) for pair in pairwise(sizes)), default=1)
        unit = max(50.0, _LABEL * (meeting + 1)) if labelled else 36.0
        columns = tuple(tuple(kept(size, _MOST_NEURONS)) for size in sizes)
        return cls(network, columns, labelled, unit)

    @property
    def width(self) -> float:
        """The width, in points."""
        return 2 * _RADIUS + 2 + (len(self.columns) - 1) * _COLUMN + 34

    @property
    def tall(self) -> float:
        """The height, in points."""
        return _HEAD + _FOOT + 2 * _RADIUS + (max(map(len, self.columns)) - 1) * self.unit

    def place(self, column: int, index: int) -> tuple[float, float]:
        """Return where a neuron stands, by its column, 0 for the inputs; y is negative."""
        rows = self.columns[column]
        middle = _HEAD + _RADIUS + (max(map(len, self.columns)) - 1) * self.unit / 2
        at = rows.index(index) - (len(rows) - 1) / 2
        return 18 + _RADIUS + column * _COLUMN, -(middle + at * self.unit)

    def label_share(self, column: int) -> float:
        """Return at which share of the edges from a column their weights stand."""
        sources, targets = len(self.columns[column]), len(self.columns[column + 1])
        return 1 / (targets + 1) if targets <= sources else 1 - 1 / (sources + 1)


def has_labels(network: Network) -> bool:
    """Return whether a diagram has room for the weights.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> has_labels(gallery.get("xor")), has_labels(gallery.get("rings"))
    (True, False)
    """
    sizes = _sizes(network)
    pairs = pairwise(sizes)
    return max(sizes) <= _MOST_LABELLED and all(min(p) <= _MOST_MEETING for p in pairs)


def _sizes(network: Network) -> list[int]:
    return [network.input_dimension, *(layer.width for layer in network.layers)]


def off_neurons(network: Network, pattern: Pattern) -> frozenset[tuple[int, int]]:
    """Return the neurons (layer, neuron) whose piece has slope 0 under a pattern.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> xor = gallery.get("xor")
    >>> off_neurons(xor, xor.pattern("10"))
    frozenset({(0, 1)})
    """
    kinked = [i for i, layer in enumerate(network.layers) if not layer.is_linear]
    return frozenset(
        (i, j)
        for i, pieces in zip(kinked, pattern, strict=True)
        for j, piece in enumerate(pieces)
        if not network.layers[i].activations[j].slopes[piece]
    )


def wiring_box(network: Network, pattern: Pattern | None = None) -> Box:
    """Return the diagram of a network, under a pattern with what is off crossed out."""
    wiring = Wiring.of(network)
    off = frozenset() if pattern is None else off_neurons(network, pattern)

    def draw(pen: Pen, x: float, y: float) -> None:
        for column in range(len(wiring.columns) - 1):
            _draw_edges(pen, wiring, column, off, (x, y))
        for column in range(len(wiring.columns)):
            _draw_head(pen, wiring, column, (x, y))
            _draw_column(pen, wiring, column, off, (x, y))

    return Box(wiring.width, 0.0, wiring.tall, draw)


def _draw_head(pen: Pen, wiring: Wiring, column: int, origin: tuple[float, float]) -> None:
    first = next(i for i in wiring.columns[column] if i is not None)
    x = origin[0] + wiring.place(column, first)[0]
    network = wiring.network
    words = [counted(network.input_dimension, "input"), ""]
    if column:
        layer = network.layers[column - 1]
        kinds = list(dict.fromkeys(map(str, layer.activations)))
        named = kinds[0] if len(kinds) == 1 and len(kinds[0]) < 22 else "several activations"
        words = [f"layer {column - 1}", f"{layer.width} {named}"]
    for line, colour in zip(words, (INK, MUTED), strict=True):
        drop = 9.0 if line is words[0] else 19.0
        pen.write(x, origin[1] - drop, line, FONT["text"], ha="center", color=colour)


def _draw_column(
    pen: Pen,
    wiring: Wiring,
    column: int,
    off: frozenset[tuple[int, int]],
    origin: tuple[float, float],
) -> None:
    network = wiring.network
    if column:
        names = [latex_neuron(n) for n in neuron_names(network, column - 1)]
        layer: Any = network.layers[column - 1]
    else:
        names, layer = [latex_name(n) for n in variable_names(network.input_dimension)], None
    rows = wiring.columns[column]
    for at, index in enumerate(rows):
        if index is None:
            above = wiring.place(column, rows[at - 1] or 0)
            place = (origin[0] + above[0], origin[1] + above[1] - wiring.unit)
            pen.write(*place, r"$\vdots$", 13.0, ha="center", va="center", color=MUTED)
            continue
        x, y = wiring.place(column, index)
        centre = (origin[0] + x, origin[1] + y)
        is_off = (column - 1, index) in off
        linear = layer is None or layer.activations[index].is_linear
        _draw_neuron(pen, centre, names[index], linear=linear, off=is_off)
        if layer is not None and wiring.labelled and layer.bias[index]:
            _draw_bias(pen, centre, layer.bias[index], is_off)


def _draw_neuron(
    pen: Pen, centre: tuple[float, float], name: str, *, linear: bool, off: bool
) -> None:
    circle = Circle(
        centre,
        _RADIUS,
        facecolor="white",
        edgecolor=MUTED if linear or off else INK,
        linewidth=(0.7 if linear or off else 1.4) * pen.scale,
        gid="off neuron" if off else "neuron",
        zorder=3,
    )
    pen.ax.add_patch(circle)
    colour = MUTED if off else INK
    size = FONT["label"] if len(name) < 9 else FONT["small"]
    style: dict[str, Any] = {"ha": "center", "va": "center_baseline", "zorder": 6}
    if off:
        style["path_effects"] = [withStroke(linewidth=2.2 * pen.scale, foreground="white")]
    pen.write(*centre, f"${name}$", size, color=colour, **style)
    if off:
        x, y = centre
        reach = _RADIUS * 1.02
        for sign in (1, -1):
            ends = ((x - reach, x + reach), (y - sign * reach, y + sign * reach))
            pen.line(*ends, 1.6, color=STRUCK, gid="cross", zorder=5)


def _draw_bias(pen: Pen, centre: tuple[float, float], bias: Fraction, off: bool) -> None:
    sign = "" if bias < 0 else "+"
    colour = _FAINT if off else MUTED
    pen.write(
        centre[0],
        centre[1] - _RADIUS - 9.5,
        f"${sign}{inline_tex(bias)}$",
        FONT["small"] + 0.5,
        ha="center",
        color=colour,
        gid="bias",
        zorder=4,
    )


def _draw_edges(
    pen: Pen,
    wiring: Wiring,
    column: int,
    off: frozenset[tuple[int, int]],
    origin: tuple[float, float],
) -> None:
    weights = wiring.network.layers[column].weight
    largest = max((abs(w) for r in weights for w in r), default=Fraction(0)) or Fraction(1)
    share = wiring.label_share(column)
    groups: dict[str, list[tuple[Any, float]]] = {POSITIVE: [], NEGATIVE: [], _FAINT: []}
    for target in wiring.columns[column + 1]:
        for source in wiring.columns[column]:
            if source is None or target is None or not weights[target][source]:
                continue
            weight = weights[target][source]
            colour = POSITIVE if weight > 0 else NEGATIVE
            faint = (column - 1, source) in off or (column, target) in off
            colour = _FAINT if faint else colour
            ends = [
                (origin[0] + x, origin[1] + y)
                for x, y in (wiring.place(column, source), wiring.place(column + 1, target))
            ]
            groups[colour].append((ends, _line_width(weight / largest, wiring.labelled)))
            if wiring.labelled:
                _draw_label(pen, ends, share, weight, colour)
    for colour, found in groups.items():
        _draw_group(pen, found, colour)


def _line_width(share: Fraction, labelled: bool) -> float:
    size = float(abs(share))
    return 0.8 + 1.2 * size if labelled else 0.15 + 1.75 * size


def _draw_group(pen: Pen, found: Sequence[tuple[Any, float]], colour: str) -> None:
    if found:
        edges = LineCollection(
            [ends for ends, _ in found],
            colors=colour,
            linewidths=[width * pen.scale for _, width in found],
            linestyles=(0, (4, 1.6)) if colour == NEGATIVE else "solid",
            label={POSITIVE: "positive", NEGATIVE: "negative", _FAINT: "off"}[colour],
            zorder=1 if colour == _FAINT else 2,
        )
        pen.ax.add_collection(edges, autolim=False)


def _draw_label(pen: Pen, ends: Any, share: float, weight: Fraction, colour: str) -> None:
    (x0, y0), (x1, y1) = ends
    style: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 2.5, "gid": "weight"}
    style["bbox"] = {"boxstyle": "square,pad=0.12", "facecolor": "white", "edgecolor": "none"}
    shade = "#a9afba" if colour == _FAINT else colour
    x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
    pen.write(x, y, f"${inline_tex(weight)}$", FONT["text"], color=shade, **style)
