"""The sheet of a figure in space: axes without grey walls, ticks where there are values.

The projection is a parallel one: what is parallel stays parallel, lengths can be compared, and the
order in which faces hide each other does not depend on where the viewer stands, but only on where
she looks.  The two inputs have one scale, as in a plan; heights have their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, radians, sin
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.ticker import FixedLocator, MaxNLocator
from matplotlib.transforms import Bbox
from mpl_toolkits.mplot3d.proj3d import proj_transform

from exactpwl.errors import FigureError
from exactpwl.plot.panels import new_axes_3d
from exactpwl.plot.style import FONT, GRID, INK, MUTED

__all__ = ["SPACE", "drawn_box", "new_space", "prepare_space", "required_space"]

SPACE: Any = {
    "axes3d.grid": True,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.6,
    "grid.color": GRID,
    "grid.linewidth": 0.4,
    "grid.linestyle": "-",
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
}
"""matplotlib's settings under which axes in space are made."""

_LONG_SIDE = 4.0  # of the window, in units of the box
_SHORTEST = 0.15
_ZOOM = 1.08
_CORNER = 0.03
_PLACE = (0.02, 0.13, 0.96, 0.8)


def new_space(size: tuple[float, float] = (6.0, 5.2)) -> Any:
    """Return the axes of a new figure in space, with thin lines.

    They have a fixed place, because what is written around them stands where the picture ends, and
    a layout that makes room for it would move the picture.
    """
    with mpl.rc_context(SPACE):
        ax = new_axes_3d(size=size)
    ax.get_figure(root=True).set_layout_engine("none")
    ax.set_position(_PLACE)
    return ax


def required_space(ax: Any) -> Any:
    """Return axes in space; a `FigureError` for axes of the plane."""
    if ax.name != "3d":
        raise FigureError(
            "a surface needs axes in space: plot.new_axes_3d(), or add_subplot(projection='3d')"
        )
    return ax


def prepare_space(
    ax: Any,
    limits: Sequence[tuple[float, float]],
    names: Sequence[str],
    *,
    tall: float,
    view: tuple[float, float],
    lowest_tick: float = -inf,
) -> None:
    """Set limits, labels, ticks, the shape of the box and the point of view.

    Parameters
    ----------
    ax : Axes3D
    limits : (low, high) of x, y, z
    names : of x, y, z
    tall : float
        How high the box is, where its longer side below has the length 1.
    view : (float, float)
        Elevation and azimuth, in degrees.
    lowest_tick : float
        No height below it has a tick.
    """
    ax.set_proj_type("ortho")
    ax.view_init(elev=view[0], azim=view[1])
    ax.computed_zorder = False
    lengths = [high - low for low, high in limits]
    sides = [max(length / max(lengths[:2]), _SHORTEST) for length in lengths[:2]]
    ax.set_box_aspect([_LONG_SIDE * side for side in (*sides, tall)], zoom=_ZOOM)
    ax.set(xlim3d=limits[0], ylim3d=limits[1], zlim3d=limits[2])
    # the numbers of two axes meet at the corner next to the viewer: one of them has to go
    near_low = sin(radians(view[1])) < 0
    for axis, (low, high), name in zip((ax.xaxis, ax.yaxis, ax.zaxis), limits, names, strict=True):
        margin = _CORNER * (high - low)
        kept = {
            "x": (low, high),
            "y": (low + margin, high) if near_low else (low, high - margin),
            "z": (max(low, lowest_tick), high),
        }[axis.axis_name]
        _prepare_axis(axis, kept, name)


def _prepare_axis(axis: Any, kept: tuple[float, float], name: str) -> None:
    """Name an axis, and set its ticks in a part of it."""
    low, high = kept
    axis.set_label_text(name, fontsize=FONT["label"], style="italic", color=INK)
    axis.labelpad = -2
    axis.set_pane_color(to_rgba("white", 0.0))
    axis.pane.set(edgecolor=GRID, alpha=1.0)
    ticks = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    axis.set_major_locator(FixedLocator([tick for tick in ticks if low <= tick <= high]))
    axis.set_tick_params(labelsize=FONT["text"], pad=-2, color=MUTED, labelcolor=MUTED)


def drawn_box(ax: Any) -> Bbox:
    """Return the rectangle of the picture, in pixels, that axes in space and their numbers fill.

    The axes themselves are a square that is larger than what is seen of them from most sides.
    """
    figure = ax.get_figure(root=True)
    figure.draw_without_rendering()
    (x0, x1), (y0, y1), (z0, z1) = ax.get_xlim(), ax.get_ylim(), ax.get_zlim()
    corners = np.array([(x, y, z) for x in (x0, x1) for y in (y0, y1) for z in (z0, z1)])
    across, up, _ = proj_transform(*corners.T, ax.get_proj())
    places = ax.transData.transform(np.stack([across, up], axis=1))
    renderer = figure.canvas.get_renderer()
    numbers = [axis.get_tightbbox(renderer) for axis in (ax.xaxis, ax.yaxis, ax.zaxis)]
    return Bbox.union([Bbox([places.min(axis=0), places.max(axis=0)]), *numbers])
