"""The region around one point, with any number of inputs: its inequalities, all or irredundant.

The pattern at the point gives every inequality of its region, exactly, by one pass through the
layers.  Which of them define facets is decided in up to 64 inputs and 200 different inequalities
(`exactpwl.irredundant`); beyond that the question is refused, because a single answer may take
hours, while all inequalities and the distance to the boundary are there at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from exactpwl.affine import AffineMap
from exactpwl.data.boundary import BoundaryDistance, boundary_distance
from exactpwl.data.places import place_of
from exactpwl.errors import DomainError
from exactpwl.inequality import as_point
from exactpwl.irredundant import irredundant_rows
from exactpwl.local_maps import LocalInequality
from exactpwl.network import Network
from exactpwl.pattern import Pattern
from exactpwl.rationals import RationalLike, format_point

__all__ = ["PointRegion", "region_of_point"]

_MOST_SHOWN = 6


@dataclass(frozen=True)
class PointRegion:
    """The region around a point, in the whole space; made by `region_of_point`.

    Attributes
    ----------
    network : Network
    point : d fractions
        Inside the region.
    pattern : Pattern

    Examples
    --------
    >>> from exactpwl import gallery
    >>> around = region_of_point(gallery.get("xor"), (0, "-1/2"))
    >>> [f"{one} from {one.origin}" for one in around.inequalities]
    ['x+y+1 >= 0 from layer 0, neuron 0: z > 0', '-x-y >= 0 from layer 0, neuron 1: z <= 0']
    >>> around.distance.l1
    Fraction(1, 2)
    """

    network: Network = field(repr=False)
    point: tuple[Fraction, ...]
    pattern: Pattern

    @cached_property
    def inequalities(self) -> tuple[LocalInequality, ...]:
        """All inequalities with variables, positive inside, layer by layer; in integers."""
        return tuple(self.network.inequalities_at(self.point))

    @cached_property
    def irredundant(self) -> tuple[LocalInequality, ...]:
        """The inequalities that define facets, the first of equal ones.

        Raises
        ------
        TooLargeError
            If there are more than 64 inputs or 200 different inequalities.
        """
        rows = [one.row(len(self.point)) for one in self.inequalities]
        return tuple(self.inequalities[i] for i in irredundant_rows(rows, self.point))

    @property
    def affine_map(self) -> AffineMap:
        """The network's affine map on the region."""
        return self.network.affine_map_at(self.point)

    @cached_property
    def distance(self) -> BoundaryDistance:
        """How far the point is from the region's boundary, in three norms."""
        return boundary_distance(self.inequalities, self.point)


def region_of_point(network: Network, x: Iterable[RationalLike]) -> PointRegion:
    """Return the region that a point is inside of, without enumerating any other.

    Parameters
    ----------
    network : Network
        With any number of inputs.
    x : d rationals

    Raises
    ------
    DimensionError
        If `x` has not d coordinates.
    DomainError
        If it is on the boundary of several regions.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> around = region_of_point(gallery.get("digits"), ["1/2"] * 64)
    >>> len(around.inequalities), len(around.irredundant)
    (10, 10)
    """
    point = as_point(x, network.input_dimension)
    place = place_of(network, point)
    if place.status != "inside":
        shown = format_point(point[:_MOST_SHOWN]) + (" ..." if len(point) > _MOST_SHOWN else "")
        raise DomainError(
            f"a point inside a region is required, but at {shown} several regions meet; move it a "
            "little, or name the pattern: exactpwl.pattern_polyhedron(network, pattern)"
        )
    return PointRegion(network, point, place.pattern)
