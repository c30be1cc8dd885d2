"""Which of some vectors are linear combinations of those before them, exactly.

The vectors are long here (a number for each corner of a complex) and few (a layer's neurons), and
their entries have hundreds of digits, so an elimination in integers is slow.  Nearly all of it can
be done modulo a prime.  Vectors that are independent modulo a prime are independent.  Of the
others, the combinations follow from as many entries as the rank is, chosen so that their minor is
not 0 modulo the prime: one exact solution of a small system.  That it holds at all other entries is
checked by one exact product.  Where it does not, the prime divides a minor that matters, which
nearly none does, and the next prime is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count
from math import isqrt
from typing import Any, NamedTuple

from flint import fmpz_mat, nmod_mat

__all__ = ["Dependence", "dependence"]

PRIME = 2**61 - 1
"""Of Mersenne; the others are found when they are needed, which is for vectors made to mislead."""

AT_ONCE = 64
"""Entries that are looked at first: mostly these show that all vectors are independent."""


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
    for prime in _primes():
        found = _modulo(vectors, prime)
        if found is not None:
            return found
    raise AssertionError("there are infinitely many primes")


def _primes() -> Iterator[int]:
    yield PRIME
    for number in count(10**9):
        if all(number % k for k in range(2, isqrt(number) + 1)):
            yield number


def _modulo(vectors: Sequence[Sequence[Any]], prime: int) -> Dependence | None:
    """Return the answer, or None if the prime is not fit for these vectors."""
    everyone = range(len(vectors))
    step = len(vectors[0]) // AT_ONCE + 1
    some = [[int(entry) % prime for entry in vector[::step]] for vector in vectors]
    if some[0] and nmod_mat(some, prime).rank() == len(vectors):
        return Dependence(tuple(everyone), {})
    rows = [[int(entry) % prime for entry in vector] for vector in vectors]
    kept = _pivots([list(column) for column in zip(*rows, strict=True)], prime)
    others = [j for j in everyone if j not in kept]
    if not kept:
        is_zero = not any(map(any, vectors))
        return Dependence((), {j: {} for j in others}) if is_zero else None
    places = _pivots([rows[j] for j in kept], prime)
    solved, denominator = (
        _columns(vectors, kept, places).solve(_columns(vectors, others, places)).numer_denom()
    )
    all_places = range(len(vectors[0]))
    spelled = _columns(vectors, kept, all_places) * solved
    if spelled != denominator * _columns(vectors, others, all_places):
        return None
    return Dependence(
        tuple(kept),
        {
            j: {
                k: Fraction(int(solved[row, column]), int(denominator))
                for row, k in enumerate(kept)
                if solved[row, column]
            }
            for column, j in enumerate(others)
        },
    )


def _columns(vectors: Sequence[Sequence[Any]], chosen: Sequence[int], places: Sequence[int]) -> Any:
    """Return some vectors as the columns of a matrix, at some places."""
    return fmpz_mat([[int(vectors[j][i]) for j in chosen] for i in places])


def _pivots(rows: list[list[int]], prime: int) -> list[int]:
    """Return the columns of a matrix that are independent of those before them, modulo a prime."""
    if not rows:
        return []
    echelon, rank = nmod_mat(rows, prime).rref()
    return [next(k for k, entry in enumerate(row) if int(entry)) for row in echelon.tolist()[:rank]]
