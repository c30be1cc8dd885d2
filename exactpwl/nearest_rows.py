"""The nearest point, in l-infinity or l1, that satisfies given inequalities: by rows and columns.

`exactpwl.nearest` starts from a polyhedron's generators; here it is given by inequalities
``a . x + b >= 0``, of which there may be many, in many dimensions, and hardly any matter.

Every displacement of length t is t times a convex combination of the vertices s of the unit ball:
sign vectors in l-infinity, plus or minus a unit vector in l1.  So the problem is

    minimise sum of mu_s  such that  sum of mu_s (a_j . s) >= -(a_j . x + b_j) for all j,  mu >= 0,

and its dual has one variable a row:

    maximise -sum of lambda_j (a_j . x + b_j)
    such that  sum of lambda_j (a_j . s) <= 1 for all s,  lambda >= 0.

Both lists grow on demand.  *Columns*: given the best lambda for the vertices known so far, the
worst vertex is read off the signs of c = sum of lambda_j a_j; where the dual norm of c is at most
1, no vertex is missing.  *Rows*: only inequalities that the point found violates enter.  There are
finitely many of both, so this ends; each program is as small as the answer is simple, whatever the
dimension, and is solved exactly.  At the end lambda is the proof that nothing is nearer.

The dual is unbounded iff no point satisfies the rows.  So its objective is held below a cap; where
the cap is met and no vertex is missing, the distance is at least the cap, and without a limit
Farkas' lemma decides: is there lambda >= 0, not 0, with c = 0 and a positive objective?

References
----------
G. B. Dantzig, P. Wolfe, Decomposition principle for linear programs, Operations Research 8 (1960).
J. E. Kelley, The cutting-plane method for solving convex programs, J. SIAM 8 (1960).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import mul
from typing import Literal, NamedTuple

from exactpwl.cddlib import maximize
from exactpwl.inequality import IntegerRow, Row, primitive_row
from exactpwl.rationals import clear_denominators, homogeneous

__all__ = ["BallNorm", "nearest_satisfying"]

BallNorm = Literal["linf", "l1"]
Point = tuple[Fraction, ...]
Signs = tuple[int, ...]

NEW_ROWS = 4
"""So many violated rows enter at a time, at most."""


def nearest_satisfying(
    x: Sequence[Fraction],
    rows: Sequence[Row],
    norm: BallNorm = "linf",
    limit: Fraction | None = None,
) -> Point | None:
    """Return a point nearest to x with normal . point + offset >= 0 for every row.

    Parameters
    ----------
    x : d fractions
    rows : sequence of (normal, offset)
    norm : {"linf", "l1"}
    limit : Fraction, optional
        Only a point nearer than this is asked for.

    Returns
    -------
    tuple of Fraction, or None
        None iff no point satisfies the rows, or none that is nearer than the limit.

    Examples
    --------
    >>> origin = (Fraction(0), Fraction(0))
    >>> above = [((1, 3), -6)]
    >>> print(*nearest_satisfying(origin, above), *nearest_satisfying(origin, above, "l1"))
    3/2 3/2 0 2
    >>> print(nearest_satisfying(origin, above, limit=Fraction(3, 2)))
    None
    """
    proper = list(dict.fromkeys(primitive_row(row) for row in rows if any(row[0])))
    if limit is not None and limit <= 0:
        return None
    if any(offset < 0 and not any(normal) for normal, offset in rows):
        return None
    return _Program(tuple(x), norm, limit).solve(proper)


class _Step(NamedTuple):
    """An optimum of the dual for some rows and vertices."""

    value: Fraction
    multipliers: tuple[Fraction, ...]
    weights: tuple[Fraction, ...]


class _Program:
    """The rows and the vertices that entered so far."""

    def __init__(self, x: Point, norm: BallNorm, limit: Fraction | None) -> None:
        self.x = x
        self.norm = norm
        self.limit = limit
        self.cap = Fraction(1 << 10) if limit is None else limit
        self.rows: list[IntegerRow] = []
        self.values: list[int] = []
        self.scale = 1
        self.vertices: list[Signs] = []
        self.columns: list[list[int]] = []

    def solve(self, rows: Sequence[IntegerRow]) -> Point | None:
        """Return the nearest point of all rows; each round takes up rows that fail."""
        point: Point | None = self.x
        *start, self.scale = homogeneous(self.x)
        while point is not None:
            *vector, scale = homogeneous(point)
            failing = sorted(
                (Fraction(value, _length(row[0])), row)
                for row in rows
                if (value := sum(map(mul, row[0], vector)) + row[1] * scale) < 0
            )
            if not failing:
                return point
            for _, (normal, offset) in failing[:NEW_ROWS]:
                self.rows.append((normal, offset))
                self.values.append(sum(map(mul, normal, start)) + offset * self.scale)
                for column, vertex in zip(self.columns, self.vertices, strict=True):
                    column.append(sum(map(mul, normal, vertex)))
            point = self._nearest()
        return None

    def _nearest(self) -> Point | None:
        """Return the nearest point of the rows that entered, or None; vertices enter as needed."""
        while True:
            step = self._optimum()
            missing = self._missing(step.multipliers)
            for vertex in missing:
                self.vertices.append(vertex)
                self.columns.append([sum(map(mul, row[0], vertex)) for row in self.rows])
            if missing:
                continue
            if step.value < self.cap:
                return self._point(step.weights)
            if self.limit is not None or self._is_infeasible():
                return None
            self.cap *= 1 << 10

    def _optimum(self) -> _Step:
        """Maximise the dual over the vertices known, below the cap."""
        count = len(self.rows)
        goal = [Fraction(-value, self.scale) for value in self.values]
        array: list[list[Fraction | int]] = [[1, *(-c for c in col)] for col in self.columns]
        array.append([self.cap, *(-value for value in goal)])
        array += [[0, *(int(i == j) for j in range(count))] for i in range(count)]
        best = maximize(array, [0, *goal])
        weights = dict(best.multipliers)
        zero = Fraction(0)
        return _Step(
            best.value, best.point, tuple(weights.get(k, zero) for k in range(len(self.columns)))
        )

    def _missing(self, multipliers: Sequence[Fraction]) -> list[Signs]:
        """Return vertices of the unit ball that the multipliers violate."""
        whole, scale = clear_denominators(multipliers)
        used = [(w, row[0]) for w, row in zip(whole, self.rows, strict=True) if w]
        total = [sum(w * normal[i] for w, normal in used) for i in range(len(self.x))]
        signs = [(c > 0) - (c < 0) for c in total]
        if self.norm == "linf":
            return [tuple(signs)] if sum(map(abs, total)) > scale else []
        size = len(total)
        return [
            tuple(signs[i] * (i == j) for j in range(size))
            for i, c in enumerate(total)
            if abs(c) > scale
        ]

    def _point(self, weights: Sequence[Fraction]) -> Point:
        moved = list(self.x)
        for weight, vertex in zip(weights, self.vertices, strict=True):
            if weight:
                moved = [m + weight * s if s else m for m, s in zip(moved, vertex, strict=True)]
        return tuple(moved)

    def _is_infeasible(self) -> bool:
        """Decide by Farkas' lemma whether no point satisfies the rows that entered."""
        count, size = len(self.rows), len(self.x)
        array: list[list[Fraction | int]] = [[1, *[-1] * count]]
        array += [[0, *(int(i == j) for j in range(count))] for i in range(count)]
        for i in range(size):
            along = [row[0][i] for row in self.rows]
            if any(along):
                array += [[0, *along], [0, *(-c for c in along)]]
        goal = [Fraction(-row[1]) for row in self.rows]
        return maximize(array, [0, *goal]).value > 0


def _length(normal: Sequence[int]) -> int:
    return max(map(abs, normal))
