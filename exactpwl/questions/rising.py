"""Is a function monotone along a direction?  Its slopes there, on the regions, answer it.

Let f be continuous on a convex domain D with an interior, and affine with gradient g_i on each of
finitely many full-dimensional closed regions that cover D.  For a direction u:

    f(x + s u) >= f(x) for all x, x + s u of D with s > 0   iff   g_i . u >= 0 for every i;
    f(x + s u) >  f(x) for all such pairs                   iff   g_i . u >  0 for every i.

*Proof.*  The segment from x to x + s u lies in D, and closed convex regions cut it into finitely
many intervals.  On each, f is the affine map of a region that contains it, so f changes by its
length times g_i . u; the changes add up.  It does not matter whether the segment runs inside
regions or along their faces: where regions share a segment in direction u they have the same slope
on it.  Conversely a region with g_i . u < 0 (or = 0) has an interior point x and a small s with
x + s u in the region, and f(x + s u) - f(x) = s g_i . u: those two points are the counterexample.

So one number decides both questions for "increasing", the least slope, and the greatest one decides
"decreasing".  With respect to the order of all coordinates, f is non-decreasing (x <= y implies
f(x) <= f(y) wherever x, y are in D) iff it is so along each unit vector: the step y - x >= 0 is a
sum of those with weights >= 0, and the slopes of a region are linear in u.  That needs no box.

References
----------
Sivaraman, Farnadi, Millstein, Van den Broeck, Counterexample-guided learning of monotonic neural
networks, NeurIPS 2020, arXiv:2006.08852 (what is asked, and answered by SMT solvers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.affine import AffineMap
from exactpwl.complex import PolyhedralComplex
from exactpwl.errors import CertificateError, DimensionError, OptionError
from exactpwl.inequality import dot, value
from exactpwl.questions.functionals import functional
from exactpwl.rationals import RationalLike, as_fractions
from exactpwl.region import Region

__all__ = ["SENSES", "Monotonicity", "Slope", "monotonicities", "monotonicity"]

SENSES = ("increasing", "decreasing")
"""The two ways of being monotone along a direction."""

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Slope:
    """A slope along a direction, and two points of a region between which it is seen.

    Attributes
    ----------
    value : Fraction
        gradient . direction.
    region : int
        The first region that has it.
    gradient : tuple of Fraction
        That of c . f on the region.
    start, end : tuple of Fraction
        An interior point x of the region, and x + s u in the region, s > 0.
    at_start, at_end : Fraction
        The values of c . f there.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> least = monotonicity(regions(gallery.get("xor")), (1, 0)).least
    >>> least.value, least.region, least.gradient
    (Fraction(-2, 1), 2, (Fraction(-2, 1), Fraction(-2, 1)))
    """

    value: Fraction
    region: int
    gradient: Point
    start: Point
    end: Point
    at_start: Fraction
    at_end: Fraction


@dataclass(frozen=True)
class Monotonicity:
    """How c . f changes along a direction, everywhere on a domain.

    Attributes
    ----------
    coefficients : tuple of Fraction
        c, one for each output.
    direction : tuple of Fraction
    least, greatest : Slope
        Of all regions.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> found = monotonicity(regions(gallery.get("abs")), (1,))
    >>> found.word, found.least.value, found.greatest.value
    ('neither', Fraction(-1, 1), Fraction(1, 1))
    >>> fall = found.counterexample("increasing")
    >>> fall.start, fall.end, fall.at_start, fall.at_end
    ((Fraction(-1, 1),), (Fraction(0, 1),), Fraction(1, 1), Fraction(0, 1))
    """

    coefficients: Point
    direction: Point
    least: Slope
    greatest: Slope

    def holds(self, sense: str, *, strictly: bool = False) -> bool:
        """Return whether c . f is ``increasing`` or ``decreasing``, in the weak or strict sense.

        Raises
        ------
        OptionError
            If the sense is neither.
        """
        return self.counterexample(sense, strictly=strictly) is None

    def counterexample(self, sense: str, *, strictly: bool = False) -> Slope | None:
        """Return two points between which c . f goes the other way, or stays; None if none do.

        Raises
        ------
        OptionError
            If the sense is neither ``increasing`` nor ``decreasing``.
        """
        if sense not in SENSES:
            raise OptionError(f"the senses are {' and '.join(SENSES)}; got {sense!r}")
        worst = self.least if sense == "increasing" else self.greatest
        rise = worst.value if sense == "increasing" else -worst.value
        fails = rise <= 0 if strictly else rise < 0
        return worst if fails else None

    @property
    def word(self) -> str:
        """The answer: constant, strictly increasing, non-decreasing, ... or neither."""
        if self.least.value == self.greatest.value == 0:
            return "constant"
        for sense, weak in zip(SENSES, ("non-decreasing", "non-increasing"), strict=True):
            if self.holds(sense, strictly=True):
                return f"strictly {sense}"
            if self.holds(sense):
                return weak
        return "neither"


def monotonicity(
    complex_: PolyhedralComplex,
    direction: Sequence[RationalLike],
    coefficients: Sequence[RationalLike] | None = None,
) -> Monotonicity:
    """Return how a combination of outputs changes along a direction, exactly.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        As `exactpwl.regions` gives it, over the whole space, a box or a polyhedron.
    direction : d rationals, not all 0
    coefficients : m rationals, optional
        The combination of the m outputs; may be left out where there is one.

    Returns
    -------
    Monotonicity
        The least and the greatest slope, each with two points of the domain that show it.

    Raises
    ------
    DimensionError
        If the direction has not d entries.
    OptionError
        If it is 0, or there is not one coefficient for each output.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> monotonicity(regions(gallery.get("tent"), [(0, "1/2")]), (1,)).word
    'strictly increasing'
    """
    chosen = as_fractions(direction)
    if len(chosen) != complex_.dimension:
        raise DimensionError(
            f"a direction with {complex_.dimension} coordinates is required, got {len(chosen)}"
        )
    if not any(chosen):
        raise OptionError("a direction other than 0 is required: along 0 nothing changes")
    combined = functional(coefficients, complex_.network.output_dimension)
    slopes = []
    for members in complex_.affine_pieces:
        (gradient,) = (combined @ complex_.affine_maps[members[0]]).weight
        slopes.append((dot(gradient, chosen), members[0]))
    least = min(slopes)
    greatest = min((-slope, region) for slope, region in slopes)
    shown = (_shown(complex_.regions[region], chosen, combined) for _, region in (least, greatest))
    return Monotonicity(combined.weight[0], chosen, *shown)


def monotonicities(
    complex_: PolyhedralComplex, coefficients: Sequence[RationalLike] | None = None
) -> tuple[Monotonicity, ...]:
    """Return how a combination of outputs changes in each input, one answer for each.

    It is non-decreasing for the order of all coordinates iff it is so in each input.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> [found.word for found in monotonicities(regions(gallery.get("max:2")))]
    ['non-decreasing', 'non-decreasing']
    """
    size = complex_.dimension
    units = ([int(i == k) for i in range(size)] for k in range(size))
    return tuple(monotonicity(complex_, unit, coefficients) for unit in units)


def _shown(region: Region, direction: Point, combined: AffineMap) -> Slope:
    """Return the slope on a region, with a step of it that is seen inside."""
    found = combined @ region.affine_map
    start = region.interior_point
    length = step_inside(region, start, direction)
    end = tuple(x + length * u for x, u in zip(start, direction, strict=True))
    ((before,), (after,)) = found(start), found(end)
    gradient = found.weight[0]
    return Slope(dot(gradient, direction), region.index, gradient, start, end, before, after)


def step_inside(region: Region, point: Point, direction: Sequence[Fraction | int]) -> Fraction:
    """Return a power of two, 1 at most, that is no longer than the way to the region's boundary.

    Raises
    ------
    CertificateError
        If the direction leads out of the region at once.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> left, _ = regions(gallery.get("abs"), [(-2, 2)]).regions
    >>> step_inside(left, (Fraction(-1, 2),), (Fraction(3),))
    Fraction(1, 8)
    """
    longest = Fraction(1)
    for inequality in region.inequalities:
        fall = -dot(inequality.normal, direction)
        if fall > 0:
            longest = min(longest, value(inequality.row, point) / fall)
    if longest <= 0:
        raise CertificateError(f"no step leads from the point into region {region.index}")
    length = Fraction(1)
    while length > longest:
        length /= 2
    return length
