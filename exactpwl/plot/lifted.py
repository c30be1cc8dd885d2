"""The graph of a function over a plan: faces, kinks, level sets and points, at their heights.

Every polygon and segment of the plan has its exact height, and all is cut before it becomes floats:
the graph is what the plan shows.  Inside a face the colours are those of the plan, in bands between
level lines, so that a picture has vectors only; a little light from the side makes faces differ
that have equal heights but other slopes.

Each element knows the patches that it lies on.  It is painted with the nearest of them: after all
faces that it touches, and before all that may hide it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.colors import to_rgb

from exactpwl.plot.clip import Vector, as_points, cut_polygon, height, left_of
from exactpwl.plot.data import Point, mark_styles
from exactpwl.plot.decision import LevelSet
from exactpwl.plot.depth import Wall, back_to_front
from exactpwl.plot.edges import first_change
from exactpwl.plot.painter import Element, Point3
from exactpwl.plot.shading import bands
from exactpwl.plot.style import DECISION, INK, MUTED
from exactpwl.plot.view import View
from exactpwl.rationals import homogeneous

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "Lifted",
    "Light",
    "borders",
    "faces",
    "kinks",
    "level_lines",
    "marks",
    "painting_order",
    "patches_around",
]

_FACE, _BORDER, _KINK, _CASING, _CORE, _MARK = range(6)
_SHADOW, _SUN = 0.80, 0.24
_LEVEL, _CASED, _DOT = 1.5, 3.0, 4.5


class Lifted(NamedTuple):
    """An element, the numbers of the patches that it lies on, and what is painted over what there.

    Without patches it lies on the floor, under everything.
    """

    element: Element
    owners: tuple[int, ...]
    kind: int


class Light(NamedTuple):
    """Where light comes from, and how a slope in data is one in the box of the figure.

    Attributes
    ----------
    source : unit vector
    steepness : float
        A slope of 1 in the box, per slope of 1 in data.
    """

    source: Point3
    steepness: float

    def on(self, row: Sequence[float]) -> float:
        """Return the brightness of a face with the slopes (a, b)."""
        normal = np.array([-row[0] * self.steepness, -row[1] * self.steepness, 1.0])
        return _SHADOW + _SUN * max(0.0, float(normal @ self.source / np.linalg.norm(normal)))


def faces(
    view: View,
    levels: Sequence[Fraction],
    colour: Callable[[int, Fraction], Any],
    light: Light,
) -> list[Lifted]:
    """Return the faces over all patches, in bands.

    Parameters
    ----------
    view : View
    levels : where a band ends, increasing
    colour : callable
        Takes the number of a patch and the value in the middle of a band.
    light : Light
    """
    found = []
    for number, patch in enumerate(view.patches):
        function = view.heights[patch.cell]
        a, b, _ = (entry / function.scale for entry in function.row)
        bright = light.on((a, b))
        for band in bands(patch.polygon, function, levels):
            values = [function.at(vertex) for vertex in band]
            rgb = np.array(to_rgb(colour(number, (min(values) + max(values)) / 2)))
            tone = tuple(np.clip(rgb * bright, 0, 1).tolist())
            element = Element(_raised(view, number, band), face=tone, edge=tone, width=0.3)
            found.append(Lifted(element, (number,), _FACE))
    return found


def kinks(
    complex_: PolyhedralComplex,
    view: View,
    edges: Iterable[Wall],
    styles: Sequence[tuple[float, str]],
    floor: float | None,
) -> dict[int, list[Lifted]]:
    """Return the boundaries on the surface, and below it on the floor, by layer from 0.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    view : of this complex
    edges : the walls of the view's patches
    styles : width and colour of each layer that is drawn
    floor : float or None
        The height of the floor; None: there is none.
    """
    found: dict[int, list[Lifted]] = defaultdict(list)
    for start, end, left, right in edges:
        if right is None:
            continue
        first, second = (complex_.cells[view.patches[i].cell].pattern for i in (left, right))
        layer = first_change(first, second)
        if layer < len(styles):
            width, colour = styles[layer]
            raised = Element(_raised(view, left, (start, end)), edge=colour, width=width)
            found[layer].append(Lifted(raised, (left, right), _KINK))
            if floor is not None:
                below = Element(_flat((start, end), floor), edge=MUTED, width=0.45 * width)
                found[layer].append(Lifted(below, (), _KINK))
    return dict(sorted(found.items()))


def borders(view: View, edges: Iterable[Wall]) -> list[Lifted]:
    """Return the border of the surface: the edges that belong to one patch."""
    return [
        Lifted(Element(_raised(view, left, (start, end)), edge=MUTED, width=0.6), (left,), _BORDER)
        for start, end, left, right in edges
        if right is None
    ]


def level_lines(view: View, found: LevelSet, level: Fraction) -> list[Lifted]:
    """Return the segments and dots of a level set, on the surface."""
    owners = patches_around(view, level)
    lifted = []
    for segment in found.segments:
        on = tuple(sorted(owners[segment[0]] & owners[segment[1]]))
        ends = _flat(segment, float(level))
        casing = Element(ends, edge=INK, width=_CASED, blunt=True)
        lifted.append(Lifted(casing, on, _CASING))
        lifted.append(Lifted(Element(ends, edge=DECISION, width=_LEVEL), on, _CORE))
    for dot in found.dots:
        mark = Element(_flat((dot,), float(level)), DECISION, INK, width=0.7, mark="o", size=_DOT)
        lifted.append(Lifted(mark, tuple(sorted(owners[dot])), _MARK))
    return lifted


def patches_around(view: View, level: Fraction) -> dict[Vector, set[int]]:
    """Return, for each end of a segment of a level set, the patches on which it lies."""
    owners: dict[Vector, set[int]] = defaultdict(set)
    for number, patch in enumerate(view.patches):
        above = view.heights[patch.cell].above(level)
        for vertex in (*patch.polygon, *cut_polygon(patch.polygon, above)):
            owners[vertex].add(number)
    return owners


def marks(view: View, points: Sequence[Point], labels: Sequence[int] | None) -> list[Lifted]:
    """Return data points on the surface; those that it does not reach are left out."""
    found = []
    for point, (mark, colour) in zip(points, mark_styles(points, labels), strict=True):
        place = homogeneous(point)
        on = tuple(i for i, patch in enumerate(view.patches) if _contains(patch.polygon, place))
        if on:
            at = _raised(view, on[0], (place,))
            element = Element(at, colour, "white", width=0.8, mark=mark, size=7.0)
            found.append(Lifted(element, on, _MARK))
    return found


def _contains(polygon: Sequence[Vector], place: Vector) -> bool:
    around = zip(polygon, (*polygon[1:], polygon[0]), strict=True)
    return all(height(left_of(p, q), place) >= 0 for p, q in around)


def _raised(view: View, number: int, vectors: Iterable[Vector]) -> tuple[Point3, ...]:
    function = view.heights[view.patches[number].cell]
    vectors = tuple(vectors)
    return tuple(
        (float(x), float(y), float(function.at(vector)))
        for (x, y), vector in zip(as_points(vectors), vectors, strict=True)
    )


def _flat(vectors: Iterable[Vector], level: float) -> tuple[Point3, ...]:
    return tuple((float(x), float(y), level) for x, y in as_points(vectors))


def painting_order(
    lifted: Sequence[Lifted], count: int, edges: Sequence[Wall]
) -> Callable[[Point3], list[int]]:
    """Return the function that puts elements in order for a direction to the viewer.

    Parameters
    ----------
    lifted : the elements
    count : the number of patches
    edges : their walls
    """

    def order(toward: Point3) -> list[int]:
        rank = {number: i for i, number in enumerate(back_to_front(count, edges, toward[:2]))}
        keys = [
            (max((rank[owner] for owner in item.owners), default=-1), item.kind) for item in lifted
        ]
        return sorted(range(len(lifted)), key=keys.__getitem__)

    return order
