"""Numbers in a sentence: whole where they are short, else a decimal that shows that it is rounded.

Integrals and volumes of trained networks are fractions of thousands of digits.  On a terminal these
are no answer to a person; ``--json`` has all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from exactpwl.rationals import format_fraction
from exactpwl.tables.numbers import Numbers

__all__ = ["note_words", "number_words", "point_words", "share_words", "volume_words"]

_LONGEST = 30
"""Characters up to which a rational is written whole."""
_LONGEST_BITS = 4 * _LONGEST
_DIGITS = 10
_DOTS = "..."


def number_words(value: Fraction) -> str:
    """Return a rational as ``p/q``, or where that is long as a rounded decimal with dots.

    Examples
    --------
    >>> number_words(Fraction(-2, 3)), number_words(Fraction(2 * 10**60 + 1, 3 * 10**60))
    ('-2/3', '0.6666666667...')
    """
    if value.numerator.bit_length() + value.denominator.bit_length() <= _LONGEST_BITS:
        text = format_fraction(value)
        if len(text) <= _LONGEST:
            return text
    spelling = Numbers(digits=_DIGITS).spell(abs(value))
    power = f" x 10^{spelling.exponent}" if spelling.exponent else ""
    sign = "-" if value < 0 else ""
    return f"{sign}{spelling.numerator}{_DOTS}{power}"


def point_words(point: Iterable[Fraction | int]) -> str:
    """Return a point or a vector with each of its numbers in words.

    Examples
    --------
    >>> point_words((Fraction(1, 2), 3)), point_words([Fraction(3)])
    ('(1/2, 3)', '3')
    """
    entries = [number_words(Fraction(entry)) for entry in point]
    return entries[0] if len(entries) == 1 else f"({', '.join(entries)})"


def volume_words(volume: Fraction | None) -> str:
    """Return a volume in words; None is infinite."""
    return "infinite" if volume is None else number_words(volume)


def share_words(part: Fraction | None, whole: Fraction | None) -> str:
    """Return which share of a domain a part is, or nothing where the domain is unbounded.

    Examples
    --------
    >>> share_words(Fraction(1), Fraction(3)), share_words(Fraction(1), None)
    (', 1/3 of the domain', '')
    """
    if part is None or whole is None:
        return ""
    share = part / whole
    names = {Fraction(0): "nothing", Fraction(1): "all"}
    return f", {names.get(share) or number_words(share)} of the domain"


def note_words(lines: Iterable[str]) -> list[str]:
    """Return a line on rounded numbers, if there are any in some lines.

    Examples
    --------
    >>> note_words(["the mean is 2/3"]), note_words(["the mean is 0.6666666667..."])
    ([], ['numbers with ... are rounded to 10 digits; --json has them whole'])
    """
    rounded = any(_DOTS in line for line in lines)
    return [
        f"numbers with {_DOTS} are rounded to {_DIGITS} digits; --json has them whole"
    ] * rounded
