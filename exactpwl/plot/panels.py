"""Sheets with several panels, and axes in space.

A figure of several panels is drawn as its panels are: a function takes their axes in reading order,
or makes new ones here.  The sheet is as large as its panels need, so that text has one size in all
figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from exactpwl.errors import FigureError
from exactpwl.plot.caption import counted

if TYPE_CHECKING:
    from mpl_toolkits.mplot3d import Axes3D

__all__ = ["DPI", "new_axes_3d", "new_figure", "new_panels", "required_axes"]

DPI = 200


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure of so many inches, with a canvas of its own."""
    figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def new_panels(
    rows: int, columns: int, *, size: tuple[float, float] = (3.2, 3.0), **options: Any
) -> tuple[Axes, ...]:
    """Return the axes of a new figure with rows and columns of panels, in reading order.

    Parameters
    ----------
    rows, columns : int
    size : (float, float)
        Width and height of a panel in inches.
    **options
        Those of matplotlib's `Figure.subplots`.

    Examples
    --------
    >>> len(new_panels(2, 3))
    6
    """
    figure = new_figure(columns * size[0], rows * size[1])
    return tuple(figure.subplots(rows, columns, squeeze=False, **options).flat)


def new_axes_3d(*, size: tuple[float, float] = (5.6, 4.8)) -> Axes3D:
    """Return the axes of a new figure in space.

    Examples
    --------
    >>> new_axes_3d().name
    '3d'
    """
    axes: Axes3D = new_figure(*size).add_subplot(projection="3d")
    return axes


def required_axes(axes: Sequence[Axes] | None, count: int) -> None:
    """Raise a `FigureError` if axes were given, but not as many as there are panels."""
    if axes is not None and len(axes) != count:
        raise FigureError(f"this figure has {counted(count, 'panel')}, got {len(axes)} axes")
