"""Rational numbers in and out.

A number may come as an int, a ``Fraction``, a ``Decimal``, a float, a numpy scalar or a text
(``"p/q"``, ``"-3"``, ``"0.125"``, ``"1e-3"``).  It is always taken for exactly the number that it
is: a float is the dyadic rational that it stores, a decimal text is that decimal.  Nothing is
rounded, and what is not a finite number is refused.  Python refuses decimal integers of more than
4300 digits, so a longer one is written, and read, in hexadecimal (``"0x1f/0x20"``).

Vectors are kept as *primitive* integer vectors (greatest common divisor 1) wherever only their
direction matters: the form is unique, so equality of directions is equality of tuples.  A point x
is the *homogeneous* vector (x_1, ..., x_d, t), coprime integers that mean x/t, with t > 0.
"""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

__all__ = [
    "EXACTNESS",
    "MAX_EXPONENT",
    "RationalLike",
    "as_fraction",
    "as_fractions",
    "clear_denominators",
    "format_count",
    "format_fraction",
    "format_point",
    "homogeneous",
    "ordinary",
    "primitive",
    "shown",
]

RationalLike = Any
"""int, Fraction, Decimal, float, numpy scalar, or a text such as ``"p/q"`` or ``"0.25"``."""

EXACTNESS = (
    "Exact means exact for the real-valued function that the stored numbers define; "
    "it says nothing about what a float runtime returns."
)
"""Stands wherever a verdict is printed."""

MAX_EXPONENT = 20_000
"""Decimals with a larger power of ten are refused: ``1e999999999`` would fill the memory."""

_MAX_DIGITS = 4000
_MAX_BITS = 13_287  # 2 ** 13287 is the last power of two of at most 4000 digits

_INTEGER = r"(?:0x[0-9a-f]+|[0-9]+)"
_QUOTIENT = re.compile(rf"([-+]?{_INTEGER})(?:/({_INTEGER}))?", re.IGNORECASE)
_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e([-+]?[0-9]+))?", re.IGNORECASE)


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
        If it is NaN, infinite, a division by zero, a text that spells no rational, or a decimal
        beyond ``10 ** MAX_EXPONENT``.

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
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        raise TypeError(f"a number is required, got the truth value {value}")
    if isinstance(value, numbers.Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, (Decimal, numbers.Real)) and hasattr(value, "as_integer_ratio"):
        return _from_real(value)
    raise TypeError(f"a number is required, got {shown(value)} of type {type(value).__name__}")


def _from_real(value: Any) -> Fraction:
    decimal = isinstance(value, Decimal)
    if not (value.is_finite() if decimal else math.isfinite(value)):
        raise ValueError(f"a finite rational number is required, got {value}")
    if decimal:
        _check_exponent(value.adjusted(), value)
    return Fraction(*map(int, value.as_integer_ratio()))


def _from_text(text: str) -> Fraction:
    stripped = text.strip()
    quotient = _QUOTIENT.fullmatch(stripped)
    if quotient:
        numerator, denominator = _integer(quotient[1]), _integer(quotient[2] or "1")
        if not denominator:
            raise ValueError(f"a rational number is required, got {shown(text)}: division by zero")
        return Fraction(numerator, denominator)
    decimal = _DECIMAL.fullmatch(stripped)
    if not decimal:
        raise ValueError(
            f"a rational number such as '3', '-1/2' or '0.25' is required, got {shown(text)}"
        )
    if decimal[1]:
        _check_digits(decimal[1])
        _check_exponent(int(decimal[1]), text)
    _check_digits(stripped)
    return Fraction(stripped)


def _integer(text: str) -> int:
    if "x" in text.lower():
        return int(text, 16)
    _check_digits(text)
    return int(text)


def _check_digits(text: str) -> None:
    if len(text.lstrip("+-")) > _MAX_DIGITS:
        raise ValueError(
            f"a number of at most {_MAX_DIGITS} decimal digits is required, or a longer one in "
            f"hexadecimal such as '0x1f/0x20'; got {len(text)} digits"
        )


def _check_exponent(exponent: int, value: object) -> None:
    if abs(exponent) > MAX_EXPONENT:
        raise ValueError(
            f"a power of ten from -{MAX_EXPONENT} to {MAX_EXPONENT} is required, got {shown(value)}"
        )


def shown(value: object) -> str:
    """Return what a message shows of a wrong value: its ``repr``, cut where it is long."""
    try:
        text = repr(value)
    except ValueError:  # Python writes no integer of more than 4300 digits
        return f"a {type(value).__name__} with thousands of digits"
    except RecursionError:
        return f"a {type(value).__name__} nested too deeply to be shown"
    return text if len(text) <= 60 else f"{text[:40]}... ({len(text)} characters)"


def as_fractions(values: Iterable[RationalLike]) -> tuple[Fraction, ...]:
    """Return every entry of `values` as a fraction; see `as_fraction`."""
    return tuple(as_fraction(value) for value in values)


def format_fraction(value: Fraction | int) -> str:
    """Write a rational as ``p/q``, or as ``p`` where it is an integer.

    An integer of more than 4000 digits is written in hexadecimal; `as_fraction` reads both.

    Examples
    --------
    >>> format_fraction(Fraction(-1, 2)), format_fraction(Fraction(4))
    ('-1/2', '4')
    """
    numerator = _integer_text(value.numerator)
    if value.denominator == 1:
        return numerator
    return f"{numerator}/{_integer_text(value.denominator)}"


def format_count(number: int) -> str:
    """Write a number of things in full, or by its power of two where it is long.

    Examples
    --------
    >>> format_count(1024), format_count(1 << 100), format_count(3**100)
    ('1024', '2^100', 'more than 2^158')
    """
    power = number.bit_length() - 1
    if power >= 20 and number == 1 << power:
        return f"2^{power}"
    return str(number) if power < 64 else f"more than 2^{power}"


def format_point(point: Iterable[Fraction | int]) -> str:
    """Write a point or a vector as ``(1/2, 3)``, or as ``3`` where it is a single number.

    Examples
    --------
    >>> format_point((Fraction(1, 2), 3)), format_point([Fraction(3)])
    ('(1/2, 3)', '3')
    """
    entries = [format_fraction(Fraction(entry)) for entry in point]
    return entries[0] if len(entries) == 1 else f"({', '.join(entries)})"


def _integer_text(number: int) -> str:
    return str(number) if number.bit_length() <= _MAX_BITS else hex(number)


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


def homogeneous(point: Sequence[Fraction]) -> tuple[int, ...]:
    """Return the homogeneous vector (x, t) of a point, in coprime integers.

    Examples
    --------
    >>> homogeneous((Fraction(1, 2), Fraction(3)))
    (1, 6, 2)
    """
    numerators, t = clear_denominators(point)
    return (*numerators, t)


def ordinary(vector: Sequence[int]) -> tuple[Fraction, ...]:
    """Return the point x/t of a homogeneous vector (x, t), t > 0.

    Examples
    --------
    >>> ordinary((1, 6, 2))
    (Fraction(1, 2), Fraction(3, 1))
    """
    *x, t = vector
    return tuple(Fraction(c, t) for c in x)
