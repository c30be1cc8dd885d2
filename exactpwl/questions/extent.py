r"""The exact minimum and maximum of a network's output, and where they are attained.

On the closed domain an output c . f is continuous, and affine on each closed region.  A region is
the convex hull of its vertices plus the cone of its directions and lines (Minkowski, Weyl).  So
either c . f falls along some direction, and it has no minimum: the ray is shown; or its minimum is
that at one of finitely many vertices.  The same holds of the maximum, upside down.

What attains the minimum is told region by region: in a closed region it is the face spanned by the
vertices with that value and the directions along which c . f does not change.  Boundaries of the
domain belong to it.

The minimum itself, with its proof that nothing is below it, is that of `certificate.certify_range`.

References
----------
G. M. Ziegler, Lectures on Polytopes, 1995, theorem 1.2 (main theorem for polyhedra).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from exactpwl.certificate.answers import certify_range
from exactpwl.certificate.certificate import Certificate
from exactpwl.certificate.claims import End, Range
from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import DomainLike
from exactpwl.enumeration import regions
from exactpwl.inequality import dot
from exactpwl.linear import rank
from exactpwl.network import Network
from exactpwl.questions.functionals import functional
from exactpwl.questions.provable import provable
from exactpwl.rationals import RationalLike

__all__ = ["Attained", "Extremum", "ValueRange", "value_range"]


@dataclass(frozen=True)
class Attained:
    """Where an extremum is attained.

    Attributes
    ----------
    regions : tuple of int
        All closed regions with a point at which it is.
    vertices : int
        The number of vertices of the complex at which it is.
    dimension : int
        The greatest dimension of a face on which it is: 0 for isolated points.

    Examples
    --------
    >>> Attained((0, 1), 1, 0).vertices
    1
    """

    regions: tuple[int, ...]
    vertices: int
    dimension: int


@dataclass(frozen=True)
class Extremum:
    """The minimum or the maximum of an output, or a ray along which there is none.

    Attributes
    ----------
    value : Fraction or None
        None if the output is unbounded.
    point : tuple of Fraction
        Where it is attained; or a point of the closed domain at which the ray begins.
    direction : tuple of int or None
        Of a ray in the domain along which the output goes beyond every bound.
    attained : Attained or None
        None if the output is unbounded.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> least = value_range(gallery.get("xor")).minimum
    >>> least.value, least.point, least.direction
    (None, (Fraction(0, 1), Fraction(0, 1)), (0, 1))
    """

    value: Fraction | None
    point: tuple[Fraction, ...]
    direction: tuple[int, ...] | None
    attained: Attained | None


@dataclass(frozen=True)
class ValueRange:
    """The range of an output; made by `value_range`.

    Attributes
    ----------
    coefficients : tuple of Fraction
        The output is coefficients . f.
    certificate : Certificate
        Its claim is a `Range`.  Of a network that takes maxima it has the same function by ReLUs.
    complex : PolyhedralComplex

    Examples
    --------
    >>> from exactpwl import gallery
    >>> found = value_range(gallery.get("xor"), domain=[(0, 1), (0, 1)])
    >>> found.minimum.value, found.maximum.value, found.maximum.attained.vertices
    (Fraction(-3, 1), Fraction(1, 1), 1)
    """

    coefficients: tuple[Fraction, ...]
    certificate: Certificate
    complex: PolyhedralComplex

    @cached_property
    def minimum(self) -> Extremum:
        """The least value on the closed domain."""
        return self._extremum(self._claim.lower)

    @cached_property
    def maximum(self) -> Extremum:
        """The greatest value on the closed domain."""
        return self._extremum(self._claim.upper)

    @property
    def _claim(self) -> Range:
        claim = self.certificate.claim
        assert isinstance(claim, Range)
        return claim

    def _extremum(self, end: End) -> Extremum:
        attained = None if end.value is None else self._attained(end.value)
        return Extremum(end.value, end.point, end.direction, attained)

    def _attained(self, value: Fraction) -> Attained:
        chosen = functional(self.coefficients, len(self.coefficients))
        found: list[int] = []
        vertices: set[tuple[int, ...]] = set()
        dimension = 0
        cells = zip(self.complex.cells, self.complex.affine_maps, strict=True)
        for index, (cell, affine_map) in enumerate(cells):
            output = chosen @ affine_map
            # c . f - value as a function of (x, t): 0 at a direction where c . f does not change
            function = (*output.weight[0], output.bias[0] - value)
            face = [g for g in cell.generators if not dot(function, g)]
            points = [g for g in face if g[-1]]
            if points:
                found.append(index)
                vertices.update(points)
                dimension = max(dimension, rank(face) - 1)
        return Attained(tuple(found), len(vertices), dimension + self.complex.lineality)


def value_range(
    network: Network,
    coefficients: Sequence[RationalLike] | None = None,
    domain: DomainLike = None,
) -> ValueRange:
    """Return the exact range of an output on a closed domain, and where its ends are attained.

    Parameters
    ----------
    network : Network
    coefficients : sequence of rationals, optional
        One for each output: the range of coefficients . f.  For one output it may be left out.
    domain : Domain, or pairs (low, high), optional
        The whole space if left out.

    Returns
    -------
    ValueRange

    Raises
    ------
    OptionError
        If there is not one coefficient for each output.
    DomainError
        If the domain is empty, flat, or of another dimension.

    Examples
    --------
    >>> from exactpwl import Network
    >>> relu = Network([([[1, 0]], [0], "relu")])
    >>> found = value_range(relu)
    >>> found.minimum.value, found.minimum.attained, found.maximum.direction
    (Fraction(0, 1), Attained(regions=(0, 1), vertices=1, dimension=2), (1, 0))
    """
    chosen = functional(coefficients, network.output_dimension).weight[0]
    certificate = certify_range(provable(network), chosen, domain)
    return ValueRange(chosen, certificate, regions(network, certificate.domain))
