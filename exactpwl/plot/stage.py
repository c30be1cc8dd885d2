"""Where a solid stands: the direction of viewer and light, the colour bar, the caption below.

Viewer and light are given by angles.  The light comes from above the viewer's right shoulder, so
that it turns with the view and every visible face has some of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import cos, radians, sin
from typing import Any

from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap

from exactpwl.formula import variable_names
from exactpwl.plot.caption import wrapped
from exactpwl.plot.painter import Point3
from exactpwl.plot.scale import Scale
from exactpwl.plot.style import DECISION, FONT, INK, MUTED

__all__ = ["add_bar", "add_caption_below", "directions", "light_from", "view_direction"]

_ABOVE, _BESIDE = 22.0, 30.0
_LETTERS = 76  # of a line of the caption
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


def add_bar(ax: Any, scale: Scale, colormap: Colormap, label: str, cut_at: Fraction | None) -> None:
    """Draw the colour bar beside axes in space."""
    colours = ScalarMappable(scale.norm(), colormap)
    bar = ax.figure.colorbar(colours, ax=ax, shrink=0.62, aspect=18, pad=0.04)
    bar.set_label(label, fontsize=FONT["label"], style="italic", color=INK)
    bar.ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    bar.outline.set(linewidth=0.6, edgecolor=MUTED)
    if cut_at is not None:
        bar.ax.axhline(float(cut_at), color=INK, linewidth=2.7)
        bar.ax.axhline(float(cut_at), color=DECISION, linewidth=1.4)


def add_caption_below(ax: Any, lines: Sequence[Sequence[str]]) -> None:
    """Write a caption's two lines under axes in space."""
    below: Any = "axes fraction"
    gaps = (-8.0, -3.0)
    styles = ((FONT["title"], INK, _LETTERS), (FONT["small"], MUTED, round(1.4 * _LETTERS)))
    for phrases, gap, (size, colour, width) in zip(lines, gaps, styles, strict=True):
        below = ax.annotate(
            wrapped(phrases, width),
            xy=(0.0, 0.0),
            xycoords=("axes fraction", below),
            xytext=(0.0, gap),
            textcoords="offset points",
            ha="left",
            va="top",
            fontsize=size,
            color=colour,
            annotation_clip=False,
        )


def directions(ax: Any, view: tuple[float, float]) -> None:
    """Take the axes away, whose numbers hold for no cell that has moved, and draw three arrows."""
    ax.set_axis_off()
    elevation, azimuth = map(radians, view)
    right = (-sin(azimuth), cos(azimuth), 0.0)
    up = (-sin(elevation) * cos(azimuth), -sin(elevation) * sin(azimuth), cos(elevation))
    for axis, name in enumerate(variable_names(3)):
        ax.annotate(
            name,
            xy=(0.05, 0.06),
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
