"""Decimals in and out: exact, of any length up to a limit, and rounded only where that is asked."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.vnnlib import rounded_point
from exactpwl.vnnlib.decimals import (
    decimal_text,
    is_finite_decimal,
    nearest_decimal,
    read_decimal,
)


@given(st.integers(), st.integers(0, 90), st.integers(0, 90))
def test_a_finite_decimal_is_written_as_it_is(numerator: int, twos: int, fives: int) -> None:
    number = Fraction(numerator, 2**twos * 5**fives)
    assert is_finite_decimal(number)
    assert read_decimal(decimal_text(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_finite_decimals(number: float) -> None:
    assert float(decimal_text(Fraction(number))) == number
    assert read_decimal(repr(number)) == Fraction(repr(number))


def test_more_digits_than_python_turns_into_integers() -> None:
    assert read_decimal("1" * 10_000) * 9 + 1 == 10**10_000
    assert read_decimal(decimal_text(Fraction(1, 2**9_000))) == Fraction(1, 2**9_000)
    assert read_decimal("1e-20000") == Fraction(1, 10**20_000)


@pytest.mark.parametrize("text", ["", "-", ".", "1e", "+1", "1_0", "1,5", "0x1", "inf", "1/2", "١"])
def test_what_is_no_decimal(text: str) -> None:
    with pytest.raises(ValueError, match=r"a decimal number such as -0\.25 or 1e-06 is required"):
        read_decimal(text)


@pytest.mark.parametrize("text", ["1e20001", "1e-999999999999", "1" * 20_001])
def test_what_is_too_long(text: str) -> None:
    with pytest.raises(ValueError, match="a power of ten from -20000 to 20000 is required"):
        read_decimal(text)


@pytest.mark.parametrize("number", [Fraction(1, 3), Fraction(7, 60), Fraction(1, 2**40 * 11)])
def test_a_decimal_that_does_not_end(number: Fraction) -> None:
    assert not is_finite_decimal(number)
    with pytest.raises(ValueError, match="a prime factor other than 2 and 5; round it first"):
        decimal_text(number)


def test_a_point_is_rounded_inside_the_set() -> None:
    third = (Fraction(1, 3), Fraction(2, 3))
    assert rounded_point(third, lambda p: p[0] <= Fraction(1, 3)) == (
        Fraction(3, 10),
        Fraction(7, 10),
    )
    below = rounded_point(third, lambda p: p[1] <= Fraction(2, 3) + Fraction(1, 10**20))
    assert below == tuple(nearest_decimal(c, 20) for c in third)
    assert rounded_point(third, lambda p: p == third) is None
    corner = (Fraction(1, 2**500),)
    assert rounded_point(corner, lambda p: p == corner) == corner
