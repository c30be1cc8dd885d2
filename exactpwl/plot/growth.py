"""How many regions each layer adds, and how many networks of some size have: against theory.

The counts are exact (`exactpwl.growth`, `exactpwl.summary`), the bounds those of `exactpwl.bounds`:
Montufar (2017) for every activation, Serra et al. (2018) for ReLU.  For one layer of ReLUs both are
Schlaefli's number, which hyperplanes in general position reach.  Above them is the number of all
patterns, 2^n for n ReLUs.  They bound the regions over R^d, hence over every convex domain.  That
of Raghu et al. (2017) is drawn where a narrow layer makes it another than Montufar's; that of Hinz
& van de Geer (2019) is the same number as Serra's.  A line below says how many regions some network
of these widths has: the larger of the lower bounds of Montufar et al. (2014) and Serra et al.
(2018).  Only the places on the logarithmic axis are floats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from exactpwl.bounds import MONTUFAR, PATTERNS, RAGHU, SERRA, network_bounds
from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.errors import FigureError
from exactpwl.growth import layer_counts, region_bounds
from exactpwl.naming import printable
from exactpwl.network import Network
from exactpwl.plot.canvas import add_caption
from exactpwl.plot.caption import counted, ordinal, place_name
from exactpwl.plot.panels import new_figure
from exactpwl.plot.style import FONT, GRID, INK, MUTED, STROKES
from exactpwl.summary import count

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["regions_by_layer", "regions_by_width"]

SCHLAEFLI = "general position (Schläfli)"
REACHED = "some network has as many"

_LOOKS: dict[str, dict[str, Any]] = {
    PATTERNS: {"color": MUTED, "linestyle": ":", "marker": "", "linewidth": 1.2},
    RAGHU: {"color": STROKES[3], "linestyle": ":", "marker": "D", "markersize": 5.0},
    MONTUFAR: {"color": STROKES[1], "linestyle": "--", "marker": "^", "markersize": 9.0},
    SERRA: {"color": STROKES[2], "linestyle": "-.", "marker": "s", "markersize": 5.0},
    REACHED: {"color": MUTED, "linestyle": "--", "marker": "v", "markersize": 5.0},
}
_ALONE = (PATTERNS, MONTUFAR, SERRA)
_DEPTHS = (INK, *STROKES[:5])
_SIZE = (6.6, 4.6)  # inches
_ASIDE = 0.3  # neurons, between the dots of networks of different depth
_LARGEST = 10**300


def regions_by_layer(
    complex_: PolyhedralComplex, ax: Axes | None = None, *, caption: bool = True
) -> Axes:
    """Draw how many regions the first 1, 2, ... layers have, and the bounds.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network of any dimension with at least one layer with kinks.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        If there is no layer with kinks, or a bound is beyond 10^300.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> ax = regions_by_layer(regions(gallery.get("sawtooth:3"), [(0, 1)]))
    >>> [text.get_text() for text in ax.texts[:3]]
    ['2', '4 (+2)', '8 (+4)']
    """
    network = complex_.network
    _require_kinks(network)
    counts = layer_counts(complex_)
    places = list(range(1, len(counts) + 1))
    bounds = [_layer_bounds(network, k) for k in places]
    ax = _axes(ax, bounds)
    for name in [name for name in _LOOKS if any(name in found for found in bounds)]:
        found = [(k, b[name]) for k, b in zip(places, bounds, strict=True) if name in b]
        _draw(ax, name, found, **_LOOKS[name])
    _draw_counts(ax, list(zip(places, counts, strict=True)), "exact", INK)
    grown = [f"{after} (+{after - before})" for before, after in pairwise(counts)]
    for place, number, words in zip(places, counts, [str(counts[0]), *grown], strict=True):
        _write_below(ax, place, number, words)
    names = [f"{ordinal(k)}\n{width}" for k, width in zip(places, network.widths, strict=True)]
    ax.set_xticks(places, names)
    ax.set_xlim(0.6, len(places) + 0.4)
    _name_axes(ax, "layers with kinks, and their widths")
    low, high = ax.get_ylim()
    ax.set_ylim(low, high * (high / low) ** 0.25)  # room for the legend
    if caption:
        add_caption(ax, _layer_phrases(complex_))
    return ax


def regions_by_width(
    networks: Sequence[Network],
    ax: Axes | None = None,
    *,
    domain: DomainLike = None,
    caption: bool = True,
) -> Axes:
    """Draw how many regions networks have against their number of neurons, and the bounds.

    Parameters
    ----------
    networks : sequence of Network
        All with the same number of inputs, each with a layer with kinks.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    domain : Domain, or pairs (low, high), optional
        Where the regions are counted; the whole space by default.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes
        A network is a dot, in the colour of its number of layers with kinks.

    Raises
    ------
    FigureError
        If there is no network, one has no kinks, they differ in their inputs, or a bound is beyond
        10^300.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> ax = regions_by_width([gallery.get(f"lines:{n}") for n in range(1, 6)])
    >>> [int(y) for y in ax.lines[-1].get_ydata()]
    [2, 4, 7, 11, 16]
    """
    chosen = _checked(networks)
    where = as_domain(domain, chosen[0].input_dimension)
    counts = [_regions(network, where) for network in chosen]
    bounds = [_three_bounds(network) for network in chosen]
    ax = _axes(ax, bounds)
    depths = sorted({len(network.widths) for network in chosen})
    for place, depth in enumerate(depths):
        members = [i for i, network in enumerate(chosen) if len(network.widths) == depth]
        colour = _DEPTHS[place % len(_DEPTHS)]
        _draw_bounds_of(ax, depth, [(sum(chosen[i].widths), bounds[i]) for i in members], colour)
        aside = (place - (len(depths) - 1) / 2) * _ASIDE
        found = sorted((sum(chosen[i].widths) + aside, counts[i]) for i in members)
        _draw_counts(ax, found, f"exact, {counted(depth, 'layer')}", colour)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 4, 5, 10]))
    _name_axes(ax, "neurons with kinks")
    if caption:
        add_caption(ax, _width_phrases(chosen, counts, where))
    return ax


def _regions(network: Network, domain: Domain) -> int:
    return int(count(network, domain, only="activation_regions")["activation_regions"])


def _three_bounds(network: Network) -> dict[str, int]:
    found = region_bounds(network)
    return {name: found[name] for name in _ALONE if name in found}


def _layer_bounds(network: Network, layers: int) -> dict[str, int]:
    """Return what is drawn of the first layers: no bound twice, and the lower one."""
    bounds = network_bounds(network, layers)
    found = {b.name: b.value for b in bounds if b.name in _LOOKS and b.value is not None}
    if found[RAGHU] == found[MONTUFAR]:
        del found[RAGHU]
    reached = [b.value for b in bounds if b.side == "lower" and b.value is not None]
    return found | ({REACHED: max(reached)} if reached else {})


def _require_kinks(network: Network) -> None:
    if not network.widths:
        raise FigureError(
            "a network with a layer that has kinks is required: a linear one has one region, "
            f"got {network!r}"
        )


def _checked(networks: Iterable[Network]) -> list[Network]:
    chosen = list(networks)
    if not chosen:
        raise FigureError("one or more networks are required, got none")
    for network in chosen:
        _require_kinks(network)
    inputs = sorted({network.input_dimension for network in chosen})
    if len(inputs) > 1:
        listed = ", ".join(map(str, inputs))
        raise FigureError(
            f"networks with the same number of inputs are required, got {listed}: "
            "draw those of each number by themselves"
        )
    return chosen


def _axes(ax: Axes | None, bounds: Sequence[dict[str, int]]) -> Axes:
    largest = max(number for found in bounds for number in found.values())
    if largest > _LARGEST:
        raise FigureError(
            "bounds of at most 10^300 can be drawn, got one with "
            f"{largest.bit_length()} binary digits: take fewer neurons"
        )
    ax = new_figure(*_SIZE).add_subplot() if ax is None else ax
    ax.set_yscale("log")
    ax.grid(visible=True, which="major", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    return ax


def _draw(ax: Axes, name: str, points: Sequence[tuple[float, int]], **style: Any) -> Line2D:
    x, y = zip(*points, strict=True)
    usual: dict[str, Any] = {"linewidth": 1.1, "markerfacecolor": "none"}
    (line,) = ax.plot(x, [float(n) for n in y], label=name, **usual | style)
    return line


def _draw_counts(ax: Axes, points: Sequence[tuple[float, int]], name: str, colour: str) -> None:
    """Draw exact numbers as dots; where each size occurs once, joined by a line."""
    alone = len({x for x, _ in points}) == len(points)
    style: dict[str, Any] = {"color": colour, "marker": "o", "linewidth": 2.0, "zorder": 4}
    style |= {"markerfacecolor": colour, "markersize": 5.5 if alone else 4.0}
    _draw(ax, name, points, linestyle="-" if alone else "", **style)


def _draw_bounds_of(
    ax: Axes, depth: int, found: Sequence[tuple[int, dict[str, int]]], colour: str
) -> None:
    """Draw the bounds of networks of one depth; of one layer of ReLUs the two are one."""
    layers = counted(depth, "layer")
    for name in dict.fromkeys(name for _, bounds in found for name in bounds):
        points = sorted({(n, bounds[name]) for n, bounds in found if name in bounds})
        told = name if name == PATTERNS else f"{name}, {layers}"
        if depth == 1 and name == SERRA:
            continue
        if depth == 1 and name == MONTUFAR and all(SERRA in bounds for _, bounds in found):
            told = SCHLAEFLI
        known = {str(line.get_label()) for line in ax.lines}
        look = _LOOKS[name] if name == PATTERNS else _LOOKS[name] | {"color": colour}
        _draw(ax, told if told not in known else f"_{told}", points, **look)


def _write_below(ax: Axes, x: int, y: int, words: str) -> None:
    text = ax.annotate(
        words,
        (x, float(y)),
        xytext=(0.0, -9.0),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=FONT["text"],
        color=INK,
        zorder=6,
    )
    text.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def _name_axes(ax: Axes, across: str) -> None:
    """Name the axes and write the legend; leave room below the lowest number for its text."""
    low, high = ax.get_ylim()
    ax.set_ylim(min(low, 1.0) / 2, high)
    ax.set_xlabel(across, fontsize=FONT["label"], color=INK)
    ax.set_ylabel("activation regions", fontsize=FONT["label"], color=INK)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    for spine in ax.spines.values():
        spine.set(linewidth=0.6, color=MUTED)
    handles = [line for line in ax.lines if not str(line.get_label()).startswith("_")]
    ax.legend(
        handles=handles[::-1],
        loc="upper left",
        fontsize=FONT["text"],
        labelcolor=INK,
        framealpha=0.9,
        edgecolor=GRID,
        handlelength=2.6,
    )


def _layer_phrases(complex_: PolyhedralComplex) -> tuple[tuple[str, ...], tuple[str, ...]]:
    network = complex_.network
    name = f"{printable(network.name)}: " if network.name else ""
    number = counted(len(complex_), "activation region")
    head = (f"{name}{number} in {place_name(complex_.domain)}",)
    foot = (
        f"{network.architecture.replace('->', '→')},",
        f"sha256 {network.sha256[:12]};",
        "the first layers' regions are the beginnings of patterns;",
        "bounds for the whole space, hence for every convex domain",
    )
    return head, foot


def _width_phrases(
    networks: Sequence[Network], counts: Sequence[int], domain: Domain
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    share = [n for n, network in zip(counts, networks, strict=True) if _reaches(n, network)]
    inputs = counted(networks[0].input_dimension, "input")
    head = (
        f"{counted(len(networks), 'network')} with {inputs},",
        f"{min(counts)} to {max(counts)} activation regions in {place_name(domain)}",
    )
    foot = (
        f"{len(share)} of {len(networks)} reach their lowest bound;",
        "bounds for the whole space, hence for every convex domain",
    )
    return head, foot


def _reaches(number: int, network: Network) -> bool:
    return number == min(region_bounds(network).values())
