"""The complex of a network with three inputs: cut open at a corner, or its cells moved apart.

A solid that is filled with cells shows its outside only.  There are two ways in.  Cut open, a wedge
is taken away, by default the window's corner that is nearest to the viewer, and on the cut faces
lie the regions of three planes through the network.  Exploded, every cell moves away from the
window's centre, by a multiple of its own centre's distance, so that all gaps open alike and each
cell shows its facets.

Cells are cut by window and wedge exactly (`exactpwl.plot.polytope`, `exactpwl.plot.opening`), and
what hides what is decided exactly (`exactpwl.plot.sight`), again for each direction from which the
figure is seen.  The colours of an output are bands between level sets of each cell's affine
function, under a light that is the same for all faces of one direction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from matplotlib.colors import Colormap
from matplotlib.lines import Line2D

from exactpwl.errors import FigureError
from exactpwl.formula import format_affine, variable_names
from exactpwl.plot.canvas import add_caption, add_legend
from exactpwl.plot.caption import caption_phrases, counted, height_name, ordinal
from exactpwl.plot.painter import PaintedScene
from exactpwl.plot.patches import Height, functional
from exactpwl.plot.polytope import HalfSpace, polytope_of, vertices
from exactpwl.plot.scale import Scale
from exactpwl.plot.scene import Colouring, Part, Scene, Style, parts
from exactpwl.plot.shading import adjacent_colours
from exactpwl.plot.sight import integer_direction
from exactpwl.plot.space import prepare_space
from exactpwl.plot.stage import add_bar, directions, light_from, new_stage, view_direction
from exactpwl.plot.style import DECISION, TINTS, diverging, layer_styles, sequential
from exactpwl.plot.window import Bounds, as_window, default_window
from exactpwl.rationals import (
    RationalLike,
    as_fraction,
    as_fractions,
    clear_denominators,
    format_fraction,
    ordinary,
)

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Wedge", "solid"]

Wedge = Sequence[tuple[Sequence[RationalLike], RationalLike]]
ColourBy = Literal["output", "region", "linear"]
_BANDS = 40
_VIEW = (24.0, -56.0)
_SMALLER = 0.6  # lines in space, as a part of those in a plan
_ZOOM = 1.0


class _Sight(NamedTuple):
    """What is looked at: the window, the wedge that is cut away, and the parts that remain."""

    window: Bounds
    met: int
    wedge: tuple[HalfSpace, ...]
    explode: Fraction
    parts: tuple[Part, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(part.cell for part in self.parts))


def solid(
    complex_: PolyhedralComplex,
    ax: Any = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    colour_by: ColourBy = "output",
    level: RationalLike | None = 0,
    explode: RationalLike = 0,
    cut_away: Wedge | None = None,
    bounded: bool = False,
    view: tuple[float, float] = _VIEW,
    caption: bool = True,
) -> Any:
    """Draw the complex of a network with three inputs, cut open or exploded.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with three inputs; `Network.section` makes one of any other.
    ax : Axes3D, optional
        Where to draw; a new figure without one.
    window : Domain that is a box, or three pairs (low, high) of rationals, optional
        Unbounded cells are cut off there; by default as in `top_down`.
    output : int, or sequence of rationals
        The output that is shown, counted from 0, or a weighted sum of all outputs.
    colour_by : {"output", "region", "linear"}
        Colours of the output, in bands; or flat ones that differ between neighbouring activation
        regions, or between neighbouring linear regions (definition R4).
    level : rational or None
        The decision boundary {output = level} is drawn on all faces, and the colours are centred
        there, where the window has values on both sides of it.
    explode : rational, at least 0
        Each cell moves away from the window's centre, by so many times its own centre's distance.
    cut_away : pairs (normal, offset), optional
        The points with normal . x >= offset for every pair are taken away.  By default those are
        the window's octant nearest to the viewer, and nothing in an exploded figure; () is nothing.
    bounded : bool
        Whether to show bounded regions only.
    view : (float, float)
        Elevation and azimuth of the viewer in degrees.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes3D

    Raises
    ------
    FigureError
        If there are not three inputs, the window is no box or shows no region, nothing is left
        after the cut, or an option is unknown.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> ax = solid(regions(gallery.get("resonance:3")), window=[(-1, 1)] * 3, explode="1/2")
    >>> " ".join(ax.texts[0].get_text().split())
    'resonance:3: 32 activation regions in space, 32 in this window'
    """
    if colour_by not in get_args(ColourBy):
        options = ", ".join(map(repr, get_args(ColourBy)))
        raise FigureError(f"colour_by must be one of {options}, got {colour_by!r}")
    sight = _sight(complex_, window, as_fraction(explode), cut_away, bounded, view)
    weights = functional(output, complex_.network.output_dimension)
    heights = [Height.of(affine_map, weights) for affine_map in complex_.affine_maps]
    low, high = _limits(sight.parts, heights)
    cut_at = None if level is None else as_fraction(level)
    if cut_at is not None and not low < cut_at < high:
        cut_at = None
    scale = Scale(low, high, (low + high) / 2 if cut_at is None else cut_at, None)
    colormap = sequential() if cut_at is None else diverging(*scale.reach)
    if colour_by == "output":
        marked = [] if cut_at is None else [cut_at]
        levels = sorted({*scale.levels(_BANDS), *marked})
        colour = _graded(scale, colormap)
    else:
        levels, colour = [], _flat(complex_, colour_by)
    styles = [
        (_SMALLER * width, ink)
        for width, ink in layer_styles(len(complex_.network.widths), len(sight.cells))
    ]
    style = Style(styles, light_from(view))
    colouring = Colouring(heights, levels, colour, cut_at)
    scene = Scene(complex_, sight.parts, sight.wedge, colouring, style)
    ax = new_stage() if ax is None else ax
    _prepare(ax, sight, view)
    ax.add_collection3d(PaintedScene(scene.elements, scene.order), autolim=False)
    name = height_name(weights, 3)
    if colour_by == "output":
        add_bar(ax, scale, colormap, name, cut_at)
    add_legend(ax, [*_entries(sight.parts, styles), *_level_entry(name, cut_at)])
    if caption:
        add_caption(ax, _caption(complex_, sight))
    if sight.explode:
        directions(ax, view)
    return ax


def _sight(
    complex_: PolyhedralComplex,
    window: Any,
    explode: Fraction,
    cut_away: Wedge | None,
    bounded: bool,
    view: tuple[float, float],
) -> _Sight:
    """Return what is looked at, or raise the errors of `solid`."""
    _require_three_inputs(complex_.dimension)
    if explode < 0:
        raise FigureError(f"explode must be at least 0, got {format_fraction(explode)}")
    bounds = as_window(default_window(complex_) if window is None else window, 3)
    if cut_away is None:
        wedge = () if explode else _corner(bounds, view)
    else:
        wedge = tuple(_half_space(normal, offset) for normal, offset in cut_away)
    bodies = {cell: polytope_of(complex_, cell, bounds) for cell in range(len(complex_))}
    seen = {cell: faces for cell, faces in bodies.items() if faces}
    chosen = {c: seen[c] for c in seen if not bounded or complex_.regions[c].is_bounded}
    shown = tuple(parts(chosen, bounds, wedge, explode))
    if not shown:
        raise FigureError(
            "a window with something to show is required: no "
            f"{'bounded ' if bounded else ''}region is left in it after the cut"
        )
    return _Sight(bounds, len(seen), wedge, explode, shown)


def _require_three_inputs(inputs: int) -> None:
    if inputs != 3:
        mend = {1: "plot.derivatives serves", 2: "plot.top_down or plot.surface serves"}.get(
            inputs, "draw a space through it: network.section(point, [u, v, w])"
        )
        raise FigureError(
            f"a solid needs a function of 3 inputs, got {counted(inputs, 'input')}; {mend}"
        )


def _half_space(normal: Sequence[RationalLike], offset: RationalLike) -> HalfSpace:
    a, b = as_fractions(normal), as_fraction(offset)
    if len(a) != 3 or not any(a):
        raise FigureError(
            "cut_away takes pairs (normal, offset) with a normal of 3 numbers that is not 0, "
            f"got {len(a)} numbers"
        )
    return clear_denominators((*a, -b))[0]


def _corner(window: Bounds, view: tuple[float, float]) -> tuple[HalfSpace, ...]:
    """Return the planes of the window's octant that is nearest to the viewer."""
    toward = integer_direction(view_direction(view))
    planes = []
    for axis, (low, high) in enumerate(window):
        normal = [Fraction(0)] * 3
        normal[axis] = Fraction(1 if toward[axis] >= 0 else -1)
        planes.append(_half_space(normal, normal[axis] * (low + high) / 2))
    return tuple(planes)


