"""Floats with proven errors: the filter that lets most signs be decided without exact arithmetic.

A `Filtered` array holds vectors, one a row, and for each one number that bounds the error of its
entries.  One bound a vector, not one an entry, costs nearly nothing: the sign of a dot product
takes the product itself and two multiplications for its bound.  Two rules make it decide:

* error 0 means that the entries are integers, held exactly.  Sums and products of such vectors stay
  exact while the sum of the absolute terms is below 2^52, so small integers, where true zeros
  abound, are decided by floats, zeros included;
* otherwise the error follows from the classical analysis: a sum of n products, in any order, with
  or without fused operations, is off by at most n u / (1 - n u) times the sum of the absolute
  products, u = 2^-53, plus what the factors were off by.  The bound is itself computed in floats,
  so it is taken a little larger.  Overflow makes it infinite or not a number, and then nothing is
  decided.

A vector with an error is scaled by a power of two until its largest entry is between 1/2 and 1; its
error is at least 2^-54 then, so what underflows is far below it.

A sign is decided iff |value| > bound, or all is exact.  What is not decided goes to integers.

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
from math import factorial
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "EXACT_BELOW",
    "SLACK",
    "UNIT",
    "Filtered",
    "are_open",
    "between",
    "floats",
    "from_integers",
    "kernel",
    "normalised",
    "to_float",
]

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

UNIT = 2.0**-53
EXACT_BELOW = 2.0**52
SLACK = 1.0001


@dataclass(frozen=True, slots=True)
class Filtered:
    """Vectors of shape (n, c), and bounds of their entries' errors, of shape (n,)."""

    value: Floats
    error: Floats

    def __getitem__(self, key: Any) -> Filtered:
        return Filtered(self.value[key], self.error[key])

    def __len__(self) -> int:
        return len(self.error)

    @property
    def reach(self) -> Floats:
        """The largest entry of each vector."""
        return _largest(self.value)


def _largest(value: Floats) -> Floats:
    size = np.abs(value)
    largest: Floats = size[:, 0]
    for column in range(1, size.shape[1]):
        largest = np.maximum(largest, size[:, column])
    return largest


def from_integers(numbers: Sequence[Sequence[int]]) -> Filtered:
    """Return vectors of integers of any size; those of 2^52 and more are rounded.

    Examples
    --------
    >>> from_integers([[1, -2], [3, 0]]).error
    array([0., 0.])
    """
    value = floats(numbers)
    reach = _largest(value)
    return Filtered(value, np.where(reach < EXACT_BELOW, 0.0, 2 * UNIT * reach))


def floats(numbers: Sequence[Sequence[int]]) -> Floats:
    """Return the nearest floats to integers of any size, infinite where there are none."""
    try:
        return np.array(numbers, dtype=np.float64)
    except OverflowError:
        return np.array([[to_float(n) for n in row] for row in numbers], dtype=np.float64)


def to_float(number: int) -> float:
    """Return the nearest float, infinite where there is none."""
    try:
        return float(number)
    except OverflowError:
        return np.inf if number > 0 else -np.inf


def normalised(vectors: Filtered) -> Filtered:
    """Scale what is not exact by powers of two until the largest entry is in [1/2, 1).

    Exact vectors stay as they are while their entries are below 2^52.  A vector of unknown size
    (zero but for its error, infinite, not a number) gets an infinite error.
    """
    reach = _largest(vectors.value)
    inexact = (vectors.error != 0) | ~(reach < EXACT_BELOW)
    if not inexact.any():
        return vectors
    known = np.isfinite(reach) & (reach > vectors.error)
    exponent = np.where(inexact & known, -np.frexp(np.where(known, reach, 1.0))[1], 0)
    value = np.ldexp(vectors.value, exponent[:, np.newaxis])
    error = np.ldexp(vectors.error, exponent) + UNIT
    return Filtered(value, np.where(inexact, np.where(known, error, np.inf), 0.0))


