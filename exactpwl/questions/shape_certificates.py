"""Proofs of monotonicity, convexity and injectivity, in terms that the checker knows already.

*Monotone.*  The greatest slope of c . f along u is what a claim of its own says (`certify_slope`).
c . f is non-increasing along u iff that is <= 0, strictly decreasing iff it is < 0; for increasing
it is the greatest slope of -c . f.

*Convex.*  A convex f is the maximum of its distinct affine pieces p_1 .. p_k, and a maximum of
affine functions is convex.  So the property "f >= p_1, ..., f >= p_k, and f <= p_1 or ... or
f <= p_k" holds iff f is their maximum, and then f is convex.  It names no facet.  Concave is
the same with the signs turned, affine the case k = 1.

*Injective.*  Let h(x, y) = f(x) - f(y), a network in twice as many inputs: every layer twice, side
by side, without a weight between, then one subtraction.  f is injective on D iff for every
coordinate k and all (x, y) in D x D

    some output of h is < 0, or one is > 0, or x_k <= y_k.

If f(x) = f(y) only for x = y, then x_k > y_k implies that h(x, y) is not 0.  Conversely let x != y
have one image.  They differ in a coordinate k, and either (x, y) or (y, x), which is in D x D as
well, has x_k > y_k: there the clause of k fails.  The cells of h are the products of two cells of
f, so this proof has up to as many leaves as there are pairs of regions, whatever decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exactpwl.certificate import (
    Certificate,
    Counterexample,
    Inequality,
    certify_property,
    certify_slope,
)
from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.errors import OptionError
from exactpwl.layer import Layer
from exactpwl.network import Network
from exactpwl.questions.bending import Convexity
from exactpwl.questions.functionals import functional
from exactpwl.questions.injective_maps import Collision
from exactpwl.questions.provable import provable
from exactpwl.questions.rising import SENSES
from exactpwl.rationals import RationalLike, as_fractions

__all__ = ["certify_convexity", "certify_injectivity", "certify_monotonicity", "image_difference"]

Clause = tuple[Inequality, ...]


def certify_monotonicity(
    network: Network,
    direction: Sequence[RationalLike],
    sense: str,
    coefficients: Sequence[RationalLike] | None = None,
    domain: DomainLike = None,
) -> Certificate:
    """Return a certificate of the slope that decides whether c . f rises, or falls, everywhere.

    Parameters
    ----------
    network : Network
    direction : d rationals, not all 0
    sense : {"increasing", "decreasing"}
    coefficients : m rationals, optional
        The combination of the m outputs; may be left out where there is one.
    domain : Domain, or pairs (low, high), optional

    Returns
    -------
    Certificate
        Its claim is the greatest slope of c . f, or of -c . f for ``increasing``: c . f is monotone
        in that sense iff the value is <= 0, strictly iff it is < 0.

    Raises
    ------
    OptionError
        If the sense is neither, the direction is 0 or there is not one coefficient for each output.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> certify_monotonicity(gallery.get("max:2"), (1, 1), "increasing").claim.value
    Fraction(-1, 1)
    """
    if sense not in SENSES:
        raise OptionError(f"the senses are {' and '.join(SENSES)}; got {sense!r}")
    (chosen,) = functional(coefficients, network.output_dimension).weight
    sign = -1 if sense == "increasing" else 1
    turned = [sign * c for c in chosen]
    return certify_slope(provable(network), turned, as_fractions(direction), domain)


def certify_convexity(
    network: Network, found: Convexity, shape: str = "convex", domain: DomainLike = None
) -> Certificate:
    """Return a certificate that a combination of outputs is the maximum of its affine pieces.

    Parameters
    ----------
    network : Network
    found : Convexity
        The answer of `exactpwl.questions.convexity` for the same network and domain.
    shape : {"convex", "concave", "affine"}
    domain : Domain, or pairs (low, high), optional

    Returns
    -------
    Certificate
        Its claim is a `Property`: for concave that it is the minimum of its pieces.

    Raises
    ------
    OptionError
        If the answer says that it is not of this shape: then its three points are the proof.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.questions import convexity
    >>> two = gallery.get("max:2")
    >>> certificate = certify_convexity(two, convexity(regions(two)))
    >>> [len(clause) for clause in certificate.claim.clauses]
    [1, 1, 2]
    """
    if found.counterexamples(shape):
        raise OptionError(
            f"the combination is not {shape}, so there is nothing to certify: the points of "
            "its counterexample show it"
        )
    sign = -1 if shape == "concave" else 1
    pieces = range(len(found.pieces))
    beyond: list[Clause] = [(_between(found, k, -sign),) for k in pieces]
    within = tuple(_between(found, k, sign) for k in pieces)
    return certify_property(provable(network), [*beyond, within], domain)


def _between(found: Convexity, piece: int, sign: int) -> Inequality:
    """Return sign * (c . f - piece) <= 0."""
    (gradient,), (constant,) = found.pieces[piece].weight, found.pieces[piece].bias
    return Inequality(
        tuple(sign * c for c in found.coefficients),
        sign * constant,
        inputs=tuple(-sign * g for g in gradient),
    )


def certify_injectivity(
    network: Network, domain: DomainLike = None, collision: Collision | None = None
) -> Certificate:
    """Decide injectivity as a property of f(x) - f(y), and return the certificate.

    Parameters
    ----------
    network : Network
    domain : Domain, or pairs (low, high), optional
    collision : Collision, optional
        Two points with one image where they are known already: then nothing is searched.

    Returns
    -------
    Certificate
        Its network is `image_difference(network)`, its domain the product of the domain with
        itself; its claim a `Property`, or a `Counterexample` at a point (x, y).

    Notes
    -----
    `exactpwl.questions.injectivity` decides with less work; this is for the proof.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> tent = gallery.get("tent")
    >>> certify_injectivity(tent, [(0, "1/2")]).claim.as_json()["holds"]
    True
    >>> certify_injectivity(tent, [(0, 1)]).claim.as_json()["holds"]
    False
    """
    size, outputs = network.input_dimension, network.output_dimension
    difference = image_difference(provable(network))
    product = _squared(as_domain(domain, size))
    clauses = tuple(_apart(k, size, outputs) for k in range(size))
    if collision is None:
        return certify_property(difference, clauses, product)
    one, other = sorted((collision.first, collision.second))
    return Certificate((difference,), product, Counterexample((*other, *one), clauses))


def image_difference(network: Network) -> Network:
    """Return the network (x, y) -> f(x) - f(y) in twice as many inputs.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> difference = image_difference(gallery.get("abs"))
    >>> difference, difference((3, -5))
    (<Network 2 -> 4 relu -> 2 linear -> 1 linear>, (Fraction(-2, 1),))
    """
    layers = [_twice(layer) for layer in network.layers]
    size = network.output_dimension
    rows = [[int(j == i) - int(j == i + size) for j in range(2 * size)] for i in range(size)]
    return Network([*layers, (rows, [0] * size, "linear")])


def _twice(layer: Layer) -> Layer:
    zeros = [Fraction(0)] * len(layer.weight[0])
    rows = [[*row, *zeros] for row in layer.weight] + [[*zeros, *row] for row in layer.weight]
    return Layer.of(rows, [*layer.bias] * 2, [*layer.activations] * 2)


def _apart(k: int, size: int, outputs: int) -> Clause:
    """Return: some output is not 0, or x_k <= y_k."""
    units = [tuple(Fraction(int(i == j)) for j in range(outputs)) for i in range(outputs)]
    signed = [tuple(sign * c for c in unit) for unit in units for sign in (1, -1)]
    nowhere, anything = (Fraction(0),) * outputs, (Fraction(0),) * (2 * size)
    order = tuple(Fraction(int(i == k) - int(i == k + size)) for i in range(2 * size))
    return (
        *(Inequality(unit, Fraction(0), strict=True, inputs=anything) for unit in signed),
        Inequality(nowhere, Fraction(0), inputs=order),
    )


def _squared(domain: Domain) -> Domain:
    """Return the product of a domain with itself."""
    zeros = (0,) * domain.dimension
    first = ((*normal, *zeros) for normal, _ in domain.rows)
    second = ((*zeros, *normal) for normal, _ in domain.rows)
    offsets = [offset for _, offset in domain.rows]
    rows = [*zip(first, offsets, strict=True), *zip(second, offsets, strict=True)]
    return Domain(2 * domain.dimension, tuple(rows))
