"""Floats with proven errors: the filter that lets most signs be decided without exact arithmetic.

A `Filtered` array is a value and a bound of its error.  Two rules make it decide:

* error 0 means that the value is an integer, held exactly.  Sums and products of such values stay
  exact while the sum of the absolute terms is below 2^52, so small integers, where true zeros
  abound, are decided by floats, zeros included;
* otherwise the error is bounded by the classical analysis: a sum of n products, in any order, with
  or without fused operations, is off by at most n u / (1 - n u) times the sum of the absolute
  products, u = 2^-53, plus what the terms were off by.  The bound is itself computed in floats, so
  it is taken a little larger.  Overflow makes the bound infinite or not a number, and then nothing
  is decided.

Underflow must not turn an error into 0.  So an error that is not 0 is at least 2^-200, a value that
is not 0 is at least 2^-250 (a smaller one is set to 0, which its error covers), and no product of
the two vanishes.

A sign is decided iff |value| > error, or the error is 0.  What is not decided goes to integers.

References
----------
Higham 2002, Accuracy and Stability of Numerical Algorithms, sections 2.4 and 3.1.
Bronnimann, Burnikel & Pion 2001, Interval arithmetic yields efficient dynamic filters,
doi:10.1016/S0166-218X(00)00231-6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "Filtered",
    "combine",
    "dot",
    "from_integers",
    "kernel",
    "matrix_product",
    "scaled",
    "to_float",
]

Floats = npt.NDArray[np.float64]

UNIT = 2.0**-53
EXACT_BELOW = 2.0**52
LEAST_ERROR = 2.0**-200
LEAST_VALUE = 2.0**-250
SLACK = 1.0001
ONE_THREAD = 1 << 18
"""Multiplications in one call of the BLAS: so few that it does not wake up other threads."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """Values, and bounds of their errors; error 0 marks an integer held exactly."""

    value: Floats
    error: Floats

    def __getitem__(self, key: Any) -> Filtered:
        return Filtered(self.value[key], self.error[key])

    def joined(self, other: Filtered) -> Filtered:
        """Return both, one after the other."""
        return Filtered(
            np.concatenate([self.value, other.value]), np.concatenate([self.error, other.error])
        )

    @property
    def is_decided(self) -> npt.NDArray[np.bool_]:
        """Whether the sign of the value is the sign of the true number."""
        decided: npt.NDArray[np.bool_] = (np.abs(self.value) > self.error) | (self.error == 0)
        return decided


def from_integers(numbers: Sequence[Sequence[int]]) -> Filtered:
    """Return a matrix of integers of any size; those of 2^52 and more are rounded."""
    value = np.array([[to_float(n) for n in row] for row in numbers], dtype=np.float64)
    rounded = 2 * UNIT * np.abs(value)
    return Filtered(value, np.where(np.abs(value) < EXACT_BELOW, 0.0, rounded))


def to_float(number: int) -> float:
    """Return the nearest float, infinite where there is none."""
    try:
        return float(number)
    except OverflowError:
        return np.inf if number > 0 else -np.inf


def _bounded(value: Floats, carried: Floats, size: Floats, terms: int) -> Filtered:
    """Return a computed sum with its error: `carried` from its terms, whose sizes sum to `size`."""
    exact = (carried == 0) & (size < EXACT_BELOW)
    error = (carried + ((terms + 4) * UNIT * size + LEAST_ERROR)) * SLACK
    error = np.where(exact, 0.0, error)
    return Filtered(np.where(np.abs(value) < LEAST_VALUE, 0.0, value), error)


def matrix_product(left: Filtered, right: Filtered) -> Filtered:
    """Return left @ right for a matrix (m, k) and a stack of matrices (n, k, c), as (n, m, c)."""
    count, inner, columns = right.value.shape
    shape = (left.value.shape[0], count, columns)

    def times(a: Floats, b: Floats) -> Floats:
        flat = np.ascontiguousarray(b.transpose(1, 0, 2)).reshape(inner, count * columns)
        step = max(1, ONE_THREAD // (len(a) * inner))
        found = np.empty((len(a), count * columns))
        for low in range(0, count * columns, step):
            np.matmul(a, flat[:, low : low + step], out=found[:, low : low + step])
        return found.reshape(shape).transpose(1, 0, 2)

    size = np.abs(right.value)
    weights = np.abs(left.value)
    carried = np.zeros(1)
    if right.error.any():
        carried = times(weights, right.error)
    if left.error.any():
        carried = carried + times(left.error, size + right.error)
    found = _bounded(times(left.value, right.value), carried, times(weights, size), inner)
    return Filtered(np.ascontiguousarray(found.value), np.ascontiguousarray(found.error))


def dot(rows: Filtered, vectors: Filtered) -> Filtered:
    """Return the dot products along the last axis; the others broadcast."""
    size = np.abs(rows.value)
    reach = np.abs(vectors.value)
    carried = np.einsum("...i,...i->...", size, vectors.error) + np.einsum(
        "...i,...i->...", rows.error, reach + vectors.error
    )
    value = np.einsum("...i,...i->...", rows.value, vectors.value)
    total = np.einsum("...i,...i->...", size, reach)
    return _bounded(value, carried, total, rows.value.shape[-1])


def combine(a: Floats, x: Filtered, b: Floats, y: Filtered) -> Filtered:
    """Return a x + b y for factors that are integers as floats (rounded where they are large)."""
    size = np.abs(a) * np.abs(x.value) + np.abs(b) * np.abs(y.value)
    carried = np.abs(a) * x.error + np.abs(b) * y.error
    return _bounded(a * x.value + b * y.value, carried, size, 4)


def scaled(numbers: Filtered, *, above: float) -> Filtered:
    """Bring rows or matrices to the size of 1 by powers of two, unless all is exact up to `above`.

    That is exact, but the values are no integers then, so none of theirs keeps the error 0 except
    true zeros.
    """
    axes = tuple(range(1, numbers.value.ndim))
    largest = np.abs(numbers.value).max(axis=axes, keepdims=True)
    wanted = (numbers.error != 0).any(axis=axes, keepdims=True) | (largest > above)
    wanted &= np.isfinite(largest) & (largest > 0)
    if not wanted.any():
        return numbers
    factor = np.ldexp(1.0, np.where(wanted, -np.frexp(largest)[1], 0))
    value = numbers.value * factor
    error = numbers.error * factor + UNIT * np.abs(value) + LEAST_ERROR
    true_zero = (numbers.value == 0) & (numbers.error == 0)
    return Filtered(
        np.where(wanted & (np.abs(value) < LEAST_VALUE), 0.0, value),
        np.where(wanted & ~true_zero, error, numbers.error),
    )


def kernel(rows: Filtered) -> Filtered:
    """Return the vector of cofactors of r rows in R^(r+1): it is orthogonal to each of them.

    The minors of the first k rows are combined from those of the first k - 1; nothing is divided,
    so integers stay integers.

    Parameters
    ----------
    rows : Filtered of shape (n, r, r + 1)

    Returns
    -------
    Filtered of shape (n, r + 1)
        Zero iff the rows are dependent.

    Examples
    --------
    >>> kernel(from_integers([[1, 0, -2], [0, 1, -3]])[np.newaxis]).value
    array([[2., 3., 1.]])
    """
    number, size, columns = rows.value.shape
    if not size:
        return Filtered(np.ones((number, 1)), np.zeros((number, 1)))
    minors: dict[tuple[int, ...], Filtered] = {(c,): rows[:, 0, c] for c in range(columns)}
    for k in range(1, size):
        minors = {
            chosen: _expanded(rows[:, k], chosen, minors)
            for chosen in combinations(range(columns), k + 1)
        }
    value = np.empty((number, columns))
    error = np.empty((number, columns))
    for i in range(columns):
        minor = minors[tuple(c for c in range(columns) if c != i)]
        sign = 1.0 if (size - i) % 2 == 0 else -1.0
        value[:, i] = sign * minor.value
        error[:, i] = minor.error
    return Filtered(value, error)


def _expanded(
    row: Filtered, chosen: tuple[int, ...], minors: dict[tuple[int, ...], Filtered]
) -> Filtered:
    """Return a minor by Laplace expansion along its last row."""
    value: Any = 0.0
    carried: Any = 0.0
    size: Any = 0.0
    for i, column in enumerate(chosen):
        minor = minors[chosen[:i] + chosen[i + 1 :]]
        entry = row[:, column]
        sign = 1.0 if (len(chosen) - 1 - i) % 2 == 0 else -1.0
        value = value + sign * (entry.value * minor.value)
        length = np.abs(minor.value)
        size = size + np.abs(entry.value) * length
        carried = carried + np.abs(entry.value) * minor.error + entry.error * (length + minor.error)
    return _bounded(value, carried, size, 2 * len(chosen))
