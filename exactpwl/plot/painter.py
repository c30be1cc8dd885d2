"""A collection of faces, lines and marks in space that is painted in a given order.

The axes of matplotlib in space sort whole artists, and each artist its own polygons by their mean
depth.  Here everything that may hide another is in one artist, and the order comes from outside: a
function of the direction to the viewer, asked again whenever the view is turned.  What is drawn is
made of polygons and paths in the plane of the picture, so a PDF or SVG has vectors only.

Only public parts of matplotlib are used: a collection with a method `do_3d_projection` is projected
by the axes before they draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, sin
from typing import Any, NamedTuple

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.path import Path
from mpl_toolkits.mplot3d.proj3d import proj_transform
from numpy.typing import NDArray

__all__ = ["Element", "PaintedScene", "Point3", "toward_viewer"]

Point3 = tuple[float, float, float]

_MARKS = {"o": (24, pi / 24), "s": (4, pi / 4), "^": (3, pi / 2), "D": (4, 0.0), "v": (3, -pi / 2)}
"""Corners of each mark, and the angle of the first."""


class Element(NamedTuple):
    """A face, a segment, or a mark at a point.

    Attributes
    ----------
    points : three or more corners of a face, two ends of a segment, or the place of a mark
    face : colour of the fill, or "none"
    edge : colour of the line, or "none"
    width : of the line, in points
    mark : "o", "s", "^", "v" or "D", at a place
    size : of the mark, in points
    blunt : whether a segment ends without round ends
    """

    points: tuple[Point3, ...]
    face: Any = "none"
    edge: Any = "none"
    width: float = 0.0
    mark: str = ""
    size: float = 0.0
    blunt: bool = False


class PaintedScene(PolyCollection):
    """Elements in space, painted in the order that a function gives.

    Parameters
    ----------
    elements : sequence of Element
    order : callable
        Takes the direction to the viewer (x, y, z) and returns all numbers of elements, the first
        one painted first.
    """

    def __init__(
        self,
        elements: Sequence[Element],
        order: Callable[[Point3], Sequence[int]],
        **options: Any,
    ) -> None:
        super().__init__([], capstyle="round", joinstyle="round", clip_on=False, **options)
        self.elements = tuple(elements)
        self._order = order
        self._ordered: tuple[Point3, list[int]] | None = None
        counts = [len(element.points) for element in elements]
        self._ends = np.cumsum(counts)[:-1]
        self._corners = np.array([p for e in elements for p in e.points]).reshape(-1, 3)

    def painting_order(self) -> list[int]:
        """Return the numbers of the elements in the order of the present view."""
        toward = toward_viewer(self.axes)
        if self._ordered is None or self._ordered[0] != toward:
            self._ordered = (toward, list(self._order(toward)))
        return self._ordered[1]

    def do_3d_projection(self) -> float:
        """Project the elements and put them in order; return the depth of the whole artist."""
        ax: Any = self.axes
        if not self.elements:
            return 0.0
        x, y, z = proj_transform(*self._corners.T, ax.M)
        places = np.split(np.stack([x, y], axis=1), self._ends)
        unit = self._points_per_unit()
        order = self.painting_order()
        drawn = [self.elements[i] for i in order]
        shapes = [_shape(self.elements[i], places[i], unit) for i in order]
        self.set_verts_and_codes(*zip(*shapes, strict=True))
        self.set_facecolor([e.edge if e.blunt else e.face for e in drawn])
        self.set_edgecolor(["none" if e.blunt else e.edge for e in drawn])
        self.set_linewidth([e.width for e in drawn])
        return float(np.min(z))

    def _points_per_unit(self) -> float:
        """Return how many points of an inch one unit of the projection is long."""
        ax: Any = self.axes
        (left, _), (right, _) = ax.transData.transform([(0.0, 0.0), (1.0, 0.0)])
        return float(right - left) * 72 / float(ax.figure.dpi)


def _shape(
    element: Element, places: NDArray[np.float64], unit: float
) -> tuple[NDArray[np.float64], list[Any]]:
    """Return the path of an element: its points in the plane of the picture, and their codes."""
    if element.mark:
        corners, start = _MARKS[element.mark]
        angles = [start + 2 * pi * i / corners for i in range(corners)]
        radius = element.size / 2 / unit
        places = places[0] + radius * np.array([(cos(a), sin(a)) for a in angles])
    elif len(places) == 2 and element.blunt:
        places = _strip(places, element.width / 2 / unit)
    elif len(places) == 2:
        return places, [Path.MOVETO, Path.LINETO]
    inner = [Path.LINETO] * (len(places) - 1)
    return np.concatenate([places, places[:1]]), [Path.MOVETO, *inner, Path.CLOSEPOLY]


def _strip(ends: NDArray[np.float64], half: float) -> NDArray[np.float64]:
    """Return the corners of a line with square ends."""
    (x, y) = ends[1] - ends[0]
    aside = np.array([-y, x]) * half / (np.hypot(x, y) or 1.0)
    return np.array([ends[0] - aside, ends[1] - aside, ends[1] + aside, ends[0] + aside])


def toward_viewer(ax: Any) -> Point3:
    """Return the direction in which the viewer of parallel axes in space is, in their data."""
    across, up, depth = np.asarray(ax.get_proj())[:3, :3]
    toward = np.cross(across, up)
    sign = -1.0 if toward @ depth > 0 else 1.0
    x, y, z = (sign * toward / np.abs(toward).max()).tolist()
    return (x, y, z)
