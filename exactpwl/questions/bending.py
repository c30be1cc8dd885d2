"""Is a function convex, concave or affine?  How it bends across each facet answers it.

Let f be continuous on a convex domain with an interior, and affine (p_i) on each of finitely many
full-dimensional closed regions that cover it and meet face to face.  Then f is convex iff it is so
across every facet: for neighbours i, j the function p_j - p_i, which vanishes on their facet, is
>= 0 on region j.

*Proof.*  Necessary: p_j < p_i in region j means that f, along a short segment from i to j through
the facet's relative interior, bends downwards; the ends and the middle of one whose middle is on
the facet are the counterexample that is returned.  Sufficient: let x, y be interior points.  The
faces of codimension two or more, seen from x, cover a set without interior, so arbitrarily near y
there are y' such that the segment from x to y' meets only regions and relative interiors of facets.
Along it the slope of f never falls, so f is convex on it; by continuity
f((1-t)x + ty) <= (1-t)f(x) + tf(y) also for y' -> y, and then for boundary points.

That local convexity suffices is the theorem of Tietze and Nakajima (1928) for the epigraph; for
functions on subdivisions it is the local criterion of regularity, whose "folding form" across a
wall is this inequality.

A convex f is the maximum of its affine pieces: f >= p_i everywhere, because p_i touches f in an
open set.  Each distinct piece is needed there, so none can be left out.  Conversely a maximum of
affine functions is convex; hence "f >= p_1, ..., f >= p_k, and everywhere f <= p_1 or ... or
f <= p_k" proves convexity, without facets.

References
----------
H. Tietze, Über Konvexheit im kleinen und im großen, Math. Z. 28 (1928); S. Nakajima, Über konvexe
Kurven und Flächen, Tôhoku Math. J. 29 (1928).
J. A. De Loera, J. Rambau, F. Santos, Triangulations, Springer 2010, chapters 2 and 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.affine import AffineMap
from exactpwl.complex import Adjacency, PolyhedralComplex
from exactpwl.errors import OptionError
from exactpwl.geometry import inner_vector
from exactpwl.inequality import dot
from exactpwl.questions.functionals import functional
from exactpwl.questions.rising import step_inside
from exactpwl.rationals import RationalLike, ordinary

__all__ = ["SHAPES", "Bend", "Convexity", "convexity"]

SHAPES = ("convex", "concave", "affine")
"""What can be asked for."""

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Bend:
    """Three points on a line through a facet, where a function is not affine.

    Attributes
    ----------
    regions : pair of int
        The two regions.
    points : tuple of 3 points
        x in the first region, the middle (x + y) / 2 on the facet, y in the second region.
    values : tuple of 3 Fraction
        The function there.

    Examples
    --------
    >>> Bend((0, 1), ((Fraction(-1),), (Fraction(0),), (Fraction(1),)), (
    ...     Fraction(1), Fraction(0), Fraction(1))).excess
    Fraction(-1, 1)
    """

    regions: tuple[int, int]
    points: tuple[Point, Point, Point]
    values: tuple[Fraction, Fraction, Fraction]

    @property
    def excess(self) -> Fraction:
        """How much the value in the middle is above the mean of the other two."""
        first, middle, last = self.values
        return middle - (first + last) / 2


@dataclass(frozen=True)
class Convexity:
    """Whether c . f is convex, concave, both (affine) or neither.

    Attributes
    ----------
    coefficients : tuple of Fraction
        c, one for each output.
    upward : Bend or None
        Where c . f bends upwards (`excess` < 0), so is not concave; None if it is concave.
    downward : Bend or None
        Where it bends downwards (`excess` > 0), so is not convex; None if it is convex.
    pieces : tuple of AffineMap
        Its distinct affine maps.  If it is convex it is their maximum, if concave their minimum,
        and none of them can be left out.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> found = convexity(regions(gallery.get("tent")))
    >>> found.word, found.downward.points, found.downward.excess
    ('neither', ((Fraction(0, 1),), (Fraction(1, 2),), (Fraction(1, 1),)), Fraction(1, 1))
    """

    coefficients: Point
    upward: Bend | None
    downward: Bend | None
    pieces: tuple[AffineMap, ...]

    @property
    def is_convex(self) -> bool:
        """Whether f((x + y) / 2) <= (f(x) + f(y)) / 2 for all points x, y of the domain."""
        return self.downward is None

    @property
    def is_concave(self) -> bool:
        """Whether the opposite inequality holds everywhere."""
        return self.upward is None

    @property
    def is_affine(self) -> bool:
        """Whether there is one affine map on the whole domain."""
        return self.is_convex and self.is_concave

    @property
    def word(self) -> str:
        """The answer: affine, convex, concave or neither."""
        if self.is_affine:
            return "affine"
        return "convex" if self.is_convex else "concave" if self.is_concave else "neither"

    def counterexamples(self, shape: str) -> tuple[Bend, ...]:
        """Return the bends that refute a shape: none if it has that shape.

        Raises
        ------
        OptionError
            If the shape is none of `SHAPES`.
        """
        if shape not in SHAPES:
            raise OptionError(f"the shapes are {', '.join(SHAPES)}; got {shape!r}")
        bends = {"convex": [self.downward], "concave": [self.upward]}
        return tuple(bend for bend in bends.get(shape, [self.upward, self.downward]) if bend)


def convexity(
    complex_: PolyhedralComplex, coefficients: Sequence[RationalLike] | None = None
) -> Convexity:
    """Decide whether a combination of outputs is convex, concave, affine or neither, exactly.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        As `exactpwl.regions` gives it, over the whole space, a box or a polyhedron: all convex.
    coefficients : m rationals, optional
        The combination of the m outputs; may be left out where there is one.

    Returns
    -------
    Convexity
        With the first facet across which it bends the wrong way, as three points.

    Raises
    ------
    OptionError
        If there is not one coefficient for each output.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> found = convexity(regions(gallery.get("max:3")))
    >>> found.word, [piece.weight for piece in found.pieces] == [((0, 0, 1),), ((0, 1, 0),),
    ...                                                          ((1, 0, 0),)]
    ('convex', True)
    """
    combined = functional(coefficients, complex_.network.output_dimension)
    combine = {found: combined @ found for found in dict.fromkeys(complex_.affine_maps)}
    maps = [combine[found] for found in complex_.affine_maps]
    bends: dict[bool, Bend] = {}
    for adjacency in complex_.adjacencies:
        if len(bends) == 2:
            break
        first, second = maps[adjacency.first], maps[adjacency.second]
        if first != second:
            upwards = _is_upwards(second - first, complex_, adjacency.second)
            if upwards not in bends:
                bends[upwards] = _bend(complex_, adjacency, first, second, upwards)
    pieces = tuple(dict.fromkeys(maps))
    return Convexity(combined.weight[0], bends.get(True), bends.get(False), pieces)


def _is_upwards(difference: AffineMap, complex_: PolyhedralComplex, region: int) -> bool:
    """Return whether an affine function that vanishes on a facet of a region is positive in it."""
    *x, t = inner_vector(complex_.cells[region].generators)
    return dot(difference.weight[0], x) + difference.bias[0] * t > 0


def _bend(
    complex_: PolyhedralComplex,
    adjacency: Adjacency,
    first: AffineMap,
    second: AffineMap,
    upwards: bool,
) -> Bend:
    """Return three points on a line through the middle of a facet, the middle one on it.

    The line is that of the coordinate in which the facet is crossed most.
    """
    sides = complex_.regions[adjacency.first], complex_.regions[adjacency.second]
    middle = ordinary(inner_vector([complex_.generators[i] for i in adjacency.generators]))
    (normal,) = (second - first).weight
    axis = max(range(len(normal)), key=lambda k: abs(normal[k]))
    towards = 1 if (normal[axis] > 0) == upwards else -1
    across = [towards * int(k == axis) for k in range(len(normal))]
    length = min(
        step_inside(side, middle, [sign * c for c in across])
        for side, sign in zip(sides, (-1, 1), strict=True)
    )
    before, after = (
        tuple(m + sign * length * c for m, c in zip(middle, across, strict=True))
        for sign in (-1, 1)
    )
    ((low,), (mean,), (high,)) = first(before), first(middle), second(after)
    return Bend((adjacency.first, adjacency.second), (before, middle, after), (low, mean, high))
