"""A deep network layer by layer: one plan for the first layer, one for the first two, and so on.

The k-th panel shows the complex of the first k layers: which regions they cut, and how the next
layer refines them, in lines that bend where earlier layers do.  Each region has one colour, the
mean of the network's output over its part of the window: the best that a function could do which
is constant on each of them.  So shapes that the output has appear as soon as a layer's regions can
hold them, and are refined by the next.

The regions of the first k layers are unions of regions of the whole network, those whose patterns
begin alike; nothing is computed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable

from exactpwl.errors import FigureError
from exactpwl.plot.canvas import add_colour_bar, add_domain, add_sheet_caption, prepare
from exactpwl.plot.caption import caption_phrases, counted, first_layers, place_name
from exactpwl.plot.clip import area, centroid
from exactpwl.plot.data import as_data, draw_points
from exactpwl.plot.decision import draw_level
from exactpwl.plot.edges import draw_layers
from exactpwl.plot.headings import add_heading
from exactpwl.plot.panels import new_panels, required_axes
from exactpwl.plot.scale import colour_scale
from exactpwl.plot.shading import fill, shade
from exactpwl.plot.style import diverging, sequential
from exactpwl.plot.view import View, complex_view
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["LayerColours", "layers", "means"]

LayerColours = Literal["mean", "output"]

_COLUMNS = 2
_PANEL = (3.3, 3.1)
_NOTE = 60  # letters in a line above a panel


def layers(
    complex_: PolyhedralComplex,
    axes: Sequence[Axes] | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    colour_by: LayerColours = "mean",
    level: RationalLike | None = 0,
    points: Iterable[Iterable[RationalLike]] | None = None,
    labels: Iterable[int] | None = None,
    caption: bool = True,
) -> tuple[Axes, ...]:
    """Draw the complexes of the first layer, of the first two layers, and so on, side by side.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    axes : sequence of matplotlib Axes, optional
        One for each layer with kinks; a new figure without them.
    window, output, level, points, labels
        As in `exactpwl.plot.top_down`; level and points are drawn in the last panel.
    colour_by : {"mean", "output"}
        Each region of the first layers in the colour of the mean of the output over what the
        window shows of it; or all panels in the colours of the output itself.
    caption : bool
        Whether to write above each panel how many regions its layers have, and on a new figure
        below them which network it is.

    Returns
    -------
    tuple of Axes

    Raises
    ------
    FigureError
        As `exactpwl.plot.top_down`; if the network has no layer with kinks; or if there is not one
        axes for each.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> panels = layers(regions(gallery.get("hat2d")))
    >>> [panel.texts[0].get_text() for panel in panels]
    ['6 regions in the plane, 6 in this window', '12 regions in the plane, 12 in this window']
    """
    if colour_by not in get_args(LayerColours):
        options = " or ".join(map(repr, get_args(LayerColours)))
        raise FigureError(f"colour_by must be {options}, got {colour_by!r}")
    count = len(complex_.network.widths)
    if not count:
        raise FigureError(
            "a network with kinks is required, this one is affine: draw it with plot.top_down"
        )
    data, classes = as_data(points, labels)
    view = complex_view(complex_, window, output)
    required_axes(axes, count)
    own = axes is None
    if axes is None:
        columns = min(count, _COLUMNS)
        made = new_panels(ceil(count / columns), columns, size=_PANEL)
        for spare in made[count:]:
            spare.remove()
        axes = made[:count]
    cut_at = view.level(level)
    for number, ax in enumerate(axes, start=1):
        prepare(ax, view.window)
        bar = _paint(ax, complex_, view, level, number, colour_by)
        draw_layers(ax, complex_, view, number)
        if number == count:
            if cut_at is not None:
                draw_level(ax, view, cut_at, complex_.domain, bar)
            draw_points(ax, data, classes)
        add_domain(ax, complex_.domain, view.window)
        if caption:
            _head(ax, complex_, view, number)
    if own and caption:
        what = f"the mean of {view.label} over each region" if colour_by == "mean" else view.label
        lines = caption_phrases(complex_, len(view.patches), view.window, f"colours: {what}")
        figure = axes[0].get_figure(root=True)
        assert figure is not None
        add_sheet_caption(figure, lines)
    return tuple(axes)


def means(complex_: PolyhedralComplex, view: View, count: int) -> dict[int, float]:
    """Return for each cell that is shown the mean of the output over its region of some layers.

    The mean over a polygon is the value at its centre of mass.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    view : of this complex
    count : int
        So many layers.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> both = regions(Network([([[1, 0]], [0], "relu"), ([[1]], [-1], "relu")]))
    >>> seen = complex_view(both, [(-1, 3), (0, 1)])
    >>> means(both, seen, 1) == {0: 0.0, 1: 2 / 3, 2: 2 / 3}
    True
    """
    weighted: dict[Any, list[float]] = defaultdict(lambda: [0.0, 0.0])
    starts = [tuple(complex_.cells[patch.cell].pattern)[:count] for patch in view.patches]
    for patch, start in zip(view.patches, starts, strict=True):
        x, y = centroid(patch.polygon)
        a, b, c = view.heights[patch.cell].row
        share = float(area(patch.polygon))
        weighted[start][0] += share * float((a * x + b * y + c) / view.heights[patch.cell].scale)
        weighted[start][1] += share
    return {
        patch.cell: weighted[start][0] / weighted[start][1]
        for patch, start in zip(view.patches, starts, strict=True)
    }


def _paint(
    ax: Axes,
    complex_: PolyhedralComplex,
    view: View,
    level: RationalLike | None,
    number: int,
    colour_by: LayerColours,
) -> Axes:
    """Fill a panel, and return its colour bar."""
    cut_at = view.level(level)
    scale = colour_scale(view, cut_at)
    colormap = sequential() if cut_at is None else diverging(*scale.reach)
    if colour_by == "output":
        return add_colour_bar(ax, shade(ax, view, colormap, scale), view.label, scale)
    colours = ScalarMappable(scale.norm(), colormap)
    mean = means(complex_, view, number)
    shown = np.array([mean[patch.cell] for patch in view.patches])
    fill(ax, view.patches, list(colours.to_rgba(shown)))
    return add_colour_bar(ax, colours, view.label, scale)


def _head(ax: Axes, complex_: PolyhedralComplex, view: View, number: int) -> None:
    total, seen = first_layers(complex_, (patch.cell for patch in view.patches), number)
    where = f"{counted(total, 'region')} in {place_name(complex_.domain)},"
    title = "the first layer" if number == 1 else f"the first {number} layers"
    add_heading(ax, title, (where, f"{seen} in this window"), _NOTE)
