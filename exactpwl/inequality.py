"""Linear inequalities ``normal . x + offset >= 0``: rows, and rows that know where they come from.

A row is a tuple of coefficients and an offset, ints or Fractions, nothing more: it hashes, compares
and travels between processes.  Its primitive form (coprime integers) is unique, so two rows bound
the same half-space iff their primitive forms are equal.  An `Inequality` is a primitive row with
names for its two parts; its subclasses add from which kink or which row of a domain it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.errors import DimensionError
from exactpwl.formula import format_inequality, latex_inequality
from exactpwl.rationals import RationalLike, as_fractions, clear_denominators, primitive

__all__ = [
    "Inequality",
    "IntegerRow",
    "Row",
    "as_point",
    "dot",
    "opposite",
    "primitive_row",
    "value",
]

Row = tuple[tuple[int | Fraction, ...], int | Fraction]
"""``(normal, offset)``, meaning ``normal . x + offset >= 0``."""

IntegerRow = tuple[tuple[int, ...], int]
"""A row of coprime integers."""


@dataclass(frozen=True)
class Inequality:
    """normal . x + offset >= 0, in primitive integers.

    Attributes
    ----------
    normal : d ints
    offset : int

    Examples
    --------
    >>> half = Inequality((2, -2), 1)
    >>> print(half, half.at((1, "1/2")), sep="; ")
    2x-2y+1 >= 0; 2
    """

    normal: tuple[int, ...]
    offset: int

    @property
    def row(self) -> IntegerRow:
        """The pair (normal, offset)."""
        return self.normal, self.offset

    def at(self, x: Iterable[RationalLike]) -> Fraction:
        """Return normal . x + offset."""
        return value(self.row, as_point(x, len(self.normal)))

    def latex(self) -> str:
        """Return the inequality in LaTeX."""
        return latex_inequality(self.normal, self.offset)

    def __str__(self) -> str:
        return format_inequality(self.normal, self.offset)


def as_point(x: Iterable[RationalLike], dimension: int) -> tuple[Fraction, ...]:
    """Return `x` as a point of R^dimension.

    Raises
    ------
    DimensionError
        If it has another number of coordinates.

    Examples
    --------
    >>> as_point(["1/2", 3], 2)
    (Fraction(1, 2), Fraction(3, 1))
    """
    point = as_fractions(x)
    if len(point) != dimension:
        raise DimensionError(f"a point with {dimension} coordinates is required, got {len(point)}")
    return point


def dot(normal: Sequence[Fraction | int], point: Sequence[Fraction | int]) -> Fraction:
    """Return the scalar product of two vectors of the same length."""
    total = Fraction(0)
    for a, c in zip(normal, point, strict=True):
        total += a * c
    return total


def opposite(row: Row) -> Row:
    """Return ``-normal . x - offset >= 0``, the other side of the same hyperplane."""
    return tuple(-a for a in row[0]), -row[1]


def value(row: Row, point: Sequence[Fraction | int]) -> Fraction:
    """Return ``normal . point + offset``.

    Examples
    --------
    >>> value(((1, 2), -1), (Fraction(1, 2), 3))
    Fraction(11, 2)
    """
    return dot(row[0], point) + row[1]


def primitive_row(row: Row) -> IntegerRow:
    """Return the inequality with coprime integers: the form that is unique.

    Examples
    --------
    >>> primitive_row(((Fraction(1, 2), 1), Fraction(-3, 2)))
    ((1, 2), -3)
    """
    entries, _ = clear_denominators(as_fractions((*row[0], row[1])))
    *normal, offset = primitive(entries)
    return tuple(normal), offset
