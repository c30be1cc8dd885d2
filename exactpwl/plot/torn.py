"""The graph of a function given by pieces, in space: where pieces do not meet, the tear is seen.

Each piece is a flat face over its polygon.  Over a facet on which two pieces disagree their edges
run apart, and between them stands a red wall: the jump, at every point of the facet.  Where the two
planes cross over the facet, the wall is two triangles that meet in the point where they agree.

A wall stands in the vertical plane that separates its two faces, so it is painted after the one
behind and before the one in front, whichever is higher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D

from exactpwl.formula import variable_names
from exactpwl.plot.canvas import add_caption, add_legend
from exactpwl.plot.clip import Vector, as_points, height, left_of
from exactpwl.plot.depth import Wall, back_to_front, walls
from exactpwl.plot.lifted import Lifted, Light, borders, faces
from exactpwl.plot.painter import Element, PaintedScene, Point3
from exactpwl.plot.pieces import facet_edge, pieces_caption, pieces_view
from exactpwl.plot.relief import lamp
from exactpwl.plot.scale import colour_scale
from exactpwl.plot.space import new_space, prepare_space, required_space
from exactpwl.plot.style import INK, JUMP, sequential
from exactpwl.plot.view import View
from exactpwl.plot.window import frame
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.piecewise import PiecewiseFunction

__all__ = ["Facet", "facet_items", "rise_of", "surface_pieces", "torn_order", "torn_walls"]

_BANDS = 48
_TALL = 0.55
_EDGE, _TEAR = 1.2, 1.8
_FILL = 0.45  # opacity of a wall
_WALL, _LINE = 10, 11  # what is painted over what on one face
Rise = tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]


class Facet(NamedTuple):
    """A common facet of two patches: the wall of the plan, and whether the function jumps there."""

    wall: Wall
    torn: bool


def surface_pieces(
    function: PiecewiseFunction,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    view: tuple[float, float] = (28.0, -55.0),
    caption: bool = True,
) -> Axes:
    """Draw the graph of a function of two variables that is given by pieces, with its jumps in red.

    Parameters
    ----------
    function : PiecewiseFunction
    ax : matplotlib Axes3D, optional
        Where to draw; a new figure without one.
    window, output, caption
        As in `exactpwl.plot.top_down_pieces`.
    view : (float, float)
        From where it is seen, in degrees: how high, and turned how far around.

    Returns
    -------
    Axes
        Those in space.

    Raises
    ------
    FigureError
        As `exactpwl.plot.top_down_pieces`, or if `ax` is not in space.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> ax = surface_pieces(gallery.piecewise("scissors"))
    >>> ax.texts[0].get_text()
    '2 pieces, 2 in this window; not continuous'
    """
    seen = pieces_view(function, window, output, "a surface")
    space: Any = new_space() if ax is None else required_space(ax)
    low, top = map(float, seen.limits)
    if low == top:
        low, top = low - 1, top + 1
    limits = [(float(start), float(end)) for start, end in seen.window]
    names = [*variable_names(2), seen.label]
    prepare_space(space, [*limits, (low, top)], names, tall=_TALL, view=view)
    steepness = _TALL * max(b - a for a, b in limits) / (top - low)
    facets = _facets(function, seen)
    items = _coloured(seen, Light(lamp(view[1]), steepness)) + borders(seen, _outer(seen, facets))
    items += [item for facet in facets for item in facet_items(seen, facet)]
    order = torn_order(items, len(seen.patches), [facet.wall for facet in facets])
    space.add_collection(PaintedScene([item.element for item in items], order), autolim=False)
    torn = any(facet.torn for facet in facets)
    add_legend(space, [Line2D([], [], color=JUMP, linewidth=_TEAR, label="jump")] if torn else [])
    if caption:
        continuity = function.check_continuity()
        shown = len(seen.patches)
        add_caption(space, pieces_caption(continuity, len(function.maps), shown, seen.window))
    drawn: Axes = space
    return drawn


def _coloured(view: View, light: Light) -> list[Lifted]:
    scale = colour_scale(view, None)
    colormap, norm = sequential(), scale.norm()
    levels = scale.levels(_BANDS)
    return faces(view, levels, lambda _, value: colormap(float(norm(float(value)))), light)


def _facets(function: PiecewiseFunction, view: View) -> list[Facet]:
    """Return the visible facets, with the patch on the left of each first."""
    sides = frame(view.window)
    number = {patch.cell: i for i, patch in enumerate(view.patches)}
    found = []
    for face in function.faces:
        edge = facet_edge(face, sides) if face.is_facet else ()
        if edge and all(piece in number for piece in face.pieces):
            start, end = edge
            first, second = (number[piece] for piece in face.pieces)
            polygon = view.patches[first].polygon
            if all(height(left_of(start, end), vertex) <= 0 for vertex in polygon):
                start, end = end, start
            wall = Wall(start, end, first, second)
            found.append(Facet(wall, any(low != high for low, high in rise_of(view, wall))))
    return found


def _outer(view: View, facets: Iterable[Facet]) -> list[Wall]:
    """Return the edges of patches that are no facet: the border of what is shown."""
    inner = {frozenset(facet.wall[:2]) for facet in facets}
    return [
        edge._replace(right=None)
        for edge in walls(view.patches)
        if frozenset(edge[:2]) not in inner
    ]


def rise_of(view: View, wall: Wall) -> Rise:
    """Return the heights of the left and of the right patch at both ends of a wall."""
    assert wall.right is not None
    left, right = (view.heights[view.patches[i].cell] for i in (wall.left, wall.right))
    start, end = ((left.at(v), right.at(v)) for v in (wall.start, wall.end))
    return start, end


def torn_walls(start: Vector, end: Vector, rise: Rise) -> list[tuple[tuple[Any, ...], ...]]:
    """Return the polygons between two edges in space over a segment of the plane.

    Parameters
    ----------
    start, end : homogeneous vectors (x, y, t)
    rise : the two heights at each end

    Returns
    -------
    list of polygons
        One, or two triangles where the edges cross; corners (x, y, z), exact.

    Examples
    --------
    >>> zero, one = Fraction(0), Fraction(1)
    >>> [len(p) for p in torn_walls((0, 0, 1), (1, 0, 1), ((zero, one), (zero, one)))]
    [4]
    >>> [len(p) for p in torn_walls((0, 0, 1), (1, 0, 1), ((zero, one), (one, zero)))]
    [3, 3]
    """
    places = list(zip(as_points((start, end)), rise, strict=True))
    (p, (a, b)), (q, (c, d)) = places
    if (b - a) * (d - c) < 0:
        share = (b - a) / ((b - a) - (d - c))
        middle = tuple(x + share * (y - x) for x, y in zip(p, q, strict=True))
        level = a + share * (c - a)
        places.insert(1, ((middle[0], middle[1]), (level, level)))
    found = []
    for (p, (a, b)), (q, (c, d)) in pairwise(places):
        corners = [(*p, a), (*q, c), (*q, d), (*p, b)]
        if a != b or c != d:
            found.append(tuple(dict.fromkeys(corners)))
    return found


def facet_items(
    view: View, facet: Facet, edge: float = _EDGE, tear: float = _TEAR, colour: str = JUMP
) -> list[Lifted]:
    """Return the wall of a jump with its two edges, or the edge of two pieces that meet.

    Parameters
    ----------
    view : View
    facet : Facet
    edge, tear : float
        Widths, in points, of the edge of two pieces that meet and of those of a jump.
    colour : str
        Of the edges of a jump.
    """
    wall = facet.wall
    assert wall.right is not None
    rise = rise_of(view, wall)
    both = (wall.left, wall.right)
    if not facet.torn:
        return [Lifted(_edge(wall, [low for low, _ in rise], INK, edge), both, _LINE)]
    found = [
        Lifted(Element(_floats(polygon), to_rgba(JUMP, _FILL)), both, _WALL)
        for polygon in torn_walls(wall.start, wall.end, rise)
    ]
    for side, owner in enumerate(both):
        heights = [ends[side] for ends in rise]
        found.append(Lifted(_edge(wall, heights, colour, tear), (owner,), _LINE))
    return found


def _edge(wall: Wall, heights: Sequence[Fraction], colour: str, width: float) -> Element:
    ends = as_points(wall[:2])
    return Element(
        _floats((*p, z) for p, z in zip(ends, heights, strict=True)), edge=colour, width=width
    )


def _floats(corners: Iterable[Iterable[Any]]) -> tuple[Point3, ...]:
    return tuple((float(x), float(y), float(z)) for x, y, z in corners)


def torn_order(
    items: Sequence[Lifted], count: int, edges: Sequence[Wall]
) -> Callable[[Point3], list[int]]:
    """Return the painter's order: a wall after the farther of its faces, all else after both."""

    def order(toward: Point3) -> list[int]:
        rank = {number: i for i, number in enumerate(back_to_front(count, edges, toward[:2]))}
        keys = []
        for item in items:
            ranks = [rank[owner] for owner in item.owners]
            keys.append((min(ranks) if item.kind == _WALL else max(ranks), item.kind))
        return sorted(range(len(items)), key=keys.__getitem__)

    return order
