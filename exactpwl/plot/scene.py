"""The parts of a figure of a solid: painted elements of each piece, and their order in any view.

Every face is cut into bands of its cell's affine function, every edge has the width of the layer
that bends there, and the level set leaves its trace on each face.  All of it is exact and becomes
floats here, moved by the shift of its cell.  A face that turns away from the viewer is not painted,
nor is a face between two cells that touch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.colors import to_rgb

from exactpwl.plot.clip import Vector, cut_polygon, height
from exactpwl.plot.opening import Piece, edges, pieces
from exactpwl.plot.painter import Element, Point3
from exactpwl.plot.patches import Height
from exactpwl.plot.polytope import Face, HalfSpace, centre
from exactpwl.plot.shading import bands
from exactpwl.plot.sight import faces_viewer, integer_direction, sight_word
from exactpwl.plot.style import DECISION, INK
from exactpwl.plot.window import Bounds
from exactpwl.rationals import ordinary

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Colouring", "Part", "Scene", "Style", "parts"]

_SHADOW, _SUN = 0.84, 0.18
_SEAM = 0.25
_LEVEL, _CASED = 1.4, 2.7
_FRAME = 0.5


class Part(NamedTuple):
    """A piece of a cell in the window, and how far it is moved."""

    cell: int
    piece: Piece
    shift: tuple[Fraction, ...]


class Colouring(NamedTuple):
    """How faces are coloured.

    Attributes
    ----------
    heights : for each cell the function that is shown
    levels : the values between two bands
    colour : callable
        Takes a cell and the value in the middle of a band.
    cut_at : Fraction or None
        The level whose set is drawn.
    """

    heights: Sequence[Height]
    levels: Sequence[Fraction]
    colour: Callable[[int, Fraction], Any]
    cut_at: Fraction | None


class Style(NamedTuple):
    """Line widths and colours of the layers, and the direction to the light."""

    layers: Sequence[tuple[float, str]]
    light: Point3


def parts(
    bodies: Mapping[int, Sequence[Face]],
    window: Bounds,
    wedge: Sequence[HalfSpace],
    explode: Fraction,
) -> Iterator[Part]:
    """Yield the parts of some cells outside a wedge, moved away from the window's centre.

    Parameters
    ----------
    bodies : what the window shows of each cell
    window : Bounds
    wedge : the planes, see `exactpwl.plot.opening`
    explode : how far a cell moves, by its centre's distance

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> from exactpwl.plot.polytope import polytope_of
    >>> half = regions(Network([([[1, 0, 0]], [0], "relu")]))
    >>> cube = ((Fraction(-1), Fraction(1)),) * 3
    >>> bodies = {cell: polytope_of(half, cell, cube) for cell in (0, 1)}
    >>> [(part.cell, part.shift[0]) for part in parts(bodies, cube, [], Fraction(1))]
    [(0, Fraction(-1, 2)), (1, Fraction(1, 2))]
    """
    middle = [(low + high) / 2 for low, high in window]
    for cell, faces in bodies.items():
        ways = zip(centre(faces), middle, strict=True)
        shift = tuple(explode * (c - m) for c, m in ways)
        for piece in pieces(faces, wedge):
            yield Part(cell, piece, shift)


class Scene:
    """The elements of some parts, and the order in which they are painted.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    shown : sequence of Part
    wedge : the planes at which the figure is cut open
    colouring : Colouring
    style : Style
    """

    def __init__(
        self,
        complex_: PolyhedralComplex,
        shown: Sequence[Part],
        wedge: Sequence[HalfSpace],
        colouring: Colouring,
        style: Style,
    ) -> None:
        self._complex = complex_
        self._parts = tuple(shown)
        self._wedge = tuple(wedge)
        self._style = style
        self.elements: list[Element] = []
        self._painted: list[list[tuple[Face, range, range]]] = []
        cells = {part.cell for part in shown}
        for part in shown:
            seen = [f for f in part.piece.faces if any(part.shift) or f.neighbour not in cells]
            self._painted.append([self._paint(part, face, colouring) for face in seen])

    def order(self, toward: Iterable[float]) -> list[int]:
        """Return the numbers of the elements that are painted, those behind first."""
        direction = integer_direction(toward)
        by_word = sorted(range(len(self._parts)), key=lambda number: self._word(number, direction))
        found: list[int] = []
        for number in by_word:
            front = [p for p in self._painted[number] if faces_viewer(p[0].row, direction)]
            found += [element for _, fills, _ in front for element in fills]
            found += [element for _, _, lines in front for element in lines]
        return found

    def _word(self, number: int, toward: Sequence[int]) -> tuple[bool, ...]:
        part = self._parts[number]
        word = sight_word(self._complex, part.cell, toward)
        planes = self._wedge[: part.piece.plane + 1]
        inner = (place < part.piece.plane for place in range(len(planes)))
        ahead = (not faces_viewer(plane, toward) for plane in planes)
        return (*word, *(i == a for i, a in zip(inner, ahead, strict=True)))

    def _paint(self, part: Part, face: Face, colouring: Colouring) -> tuple[Face, range, range]:
        first = len(self.elements)
        self.elements += self._fills(part, face, colouring)
        lines = len(self.elements)
        self.elements += self._edges(part, face)
        self.elements += self._level(part, face, colouring)
        return face, range(first, lines), range(lines, len(self.elements))

    def _fills(self, part: Part, face: Face, colouring: Colouring) -> Iterator[Element]:
        function = colouring.heights[part.cell]
        light = _brightness(face.row, self._style.light)
        for band in bands(face.polygon, function, colouring.levels):
            values = [function.at(vertex) for vertex in band]
            colour = np.array(to_rgb(colouring.colour(part.cell, (min(values) + max(values)) / 2)))
            shaded = tuple(np.clip(light * colour, 0, 1).tolist())
            yield Element(_moved(band, part.shift), face=shaded, edge=shaded, width=_SEAM)

    def _edges(self, part: Part, face: Face) -> Iterator[Element]:
        for edge in edges(part.piece, face, self._wedge):
            width, ink = (_FRAME, INK) if edge.layer is None else self._style.layers[edge.layer]
            yield Element(_moved(edge.ends, part.shift), edge=ink, width=width)

    def _level(self, part: Part, face: Face, colouring: Colouring) -> Iterator[Element]:
        if colouring.cut_at is None:
            return
        trace = level_trace(face.polygon, colouring.heights[part.cell].above(colouring.cut_at))
        if trace:
            ends = _moved(trace, part.shift)
            yield Element(ends, edge=INK, width=_CASED, blunt=True)
            yield Element(ends, edge=DECISION, width=_LEVEL)


def level_trace(polygon: Sequence[Vector], above: HalfSpace) -> tuple[Vector, ...]:
    """Return the segment of a face on which a function is 0; nothing where it only touches.

    Parameters
    ----------
    polygon : of the face
    above : the function, as a row (a, b, c, e)

    Examples
    --------
    >>> square = ((0, 0, 0, 1), (1, 0, 0, 1), (1, 1, 0, 1), (0, 1, 0, 1))
    >>> level_trace(square, (2, 0, 0, -1))
    ((1, 0, 0, 2), (1, 2, 0, 2))
    """
    heights = [height(above, vertex) for vertex in polygon]
    if min(heights) < 0 < max(heights):
        polygon = cut_polygon(tuple(polygon), above)
    elif heights.count(0) != 2:
        return ()
    return tuple(vertex for vertex in polygon if not height(above, vertex))


def _moved(vectors: Iterable[Vector], shift: Sequence[Fraction]) -> tuple[Point3, ...]:
    moved = []
    for vector in vectors:
        x, y, z = (float(c + s) for c, s in zip(ordinary(vector), shift, strict=True))
        moved.append((x, y, z))
    return tuple(moved)


def _brightness(row: HalfSpace, light: Point3) -> float:
    outward = -np.array([float(c) for c in row[:3]])
    facing = float(outward @ np.array(light) / np.linalg.norm(outward))
    return _SHADOW + _SUN * max(0.0, facing)
