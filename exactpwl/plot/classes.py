"""Decision regions: where a network decides for which class, in flat colours.

With one output the class is the side of a level on which the output lies.  On each patch the output
is affine, so both sides are polygons, cut exactly; a patch on which the output is the level
everywhere belongs to neither and has a colour of its own.  With several outputs the class is that
of the largest one: on each patch it is cut out by the differences of the outputs.  Of outputs that
are equal on a whole patch the first one wins, as in a maximum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Patch as Swatch

from exactpwl.plot.canvas import add_caption, add_domain, add_legend, new_axes, prepare
from exactpwl.plot.caption import caption_phrases
from exactpwl.plot.clip import Polygon, as_points, cut_polygon
from exactpwl.plot.data import accuracy_name, as_data, draw_points
from exactpwl.plot.decision import draw_level
from exactpwl.plot.edges import draw_layers
from exactpwl.plot.inscriptions import add_inscriptions
from exactpwl.plot.patches import Height
from exactpwl.plot.style import AREA, TINTS
from exactpwl.plot.view import View, complex_view
from exactpwl.rationals import RationalLike, as_fraction, format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.network import Network

__all__ = [
    "CLASS_FILLS",
    "ClassPart",
    "class_parts",
    "correct",
    "decision_regions",
    "draw_classes",
]

CLASS_FILLS = ("#a6c9e4", "#fbe0bd")
"""Below and above the level: dark and light also in grey print."""
_MANY = 2000


class ClassPart(NamedTuple):
    """A polygon that is decided for one class.

    Attributes
    ----------
    kind : int
        -1, 0, +1: output below, at or above the level; with several outputs the class, from 0.
    polygon : vertices, counter-clockwise
    """

    kind: int
    polygon: Polygon


def decision_regions(
    complex_: PolyhedralComplex,
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] | None = None,
    level: RationalLike = 0,
    kinks: bool = True,
    patterns: bool = False,
    maps: bool = False,
    points: Iterable[Iterable[RationalLike]] | None = None,
    labels: Iterable[int] | None = None,
    caption: bool = True,
) -> Axes:
    """Draw which class a network with two inputs decides for, with data points on it.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    window : Domain that is a box, or two pairs (low, high) of rationals, optional
        What to look at; by default the domain if it is a box, else a box around all vertices.
    output : int, or sequence of rationals, optional
        The output, or weighted sum of outputs, that is compared with the level.  By default a
        single output is, and several decide for the largest of them.
    level : rational
        Between two classes.
    kinks : bool
        Whether to draw the boundaries of the layers.
    patterns, maps : bool
        Whether to write into each region its activation pattern, and the exact affine function
        that `output` is there.
    points : pairs of rationals, optional
        Data points.
    labels : sequence of int, optional
        Their classes: 1 above the level, -1 below it; with several outputs the class, from 0.
    caption : bool
        Whether to write the counts, and how many points are classified right.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        As `exactpwl.plot.top_down`; or if the points are no pairs, or have not one label each.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> corners, classes = [(0, 0), (0, 1), (1, 0), (1, 1)], [1, -1, -1, -1]
    >>> ax = decision_regions(
    ...     regions(xor), window=[(-2, 2), (-2, 2)], points=corners, labels=classes
    ... )
    >>> ax.texts[0].get_text().splitlines()[-1]
    '4 of 4 points right (100%)'
    """
    data, named = as_data(points, labels)
    by_sign = output is not None or complex_.network.output_dimension == 1
    view = complex_view(complex_, window, 0 if output is None else output)
    cut_at = as_fraction(level) if by_sign else None
    ax = new_axes(view.window) if ax is None else ax
    prepare(ax, view.window)
    handles = draw_classes(ax, complex_, view, cut_at, kinks=kinks)
    draw_points(ax, data, named)
    written = None
    if caption:
        add_legend(ax, handles)
        counts, details = caption_phrases(complex_, len(view.patches), view.window)
        if named:
            right = sum(correct(complex_.network, data, named, view.weights, cut_at))
            counts = (*counts[:-1], f"{counts[-1]};", accuracy_name(right, len(data)))
        written = add_caption(ax, (counts, details))
    what: Any = {"patterns": patterns, "maps": maps}
    add_inscriptions(ax, complex_, view, written, level=cut_at, points=data, **what)
    return ax


def draw_classes(
    ax: Axes, complex_: PolyhedralComplex, view: View, level: Fraction | None, *, kinks: bool
) -> list[Artist]:
    """Fill the classes and draw what is between them; return the legend's entries."""
    handles = _paint(ax, class_parts(complex_, view, level), view, level)
    if kinks:
        handles += draw_layers(ax, complex_, view)
    if level is not None and view.splits(level):
        handles += draw_level(ax, view, level, complex_.domain, None)
    add_domain(ax, complex_.domain, view.window)
    return handles


