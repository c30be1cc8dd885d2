r"""The least Lipschitz constant of a network, exactly.

On a convex domain a continuous piecewise-linear function f has the least constant L with
|f(x) - f(y)| <= L |x - y| equal to the largest operator norm of its linear maps: a segment is cut
by finitely many regions, and inside one region its map is attained.  Only full-dimensional regions
count.  A pattern that exists on a face alone has a map, too, but no two points with a segment
inside an open set that shows it; a method that goes over patterns can come out too large.

For the norms l1 and l-infinity, of inputs and outputs alike, the operator norm is rational: the
largest column sum, or row sum, of absolute values.  For one output that is the dual norm of the
gradient: the largest entry for l1, the sum of all for l-infinity.  For the Euclidean norm and one
output its square is rational; where the square is that of no rational, the root is enclosed between
two decimals, by the integer square root, so the enclosure is proved.  For several outputs the
Euclidean operator norm is an algebraic number of high degree, and is refused.

References
----------
M. Jordan, A. G. Dimakis, Exactly computing the local Lipschitz constant of ReLU networks, NeurIPS
2020, arXiv:2003.01219: generalised gradients, and why a maximum over patterns is too large.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isqrt

from exactpwl.certificate.answers import certify_lipschitz
from exactpwl.certificate.certificate import Certificate
from exactpwl.certificate.claims import Lipschitz
from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import DomainLike
from exactpwl.enumeration import regions
from exactpwl.errors import OptionError
from exactpwl.network import Network
from exactpwl.questions.provable import provable
from exactpwl.region import Region

__all__ = ["LIPSCHITZ_NORMS", "LipschitzConstant", "enclosed_root", "lipschitz_constant"]

LIPSCHITZ_NORMS = {"1": "1", "inf": "inf", "2": "2 squared"}
"""Norms of inputs and outputs, and what a certificate calls them."""


@dataclass(frozen=True)
class LipschitzConstant:
    """The least Lipschitz constant of a network; made by `lipschitz_constant`.

    Attributes
    ----------
    network : Network
    norm : {"1", "inf", "2"}
    certificate : Certificate
        Its claim is a `Lipschitz`; for the norm 2 its value is the square.  Of a network that takes
        maxima it has the same function by ReLUs.
    complex : PolyhedralComplex

    Examples
    --------
    >>> from exactpwl import gallery
    >>> steep = lipschitz_constant(gallery.get("xor"), "1")
    >>> steep.value, steep.square, [str(region.pattern) for region in steep.regions]
    (Fraction(2, 1), Fraction(4, 1), ['10', '11'])
    """

    network: Network
    norm: str
    certificate: Certificate
    complex: PolyhedralComplex

    @property
    def value(self) -> Fraction | None:
        """The constant; None if it is irrational, for which see `square` and `enclosure`."""
        if self.norm != "2":
            return self._claimed
        low, high = enclosed_root(self._claimed, 1)
        return low if low == high else None

    @property
    def square(self) -> Fraction:
        """The square of the constant, always rational."""
        return self._claimed if self.norm == "2" else self._claimed**2

    def enclosure(self, digits: int = 12) -> tuple[Fraction, Fraction]:
        """Return two decimals of so many digits, the last ones neighbours, with L in between."""
        if self.value is not None:
            return self.value, self.value
        return enclosed_root(self.square, digits)

    @property
    def _claimed(self) -> Fraction:
        claim = self.certificate.claim
        assert isinstance(claim, Lipschitz)
        return claim.value

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The regions whose maps attain the constant, in order; at least one."""
        norm = LIPSCHITZ_NORMS[self.norm]
        maps = enumerate(self.complex.affine_maps)
        found = [i for i, one in maps if one.norm(norm) == self._claimed]
        return tuple(self.complex.regions[i] for i in found)


def lipschitz_constant(
    network: Network, norm: str = "inf", domain: DomainLike = None
) -> LipschitzConstant:
    """Return the least Lipschitz constant of a network on a domain, and where it is attained.

    Parameters
    ----------
    network : Network
    norm : {"1", "inf", "2"}
        Of inputs and outputs: with several outputs l1 to l1 or l-infinity to l-infinity; "2" is for
        one output.
    domain : Domain, or pairs (low, high), optional
        The whole space if left out.

    Returns
    -------
    LipschitzConstant

    Raises
    ------
    OptionError
        If the norm is another one, or "2" is asked for with several outputs.
    DomainError
        If the domain is empty, flat, or of another dimension.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> steep = lipschitz_constant(gallery.get("xor"), "2")
    >>> steep.square, steep.value, [float(end) for end in steep.enclosure(4)]
    (Fraction(8, 1), None, [2.828, 2.829])
    """
    if norm not in LIPSCHITZ_NORMS:
        raise OptionError(f"the norms are {', '.join(LIPSCHITZ_NORMS)}; got {norm!r}")
    certificate = certify_lipschitz(provable(network), LIPSCHITZ_NORMS[norm], domain)
    return LipschitzConstant(network, norm, certificate, regions(network, certificate.domain))


def enclosed_root(square: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """Return two numbers with the square root between them; twice the root if it is rational.

    Parameters
    ----------
    square : Fraction
        Not negative.
    digits : int
        Significant decimal digits of the two ends, which differ by one in the last of them.

    Examples
    --------
    >>> enclosed_root(Fraction(9, 4), 3), [str(end) for end in enclosed_root(Fraction(2), 3)]
    ((Fraction(3, 2), Fraction(3, 2)), ['141/100', '71/50'])
    """
    root = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    if root * root == square:
        return root, root
    # the last of the digits is worth 10^-places: 10^(digits - 1) <= root 10^places
    places = digits - 1 - _power_of_ten(square)
    scale = Fraction(10) ** places
    below = isqrt(int(square * scale * scale))
    return Fraction(below) / scale, Fraction(below + 1) / scale


def _power_of_ten(square: Fraction) -> int:
    """Return the largest k with 10^(2 k) <= square."""
    k = (square.numerator.bit_length() - square.denominator.bit_length()) * 3 // 20
    while Fraction(100) ** k > square:
        k -= 1
    while Fraction(100) ** (k + 1) <= square:
        k += 1
    return k
