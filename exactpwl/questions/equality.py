r"""Whether two networks are the same function, and where not.

Equal functions need not have equal weights: neurons may be permuted and rescaled, layers merged,
the depth may differ.  So weights say nothing; regions do.  Let f and g be two networks with the
same inputs and outputs.  Put side by side they are one network, whose regions are the common
refinement of theirs, and f - g is one linear layer more.  On each region it is an affine map, and
f = g on the (closed) domain iff all these maps are zero: a closed domain with an interior is the
closure of the regions, and both functions are continuous.

Where f - g is not zero on a region, it vanishes there on a hyperplane at most.  So the regions with
a map other than 0 are, up to a set of measure zero, the set on which f and g differ: it has the sum
of their volumes, and is told by them completely.

Whether the two are equal is decided, and proved, by `certificate.certify_equality`; the regions are
computed when somebody asks where they differ.

References
----------
M. Phuong, C. H. Lampert, Functional vs. parametric equivalence of ReLU networks, ICLR 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from exactpwl.affine import AffineMap
from exactpwl.certificate.answers import certify_equality
from exactpwl.certificate.certificate import Certificate
from exactpwl.certificate.claims import Counterexample
from exactpwl.certificate.side_by_side import side_by_side
from exactpwl.complex import PolyhedralComplex
from exactpwl.counts import linear_regions
from exactpwl.domain import DomainLike
from exactpwl.enumeration import regions
from exactpwl.network import Network
from exactpwl.pattern import Pattern
from exactpwl.questions.provable import provable
from exactpwl.region import Region

__all__ = ["Difference", "DifferingRegion", "difference"]

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class DifferingRegion:
    """A region of the common refinement of two networks on which they have two affine maps.

    Examples
    --------
    >>> from exactpwl import Network
    >>> relu, absolute = (Network([([[1]], [0], kind)]) for kind in ("relu", "abs"))
    >>> (left,) = difference(relu, absolute).regions
    >>> [str(pattern) for pattern in left.patterns], left.witness, left.difference.weight
    (['0', '0'], (Fraction(-1, 1),), ((Fraction(1, 1),),))
    """

    networks: tuple[Network, Network]
    region: Region
    """The region of `Difference.complex`."""

    @property
    def difference(self) -> AffineMap:
        """The affine map of the first network minus that of the second."""
        return self.region.affine_map

    @cached_property
    def witness(self) -> Point:
        """A point inside the region at which the two networks differ."""
        inside = self.region.interior_point
        if any(self.difference(inside)):
            return inside
        # f - g is not zero on the segment from a zero inside to a generator that is none
        return next(
            tuple((a + b) / 2 for a, b in zip(inside, end, strict=True))
            for end in _ends(self.region, inside)
            if any(self.difference(end))
        )

    @property
    def patterns(self) -> tuple[Pattern, Pattern]:
        """The activation pattern of either network on the region."""
        first, second = self.networks
        return first.pattern_at(self.witness), second.pattern_at(self.witness)

    @property
    def volume(self) -> Fraction | None:
        """The exact volume of the region; None if it is unbounded."""
        return self.region.volume


def _ends(region: Region, inside: Point) -> list[Point]:
    """Return points of the closed region that span it together with a point inside."""
    ends = list(region.vertices)
    for way in (*region.rays, *region.lines):
        ends.append(tuple(a + b for a, b in zip(inside, way, strict=True)))
    return ends


@dataclass(frozen=True)
class Difference:
    """Where two networks differ; made by `difference`.

    Attributes
    ----------
    first, second : Network
    certificate : Certificate
        Its claim is `Equal`, or a `Counterexample` with a point at which they differ.  Of networks
        that take maxima it has the same functions by ReLUs.

    Examples
    --------
    >>> from exactpwl import Network
    >>> networks = (Network([([[1]], [0], kind)]) for kind in ("relu", "abs"))
    >>> found = difference(*networks, [(-3, 2)])
    >>> found.is_zero, found.point, found.values, found.volume
    (False, (Fraction(-3, 1),), ((Fraction(0, 1),), (Fraction(3, 1),)), Fraction(3, 1))
    """

    first: Network
    second: Network
    certificate: Certificate

    @property
    def is_zero(self) -> bool:
        """Whether the two networks are the same function on the domain."""
        return not isinstance(self.certificate.claim, Counterexample)

    @property
    def point(self) -> Point | None:
        """A point of the closed domain at which they differ; None if there is none."""
        claim = self.certificate.claim
        return claim.point if isinstance(claim, Counterexample) else None

    @property
    def values(self) -> tuple[Point, Point] | None:
        """The outputs of both at that point."""
        point = self.point
        return None if point is None else (self.first(point), self.second(point))

    @cached_property
    def complex(self) -> PolyhedralComplex:
        """The common refinement of both networks' regions, with the affine maps of f - g."""
        both = side_by_side(*self.certificate.networks)
        size = self.first.output_dimension
        rows = [[(j == k) - (j == k + size) for j in range(2 * size)] for k in range(size)]
        minus = Network([(rows, [0] * size, "linear")])
        return regions(minus @ both, self.certificate.domain)

    @cached_property
    def regions(self) -> tuple[DifferingRegion, ...]:
        """The regions of the common refinement on which the two affine maps differ."""
        if self.is_zero:
            return ()
        networks = self.first, self.second
        return tuple(DifferingRegion(networks, self.complex.regions[i]) for i in self._differing)

    @cached_property
    def _differing(self) -> tuple[int, ...]:
        maps = self.complex.affine_maps
        return tuple(i for i, found in enumerate(maps) if not _is_zero(found))

    @cached_property
    def pieces(self) -> tuple[tuple[int, ...], ...]:
        """The linear regions (definition R4) of f - g where it is not zero, as indices of regions.

        Regions that share a facet and on which f - g is the same map are one piece.
        """
        if self.is_zero:
            return ()
        differing = set(self._differing)
        return tuple(part for part in linear_regions(self.complex) if part[0] in differing)

    @cached_property
    def volume(self) -> Fraction | None:
        """The exact volume of the set on which the networks differ; None if it is infinite."""
        if not all(one.region.is_bounded for one in self.regions):
            return None
        return sum((one.volume or Fraction(0) for one in self.regions), Fraction(0))


def _is_zero(found: AffineMap) -> bool:
    return not any(found.bias) and not any(map(any, found.weight))


def difference(first: Network, second: Network, domain: DomainLike = None) -> Difference:
    """Decide whether two networks are the same function on a domain, and tell where they differ.

    Parameters
    ----------
    first, second : Network
        With the same numbers of inputs and outputs, of any depth and activations.
    domain : Domain, or pairs (low, high), optional
        Closed; the whole space if left out.

    Returns
    -------
    Difference

    Raises
    ------
    NetworkError
        If they have different numbers of inputs or outputs; both are said.
    DomainError
        If the domain is empty, flat, or of another dimension.

    Notes
    -----
    The cost is that of the common refinement: at most as many regions as the arrangement of both
    networks' bent hyperplanes together has.

    Examples
    --------
    The absolute value in two ways, and a network that agrees with it for x >= 0:

    >>> from exactpwl import Network
    >>> two = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    >>> one = Network([([[1]], [0], "abs")])
    >>> difference(one, two).is_zero
    True
    >>> line = Network([([[1]], [0], "linear")])
    >>> len(difference(one, line).regions), difference(one, line, [(0, 9)]).is_zero
    (1, True)
    """
    certificate = certify_equality(provable(first), provable(second), domain)
    return Difference(first, second, certificate)
