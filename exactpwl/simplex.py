"""The simplex method in integers, for a program that grows at both ends.

Maximise c . x such that every row a . x <= b with b >= 0 holds, and x >= 0.  The origin is a
solution, so there is no first phase.  Variables and constraints may be added at an optimum, which
is where the next search starts: after a variable by the primal method, because the point stays
feasible, after a constraint by the dual one, because the multipliers do.  A column generation adds
a few of either again and again, and this is what it costs least.

The dictionary is kept as integers over one common denominator, the determinant of the basis; a
pivot's division by the old one leaves no remainder (Edmonds 1967, Bareiss 1968), so that nothing is
rounded and no fraction is reduced.  Of the variables with which the objective grows the one with
the greatest coefficient enters, until a step stands still: then the one with the least number, as
long as steps stand still, which cannot cycle (Bland 1977).

References
----------
J. Edmonds, Systems of distinct representatives and linear algebra, J. Res. NBS 71B (1967).
R. G. Bland, New finite pivoting rules for the simplex method, Math. Oper. Research 2 (1977).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exactpwl.errors import CertificateError

__all__ = ["GrowingProgram"]


class GrowingProgram:
    """Maximise an objective over rows with non-negative bounds and x >= 0, all integers.

    Examples
    --------
    >>> program = GrowingProgram()
    >>> program.add_row([], 4)
    >>> program.add_variable([1], 3)
    >>> program.add_variable([2], 5)
    >>> program.solve()
    >>> program.value, program.point, program.multipliers
    (Fraction(12, 1), [Fraction(4, 1), Fraction(0, 1)], [Fraction(3, 1)])
    >>> program.add_row([1, 0], 2)
    >>> program.solve()
    >>> program.value, program.point
    (Fraction(11, 1), [Fraction(2, 1), Fraction(1, 1)])
    """

    def __init__(self) -> None:
        self.table: list[list[int]] = []
        self.bounds: list[int] = []
        self.goal: list[int] = []
        self.reached = 0
        self.denominator = 1
        # variable j has the number j, the slack of row i the number -1 - i
        self.basic: list[int] = []
        self.free: list[int] = []
        self.variables = 0
        self.rows = 0

    def add_variable(self, column: Sequence[int], coefficient: int) -> None:
        """Add a variable: its coefficient in each row so far, and in the objective."""
        entries = [0] * len(self.table)
        along = -coefficient * self.denominator
        for row, number in enumerate(column):
            if not number:
                continue
            kind = -1 - row
            if kind in self.free:
                place = self.free.index(kind)
                along += number * self.goal[place]
                entries = [e + number * r[place] for e, r in zip(entries, self.table, strict=True)]
            else:
                entries[self.basic.index(kind)] += number * self.denominator
        for row_, entry in zip(self.table, entries, strict=True):
            row_.append(entry)
        self.goal.append(along)
        self.free.append(self.variables)
        self.variables += 1

    def add_row(self, row: Sequence[int], bound: int) -> None:
        """Add a row: the coefficient of each variable so far, and its bound."""
        entries = [0] * len(self.free)
        rest = bound * self.denominator
        for variable, number in enumerate(row):
            if not number:
                continue
            if variable in self.free:
                entries[self.free.index(variable)] += number * self.denominator
            else:
                place = self.basic.index(variable)
                rest -= number * self.bounds[place]
                known = self.table[place]
                entries = [e - number * k for e, k in zip(entries, known, strict=True)]
        self.table.append(entries)
        self.bounds.append(rest)
        self.rows += 1
        self.basic.append(-self.rows)

    def loosen(self, row: int, more: int) -> None:
        """Add to the bound of a row."""
        kind = -1 - row
        if kind in self.basic:
            self.bounds[self.basic.index(kind)] += more * self.denominator
            return
        place = self.free.index(kind)
        self.bounds = [b + r[place] * more for b, r in zip(self.bounds, self.table, strict=True)]
        self.reached += self.goal[place] * more

    def solve(self) -> None:
        """Go to an optimum from the last one.

        Raises
        ------
        CertificateError
            If the objective has no bound.
        """
        if any(bound < 0 for bound in self.bounds):
            self._dual()
        still = False
        while True:
            rising = [k for k, g in enumerate(self.goal) if g < 0]
            if not rising:
                return
            column = min(rising, key=(self.free if still else self.goal).__getitem__)
            row = self._leaving(column)
            still = not self.bounds[row]
            self._pivot(row, column)

    def _leaving(self, column: int) -> int:
        places = [i for i, row in enumerate(self.table) if row[column] > 0]
        if not places:
            raise CertificateError("a program with an optimum is required, this one has no bound")
        return min(
            places, key=lambda i: (Fraction(self.bounds[i], self.table[i][column]), self.basic[i])
        )

    def _dual(self) -> None:
        """Restore the bounds while the objective's coefficients stay non-negative."""
        still = False
        while True:
            failing = [i for i, bound in enumerate(self.bounds) if bound < 0]
            if not failing:
                return
            row = min(failing, key=(self.basic if still else self.bounds).__getitem__)
            places = [k for k, entry in enumerate(self.table[row]) if entry < 0]
            if not places:
                raise CertificateError("a program with a solution is required, this one has none")
            column = min(
                places, key=lambda k: (Fraction(self.goal[k], -self.table[row][k]), self.free[k])
            )
            still = not self.goal[column]
            self._pivot(row, column)

    def _pivot(self, row: int, column: int) -> None:
        """Exchange a basic and a free variable."""
        old, base, rest = self.denominator, self.table[row], self.bounds[row]
        pivot = base[column]
        sign = 1 if pivot > 0 else -1
        size = abs(pivot)
        for i, entries in enumerate(self.table):
            if i == row:
                continue
            factor = sign * entries[column]
            made = [(e * size - factor * b) // old for e, b in zip(entries, base, strict=True)]
            made[column] = -factor
            self.table[i] = made
            self.bounds[i] = (self.bounds[i] * size - factor * rest) // old
        factor = sign * self.goal[column]
        self.goal = [(g * size - factor * b) // old for g, b in zip(self.goal, base, strict=True)]
        self.goal[column] = -factor
        self.reached = (self.reached * size - factor * rest) // old
        own = [sign * b for b in base]
        own[column] = sign * old
        self.table[row], self.bounds[row] = own, sign * rest
        self.denominator = size
        self.basic[row], self.free[column] = self.free[column], self.basic[row]

    @property
    def value(self) -> Fraction:
        """The objective."""
        return Fraction(self.reached, self.denominator)

    @property
    def point(self) -> list[Fraction]:
        """The variables."""
        found = [Fraction(0)] * self.variables
        for kind, bound in zip(self.basic, self.bounds, strict=True):
            if kind >= 0:
                found[kind] = Fraction(bound, self.denominator)
        return found

    @property
    def multipliers(self) -> list[Fraction]:
        """The rows' multipliers."""
        found = [Fraction(0)] * self.rows
        for kind, along in zip(self.free, self.goal, strict=True):
            if kind < 0:
                found[-1 - kind] = Fraction(along, self.denominator)
        return found
