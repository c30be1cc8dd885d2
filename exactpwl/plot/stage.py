"""Where a solid stands: the direction of viewer and light, the colour bar, three arrows.

Viewer and light are given by angles.  The light comes from above the viewer's right shoulder, so
that it turns with the view and every visible face has some of it.
"""

from __future__ import annotations

from fractions import Fraction
from math import cos, radians, sin
from typing import Any

from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap

from exactpwl.formula import variable_names
from exactpwl.plot.painter import Point3
from exactpwl.plot.panels import new_figure
from exactpwl.plot.scale import Scale
from exactpwl.plot.style import DECISION, FONT, INK, MUTED

__all__ = ["add_bar", "directions", "light_from", "new_stage", "view_direction"]

_FIGURE = (5.4, 4.8)  # inches
_PLACE = (0.01, 0.11, 0.778, 0.875)
_BAR = (0.85, 0.29, 0.028, 0.54)
_ABOVE, _BESIDE = 22.0, 30.0
_ARROW = 26.0  # points


def view_direction(view: tuple[float, float]) -> Point3:
    """Return the direction to a viewer at some elevation and azimuth, in degrees.

    Examples
    --------
    >>> view_direction((90.0, 0.0))[2]
    1.0
    """
    elevation, azimuth = map(radians, view)
    level = cos(elevation)
    return level * cos(azimuth), level * sin(azimuth), sin(elevation)


def light_from(view: tuple[float, float]) -> Point3:
    """Return the direction to the light."""
    return view_direction((view[0] + _ABOVE, view[1] + _BESIDE))


def new_stage() -> Any:
    """Return axes of a new figure, square, at a fixed place: text beside them moves nothing."""
    figure = new_figure(*_FIGURE)
    figure.set_layout_engine(None)
    return figure.add_axes(_PLACE, projection="3d")


def add_bar(ax: Any, scale: Scale, colormap: Colormap, label: str, cut_at: Fraction | None) -> None:
    """Draw the colour bar beside axes in space."""
    colours = ScalarMappable(scale.norm(), colormap)
    place: dict[str, Any] = {"ax": ax, "shrink": 0.62, "pad": 0.04}
    if ax.figure.get_layout_engine() is None:
        place = {"cax": ax.figure.add_axes(_BAR)}
    bar = ax.figure.colorbar(colours, **place)
    bar.set_label(label, fontsize=FONT["label"], style="italic", color=INK)
    bar.ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    bar.outline.set(linewidth=0.6, edgecolor=MUTED)
    if cut_at is not None:
        bar.ax.axhline(float(cut_at), color=INK, linewidth=2.7)
        bar.ax.axhline(float(cut_at), color=DECISION, linewidth=1.4)


def directions(ax: Any, view: tuple[float, float]) -> None:
    """Take the axes away, whose numbers hold for no cell that has moved, and draw three arrows."""
    ax.set_axis_off()
    elevation, azimuth = map(radians, view)
    right = (-sin(azimuth), cos(azimuth), 0.0)
    up = (-sin(elevation) * cos(azimuth), -sin(elevation) * sin(azimuth), cos(elevation))
    for axis, name in enumerate(variable_names(3)):
        ax.annotate(
            name,
            xy=(0.05, 0.09),
            xycoords="axes fraction",
            xytext=(_ARROW * right[axis], _ARROW * up[axis]),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=FONT["label"],
            style="italic",
            color=INK,
            arrowprops={"arrowstyle": "<-", "color": MUTED, "linewidth": 0.8, "shrinkB": 0},
            annotation_clip=False,
        )
