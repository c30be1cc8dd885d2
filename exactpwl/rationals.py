"""Rational numbers in and out.

A number may come as an int, a ``Fraction``, a ``Decimal``, a float, a numpy scalar or a text
(``"p/q"``, ``"-3"``, ``"0.125"``, ``"1e-3"``).  It is always taken for exactly the number that it
is: a float is the dyadic rational that it stores, a decimal text is that decimal.  Nothing is
rounded, and what is not a finite number is refused.

Vectors are kept as *primitive* integer vectors (greatest common divisor 1) wherever only their
direction matters: the form is unique, so equality of directions is equality of tuples.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

__all__ = [
    "RationalLike",
    "as_fraction",
    "as_fractions",
    "clear_denominators",
    "format_fraction",
    "primitive",
]

RationalLike = Any
"""int, Fraction, Decimal, float, numpy scalar, or a text such as ``"p/q"`` or ``"0.25"``."""


def as_fraction(value: RationalLike) -> Fraction:
    """Return `value` as the rational number that it is.

    Parameters
    ----------
    value : int, Fraction, Decimal, float, numpy scalar or str
        A float is taken as the dyadic rational that it stores; a text as the fraction or decimal
        that it spells.

    Returns
    -------
    Fraction

    Raises
    ------
    TypeError
        If `value` is not a number (booleans are not).
    ValueError
        If it is NaN, infinite, a division by zero, or a text that spells no rational.

    Examples
    --------
    >>> as_fraction("1/2"), as_fraction("0.1"), as_fraction(0.5)
    (Fraction(1, 2), Fraction(1, 10), Fraction(1, 2))
    >>> as_fraction(float("nan"))
    Traceback (most recent call last):
    ...
    ValueError: a finite rational number is required, got nan
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        raise TypeError(f"a number is required, got the truth value {value}")
    if isinstance(value, numbers.Integral):
        return Fraction(int(value))
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"a finite rational number is required, got {value}")
        return Fraction(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        if not math.isfinite(number):
            raise ValueError(f"a finite rational number is required, got {number}")
        return Fraction(number)
    raise TypeError(f"a number is required, got {value!r} of type {type(value).__name__}")


def _from_text(text: str) -> Fraction:
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(f"a rational number is required, got {text!r}: division by zero") from None
    except ValueError:
        raise ValueError(
            f"a rational number such as '3', '-1/2' or '0.25' is required, got {text!r}"
        ) from None


def as_fractions(values: Iterable[RationalLike]) -> tuple[Fraction, ...]:
    """Return every entry of `values` as a fraction; see `as_fraction`."""
    return tuple(as_fraction(value) for value in values)


def format_fraction(value: Fraction) -> str:
    """Write a rational as ``p/q``, or as ``p`` where it is an integer.

    Examples
    --------
    >>> format_fraction(Fraction(-1, 2)), format_fraction(Fraction(4))
    ('-1/2', '4')
    """
    return str(value)


def primitive(vector: Sequence[int]) -> tuple[int, ...]:
    """Return the primitive integer vector in the direction of `vector`; zero stays zero.

    Examples
    --------
    >>> primitive((4, -6, 0))
    (2, -3, 0)
    """
    divisor = math.gcd(*vector)
    if divisor <= 1:
        return tuple(vector)
    return tuple(entry // divisor for entry in vector)


def clear_denominators(values: Sequence[Fraction]) -> tuple[tuple[int, ...], int]:
    """Return integers and the least positive denominator common to `values`.

    Examples
    --------
    >>> clear_denominators((Fraction(1, 2), Fraction(-2, 3)))
    ((3, -4), 6)
    """
    denominator = math.lcm(*(value.denominator for value in values))
    return (
        tuple(value.numerator * (denominator // value.denominator) for value in values),
        denominator,
    )
