"""A network mapped to another one, and the tears that come of it.

A network's local linear maps are sent to another network's by least squares, and what they then are
together is a function on the first network's regions (`exactpwl.linearmaps`).  It jumps across
facets, as a rule.  Between the edges of its graph stand red walls, as high as the jump is at each
point; seen from above a facet is the darker the more the function jumps there.  Sizes of jumps are
exact: an affine difference is greatest at an end of the visible facet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize

from exactpwl.formula import variable_names
from exactpwl.plot.canvas import add_domain, new_axes, prepare
from exactpwl.plot.clip import Vector, as_points
from exactpwl.plot.decision import level_set_of
from exactpwl.plot.depth import walls
from exactpwl.plot.edges import Segment, chains, draw_segments
from exactpwl.plot.lifted import Light, borders, faces, level_lines
from exactpwl.plot.painter import PaintedScene
from exactpwl.plot.space import new_space, prepare_space, required_space
from exactpwl.plot.style import FONT, INK, JUMP, MUTED, layer_styles
from exactpwl.plot.torn import Facet, facet_items, rise_of, torn_order
from exactpwl.plot.view import View, complex_view
from exactpwl.rationals import RationalLike, as_fraction, homogeneous

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.linearmaps import MappedFunction

__all__ = [
    "Tear",
    "draw_jumps",
    "draw_leaps",
    "draw_wires",
    "jumps",
    "leaps",
    "mapped_wireframe",
    "tears",
]

_TALL, _VIEW = 0.6, (32.0, -60.0)
_THIN = 0.45  # of the width that lines have in a plan
_EVEN = Light((0.0, 0.0, 1.0), 0.0)
_REDS = ("#e6dfe3", "#e58aa9", JUMP, "#5c0a2b")
_MANY, _LEAP = 4000, 1.6


class Tear(NamedTuple):
    """A visible facet, the numbers of the two patches, and the greatest jump on it; 0 if none."""

    facet: Facet
    size: Fraction


def tears(view: View) -> list[Tear]:
    """Return all facets that a view shows, with the jump of the view's function on each.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> seen = complex_view(regions(gallery.get("xor")), [(-2, 2), (-2, 2)])
    >>> [str(tear.size) for tear in tears(seen)]
    ['0', '0']
    """
    found = []
    for wall in walls(view.patches):
        if wall.right is not None:
            size = max(abs(high - low) for low, high in rise_of(view, wall))
            found.append(Tear(Facet(wall, bool(size)), size))
    return found


def mapped_wireframe(
    mapped: MappedFunction,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    level: RationalLike | None = 0,
    view: tuple[float, float] = _VIEW,
) -> Axes:
    """Draw the edges of the graph of a mapped function, with a red wall where it jumps.

    Parameters
    ----------
    mapped : MappedFunction
        On the complex of a network with two inputs.
    ax : matplotlib Axes3D, optional
        Where to draw; a new figure without one.
    window, output, level, view
        As in `exactpwl.plot.wireframe`.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        As `exactpwl.plot.wireframe`.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.linearmaps import local_maps, maps_between
    >>> xor = gallery.get("xor")
    >>> maps = local_maps(xor, [(0, "-3/4"), (1, 1), (-1, -1)])
    >>> mapped = maps_between(maps, maps).on(regions(xor))
    >>> mapped_wireframe(mapped, window=[(-2, 2), (-2, 2)]).name
    '3d'
    """
    space: Axes = new_space() if ax is None else required_space(ax)
    draw_wires(space, mapped.complex, complex_view(mapped.complex, window, output), level, view)
    return space


def draw_wires(
    space: Any,
    complex_: PolyhedralComplex,
    seen: View,
    level: RationalLike | None = 0,
    view: tuple[float, float] = _VIEW,
) -> None:
    """Draw the graph of the function that a complex has by its affine maps, torn or not."""
    low, high = map(float, seen.limits)
    pad = 0.0 if low < high else 1.0
    limits = [(float(start), float(end)) for start, end in seen.window]
    names = [*variable_names(2), seen.label]
    prepare_space(space, [*limits, (low - pad, high + pad)], names, tall=_TALL, view=view)
    edges = walls(seen.patches)
    width = _THIN * layer_styles(1, len(seen.patches))[0][0]
    items = faces(seen, [], lambda number, value: "white", _EVEN) + borders(seen, edges)
    for tear in tears(seen):
        items += facet_items(seen, tear.facet, width, width, INK)
    cut_at = seen.level(level)
    if cut_at is not None:
        items += level_lines(seen, level_set_of(seen, cut_at, complex_.domain), cut_at)
    order = torn_order(items, len(seen.patches), edges)
    space.add_collection(PaintedScene([item.element for item in items], order), autolim=False)


def jumps(
    mapped: MappedFunction,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    largest: RationalLike | None = None,
) -> Axes:
    """Draw the facets of a mapped function from above, the darker the more it jumps there.

    Parameters
    ----------
    mapped : MappedFunction
        On the complex of a network with two inputs.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    window, output
        As in `exactpwl.plot.top_down`.
    largest : rational, optional
        The jump that has the darkest colour; the largest one in the window by default.

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
    >>> from exactpwl.linearmaps import grid_points, local_maps, maps_between
    >>> xor, bent = gallery.get("xor"), gallery.get("hat2d")
    >>> grid = grid_points(9, [(-1, 1), (-1, 1)])
    >>> mapped = maps_between(local_maps(xor, grid), local_maps(bent, grid)).on(regions(xor))
    >>> ax = jumps(mapped, window=[(-1, 1), (-1, 1)])
    >>> len(ax.collections[0].get_segments())
    2
    """
    seen = complex_view(mapped.complex, window, output)
    ax = new_axes(seen.window) if ax is None else ax
    draw_jumps(ax, mapped.complex, seen, None if largest is None else as_fraction(largest))
    return ax


def draw_jumps(
    ax: Axes, complex_: PolyhedralComplex, seen: View, largest: Fraction | None = None
) -> tuple[Tear, ...]:
    """Draw the jumps of the function that a complex has by its affine maps, and return all facets.

    See `jumps`.
    """
    prepare(ax, seen.window)
    found = tears(seen)
    top = max((tear.size for tear in found), default=Fraction(0)) if largest is None else largest
    norm, colours = Normalize(0.0, float(top) or 1.0), _reds()
    ordered = sorted(found, key=lambda tear: tear.size)
    width = layer_styles(1, len(seen.patches))[0][0]
    lines = LineCollection(
        [_floats(tear.facet.wall[:2]) for tear in ordered],
        colors=[colours(norm(float(tear.size))) for tear in ordered],
        linewidths=width,
        capstyle="round",
        rasterized=len(found) > _MANY,
        zorder=3,
    )
    ax.add_collection(lines, autolim=False)
    add_domain(ax, complex_.domain, seen.window)
    if top:
        _bar(ax, norm, colours)
    return tuple(found)


def draw_leaps(ax: Axes, seen: View, level: Fraction = Fraction(0)) -> None:
    """Draw in red where the function jumps from one side of a level to the other."""
    found = [part for tear in tears(seen) for part in leaps(seen, tear, level)]
    draw_segments(ax, chains(found), colors=JUMP, linewidths=_LEAP, zorder=4)


def leaps(seen: View, tear: Tear, level: Fraction) -> list[Segment]:
    """Return the parts of a facet on which a level lies between the values of its two sides.

    Examples
    --------
    The network jumps nowhere:

    >>> from exactpwl import gallery, regions
    >>> seen = complex_view(regions(gallery.get("xor")), [(-2, 2), (-2, 2)])
    >>> [leaps(seen, tear, Fraction(0)) for tear in tears(seen)]
    [[], []]
    """
    if not tear.size:
        return []
    (a, b), (c, d) = rise_of(seen, tear.facet.wall)
    sides = [(start - level, end - level) for start, end in ((a, c), (b, d))]
    zeros = {start / (start - end) for start, end in sides if start * end < 0}
    places = sorted({Fraction(0), Fraction(1), *zeros})
    found: list[Segment] = []
    for first, last in pairwise(places):
        middle = (first + last) / 2
        below, above = (start + middle * (end - start) for start, end in sides)
        if below * above < 0:
            found.append((_between(tear, first), _between(tear, last)))
    return found


def _between(tear: Tear, share: Fraction) -> Vector:
    """Return the point that divides a facet at a share of its way."""
    start, end = as_points(tear.facet.wall[:2])
    return homogeneous([p + share * (q - p) for p, q in zip(start, end, strict=True)])


def _floats(ends: Iterable[Vector]) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in as_points(tuple(ends))]


def _reds() -> Colormap:
    return LinearSegmentedColormap.from_list("exactpwl jumps", _REDS)


def _bar(ax: Axes, norm: Normalize, colours: Colormap) -> None:
    figure = ax.get_figure(root=True)
    assert figure is not None
    bar = figure.colorbar(ScalarMappable(norm, colours), cax=ax.inset_axes((1.03, 0.0, 0.035, 1.0)))
    bar.ax.tick_params(labelsize=FONT["small"], color=MUTED, labelcolor=MUTED, length=2, width=0.6)
    outline: Any = bar.outline
    outline.set(linewidth=0.6, edgecolor=MUTED)
