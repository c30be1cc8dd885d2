"""The surface of a network with two inputs: the graph of an output over the plane.

It is the plan, lifted: the same window, colours, widths and level, and each region is one flat
face, so the surface is drawn as it is and not on a grid.  Where the network is not affine the
surface has a kink, in the width of its layer.  Below it, on the floor, lie the boundaries of the
plan.

Several outputs are shown through a linear function of them: weights (w1, w2, ...) give the graph of
w1 f1 + w2 f2 + ...  Kinks of a layer that happen to cancel in the sum are drawn all the same: they
are boundaries of activation regions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import cos, radians, sin
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from exactpwl.errors import FigureError
from exactpwl.formula import variable_names
from exactpwl.plot.canvas import add_legend
from exactpwl.plot.data import as_data
from exactpwl.plot.decision import level_entries, level_set_of
from exactpwl.plot.depth import walls
from exactpwl.plot.edges import layer_count, layer_entry
from exactpwl.plot.lifted import (
    Light,
    borders,
    faces,
    kinks,
    level_lines,
    marks,
    painting_order,
)
from exactpwl.plot.painter import PaintedScene, Point3
from exactpwl.plot.scale import colour_scale
from exactpwl.plot.space import new_space, prepare_space, required_space
from exactpwl.plot.style import AREA, TINTS, diverging, layer_styles, sequential
from exactpwl.plot.topdown import ColourBy, add_plan_caption, check_colours, flat_colours
from exactpwl.plot.view import View, complex_view
from exactpwl.rationals import RationalLike, as_fraction, format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["face_colours", "lamp", "surface"]

_BANDS, _MANY = 48, 100  # half as many bands where there are more patches
_TALL = 0.55
_GAP = 0.30


def surface(
    complex_: PolyhedralComplex,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    colour_by: ColourBy = "output",
    level: RationalLike | None = 0,
    layers: int | None = None,
    points: Iterable[Iterable[RationalLike]] | None = None,
    labels: Iterable[int] | None = None,
    exaggeration: RationalLike | None = None,
    floor: bool = True,
    view: tuple[float, float] = (32.0, -60.0),
    caption: bool = True,
) -> Axes:
    """Draw the graph of an output of a network with two inputs.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    ax : matplotlib Axes3D, optional
        Where to draw; a new figure without one.
    window, output, colour_by, level, layers, points, labels
        As in `exactpwl.plot.top_down`; data points stand on the surface.
    exaggeration : rational, optional
        How long a unit of the output is, in units of the inputs; by default so long that the
        surface fills its box.
    floor : bool
        Whether to draw the boundaries once more, flat, below the surface.
    view : (float, float)
        Elevation and azimuth of the viewer in degrees.
    caption : bool
        Whether to write legend and caption.

    Returns
    -------
    Axes
        Those in space; `ax.view_init` turns them, and the faces are put in order again.

    Raises
    ------
    FigureError
        As `exactpwl.plot.top_down`; or if `ax` is not in space, or the exaggeration not positive.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> ax = surface(regions(xor), window=[(-2, 2), (-2, 2)])
    >>> ax.texts[0].get_text()
    '3 activation regions in the plane, 3 in this window'
    """
    check_colours(colour_by)
    seen = complex_view(complex_, window, output)
    cut_at = seen.level(level)
    space: Any = new_space() if ax is None else required_space(ax)
    shape = _shape(seen, exaggeration, floor=floor)
    limits = [(float(start), float(end)) for start, end in seen.window]
    prepare_space(
        space,
        [*limits, (shape.bottom, shape.top)],
        [*variable_names(2), seen.label],
        tall=shape.tall,
        view=view,
        lowest_tick=shape.low,
    )
    steepness = shape.tall * max(b - a for a, b in limits) / (shape.top - shape.bottom)
    light = Light(lamp(view[1]), steepness)
    edges = walls(seen.patches)
    count = layer_count(complex_, layers)
    styles = layer_styles(len(complex_.network.widths), len(seen.patches))[:count]
    bent = kinks(complex_, seen, edges, styles, shape.bottom if floor else None)
    handles: list[Artist] = [layer_entry(layer, styles[layer]) for layer in bent]
    colour, levels = face_colours(complex_, seen, colour_by, cut_at)
    items = faces(seen, levels, colour, light) + borders(seen, edges)
    items += [item for found in bent.values() for item in found]
    if cut_at is not None:
        level_set = level_set_of(seen, cut_at, complex_.domain)
        items += level_lines(seen, level_set, cut_at)
        handles += level_entries(seen, cut_at, flat=bool(level_set.areas))
    items += marks(seen, *as_data(points, labels))
    order = painting_order(items, len(seen.patches), edges)
    scene = PaintedScene([item.element for item in items], order)
    space.add_collection(scene, autolim=False)
    if caption:
        add_legend(space, handles)
        add_plan_caption(space, complex_, seen, layers)
    drawn: Axes = space
    return drawn


class _Shape(NamedTuple):
    """Floor, least and greatest height, and how high the box is for its longer side of 1."""

    bottom: float
    low: float
    top: float
    tall: float


def _shape(view: View, exaggeration: RationalLike | None, *, floor: bool) -> _Shape:
    low, top = map(float, view.limits)
    if low == top:
        low, top = low - 1, top + 1
    bottom = low - _GAP * (top - low) if floor else low
    tall = _TALL
    if exaggeration is not None:
        exact = as_fraction(exaggeration)
        if exact <= 0:
            raise FigureError(f"a positive exaggeration is required, got {format_fraction(exact)}")
        tall = float(exact) * (top - bottom) / float(max(b - a for a, b in view.window))
    return _Shape(bottom, low, top, tall)


def lamp(azim: float) -> Point3:
    """Return the direction to a light that stands behind the viewer, to the left and high."""
    angle = radians(azim - 65.0)
    return (0.62 * cos(angle), 0.62 * sin(angle), 0.784)


def face_colours(
    complex_: PolyhedralComplex, view: View, colour_by: ColourBy, level: Fraction | None
) -> tuple[Callable[[int, Fraction], Any], list[Fraction]]:
    """Return the colour of each patch at a value, and the values at which a band ends."""
    if colour_by != "output":
        flat = flat_colours(complex_, colour_by)
        tints = [TINTS[flat[patch.cell] % len(TINTS)] for patch in view.patches]
        return (lambda number, value: tints[number]), []
    scale = colour_scale(view, level)
    colormap = sequential() if level is None else diverging(*scale.reach)
    norm = scale.norm()

    def colour(number: int, value: Fraction) -> Any:
        height = view.heights[view.patches[number].cell]
        if level is not None and not any(height.above(level)):
            return AREA
        return colormap(float(norm(float(value))))

    return colour, scale.levels(_BANDS if len(view.patches) <= _MANY else _BANDS // 2)
