"""Affine maps: evaluation, composition, difference."""

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from exactpwl import AffineMap
from exactpwl.errors import DimensionError

F = Fraction


@st.composite
def maps(draw: st.DrawFn, inputs: int, outputs: int) -> AffineMap:
    rows = [draw(strategies.points(inputs)) for _ in range(outputs)]
    return AffineMap.of(rows, draw(strategies.points(outputs)))


@given(maps(2, 3), strategies.points(2))
def test_evaluation(f: AffineMap, x: tuple[Fraction, ...]) -> None:
    assert f(x) == tuple(
        w[0] * x[0] + w[1] * x[1] + b for w, b in zip(f.weight, f.bias, strict=True)
    )
    zero = f((0, 0))
    assert f.linear_part(x) == tuple(a - b for a, b in zip(f(x), zero, strict=True))


@given(maps(3, 2), maps(2, 3), strategies.points(2))
def test_composition(f: AffineMap, g: AffineMap, x: tuple[Fraction, ...]) -> None:
    assert (f @ g)(x) == f(g(x))


@given(maps(2, 2), maps(2, 2), strategies.points(2))
def test_difference(f: AffineMap, g: AffineMap, x: tuple[Fraction, ...]) -> None:
    assert (f - g)(x) == tuple(a - b for a, b in zip(f(x), g(x), strict=True))
    assert (f == g) == (not any(any(row) for row in (f - g).weight) and not any((f - g).bias))


def test_a_map_is_a_value() -> None:
    f = AffineMap.of([["1/2", 0]], [1])
    assert f == AffineMap(((F(1, 2), F(0)),), (F(1),))
    assert pickle.loads(pickle.dumps(f)) == f
    assert {f: 1}[AffineMap.of([[0.5, 0]], [1])] == 1
    assert (f.input_dimension, f.output_dimension) == (2, 1)


def test_points_of_another_dimension_are_refused() -> None:
    with pytest.raises(DimensionError, match="a point with 2 coordinates is required, got 1"):
        AffineMap.of([[1, 2]], [0])((1,))
