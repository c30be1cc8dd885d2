"""Which region each data point is in, from forward passes alone.

A point is *inside* a region if it is in the region's interior.  The literal pattern at x, of an
exact forward pass, and the kinks that are zero there decide it.  If none is zero, the pattern's
inequalities hold strictly, and x is inside.  If some are, take the first layer with such a kink:
near x the layers before it are affine, so its function is, and either it vanishes identically
there, and splits nothing, or its hyperplane passes through x and neighbouring regions meet there.
So x is inside a region iff all inequalities of its pattern that have variables hold strictly.  Else
x is *on a boundary*: several regions contain it, and its distance to their boundaries is 0.

A region *holds* the points inside it, and *touches* those on its boundary, which satisfy its
inequalities without being inside.  A point is *alone* if it is inside a region that contains no
other point of the data, not even on its boundary.  Two equal points are two points, and neither is
alone.

None of this enumerates regions, so the share of points that are alone is found for networks with
hundreds of inputs.  Beside it stands the share of points with a literal pattern of their own, which
is what is counted where nobody asks about boundaries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from exactpwl.affine import AffineMap
from exactpwl.data.boundary import BoundaryDistance, boundary_distance
from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.errors import DimensionError, OptionError
from exactpwl.forward import evaluate
from exactpwl.inequality import as_point
from exactpwl.network import Network
from exactpwl.pattern import Pattern
from exactpwl.rationals import RationalLike

__all__ = ["Occupancy", "Place", "occupancy", "place_of"]

Point = tuple[Fraction, ...]
Status = Literal["inside", "boundary", "outside"]


@dataclass(frozen=True)
class Place:
    """Where one data point lies.

    Attributes
    ----------
    status : {"inside", "boundary", "outside"}
        In the interior of a region, on the boundary of several, or outside the domain.
    pattern : Pattern
        The literal pattern at the point; inside a region it is the region's.
    """

    status: Status
    pattern: Pattern


def place_of(network: Network, point: Point) -> Place:
    """Return where a point of the whole space lies: inside a region or on a boundary.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> half = Fraction(1, 2)
    >>> [place_of(gallery.get("xor"), p).status for p in ((half, half), (half, -half))]
    ['inside', 'boundary']
    """
    found = evaluate(network.layers, point)
    status: Status = "inside"
    if any(0 in layer for layer in found.signs):
        tight = (one.at(point) == 0 for one in network.inequalities_at(point))
        status = "boundary" if any(tight) else "inside"
    return Place(status, found.pattern)


class Occupancy:
    """A data set among the regions of a network; made by `occupancy`.

    Attributes
    ----------
    network : Network
    domain : Domain
    points : tuple of points
    labels : tuple of int, or None
    places : tuple of Place
        One for each point.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> found = occupancy(gallery.get("xor"), [(1, 1), (2, 1), (0, "-1/2"), (0, 0)])
    >>> {str(pattern): indices for pattern, indices in found.holders.items()}
    {'11': (0, 1), '10': (2,)}
    >>> found.on_boundary, found.alone, found.share_alone
    ((3,), (), Fraction(0, 1))
    """

    def __init__(
        self,
        network: Network,
        domain: Domain,
        points: Sequence[Point],
        labels: Sequence[int] | None,
    ) -> None:
        self.network = network
        self.domain = domain
        self.points = tuple(points)
        self.labels = None if labels is None else tuple(labels)
        self.places = tuple(map(self._place, self.points))

    def _place(self, point: Point) -> Place:
        place = place_of(self.network, point)
        if self.domain.contains(point):
            return place
        return Place("outside", place.pattern)

    def __len__(self) -> int:
        return len(self.points)

    def __repr__(self) -> str:
        return f"<Occupancy of {len(self)} points in {len(self.holders)} regions>"

    def _with_status(self, status: Status) -> tuple[int, ...]:
        return tuple(i for i, place in enumerate(self.places) if place.status == status)

    @cached_property
    def inside(self) -> tuple[int, ...]:
        """The points inside a region, as indices."""
        return self._with_status("inside")

    @cached_property
    def on_boundary(self) -> tuple[int, ...]:
        """The points on a boundary between regions, as indices."""
        return self._with_status("boundary")

    @cached_property
    def outside(self) -> tuple[int, ...]:
        """The points outside the domain, which count for nothing else, as indices."""
        return self._with_status("outside")

    @cached_property
    def holders(self) -> dict[Pattern, tuple[int, ...]]:
        """For each region that holds data, by its pattern, the points inside it."""
        found: dict[Pattern, list[int]] = {}
        for index in self.inside:
            found.setdefault(self.places[index].pattern, []).append(index)
        return {pattern: tuple(indices) for pattern, indices in found.items()}

    def touching(self, pattern: Pattern) -> tuple[int, ...]:
        """Return the points on the boundary of a region that holds data, given by its pattern.

        Raises
        ------
        KeyError
            If no point is inside a region of that pattern.
        """
        first = self.points[self.holders[pattern][0]]
        if not self.on_boundary:
            return ()
        rows = tuple(self.network.inequalities_at(first))
        candidates = ((i, self.points[i]) for i in self.on_boundary)
        return tuple(i for i, point in candidates if all(row.at(point) >= 0 for row in rows))

    @cached_property
    def alone(self) -> tuple[int, ...]:
        """The points that are alone in their closed region, as indices."""
        single = (p for p, indices in self.holders.items() if len(indices) == 1)
        return tuple(sorted(self.holders[p][0] for p in single if not self.touching(p)))

    @property
    def share_alone(self) -> Fraction | None:
        """The share, of the points in the domain, that are alone; None if there are no points."""
        number = len(self) - len(self.outside)
        return Fraction(len(self.alone), number) if number else None

    @cached_property
    def own_pattern(self) -> tuple[int, ...]:
        """The points whose literal pattern no other point has, inside a region or not, as indices.

        This is what is counted where patterns are all that is looked at.  It differs from `alone`
        by the points on boundaries: of a maximum whose arguments are equal there the literal
        pattern names the first, and so it is in every picture with a blank margin.
        """
        indices = [i for i, place in enumerate(self.places) if place.status != "outside"]
        times = Counter(self.places[i].pattern for i in indices)
        return tuple(i for i in indices if times[self.places[i].pattern] == 1)

    @property
    def share_own_pattern(self) -> Fraction | None:
        """The share, of the points in the domain, with a pattern of their own; None without any."""
        number = len(self) - len(self.outside)
        return Fraction(len(self.own_pattern), number) if number else None

    @cached_property
    def affine_maps(self) -> tuple[AffineMap | None, ...]:
        """For each point the affine map of the region that it is inside of; None elsewhere.

        On a boundary there is no single one: the function may have no derivative there.
        """
        known = {
            pattern: self.network.affine_map_at(self.points[indices[0]])
            for pattern, indices in self.holders.items()
        }
        return tuple(
            known[place.pattern] if place.status == "inside" else None for place in self.places
        )

    @cached_property
    def distances(self) -> tuple[BoundaryDistance | None, ...]:
        """For each point the distance to its region's boundary; None outside the domain.

        The region's is in the whole space: the domain's own boundary is no kink and does not count.
        See `exactpwl.data.boundary`.
        """
        found: list[BoundaryDistance | None] = [None] * len(self)
        for indices in [*self.holders.values(), *((i,) for i in self.on_boundary)]:
            rows = tuple(self.network.inequalities_at(self.points[indices[0]]))
            for i in indices:
                found[i] = boundary_distance(rows, self.points[i])
        return tuple(found)


def occupancy(
    network: Network,
    points: Iterable[Iterable[RationalLike]],
    labels: Iterable[int] | None = None,
    domain: DomainLike = None,
) -> Occupancy:
    """Return where data points lie among the regions of a network; no region is enumerated.

    Parameters
    ----------
    network : Network
    points : sequence of points
        Anything that spells rationals; a float is the dyadic rational that it stores.
    labels : sequence of int, optional
        The class of each point.
    domain : Domain, or pairs (low, high), optional
        Points outside it are listed and count for nothing else; the whole space if left out.

    Returns
    -------
    Occupancy
        Exact.  `region_occupancy` tells of the regions without data, too.

    Raises
    ------
    DimensionError
        If a point has not d coordinates; it is named.
    DomainError
        If the domain is of another dimension.
    OptionError
        If there is not one label for each point.

    Examples
    --------
    The network ``digits`` has 64 inputs and 10 hidden neurons:

    >>> from exactpwl import gallery
    >>> found = occupancy(gallery.get("digits"), [[0] * 64, ["1/2"] * 64])
    >>> found, found.share_alone
    (<Occupancy of 2 points in 2 regions>, Fraction(1, 1))
    """
    made = as_points(points, network.input_dimension)
    named = as_labels(labels, len(made))
    return Occupancy(network, as_domain(domain, network.input_dimension), made, named)


def as_points(points: Iterable[Iterable[RationalLike]], dimension: int) -> tuple[Point, ...]:
    """Return data points as tuples of fractions; an error names the point."""
    found = []
    for i, point in enumerate(points):
        try:
            found.append(as_point(point, dimension))
        except (DimensionError, TypeError, ValueError) as error:
            raise DimensionError(f"data point {i}: {error}") from None
    return tuple(found)


def as_labels(labels: Iterable[int] | None, number: int) -> tuple[int, ...] | None:
    """Return the labels of data points, checked to be as many."""
    if labels is None:
        return None
    named = tuple(map(int, labels))
    if len(named) != number:
        raise OptionError(
            f"one label for each data point is required, got {number} points and "
            f"{len(named)} labels"
        )
    return named