def _limits(shown: Sequence[Part], heights: Sequence[Height]) -> tuple[Fraction, Fraction]:
    values = [heights[p.cell].at(v) for p in shown for v in vertices(p.piece.faces)]
    return min(values), max(values)


def _graded(scale: Scale, colormap: Colormap) -> Callable[[int, Fraction], Any]:
    norm = scale.norm()
    return lambda _, value: colormap(float(norm(float(value))))[:3]


def _flat(complex_: PolyhedralComplex, colour_by: str) -> Callable[[int, Fraction], Any]:
    single = [(i,) for i in range(len(complex_))]
    groups = complex_.linear_regions if colour_by == "linear" else single
    colours = adjacent_colours(groups, [(a, b) for a, b, _ in complex_.adjacencies])
    return lambda cell, _: TINTS[colours[cell] % len(TINTS)]


def _prepare(ax: Any, sight: _Sight, view: tuple[float, float]) -> None:
    """Set limits, names and point of view."""
    moved = [
        [c + s for c, s in zip(ordinary(vertex), part.shift, strict=True)]
        for part in sight.parts
        for vertex in vertices(part.piece.faces)
    ]
    ends = zip(*moved, strict=True) if sight.explode else sight.window
    limits = [(float(min(end)), float(max(end))) for end in ends]
    lengths = [high - low for low, high in limits]
    tall = lengths[2] / max(lengths[:2])
    prepare_space(ax, limits, variable_names(3), tall=tall, view=view)
    ax.set_box_aspect(lengths, zoom=_ZOOM)


