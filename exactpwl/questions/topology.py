"""The shape of {f <= t}, {f >= t} and {f = t} at one threshold: components, holes, cavities.

The k-th Betti number counts components (k = 0), holes that a loop can go around (k = 1; in space:
tunnels), enclosed cavities (k = 2), and so on; in R^d a set has none of dimension d or more.  They
are those of a finite cell complex with a cell for each face of the regions that the set meets
(`exactpwl.questions.dual_cells`, with the proof), over the field of two elements
(`exactpwl.questions.homology`), and over the rational numbers, which with four inputs and more can
make a difference (`exactpwl.questions.rational_homology`).

**Open and closed.**  {f <= t} and {f < t} differ where f is flat at t, and at critical values: both
are given, and so are {f >= t} and {f > t}.  The closed sets are those in the closed domain, whose
boundary belongs to it; for the open sets it makes no difference.  Components with their regions are
those of the open sets, the classes f > t and f < t (`exactpwl.superlevel`).

**Euler's number** is counted twice, from the cells and from the Betti numbers.  And because the
domain is convex, {f <= t} and {f >= t}, whose union it is and whose intersection is {f = t}, obey
b_k(f = t) = b_k(f <= t) + b_k(f >= t) for k >= 1, and b_0 the same less 1, unless one of them is
empty (the sequence of Mayer and Vietoris).  The tests hold both.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.questions.dual_cells import DualCells, dual_cells, heights_of_faces
from exactpwl.questions.homology import betti_numbers
from exactpwl.questions.rational_homology import may_have_torsion, rational_betti_numbers
from exactpwl.rationals import RationalLike, as_fraction, as_fractions
from exactpwl.superlevel import SuperlevelComponent, superlevel_components

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["SetTopology", "Topology", "described", "topology_at"]


class SetTopology(NamedTuple):
    """The homology of a set in R^d.

    Attributes
    ----------
    betti : d ints
        b_0, ..., b_(d-1) over F2; all 0 for the empty set.
    euler_characteristic : int
        Counted from cells.  It is the alternating sum of the Betti numbers, over every field.
    rational_betti : d ints
        The Betti numbers over Q, which for up to three inputs are the same.

    Examples
    --------
    A disc with two holes:

    >>> SetTopology(betti=(1, 2), euler_characteristic=-1, rational_betti=(1, 2)).betti[1]
    2
    """

    betti: tuple[int, ...]
    euler_characteristic: int
    rational_betti: tuple[int, ...]


class Topology(NamedTuple):
    """The topology of a function at a threshold.

    Attributes
    ----------
    value : Fraction
        The threshold t.
    sublevel, superlevel, level : SetTopology
        Of the closed sets {f <= t}, {f >= t}, {f = t}.
    below, above : SetTopology
        Of the open sets {f < t}, {f > t}.
    components_below, components_above : tuple of SuperlevelComponent
        The components of the open sets: the regions that each meets, and whether it is bounded.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> found = topology_at(regions(Network([([[1]], [0], "abs")])), 2)
    >>> found.sublevel.betti, found.superlevel.betti, found.level.betti
    ((1,), (2,), (2,))
    """

    value: Fraction
    sublevel: SetTopology
    superlevel: SetTopology
    level: SetTopology
    below: SetTopology
    above: SetTopology
    components_below: tuple[SuperlevelComponent, ...]
    components_above: tuple[SuperlevelComponent, ...]


def topology_at(
    complex_: PolyhedralComplex,
    value: RationalLike = 0,
    functional: Sequence[RationalLike] | None = None,
) -> Topology:
    """Return Betti numbers, Euler characteristics and components of functional . f at a threshold.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Over the whole space or any domain.
    value : rational
        The threshold t.
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.

    Returns
    -------
    Topology
        Exact; Betti numbers over F2 and over Q.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    The annulus 1 < |x| + |y| < 3 has one hole, and what is outside has two parts, of which one is
    bounded and the other goes around:

    >>> from exactpwl import gallery, regions
    >>> found = topology_at(regions(gallery.get("l1_annulus")))
    >>> found.above
    SetTopology(betti=(1, 1), euler_characteristic=0, rational_betti=(1, 1))
    >>> found.below.betti, found.level.betti
    ((2, 1), (2, 2))
    >>> sorted(component.is_bounded for component in found.components_below)
    [False, True]
    """
    threshold = as_fraction(value)
    cells = dual_cells(complex_.faces)
    heights = heights_of_faces(complex_, cells.faces, functional)
    weights = as_fractions((1,) if functional is None else functional)

    def of(met: list[bool]) -> SetTopology:
        return described(cells, met, complex_.dimension)

    return Topology(
        threshold,
        sublevel=of(heights.at_most(threshold)),
        superlevel=of(heights.at_least(threshold)),
        level=of(heights.equal_to(threshold)),
        below=of(heights.below(threshold)),
        above=of(heights.above(threshold)),
        components_below=superlevel_components(complex_, -threshold, [-w for w in weights]),
        components_above=superlevel_components(complex_, threshold, weights),
    )


def described(cells: DualCells, chosen: Sequence[bool], dimension: int) -> SetTopology:
    """Return the homology of a subcomplex: a bool for each cell, with each its boundary."""
    kept = list(compress(range(len(chosen)), chosen))
    euler = sum(1 - 2 * (cells.dimensions[cell] % 2) for cell in kept)
    betti = rational = betti_numbers(cells, kept, dimension)
    if may_have_torsion(betti, dimension):
        rational = rational_betti_numbers(cells, kept, dimension)
    return SetTopology(betti, euler, rational)
