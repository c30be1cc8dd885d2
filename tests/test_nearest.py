"""Nearest points of polyhedra, against their conditions of optimality and against sampling."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.errors import DomainError
from exactpwl.inequality import dot
from exactpwl.nearest import nearest_point, size
from exactpwl.polyhedron import Polyhedron
from strategies import rationals

Vector = tuple[Fraction, ...]


@st.composite
def generators(draw: st.DrawFn) -> tuple[Vector, list[Vector], list[Vector], list[Vector]]:
    d = draw(st.integers(1, 3))
    vector = st.tuples(*[rationals(3, 2)] * d)
    direction = vector.filter(any)
    vertices = draw(st.lists(vector, min_size=1, max_size=5))
    rays = draw(st.lists(direction, max_size=2))
    return draw(vector), vertices, rays, draw(st.lists(direction, max_size=1))


@given(generators())
def test_l2_is_optimal_and_in_the_polyhedron(given_: tuple[Vector, list, list, list]) -> None:
    x, vertices, rays, lines = given_
    y = nearest_point(x, vertices, rays, lines)
    gap = [a - b for a, b in zip(y, x, strict=True)]
    assert Polyhedron.from_generators(vertices, rays, lines, len(x)).contains(y)
    assert all(dot(gap, v) >= dot(gap, y) for v in vertices)
    assert all(dot(gap, r) >= 0 for r in rays)
    assert all(dot(gap, u) == 0 for u in lines)


@given(generators())
def test_other_norms_against_a_program_over_inequalities(
    given_: tuple[Vector, list, list, list],
) -> None:
    """The largest box, or cross-polytope, around x that misses the polyhedron's interior."""
    x, vertices, rays, lines = given_
    whole = Polyhedron.from_generators(vertices, rays, lines, len(x))
    for norm, corners in (
        ("linf", [row for i in range(len(x)) for row in (unit(i, len(x)), unit(i, len(x), -1))]),
        ("l1", list(product((1, -1), repeat=len(x)))),
    ):
        y = nearest_point(x, vertices, rays, lines, norm)  # type: ignore[arg-type]
        distance = size([a - b for a, b in zip(y, x, strict=True)], norm)  # type: ignore[arg-type]
        assert whole.contains(y)

        def ball(radius: Fraction, corners: list = corners) -> Polyhedron:
            rows = [(tuple(-c for c in n), dot(n, x) + radius) for n in corners]
            return whole.intersect(rows)

        assert ball(distance).status != "empty"
        if distance:
            assert ball(distance * Fraction(999, 1000)).status == "empty"


def unit(i: int, dimension: int, sign: int = 1) -> tuple[int, ...]:
    return tuple(sign * int(i == j) for j in range(dimension))


def test_a_point_inside_is_its_own_nearest() -> None:
    square = [(Fraction(a), Fraction(b)) for a in (0, 2) for b in (0, 2)]
    x = (Fraction(1), Fraction(1, 3))
    for norm in ("linf", "l1", "l2"):
        y = nearest_point(x, square, norm=norm)  # type: ignore[arg-type]
        assert size([a - b for a, b in zip(y, x, strict=True)], "l2") == 0


def test_nothing_has_no_nearest_point() -> None:
    with pytest.raises(DomainError, match="a polyhedron with points is required"):
        nearest_point((Fraction(0),), [])