def _entries(shown: Sequence[Part], styles: Sequence[tuple[float, str]]) -> Iterator[Line2D]:
    """Yield the legend's entry of each layer that is seen."""
    layers = {f.layer for part in shown for f in part.piece.faces if f.layer is not None}
    for layer in sorted(layers):
        width, ink = styles[layer]
        yield Line2D([], [], color=ink, linewidth=width, label=f"{ordinal(layer + 1)} layer")


def _level_entry(name: str, cut_at: Fraction | None) -> list[Line2D]:
    if cut_at is None:
        return []
    label = f"{name} = {format_fraction(cut_at)}"
    return [Line2D([], [], color=DECISION, linewidth=2.2, label=label)]


def _caption(complex_: PolyhedralComplex, sight: _Sight) -> tuple[tuple[str, ...], ...]:
    counts, details = caption_phrases(complex_, sight.met, sight.window)
    faces = ", ".join(map(str, complex_.f_vector))
    more = [f"f-vector ({faces})"]
    if len(sight.cells) < sight.met:
        more.append(f"{counted(len(sight.cells), 'region')} shown")
    if sight.wedge:
        more.append(f"cut away: {', '.join(map(_in_words, sight.wedge))}")
    if sight.explode:
        more.append(f"exploded by {format_fraction(sight.explode)}")
    return counts, (*(f"{phrase};" for phrase in more), *details)


def _in_words(row: HalfSpace) -> str:
    """Return a half-space with the first coefficient 1.

    Examples
    --------
    >>> _in_words((0, -2, 0, 1)), _in_words((1, -1, 0, 0))
    ('y <= 1/2', 'x-y >= 0')
    """
    first = next(entry for entry in row if entry)
    left = format_affine([Fraction(entry, first) for entry in row[:3]], 0, variable_names(3))
    return f"{left} {'>=' if first > 0 else '<='} {format_fraction(Fraction(-row[3], first))}"
