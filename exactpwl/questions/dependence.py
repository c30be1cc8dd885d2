"""Which of some vectors are linear combinations of those before them, exactly.

Of vectors v_0, v_1, ... a reduced row echelon form of the matrix with these columns keeps v_j iff
it is independent of those before it, and spells all others in the kept ones.  The vectors are long
here (a number for each corner of a complex) and few (a layer's neurons), so the rows come in
batches: a batch joins the rows that are kept, and what is left after the elimination has no more
rows than there are vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from flint import fmpz_mat

__all__ = ["Dependence", "dependence"]

AT_A_TIME = 64
"""Rows in a batch, at least."""


class Dependence(NamedTuple):
    """Which vectors are independent of those before them, and what the others are made of.

    Attributes
    ----------
    kept : tuple of int
    combinations : dict
        For each other vector the kept ones that it is a combination of, with their coefficients.
    """

    kept: tuple[int, ...]
    combinations: dict[int, dict[int, Fraction]]


def dependence(vectors: Sequence[Sequence[Any]]) -> Dependence:
    """Return which of some integer vectors are independent of those before them.

    Parameters
    ----------
    vectors : sequence of vectors of ints, of equal length

    Examples
    --------
    >>> found = dependence([(0, 0, 0), (1, 0, 2), (0, 1, 1), (2, -1, 3)])
    >>> found.kept, found.combinations[0]
    ((1, 2), {})
    >>> found.combinations[3] == {1: 2, 2: -1}
    True
    """
    if not vectors:
        return Dependence((), {})
    rows = list(dict.fromkeys(zip(*vectors, strict=True)))
    size = max(AT_A_TIME, 2 * len(vectors))
    reduced: list[list[Any]] = []
    denominator: Any = 1
    for start in range(0, len(rows), size):
        batch = [*reduced, *map(list, rows[start : start + size])]
        echelon, denominator, rank = fmpz_mat(batch).rref()
        reduced = echelon.tolist()[:rank]
        if rank == len(vectors):
            break
    pivots = [next(k for k, entry in enumerate(row) if entry) for row in reduced]
    return Dependence(
        tuple(pivots),
        {
            j: {
                pivot: Fraction(int(row[j]), int(denominator))
                for pivot, row in zip(pivots, reduced, strict=True)
                if row[j]
            }
            for j in range(len(vectors))
            if j not in pivots
        },
    )
