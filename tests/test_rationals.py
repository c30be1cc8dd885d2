"""Numbers in and out: each is the number that it is, and what is none is refused by its name."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import strategies
from exactpwl.rationals import (
    MAX_EXPONENT,
    as_fraction,
    as_fractions,
    clear_denominators,
    format_fraction,
    primitive,
)

F = Fraction


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, F(3)),
        (F(1, 3), F(1, 3)),
        ("1/2", F(1, 2)),
        ("-6/4", F(-3, 2)),
        ("+7", F(7)),
        (" 7 ", F(7)),
        ("0.1", F(1, 10)),
        (".5", F(1, 2)),
        ("5.", F(5)),
        ("-1.5E-3", F(-3, 2000)),
        ("1e3", F(1000)),
        ("-0x1F/0x20", F(-31, 32)),
        (Decimal("0.1"), F(1, 10)),
        (0.1, F(3602879701896397, 36028797018963968)),
        (-0.0, F(0)),
        (5e-324, F(1, 2**1074)),
        (np.float32(0.1), F(13421773, 134217728)),
        (np.float16(0.1), F(819, 8192)),
        (np.int8(-3), F(-3)),
        (np.uint64(2**64 - 1), F(2**64 - 1)),
        (sympy.Rational(1, 3), F(1, 3)),
        (sympy.Integer(-2), F(-2)),
    ],
)
def test_a_number_is_the_number_that_it_is(value: Any, number: Fraction) -> None:
    made = as_fraction(value)
    assert made == number
    assert type(made) is Fraction
    assert type(made.numerator) is type(made.denominator) is int


def test_a_long_double_is_not_rounded_to_a_double() -> None:
    third = np.longdouble(1) / 3
    assert as_fraction(third) == F(*map(int, third.as_integer_ratio()))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_its_dyadic_rational(value: float) -> None:
    assert as_fraction(value) == F(*value.as_integer_ratio())


@given(strategies.big_rationals())
def test_texts_read_back(value: Fraction) -> None:
    assert as_fraction(format_fraction(value)) == value
    assert format_fraction(value) == str(value)


@pytest.mark.parametrize("bits", [13_287, 13_288, 50_000])
def test_numbers_beyond_4000_digits_are_written_in_hexadecimal(bits: int) -> None:
    value = F(-(2**bits) + 1, 4)
    text = format_fraction(value)
    assert text.startswith("-0x") == (bits > 13_287)
    assert as_fraction(text) == value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (float("nan"), "a finite rational number is required, got nan"),
        (float("-inf"), "a finite rational number is required, got -inf"),
        (np.float32("inf"), "a finite rational number is required, got inf"),
        (Decimal("NaN"), "a finite rational number is required, got NaN"),
        ("1/0", "a rational number is required, got '1/0': division by zero"),
        ("0x1/0x0", "division by zero"),
        ("nan", "a rational number such as '3', '-1/2' or '0.25' is required, got 'nan'"),
        ("", "got ''"),
        ("1_000", "got '1_000'"),
        ("1/2.5", "got '1/2.5'"),
        ("1 / 2", "got '1 / 2'"),
        ("1/-2", "got '1/-2'"),
        ("٣", "got '٣'"),
        ("ab" * 100, "got 'abababababababababababababababababababa... (202 characters)"),
        ("1e20001", "a power of ten from -20000 to 20000 is required, got '1e20001'"),
        ("1e-999999999", "a power of ten from -20000 to 20000 is required"),
        (Decimal("1e999999999"), "a power of ten from -20000 to 20000 is required"),
        ("1" * 4001, "a number of at most 4000 decimal digits is required, or a longer one in"),
        ("1e" + "9" * 5000, "got 5000 digits"),
    ],
)
def test_values_that_are_no_rationals(value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        as_fraction(value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (True, "a number is required, got the truth value True"),
        (np.True_, "a number is required, got the truth value True"),
        (None, "a number is required, got None of type NoneType"),
        ([1], "a number is required, got [1] of type list"),
        (1j, "a number is required, got 1j of type complex"),
        ([10**5000], "a number is required, got a list with thousands of digits of type list"),
        (b"1", "a number is required, got b'1' of type bytes"),
        (sympy.sqrt(2), "a number is required, got sqrt(2) of type Pow"),
    ],
)
def test_things_that_are_no_numbers(value: Any, message: str) -> None:
    with pytest.raises(TypeError, match=re.escape(message)):
        as_fraction(value)


def test_the_largest_power_of_ten_is_read() -> None:
    assert as_fraction(f"1e{MAX_EXPONENT}") == 10**MAX_EXPONENT


@given(st.lists(st.integers()))
def test_primitive_vectors_keep_their_direction(vector: list[int]) -> None:
    made = primitive(vector)
    assert primitive([5 * entry for entry in vector]) == made
    factor = next((a // b for a, b in zip(vector, made, strict=True) if b), 1)
    assert factor > 0
    assert [factor * entry for entry in made] == vector


@given(st.lists(strategies.big_rationals()))
def test_common_denominators(values: list[Fraction]) -> None:
    numerators, denominator = clear_denominators(values)
    assert [F(n, denominator) for n in numerators] == values
    assert denominator > 0
    assert as_fractions(values) == tuple(values)
