"""A function given by its pieces, seen from above, with its jumps.

The pieces are coloured as regions are; where nothing is defined the ground is grey.  Two pieces
that do not agree are no network's: their common facet is drawn in red, with the jump at a point of
it, and the caption says what `PiecewiseFunction.check_continuity` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from exactpwl.errors import FigureError
from exactpwl.formula import format_affine
from exactpwl.inequality import primitive_row
from exactpwl.plot.canvas import (
    add_caption,
    add_colour_bar,
    add_legend,
    new_axes,
    prepare,
)
from exactpwl.plot.caption import counted, window_name
from exactpwl.plot.clip import HalfPlane, Vector, as_points, centroid, clip_edge
from exactpwl.plot.edges import chains, draw_segments
from exactpwl.plot.scale import colour_scale
from exactpwl.plot.shading import shade
from exactpwl.plot.style import FONT, INK, JUMP, OUTSIDE, sequential
from exactpwl.plot.view import View, view
from exactpwl.plot.window import Bounds, as_window, frame, window_of_points
from exactpwl.rationals import RationalLike, format_fraction, homogeneous

if TYPE_CHECKING:
    from exactpwl.piecewise import CommonFace, Continuity, Discontinuity, PiecewiseFunction

__all__ = ["facet_edge", "pieces_caption", "pieces_view", "top_down_pieces"]

_EDGE, _JUMP = 1.0, 3.0
_MOST_LABELS = 8


def top_down_pieces(
    function: PiecewiseFunction,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    maps: bool = False,
    caption: bool = True,
) -> Axes:
    """Draw a function of two variables that is given by pieces, with its jumps in red.

    Parameters
    ----------
    function : PiecewiseFunction
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at; by default a box around all vertices.
    output : int, or sequence of rationals
        The output that is shown, counted from 0, or a weighted sum of all outputs.
    maps : bool
        Whether to write into each piece its affine function.
    caption : bool
        Whether to write how many pieces the window shows, and whether the function is continuous.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        If there are not two variables, the window is no box or shows no piece, or there is no such
        output.

    Examples
    --------
    >>> from exactpwl import PiecewiseFunction
    >>> left, right = [((-1, 0), 0)], [((1, 0), 0)]
    >>> step = PiecewiseFunction([left, right], [([[0, 0]], [0]), ([[0, 0]], [1])])
    >>> ax = top_down_pieces(step, window=[(-1, 1), (-1, 1)])
    >>> ax.texts[1].get_text()
    '2 pieces, 2 in this window; not continuous'
    """
    seen = pieces_view(function, window, output)
    bounds = seen.window
    continuity = function.check_continuity()
    ax = new_axes(bounds) if ax is None else ax
    prepare(ax, bounds)
    ax.set_facecolor(OUTSIDE)
    scale = colour_scale(seen, None)
    add_colour_bar(ax, shade(ax, seen, sequential(), scale), seen.label, scale)
    add_legend(ax, _draw_faces(ax, function, continuity, bounds))
    if maps:
        _write_maps(ax, seen)
    if caption:
        add_caption(ax, pieces_caption(continuity, len(function.maps), len(seen.patches), bounds))
    return ax


def _write_maps(ax: Axes, view: View) -> None:
    for patch in view.patches:
        height = view.heights[patch.cell]
        *slopes, constant = (Fraction(entry, height.scale) for entry in height.row)
        x, y = map(float, centroid(patch.polygon))
        text = ax.text(x, y, format_affine(slopes, constant), ha="center", va="center", zorder=7)
        text.set(fontsize=FONT["text"], color=INK)
        text.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def pieces_view(
    function: PiecewiseFunction,
    window: Any,
    output: int | Sequence[RationalLike],
    figure: str = "a top-down figure",
) -> View:
    """Return the view of a function of two variables for a figure; see `top_down_pieces`."""
    _require_two_inputs(function, figure)
    bounds = _default_window(function) if window is None else as_window(window)
    return view([_half_planes(p.rows) for p in function.polyhedra], function.maps, bounds, output)


def _require_two_inputs(function: PiecewiseFunction, figure: str) -> None:
    """Raise a `FigureError` where a function cannot be seen from above."""
    if function.input_dimension != 2:
        mend = "; plot.function_graph(function) draws it" if function.input_dimension == 1 else ""
        raise FigureError(
            f"{figure} needs a function of 2 inputs, got "
            f"{counted(function.input_dimension, 'input')}{mend}"
        )


def pieces_caption(
    continuity: Continuity, pieces: int, shown: int, window: Bounds
) -> list[tuple[str, ...]]:
    """Return how many pieces there are and are shown, and the sentence that refuses a jump."""
    verdict = "continuous" if continuity else "not continuous"
    refusal = [f"{failure};" for failure in continuity.failures[:1]]
    counts = (f"{counted(pieces, 'piece')},", f"{shown} in this window;", verdict)
    return [counts, (*refusal, f"window {window_name(window)}")]


def _default_window(function: PiecewiseFunction) -> Bounds:
    found = [piece.generators for piece in function.polyhedra]
    return window_of_points(
        [vertex for generators in found for vertex in generators.vertices],
        bounded=all(generators.is_bounded for generators in found),
        lines=any(generators.lines for generators in found),
    )


def _half_planes(rows: Iterable[Any]) -> list[HalfPlane]:
    primitive = (primitive_row(row) for row in rows if any(row[0]))
    return [(*normal, offset) for normal, offset in primitive]


def _draw_faces(
    ax: Axes, function: PiecewiseFunction, continuity: Continuity, window: Bounds
) -> list[Line2D]:
    """Draw the common facets, mark the jumps, and return the legend's entries."""
    sides = frame(window)
    broken = {failure.face.pieces for failure in continuity.failures}
    edges = {face.pieces: facet_edge(face, sides) for face in continuity.faces if face.is_facet}
    smooth = [edge for pieces, edge in edges.items() if edge and pieces not in broken]
    torn = [edge for pieces, edge in edges.items() if edge and pieces in broken]
    draw_segments(ax, chains(smooth), colors=INK, linewidths=_EDGE, zorder=3)
    draw_segments(ax, chains(torn), colors=JUMP, linewidths=_JUMP, zorder=4)
    for failure in continuity.failures[:_MOST_LABELS]:
        _mark(ax, function, failure, edges.get(failure.face.pieces, ()), window)
    entries = [Line2D([], [], color=INK, linewidth=_EDGE, label="continuous")] if smooth else []
    if broken:
        entries.append(Line2D([], [], color=JUMP, linewidth=_JUMP, label="jump"))
    return entries


