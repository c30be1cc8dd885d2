"""Which of all regions hold data, which hold none, and what a window or box shows of them.

Here the regions are enumerated, so that those without data are known, too.  A region *holds* data
if a point is inside it, is *touched* if points are on its boundary only, and is *empty* of data if
its closure contains none: each region is exactly one of the three.

A region *meets* a box if their interiors meet, and *lies in* it if it is a part of it.  The first
is decided by enumerating over the domain's intersection with the box, in any number of inputs; the
second by the region's vertices and directions.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.data.decision import DecisionDistance, decision_distances
from exactpwl.data.places import Occupancy, as_labels, as_points
from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.location import regions_around
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.region import Region

__all__ = ["InBox", "RegionOccupancy", "region_occupancy"]


class InBox(NamedTuple):
    """What a window or box shows, all as indices.

    Attributes
    ----------
    regions : tuple of int
        The regions whose interior meets the box's.
    holding : tuple of int
        Those of them that hold data, in the box or not.
    holding_there : tuple of int
        Those that hold a point that is in the closed box.
    empty : tuple of int
        Those without data, not even on their boundary.
    whole : tuple of int
        The regions that lie in the box.
    points : tuple of int
        The data points in the closed box, outside the domain left out.
    """

    regions: tuple[int, ...]
    holding: tuple[int, ...]
    holding_there: tuple[int, ...]
    empty: tuple[int, ...]
    whole: tuple[int, ...]
    points: tuple[int, ...]


class RegionOccupancy(Occupancy):
    """A data set among all regions of a complex; made by `region_occupancy`.

    Everything that `Occupancy` has, over the complex's domain, and:

    Attributes
    ----------
    complex : PolyhedralComplex

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> found = region_occupancy(regions(gallery.get("xor")), [(1, 1), (2, 1), (0, 0)])
    >>> found.counts, found.holding, found.touched, found.empty
    ((0, 0, 2), (2,), (1,), (0,))
    """

    def __init__(
        self,
        complex_: PolyhedralComplex,
        points: Iterable[tuple[Fraction, ...]],
        labels: Iterable[int] | None,
    ) -> None:
        named = None if labels is None else tuple(labels)
        super().__init__(complex_.network, complex_.domain, tuple(points), named)
        self.complex = complex_

    def __repr__(self) -> str:
        return (
            f"<RegionOccupancy of {len(self)} points: {len(self.holding)} of "
            f"{len(self.complex)} regions hold data>"
        )

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """For each region the points inside it."""
        found: list[tuple[int, ...]] = [()] * len(self.complex)
        for pattern, indices in self.holders.items():
            found[self.complex.index[pattern]] = indices
        return tuple(found)

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """For each region the number of points inside it."""
        return tuple(map(len, self.members))

    @cached_property
    def around(self) -> dict[int, tuple[int, ...]]:
        """For each point on a boundary all regions that contain it."""
        return {i: regions_around(self.complex, self.points[i]) for i in self.on_boundary}

    @cached_property
    def guests(self) -> tuple[tuple[int, ...], ...]:
        """For each region the points on its boundary, inside the closed domain."""
        found: list[list[int]] = [[] for _ in range(len(self.complex))]
        for point, touched in self.around.items():
            for region in touched:
                found[region].append(point)
        return tuple(map(tuple, found))

    @cached_property
    def holding(self) -> tuple[int, ...]:
        """The regions with a point inside."""
        return tuple(i for i, count in enumerate(self.counts) if count)

    @cached_property
    def touched(self) -> tuple[int, ...]:
        """The regions with points on their boundary only."""
        pairs = enumerate(zip(self.counts, self.guests, strict=True))
        return tuple(i for i, (count, guests) in pairs if guests and not count)

    @cached_property
    def empty(self) -> tuple[int, ...]:
        """The regions whose closure contains no point."""
        pairs = enumerate(zip(self.counts, self.guests, strict=True))
        return tuple(i for i, (count, guests) in pairs if not guests and not count)

    @cached_property
    def mixed(self) -> tuple[int, ...]:
        """The regions that hold points of several classes; none without labels."""
        labels = self.labels
        if labels is None:
            return ()
        return tuple(i for i, held in enumerate(self.members) if len({labels[k] for k in held}) > 1)

    @cached_property
    def decision_distances(self) -> tuple[DecisionDistance | None, ...]:
        """For each point the distance to the decision boundary, by sign or by largest output.

        None outside the domain, and where there is no boundary; see `exactpwl.decision_distances`
        for other levels.
        """
        return decision_distances(self.complex, self.points)

    def in_box(self, box: DomainLike) -> InBox:
        """Return what a window or box shows, in any number of inputs.

        Parameters
        ----------
        box : Domain, or pairs (low, high)

        Raises
        ------
        DomainError
            If it is of another dimension, or its interior misses the domain's.

        Examples
        --------
        >>> from exactpwl import gallery, regions
        >>> found = region_occupancy(regions(gallery.get("xor")), [(1, 1), (2, 1), (0, "-1/2")])
        >>> seen = found.in_box([(0, "3/2"), (0, "3/2")])
        >>> seen.regions, seen.holding_there, seen.points
        ((2,), (2,), (0,))
        """
        window = as_domain(box, self.complex.dimension)
        part = self.complex.restrict(window)
        seen = tuple(sorted(self.complex.index[cell.pattern] for cell in part.cells))
        there = tuple(
            i
            for i, (point, place) in enumerate(zip(self.points, self.places, strict=True))
            if place.status != "outside" and window.contains(point)
        )
        chosen = set(there)
        empty = set(self.empty)
        return InBox(
            seen,
            tuple(i for i in seen if self.counts[i]),
            tuple(i for i in seen if chosen.intersection(self.members[i])),
            tuple(i for i in seen if i in empty),
            tuple(i for i in seen if _lies_in(self.complex.regions[i], window)),
            there,
        )


def _lies_in(region: Region, window: Domain) -> bool:
    """Return whether a region is a part of a polyhedron, by its generators and lines."""
    for normal, offset in window.rows:
        row = (*normal, offset)
        if any(sum(a * b for a, b in zip(row, g, strict=True)) < 0 for g in region.generators):
            return False
        if any(sum(a * b for a, b in zip(normal, u, strict=True)) for u in region.lines):
            return False
    return True


def region_occupancy(
    complex_: PolyhedralComplex,
    points: Iterable[Iterable[RationalLike]],
    labels: Iterable[int] | None = None,
) -> RegionOccupancy:
    """Return where data points lie among all regions of a complex.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    points : sequence of points
    labels : sequence of int, optional
        The class of each point.

    Returns
    -------
    RegionOccupancy
        Exact.  Points outside the complex's domain are listed and count for nothing else.

    Raises
    ------
    DimensionError
        If a point has not d coordinates; it is named.
    OptionError
        If there is not one label for each point.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> run = gallery.run("disc-3")
    >>> found = region_occupancy(regions(run.networks[-1]), run.points, run.labels)
    >>> len(found.complex), len(found.holding), sum(found.counts) == len(run.points)
    (7, 5, True)
    """
    made = as_points(points, complex_.dimension)
    return RegionOccupancy(complex_, made, as_labels(labels, len(made)))
