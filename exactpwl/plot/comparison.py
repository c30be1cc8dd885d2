"""Networks below each other: what they decide, their surfaces as wireframes, their dual points.

Networks that answer alike at the data may be very different functions.  A row shows one network,
in three panels that have one window, one grid and one scale of slopes for all rows.  So one sees,
and reads, how many more affine functions a wider network has, and how few of them the data meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.axes import Axes

from exactpwl.errors import FigureError
from exactpwl.plot.caption import counted, place_name
from exactpwl.plot.classes import correct, decision_regions
from exactpwl.plot.data import Point, accuracy_name, as_data
from exactpwl.plot.duals import draw_duals, dual_limits, dual_phrases, duals_of, met_by
from exactpwl.plot.headings import add_heading
from exactpwl.plot.panels import new_figure, required_axes
from exactpwl.plot.space import SPACE
from exactpwl.plot.view import regions_in_window, require_two_inputs
from exactpwl.plot.window import as_window, default_window
from exactpwl.plot.wires import wireframe
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["compare", "new_rows"]

_COLUMNS = 3
_WIDE = 67  # letters in a line above the last column
_FEW = 12
_UNIT = ((-1, 1), (-1, 1))


def compare(
    complexes: Iterable[PolyhedralComplex],
    axes: Sequence[Axes] | None = None,
    *,
    window: Any = None,
    points: Iterable[Iterable[RationalLike]] | None = None,
    labels: Iterable[int] | None = None,
    grid: int = 101,
    over: Any = _UNIT,
) -> tuple[Axes, ...]:
    """Draw networks with two inputs and one output below each other, in three panels each.

    Parameters
    ----------
    complexes : iterable of PolyhedralComplex
        One for each row.
    axes : sequence of Axes, optional
        Three for each row, the second one in space; a new figure without them.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at in all rows; by default that of the first complex.
    points : pairs of rationals, optional
        Data points.
    labels : sequence of int, optional
        Their classes, 1 or -1.
    grid, over
        As in `exactpwl.plot.dual_points`.

    Returns
    -------
    tuple of Axes

    Raises
    ------
    FigureError
        If there is no network, one has other numbers of inputs or outputs, or an option makes no
        sense.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> folds = [regions(Network([([[w, 1]], [0], "relu")])) for w in (0, 1)]
    >>> [ax.name for ax in compare(folds, window=[(-1, 1), (-1, 1)])]
    ['rectilinear', '3d', 'rectilinear', 'rectilinear', '3d', 'rectilinear']
    """
    rows = _checked(complexes)
    data, named = as_data(points, labels)
    bounds = as_window(default_window(rows[0]) if window is None else window)
    box = as_window(over)
    required_axes(axes, _COLUMNS * len(rows))
    axes = new_rows(len(rows)) if axes is None else axes
    duals = [duals_of(complex_) for complex_ in rows]
    limits = dual_limits(dual for found in duals for dual in found)
    for i, complex_ in enumerate(rows):
        left, middle, right = axes[_COLUMNS * i : _COLUMNS * (i + 1)]
        look: dict[str, Any] = {"window": bounds, "caption": False}
        decision_regions(complex_, left, kinks=False, points=data, labels=named, **look)
        few = len(data) <= _FEW  # more would hide the wires
        standing: dict[str, Any] = {"points": data, "labels": named} if few else {}
        wireframe(complex_, middle, **standing, **look)
        groups = met_by(complex_, duals[i], data, grid, box)
        draw_duals(right, complex_, duals[i], groups, limits=limits)
        add_heading(
            left, complex_.network.name or f"network {i + 1}", _right(complex_, data, named)
        )
        shown = len(regions_in_window(complex_, bounds))
        where = place_name(complex_.domain)
        counts = (
            f"{counted(len(complex_), 'activation region')} in {where},",
            f"{shown} in this window",
        )
        add_heading(middle, "Wireframe", counts)
        add_heading(right, "Dual points", dual_phrases(groups, data, grid, box), _WIDE)
    return tuple(axes)


def _checked(complexes: Iterable[PolyhedralComplex]) -> list[PolyhedralComplex]:
    rows = list(complexes)
    if not rows:
        raise FigureError("one network or more are required to be compared, got none")
    for complex_ in rows:
        require_two_inputs(complex_.dimension)
        outputs = complex_.network.output_dimension
        if outputs != 1:
            raise FigureError(
                f"networks with 1 output are compared, got {outputs} outputs; "
                "plot.decision_regions draws several classes"
            )
    return rows


def _right(
    complex_: PolyhedralComplex, data: Sequence[Point], labels: Sequence[int] | None
) -> list[str]:
    if not labels:
        return [complex_.network.architecture.replace("->", "→")]
    return [accuracy_name(sum(correct(complex_.network, data, labels)), len(data))]


def new_rows(rows: int, *, size: tuple[float, float] = (3.4, 2.95)) -> tuple[Axes, ...]:
    """Return the axes of a new figure: in each row one of the plane, one in space, one more.

    Examples
    --------
    >>> [ax.name for ax in new_rows(1)]
    ['rectilinear', '3d', 'rectilinear']
    """
    figure = new_figure(_COLUMNS * size[0], rows * size[1])
    layout: Any = figure.get_layout_engine()
    layout.set(wspace=0.14)  # for the name of the heights, which the layout does not see
    kinds = ("rectilinear", "3d", "rectilinear")
    with mpl.rc_context(SPACE):
        return tuple(
            figure.add_subplot(rows, _COLUMNS, row * _COLUMNS + column + 1, projection=kind)
            for row in range(rows)
            for column, kind in enumerate(kinds)
        )
