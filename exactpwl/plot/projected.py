"""A network with two inputs and several outputs: a linear projection of its graph.

The graph of m outputs over the plane lies in a space of 2 + m dimensions: it is the set of all
(x, y, f1, ..., fm).  Three linear functions of these coordinates take it into space, and each
region to a flat face.  With x, y and one output they give an ordinary surface.  With others the
image may fold over itself and cross itself, so its faces are separated by their planes
(`exactpwl.plot.separation`), and painted in an exact order from every side.

All three axes have one scale, so that the picture is the projection as it is.  A region that is
flattened to a line is not seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

from exactpwl.affine import AffineMap
from exactpwl.errors import FigureError
from exactpwl.formula import format_affine, variable_names
from exactpwl.plot.canvas import add_legend
from exactpwl.plot.caption import counted
from exactpwl.plot.clip import Vector, height
from exactpwl.plot.decision import level_entries, level_set_of
from exactpwl.plot.depth import walls
from exactpwl.plot.edges import first_change, layer_count, layer_entry
from exactpwl.plot.lifted import patches_around
from exactpwl.plot.painter import Element, PaintedScene, Point3
from exactpwl.plot.relief import face_colours, lamp
from exactpwl.plot.separation import Panel, Part, Separation, plane_through
from exactpwl.plot.shading import bands
from exactpwl.plot.sight import integer_direction
from exactpwl.plot.space import new_space, prepare_space, required_space
from exactpwl.plot.style import DECISION, INK, MUTED, layer_styles
from exactpwl.plot.topdown import ColourBy, add_plan_caption, check_colours
from exactpwl.plot.view import View, complex_view
from exactpwl.rationals import RationalLike, as_fractions, clear_denominators, ordinary, primitive

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["projection"]

_NAMES = ("u", "v", "w")
_SHORT = 8  # letters of a formula that stands at its axis
_SHADOW, _SUN = 0.80, 0.22
_LOWEST = 0.1  # how high the box is at least, for its longer side of 1
_FLAT = 0.05  # room around a flat picture, as a part of its size
_FRAME, _LEVEL, _CASED = 0.6, 1.5, 3.0
Image = Callable[[Vector], Vector]


def projection(
    complex_: PolyhedralComplex,
    rows: Iterable[Iterable[RationalLike]],
    ax: Axes | None = None,
    *,
    window: Any = None,
    output: int | Sequence[RationalLike] = 0,
    colour_by: ColourBy = "output",
    level: RationalLike | None = 0,
    layers: int | None = None,
    view: tuple[float, float] = (32.0, -60.0),
    caption: bool = True,
) -> Axes:
    """Draw a linear projection of the graph of all outputs of a network with two inputs.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs and m outputs.
    rows : three sequences of 2 + m rationals
        The coordinates of the picture, as sums of x, y and the outputs with these weights.
    ax : matplotlib Axes3D, optional
        Where to draw; a new figure without one.
    window, output, colour_by, level, layers
        As in `exactpwl.plot.top_down`: what is looked at, and which output the colours and the
        decision boundary are of.
    view : (float, float)
        Elevation and azimuth of the viewer in degrees.
    caption : bool
        Whether to write legend and caption, with the formulas of the coordinates.

    Returns
    -------
    Axes
        Those in space; `ax.view_init` turns them, and the faces are put in order again.

    Raises
    ------
    FigureError
        As `exactpwl.plot.surface`; if there are not three rows of 2 + m weights; or if they
        flatten all that is seen to a line.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> fold = regions(Network([([[1, 0], [0, 1]], [0, 0], "abs")], name="fold"))
    >>> rows = [(1, 0, 1, 0), (0, 1, 0, 1), (1, 1, 0, 0)]
    >>> ax = projection(fold, rows, window=[(-1, 1), (-1, 1)])
    >>> tuple(map(float, ax.get_xlim())), ax.get_xlabel(), ax.get_zlabel()
    ((0.0, 2.0), 'x+f1', 'x+y')
    """
    check_colours(colour_by)
    seen = complex_view(complex_, window, output)
    weights = _checked_rows(rows, complex_.network.output_dimension)
    space: Any = new_space() if ax is None else required_space(ax)
    cut_at = seen.level(level)
    styles = layer_styles(len(complex_.network.widths), len(seen.patches))
    lines = _Lines(seen)
    drawn = lines.add_walls(complex_, styles[: layer_count(complex_, layers)])
    if cut_at is not None:
        lines.add_level(level_set_of(seen, cut_at, complex_.domain).segments, cut_at)
    colouring = face_colours(complex_, seen, colour_by, cut_at)
    images = [_image(complex_.affine_maps[patch.cell], weights) for patch in seen.patches]
    tree = Separation.of(_panels(seen, images, colouring, lines, np.array(lamp(view[1]))))
    if tree is None:
        raise FigureError(
            "a projection that shows a surface is required; these rows take all that the window "
            "shows to lines or points: choose others"
        )
    scene, limits = _scene(tree)
    formulas = [_formula(row) for row in weights]
    names = [f if len(f) <= _SHORT else n for f, n in zip(formulas, _NAMES, strict=True)]
    lengths = [high - low for low, high in limits]
    tall = max(lengths[2] / max(lengths[:2]), _LOWEST)
    prepare_space(space, limits, names, tall=tall, view=view)
    space.add_collection(scene, autolim=False)
    if caption:
        handles: list[Artist] = [layer_entry(layer, styles[layer]) for layer in drawn]
        if cut_at is not None:
            handles += level_entries(seen, cut_at, flat=False)
        add_legend(space, handles)
        long = [f"{n} = {f}" for n, f in zip(_NAMES, formulas, strict=True) if len(f) > _SHORT]
        add_plan_caption(space, complex_, seen, layers, *long)
    made: Axes = space
    return made


def _checked_rows(
    rows: Iterable[Iterable[RationalLike]], outputs: int
) -> list[tuple[Fraction, ...]]:
    made = [as_fractions(row) for row in rows]
    if [len(row) for row in made] != [2 + outputs] * 3:
        given = ", ".join(str(len(row)) for row in made) or "none"
        raise FigureError(
            f"three rows of {2 + outputs} weights are required, for x, y and "
            f"{counted(outputs, 'output')}; got rows of {given}"
        )
    return made


def _formula(row: Sequence[Fraction]) -> str:
    outputs = [f"f{i}" for i in range(1, len(row) - 1)]
    return format_affine(row, 0, [*variable_names(2), *outputs]).replace("-", "\N{MINUS SIGN}")


def _image(affine_map: AffineMap, rows: Sequence[Sequence[Fraction]]) -> Image:
    """Return the map from points (x, y, t) of a cell to points (u, v, w, t) of the picture."""
    graph = AffineMap(
        ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)), *affine_map.weight),
        (Fraction(0), Fraction(0), *affine_map.bias),
    )
    taken = AffineMap(tuple(tuple(row) for row in rows), (Fraction(0),) * 3) @ graph
    flat = [c for w, b in zip(taken.weight, taken.bias, strict=True) for c in (*w, b)]
    entries, scale = clear_denominators(flat)
    functions = [entries[i : i + 3] for i in (0, 3, 6)]

    def image(vector: Vector) -> Vector:
        return primitive([*(height(row, vector) for row in functions), scale * vector[-1]])

    return image


class _Lines:
    """The segments on each patch, with the line that each of them is: kinks, borders, a level."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.on: dict[int, list[tuple[Sequence[Vector], Element]]] = defaultdict(list)

    def add_walls(
        self, complex_: PolyhedralComplex, styles: Sequence[tuple[float, str]]
    ) -> list[int]:
        """Add border and kinks, a kink on both of its patches; return the layers that are seen."""
        drawn = set()
        border = Element((), edge=MUTED, width=_FRAME)
        for start, end, left, right in walls(self._view.patches):
            if right is None:
                self.on[left].append(((start, end), border))
                continue
            cells = [complex_.cells[self._view.patches[i].cell] for i in (left, right)]
            layer = first_change(cells[0].pattern, cells[1].pattern)
            if layer < len(styles):
                drawn.add(layer)
                width, colour = styles[layer]
                for number in (left, right):
                    kink = Element((), edge=colour, width=width)
                    self.on[number].append(((start, end), kink))
        return sorted(drawn)

    def add_level(self, segments: Iterable[Sequence[Vector]], level: Fraction) -> None:
        """Add the segments of a level set, cased, on all patches that have them."""
        around = patches_around(self._view, level)
        for segment in segments:
            for number in around[segment[0]] & around[segment[1]]:
                casing = Element((), edge=INK, width=_CASED, blunt=True)
                core = Element((), edge=DECISION, width=_LEVEL)
                self.on[number] += [(segment, casing), (segment, core)]


