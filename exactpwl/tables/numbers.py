"""How one number stands in a table: whole, visibly shortened, or as a decimal that says so.

A table for reading must not be a wall of digits, and must not lie either.  So there are three
spellings, and each number has exactly one:

whole      as long as numerator and denominator have at most 24 digits together: ``-1/2``;
shortened  beyond that, ``1234567...890/9876543...210``: the dots are no digits, and a note beneath
           the table says where the whole number stands;
decimal    only where digits were asked for: so many significant digits, correctly rounded (one
           division of integers in decimal arithmetic; no float).  Integers of at most 24 digits,
           and decimals that happen to be exact, lose nothing.

`Numbers` remembers what it did: whether the item just written holds a rounded number, and whether
any number of the table was rounded or shortened.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from exactpwl.rationals import format_fraction

__all__ = ["LONGEST", "Numbers", "Spelling"]

LONGEST = 24
"""Digits, numerator and denominator together, up to which a number is written whole."""

_HEAD, _TAIL = 7, 3
_FEW_BITS = 1000
"""Up to here it is faster to write all digits and to keep some."""
_LONG_BITS = 4 * LONGEST
"""More bits than so many digits can have; a digit more for the denominator 1."""
_PLAIN_EXPONENTS = range(-4, 16)


class Spelling(NamedTuple):
    """A non-negative number as texts: an integer or decimal, a fraction, or times a power of ten.

    Attributes
    ----------
    numerator : str
        Or the whole number, or the decimal; ``...`` in it stands for digits left out.
    denominator : str
        Empty where there is none.
    exponent : int
        Of a power of ten that multiplies it.
    """

    numerator: str
    denominator: str = ""
    exponent: int = 0


class Numbers:
    """Spells the numbers of one table.

    Parameters
    ----------
    digits : int, optional
        Significant digits; numbers stay rational if left out.
    shorten : bool
        Whether long rationals are shortened.

    Examples
    --------
    >>> exact, rounding = Numbers(), Numbers(digits=3)
    >>> exact.spell(Fraction(2, 3))
    Spelling(numerator='2', denominator='3', exponent=0)
    >>> exact.spell(Fraction(10**30 + 1, 7)).numerator, exact.shortened_any
    ('1000000...001', True)
    >>> rounding.spell(Fraction(2, 3)).numerator, rounding.rounded_here
    ('0.667', True)
    """

    def __init__(self, digits: int | None = None, *, shorten: bool = True) -> None:
        self.digits = digits
        self.shorten = shorten
        self.rounded_any = False
        self.rounded_here = False
        self.shortened_any = False

    def spell(self, size: Fraction | int) -> Spelling:
        """Return how a non-negative number is written."""
        if self.digits is not None and (size.denominator != 1 or _is_long(size)):
            return self._decimal(Fraction(size), self.digits)
        if self.shorten and _is_long(size):
            self.shortened_any = True
            return Spelling(
                _short_integer(size.numerator),
                "" if size.denominator == 1 else _short_integer(size.denominator),
            )
        numerator, _, denominator = format_fraction(size).partition("/")
        return Spelling(numerator, denominator)

    def _decimal(self, size: Fraction, digits: int) -> Spelling:
        arithmetic = Context(prec=digits)
        decimal = arithmetic.divide(Decimal(size.numerator), Decimal(size.denominator))
        if Fraction(decimal) != size:
            self.rounded_any = self.rounded_here = True
        if decimal.adjusted() in _PLAIN_EXPONENTS:
            return Spelling(f"{decimal.normalize(arithmetic):f}")
        exponent = decimal.adjusted()
        mantissa = decimal.scaleb(-exponent, arithmetic).normalize(arithmetic)
        return Spelling(f"{mantissa:f}", exponent=exponent)


def _short_integer(number: int) -> str:
    if number.bit_length() <= _FEW_BITS:
        text = str(number)
        return text if len(text) <= _HEAD + _TAIL + 2 else f"{text[:_HEAD]}...{text[-_TAIL:]}"
    head = number // _power_of_ten(_integer_length(number) - _HEAD)
    return f"{head}...{number % 10**_TAIL:0{_TAIL}d}"


def _is_long(size: Fraction | int) -> bool:
    """Return whether numerator and denominator have more than `LONGEST` digits together."""
    numerator, denominator = size.numerator, size.denominator
    if numerator.bit_length() + denominator.bit_length() > _LONG_BITS:
        return True
    extra = 0 if denominator == 1 else len(str(denominator))
    return len(str(numerator)) + extra > LONGEST


def _integer_length(number: int) -> int:
    """Return the number of decimal digits, also beyond what Python turns into a text."""
    guess = max(1, number.bit_length() * 30103 // 100000 - 1)
    while number >= _power_of_ten(guess):
        guess += 1
    return guess


@cache
def _power_of_ten(exponent: int) -> int:
    return int(10**exponent)
