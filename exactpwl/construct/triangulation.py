"""Functions on triangulations, as networks: finite elements.

A triangulation is a list of simplices, triangles in the plane and tetrahedra in space, any two of
which meet in a common face or not at all.  Values at its points make a function that is affine on
each simplex.  It is the sum of its *hats*: that of a point v is 1 at v, 0 at all other points.

Around v the hat is a function of cones.  Each simplex with the corner v spans a cone there, and g_k
is the affine function that is 1 at v and 0 on the opposite facet.  On cone k let h be g_k.  Inside
the simplices around v, h is the hat; outside of them it is negative.  So the hat is relu(h), and h,
being piecewise linear on cones that cover a convex set, has a max-min form
(`exactpwl.construct.lattice`).  If the simplices around v fill a convex set, then
h = min of all g_k, and the hat is max(0, min of all g_k), which is the formula of He et al.; for
others there is a maximum of several minima.

Outside.  Where the values on the boundary are 0, the function is continued by 0, and the network is
equal to it on the whole space; the set may have any shape, holes too.  Where they are not, the
network is equal to it on the triangulated set, which must be convex then; outside of it the network
goes on as its formula says.

References
----------
J. He, L. Li, J. Xu, C. Zheng, ReLU deep neural networks and linear finite elements, J. Comput.
Math. 38, 2020, arXiv:1807.03973, section 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from exactpwl.affine import AffineMap
from exactpwl.construct.built import Built, Cell, Target, domain_of
from exactpwl.construct.joins import add, fused, passed
from exactpwl.construct.lattice import max_min_form
from exactpwl.construct.max_min import Affine, MaxMin, from_max_min
from exactpwl.domain import Domain
from exactpwl.errors import DimensionError, DomainError, OptionError
from exactpwl.linear import rank
from exactpwl.network import Network
from exactpwl.polyhedron import Polyhedron
from exactpwl.rationals import RationalLike, as_fractions, clear_denominators, format_point

__all__ = ["Triangulation", "from_triangulation", "hat"]

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Triangulation:
    """Points, and simplices as tuples of indices of points.

    Parameters
    ----------
    points : sequence of points of R^d
    simplices : sequence of d + 1 indices each

    Raises
    ------
    DimensionError
        If there is no simplex, or points or simplices have not the right number of entries.
    DomainError
        If an index is none of a point, a simplex is flat, two of them meet in something else than
        a common face, or a point is a corner of none or comes twice.

    Examples
    --------
    >>> square = Triangulation([(0, 0), (1, 0), (1, 1), (0, 1)], [(0, 1, 2), (0, 2, 3)])
    >>> square.is_convex, square.boundary_points
    (True, (0, 1, 2, 3))
    """

    points: tuple[Point, ...]
    simplices: tuple[tuple[int, ...], ...]

    def __init__(
        self, points: Iterable[Iterable[RationalLike]], simplices: Iterable[Iterable[int]]
    ) -> None:
        object.__setattr__(self, "points", tuple(as_fractions(p) for p in points))
        object.__setattr__(self, "simplices", tuple(tuple(s) for s in simplices))
        _check_entries(self)
        for pair in combinations(range(len(self.simplices)), 2):
            _check_pair(self, *pair)

    @property
    def dimension(self) -> int:
        """The number d of coordinates."""
        return len(self.points[0])

    @cached_property
    def barycentric(self) -> tuple[tuple[Affine, ...], ...]:
        """For each simplex, for each of its corners: 1 there, 0 at the other corners."""
        return tuple(_barycentric([self.points[i] for i in simplex]) for simplex in self.simplices)

    @cached_property
    def boundary_facets(self) -> tuple[tuple[int, int], ...]:
        """Facets of one simplex alone: the simplex, and which of its corners is opposite."""
        facets = [
            (frozenset(simplex) - {corner}, (k, i))
            for k, simplex in enumerate(self.simplices)
            for i, corner in enumerate(simplex)
        ]
        sides = Counter(facet for facet, _ in facets)
        return tuple(place for facet, place in facets if sides[facet] == 1)

    @cached_property
    def boundary_points(self) -> tuple[int, ...]:
        """The points on the boundary of the triangulated set."""
        return tuple(
            sorted(
                {
                    j
                    for k, opposite in self.boundary_facets
                    for place, j in enumerate(self.simplices[k])
                    if place != opposite
                }
            )
        )

    @cached_property
    def hull(self) -> Domain:
        """The intersection of the half-spaces of all boundary facets: the set, if it is convex."""
        rows = [self.barycentric[k][i] for k, i in self.boundary_facets]
        return domain_of(rows, self.dimension)

    @property
    def is_convex(self) -> bool:
        """Whether the triangulated set is convex.

        A set that is not has a boundary facet with points on its outer side: go straight from an
        interior point to a point of the convex hull that is missing, and see where you leave.
        """
        return all(self.hull.contains(point) for point in self.points)

    def around(self, point: int) -> tuple[int, ...]:
        """Return the simplices that have a point as a corner."""
        return tuple(k for k, simplex in enumerate(self.simplices) if point in simplex)

    def interpolant(self, simplex: int, values: Sequence[Fraction]) -> AffineMap:
        """Return the affine function on a simplex with given values at all points."""
        corners = self.simplices[simplex]
        parts = list(zip(corners, self.barycentric[simplex], strict=True))
        normal = tuple(
            sum((values[j] * row[0][c] for j, row in parts), Fraction(0))
            for c in range(self.dimension)
        )
        return AffineMap((normal,), (sum((values[j] * row[1] for j, row in parts), Fraction(0)),))


def hat(triangulation: Triangulation, point: int, *, passing: str = "relu") -> Built:
    """Return the function that is 1 at one point of a triangulation and 0 at all others.

    Parameters
    ----------
    triangulation : Triangulation
    point : int
        Its index.  A point on the boundary needs a convex triangulated set.
    passing : {"relu", "linear"}
        As in `from_max_min`.

    Raises
    ------
    OptionError
        If there is no such point, or `passing` is neither.
    DomainError
        If the point is on the boundary and the set is not convex.

    Examples
    --------
    >>> around = [(1, 0), (1, 1), (0, 1), (-1, 0), (-1, -1), (0, -1)]
    >>> six = [(0, i, i % 6 + 1) for i in range(1, 7)]
    >>> made = hat(Triangulation([(0, 0), *around], six), 0, passing="linear")
    >>> made.network([0, "1/2"]), bool(made.check())
    ((Fraction(1, 2),), True)
    """
    if not 0 <= point < len(triangulation.points):
        raise OptionError(f"a point from 0 to {len(triangulation.points) - 1}, got {point}")
    values = [int(j == point) for j in range(len(triangulation.points))]
    made = from_triangulation(triangulation, values, passing=passing)
    text = f"the hat of the point {format_point(triangulation.points[point])}"
    old = made.target
    return Built(made.network, Target(text, old.domain, old.cells, old.elsewhere), made.notes)


def from_triangulation(
    triangulation: Triangulation, values: Sequence[RationalLike], *, passing: str = "relu"
) -> Built:
    """Return the function with given values at the points, affine on each simplex.

    Parameters
    ----------
    triangulation : Triangulation
    values : sequence of rationals
        One for each point.
    passing : {"relu", "linear"}
        As in `from_max_min`.

    Returns
    -------
    Built
        Equal to the function, continued by 0, on the whole space if the values on the boundary are
        0; else on the triangulated set.

    Raises
    ------
    DimensionError
        If there is not one value for each point.
    DomainError
        If the set is not convex and a value on its boundary is not 0.

    Examples
    --------
    >>> square = Triangulation([(0, 0), (1, 0), (1, 1), (0, 1)], [(0, 1, 2), (0, 2, 3)])
    >>> made = from_triangulation(square, [0, 1, 0, 1], passing="linear")
    >>> made.notes
    ('equal on the triangulated set; outside of it the network goes on as its formula says',)
    >>> made.network(["1/2", "1/4"]), bool(made.check())
    ((Fraction(1, 4),), True)
    """
    heights = as_fractions(values)
    if len(heights) != len(triangulation.points):
        raise DimensionError(
            f"one value for each of {len(triangulation.points)} points is required, "
            f"got {len(heights)}"
        )
    target, note = _target(triangulation, heights)
    used = [j for j, height in enumerate(heights) if height]
    if used:
        hats = [_hat_network(triangulation, j) for j in used]
        network = add(hats, [heights[j] for j in used]).network
    else:
        network = Network([([[0] * triangulation.dimension], [0], "linear")])
    return Built(passed(network, passing), target, (note,))


def _hat_network(triangulation: Triangulation, point: int) -> Network:
    relu = Network([([[1]], [0], "relu"), ([[1]], [0], "linear")])
    inner = from_max_min(_cone_form(triangulation, point), passing="linear").network
    return fused(relu, inner)


def _cone_form(triangulation: Triangulation, point: int) -> MaxMin:
    cells = []
    for k in triangulation.around(point):
        rows = triangulation.barycentric[k]
        place = triangulation.simplices[k].index(point)
        walls = [row for i, row in enumerate(rows) if i != place]
        normal, offset = rows[place]
        cone = domain_of(walls, triangulation.dimension)
        cells.append(Cell(cone, AffineMap((normal,), (offset,))))
    return max_min_form(cells)


def _target(triangulation: Triangulation, heights: Sequence[Fraction]) -> tuple[Target, str]:
    size = triangulation.dimension

    def cells() -> list[Cell]:
        return [
            Cell(domain_of(rows, size), triangulation.interpolant(k, heights))
            for k, rows in enumerate(triangulation.barycentric)
        ]

    count = len(triangulation.simplices)
    text = f"the function on {count} {'simplex' if count == 1 else 'simplices'}"
    wrong = next((j for j in triangulation.boundary_points if heights[j]), None)
    if wrong is None:
        zero = AffineMap(((Fraction(0),) * size,), (Fraction(0),))
        note = "equal on the whole space; 0 outside of the simplices"
        return Target(f"{text}, 0 outside", Domain.whole(size), cells, zero), note
    if not triangulation.is_convex:
        raise DomainError(
            "a convex triangulated set is required where a value on its boundary is not 0, as at "
            f"the point {format_point(triangulation.points[wrong])}; add simplices until the set "
            "is convex, or until the boundary values are 0"
        )
    note = "equal on the triangulated set; outside of it the network goes on as its formula says"
    return Target(text, triangulation.hull, cells), note


def _barycentric(corners: Sequence[Point]) -> tuple[Affine, ...]:
    """Return, for each corner, the affine function that is 1 there and 0 at the others."""
    size = len(corners)
    table = [[*point, Fraction(1)] for point in corners]
    unit = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    for column in range(size):  # Gauss and Jordan
        pivot = next(i for i in range(column, size) if table[i][column])
        for rows in (table, unit):
            rows[column], rows[pivot] = rows[pivot], rows[column]
        factor = table[column][column]
        for rows in (table, unit):
            rows[column] = [entry / factor for entry in rows[column]]
        for i in range(size):
            factor = table[i][column]
            if i != column and factor:
                for rows in (table, unit):
                    pairs = zip(rows[i], rows[column], strict=True)
                    rows[i] = [a - factor * b for a, b in pairs]
    return tuple((tuple(column[:-1]), column[-1]) for column in zip(*unit, strict=True))


def _check_entries(made: Triangulation) -> None:
    if not made.simplices or not made.points:
        raise DimensionError("at least one simplex is required, got none")
    size = made.dimension
    for j, point in enumerate(made.points):
        if len(point) != size or not size:
            raise DimensionError(
                f"point {j}: {size} coordinates are required, as point 0 has, got {len(point)}"
            )
    for k, simplex in enumerate(made.simplices):
        if len(simplex) != size + 1:
            raise DimensionError(
                f"simplex {k}: {size + 1} points are required in R^{size}, got {len(simplex)}"
            )
        unknown = [j for j in simplex if not 0 <= j < len(made.points)]
        if unknown:
            raise DomainError(
                f"simplex {k}: points from 0 to {len(made.points) - 1} are required, "
                f"got {unknown[0]}"
            )
        rows = [clear_denominators([*made.points[j], Fraction(1)])[0] for j in simplex]
        if rank(rows) <= size:
            listed = ", ".join(format_point(made.points[j]) for j in simplex)
            raise DomainError(f"simplex {k} is flat: {listed}; leave it out")
    repeated = next((p for p, n in Counter(made.points).items() if n > 1), None)
    if repeated is not None:
        raise DomainError(f"the point {format_point(repeated)} comes twice; use one index for it")
    lonely = set(range(len(made.points))) - {j for s in made.simplices for j in s}
    if lonely:
        alone = format_point(made.points[min(lonely)])
        raise DomainError(f"the point {alone} is a corner of no simplex; leave it out")


def _check_pair(made: Triangulation, first: int, second: int) -> None:
    """Refuse two simplices whose intersection is no common face of both."""
    one, other = (made.simplices[k] for k in (first, second))
    if set(one) == set(other):
        raise DomainError(f"simplices {first} and {second} are the same; leave one out")
    if _are_apart(made, one, other):
        return
    both = Polyhedron(made.dimension, (*made.barycentric[first], *made.barycentric[second]))
    common = {made.points[j] for j in set(one) & set(other)}
    for vertex in both.generators.vertices:
        if vertex not in common:
            raise DomainError(
                f"simplices {first} and {second} meet in {format_point(vertex)}, which is no "
                "common corner of both: a triangulation's simplices meet in whole faces; "
                "cut them further"
            )


def _are_apart(made: Triangulation, one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether the boxes around two simplices have no common point."""
    for c in range(made.dimension):
        mine, theirs = ([made.points[j][c] for j in corners] for corners in (one, other))
        if max(mine) < min(theirs) or max(theirs) < min(mine):
            return True
    return False
