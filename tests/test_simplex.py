"""The growing simplex, after every step against an independent solver and by its own duality."""

import random
from fractions import Fraction
from operator import mul

import pytest

from exactpwl.cddlib import maximize
from exactpwl.errors import CertificateError
from exactpwl.simplex import GrowingProgram

Rows = list[list[int]]


def agree(program: GrowingProgram, rows: Rows, bounds: list[int], goal: list[int]) -> None:
    x, y = program.point, program.multipliers
    assert all(value >= 0 for value in [*x, *y])
    assert all(sum(map(mul, row, x)) <= bound for row, bound in zip(rows, bounds, strict=True))
    for k, coefficient in enumerate(goal):
        assert sum(weight * row[k] for weight, row in zip(y, rows, strict=True)) >= coefficient
    assert sum(map(mul, goal, x)) == sum(map(mul, bounds, y)) == program.value
    if goal:
        array = [[bound, *(-c for c in row)] for bound, row in zip(bounds, rows, strict=True)]
        array += [[0, *(int(i == j) for j in range(len(goal)))] for i in range(len(goal))]
        assert maximize(array, [0, *goal]).value == program.value


def grown(seed: int) -> None:
    """Let a program grow at both ends, degenerate ones among them."""
    draw = random.Random(seed)
    program = GrowingProgram()
    rows: Rows = [[]]
    bounds = [draw.randint(1, 9)]
    goal: list[int] = []
    program.add_row([], bounds[0])
    for _ in range(draw.randint(1, 12)):
        kind = draw.random()
        if kind < 0.5:
            column = [draw.randint(1, 3), *(draw.randint(-3, 3) for _ in rows[1:])]
            goal.append(draw.randint(-3, 6))
            program.add_variable(column, goal[-1])
            for row, number in zip(rows, column, strict=True):
                row.append(number)
        elif kind < 0.9:
            rows.append([draw.randint(-3, 3) for _ in goal])
            bounds.append(draw.randint(0, 3))
            program.add_row(rows[-1], bounds[-1])
        else:
            place = draw.randrange(len(rows))
            bounds[place] += 2
            program.loosen(place, 2)
        program.solve()
        agree(program, rows, bounds, goal)


def grow_many(count: int) -> None:
    for seed in range(count):
        grown(seed)


@pytest.mark.parametrize("seed", range(150))
def test_against_another_solver(seed: int) -> None:
    grown(seed)


def test_an_altered_pivot_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = GrowingProgram._pivot

    def without_the_bounds(self: GrowingProgram, row: int, column: int) -> None:
        kept = list(self.bounds)
        whole(self, row, column)
        self.bounds = [
            new if i == row else old
            for i, (old, new) in enumerate(zip(kept, self.bounds, strict=True))
        ]

    monkeypatch.setattr(GrowingProgram, "_pivot", without_the_bounds)
    with pytest.raises(AssertionError):
        grow_many(20)


def test_no_bound() -> None:
    program = GrowingProgram()
    program.add_variable([], 1)
    with pytest.raises(CertificateError, match="no bound"):
        program.solve()
    assert Fraction(0) == program.value
