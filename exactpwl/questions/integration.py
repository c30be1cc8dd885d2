r"""The integral of a network over its domain, exactly, and whether there is one.

On a bounded region the function is affine, and its integral is a weighted sum of its values at the
vertices (`exactpwl.geometry.vertex_weights`).  On an unbounded region R, full-dimensional as all
are, with f affine and not zero there, the integral of |f| is infinite:

    Let f > 0 somewhere on R, and let r be a direction of R, not 0, with slope f'(r) >= 0.  Then
    P = {x in R : f(x) >= 0} has an interior, and r is a direction of P.  A ball B in the interior
    of P has f >= e > 0 on it, and so has B + s r for each s >= 0.  Their union has infinite volume,
    so the positive part of f has an infinite integral over R.

    If f > 0 somewhere and f'(r) < 0 for each direction r of R, then P is bounded (Rockafellar,
    Convex Analysis, 1970, theorem 8.4), and the positive part has a finite integral.

The same holds of -f.  Each direction of R is a sum of rays and lines of R, so their slopes decide.
One part is infinite on every unbounded R with f not 0: take a direction r with f'(r) >= 0, or -f
for f.  If f > 0 somewhere, it is the positive part; if f <= 0 on R, then f'(r) = 0, and it is the
negative one.  So the integral over the domain is finite iff f = 0 on all unbounded regions; it is
+infinity if the positive part alone is infinite on some region, -infinity if the negative part
alone is; if both are, it does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from flint import fmpq

from exactpwl.errors import DomainError
from exactpwl.geometry import vertex_weights
from exactpwl.linear import sum_in_pairs
from exactpwl.questions.heights import Functional, Height, heights, is_bounded, tilt
from exactpwl.rationals import format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Divergence", "Integral", "integral", "integrals", "mean", "means"]

Vector = tuple[int, ...]


class Divergence(NamedTuple):
    """Why the integral of the positive, or of the negative, part is infinite.

    Attributes
    ----------
    region : int
        An unbounded region on which the part is not zero.
    direction : tuple of int
        A direction of it along which the part does not fall.
    slope : Fraction
        The slope of the function along it.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> integral(regions(gallery.get("abs"))).positive
    Divergence(region=0, direction=(-1,), slope=Fraction(1, 1))
    """

    region: int
    direction: Vector
    slope: Fraction


class Integral(NamedTuple):
    """The integral of a function over a domain.

    Attributes
    ----------
    value : Fraction or None
        None where it is not finite.
    volume : Fraction or None
        Of the domain; None where it is infinite.
    positive : Divergence or None
        Why the positive part has an infinite integral, if so.
    negative : Divergence or None
        Why the negative part has.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> xor = gallery.get("xor")
    >>> print(integral(regions(xor, [(-1, 1), (-1, 1)])), "and", integral(regions(xor)))
    -1 and does not exist
    """

    value: Fraction | None
    volume: Fraction | None
    positive: Divergence | None = None
    negative: Divergence | None = None

    @property
    def is_finite(self) -> bool:
        """Whether both parts are finite."""
        return self.value is not None

    @property
    def mean(self) -> Fraction | None:
        """The integral divided by the volume; None over an unbounded domain."""
        return None if self.value is None or self.volume is None else self.value / self.volume

    def __str__(self) -> str:
        if self.value is not None:
            return format_fraction(self.value)
        if self.positive and self.negative:
            return "does not exist"
        return "+infinity" if self.positive else "-infinity"


def integral(complex_: PolyhedralComplex, functional: Functional = None) -> Integral:
    """Return the integral of functional . f over the domain.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.

    Returns
    -------
    Integral
        Exact; where it is not finite, with the reason.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs, or is left out where there are several.

    Examples
    --------
    A hat vanishes outside a bounded set, the absolute value does not:

    >>> from exactpwl import gallery, regions
    >>> integral(regions(gallery.get("hat2d"))).value
    Fraction(1, 1)
    >>> found = integral(regions(gallery.get("abs")))
    >>> print(found, found.positive)
    +infinity Divergence(region=0, direction=(-1,), slope=Fraction(1, 1))
    """
    return integrals(complex_, [functional])[0]


def integrals(
    complex_: PolyhedralComplex, functionals: Sequence[Functional] | None = None
) -> tuple[Integral, ...]:
    """Return the integrals of several combinations of the outputs; each region is measured once.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    functionals : sequence of functionals, optional
        Each output by itself if left out.

    Raises
    ------
    DimensionError
        If a functional does not fit the outputs.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> two = Network([([[1], [-1]], [0, 0], "relu")])
    >>> [found.value for found in integrals(regions(two, [(-1, 2)]))]
    [Fraction(2, 1), Fraction(1, 2)]
    """
    if functionals is None:
        outputs = complex_.network.output_dimension
        functionals = [[int(k == j) for k in range(outputs)] for j in range(outputs)]
    functions = [heights(complex_, functional) for functional in functionals]
    diverging = [[_divergence(complex_, f, sign) for sign in (1, -1)] for f in functions]
    finite = [k for k, parts in enumerate(diverging) if not any(parts)]
    volumes: list[fmpq] = []
    sums: dict[int, list[fmpq]] = {k: [] for k in finite}
    bounded = is_bounded(complex_)
    for i, cell in enumerate(complex_.cells):
        wanted = [k for k in finite if not functions[k][i].is_zero]
        if not bounded and not wanted:
            continue
        weights, scale = vertex_weights(cell.generators, cell.tight)
        volumes.append(fmpq(sum(weights), scale))
        for k in wanted:
            sums[k].append(_weighed(functions[k][i], cell.generators, weights) / scale)
    volume = sum_in_pairs(volumes) if bounded else None
    values = {k: sum_in_pairs(parts) for k, parts in sums.items()}
    return tuple(Integral(values.get(k), volume, *parts) for k, parts in enumerate(diverging))


def _weighed(height: Height, generators: Sequence[Vector], weights: Sequence[int]) -> fmpq:
    """Return the sum of the values at the vertices, each times its weight."""
    terms = zip(generators, weights, strict=True)
    total = sum((fmpq(height.on(g) * weight, g[-1]) for g, weight in terms), fmpq(0))
    return total / height.scale


def mean(complex_: PolyhedralComplex, functional: Functional = None) -> Fraction:
    """Return the mean of functional . f over a bounded domain: integral by volume.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.

    Raises
    ------
    DomainError
        If the domain is unbounded: its volume is infinite.
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    The larger one of two numbers is 2/3 on the average:

    >>> from exactpwl import gallery, regions
    >>> mean(regions(gallery.get("max:2"), [(0, 1), (0, 1)]))
    Fraction(2, 3)
    """
    return means(complex_, [functional])[0]


def means(
    complex_: PolyhedralComplex, functionals: Sequence[Functional] | None = None
) -> tuple[Fraction, ...]:
    """Return the means of several combinations of the outputs; each output if left out.

    Raises
    ------
    DomainError
        If the domain is unbounded.
    DimensionError
        If a functional does not fit the outputs.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> two = Network([([[1], [-1]], [0, 0], "relu")])
    >>> means(regions(two, [(-1, 3)]))
    (Fraction(9, 8), Fraction(1, 8))
    """
    if not is_bounded(complex_):
        raise DomainError(
            f"a mean needs a bounded domain, got {complex_.domain}, whose volume is infinite: "
            "take a box"
        )
    return tuple(found.mean for found in integrals(complex_, functionals) if found.mean is not None)


def _divergence(
    complex_: PolyhedralComplex, functions: Sequence[Height], sign: int
) -> Divergence | None:
    """Return where the positive part of sign * f has an infinite integral, or None."""
    for i, (ids, height) in enumerate(zip(complex_.generator_ids, functions, strict=True)):
        direction = _lasting(complex_, ids, height, sign)
        if direction:
            return Divergence(i, direction, height.at((*direction, 0)))
    return None


def _lasting(
    complex_: PolyhedralComplex, ids: Sequence[int], height: Height, sign: int
) -> Vector | None:
    """Return a direction along which a positive part does not fall, of slope > 0 if there is one.

    None where the part is zero on the region, or falls along every direction.
    """
    line = tilt(complex_, height)
    if line:
        return tuple(sign * c for c in line)
    values = [sign * height.on(complex_.generators[i]) for i in ids]
    rays = [
        (value, complex_.generators[i][:-1])
        for i, value in zip(ids, values, strict=True)
        if not complex_.generators[i][-1]
    ]
    lasting = [(value, ray) for value, ray in rays if value >= 0]
    lasting += [(0, line) for line in complex_.lines]
    if not lasting or max(values) <= 0:
        return None
    return next((ray for value, ray in lasting if value > 0), lasting[0][1])
