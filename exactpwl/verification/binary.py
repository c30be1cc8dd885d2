"""The numbers that the binary formats of IEEE 754 hold, in integers.

A format holds the m 2^e with |m| < 2^p and e from its least exponent on; largest ones aside, of
which inputs are far.  Rounding is division with a power of two; Python's floats, which are one of
the formats, are not needed.

References
----------
IEEE 754-2019, table 3.5: p = 24 and e >= -149 for binary32, p = 53 and e >= -1074 for binary64.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["FORMATS", "FloatFormat"]


@dataclass(frozen=True)
class FloatFormat:
    """A binary format.

    Attributes
    ----------
    precision : int
        The number of binary digits.
    least_exponent : int
        That of the last digit of the smallest numbers.

    Examples
    --------
    >>> binary64 = FORMATS["binary64"]
    >>> binary64.nearest(Fraction(1, 10)) == Fraction(0.1)
    True
    >>> binary64.below(Fraction(1, 10)) < Fraction(1, 10) < binary64.above(Fraction(1, 10))
    True
    """

    precision: int
    least_exponent: int

    def nearest(self, number: Fraction) -> Fraction:
        """Return the nearest number of the format; of two, the one whose last digit is even."""
        return self._rounded(number, round)

    def below(self, number: Fraction) -> Fraction:
        """Return the largest number of the format that is not above."""
        return self._rounded(number, math.floor)

    def above(self, number: Fraction) -> Fraction:
        """Return the smallest number of the format that is not below."""
        return self._rounded(number, math.ceil)

    def holds(self, number: Fraction) -> bool:
        """Whether the format has this number."""
        return self.nearest(number) == number

    def _rounded(self, number: Fraction, whole: Callable[[Fraction], int]) -> Fraction:
        if not number:
            return number
        size = abs(number)
        exponent = size.numerator.bit_length() - size.denominator.bit_length()
        if Fraction(2) ** exponent > size:
            exponent -= 1  # now 2^exponent <= size < 2^(exponent + 1)
        unit = Fraction(2) ** max(exponent + 1 - self.precision, self.least_exponent)
        return whole(number / unit) * unit


FORMATS = {"binary32": FloatFormat(24, -149), "binary64": FloatFormat(53, -1074)}
"""The formats of ``float`` and ``double``, by their names in the standard."""