def _panels(
    view: View,
    images: Sequence[Image],
    colouring: tuple[Callable[[int, Fraction], Any], Sequence[Fraction]],
    lines: _Lines,
    light: NDArray[np.float64],
) -> Iterator[Panel]:
    """Yield the image of each patch, in bands and with its lines, unless it is flattened."""
    colour, levels = colouring
    for number, (patch, image) in enumerate(zip(view.patches, images, strict=True)):
        plane = plane_through([image(vertex) for vertex in patch.polygon])
        if plane is None:
            continue
        normal = np.array([float(c) for c in plane[:3]])
        bright = _SHADOW + _SUN * abs(float(normal @ light)) / float(np.linalg.norm(normal))
        function = view.heights[patch.cell]
        parts = []
        for band in bands(patch.polygon, function, levels):
            values = [function.at(vertex) for vertex in band]
            rgb = np.array(to_rgb(colour(number, (min(values) + max(values)) / 2)))
            tone = tuple(np.clip(rgb * bright, 0, 1).tolist())
            look = Element((), face=tone, edge=tone, width=0.3)
            parts.append(Part(tuple(map(image, band)), look))
        parts += [Part(tuple(map(image, segment)), look) for segment, look in lines.on[number]]
        yield Panel(plane, tuple(parts))


def _scene(tree: Separation) -> tuple[PaintedScene, list[tuple[float, float]]]:
    """Return what is painted, with its order, and the limits of its coordinates."""
    parts = list(tree.painted((0, 0, 1)))
    numbers = {id(part): number for number, part in enumerate(parts)}
    elements = [part.look._replace(points=tuple(map(_place, part.points))) for part in parts]

    def order(toward: Point3) -> list[int]:
        return [numbers[id(part)] for part in tree.painted(integer_direction(toward))]

    places = np.array([place for element in elements for place in element.points])
    limits = list(zip(places.min(axis=0).tolist(), places.max(axis=0).tolist(), strict=True))
    room = _FLAT * max(high - low for low, high in limits)
    limits = [(low, high) if low < high else (low - room, high + room) for low, high in limits]
    return PaintedScene(elements, order), limits


def _place(vector: Vector) -> Point3:
    x, y, z = (float(c) for c in ordinary(vector))
    return x, y, z
