"""Networks mapped to one another: all ordered pairs on one sheet.

A sheet has a row for each network that is mapped and a column for each that it is mapped to; on the
diagonal stand the networks themselves.  A panel is made from the regions of the network of its row,
and should look like the network of its column: how far it does is how well one network's local
linear maps are an affine image of the other's.

The dual points of a mapped function are the image of the row's dual points under the affine map
that M_j is.  Edges between neighbours' dual points are perpendicular to their common facet where a
function is continuous; an affine image does not keep right angles, and that is the tear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import matplotlib as mpl
from matplotlib.axes import Axes

from exactpwl.errors import FigureError
from exactpwl.linearmaps import MappedFunction, local_maps, maps_between
from exactpwl.plot.canvas import add_sheet_caption
from exactpwl.plot.caption import counted
from exactpwl.plot.classes import decision_regions
from exactpwl.plot.data import Point, accuracy_name, as_data
from exactpwl.plot.duals import SIGNS, draw_duals, dual_limits, duals_of, met_by
from exactpwl.plot.headings import add_heading, without_labels
from exactpwl.plot.mapped import draw_jumps, draw_leaps, draw_wires
from exactpwl.plot.panels import new_panels, required_axes
from exactpwl.plot.space import SPACE, required_space
from exactpwl.plot.view import complex_view, require_two_inputs
from exactpwl.plot.window import Bounds, as_window, default_window
from exactpwl.rationals import RationalLike, format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["MappedPanels", "mapped_pairs"]

MappedPanels = Literal["decisions", "wireframes", "dual points", "jumps"]

_PANEL = (3.2, 3.0)
_LONG = 14
_UNIT = ((-1, 1), (-1, 1))
_CAPTION = (
    "Each row: one network's regions;",
    "each column: the network that its local linear maps are mapped to.",
)
_WHAT = {
    "decisions": "Yellow: the function is 0; red: it jumps from one sign to the other.",
    "wireframes": "Yellow: the function is 0; red: the walls of its jumps.",
    "dual points": f"{SIGNS['data']} at the data points, {SIGNS['grid']} on the grid only, "
    f"{SIGNS['elsewhere']} elsewhere.",
    "jumps": "A facet is the darker the more the function jumps there; each panel has its scale.",
}


class Panel(NamedTuple):
    """What one panel shows: a network, or what it is mapped to."""

    name: str
    complex: PolyhedralComplex
    mapped: MappedFunction | None


class Look(NamedTuple):
    """What all panels have in common."""

    window: Bounds
    points: tuple[Point, ...]
    labels: tuple[int, ...] | None
    grid: int
    over: Bounds


def mapped_pairs(
    complexes: Iterable[PolyhedralComplex],
    samples: Iterable[Iterable[RationalLike]],
    axes: Sequence[Axes] | None = None,
    *,
    show: MappedPanels = "decisions",
    window: Any = None,
    points: Iterable[Iterable[RationalLike]] | None = None,
    labels: Iterable[int] | None = None,
    grid: int = 101,
    over: Any = _UNIT,
) -> tuple[Axes, ...]:
    """Draw networks with two inputs and one output, each mapped to each of the others.

    Parameters
    ----------
    complexes : iterable of PolyhedralComplex
        Two or more.
    samples : pairs of rationals
        Where the local linear maps are taken, between which least squares are made.
    axes : sequence of Axes, optional
        One for each ordered pair, in reading order, for wireframes in space; a new figure without
        them.
    show : {"decisions", "wireframes", "dual points", "jumps"}
        What the panels show.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at in all panels; by default that of the first complex.
    points, labels : optional
        Data points and their classes, 1 or -1.
    grid, over
        As in `exactpwl.plot.dual_points`.

    Returns
    -------
    tuple of Axes

    Raises
    ------
    FigureError
        If there are fewer than two networks, one has other numbers of inputs or outputs, or an
        option makes no sense.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> from exactpwl.linearmaps import grid_points
    >>> folds = [regions(Network([([row], [0], "relu")])) for row in ((1, 0), (1, 1))]
    >>> square = [(-1, 1), (-1, 1)]
    >>> sheet = mapped_pairs(folds, grid_points(5, square), window=square)
    >>> len(sheet), sheet[1].texts[-1].get_text()
    (4, 'network 1 → network 2')
    """
    rows = _checked(complexes)
    if show not in get_args(MappedPanels):
        raise FigureError(f"show must be one of {', '.join(get_args(MappedPanels))}; got {show!r}")
    bounds = as_window(default_window(rows[0]) if window is None else window)
    look = Look(bounds, *as_data(points, labels), grid, as_window(over))
    required_axes(axes, len(rows) ** 2)
    given = tuple(_new_sheet(len(rows), show) if axes is None else axes)
    panels = list(_panels(rows, list(map(tuple, samples))))
    for ax, panel, notes in zip(given, panels, _draw(given, panels, show, look), strict=True):
        add_heading(ax, panel.name, notes)
    return given


def _checked(complexes: Iterable[PolyhedralComplex]) -> list[PolyhedralComplex]:
    rows = list(complexes)
    if len(rows) < 2:
        raise FigureError(f"two networks or more are mapped to one another, got {len(rows)}")
    for complex_ in rows:
        require_two_inputs(complex_.dimension)
        outputs = complex_.network.output_dimension
        if outputs != 1:
            raise FigureError(
                f"networks with 1 output are mapped here, got {outputs} outputs; "
                "plot.decision_regions(mapped.complex) draws several classes"
            )
    return rows


def _new_sheet(count: int, show: MappedPanels) -> tuple[Axes, ...]:
    options: Any = {"subplot_kw": {"projection": "3d"}} if show == "wireframes" else {}
    with mpl.rc_context(SPACE):
        axes = new_panels(count, count, size=_PANEL, **options)
    figure = axes[0].get_figure(root=True)
    assert figure is not None
    layout: Any = figure.get_layout_engine()
    # the layout does not see the name of the heights in space
    layout.set(hspace=0.06, wspace=0.14 if show == "wireframes" else 0.06)
    add_sheet_caption(figure, [[*_CAPTION, _WHAT[show]]])
    return axes


def _panels(
    rows: Sequence[PolyhedralComplex], samples: Sequence[tuple[RationalLike, ...]]
) -> Iterator[Panel]:
    """Yield the panels in reading order."""
    names = [c.network.name or f"network {i}" for i, c in enumerate(rows, start=1)]
    maps = [local_maps(complex_.network, samples) for complex_ in rows]
    for i, complex_ in enumerate(rows):
        for k, name in enumerate(names):
            if i == k:
                yield Panel(name, complex_, None)
            else:
                mapped = maps_between(maps[i], maps[k]).on(complex_)
                yield Panel(f"{names[i]} → {name}", mapped.complex, mapped)


def _draw(
    axes: Sequence[Axes], panels: Sequence[Panel], show: MappedPanels, look: Look
) -> Iterator[list[str]]:
    """Draw panel by panel, and yield the notes of each."""
    if show == "dual points":
        yield from _draw_all_duals(axes, panels, look)
        return
    draw = {"decisions": _decisions, "wireframes": _wireframe, "jumps": _jumps}[show]
    for ax, panel in zip(axes, panels, strict=True):
        yield draw(ax, panel, look)


def _decisions(ax: Axes, panel: Panel, look: Look) -> list[str]:
    data: Any = {"points": look.points, "labels": look.labels}
    what: Any = {"window": look.window, "kinks": False, "caption": False}
    decision_regions(panel.complex, ax, **data, **what)
    draw_leaps(ax, complex_view(panel.complex, look.window))
    without_labels(ax)
    if not look.labels:
        return []
    value = panel.complex.network if panel.mapped is None else panel.mapped
    pairs = zip(look.points, look.labels, strict=True)
    right = sum(value(point)[0] * label > 0 for point, label in pairs)
    return [accuracy_name(right, len(look.points))]


def _wireframe(ax: Axes, panel: Panel, look: Look) -> list[str]:
    draw_wires(required_space(ax), panel.complex, complex_view(panel.complex, look.window))
    return []


def _jumps(ax: Axes, panel: Panel, look: Look) -> list[str]:
    found = draw_jumps(ax, panel.complex, complex_view(panel.complex, look.window))
    without_labels(ax)
    torn = [tear.size for tear in found if tear.size]
    most = f", at most {_short(max(torn))}" if torn else ""
    return [f"jumps on {len(torn)} of {counted(len(found), 'facet')}{most}"]


def _short(size: Fraction) -> str:
    text = format_fraction(size)
    return text if len(text) <= _LONG else f"{float(size):.4g}..."


def _draw_all_duals(
    axes: Sequence[Axes], panels: Sequence[Panel], look: Look
) -> Iterator[list[str]]:
    duals = [duals_of(panel.complex) for panel in panels]
    limits = dual_limits(dual for found in duals for dual in found)
    for ax, panel, found in zip(axes, panels, duals, strict=True):
        groups = met_by(panel.complex, found, look.points, look.grid, look.over)
        draw_duals(ax, panel.complex, found, groups, limits=limits)
        yield [counted(len(found), "distinct affine map")]
