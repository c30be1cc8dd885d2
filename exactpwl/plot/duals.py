"""Dual points: the affine functions of a network as points (w1, w2, b).

On a region the output is w1 x + w2 y + b; its dual point is (w1, w2, b) (Zhang, Naitzat & Lim 2018,
arXiv:1805.07091, from tropical geometry).  Regions with one affine function share a point, so the
points are counted as affine pieces are (definition R6), for the output that is shown.

Two regions that meet in a facet have functions that agree on it.  So the difference of their slopes
(w1, w2) is perpendicular to the facet, and the segments that join the dual points of neighbours
draw the complex once more, turned by a right angle and with lengths that tell how sharply the
function bends there: the reciprocal figure of Maxwell (1864).

Which of them a grid or data points meet is found exactly (`exactpwl.plot.grids`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from exactpwl.errors import FigureError
from exactpwl.plot.canvas import add_caption, add_colour_bar
from exactpwl.plot.caption import counted, title, window_name
from exactpwl.plot.data import Point, as_data, mark_scale
from exactpwl.plot.grids import cells_at_points, cells_on_grid
from exactpwl.plot.panels import new_figure
from exactpwl.plot.patches import Height, functional
from exactpwl.plot.scale import Scale
from exactpwl.plot.space import new_space, prepare_space
from exactpwl.plot.style import FONT, INK, MUTED, sequential
from exactpwl.plot.view import require_two_inputs
from exactpwl.plot.window import Bounds, as_window
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "DualColours",
    "DualPoint",
    "SIGNS",
    "draw_duals",
    "dual_limits",
    "dual_phrases",
    "dual_points",
    "duals_of",
    "met_by",
]

DualColours = Literal["met", "bias"]
Limits = tuple[tuple[float, float], tuple[float, float]]

_UNIT = ((Fraction(-1), Fraction(1)), (Fraction(-1), Fraction(1)))
_TALL, _VIEW = 0.8, (28.0, -60.0)
_EDGE = "#d3d7de"
_MANY_EDGES = 4000
_CROWD = 120  # so many points, and more, are drawn smaller


class _Look(NamedTuple):
    """How points are drawn that the data, the grid only, or neither of them meets."""

    colour: str
    mark: str
    size: float
    sign: str


_LOOKS = {
    "data": _Look("#b8500f", "D", 26.0, "\N{BLACK DIAMOND}"),
    "grid": _Look("#2f6ca8", "o", 13.0, "\N{BLACK CIRCLE}"),
    "elsewhere": _Look("white", "o", 8.0, "\N{WHITE CIRCLE}"),
}

SIGNS = {name: look.sign for name, look in _LOOKS.items()}
"""The mark of each group, as a letter in a text."""


class DualPoint(NamedTuple):
    """An affine function w1 x + w2 y + b, and the regions on which the output is this function."""

    slope: tuple[Fraction, Fraction]
    bias: Fraction
    regions: tuple[int, ...]


def dual_points(
    complex_: PolyhedralComplex,
    ax: Axes | None = None,
    *,
    output: int | Sequence[RationalLike] = 0,
    grid: int = 101,
    over: Any = _UNIT,
    points: Iterable[Iterable[RationalLike]] | None = None,
    colour_by: DualColours = "met",
    space: bool = False,
    edges: bool = True,
    limits: Limits | None = None,
    caption: bool = True,
) -> Axes:
    """Draw the affine functions of a network with two inputs as points (w1, w2), or (w1, w2, b).

    Points that belong to a data point are diamonds, those that only the grid meets are discs, and
    all others are small circles.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    ax : matplotlib Axes, optional
        Where to draw; axes in space draw (w1, w2, b).  A new figure without any.
    output : int, or sequence of rationals
        The output, or weighted sum of outputs, whose functions are drawn.
    grid : int
        The number of grid points along each side; 0 for no grid.
    over : Domain that is a box, or two pairs (low, high) of rationals
        The box of the grid, [-1, 1]^2 by default.
    points : pairs of rationals, optional
        Data points.
    colour_by : {"met", "bias"}
        Colours of what meets a point, or of its bias b.
    space : bool
        Whether new axes are axes in space.
    edges : bool
        Whether to join the dual points of neighbouring regions.
    limits : two pairs of floats, optional
        What to show of the plane (w1, w2), for several figures that are to be compared; all
        points by default.
    caption : bool
        Whether to write the counts.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        If there are not two inputs, or an option makes no sense.
    DomainError
        If a data point is outside the domain.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> valley = regions(Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, 1]], [0], "linear")]))
    >>> ax = dual_points(valley, points=[(1, 1)])
    >>> [len(drawn.get_offsets()) for drawn in ax.collections[1:]]
    [3, 1]
    """
    require_two_inputs(complex_.dimension)
    if colour_by not in get_args(DualColours):
        options = ", ".join(map(repr, get_args(DualColours)))
        raise FigureError(f"colour_by must be one of {options}, got {colour_by!r}")
    box, (data, _) = as_window(over), as_data(points, None)
    duals = duals_of(complex_, output)
    groups = met_by(complex_, duals, data, grid, box)
    if ax is None:
        ax = new_space() if space else new_figure(5.2, 5.2).add_subplot()
    draw_duals(ax, complex_, duals, groups, colour_by=colour_by, edges=edges, limits=limits)
    if caption:
        add_caption(ax, ((title(complex_),), dual_phrases(groups, data, grid, box)))
    return ax


def duals_of(
    complex_: PolyhedralComplex, output: int | Sequence[RationalLike] = 0
) -> tuple[DualPoint, ...]:
    """Return the distinct dual points of an output, in the order of their first regions.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> fold = regions(Network([([[2, 1]], [3], "relu")]))
    >>> [(dual.slope, dual.bias) for dual in duals_of(fold)][1]
    ((Fraction(2, 1), Fraction(1, 1)), Fraction(3, 1))
    """
    weights = functional(output, complex_.network.output_dimension)
    known: dict[int, Height] = {}
    groups: dict[Height, list[int]] = {}
    for index, affine_map in enumerate(complex_.affine_maps):
        key = id(affine_map)
        height = known.get(key) or known.setdefault(key, Height.of(affine_map, weights))
        groups.setdefault(height, []).append(index)
    found = []
    for (row, scale), regions in groups.items():
        first, second, bias = (Fraction(entry, scale) for entry in row)
        found.append(DualPoint((first, second), bias, tuple(regions)))
    return tuple(found)


def met_by(
    complex_: PolyhedralComplex,
    duals: Sequence[DualPoint],
    points: Iterable[Point],
    grid: int,
    box: Bounds,
) -> dict[str, tuple[int, ...]]:
    """Return which dual points the data, only the grid, and neither of them meets."""
    data, nodes = cells_at_points(complex_, points), cells_on_grid(complex_, grid, box)
    groups: dict[str, list[int]] = {"data": [], "grid": [], "elsewhere": []}
    for number, dual in enumerate(duals):
        at_data, on_grid = not data.isdisjoint(dual.regions), not nodes.isdisjoint(dual.regions)
        groups["data" if at_data else "grid" if on_grid else "elsewhere"].append(number)
    return {name: tuple(found) for name, found in groups.items()}


def dual_phrases(
    groups: dict[str, tuple[int, ...]], data: Sequence[Point], grid: int, box: Bounds
) -> tuple[str, ...]:
    """Return the numbers of a figure of dual points in words, with the marks of each group.

    Examples
    --------
    >>> dual_phrases({"data": (0,), "grid": (1, 2), "elsewhere": ()}, [(0, 0)], 3, _UNIT)[:2]
    ('3 distinct affine maps (R6):', '◆ 1 at the data point,')
    """
    number = {name: len(found) for name, found in groups.items()}
    phrases = [f"{counted(sum(number.values()), 'distinct affine map')} (R6):"]
    if data:
        where = "the data point" if len(data) == 1 else f"the {len(data)} data points"
        phrases.append(f"{SIGNS['data']} {number['data']} at {where},")
    if grid:
        more = "more " if data else ""
        square = window_name(box[:1]) + "²" if box[0] == box[1] else window_name(box)
        name = f"the {grid} × {grid} grid of {square}"
        phrases.append(f"{SIGNS['grid']} {number['grid']} {more}on {name},")
    phrases.append(f"{SIGNS['elsewhere']} {number['elsewhere']} elsewhere")
    return tuple(phrases)


def dual_limits(duals: Iterable[DualPoint]) -> Limits:
    """Return a square of the plane (w1, w2) with all dual points well inside.

    Examples
    --------
    >>> dual_limits([DualPoint((Fraction(0), Fraction(0)), Fraction(1), (0,))])
    ((-1.0, 1.0), (-1.0, 1.0))
    """
    ranges = [(min(c), max(c)) for c in zip(*(dual.slope for dual in duals), strict=True)]
    half = max(high - low for low, high in ranges) * Fraction(11, 20) or Fraction(1)
    (left, right), (low, high) = ranges
    x, y = (left + right) / 2, (low + high) / 2
    return (float(x - half), float(x + half)), (float(y - half), float(y + half))


def draw_duals(
    ax: Axes,
    complex_: PolyhedralComplex,
    duals: Sequence[DualPoint],
    groups: dict[str, tuple[int, ...]],
    *,
    colour_by: DualColours = "met",
    edges: bool = True,
    limits: Limits | None = None,
) -> None:
    """Draw dual points whose groups are known; see `dual_points`."""
    if edges:
        _draw_edges(ax, complex_, duals)
    _draw_groups(ax, groups, duals, colour_by)
    plane = dual_limits(duals) if limits is None else limits
    if _is_space(ax):
        names = ("$w_1$", "$w_2$", "$b$")
        prepare_space(ax, [*plane, _heights(duals)], names, tall=_TALL, view=_VIEW)
    else:
        _prepare(ax, plane)


def _draw_edges(ax: Any, complex_: PolyhedralComplex, duals: Sequence[DualPoint]) -> None:
    number = {region: i for i, dual in enumerate(duals) for region in dual.regions}
    pairs = {
        (min(a, b), max(a, b))
        for first, second, _ in complex_.adjacencies
        for a, b in [(number[first], number[second])]
        if a != b
    }
    if not pairs:
        return
    segments = [[_place(ax, duals[i]) for i in pair] for pair in sorted(pairs)]
    style: dict[str, Any] = {"colors": _EDGE, "linewidths": 0.5, "zorder": 1, "label": "neighbours"}
    if _is_space(ax):
        from mpl_toolkits.mplot3d.art3d import Line3DCollection

        ax.add_collection3d(Line3DCollection(segments, **style))
    else:
        rasterized = len(segments) > _MANY_EDGES
        ax.add_collection(LineCollection(segments, rasterized=rasterized, **style), autolim=False)


def _draw_groups(
    ax: Any,
    groups: dict[str, tuple[int, ...]],
    duals: Sequence[DualPoint],
    colour_by: DualColours,
) -> None:
    biases = [dual.bias for dual in duals]
    scale = Scale(min(biases), max(biases), Fraction(0), None)
    crowd = (1.0 if len(duals) <= _CROWD else 0.5) * mark_scale(ax)
    shading: Any = None
    for depth, name in enumerate(("elsewhere", "grid", "data")):
        look, chosen = _LOOKS[name], groups[name]
        if not chosen:
            continue
        colours: dict[str, Any] = {"c": look.colour}
        if colour_by == "bias":
            values = [float(duals[i].bias) for i in chosen]
            colours = {"c": values, "cmap": sequential(), "norm": scale.norm()}
        places = zip(*(_place(ax, duals[i]) for i in chosen), strict=True)
        shading = ax.scatter(
            *places,
            s=look.size * crowd,
            marker=look.mark,
            edgecolors=MUTED if name == "elsewhere" or colour_by == "bias" else "white",
            linewidths=0.5 * crowd**0.5,
            zorder=2 + depth,
            label=name,
            **({"depthshade": False} if _is_space(ax) else {}),
            **colours,
        )
    if colour_by == "bias" and not _is_space(ax):
        add_colour_bar(ax, shading, "b", scale)


def _place(ax: Any, dual: DualPoint) -> tuple[float, ...]:
    plane = (float(dual.slope[0]), float(dual.slope[1]))
    return (*plane, float(dual.bias)) if _is_space(ax) else plane


def _is_space(ax: Any) -> bool:
    return bool(ax.name == "3d")


def _heights(duals: Iterable[DualPoint]) -> tuple[float, float]:
    """Return a range with all biases well inside."""
    biases = [dual.bias for dual in duals]
    low, high = min(biases), max(biases)
    pad = (high - low) / 20 or Fraction(1)
    return float(low - pad), float(high + pad)


def _prepare(ax: Any, limits: Limits) -> None:
    """Set limits, names and looks of the axes of the plane (w1, w2)."""
    ax.set_xlim(*limits[0])
    ax.set_ylim(*limits[1])
    ax.set_xlabel("$w_1$", fontsize=FONT["label"], labelpad=1, color=INK)
    ax.set_ylabel("$w_2$", fontsize=FONT["label"], labelpad=2, color=INK)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    ax.set_aspect("equal")
    for spine in ax.spines.values():
        spine.set(linewidth=0.6, color=MUTED, zorder=6)
