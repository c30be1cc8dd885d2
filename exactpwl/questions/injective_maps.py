"""Is f: R^d -> R^m injective on a convex domain?  Exactly: two points with one image, or a proof.

On each region f is affine, x -> W_i x + b_i.  In this order, each step with a counterexample:

*Rank.*  Where W_i u = 0 for some u != 0, two points of region i that differ by a multiple of u have
the same image.  This is so on every region if m < d.  From here on each W_i has rank d, and f is
injective on each closed region.

*Orientation* (m = d).  Across a facet with det W_i > 0 > det W_j the map folds: both regions go to
the same side of the facet's image, so points on either side near its middle have common images.
If no facet folds, all determinants have one sign, because the regions of a convex domain are
connected through facets.  If d = 1 as well, f is strictly monotone, hence injective.

*Degree* (m = d, the domain is R^d).  **Theorem.**  If all determinants are not 0 and have one sign,
then f is injective iff one point p inside a region has no partner x != p with f(x) = f(p).
*Proof.*  |f(x)| grows with |x|, since each of finitely many W_i is invertible; so f has a degree,
and each regular value (one whose preimages are all inside regions) has as many preimages as the
degree says, all counted with one sign.  If f(p) has the preimage p alone, that number is 1 for
every regular value.  Suppose f(x) = f(y) = z, x != y.  A map with one orientation is open (its
local degree is nowhere 0), so the images of disjoint balls around x and y both contain a ball
around z, and in it a regular value with two preimages: a contradiction.  So one point and one
equation a region suffice.  (Such an f is then a homeomorphism of R^d.)

*Pairs.*  In all other cases each pair of regions is asked for x in one and y in the other, x != y,
with one image (`exactpwl.questions.collisions`); pairs whose images lie in disjoint boxes are left
out.  That is complete, because the closed regions cover the domain.

References
----------
W. C. Rheinboldt, J. S. Vandergraft, On piecewise affine mappings in R^n, SIAM J. Appl. Math. 29
(1975), 680-689.  M. Kojima, R. Saigal, On the relationship between conditions that insure a PL
mapping is a homeomorphism, Math. Oper. Res. 5 (1980), 101-109.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import inf, nextafter

import numpy as np
from flint import fmpz_mat

from exactpwl.complex import PolyhedralComplex
from exactpwl.errors import CertificateError
from exactpwl.questions.collisions import Chart, collision
from exactpwl.questions.rising import step_inside

__all__ = ["Collision", "Injectivity", "injectivity"]

Point = tuple[Fraction, ...]
Step = Callable[[str, int, int], None]
Bounds = tuple["np.typing.NDArray[np.float64]", "np.typing.NDArray[np.float64]"]

REASONS = {
    "rank": "a region on which the rank is less than the number of inputs",
    "fold": "a facet across which the determinant changes its sign",
    "degree": "all determinants have one sign, and the degree is 1",
    "monotone": "all slopes have one sign",
    "pairs": "no two regions have distinct points with the same image",
}
"""What can decide, in words; for the last three, that it is injective."""


@dataclass(frozen=True)
class Collision:
    """Two distinct points of the domain with the same image.

    Attributes
    ----------
    regions : pair of int
        Closed regions that contain them; the same twice if both are in one.
    first, second : tuple of Fraction
    image : tuple of Fraction

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> found = injectivity(regions(gallery.get("tent"), [(0, 1)])).collision
    >>> found.first, found.second, found.image
    ((Fraction(0, 1),), (Fraction(1, 1),), (Fraction(0, 1),))
    """

    regions: tuple[int, int]
    first: Point
    second: Point
    image: Point


@dataclass(frozen=True)
class Injectivity:
    """Whether f is injective, and by what it was decided.

    Attributes
    ----------
    collision : Collision or None
        None if it is injective.
    reason : {"rank", "fold", "degree", "monotone", "pairs"}
        What decided; see `exactpwl.questions.injective_maps`.
    pairs : int
        How many pairs of regions were asked for points with the same image.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> injectivity(regions(gallery.get("abs"))).collision.image
    (Fraction(1, 1),)
    """

    collision: Collision | None
    reason: str
    pairs: int

    @property
    def is_injective(self) -> bool:
        """Whether distinct points have distinct images."""
        return self.collision is None

    @property
    def sentence(self) -> str:
        """The reason in words."""
        if self.collision is not None and self.reason not in ("rank", "fold"):
            return "two points in different regions with the same image"
        return REASONS[self.reason]


def injectivity(complex_: PolyhedralComplex, step: Step | None = None) -> Injectivity:
    """Decide whether a network is injective on the closed domain of its complex, exactly.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        As `exactpwl.regions` gives it, over the whole space, a box or a polyhedron.
    step : callable, optional
        Hears of progress: what is done, how much is, of how much.

    Returns
    -------
    Injectivity

    Notes
    -----
    Linear in the number of regions for d = m on the whole space; otherwise pairs of regions whose
    images are near each other are asked, which at worst are all.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> leaky = Network([([[1, 1], [1, -1]], [0, 1], "leaky_relu:1/10"), ([[1, 0], [2, 1]], [0, 0],
    ...                  "linear")])
    >>> found = injectivity(regions(leaky))
    >>> found.is_injective, found.reason
    (True, 'degree')
    >>> both = Network([([[1], [-1]], [0, 0], "relu")])
    >>> injectivity(regions(both)).is_injective
    True
    """
    size, outputs = complex_.dimension, complex_.network.output_dimension
    charts = [Chart(region) for region in complex_.regions]
    for chart in charts:
        flat = _flat(chart)
        if flat is not None:
            return Injectivity(flat, "rank", 0)
    if size == outputs:
        fold = _fold(complex_, charts)
        if fold is not None:
            return Injectivity(fold, "fold", 1)
        if size == 1:
            return Injectivity(None, "monotone", 0)
        if complex_.domain.is_whole_space:
            return Injectivity(_partner(charts), "degree", 0)
    return _by_pairs(charts, step)


def _flat(chart: Chart) -> Collision | None:
    """Return two points of a region with one image, if the affine map there has a kernel."""
    kernel, nullity = chart.matrix.nullspace()
    if not nullity:
        return None
    region = chart.region
    direction = [Fraction(int(row[0])) for row in kernel.tolist()]
    start = region.interior_point
    length = step_inside(region, start, direction)
    end = tuple(x + length * u for x, u in zip(start, direction, strict=True))
    return Collision((region.index, region.index), start, end, region.affine_map(start))


def _fold(complex_: PolyhedralComplex, charts: list[Chart]) -> Collision | None:
    """Return two points with one image on the sides of a facet where the orientation changes."""
    signs = [chart.matrix.det() > 0 for chart in charts]
    for first, second, _ in complex_.adjacencies:
        if signs[first] != signs[second]:
            found = _collision(charts[first], charts[second])
            if found is None:
                raise CertificateError(
                    f"regions {first} and {second} are folded onto each other, so they have "
                    "points with the same image, but none was found"
                )
            return found
    return None


def _partner(charts: list[Chart]) -> Collision | None:
    """Return another point with the image of a point inside the first region."""
    first, *others = charts
    point = first.region.interior_point
    image = first.region.affine_map(point)
    for chart in others:
        partner = chart.preimage(image)
        if partner is not None:
            return Collision((first.region.index, chart.region.index), point, partner, image)
    return None


def _by_pairs(charts: list[Chart], step: Step | None) -> Injectivity:
    """Ask each pair of regions whose images' boxes meet."""
    done = 0
    for place, partners in _near(charts):
        if step is not None:
            step("asking pairs of regions", place, len(charts))
        for other in partners:
            done += 1
            found = _collision(charts[place], charts[other])
            if found is not None:
                return Injectivity(found, "pairs", done)
    return Injectivity(None, "pairs", done)


