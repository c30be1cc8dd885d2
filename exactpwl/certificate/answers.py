"""From a question about a network to its answer and the certificate of it.

The answer comes from the regions: the outputs are affine on each of them, so what they are on the
closed domain is told by the vertices, directions and lines of the regions.  A point that shows that
something fails is a vertex, or lies on a ray.  All of it is exact; and whoever checks the
certificate believes none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.certificate.certificate import Certificate
from exactpwl.certificate.claims import (
    Claim,
    Counterexample,
    End,
    Equal,
    Inequality,
    Lipschitz,
    Partition,
    Property,
    Range,
    combination,
)
from exactpwl.certificate.side_by_side import side_by_side
from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import DomainLike, as_domain
from exactpwl.engine.cell import Vector, dot
from exactpwl.engine.counting import count_regions
from exactpwl.enumeration import regions
from exactpwl.errors import OptionError
from exactpwl.network import Network
from exactpwl.rationals import RationalLike, as_fraction, as_fractions

__all__ = [
    "NORMS",
    "certify_equality",
    "certify_lipschitz",
    "certify_partition",
    "certify_property",
    "certify_range",
    "partition_certificate",
]

NORMS = ("1", "inf", "2 squared")
"""Norms of Lipschitz constants: of inputs and outputs alike; the last is squared."""

InequalityLike = Inequality | tuple[Sequence[RationalLike], RationalLike]


def partition_certificate(complex_: PolyhedralComplex) -> Certificate:
    """Return the certificate that these are all activation regions, for a complex."""
    return Certificate((complex_.network,), complex_.domain, Partition(len(complex_)))


def certify_partition(network: Network, domain: DomainLike = None) -> Certificate:
    """Return the certificate that a network has these activation regions and no others.

    The regions are counted first, then walked when the certificate is written; none is kept.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> certify_partition(gallery.get("xor")).claim
    Partition(regions=3)
    """
    chosen = as_domain(domain, network.input_dimension)
    return Certificate((network,), chosen, Partition(count_regions(network.stages, chosen)[0]))


def certify_property(
    network: Network, inequalities: Iterable[InequalityLike], domain: DomainLike = None
) -> Certificate:
    """Decide whether inequalities between the outputs hold everywhere, and return the certificate.

    Parameters
    ----------
    network : Network
    inequalities : iterable of Inequality, or of pairs (coefficients, bound)
        A pair reads coefficients . f(x) <= bound; all of them are asked for.
    domain : Domain, or pairs (low, high), optional
        Closed; the whole space if left out.

    Returns
    -------
    Certificate
        Its claim is a `Property`, or a `Counterexample` with a point where one inequality fails.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> xor = gallery.get("xor")
    >>> certify_property(xor, [([1], 1)]).claim.as_json()["holds"]
    True
    >>> certify_property(xor, [([1], "1/2")]).claim.point
    (Fraction(0, 1), Fraction(0, 1))
    """
    asked = tuple(_inequality(given, network.output_dimension) for given in inequalities)
    complex_ = regions(network, domain)
    for generators, found in _pieces(complex_):
        for inequality in asked:
            least = _lowest(generators, complex_.lines, inequality.slack(found))
            if least.direction or least.value < 0 or (inequality.strict and not least.value):
                return _certificate(complex_, Counterexample(least.negative_point(), asked))
    return _certificate(complex_, Property(asked, len(complex_)))


def certify_equality(first: Network, second: Network, domain: DomainLike = None) -> Certificate:
    """Decide whether two networks are the same function on a domain, and return the certificate.

    Returns
    -------
    Certificate
        Its claim is `Equal`, or a `Counterexample` with a point at which they differ.

    Raises
    ------
    NetworkError
        If they have different numbers of inputs or outputs.

    Examples
    --------
    >>> from exactpwl import Network
    >>> one = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    >>> other = Network([([[1]], [0], "abs"), ([[1]], [0], "linear")])
    >>> certify_equality(one, other).claim
    Equal(regions=2)
    """
    both = regions(side_by_side(first, second), domain)
    size = first.output_dimension
    for generators, found in _pieces(both):
        for output in range(size):
            pair = [Fraction((k == output) - (k == output + size)) for k in range(2 * size)]
            point = _nonzero(generators, both.lines, combination(pair, Fraction(0), found))
            if point is not None:
                return Certificate((first, second), both.domain, Counterexample(point))
    return Certificate((first, second), both.domain, Equal(len(both)))


def certify_lipschitz(
    network: Network, norm: str = "inf", domain: DomainLike = None
) -> Certificate:
    """Return the least Lipschitz constant of a network on a domain, with its certificate.

    Parameters
    ----------
    network : Network
    norm : {"1", "inf", "2 squared"}
        Of inputs and outputs; the last one gives the square, for one output.
    domain : Domain, or pairs (low, high), optional

    Raises
    ------
    OptionError
        If the norm is unknown, or ``2 squared`` is asked for with several outputs.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> certify_lipschitz(gallery.get("xor")).claim.value
    Fraction(4, 1)
    """
    if norm not in NORMS:
        raise OptionError(f"the norms are {', '.join(NORMS)}; got {norm!r}")
    if norm == "2 squared" and network.output_dimension != 1:
        raise OptionError(
            "the Euclidean norm of a matrix is irrational: '2 squared' is for one output, "
            f"and the network has {network.output_dimension}; take norm 1 or inf"
        )
    complex_ = regions(network, domain)
    value = max(found.norm(norm) for found in complex_.affine_maps)
    return _certificate(complex_, Lipschitz(norm, value, len(complex_)))


def certify_range(
    network: Network, coefficients: Sequence[RationalLike], domain: DomainLike = None
) -> Certificate:
    """Return the range of coefficients . f on the closed domain, with its certificate.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> claim = certify_range(gallery.get("xor"), [1], [(0, 1), (0, 1)]).claim
    >>> claim.lower.value, claim.upper.value, claim.upper.point
    (Fraction(-3, 1), Fraction(1, 1), (Fraction(0, 1), Fraction(0, 1)))
    """
    chosen = as_fractions(coefficients)
    _require_coefficients(chosen, network.output_dimension)
    complex_ = regions(network, domain)
    lower, upper = (_end([sign * c for c in chosen], complex_, Fraction(sign)) for sign in (1, -1))
    return _certificate(complex_, Range(chosen, lower, upper, len(complex_)))


def _certificate(complex_: PolyhedralComplex, claim: Claim) -> Certificate:
    return Certificate((complex_.network,), complex_.domain, claim)


def _inequality(given: InequalityLike, outputs: int) -> Inequality:
    if not isinstance(given, Inequality):
        coefficients, bound = given
        given = Inequality(as_fractions(coefficients), as_fraction(bound))
    _require_coefficients(given.coefficients, outputs)
    return given


def _require_coefficients(coefficients: Sequence[Fraction], outputs: int) -> None:
    if len(coefficients) != outputs:
        raise OptionError(
            f"one coefficient for each output is required, {outputs}; got {len(coefficients)}"
        )


def _pieces(complex_: PolyhedralComplex) -> Iterator[tuple[tuple[Vector, ...], AffineMap]]:
    for cell, found in zip(complex_.cells, complex_.affine_maps, strict=True):
        yield cell.generators, found


class _Lowest(NamedTuple):
    """Where a function is least on a cell: at a vertex, or nowhere along a direction from it."""

    vertex: Vector
    value: Fraction
    direction: Vector | None
    fall: int

    def negative_point(self) -> tuple[Fraction, ...]:
        """Return a point at which the function is not positive, if it is anywhere."""
        point = [Fraction(c, self.vertex[-1]) for c in self.vertex[:-1]]
        if self.direction is None:
            return tuple(point)
        steps = max(0, self.value // self.fall + 1)
        return tuple(p + steps * u for p, u in zip(point, self.direction, strict=False))


def _lowest(generators: Sequence[Vector], lines: Sequence[Vector], function: Vector) -> _Lowest:
    """Return where a function of (x, t) is least on a cell with these generators and lines."""
    vertices = [g for g in generators if g[-1]]
    value, vertex = min((Fraction(dot(function, v), v[-1]), v) for v in vertices)
    ways = [g for g in generators if not g[-1]]
    for line in lines:
        ways += [(*line, 0), (*(-c for c in line), 0)]
    for way in ways:
        slope = dot(function, way)
        if slope < 0:
            return _Lowest(vertex, value, way, -slope)
    return _Lowest(vertex, value, None, 0)


def _nonzero(
    generators: Sequence[Vector], lines: Sequence[Vector], function: Vector
) -> tuple[Fraction, ...] | None:
    """Return a point of a cell at which a function is not 0, or None."""
    for sign in (1, -1):
        least = _lowest(generators, lines, tuple(sign * c for c in function))
        if least.direction or least.value < 0:
            return least.negative_point()
    return None


def _end(coefficients: Sequence[Fraction], complex_: PolyhedralComplex, sign: Fraction) -> End:
    """Return where coefficients . f is least; `sign` times that is its value."""
    best: End | None = None
    for generators, found in _pieces(complex_):
        function, scale = _scaled(coefficients, found)
        least = _lowest(generators, complex_.lines, function)
        point = tuple(Fraction(c, least.vertex[-1]) for c in least.vertex[:-1])
        if least.direction is not None:
            return End(point, direction=least.direction[:-1])
        value = sign * least.value / scale
        if best is None or best.value is None or sign * value < sign * best.value:
            best = End(point, value)
    assert best is not None
    return best


def _scaled(coefficients: Sequence[Fraction], found: AffineMap) -> tuple[Vector, Fraction]:
    """Return coefficients . f in coprime integers, and how many times larger that is."""
    function = combination(coefficients, Fraction(0), found)
    place = next((i for i, c in enumerate(function) if c), None)
    if place is None:
        return function, Fraction(1)
    columns = [*zip(*found.weight, strict=True), found.bias]
    true = sum((c * w for c, w in zip(coefficients, columns[place], strict=True)), Fraction(0))
    return function, function[place] / true
