"""The decision boundary: the level set {output = level} in the window, exactly.

On a region the level set is a chord as a rule, but it may be an edge, a whole region on which the
output is constant, or a single point where the function only touches the level.  Each is found from
the exact signs at the vertices of the patches, and drawn as what it is: a line, a filled polygon,
a dot.  Only maximal parts are kept, and only those inside the open window and the open domain: an
edge there belongs to two patches, one on a border to a single one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch as Swatch
from matplotlib.patheffects import AbstractPathEffect, Normal, withStroke

from exactpwl.domain import Domain
from exactpwl.plot.clip import HalfPlane, Polygon, Vector, as_points, cut_polygon, height
from exactpwl.plot.edges import Segment, chains, draw_segments
from exactpwl.plot.style import AREA, DECISION, INK
from exactpwl.plot.view import View
from exactpwl.plot.window import frame
from exactpwl.rationals import format_fraction

__all__ = ["LevelSet", "draw_level", "level_entries", "level_set_of"]

_WIDTH, _CASING = 1.5, 3.0


class LevelSet(NamedTuple):
    """The maximal parts of a level set in a window, by dimension."""

    dots: list[Vector]
    segments: list[Segment]
    areas: list[Polygon]


def level_set_of(view: View, level: Fraction, domain: Domain) -> LevelSet:
    """Return the level set of a view's function in the open window and the open domain.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> from exactpwl.plot.view import complex_view
    >>> valley = regions(Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, 1]], [0], "linear")]))
    >>> seen = complex_view(valley, [(-1, 1), (-1, 1)])
    >>> level_set_of(seen, Fraction(0), valley.domain)
    LevelSet(dots=[(0, 0, 1)], segments=[], areas=[])
    """
    points: set[Vector] = set()
    chords: list[Segment] = []
    edges: Counter[Segment] = Counter()
    areas: list[Polygon] = []
    for patch in view.patches:
        above = view.heights[patch.cell].above(level)
        signs = {(h > 0) - (h < 0) for h in (height(above, v) for v in patch.polygon)}
        part = cut_polygon(patch.polygon, above) if {1, -1} <= signs else patch.polygon
        zeros = tuple(v for v in part if not height(above, v))
        if signs == {0}:
            areas.append(patch.polygon)
        elif {1, -1} <= signs:
            chords.append(zeros)
        elif len(zeros) == 2:
            edges[_ordered(zeros)] += 1
        points.update(zeros)
    bordering = {_ordered(e) for area in areas for e in pairwise([*area, area[0]])}
    chords += [e for e, count in edges.items() if count == 2 and e not in bordering]
    covered = {v for parts in (chords, edges, areas) for part in parts for v in part}
    sides = [*frame(view.window), *((*normal, offset) for normal, offset in domain.rows)]
    return LevelSet([v for v in sorted(points - covered) if _is_inside(v, sides)], chords, areas)


def _ordered(segment: Sequence[Vector]) -> Segment:
    first, last = sorted(segment)
    return (first, last)


def _is_inside(vector: Vector, sides: Sequence[HalfPlane]) -> bool:
    return all(height(side, vector) > 0 for side in sides)


def draw_level(
    ax: Axes, view: View, level: Fraction, domain: Domain, bar: Axes | None
) -> list[Artist]:
    """Draw the level set, mark the level on the colour bar, and return the legend's entries."""
    found = level_set_of(view, level, domain)
    draw_segments(ax, chains(found.segments), zorder=4, **_line())
    _draw_areas(ax, found.areas)
    _draw_dots(ax, found.dots)
    if bar is not None:
        bar.axhline(float(level), **_line())
    return level_entries(view, level, flat=bool(found.areas))


def level_entries(view: View, level: Fraction, *, flat: bool) -> list[Artist]:
    """Return the legend's entries for a level, and for the regions that lie flat at it."""
    name = f"{view.label} = {format_fraction(level)}"
    entries: list[Artist] = [Line2D([], [], label=name, **_line())]
    if flat:
        entries.append(Swatch(facecolor=AREA, edgecolor=INK, linewidth=0.4, label=f"{name}, flat"))
    return entries


def _line() -> dict[str, Any]:
    return {"color": DECISION, "linewidth": _WIDTH, "path_effects": _casing()}


def _casing() -> list[AbstractPathEffect]:
    return [withStroke(linewidth=_CASING, foreground=INK), Normal()]


def _draw_areas(ax: Axes, areas: Sequence[Polygon]) -> None:
    fill = PolyCollection(
        [[(float(x), float(y)) for x, y in as_points(area)] for area in areas],
        facecolors=AREA,
        edgecolors="face",
        linewidths=0.4,
        zorder=2,
    )
    ax.add_collection(fill, autolim=False)


def _draw_dots(ax: Axes, dots: Sequence[Vector]) -> None:
    if dots:
        x, y = zip(*as_points(dots), strict=True)
        ax.scatter([*map(float, x)], [*map(float, y)], s=22, c=DECISION, edgecolors=INK, zorder=4)
