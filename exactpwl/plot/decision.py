"""The decision boundary: the level set {output = level}, exactly.

On a region the level set is an edge as a rule, but it may be a whole region on which the output is
constant, or a single point where the function only touches the level.  Each is drawn as what it is:
a line, a filled polygon, a dot.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import AbstractPathEffect, Normal, withStroke

from exactpwl.plot.clip import Vector, as_points, clip_edge
from exactpwl.plot.edges import Segment, chains, draw_segments
from exactpwl.plot.style import AREA, DECISION, INK
from exactpwl.plot.view import View
from exactpwl.plot.window import frame
from exactpwl.rationals import format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["draw_level"]

_WIDTH, _CASING = 1.5, 3.0


def draw_level(
    ax: Axes, complex_: PolyhedralComplex, view: View, level: Fraction, bar: Axes | None
) -> list[Artist]:
    """Draw the level set, mark the level on the colour bar, and return the legend's entries."""
    segments: list[Segment] = []
    areas: set[int] = set()
    dots: list[Vector] = []
    sides = frame(view.window)
    for piece in complex_.level_set(level, view.weights):
        if piece.dimension == 2:
            areas.update(piece.regions)
        elif piece.dimension == 1:
            ends = sorted(piece.generators, key=lambda vector: not vector[-1])
            segments.append(clip_edge(ends, complex_.lines, sides))
        elif all(a * x + b * y + c * t > 0 for x, y, t in piece.generators for a, b, c in sides):
            dots += piece.generators
    line: dict[str, Any] = {"color": DECISION, "linewidth": _WIDTH, "path_effects": _casing()}
    draw_segments(ax, chains(s for s in segments if s), zorder=4, **line)
    _draw_dots(ax, dots)
    if bar is not None:
        bar.axhline(float(level), **line)
    name = f"{view.label} = {format_fraction(level)}"
    entries: list[Artist] = [Line2D([], [], label=name, **line)]
    if _draw_areas(ax, view, areas):
        entries.append(Patch(facecolor=AREA, edgecolor=INK, linewidth=0.4, label=f"{name}, flat"))
    return entries


def _casing() -> list[AbstractPathEffect]:
    return [withStroke(linewidth=_CASING, foreground=INK), Normal()]


def _draw_areas(ax: Axes, view: View, areas: set[int]) -> bool:
    shown = [patch.polygon for patch in view.patches if patch.cell in areas]
    fill = PolyCollection(
        [[(float(x), float(y)) for x, y in as_points(polygon)] for polygon in shown],
        facecolors=AREA,
        edgecolors="face",
        linewidths=0.4,
        zorder=2,
    )
    ax.add_collection(fill, autolim=False)
    return bool(shown)


def _draw_dots(ax: Axes, dots: list[Vector]) -> None:
    if dots:
        x, y = zip(*as_points(dots), strict=True)
        ax.scatter([*map(float, x)], [*map(float, y)], s=22, c=DECISION, edgecolors=INK, zorder=4)
