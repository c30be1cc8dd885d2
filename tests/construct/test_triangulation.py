"""Finite elements: hats, functions on triangulations, and what is no triangulation."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alterations import alterations
from exactpwl import construct, gallery
from exactpwl.certificate import Equal, certify_equality
from exactpwl.construct import Triangulation
from exactpwl.errors import DimensionError, DomainError, OptionError
from strategies import rationals

HEXAGON = Triangulation(
    [(0, 0), (1, 0), (1, 1), (0, 1), (-1, 0), (-1, -1), (0, -1)],
    [(0, i, i % 6 + 1) for i in range(1, 7)],
)
STAR = Triangulation(
    [(0, 0), (3, 0), (1, 1), (0, 3), (-1, 1), (-3, 0), (-1, -1), (0, -3), (1, -1)],
    [(0, i, i % 8 + 1) for i in range(1, 9)],
)
OCTAHEDRON = Triangulation(
    [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (-1, 0, 0), (0, -1, 0), (0, 0, -1)],
    [(0, a, b, c) for a in (1, 4) for b in (2, 5) for c in (3, 6)],
)
INTERVAL = Triangulation([(0,), (1,), (3,)], [(0, 1), (1, 2)])


def grid(n: int) -> Triangulation:
    """The three-direction mesh of a square, with (n - 2)^2 inner points."""
    points = [(i, j) for i in range(n) for j in range(n)]
    simplices = []
    for i in range(n - 1):
        for j in range(n - 1):
            a, b, c, d = i * n + j, (i + 1) * n + j, (i + 1) * n + j + 1, i * n + j + 1
            simplices += [(a, b, c), (a, c, d)]
    return Triangulation(points, simplices)


def ring() -> Triangulation:
    """A square with a square hole, whose inner points are on a middle square."""
    points = [(s * x, s * y) for s in (1, 2, 3) for x, y in ((1, 1), (-1, 1), (-1, -1), (1, -1))]
    simplices = []
    for s in (0, 4):
        for i in range(4):
            k = (i + 1) % 4
            simplices += [(s + i, s + k, s + 4 + i), (s + k, s + 4 + i, s + 4 + k)]
    return Triangulation(points, simplices)


def test_the_hat_of_the_gallery() -> None:
    made = construct.hat(HEXAGON, 0)
    assert made.check()
    assert isinstance(certify_equality(made.network, gallery.get("hat2d")).claim, Equal)
    assert construct.compare(gallery.get("hat2d"), made.target)


@pytest.mark.parametrize("triangulation", [HEXAGON, STAR, OCTAHEDRON, INTERVAL, grid(3), ring()])
@pytest.mark.parametrize("passing", ["relu", "linear"])
def test_hats_of_inner_points(triangulation: Triangulation, passing: str) -> None:
    inner = set(range(len(triangulation.points))) - set(triangulation.boundary_points)
    assert inner
    for j in sorted(inner)[:2]:
        made = construct.hat(triangulation, j, passing=passing)
        assert made.check()
        assert made.target.domain.is_whole_space
        values = [made.network(point)[0] for point in triangulation.points]
        assert values == [int(i == j) for i in range(len(values))]
        far = [100 + i for i in range(triangulation.dimension)]
        assert made.network(far) == (0,)


@pytest.mark.parametrize("triangulation", [HEXAGON, OCTAHEDRON, INTERVAL])
def test_hats_of_boundary_points_of_a_convex_set(triangulation: Triangulation) -> None:
    assert triangulation.is_convex
    made = construct.hat(triangulation, triangulation.boundary_points[0])
    assert made.check()
    assert not made.target.domain.is_whole_space


def test_a_star_that_is_not_convex_takes_a_maximum_of_minima() -> None:
    assert not STAR.is_convex
    with pytest.raises(DomainError, match="a convex triangulated set is required"):
        construct.hat(STAR, 1)


@given(st.lists(rationals(3), min_size=4, max_size=4), st.booleans())
@settings(max_examples=10)
def test_functions_on_a_grid(values: list, at_boundary: bool) -> None:
    triangulation = grid(4)
    heights = [Fraction(0)] * 16
    for j, value in zip((5, 6, 9, 10), values, strict=True):
        heights[j] = value
    heights[0] = Fraction(int(at_boundary))
    made = construct.from_triangulation(triangulation, heights, passing="linear")
    assert made.check()
    assert [made.network(p)[0] for p in triangulation.points] == heights
    assert made.target.domain.is_whole_space is not at_boundary


def test_a_set_with_a_hole() -> None:
    around = ring()
    assert around.boundary_points == (0, 1, 2, 3, 8, 9, 10, 11)
    heights = [0] * 4 + [1, 2, 3, 4] + [0] * 4
    made = construct.from_triangulation(around, heights, passing="linear")
    assert made.check()
    assert made.network((0, 0)) == (0,)
    assert made.network((2, 2)) == (1,)


def test_all_values_zero() -> None:
    made = construct.from_triangulation(HEXAGON, [0] * 7)
    assert (made.network.widths, bool(made.check())) == ((), True)


@pytest.mark.parametrize("triangulation", [INTERVAL, HEXAGON])
def test_an_altered_weight_is_refused(triangulation: Triangulation) -> None:
    values = [int(j not in triangulation.boundary_points) for j in range(len(triangulation.points))]
    made = construct.from_triangulation(triangulation, values, passing="linear")
    assert made.check()
    verdicts = [bool(construct.compare(a, made.target)) for a in alterations(made.network)]
    assert verdicts.count(False) > 2 * len(verdicts) // 3


def test_a_wrong_value_is_refused() -> None:
    right = construct.from_triangulation(grid(3), [0, 0, 0, 0, 1, 0, 0, 0, 0])
    wrong = construct.from_triangulation(grid(3), [0, 0, 0, 0, "1001/1000", 0, 0, 0, 0])
    found = construct.compare(wrong.network, right.target)
    assert not found
    assert (found.point, found.values) == ((1, 1), ((Fraction(1001, 1000),), (1,)))


@pytest.mark.parametrize(
    ("points", "simplices", "message"),
    [
        ([(0, 0), (1, 0), (2, 0)], [(0, 1, 2)], r"simplex 0 is flat: \(0, 0\), \(1, 0\), \(2, 0\)"),
        ([(0, 0), (1, 0), (0, 1)], [(0, 1, 1)], "simplex 0 is flat"),
        ([(0, 0), (1, 0), (0, 1)], [(0, 1, 2), (2, 1, 0)], "simplices 0 and 1 are the same"),
        ([(0, 0), (1, 0), (0, 1)], [(0, 1, 3)], "points from 0 to 2 are required, got 3"),
        ([(0, 0), (2, 0), (0, 2), (1, 1)], [(0, 1, 2), (0, 1, 3)], "simplices 0 and 1 meet in"),
        (
            [(0, 0), (2, 0), (0, 2), (2, 2), (1, 1)],
            [(0, 1, 2), (1, 3, 4), (2, 3, 4)],
            "simplices 0 and 1 meet in (.*), which is no common corner of both",
        ),
        ([(0, 0), (1, 0), (0, 1), (5, 5)], [(0, 1, 2)], r"\(5, 5\) is a corner of no simplex"),
        ([(0, 0), (1, 0), (0, 1), (0, 0)], [(0, 1, 2)], r"\(0, 0\) comes twice"),
    ],
)
def test_what_is_no_triangulation(points: list, simplices: list, message: str) -> None:
    with pytest.raises(DomainError, match=message):
        Triangulation(points, simplices)


def test_wrong_sizes_are_refused() -> None:
    with pytest.raises(DimensionError, match="at least one simplex"):
        Triangulation([], [])
    with pytest.raises(DimensionError, match="simplex 0: 3 points are required in R\\^2, got 2"):
        Triangulation([(0, 0), (1, 0)], [(0, 1)])
    with pytest.raises(DimensionError, match="point 1: 2 coordinates are required"):
        Triangulation([(0, 0), (1,)], [(0, 1, 1)])
    with pytest.raises(DimensionError, match="one value for each of 7 points is required, got 1"):
        construct.from_triangulation(HEXAGON, [1])
    with pytest.raises(OptionError, match="a point from 0 to 6, got 7"):
        construct.hat(HEXAGON, 7)