def are_open(
    value: Floats,
    row: tuple[Floats, Floats],
    point: tuple[Floats, Floats],
    columns: int,
) -> Flags:
    """Return for which dot products of rows and points the float's sign is not proved.

    Parameters
    ----------
    value : (...) floats
        The computed dot products of vectors of `columns` entries.
    row : two (...) arrays
        The sums of the rows' absolute entries, and the bounds of their entries' errors.
    point : two (...) arrays
        The points' largest entries, and the bounds of their entries' errors.
    """
    length, row_error = row
    reach, point_error = point
    bound = length * ((point_error + (columns + 4) * UNIT * reach) * SLACK)
    bound += row_error * ((reach + point_error) * (columns * SLACK))
    undecided: Flags = np.asarray(~(np.abs(value) > bound))
    if undecided.any():
        undecided &= (row_error != 0) | (point_error != 0) | ~(length * reach < EXACT_BELOW)
    return undecided


def kernel(value: Floats, error: Floats) -> Filtered:
    """Return the vector of cofactors of r rows in R^(r+1): it is orthogonal to each of them.

    The minors of the first k rows are combined from those of the first k - 1; nothing is divided,
    so integers stay integers.  By Hadamard's inequality a determinant of rows a_i changes by at
    most r^(r/2) (prod (|a_i| + e_i) - prod |a_i|) when each entry of row i changes by at most e_i
    and no entry of it is larger than |a_i|.

    Parameters
    ----------
    value : (n, r, r + 1) floats
    error : (n, r) floats
        Bounds of the rows' entries' errors.

    Returns
    -------
    Filtered of shape (n, r + 1)
        Zero iff the rows are dependent.

    Examples
    --------
    >>> rows = np.array([[[1.0, 0, -2], [0, 1, -3]]])
    >>> kernel(rows, np.zeros((1, 2))).value
    array([[2., 3., 1.]])
    """
    number, size, columns = value.shape
    reach = np.abs(value).max(axis=2, initial=0.0)
    total = reach + error
    product = total.prod(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        carried = size ** (size / 2) * product * (error / total).sum(axis=1)
    terms = factorial(size) * product
    exact = ~error.any(axis=1) & (terms < EXACT_BELOW)
    bound = (carried + (size * (size + 1) + 4) * UNIT * terms) * SLACK
    found = np.empty((number, columns))
    for column, minor in enumerate(_cofactors(value)):
        found[:, column] = minor
    return Filtered(found, np.where(exact, 0.0, bound))


def _cofactors(value: Floats) -> list[Any]:
    size, columns = value.shape[1:]
    entry = [[np.ascontiguousarray(value[:, i, j]) for j in range(columns)] for i in range(size)]
    minors: dict[tuple[int, ...], Any] = {(): np.ones(len(value))}
    for k in range(size):
        minors = {
            chosen: _expanded(entry[k], chosen, minors)
            for chosen in combinations(range(columns), k + 1)
        }
    cofactors = []
    for i in range(columns):
        minor = minors[tuple(c for c in range(columns) if c != i)]
        cofactors.append(minor if (size - i) % 2 == 0 else -minor)
    return cofactors


def _expanded(
    row: Sequence[Floats], chosen: tuple[int, ...], minors: dict[tuple[int, ...], Any]
) -> Any:
    """Return a minor by Laplace expansion along its last row."""
    if len(chosen) == 1:
        return row[chosen[0]]
    value: Any = None
    for i in range(len(chosen)):
        term = row[chosen[i]] * minors[chosen[:i] + chosen[i + 1 :]]
        if value is None:
            value = term if (len(chosen) - 1 - i) % 2 == 0 else -term
        elif (len(chosen) - 1 - i) % 2 == 0:
            value += term
        else:
            value -= term
    return value


def between(row: Filtered, start: Filtered, end: Filtered) -> Filtered:
    """Return the primitive points where exact rows vanish between exact ends.

    Two times the sum of a row's absolute entries times the largest entries of both ends must be
    below 2^52.
    """
    at_start = np.abs((row.value * start.value).sum(axis=1))
    at_end = np.abs((row.value * end.value).sum(axis=1))
    point = at_start[:, np.newaxis] * end.value + at_end[:, np.newaxis] * start.value
    whole = point.astype(np.int64)
    primitive = whole // np.gcd.reduce(whole, axis=1)[:, np.newaxis]
    return Filtered(primitive.astype(np.float64), np.zeros(len(whole)))
