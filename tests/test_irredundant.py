"""Facets from a point inside, against the double description method, and proved in many inputs."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import irredundant
from exactpwl.errors import DomainError, TooLargeError
from exactpwl.irredundant import irredundant_rows
from exactpwl.polyhedron import Polyhedron, canonical
from strategies import full_polyhedra


@given(st.integers(1, 4).flatmap(lambda d: full_polyhedra(d, most=8)))
def test_they_are_those_of_the_double_description(polyhedron: Polyhedron) -> None:
    point = polyhedron.feasibility.point
    assert point is not None
    expected = canonical(polyhedron.rows, polyhedron.dimension).irredundant
    assert irredundant_rows(polyhedron.rows, point) == expected


@given(st.integers(1, 3).flatmap(lambda d: full_polyhedra(d, most=6)))
def test_the_exact_program_alone_says_the_same(polyhedron: Polyhedron) -> None:
    """Where the proposals of the floats are worthless, the answer is as right."""
    point = polyhedron.feasibility.point
    assert point is not None
    expected = canonical(polyhedron.rows, polyhedron.dimension).irredundant
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(irredundant._Polar, "_shot", lambda self, directions: set())
        patch.setattr(irredundant._Polar, "_combines", lambda self, i, needed: False)
        assert irredundant_rows(polyhedron.rows, point) == expected


def random_rows(inputs: int, number: int, seed: int) -> list[tuple[tuple[Fraction, ...], Fraction]]:
    draw = random.Random(seed)
    return [
        (
            tuple(Fraction(draw.gauss(0, 1)) for _ in range(inputs)),
            Fraction(abs(draw.gauss(0, 1)) + 0.1),
        )
        for _ in range(number)
    ]


@pytest.mark.parametrize(("inputs", "number"), [(6, 20), (30, 40)])
def test_sums_of_inequalities_are_redundant(inputs: int, number: int) -> None:
    """Also where they touch the polyhedron, in a face that is no facet (slack 0)."""
    rows = random_rows(inputs, number, 0)
    base = [rows[i] for i in irredundant_rows(rows, (Fraction(0),) * inputs)]
    sums = []
    for k, slack in enumerate((0, 1, 0, 1)):
        picked = base[k : k + 4]
        normal = tuple(
            sum(column, Fraction(0)) for column in zip(*(n for n, _ in picked), strict=True)
        )
        sums.append((normal, sum((c for _, c in picked), Fraction(slack))))
    found = irredundant_rows([*sums, *base], (Fraction(0),) * inputs)
    assert found == tuple(range(4, 4 + len(base)))


ORIGIN = (Fraction(0), Fraction(0))


def test_a_ray_through_a_corner_proves_nothing() -> None:
    """The ray along (-1, -1) hits all three lines at once; the first touches only the corner."""
    assert irredundant_rows([((1, 1), 2), ((1, 0), 1), ((0, 1), 1)], ORIGIN) == (1, 2)


@pytest.mark.parametrize(("gap", "expected"), [(1, (0, 1, 2)), (0, (0, 1)), (-1, (0, 1))])
def test_what_floats_cannot_see_is_decided_exactly(gap: int, expected: tuple[int, ...]) -> None:
    """A line cuts off a corner by 2^-70, touches it, or misses it by as much."""
    cut = ((2, 3), Fraction(5) - Fraction(gap, 2**70))
    assert irredundant_rows([((1, 0), 1), ((0, 1), 1), cut], ORIGIN) == expected


def test_equal_inequalities_count_once_and_rows_without_variables_never() -> None:
    rows = [((0, 0), 0), ((2, 0), 2), ((1, 0), 1)]
    assert irredundant_rows(rows, (Fraction(0), Fraction(0))) == (1,)
    assert irredundant_rows([((0,), 1)], (Fraction(0),)) == ()


def test_what_is_refused() -> None:
    with pytest.raises(DomainError, match="a point strictly inside is required"):
        irredundant_rows([((1,), 0)], (Fraction(0),))
    with pytest.raises(TooLargeError, match="got 65 inputs and 1"):
        irredundant_rows([((1,) * 65, 1)], (Fraction(0),) * 65)
    with pytest.raises(TooLargeError, match="got 1 inputs and 201"):
        irredundant_rows([((1,), k) for k in range(1, 202)], (Fraction(0),))
