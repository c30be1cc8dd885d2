"""Decimals in a flat set: the points of an affine subspace whose decimals end.

A set may be flat: x_0 = 1/2, or x_0 = 3 x_1.  To round each coordinate by itself leads out of it.
The rationals whose decimals end are the ring Z[1/10], so this is a linear system over a ring.  A
unimodular matrix U takes the equations' matrix A to its Hermite normal form, A U = (H 0) with H
triangular; with x = U w the first entries of w are determined, H w' = b, and the others are free.
The subspace has points with decimals that end iff the determined entries are such numbers; then its
points with so many decimals come from free entries with so many decimals, and the one beside a
given point is found by rounding.

References
----------
H. Cohen, A Course in Computational Algebraic Number Theory (1993), 2.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz_mat

from exactpwl.inequality import Row, dot, primitive_row
from exactpwl.vnnlib.decimals import is_finite_decimal, nearest_decimal

__all__ = ["DecimalSpace", "decimal_space"]

Vectors = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class DecimalSpace:
    """An affine subspace, x = origin + sum of s_i directions_i, made for decimals.

    Attributes
    ----------
    origin : tuple of Fraction
        Its decimals end.
    directions : tuple of integer vectors
        A basis of all integer vectors along the subspace.
    inverse : tuple of integer vectors
        s_i = inverse_i . (x - origin).
    """

    origin: tuple[Fraction, ...]
    directions: Vectors
    inverse: Vectors

    def rounded(self, point: Sequence[Fraction], places: int) -> tuple[Fraction, ...]:
        """Return the point beside a point of the subspace whose coordinates s have few decimals."""
        way = [a - b for a, b in zip(point, self.origin, strict=True)]
        steps = [nearest_decimal(dot(row, way), places) for row in self.inverse]
        return tuple(
            start + sum((s * v[i] for s, v in zip(steps, self.directions, strict=True)), Fraction())
            for i, start in enumerate(self.origin)
        )


def decimal_space(equations: Sequence[Row], dimension: int) -> DecimalSpace | None:
    """Return the subspace on which independent equations hold; None if it has no decimal point.

    Parameters
    ----------
    equations : sequence of (normal, offset)
        ``normal . x + offset = 0``, linearly independent.
    dimension : int

    Examples
    --------
    >>> space = decimal_space([((1, -3), 0)], 2)  # x = 3 y
    >>> [str(c) for c in space.rounded((Fraction(1), Fraction(1, 3)), 2)]
    ['99/100', '33/100']
    >>> decimal_space([((3, 0), -1)], 2) is None
    True
    """
    rows = [primitive_row(row) for row in equations]
    count = len(rows)
    tall = [
        [*(normal[i] for normal, _ in rows), *(int(i == j) for j in range(dimension))]
        for i in range(dimension)
    ]
    reduced = [[int(entry) for entry in row] for row in fmpz_mat(tall).hnf().tolist()]
    turned = [row[count:] for row in reduced]  # U transposed: its rows are the columns of U
    determined: list[Fraction] = []
    for k, (_, offset) in enumerate(rows):
        known = sum((reduced[i][k] * w for i, w in enumerate(determined)), Fraction(offset))
        determined.append(-known / reduced[k][k])
    if not all(map(is_finite_decimal, determined)):
        return None
    origin = tuple(dot(determined, [turned[i][j] for i in range(count)]) for j in range(dimension))
    inverse = fmpz_mat(turned).transpose().inv().tolist()
    return DecimalSpace(
        origin,
        tuple(map(tuple, turned[count:])),
        tuple(tuple(int(entry.p) for entry in row) for row in inverse[count:]),
    )
