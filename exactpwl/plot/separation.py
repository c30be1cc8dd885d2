"""Which face hides which, for faces in space that may lie in any way, and may cross each other.

The graph of one function has an order of its own (`exactpwl.plot.depth`).  The image of a plane
under several functions has none: it may fold over itself and cross itself, and three faces may hide
each other in a circle.  Then a face must be cut.  The plane of one face separates space; what lies
in front of it, seen from the viewer, is painted after the face, and what lies behind before it, and
what crosses the plane is cut along it, exactly.  Both sides are treated alike, down to single
faces.  The tree of these planes does not depend on the viewer, only the order in which it is walked
through.

All is in integers, so a face is cut only where it crosses, and two faces in one plane stay whole.

References
----------
H. Fuchs, Z. M. Kedem, B. F. Naylor, On visible surface generation by a priori tree structures,
SIGGRAPH 1980, doi:10.1145/800250.807481.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from exactpwl.plot.clip import Vector, cut_polygon, cut_segment, height
from exactpwl.rationals import primitive

__all__ = ["Panel", "Part", "Separation", "plane_through"]

_TRIED = 6  # planes that are compared before one is taken


class Part(NamedTuple):
    """A polygon of a panel, or a segment on it, with what the caller wants to know of it."""

    points: tuple[Vector, ...]
    look: Any


class Panel(NamedTuple):
    """Parts that lie in one plane (a, b, c, e), in the order in which they are painted."""

    plane: Vector
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Separation:
    """A plane with the panels in it, and what lies on its two sides.

    Examples
    --------
    >>> def square(height, look):
    ...     corners = ((0, 0, height, 1), (1, 0, height, 1), (1, 1, height, 1), (0, 1, height, 1))
    ...     return Panel((0, 0, 1, -height), (Part(corners, look),))
    >>> tree = Separation.of([square(0, "low"), square(2, "high"), square(1, "middle")])
    >>> [part.look for part in tree.painted((1, 0, 3))]
    ['low', 'middle', 'high']
    >>> [part.look for part in tree.painted((1, 0, -3))]
    ['high', 'middle', 'low']
    """

    plane: Vector
    panels: tuple[Panel, ...]
    below: Separation | None
    above: Separation | None

    @classmethod
    def of(cls, panels: Iterable[Panel]) -> Separation | None:
        """Return the tree of some panels; None if there are none."""
        waiting = tuple(panels)
        if not waiting:
            return None
        step = max(1, len(waiting) // _TRIED)
        plane = min((p.plane for p in waiting[::step]), key=lambda p: _crossed(p, waiting))
        inside, below, above = [], [], []
        for panel in waiting:
            sides = _sides(plane, panel)
            if not sides:
                inside.append(panel)
            if -1 in sides:
                below.append(_half(panel, tuple(-entry for entry in plane)))
            if 1 in sides:
                above.append(_half(panel, plane))
        return cls(plane, tuple(inside), cls.of(below), cls.of(above))

    def painted(self, toward: Sequence[int]) -> Iterator[Part]:
        """Yield all parts, those behind first, for a direction to the viewer in integers."""
        facing = height(self.plane, (*toward, 0)) >= 0
        first, last = (self.below, self.above) if facing else (self.above, self.below)
        if first:
            yield from first.painted(toward)
        for panel in self.panels:
            yield from panel.parts
        if last:
            yield from last.painted(toward)


def _sides(plane: Vector, panel: Panel) -> set[int]:
    """Return on which sides of a plane a panel has points: -1, 1, both, or none."""
    heights = [height(plane, point) for part in panel.parts for point in part.points]
    return {(h > 0) - (h < 0) for h in heights} - {0}


def _crossed(plane: Vector, panels: Sequence[Panel]) -> int:
    return sum(len(_sides(plane, panel)) == 2 for panel in panels)


def _half(panel: Panel, half_space: Vector) -> Panel:
    """Return the parts of a panel in a half-space; a segment on its border belongs to it."""
    kept = []
    for part in panel.parts:
        points = part.points
        if any(height(half_space, point) < 0 for point in points):
            points = (cut_segment if len(points) == 2 else cut_polygon)(points, half_space)
        if points:
            kept.append(Part(points, part.look))
    return Panel(panel.plane, tuple(kept))


def plane_through(corners: Sequence[Vector]) -> Vector | None:
    """Return the plane (a, b, c, e) of a polygon in space; None if it is a segment or a point.

    Examples
    --------
    >>> plane_through([(0, 0, 1, 1), (1, 0, 1, 1), (0, 1, 1, 1)])
    (0, 0, 1, -1)
    >>> plane_through([(0, 0, 0, 1), (1, 1, 1, 1), (2, 2, 2, 1)]) is None
    True
    """
    first = corners[0]
    for i in range(1, len(corners) - 1):
        normal = _cross(_way(first, corners[i]), _way(first, corners[i + 1]))
        if any(normal):
            *place, unit = first
            offset = -sum(n * c for n, c in zip(normal, place, strict=True))
            return primitive([*(n * unit for n in normal), offset])
    return None


def _way(start: Vector, end: Vector) -> Vector:
    """Return a positive multiple of the vector from one point to another."""
    return tuple(e * start[-1] - s * end[-1] for s, e in zip(start[:-1], end[:-1], strict=True))


def _cross(u: Vector, v: Vector) -> Vector:
    return (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
