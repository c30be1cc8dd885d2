"""The bounds of the filter hold, against fractions, for numbers of every size."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.engine.filtered import (
    Filtered,
    combine,
    dot,
    from_integers,
    kernel,
    matrix_product,
    scaled,
)

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


@st.composite
def entries(draw: st.DrawFn) -> tuple[float, float, Fraction]:
    """A value, its error, and a true number within it: a small integer, or anything inexact."""
    kind = draw(st.sampled_from(["zero", "small", "large", "tiny", "inexact zero"]))
    if kind == "zero":
        return 0.0, 0.0, Fraction(0)
    if kind == "small":
        number = draw(st.integers(-100, 100))
        return float(number), 0.0, Fraction(number)
    exponent = draw(st.integers(0, 300) if kind == "large" else st.integers(-249, 0))
    value = 0.0 if kind == "inexact zero" else draw(st.sampled_from([-1.5, 1.0])) * 2.0**exponent
    error = max(2.0**-200, abs(value) * 2.0 ** -draw(st.integers(1, 60)))
    inside = draw(st.sampled_from([Fraction(-1), Fraction(0), Fraction(1, 3), Fraction(1)]))
    return value, error, Fraction(value) + inside * Fraction(error)


def arrays(rows: Any) -> tuple[Filtered, Any]:
    """The filtered matrix and the true one."""
    value = np.array([[entry[0] for entry in row] for row in rows])
    error = np.array([[entry[1] for entry in row] for row in rows])
    return Filtered(value, error), [[entry[2] for entry in row] for row in rows]


def matrices(rows: int, columns: int) -> st.SearchStrategy[Any]:
    row = st.lists(entries(), min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows).map(arrays)


def assert_bounds(found: Filtered, truth: Any) -> None:
    for place, number in np.ndenumerate(np.array(truth, dtype=object)):
        value, error = found.value[place], found.error[place]
        if np.isfinite(value) and np.isfinite(error):
            assert abs(Fraction(value) - number) <= Fraction(error)
            assert error == 0 or error >= 2.0**-200
            assert value == 0 or abs(value) >= 2.0**-250
        if found.is_decided[place]:
            assert np.sign(value) == (number > 0) - (number < 0)


def product(left: Any, right: Any) -> list[list[Fraction]]:
    columns = list(zip(*right, strict=True))
    return [
        [sum((a * b for a, b in zip(r, c, strict=True)), Fraction(0)) for c in columns]
        for r in left
    ]


@given(matrices(3, 4), matrices(3, 4))
def test_dot(left: Any, right: Any) -> None:
    truth = [
        sum((a * b for a, b in zip(r, s, strict=True)), Fraction(0))
        for r, s in zip(left[1], right[1], strict=True)
    ]
    assert_bounds(dot(left[0], right[0]), truth)


@given(matrices(2, 3), matrices(3, 2))
def test_matrix_product(left: Any, right: Any) -> None:
    stack = Filtered(right[0].value[np.newaxis], right[0].error[np.newaxis])
    assert_bounds(matrix_product(left[0], stack), [product(left[1], right[1])])


@given(st.lists(st.integers(-(2**60), 2**60), min_size=4, max_size=4), matrices(2, 2))
def test_combine(factors: list[int], pair: Any) -> None:
    filtered, truth = pair
    a, b = np.array(factors[:2], dtype=float), np.array(factors[2:], dtype=float)
    found = combine(a, filtered[0], b, filtered[1])
    expected = [factors[k] * truth[0][k] + factors[2 + k] * truth[1][k] for k in range(2)]
    assert_bounds(found, expected)


@given(matrices(2, 3), st.sampled_from([1.0, 2.0**52]))
def test_scaled(pair: Any, above: float) -> None:
    filtered, truth = pair
    found = scaled(filtered, above=above)
    for row, value, before, error in zip(
        truth, found.value, filtered.value, found.error, strict=True
    ):
        largest = max(range(3), key=lambda k: abs(before[k]))
        factor = Fraction(value[largest]) / Fraction(before[largest]) if before[largest] else 1
        for number, v, e in zip(row, value, error, strict=True):
            assert abs(Fraction(v) - factor * number) <= Fraction(e)
            assert e > 0 or v == 0 or factor == 1


@given(matrices(2, 3))
def test_kernel(pair: Any) -> None:
    filtered, ((a, b, c), (d, e, f)) = pair
    stack = Filtered(filtered.value[np.newaxis], filtered.error[np.newaxis])
    assert_bounds(kernel(stack), [[b * f - c * e, c * d - a * f, a * e - b * d]])


def test_underflow_of_an_error_is_no_exactness() -> None:
    """2^-900 times an error of 2^-200 is not nothing."""
    small = Filtered(np.array([[2.0**-100, 0.0]]), np.array([[2.0**-200, 2.0**-200]]))
    found = dot(small, small)
    assert found.error[0] > 0


def test_integers_of_any_size() -> None:
    found = from_integers([[2**52 - 1, 2**52 + 1, 10**400, -(10**400)]])
    assert found.error[0, 0] == 0
    assert found.error[0, 1] > 0
    assert not found.is_decided[0, 2:].any()
