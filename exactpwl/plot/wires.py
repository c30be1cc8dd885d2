"""The wireframe: the edges of a surface in space, and nothing else.

The graph of a piecewise-linear function is a polyhedral surface, so its exact edges tell all of it:
no grid is laid over it, as wireframes of other functions need one.  Each edge has the width of the
layer that bends there.  Edges behind the surface are hidden by white faces, painted in an exact
order, or shown, for a surface that is to be seen through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from exactpwl.formula import variable_names
from exactpwl.plot.data import as_data
from exactpwl.plot.decision import level_set_of
from exactpwl.plot.depth import walls
from exactpwl.plot.lifted import (
    Light,
    borders,
    faces,
    kinks,
    level_lines,
    marks,
    painting_order,
)
from exactpwl.plot.painter import PaintedScene
from exactpwl.plot.space import new_space, prepare_space, required_space
from exactpwl.plot.style import layer_styles
from exactpwl.plot.topdown import add_plan_caption
from exactpwl.plot.view import complex_view
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["wireframe"]

_TALL = 0.6
_THIN = 0.6  # of the width that a layer's lines have in a plan
_EVEN = Light((0.0, 0.0, 1.0), 0.0)
"""Light from above on what is taken as level: all faces are white."""


def wireframe(
    complex_: PolyhedralComplex,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    level: RationalLike | None = 0,
    points: Iterable[Iterable[RationalLike]] | None = None,
    labels: Iterable[int] | None = None,
    hidden: bool = True,
    view: tuple[float, float] = (32.0, -60.0),
    caption: bool = True,
) -> Axes:
    """Draw the edges of the graph of a network with two inputs.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    ax : matplotlib Axes3D, optional
        Where to draw; a new figure without one.
    window, output, level, points, labels
        As in `exactpwl.plot.surface`.
    hidden : bool
        Whether edges behind the surface are hidden.
    view : (float, float)
        Elevation and azimuth of the viewer in degrees.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        As `exactpwl.plot.surface`.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> ax = wireframe(regions(xor), window=[(-2, 2), (-2, 2)])
    >>> ax.texts[0].get_text()
    '3 activation regions in the plane, 3 in this window'
    """
    seen = complex_view(complex_, window, output)
    cut_at = seen.level(level)
    space: Axes = new_space() if ax is None else required_space(ax)
    low, high = map(float, seen.limits)
    pad = 0.0 if low < high else 1.0
    limits = [(float(start), float(end)) for start, end in seen.window]
    prepare_space(
        space,
        [*limits, (low - pad, high + pad)],
        [*variable_names(2), seen.label],
        tall=_TALL,
        view=view,
    )
    edges = walls(seen.patches)
    looks = layer_styles(len(complex_.network.widths), len(seen.patches))
    styles = [(_THIN * width, colour) for width, colour in looks]
    items = faces(seen, [], lambda number, value: "white", _EVEN) if hidden else []
    items += borders(seen, edges)
    for bent in kinks(complex_, seen, edges, styles, None).values():
        items += bent
    if cut_at is not None:
        items += level_lines(seen, level_set_of(seen, cut_at, complex_.domain), cut_at)
    items += marks(seen, *as_data(points, labels))
    order = painting_order(items, len(seen.patches), edges)
    scene = PaintedScene([item.element for item in items], order)
    space.add_collection(scene, autolim=False)
    if caption:
        add_plan_caption(space, complex_, seen, None)
    return space