def facet_edge(face: CommonFace, sides: Sequence[HalfPlane]) -> tuple[Vector, ...]:
    """Return the ends of a common facet's part inside a window, given by its sides."""
    generators = face.polyhedron.generators
    ends = [*map(homogeneous, generators.vertices), *((*ray, 0) for ray in generators.rays)]
    return clip_edge(ends, generators.lines, sides)


def _mark(
    ax: Axes,
    function: PiecewiseFunction,
    failure: Discontinuity,
    edge: tuple[Vector, ...],
    window: Bounds,
) -> None:
    """Write the jump at the middle of the visible edge, or at the point that the check names."""
    first, second = (function.maps[i] for i in failure.face.pieces)
    difference = second - first
    ends = as_points(edge)
    middle = [tuple(sum(c) / 2 for c in zip(*ends, strict=True))] if ends else []
    for point in [*middle, failure.point]:
        inside = all(low < c < high for c, (low, high) in zip(point, window, strict=True))
        jump = difference(point)
        if inside and any(jump):
            name = "jump " + ", ".join(map(format_fraction, jump))
            _label(ax, float(point[0]), float(point[1]), name)
            return


def _label(ax: Axes, x: float, y: float, name: str) -> None:
    ax.plot([x], [y], marker="o", markersize=5, color=JUMP, markeredgecolor="white", zorder=5)
    text = ax.annotate(name, (x, y), xytext=(6, 5), textcoords="offset points", zorder=6)
    text.set(fontsize=FONT["text"], color=JUMP)
    text.set_path_effects([withStroke(linewidth=2.5, foreground="white")])
