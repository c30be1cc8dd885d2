"""Decimal texts as the rationals that they spell, and rationals as decimal texts.

Property files hold decimals: ``0.1`` is one tenth here, never the float next to it.  Python refuses
to turn more than 4300 digits into an integer at once; ``Decimal`` does not, and it is exact in both
directions.  A number with too many digits to compute with is refused: ``1e999999999`` is a short
text and a large number.

A rational is a finite decimal iff its reduced denominator has no prime factors but 2 and 5; what a
float stores always is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from exactpwl.rationals import MAX_EXPONENT, shown

__all__ = [
    "MAX_BITS",
    "decimal_places",
    "decimal_text",
    "is_finite_decimal",
    "nearest_decimal",
    "read_decimal",
    "rounded_point",
]

MAX_BITS = 100_000
"""No integer of a constraint is longer: about 30,000 digits."""

_DECIMAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([-+]?[0-9]+))?")


def read_decimal(text: str) -> Fraction:
    """Return the rational that a decimal text spells, with or without an exponent.

    Raises
    ------
    ValueError
        If it spells none, or one that is too long.

    Examples
    --------
    >>> read_decimal("-0.125"), read_decimal("1e-06")
    (Fraction(-1, 8), Fraction(1, 1000000))
    """
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise ValueError(f"a decimal number such as -0.25 or 1e-06 is required, got {shown(text)}")
    exponent = found[1] or "0"
    if len(text) > MAX_EXPONENT or len(exponent) > 6 or abs(int(exponent)) > MAX_EXPONENT:
        raise ValueError(
            f"a decimal with at most {MAX_EXPONENT} digits and a power of ten from "
            f"-{MAX_EXPONENT} to {MAX_EXPONENT} is required, got {shown(text)}"
        )
    return Fraction(*Decimal(text).as_integer_ratio())


def is_finite_decimal(number: Fraction) -> bool:
    """Whether a rational can be written as a decimal that ends.

    Examples
    --------
    >>> is_finite_decimal(Fraction(3, 40)), is_finite_decimal(Fraction(1, 3))
    (True, False)
    """
    return _places(number.denominator) is not None


def decimal_text(number: Fraction) -> str:
    """Write a rational as the decimal that it is, with a decimal point and no exponent.

    Raises
    ------
    ValueError
        If its decimal does not end.

    Examples
    --------
    >>> decimal_text(Fraction(-1, 8)), decimal_text(Fraction(3)), decimal_text(Fraction(1, 10**6))
    ('-0.125', '3.0', '0.000001')
    """
    places = _places(number.denominator)
    if places is None:
        raise ValueError(
            "a number whose decimal ends is required, got a fraction whose divisor has a prime "
            "factor other than 2 and 5; round it first"
        )
    whole = number.numerator * (10**places // number.denominator)
    digits = format(Decimal(abs(whole)), "f").rjust(places + 1, "0")
    head, tail = (digits[:-places], digits[-places:]) if places else (digits, "0")
    return f"{'-' if whole < 0 else ''}{head}.{tail}"


def _places(denominator: int) -> int | None:
    """Return how many decimals a fraction with this denominator has; None if they do not end."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def nearest_decimal(number: Fraction, places: int) -> Fraction:
    """Return the nearest decimal with so many places; of two, the one with an even last digit.

    Examples
    --------
    >>> nearest_decimal(Fraction(2, 3), 2)
    Fraction(67, 100)
    """
    scale = 10**places
    return Fraction(round(number * scale), scale)


def rounded_point(
    point: Sequence[Fraction],
    accepts: Callable[[tuple[Fraction, ...]], bool],
    *,
    least_places: int = 1,
    most_places: int = 400,
) -> tuple[Fraction, ...] | None:
    """Return a point with finite decimals near `point` that still is accepted.

    Parameters
    ----------
    point : sequence of Fraction
        A counterexample, say; it should be accepted itself.
    accepts : callable
        Decides, exactly; for a counterexample that it lies in the input set and that the exact
        outputs violate.
    least_places, most_places : int
        Between them the numbers of decimals are tried, the fewest first: each up to 20, then in
        steps that grow with them.  At the end comes the given point.

    Returns
    -------
    tuple of Fraction, or None
        The first rounding that is accepted; None if none is.  Near a point in the interior of a
        full-dimensional set there always is one; on a face there need not be.

    Examples
    --------
    >>> rounded_point([Fraction(1, 3)], lambda x: x[0] * 3 >= Fraction(99, 100))
    (Fraction(33, 100),)
    """
    for places in decimal_places(least_places, most_places):
        rounded = tuple(nearest_decimal(c, places) for c in point)
        if accepts(rounded):
            return rounded
    given = tuple(point)
    return given if all(map(is_finite_decimal, given)) and accepts(given) else None


def decimal_places(least: int, most: int) -> Iterator[int]:
    """Yield numbers of decimals to try: each up to 20, then a quarter more each time.

    Examples
    --------
    >>> list(decimal_places(18, 50))
    [18, 19, 20, 25, 31, 38, 47]
    """
    places = least
    while places <= most:
        yield places
        places += max(1, places // 4) if places >= 20 else 1
