"""Local minima and maxima on the top-down figure: points, and the faces of plateaus and ledges.

A point is a triangle, down for a minimum and up for a maximum; a face of dimension 1 is a thick
line, a region is hatched.  What is full belongs to a set around which the output is larger, or
smaller; what is dotted is a ledge, from whose edge it falls, or rises.  A triangle is filled where
no value is lower, or higher, on the whole domain.  All places are exact up to the last step; they
are clipped by the window like the regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch as Swatch
from matplotlib.patches import Polygon as DrawnPolygon

from exactpwl.faces import Face
from exactpwl.plot.canvas import add_colour_bar, add_domain, add_legend, new_axes, prepare
from exactpwl.plot.clip import Vector, as_points, cut_segment, height
from exactpwl.plot.edges import draw_layers, draw_segments
from exactpwl.plot.scale import colour_scale
from exactpwl.plot.shading import shade
from exactpwl.plot.style import INK, STROKES, diverging, sequential
from exactpwl.plot.topdown import add_plan_caption
from exactpwl.plot.view import View, complex_view
from exactpwl.plot.window import frame
from exactpwl.questions.local_extremes import LocalExtremum, local_extrema
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["extrema"]

_SIZE, _SMALL, _MANY = 7.0, 4.0, 60
_WIDTH, _CASING = 2.6, 4.6


class _Look(NamedTuple):
    marker: str
    colour: str
    hatch: str


_LOOKS = {"minimum": _Look("v", STROKES[0], "////"), "maximum": _Look("^", STROKES[1], "\\\\\\\\")}


def extrema(
    complex_: PolyhedralComplex,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    closed: bool = False,
    layers: int | None = None,
    caption: bool = True,
) -> Axes:
    """Mark all local minima and maxima of an output of a network with two inputs.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    window, output, layers
        As in `exactpwl.plot.top_down`.
    closed : bool
        Whether the domain's boundary belongs to the domain; see
        `exactpwl.questions.local_extrema`.
    caption : bool
        Whether to write the caption, which counts them.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        As `exactpwl.plot.top_down`.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> ax = extrema(regions(gallery.get("l1_annulus")))
    >>> print(ax.get_legend().get_texts()[-1].get_text())
    maxima, line
    """
    view = complex_view(complex_, window, output)
    zero = view.level(0)
    ax = new_axes(view.window) if ax is None else ax
    prepare(ax, view.window)
    scale = colour_scale(view, zero)
    colormap = sequential() if zero is None else diverging(*scale.reach)
    add_colour_bar(ax, shade(ax, view, colormap, scale), view.label, scale)
    handles: list[Artist] = [*draw_layers(ax, complex_, view, layers)]
    found = local_extrema(complex_, view.weights, closed=closed)
    handles += _Marks(ax, complex_, view, len(found)).draw(found)
    add_domain(ax, complex_.domain, view.window)
    add_legend(ax, handles)
    if caption:
        add_plan_caption(ax, complex_, view, layers, _count(found))
    return ax


def _count(found: Iterable[LocalExtremum]) -> str:
    kinds = [extremum.kind for extremum in found]
    minima, maxima = kinds.count("minimum"), kinds.count("maximum")
    return f"sets of local minima: {minima}, of local maxima: {maxima}"


class _Marks:
    """Draws extrema, and remembers which entries of the legend they need."""

    def __init__(self, ax: Axes, complex_: PolyhedralComplex, view: View, count: int) -> None:
        self.ax = ax
        self.complex = complex_
        self.size = _SIZE if count <= _MANY else _SMALL
        self.sides = frame(view.window)
        patches = {patch.cell: patch.polygon for patch in view.patches}
        pairs = enumerate(complex_.generator_ids)
        self.polygons = {tuple(sorted(ids)): patches.get(i) for i, ids in pairs}
        self.entries: dict[str, Artist] = {}

    def draw(self, found: Iterable[LocalExtremum]) -> list[Artist]:
        """Draw all that the window shows; return the entries of the legend."""
        drawing = (self._point, self._segment, self._area)
        for extremum in found:
            for face in extremum.faces:
                drawing[face.dimension](extremum, face)
        return [self.entries[label] for label in sorted(self.entries, reverse=True)]

    def _point(self, extremum: LocalExtremum, face: Face) -> None:
        vertex = self.complex.generators[face.generators[0]]
        if any(height(side, vertex) < 0 for side in self.sides):
            return
        look = _LOOKS[extremum.kind]
        style: dict[str, Any] = {
            "marker": look.marker,
            "markersize": self.size,
            "markerfacecolor": look.colour if extremum.is_global else "white",
            "markeredgecolor": INK if extremum.is_global else look.colour,
            "markeredgewidth": 0.8 if extremum.is_global else 1.4,
            "linestyle": "none",
            "clip_on": False,  # on the domain's boundary half of it would be missing
        }
        ((x, y),) = as_points([vertex])
        self.ax.plot([float(x)], [float(y)], zorder=6, **style)
        label = f"{extremum.kind}, global" if extremum.is_global else extremum.kind
        self.entries.setdefault(label, Line2D([], [], label=label, **style))

    def _segment(self, extremum: LocalExtremum, face: Face) -> None:
        seen = [part for whole in self._halves(face) if (part := self._clipped(whole))]
        if not seen:
            return
        style: dict[str, Any] = {"color": _LOOKS[extremum.kind].colour, "linewidth": _WIDTH}
        style["linestyle"] = ":" if extremum.edge else "-"
        draw_segments(self.ax, seen, colors="white", linewidths=_CASING, zorder=5)
        draw_segments(self.ax, seen, zorder=5.1, **style)
        label = _label(extremum, "line")
        self.entries.setdefault(label, Line2D([], [], label=label, **style))

    def _area(self, extremum: LocalExtremum, face: Face) -> None:
        polygon = self.polygons[face.generators]
        if polygon is None:
            return
        look = _LOOKS[extremum.kind]
        style: dict[str, Any] = {"facecolor": "none", "edgecolor": look.colour, "linewidth": 0.0}
        style["hatch"] = ".." if extremum.edge else look.hatch
        corners = [(float(x), float(y)) for x, y in as_points(polygon)]
        self.ax.add_patch(DrawnPolygon(corners, zorder=1.5, **style))
        label = _label(extremum, "flat")
        self.entries.setdefault(label, Swatch(label=label, **style))

    def _halves(self, face: Face) -> list[tuple[Vector, Vector]]:
        """Return a face of dimension 1 as one segment or ray, or a line as two rays."""
        ends = [self.complex.generators[i] for i in face.generators]
        if len(ends) == 2:
            first, last = sorted(ends, key=lambda g: not g[-1])
            return [(first, last)]
        (line,) = self.complex.lines
        return [(ends[0], (*(sign * c for c in line), 0)) for sign in (1, -1)]

    def _clipped(self, segment: tuple[Vector, ...]) -> tuple[Vector, ...]:
        for side in self.sides:
            if segment:
                segment = cut_segment(segment, side)
        return segment


def _label(extremum: LocalExtremum, what: str) -> str:
    """Return a short entry of the legend: where it is wide, the axes become small."""
    plural = {"minimum": "minima", "maximum": "maxima"}[extremum.kind]
    return f"{plural}, ledge" if extremum.edge else f"{plural}, {what}"
