"""The complex of dual cells: a finite model of {f <= t}, {f >= t} and {f = t} for every t at once.

Let K be the polyhedral complex of a network over a closed domain D, and f a function that is affine
on each cell.  For a cell P let m(P) and M(P) be the infimum and the supremum of f on P.  A linear
function that is bounded below on a polyhedron takes its minimum, so P meets {f <= t} iff
m(P) <= t.  Write K(t) for the cells with m(P) <= t: what contains a cell of K(t) is in it, too.

**Theorem.** {f <= t} is homotopy equivalent to the order complex of K(t), for s <= t together with
the inclusions of {f <= s} in {f <= t} and of K(s) in K(t).  The same holds for {f >= t} with the
cells where M(P) >= t, for {f = t} with those where m(P) <= t <= M(P), and for the open sets
{f < t} and {f > t} with m(P) < t and M(P) > t.

*Proof.* The parts of {f <= t} in the cells of K(t) are closed convex sets that cover it.  Two cells
meet in a face or not at all, so two parts meet in the part of a face, or not at all: all
intersections are empty or convex, hence contractible.  By the nerve theorem {f <= t} is
equivalent to the nerve of this cover, and naturally so in t (Bauer, Kerber, Roll & Rolle 2023,
arXiv:2203.03571, for covers by closed convex sets).  The order complex of K(t) is covered by
its subcomplexes {Q <= P}; these are cones, they meet as the parts do, so the nerve is the same.
Superlevel and level sets are covered likewise.  {f < t} is the union of the growing sets {f <= s},
s < t, whose cells are the same from some s on; homology commutes with this union.

**Boundary and infinity need nothing.**  No cell has to be bounded and no box is drawn: a cell along
which f falls without bound has m(P) = minus infinity.  The cells in the boundary of D may be left
out, as the face lattice leaves them out.  By Quillen's fibre lemma (1978, proposition 1.6) it
suffices that for each cell Q of K(t) the cells P >= Q that are not in the boundary have a
contractible order complex.  All of them are in K(t).  If Q is inside, it is the least of them.  If
not, they cover, near a point of the relative interior of Q, the interior of D, which is convex, by
convex sets as above.

**Flat cells need nothing** either: nowhere above is f different on different vertices, and where
many cells have the same m they enter together.

**Lines**: where no kink depends on some directions, K is a product with R^k.  If f does not either,
nothing changes; if it does, m(P) is minus infinity for every cell, and each {f <= t} is, like K, a
ball.

**Dual cells.**  The faces inside D that contain a face P of codimension k, other than P, form the
complete fan around P, so their order complex is a sphere of dimension k - 1, and with P itself it
is a ball of dimension k: the dual cell of P.  The dual cells of the faces of K(t) form a regular
cell complex with the order complex of K(t) as its subdivision, and the boundary of the dual cell of
P consists of the dual cells of the faces of which P is a facet.  So homology is that of the chain
complex with a k-cell for each face of codimension k, which enters at m(P).  Regions are its points,
facets its edges: it has as many cells as the complex has faces, and nothing is subdivided.

For piecewise-linear Morse theory of ReLU networks see Grigsby, Lindsey & Masden 2022
(arXiv:2204.06062), who retract the domain to a bounded complex; here nothing is cut off.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.faces import FaceLattice
from exactpwl.levelsets import height_above
from exactpwl.rationals import RationalLike, clear_denominators

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["DualCells", "Heights", "dual_cells", "heights_of_faces"]

Key = tuple[int, ...]


class DualCells(NamedTuple):
    """The cells dual to the faces inside the domain; first those of the regions, in their order.

    Attributes
    ----------
    faces : tuple of sorted generator indices
        The face to which each cell is dual.
    dimensions : tuple of int
        The codimension of each face, in order.
    boundaries : tuple of tuples of int
        For each cell those in its boundary that have one dimension less.
    """

    faces: tuple[Key, ...]
    dimensions: tuple[int, ...]
    boundaries: tuple[tuple[int, ...], ...]


class Heights(NamedTuple):
    """Between which values a function lies on each face.

    Attributes
    ----------
    values : tuple of Fraction
        Its values at the vertices, each once, in order.
    lowest, highest : tuple of int
        For each face the places of its minimum and its maximum in `values`; -1 stands for minus
        infinity, and the number of values for plus infinity.
    """

    values: tuple[Fraction, ...]
    lowest: tuple[int, ...]
    highest: tuple[int, ...]

    def at_most(self, value: Fraction) -> list[bool]:
        """Return which faces meet {f <= value}."""
        place = bisect_right(self.values, value)
        return [low < place for low in self.lowest]

    def below(self, value: Fraction) -> list[bool]:
        """Return which faces meet {f < value}."""
        place = bisect_left(self.values, value)
        return [low < place for low in self.lowest]

    def at_least(self, value: Fraction) -> list[bool]:
        """Return which faces meet {f >= value}."""
        place = bisect_left(self.values, value)
        return [high >= place for high in self.highest]

    def above(self, value: Fraction) -> list[bool]:
        """Return which faces meet {f > value}."""
        place = bisect_right(self.values, value)
        return [high >= place for high in self.highest]

    def equal_to(self, value: Fraction) -> list[bool]:
        """Return which faces meet {f = value}."""
        pairs = zip(self.at_most(value), self.at_least(value), strict=True)
        return [low and high for low, high in pairs]


def dual_cells(lattice: FaceLattice) -> DualCells:
    """Return the cells dual to the faces of a lattice.

    Examples
    --------
    Four quadrants: a square, whose corners are the regions.

    >>> from exactpwl import Network, regions
    >>> cross = dual_cells(regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")])).faces)
    >>> cross.dimensions, len(cross.boundaries[-1])
    ((0, 0, 0, 0, 1, 1, 1, 1, 2), 4)
    """
    numbers: dict[Key, int] = {}
    dimensions: list[int] = []
    for dimension, faces in enumerate(reversed(lattice.levels)):
        for key in faces:
            numbers[key] = len(numbers)
            dimensions.append(dimension)
    boundaries: list[list[int]] = [[] for _ in numbers]
    for faces in lattice.levels:
        for key, facets in faces.items():
            for facet in facets:
                boundaries[numbers[facet]].append(numbers[key])
    return DualCells(tuple(numbers), tuple(dimensions), tuple(map(tuple, boundaries)))


def heights_of_faces(
    complex_: PolyhedralComplex,
    faces: Sequence[Key],
    functional: Sequence[RationalLike] | None = None,
) -> Heights:
    """Return minimum and maximum of functional . f on faces of a complex.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> absolute = regions(Network([([[1]], [0], "abs")]))
    >>> heights_of_faces(absolute, dual_cells(absolute.faces).faces)
    Heights(values=(Fraction(0, 1),), lowest=(0, 0, 0), highest=(1, 1, 0))
    """
    rows = _rows(complex_, functional)
    at: dict[int, Fraction] = {}
    slopes: dict[int, int] = {}
    for (row, scale), ids in zip(rows, complex_.generator_ids, strict=True):
        for i in ids:
            if i not in at and i not in slopes:
                generator = complex_.generators[i]
                value = sum(map(mul, row, generator))
                if generator[-1]:
                    at[i] = Fraction(value, scale * generator[-1])
                else:
                    slopes[i] = value
    values = tuple(sorted(set(at.values())))
    if any(sum(map(mul, rows[0][0], line)) for line in complex_.lines):
        return Heights(values, (-1,) * len(faces), (len(values),) * len(faces))
    places = {value: place for place, value in enumerate(values)}
    lows = {i: places[value] for i, value in at.items()}
    highs = dict(lows)
    for i, slope in slopes.items():
        lows[i] = -1 if slope < 0 else len(values)
        highs[i] = len(values) if slope > 0 else -1
    return Heights(values, _each(min, lows, faces), _each(max, highs, faces))


def _each(extreme: Callable[[list[int]], int], places: dict[int, int], faces: Sequence[Key]) -> Key:
    return tuple(extreme([places[i] for i in key]) for key in faces)


def _rows(
    complex_: PolyhedralComplex, functional: Sequence[RationalLike] | None
) -> list[tuple[tuple[int, ...], int]]:
    """Return functional . f on each region: integers, and what they are to be divided by."""
    height = height_above(complex_.network, 0, functional)
    maps = [height @ affine_map for affine_map in complex_.affine_maps]
    return [clear_denominators((*m.weight[0], *m.bias)) for m in maps]
