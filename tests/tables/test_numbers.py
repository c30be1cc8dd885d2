"""How one number is spelled: whole, shortened, decimal."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.tables.notation import LatexNotation, PlainNotation
from exactpwl.tables.numbers import LONGEST, Numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-1, 2), "-1/2"),
        (Fraction(10**23), "1" + "0" * 23),
        (Fraction(10**24), "1000000...000"),
        (Fraction(1, 10**22), "1/1" + "0" * 22),
        (Fraction(1, 10**23), "1/1000000...000"),
        (Fraction(-(10**5000), 3), "-1000000...000/3"),
    ],
)
def test_at_most_24_digits_are_whole(value: Fraction, text: str) -> None:
    assert PlainNotation(Numbers()).number(value) == text


@given(st.fractions())
def test_dots_stand_in_a_number_of_more_than_24_digits_and_in_no_other(value: Fraction) -> None:
    digits = sum(map(str.isdigit, str(value)))
    assert ("..." in PlainNotation(Numbers()).number(value)) == (digits > LONGEST)


@pytest.mark.parametrize(
    ("value", "digits", "plain", "latex"),
    [
        (Fraction(1, 3), 3, "≈ 0.333", r"\approx 0.333"),
        (Fraction(2, 3), 1, "≈ 0.7", r"\approx 0.7"),
        (Fraction(-1, 8), 3, "-0.125", "-0.125"),
        (Fraction(1, 2**40), 2, "≈ 9.1e-13", r"\approx 9.1\cdot 10^{-13}"),
        (Fraction(10**24 + 1, 10), 6, "≈ 1e23", r"\approx 1\cdot 10^{23}"),
        (Fraction(123456), 2, "123456", "123456"),
        (Fraction(10**40), 2, "1e40", r"1\cdot 10^{40}"),
        (Fraction(99999, 100000), 2, "≈ 1", r"\approx 1"),
        (Fraction(1, 4), 1, "≈ 0.2", r"\approx 0.2"),
    ],
)
def test_digits(value: Fraction, digits: int, plain: str, latex: str) -> None:
    assert PlainNotation(Numbers(digits)).number(value) == plain
    assert LatexNotation(Numbers(digits)).number(value) == latex


@given(st.fractions(), st.integers(1, 30))
def test_a_decimal_is_within_half_a_unit_of_its_last_digit(value: Fraction, digits: int) -> None:
    numbers = Numbers(digits)
    text = PlainNotation(numbers).number(value)
    shown = Fraction(text.removeprefix("≈ "))
    assert (shown != value) == text.startswith("≈") == numbers.rounded_any
    assert abs(shown - value) * 2 * 10 ** (digits - 1) <= abs(value)


@given(st.fractions())
def test_whole_numbers_are_read_back(value: Fraction) -> None:
    assert Fraction(PlainNotation(Numbers(shorten=False)).number(value)) == value


def test_an_inequality_is_solved_for_reading() -> None:
    plain = PlainNotation(Numbers())
    assert plain.inequality((0, -3, 0), 2) == "y <= 2/3"
    assert plain.inequality((-1, 1, 0), 0) == "x-y <= 0"
    assert plain.inequality((2, -4, 0), -1) == "2x-4y >= 1"
    assert PlainNotation(Numbers(3)).inequality((3, -1), 1) == "≈ x-0.333y >= -0.333"


def test_a_power_of_ten_before_a_variable_is_in_parentheses() -> None:
    plain = PlainNotation(Numbers(2))
    assert plain.affine([Fraction(1, 2**40)], Fraction(1)) == "≈ (9.1e-13)x+1"
