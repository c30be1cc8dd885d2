"""Rows: linear inequalities ``normal . x + offset >= 0`` as plain pairs.

A row is a tuple of coefficients and an offset, ints or Fractions, nothing more: it hashes, compares
and travels between processes.  Its primitive form (coprime integers) is unique, so two rows bound
the same half-space iff their primitive forms are equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exactpwl.rationals import as_fractions, clear_denominators, primitive

__all__ = ["Row", "dot", "opposite", "primitive_row", "value"]

Row = tuple[tuple[int | Fraction, ...], int | Fraction]
"""``(normal, offset)``, meaning ``normal . x + offset >= 0``."""


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


def primitive_row(row: Row) -> tuple[tuple[int, ...], int]:
    """Return the inequality with coprime integers: the form that is unique.

    Examples
    --------
    >>> primitive_row(((Fraction(1, 2), 1), Fraction(-3, 2)))
    ((1, 2), -3)
    """
    entries, _ = clear_denominators(as_fractions((*row[0], row[1])))
    *normal, offset = primitive(entries)
    return tuple(normal), offset
