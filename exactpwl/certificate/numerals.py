"""Decimal numerals of any length, for formats that know no others.

Python refuses to write integers of more than 4300 digits at once, because that takes quadratic
time; here they are written piece by piece.
"""

from __future__ import annotations

__all__ = ["numeral"]

DIGITS = 4000
UNIT = 10**DIGITS


def numeral(number: int) -> str:
    """Return the decimal digits of an integer, however long.

    Examples
    --------
    >>> numeral(-12), len(numeral(-(10**9000)))
    ('-12', 9002)
    """
    pieces = []
    left = abs(number)
    while left >= UNIT:
        left, piece = divmod(left, UNIT)
        pieces.append(str(piece).zfill(DIGITS))
    return "-" * (number < 0) + str(left) + "".join(reversed(pieces))
