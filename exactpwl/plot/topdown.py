"""The top-down figure: a network with two inputs, seen from above.

Every region is coloured by its exact affine function, so that the colours are continuous and kinks
are seen; the boundaries of each layer have their own line width, the first layer's the thickest;
the decision boundary {f = level} lies on top.  The caption says how many activation regions there
are and how many of them the window shows, both exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from exactpwl.errors import FigureError
from exactpwl.plot.canvas import (
    add_caption,
    add_colour_bar,
    add_domain,
    add_legend,
    checked_path,
    new_axes,
    prepare,
    save_figure,
)
from exactpwl.plot.caption import caption_phrases, counted, first_layers, title
from exactpwl.plot.data import as_data, draw_points
from exactpwl.plot.decision import draw_level
from exactpwl.plot.edges import draw_layers
from exactpwl.plot.inscriptions import add_inscriptions
from exactpwl.plot.scale import colour_scale
from exactpwl.plot.shading import adjacent_colours, paint, shade
from exactpwl.plot.style import diverging, sequential
from exactpwl.plot.view import View, complex_view
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "ColourBy",
    "add_plan_caption",
    "check_colours",
    "flat_colours",
    "save_top_down",
    "top_down",
]

ColourBy = Literal["output", "region", "linear"]


def top_down(
    complex_: PolyhedralComplex,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    colour_by: ColourBy = "output",
    level: RationalLike | None = 0,
    layers: int | None = None,
    patterns: bool = False,
    maps: bool = False,
    points: Iterable[Iterable[RationalLike]] | None = None,
    labels: Iterable[int] | None = None,
    caption: bool = True,
) -> Axes:
    """Draw a complex with two inputs from above.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at; by default the domain if it is a box, else a box around all vertices.
    output : int, or sequence of rationals
        The output that is shown, counted from 0, or a weighted sum of all outputs: (1, -1) is
        the difference whose sign decides between two classes.
    colour_by : {"output", "region", "linear"}
        Colours of the output, or flat ones that differ between neighbouring activation regions,
        or between neighbouring linear regions (definition R4).
    level : rational or None
        The decision boundary {output = level} is drawn, and the colours are centred there, where
        the window has values on both sides of it.  Where the values reach far beyond the typical
        ones the colours have an asinh scale, and the colour bar says so.
    layers : int, optional
        How many layers' boundaries are drawn, from the first one on; by default those of all.  The
        caption then says how many regions these layers have.
    patterns : bool
        Whether to write each region's activation pattern into it.
    maps : bool
        Whether to write into each region the exact affine function that `output` is there.  Where
        a text does not fit it is left out, and the caption says how many are.
    points : pairs of rationals, optional
        Data points.
    labels : sequence of int, optional
        The class of each data point; classes differ in colour and mark.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        If there are not two inputs, the window is no box or shows no region, `output` or
        `colour_by` is unknown, there are not so many layers, or the data points are no pairs or
        have not one label each.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> ax = top_down(regions(xor), window=[(-2, 2), (-2, 2)])
    >>> ax.texts[0].get_text()
    '3 activation regions in the plane, 3 in this window'
    """
    check_colours(colour_by)
    data, classes = as_data(points, labels)
    view = complex_view(complex_, window, output)
    cut_at = view.level(level)
    ax = new_axes(view.window) if ax is None else ax
    prepare(ax, view.window)
    bar = None
    if colour_by == "output":
        scale = colour_scale(view, cut_at)
        colormap = sequential() if cut_at is None else diverging(*scale.reach)
        bar = add_colour_bar(ax, shade(ax, view, colormap, scale), view.label, scale)
    else:
        paint(ax, view.patches, flat_colours(complex_, colour_by))
    handles: list[Artist] = [*draw_layers(ax, complex_, view, layers)]
    if cut_at is not None:
        handles += draw_level(ax, view, cut_at, complex_.domain, bar)
    add_domain(ax, complex_.domain, view.window)
    draw_points(ax, data, classes)
    add_legend(ax, handles)
    written = add_plan_caption(ax, complex_, view, layers) if caption else None
    what: Any = {"patterns": patterns, "maps": maps}
    add_inscriptions(ax, complex_, view, written, level=cut_at, points=data, **what)
    return ax


def add_plan_caption(
    ax: Axes, complex_: PolyhedralComplex, view: View, layers: int | None, *notes: str
) -> Annotation:
    """Write the caption of a plan or surface, and how many regions the drawn layers have alone."""
    if layers is not None and layers < len(complex_.network.widths):
        total, seen = first_layers(complex_, (patch.cell for patch in view.patches), layers)
        which = ("no layer", "the first layer alone", f"the first {layers} layers alone")[
            min(layers, 2)
        ]
        notes = (*notes, f"{which}: {counted(total, 'region')}, {seen} in this window")
    return add_caption(ax, caption_phrases(complex_, len(view.patches), view.window, *notes))


def save_top_down(complex_: PolyhedralComplex, path: str | Path, **options: Any) -> Path:
    """Write the top-down figure to a file: PDF, SVG or PNG, by the suffix.

    The same complex and options give the same bytes, with one version of matplotlib.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    path : str or Path
        Ends in ``.pdf``, ``.svg`` or ``.png``.
    **options
        Those of `top_down`, without `ax`.

    Returns
    -------
    Path

    Raises
    ------
    FigureError
        As `top_down`, or if the suffix is another one.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from exactpwl import Network, regions
    >>> cross = regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")]))
    >>> with TemporaryDirectory() as folder:
    ...     path = save_top_down(cross, f"{folder}/cross.svg", colour_by="region")
    ...     path.name, path.read_bytes()[:5]
    ('cross.svg', b'<?xml')
    """
    checked = checked_path(path)
    ax = top_down(complex_, **options)
    return save_figure(ax, checked, title(complex_))


def check_colours(colour_by: str) -> None:
    """Raise a `FigureError` if there are no such colours."""
    if colour_by not in get_args(ColourBy):
        options = ", ".join(map(repr, get_args(ColourBy)))
        raise FigureError(f"colour_by must be one of {options}, got {colour_by!r}")


def flat_colours(complex_: PolyhedralComplex, colour_by: ColourBy) -> dict[int, int]:
    """Return the number of each cell's colour, different for neighbouring regions."""
    single = [(i,) for i in range(len(complex_))]
    groups = complex_.linear_regions if colour_by == "linear" else single
    return adjacent_colours(groups, [(a, b) for a, b, _ in complex_.adjacencies])
