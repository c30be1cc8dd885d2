"""The class at a point, and the combinations of outputs that must stay negative to keep it.

With several outputs the class is the place of the largest one, c; its rivals are y_k - y_c, all
other k.  With one output it is the side of a threshold t: above it, 1, the rival is t - f, below
it, -1, it is f - t, and at t there is no class.  The class changes where a rival is positive.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from exactpwl.inequality import dot

__all__ = ["Rival", "class_at", "rivals_at"]


class Rival(NamedTuple):
    """A combination of outputs, coefficients . y + constant.

    Attributes
    ----------
    label : int
        The class that wins where it is positive.
    """

    label: int
    coefficients: tuple[Fraction, ...]
    constant: Fraction = Fraction(0)

    def at(self, outputs: Sequence[Fraction]) -> Fraction:
        """Return its value."""
        return dot(self.coefficients, outputs) + self.constant


def class_at(outputs: Sequence[Fraction], threshold: Fraction) -> tuple[int, tuple[int, ...]]:
    """Return the class, and the other outputs that are as large.

    Examples
    --------
    >>> class_at([Fraction(1), Fraction(3), Fraction(3)], Fraction(0))
    (1, (2,))
    >>> class_at([Fraction(1)], Fraction(2))
    (-1, ())
    """
    if len(outputs) == 1:
        height = outputs[0] - threshold
        return (height > 0) - (height < 0), ()
    largest = [k for k, y in enumerate(outputs) if y == max(outputs)]
    return largest[0], tuple(largest[1:])


def rivals_at(outputs: Sequence[Fraction], threshold: Fraction) -> tuple[Rival, ...]:
    """Return the rivals of the class; none where one output is at its threshold.

    Examples
    --------
    >>> [str(r.at((Fraction(5),))) for r in rivals_at((Fraction(3),), Fraction(1))]
    ['-4']
    >>> [r.label for r in rivals_at((Fraction(3), Fraction(4), Fraction(0)), Fraction(0))]
    [0, 2]
    """
    label, _ = class_at(outputs, threshold)
    if len(outputs) == 1:
        signs = [Fraction(-label)] if label else []
        return tuple(Rival(int(sign), (sign,), -sign * threshold) for sign in signs)
    size = range(len(outputs))
    return tuple(
        Rival(k, tuple(Fraction((i == k) - (i == label)) for i in size)) for k in size if k != label
    )
