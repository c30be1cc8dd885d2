"""From a question about a network to its answer and the certificate of it.

The answer comes from the regions: the outputs are affine on each of them, so what they are on the
closed domain is told by the vertices, directions and lines of the regions.  A point that shows that
something fails is a vertex, or lies on a ray.  All of it is exact; and whoever checks the
certificate believes none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from operator import mul
from typing import NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.certificate.certificate import Certificate
from exactpwl.certificate.claims import (
    Claim,
    Clause,
    Counterexample,
    End,
    Equal,
    Inequality,
    Lipschitz,
    Partition,
    Property,
    Range,
    Slope,
    combination,
)
from exactpwl.certificate.pruned import search
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
    "as_clauses",
    "certify_equality",
    "certify_lipschitz",
    "certify_partition",
    "certify_property",
    "certify_range",
    "certify_slope",
    "partition_certificate",
]

NORMS = ("1", "inf", "2 squared")
"""Norms of Lipschitz constants: of inputs and outputs alike; the last is squared."""

InequalityLike = Inequality | tuple[Sequence[RationalLike], RationalLike]
ClauseLike = InequalityLike | Sequence[Inequality]


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
    network: Network, asked: Iterable[ClauseLike], domain: DomainLike = None
) -> Certificate:
    """Decide whether inequalities hold everywhere on a domain, and return the certificate.

    Parameters
    ----------
    network : Network
    asked : iterable of clauses
        All of them are asked for.  A clause is an `Inequality` between inputs and outputs, a pair
        (coefficients, bound), which reads coefficients . f(x) <= bound, or a list of `Inequality`
        of which at least one must hold at each point.
    domain : Domain, or pairs (low, high), optional
        Closed; the whole space if left out.

    Returns
    -------
    Certificate
        Its claim is a `Property`, or a `Counterexample` with a point where a clause fails.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> xor = gallery.get("xor")
    >>> certify_property(xor, [([1], 1)]).claim.as_json()["holds"]
    True
    >>> certify_property(xor, [([1], "1/2")]).claim.as_json()["holds"]
    False
    """
    clauses = as_clauses(asked, network)
    chosen = as_domain(domain, network.input_dimension)
    found = search(network, chosen, clauses)
    if found.failure is not None:
        return Certificate((network,), chosen, Counterexample(found.failure, clauses))
    return Certificate((network,), chosen, Property(clauses, found.leaves))


def as_clauses(asked: Iterable[ClauseLike], network: Network) -> tuple[Clause, ...]:
    """Return clauses with a coefficient for each output and each input.

    Raises
    ------
    OptionError
        If there is no clause, a clause is empty, or has other numbers of coefficients.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> as_clauses([([1], "1/2")], gallery.get("xor"))[0][0].inputs
    (Fraction(0, 1), Fraction(0, 1))
    """
    clauses = tuple(tuple(_inequality(i, network) for i in _alternatives(c)) for c in asked)
    if not clauses or not all(clauses):
        raise OptionError("a property needs at least one inequality, and so does each clause of it")
    return clauses


def _alternatives(clause: ClauseLike) -> Sequence[InequalityLike]:
    if isinstance(clause, Inequality):
        return [clause]
    items = list(clause)
    return items if all(isinstance(item, Inequality) for item in items) else [(items[0], items[1])]


def _inequality(given: InequalityLike, network: Network) -> Inequality:
    if not isinstance(given, Inequality):
        coefficients, bound = given
        given = Inequality(as_fractions(coefficients), as_fraction(bound))
    _require_coefficients(given.coefficients, network.output_dimension)
    inputs = given.inputs or (Fraction(0),) * network.input_dimension
    if len(inputs) != network.input_dimension:
        raise OptionError(
            f"one coefficient for each input is required, {network.input_dimension}, or none; "
            f"got {len(inputs)}"
        )
    return replace(given, inputs=inputs)


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


def certify_slope(
    network: Network,
    coefficients: Sequence[RationalLike],
    direction: Sequence[RationalLike],
    domain: DomainLike = None,
) -> Certificate:
    """Return the greatest slope of coefficients . f along a direction, with its certificate.

    It is the greatest among the regions, which are full-dimensional.  So coefficients . f grows
    nowhere along the direction iff it is at most 0.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> certify_slope(gallery.get("xor"), [1], [0, 1]).claim.value
    Fraction(2, 1)
    """
    chosen, way = as_fractions(coefficients), as_fractions(direction)
    _require_coefficients(chosen, network.output_dimension)
    if len(way) != network.input_dimension:
        raise OptionError(
            f"a direction with {network.input_dimension} entries is required, got {len(way)}"
        )
    complex_ = regions(network, domain)
    slopes = (_slope(found, chosen, way) for found in complex_.affine_maps)
    return _certificate(complex_, Slope(chosen, way, max(slopes), len(complex_)))


def _slope(found: AffineMap, chosen: Sequence[Fraction], way: Sequence[Fraction]) -> Fraction:
    growths = (sum(map(mul, row, way), Fraction(0)) for row in found.weight)
    return sum(map(mul, chosen, growths), Fraction(0))


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
