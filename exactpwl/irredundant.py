"""Which inequalities of a polyhedron define facets, in many dimensions, from a point inside.

The double description method (`exactpwl.polyhedron.canonical`) lists all generators, of which a
region with 64 inputs may have more than can be written down.  From a point x strictly inside, each
inequality is decided on its own, and either answer is proved in integers:

* row i defines a facet iff some ray from x hits its hyperplane first, before all others: the
  direction is the proof.  For if the ray leaves row i at s and every other row later, the points
  just behind s violate row i alone, so no other rows imply it;
* row i is redundant iff it is a combination of others: n_i = sum y_j n_j and c_i >= sum y_j c_j
  with y >= 0 (Farkas): the multipliers are the proof.

With heights h_i = n_i . x + c_i > 0 and p_i = (-n_i / h_i, 1), row i is redundant iff p_i lies in
the cone of the other p_j and of (0, 1) (polar duality).  The point of that cone nearest to p_i is
found in floats, by non-negative least squares; it proposes both proofs.  If it is p_i itself, the
generators that it needs are taken for an exact linear system, whose solution must be >= 0; if not,
the way from it to p_i is the direction of a ray.  No float decides: where neither proof holds, an
exact linear program is solved.  Before all this, rays along all normals find most facets at once.

Equal inequalities count once: the first of them is named.

References
----------
K. L. Clarkson, More output-sensitive geometric algorithms, FOCS 1994.
C. L. Lawson, R. J. Hanson, Solving Least Squares Problems, 1974, chapter 23.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat, fmpz_mat
from numpy.typing import NDArray

from exactpwl.cddlib import maximize
from exactpwl.errors import DomainError, TooLargeError
from exactpwl.inequality import IntegerRow, Row, primitive_row, value
from exactpwl.rationals import primitive

__all__ = ["MOST_INPUTS", "MOST_ROWS", "irredundant_rows"]

MOST_INPUTS, MOST_ROWS = 64, 200
"""Up to so many variables and inequalities each is decided; beyond that the call is refused."""

_BITS = 24  # of the directions that floats propose
_ZERO = 1e-9  # chooses which proof is tried first; it decides nothing

Floats = NDArray[np.float64]


def irredundant_rows(rows: Sequence[Row], inside: Sequence[Fraction]) -> tuple[int, ...]:
    """Return the inequalities that define facets, one for each, as indices.

    Parameters
    ----------
    rows : sequence of (normal, offset)
        At most 200 different ones in at most 64 variables.
    inside : d fractions
        A point that satisfies all rows with variables strictly.

    Returns
    -------
    tuple of int
        In order; the first of equal inequalities.  Exact.

    Raises
    ------
    TooLargeError
        If there are more variables or different rows.
    DomainError
        If the point is not strictly inside.

    Examples
    --------
    >>> rows = [((1, 0), 0), ((0, 1), 0), ((1, 1), 1), ((1, 1), 0), ((2, 0), 0)]
    >>> irredundant_rows(rows, (Fraction(1), Fraction(2)))
    (0, 1)
    """
    if len(inside) > MOST_INPUTS:  # before long rows are made primitive
        raise _too_large(len(inside), len(rows))
    first: dict[IntegerRow, int] = {}
    for i, row in enumerate(rows):
        if any(row[0]):
            first.setdefault(primitive_row(row), i)
    distinct = list(first)
    _check(distinct, inside)
    found = _Polar(distinct, inside).facets() if distinct else ()
    indices = list(first.values())
    return tuple(indices[k] for k in found)


def _check(rows: Sequence[IntegerRow], inside: Sequence[Fraction]) -> None:
    if len(rows) > MOST_ROWS:
        raise _too_large(len(inside), len(rows))
    if any(value(row, inside) <= 0 for row in rows):
        raise DomainError(
            "a point strictly inside is required, but an inequality does not hold strictly there"
        )


def _too_large(inputs: int, rows: int) -> TooLargeError:
    return TooLargeError(
        f"irredundant inequalities are found for at most {MOST_INPUTS} inputs and {MOST_ROWS} "
        f"different inequalities, got {inputs} inputs and {rows}; all inequalities, and "
        "the distance to the boundary, are exact without them"
    )


class _Polar:
    """The vectors p_i in integers, each scaled by a positive number, and their floats."""

    def __init__(self, rows: Sequence[IntegerRow], inside: Sequence[Fraction]) -> None:
        self.vectors: list[tuple[int, ...]] = []
        for normal, offset in rows:
            height = value((normal, offset), inside)
            top, bottom = height.numerator, height.denominator
            self.vectors.append(primitive([*(-c * bottom for c in normal), top]))
        self.matrix = fmpz_mat([list(vector) for vector in self.vectors])
        columns = [[float(Fraction(c, v[-1])) for c in v] for v in self.vectors]
        floats = np.array([*columns, [0.0] * len(inside) + [1.0]], dtype=np.float64)
        self.unit: Floats = floats / np.linalg.norm(floats, axis=1, keepdims=True)

    def facets(self) -> tuple[int, ...]:
        """Return the rows that define facets."""
        number = len(self.vectors)
        known = self._shot(vector[:-1] for vector in self.vectors)
        kept = set(range(number))
        for i in range(number):
            if i not in known and self._is_redundant(i, sorted(kept - {i})):
                kept.discard(i)
        return tuple(sorted(kept))

    def _shot(self, directions: Iterable[Sequence[int]]) -> set[int]:
        """Return the rows that rays from the point hit first, and alone."""
        columns = list(directions)
        width = len(self.vectors[0]) - 1
        stacked = [[*(c[i] for c in columns)] for i in range(width)] + [[0] * len(columns)]
        products = (self.matrix * fmpz_mat(stacked)).tolist()
        found = set()
        for speeds in zip(*products, strict=True):
            speed = [Fraction(int(s), v[-1]) for s, v in zip(speeds, self.vectors, strict=True)]
            fastest = max(speed)
            if fastest > 0 and speed.count(fastest) == 1:
                found.add(speed.index(fastest))
        return found

    def _is_redundant(self, i: int, others: Sequence[int]) -> bool:
        weights = _non_negative_least_squares(self.unit[[*others, -1]].T, self.unit[i])
        rest = self.unit[i] - self.unit[[*others, -1]].T @ weights
        if np.linalg.norm(rest) > _ZERO and self._is_hit(i, rest):
            return False
        needed = [k for k, w in zip([*others, -1], weights, strict=True) if w > _ZERO]
        if self._combines(i, needed):
            return True
        return self._decided_by_program(i, others)

    def _is_hit(self, i: int, rest: Floats) -> bool:
        direction = rest[:-1] / max(np.abs(rest[:-1]).max(), 1e-300)
        return i in self._shot([[round(float(c) * 2**_BITS) for c in direction]])

    def _combines(self, i: int, needed: Sequence[int]) -> bool:
        """Return whether p_i is exactly a non-negative combination of some vectors."""
        if not needed:
            return False
        last = (0,) * (len(self.vectors[i]) - 1) + (1,)
        columns = [last if k < 0 else self.vectors[k] for k in needed]
        a = fmpz_mat([list(entries) for entries in zip(*columns, strict=True)])
        b = fmpz_mat([[c] for c in self.vectors[i]])
        gram = a.transpose() * a
        if gram.rank() < len(needed):
            return False
        solved = fmpq_mat(gram).solve(fmpq_mat(a.transpose() * b))
        entries = [solved[k, 0] for k in range(len(needed))]
        return all(y >= fmpq(0) for y in entries) and fmpq_mat(a) * solved == fmpq_mat(b)

    def _decided_by_program(self, i: int, others: Sequence[int]) -> bool:
        """Maximise the speed along row i where that along all others is at most 1, by cddlib."""
        rows: list[list[Any]] = [
            [v[-1], *(-c for c in v[:-1])] for v in (self.vectors[k] for k in others)
        ]
        *goal, scale = self.vectors[i]
        rows.append([2 * scale, *(-c for c in goal)])
        return maximize(rows, [0, *goal]).value <= scale


def _non_negative_least_squares(a: Floats, b: Floats) -> Floats:
    """Return weights w >= 0 that make |a w - b| small: the proposal, by Lawson and Hanson."""
    count = a.shape[1]
    weights: Floats = np.zeros(count)
    active = np.zeros(count, dtype=bool)
    for _ in range(3 * count):
        slopes = a.T @ (b - a @ weights)
        slopes[active] = -np.inf
        entering = int(slopes.argmax())
        if slopes[entering] <= _ZERO * 1e-3:
            break
        active[entering] = True
        while True:
            wanted = np.zeros(count)
            wanted[active] = np.linalg.lstsq(a[:, active], b, rcond=None)[0]
            leaving = active & (wanted <= 0)
            if not leaving.any():
                break
            steps = weights[leaving] / (weights[leaving] - wanted[leaving] + 1e-300)
            weights = weights + float(steps.min()) * (wanted - weights)
            active &= weights > 1e-15
            weights = np.where(active, weights, 0.0)
        weights = np.where(active, wanted, 0.0)
    return np.maximum(weights, 0.0)