def class_parts(
    complex_: PolyhedralComplex, view: View, level: Fraction | None
) -> tuple[ClassPart, ...]:
    """Return the polygons of each class; by the largest output where there is no level.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> slope = regions(Network([([[1, 0]], [0], "linear")]))
    >>> seen = complex_view(slope, [(-1, 1), (0, 1)])
    >>> [part.kind for part in class_parts(slope, seen, Fraction(0))]
    [1, -1]
    """
    found = _sides(view, level) if level is not None else _largest(complex_, view)
    return tuple(found)


def _sides(view: View, level: Fraction) -> Iterator[ClassPart]:
    for patch in view.patches:
        above = view.heights[patch.cell].above(level)
        if not any(above):
            yield ClassPart(0, patch.polygon)
        for sign in (1, -1):
            part = cut_polygon(patch.polygon, tuple(sign * entry for entry in above))
            if part:
                yield ClassPart(sign, part)


def _largest(complex_: PolyhedralComplex, view: View) -> Iterator[ClassPart]:
    outputs = range(complex_.network.output_dimension)
    for patch in view.patches:
        affine_map = complex_.affine_maps[patch.cell]
        for kind in outputs:
            polygon = patch.polygon
            for other in outputs:
                weights = [Fraction((i == kind) - (i == other)) for i in outputs]
                row = Height.of(affine_map, weights).row
                # an output that is equal everywhere loses against an earlier one only
                if any(row) or other < kind:
                    polygon = cut_polygon(polygon, row)
            if polygon:
                yield ClassPart(kind, polygon)


def _paint(
    ax: Axes, parts: Sequence[ClassPart], view: View, level: Fraction | None
) -> list[Artist]:
    """Fill the polygons of each class, and return the legend's entries."""
    handles: list[Artist] = []
    for kind in sorted({part.kind for part in parts}):
        polygons = [as_points(part.polygon) for part in parts if part.kind == kind]
        colour, name = _look(kind, view, level)
        fill = PolyCollection(
            [[(float(x), float(y)) for x, y in polygon] for polygon in polygons],
            facecolors=colour,
            edgecolors="face",
            linewidths=0.4,
            rasterized=len(polygons) > _MANY,
            zorder=1,
            label=name,
        )
        ax.add_collection(fill, autolim=False)
        handles.append(Swatch(facecolor=colour, edgecolor="none", label=name))
    return handles


def _look(kind: int, view: View, level: Fraction | None) -> tuple[str, str]:
    if level is None:
        return TINTS[kind % len(TINTS)], f"class {kind}"
    colour = {-1: CLASS_FILLS[0], 0: AREA, 1: CLASS_FILLS[1]}[kind]
    sign = {-1: "<", 0: "=", 1: ">"}[kind]
    return colour, f"{view.label} {sign} {format_fraction(level)}"


def correct(
    network: Network,
    points: Iterable[Sequence[Fraction]],
    labels: Iterable[int],
    weights: Sequence[Fraction] = (Fraction(1),),
    level: Fraction | None = Fraction(0),
) -> list[bool]:
    """Return for each point whether it is classified right, by exact evaluation.

    Examples
    --------
    >>> from exactpwl import Network
    >>> slope = Network([([[1, 0]], [0], "linear")])
    >>> correct(slope, [(1, 0), (-1, 0), (0, 0)], [1, -1, 1])
    [True, True, False]
    """
    verdicts = []
    for point, label in zip(points, labels, strict=True):
        outputs = network(point)
        if level is None:
            verdicts.append(outputs.index(max(outputs)) == label)
        else:
            value = sum(w * y for w, y in zip(weights, outputs, strict=True))
            verdicts.append((value - level) * label > 0)
    return verdicts
