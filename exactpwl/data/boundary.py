"""How far a point is from the boundary of its region, exactly, in three norms.

**Theorem.**  Let R = {x : n_i . x + c_i >= 0 for all i}, no n_i zero, have an interior, and let x
be in R.  The distance from x to the boundary of R in a norm |.| is

    min_i (n_i . x + c_i) / |n_i|*        with |.|* the dual norm,

over *all* inequalities, redundant ones included.

*Proof.*  From a point of R the nearest point of the boundary is as far as the nearest point outside
the interior: a segment from x out of the interior meets the boundary on its way, and the boundary
is outside the interior.  Outside the interior of R is the union of the half-spaces
{y : n_i . y + c_i <= 0}: the interior of a polyhedron with full dimension is where all inequalities
are strict, whether or not some of them follow from others.  So the distance is the least distance
to one of these half-spaces, and that to {n . y + c <= 0} is (n . x + c)/|n|*, because
|n . (x - y)| <= |n|* |x - y| and some y attains it (Hoelder).  A redundant inequality adds a
half-space that the others cover already, so its hyperplane cannot be nearer.  []

The dual of l-infinity is l1 and the other way round; the l2 norm is its own dual, and its distance
is a square root, so the square is given.  A region without inequalities is the whole space: the
distance is None.  `Network.inequalities_at` gives all inequalities of a point's region, for any
network, and leaves out those whose normal is zero: they say 0 >= 0 and have no hyperplane.

On a boundary the theorem gives 0 for the literal pattern's closed cell, whether it has an interior
or not: the inequality of a kink that is zero there is among its rows.

References
----------
O. L. Mangasarian, Arbitrary-norm separating plane, Oper. Res. Lett. 24 (1999).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.local_maps import LocalInequality
from exactpwl.network import Kink

__all__ = ["BoundaryDistance", "boundary_distance"]


@dataclass(frozen=True)
class BoundaryDistance:
    """The distance of a point to its region's boundary.

    Attributes
    ----------
    linf, l1 : Fraction or None
        In the l-infinity and the l1 norm; None where the region is the whole space.
    l2_squared : Fraction or None
        The square of the distance in the l2 norm.
    nearest_linf, nearest_l1, nearest_l2 : tuple of Kink
        The kinks whose hyperplanes are so near, in each norm.
    """

    linf: Fraction | None
    l1: Fraction | None
    l2_squared: Fraction | None
    nearest_linf: tuple[Kink, ...]
    nearest_l1: tuple[Kink, ...]
    nearest_l2: tuple[Kink, ...]


def boundary_distance(
    inequalities: Iterable[LocalInequality], point: Sequence[Fraction]
) -> BoundaryDistance:
    """Return how far a point of a region is from the region's boundary.

    Parameters
    ----------
    inequalities : of the region, as `Network.inequalities_at` gives them
        All of them, or the irredundant ones: the distance is the same.
    point : d fractions
        In the closed region; this is not checked.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> point = (Fraction(1), Fraction(1))
    >>> found = boundary_distance(gallery.get("xor").inequalities_at(point), point)
    >>> print(found.linf, found.l1, found.l2_squared, found.nearest_l1)
    1 2 2 (Kink(layer=0, neuron=1, breakpoint=0),)
    """
    linf: list[tuple[Fraction, Kink]] = []
    l1: list[tuple[Fraction, Kink]] = []
    l2: list[tuple[Fraction, Kink]] = []
    for one in inequalities:
        kink, height = Kink(one.layer, one.neuron, one.breakpoint), one.at(point)
        sizes = [abs(c) for c in one.coefficients]
        linf.append((height / sum(sizes), kink))
        l1.append((height / max(sizes), kink))
        l2.append((height * height / sum(c * c for c in sizes), kink))
    (a, at_a), (b, at_b), (c, at_c) = map(_least, (linf, l1, l2))
    return BoundaryDistance(a, b, c, at_a, at_b, at_c)


def _least(found: Sequence[tuple[Fraction, Kink]]) -> tuple[Fraction | None, tuple[Kink, ...]]:
    if not found:
        return None, ()
    least = min(distance for distance, _ in found)
    return least, tuple(kink for distance, kink in found if distance == least)
