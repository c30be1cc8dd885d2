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
dimension, and is solved in integers, from where the one before ended (`exactpwl.simplex`).  At the
end lambda is the proof that nothing is nearer.

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
from typing import Literal

from exactpwl.inequality import IntegerRow, Row, primitive_row
from exactpwl.rationals import clear_denominators, homogeneous
from exactpwl.simplex import GrowingProgram

__all__ = ["BallNorm", "distance_bound", "nearest_satisfying"]

BallNorm = Literal["linf", "l1"]
Point = tuple[Fraction, ...]
Signs = tuple[int, ...]

ENOUGH = Fraction(15, 16)
"""Such a part of the distance is a bound that is good enough."""

NEW_ROWS = 4
"""So many violated rows enter at a time, at most."""

FARTHER = 1 << 10
"""Without a limit the cap grows by this factor."""


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
    if _is_hopeless(rows, limit):
        return None
    return _Program(tuple(x), norm, limit).solve(_proper(rows))


def distance_bound(
    x: Sequence[Fraction],
    rows: Sequence[Row],
    norm: BallNorm = "linf",
    limit: Fraction | None = None,
) -> Fraction | None:
    """Return a lower bound of that point's distance, which is rarely far below it.

    It costs less, because vertices enter only until the bound is 15/16 of what those known
    so far allow: multipliers over the dual norm of their c satisfy all vertices.

    Returns
    -------
    Fraction, or None
        None only if there is no such point that is nearer than the limit.

    Examples
    --------
    >>> origin = (Fraction(0), Fraction(0))
    >>> print(distance_bound(origin, [((1, 3), -6)]), distance_bound(origin, [((0, 0), -1)]))
    3/2 None
    """
    if _is_hopeless(rows, limit):
        return None
    program = _Program(tuple(x), norm, limit, ENOUGH)
    return None if program.solve(_proper(rows)) is None else program.bound


def _is_hopeless(rows: Sequence[Row], limit: Fraction | None) -> bool:
    return (limit is not None and limit <= 0) or any(
        offset < 0 and not any(normal) for normal, offset in rows
    )


def _proper(rows: Sequence[Row]) -> list[IntegerRow]:
    return list(dict.fromkeys(_in_integers(row) for row in rows if any(row[0])))


def _in_integers(row: Row) -> IntegerRow:
    """Return the row as it is if it is one of ints, which is seen at once, else in integers."""
    normal, offset = row
    if type(offset) is int and all(type(c) is int for c in normal):
        return row  # type: ignore[return-value]
    return primitive_row(row)


class _Program:
    """The rows and the vertices that entered so far, with the dual program at an optimum."""

    def __init__(
        self,
        x: Point,
        norm: BallNorm,
        limit: Fraction | None,
        enough: Fraction = Fraction(1),
    ) -> None:
        self.norm = norm
        self.enough = enough
        self.bound = Fraction(0)
        self.limit = limit
        self.x = x
        *self.start, self.scale = homogeneous(x)
        self.cap = Fraction(1 << 10) if limit is None else limit
        self.rows: list[IntegerRow] = []
        self.vertices: list[Signs] = []
        self.dual = GrowingProgram()
        self.dual.add_row([], self.cap.numerator * self.scale)

    def solve(self, rows: Sequence[IntegerRow]) -> Point | None:
        """Return the nearest point of all rows; each round takes up rows that fail."""
        point: Point | None = self.x
        while point is not None:
            *vector, scale = homogeneous(point)
            failing = sorted(
                (Fraction(value, max(map(abs, row[0]))), row)
                for row in rows
                if (value := sum(map(mul, row[0], vector)) + row[1] * scale) < 0
            )
            if not failing:
                return point
            for _, row in failing[:NEW_ROWS]:
                self._add(row)
            point = self._nearest()
        return None

    def _add(self, row: IntegerRow) -> None:
        """Let a row enter: a variable of the dual."""
        normal, offset = row
        value = sum(map(mul, normal, self.start)) + offset * self.scale
        column = [sum(map(mul, normal, vertex)) for vertex in self.vertices]
        self.dual.add_variable([-value * self.cap.denominator, *column], -value)
        self.rows.append(row)

    def _nearest(self) -> Point | None:
        """Return the nearest point of the rows that entered, or None; vertices enter as needed."""
        while True:
            self.dual.solve()
            reached = self.dual.value / self.scale
            excess, missing = self._missing(self.dual.point)
            self.bound = max(self.bound, reached / max(excess, Fraction(1)))
            if self.limit is not None and self.bound >= self.limit:
                return None
            if missing and (self.bound < self.enough * reached or reached == self.cap):
                self._enter(missing)
                continue
            if reached < self.cap:
                return self._point(self.dual.multipliers[1:])
            if self.limit is not None or self._is_infeasible():
                return None
            self.dual.loosen(0, int(self.cap * self.scale) * (FARTHER - 1))
            self.cap *= FARTHER

    def _enter(self, vertices: Sequence[Signs]) -> None:
        """Let vertices enter: rows of the dual."""
        for vertex in vertices:
            self.vertices.append(vertex)
            self.dual.add_row([sum(map(mul, row[0], vertex)) for row in self.rows], 1)

    def _missing(self, multipliers: Sequence[Fraction]) -> tuple[Fraction, list[Signs]]:
        """Return the dual norm of c, and vertices of the unit ball that it violates."""
        whole, scale = clear_denominators(multipliers)
        used = [(w, row[0]) for w, row in zip(whole, self.rows, strict=True) if w]
        total = [sum(w * normal[i] for w, normal in used) for i in range(len(self.x))]
        signs = [(c > 0) - (c < 0) for c in total]
        if self.norm == "linf":
            length = sum(map(abs, total))
            return Fraction(length, scale), [tuple(signs)] if length > scale else []
        size = len(total)
        return Fraction(max(map(abs, total)), scale), [
            tuple(signs[i] * (i == j) for j in range(size))
            for i, c in enumerate(total)
            if abs(c) > scale
        ]

    def _point(self, weights: Sequence[Fraction]) -> Point:
        moved = list(self.x)
        for weight, vertex in zip(weights, self.vertices, strict=True):
            if weight:
                step = weight / self.scale
                moved = [m + step * s if s else m for m, s in zip(moved, vertex, strict=True)]
        return tuple(moved)

    def _is_infeasible(self) -> bool:
        """Decide by Farkas' lemma whether no point satisfies the rows that entered."""
        farkas = GrowingProgram()
        farkas.add_row([], 1)
        for _ in range(2 * len(self.x)):
            farkas.add_row([], 0)
        for normal, offset in self.rows:
            farkas.add_variable([1, *normal, *(-c for c in normal)], -offset)
        farkas.solve()
        return farkas.value > 0
