"""The border of a region of the line or the plane, in the order in which one walks around it.

The page draws polygons and tests whether a point lies inside, so it needs the facets of a region in
turn, each with a direction.  Both follow from signs of integers: if p and q are the generators of
a facet and m is a point of the interior, (p x q) . m > 0 says that the region lies to the left of
the way from p to q.  Then the cross product p x q is the facet's inequality, so no inequality is
written into the page: what is drawn and what is computed come from the same integers.  A direction
at infinity is a generator like any other, with t = 0.

A complex with lines has facets with one generator; the line gives the second, in the direction that
fits.  Its regions are half-planes and strips: their facets do not meet, and have no order.  A facet
of the line is a single point, and all there is to know is on which side of it the region lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.geometry import hyperplane

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.region import Facet, Region

__all__ = ["Side", "all_generators", "border"]


class Side(NamedTuple):
    """A facet of a region, with the direction in which one walks along it.

    Attributes
    ----------
    start, end : int
        Indices into `all_generators`, such that the region lies on the left.  On the line `start`
        is the point, and `end` is 1 if the region lies above it and 0 if it lies below.
    facet : Facet
    """

    start: int
    end: int
    facet: Facet


def all_generators(complex_: PolyhedralComplex) -> tuple[tuple[int, ...], ...]:
    """Return the complex's generators, and behind them both directions of each of its lines."""
    lines = [(*(sign * c for c in line), 0) for line in complex_.lines for sign in (1, -1)]
    return (*complex_.generators, *lines)


def border(region: Region) -> list[Side]:
    """Return the facets of a region of the line or the plane, counter-clockwise.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> tent = regions(gallery.get("tent"), [(0, 1)])
    >>> [side[:2] for side in border(tent.regions[0])]
    [(0, 1), (1, 0)]
    >>> maximum = regions(gallery.get("max:2"))
    >>> [side[:2] for side in border(maximum.regions[0])]
    [(0, 2), (2, 1)]
    """
    facets = region.facets
    if region.complex.dimension == 1:
        return [_point(region, facet) for facet in facets]
    return _in_turn([_directed(region, facet) for facet in facets])


def _point(region: Region, facet: Facet) -> Side:
    (start,) = facet.generators
    x, t = region.complex.generators[start]
    y, s = region.interior_vector
    return Side(start, int(y * t > x * s), facet)


def _directed(region: Region, facet: Facet) -> Side:
    complex_ = region.complex
    start, *others = facet.generators
    behind = len(complex_.generators)
    end, backwards = (others[0], None) if others else (behind, behind + 1)
    generators = all_generators(complex_) if not others else complex_.generators
    row = hyperplane([generators[start], generators[end]])
    assert row is not None, "two generators of a facet span its line"
    if sum(map(mul, row, region.interior_vector)) > 0:
        return Side(start, end, facet)
    return Side(end, start, facet) if backwards is None else Side(start, backwards, facet)


def _in_turn(sides: Sequence[Side]) -> list[Side]:
    """Order facets so that each starts where the one before it ends, as far as they meet."""
    starting = {side.start: side for side in sides}
    ends = {side.end for side in sides}
    following = next(
        (side for side in sides if side.start not in ends), sides[0] if sides else None
    )
    walked: list[Side] = []
    while following is not None:
        walked.append(starting.pop(following.start))
        following = starting.get(following.end) or next(iter(starting.values()), None)
    return walked
