"""The nearest point of rows, against the nearest point of the same polyhedron's generators."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exactpwl.nearest_rows as module
from exactpwl.generators import generators
from exactpwl.inequality import value
from exactpwl.nearest import nearest_point, size
from exactpwl.nearest_rows import distance_bound, nearest_satisfying
from strategies import points, rows

Vector = tuple[Fraction, ...]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Vector, list[Any], str]:
    d = draw(st.integers(1, 4))
    return draw(points(d)), list(draw(rows(d, 7))), draw(st.sampled_from(["linf", "l1"]))


def far(x: Vector, y: Vector, norm: str) -> Fraction:
    return size([a - b for a, b in zip(x, y, strict=True)], norm)  # type: ignore[arg-type]


def agree(x: Vector, given_rows: list[Any], norm: Any) -> None:
    """Hold both ways against each other, and the limit on either side of the distance."""
    found = nearest_satisfying(x, given_rows, norm)
    known = generators(given_rows, len(x))
    if known.is_empty:
        assert found is None
        assert distance_bound(x, given_rows, norm) is None
        return
    assert found is not None
    assert all(value(row, found) >= 0 for row in given_rows)
    distance = far(x, nearest_point(x, known.vertices, known.rays, known.lines, norm), norm)
    assert far(x, found, norm) == distance
    assert nearest_satisfying(x, given_rows, norm, distance) is None
    bound = distance_bound(x, given_rows, norm)
    assert bound is not None
    assert Fraction(15, 16) * distance <= bound <= distance
    within = distance_bound(x, given_rows, norm, distance + Fraction(1, 1000))
    assert within is not None
    assert within <= distance
    beyond = nearest_satisfying(x, given_rows, norm, distance + Fraction(1, 1000))
    assert beyond is not None
    assert far(x, beyond, norm) == distance


@given(cases())
def test_against_generators(case: tuple[Vector, list[Any], Any]) -> None:
    agree(*case)


def test_many_inputs() -> None:
    """In l-infinity one row has a closed form: its value over the l1 norm of its normal."""
    size_ = 80
    normal = tuple(Fraction((7 * i) % 11 - 5, 3) for i in range(size_))
    start = (Fraction(1, 2),) * size_
    offset = Fraction(-100)
    gap = -value((normal, offset), start)
    found = nearest_satisfying(start, [(normal, offset)])
    other = nearest_satisfying(start, [(normal, offset)], "l1")
    assert found is not None
    assert other is not None
    assert far(start, found, "linf") == gap / sum(map(abs, normal))
    assert far(start, other, "l1") == gap / max(map(abs, normal))


def test_far_away_and_empty_without_a_limit() -> None:
    far_away = nearest_satisfying((Fraction(0),), [((1,), -(10**30))])
    assert far_away == (Fraction(10**30),)
    assert nearest_satisfying((Fraction(0),), [((1,), -1), ((-1,), -1)]) is None
    assert nearest_satisfying((Fraction(0),), [((0,), -1)]) is None


def test_vertices_of_another_ball_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = module._Program._missing

    def of_the_other(self: Any, found: Any) -> Any:
        self.norm = "l1"
        return whole(self, found)

    monkeypatch.setattr(module._Program, "_missing", of_the_other)
    with pytest.raises(AssertionError):
        agree((Fraction(0), Fraction(0)), [((1, 3), Fraction(-6))], "linf")