def _collision(first: Chart, second: Chart) -> Collision | None:
    found = collision(first, second)
    if found is None:
        return None
    image = first.region.affine_map(found[0])
    return Collision((first.region.index, second.region.index), *found, image)


def _near(charts: list[Chart]) -> Iterator[tuple[int, list[int]]]:
    """Yield for each region those after it whose images it may meet, by boxes around the images."""
    low, high = _boxes(charts)
    for place in range(len(charts)):
        later = slice(place + 1, None)
        meets = (low[later] <= high[place]) & (high[later] >= low[place])
        yield place, (np.flatnonzero(meets.all(axis=1)) + place + 1).tolist()


def _boxes(charts: list[Chart]) -> Bounds:
    """Return floats below and above each output on each region: rounded outwards, so proven."""
    ends = [_extents(chart) for chart in charts]
    low, high = (np.array([[end[k] for end in row] for row in ends]) for k in (0, 1))
    return low, high


def _extents(chart: Chart) -> list[tuple[float, float]]:
    """Return for each output floats between which it is on a region."""
    found = []
    for values in (fmpz_mat([list(row) for row in chart.rows]) * chart.columns).tolist():
        low, high = inf, -inf
        for value, vector in zip(map(int, values), chart.vectors, strict=True):
            if vector[-1]:
                below, above = _around(Fraction(value, chart.scale * vector[-1]))
            else:
                below, above = -inf if value < 0 else low, inf if value > 0 else high
            low, high = min(low, below), max(high, above)
        found.append((low, high))
    return found


def _around(value: Fraction) -> tuple[float, float]:
    """Return floats on both sides of a rational: its conversion is correctly rounded."""
    try:
        near = float(value)
    except OverflowError:
        return -inf, inf
    return nextafter(near, -inf), nextafter(near, inf)
