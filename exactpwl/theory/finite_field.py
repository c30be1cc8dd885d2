"""Arithmetic modulo a prime below 2^20, in arrays: what never overflows, and divides by a table.

Which hyperplanes meet in which flat is a question of zero or not zero: of minors of the normals.
Modulo a prime p a minor that is not zero is not zero, whatever p; and a minor that is zero modulo p
is zero if Hadamard's bound, the product of the lengths of its rows, is below p.  The rows of 0s and
1s that count most have minors of some hundreds.  Where rows are too long for that, what vanishes
modulo p is looked at once more in integers (`exactpwl.theory.flats`).

Why so small a prime: sums of products stay below 2^53, so that a float64 matrix product is exact
and runs at full speed; and all inverses fit a table of some megabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Field", "Ints", "field", "primes"]

Ints = NDArray[np.int64]

FIELD_BITS = 20


class Field:
    """The integers modulo a prime.

    Parameters
    ----------
    prime : int
        Below 2^20; assumed and not checked to be prime.

    Attributes
    ----------
    inverses : (p,) array
        The inverse of each element; 0 for 0.

    Examples
    --------
    >>> Field(7).inverses
    array([0, 1, 4, 5, 2, 3, 6])
    """

    def __init__(self, prime: int) -> None:
        self.prime = prime
        self.inverses = _inverses(prime)

    def reduced(self, values: Any) -> Ints:
        """Return values of any sign modulo p, as ints from 0 to p - 1."""
        whole: Ints = np.asarray(values).astype(np.int64)
        return whole - whole // self.prime * self.prime

    def product(self, a: Any, b: Any) -> Ints:
        """Return the product of matrices with reduced entries, of inner size below 2^13."""
        return self.reduced(np.matmul(np.asarray(a, np.float64), np.asarray(b, np.float64)))

    def up_to_sign(self, values: Ints) -> Ints:
        """Return the smaller one of each reduced value and its negative."""
        return np.minimum(values, self.reduced(-values))

    def inverse(self, matrix: Ints) -> Ints | None:
        """Return the inverse of a reduced square matrix, or None if there is none."""
        size = len(matrix)
        table = np.hstack([matrix, np.eye(size, dtype=np.int64)])
        for column in range(size):
            pivots = np.flatnonzero(table[column:, column])
            if not len(pivots):
                return None
            table[[column, column + pivots[0]]] = table[[column + pivots[0], column]]
            table[column] = self.reduced(table[column] * self.inverses[table[column, column]])
            factors = table[:, column].copy()
            factors[column] = 0
            table = self.reduced(table - factors[:, None] * table[column])
        return table[:, size:]


@lru_cache(maxsize=2)
def field(prime: int) -> Field:
    """Return the field of a prime; its table is made once."""
    return Field(prime)


def primes() -> Iterator[int]:
    """Yield the primes below 2^20, the largest first.

    Examples
    --------
    >>> next(primes())
    1048573
    """
    for candidate in range((1 << FIELD_BITS) - 1, 1, -1):
        if not _factors(candidate) - {candidate}:
            yield candidate


def _inverses(prime: int) -> Ints:
    """Write all elements as powers g^k of a primitive root: the inverse is g^(p - 1 - k)."""
    order = prime - 1
    root = next(g for g in count(1) if all(pow(g, order // q, prime) != 1 for q in _factors(order)))
    powers = np.ones(order, dtype=np.int64)
    known = 1
    while known < order:
        more = min(known, order - known)
        powers[known : known + more] = powers[:more] * pow(root, known, prime) % prime
        known += more
    found = np.zeros(prime, dtype=np.int64)
    found[powers] = np.concatenate([powers[:1], powers[:0:-1]])
    return found


def _factors(number: int) -> set[int]:
    """Return the prime factors."""
    found = set()
    divisor = 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            found.add(divisor)
            number //= divisor
        divisor += 1
    return found | ({number} if number > 1 else set())
