"""Exact least squares against brute force, and a check that fails on what is wrong."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.errors import OptionError
from exactpwl.linearmaps import check_least_squares, least_squares

ENTRIES = st.integers(-3, 3)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[list[int]], list[list[int]], list[int]]:
    rows, columns, right = (draw(st.integers(1, n)) for n in (6, 4, 2))
    matrices = [
        draw(st.lists(st.lists(ENTRIES, min_size=n, max_size=n), min_size=rows, max_size=rows))
        for n in (columns, right)
    ]
    counts = draw(st.lists(st.integers(1, 3), min_size=rows, max_size=rows))
    return matrices[0], matrices[1], counts


def repeated(rows: list[list[int]], counts: list[int]) -> list[list[int]]:
    return [row for row, count in zip(rows, counts, strict=True) for _ in range(count)]


def squares(rows: Iterable[Iterable[Fraction]]) -> Fraction:
    return sum((entry * entry for row in rows for entry in row), Fraction(0))


def determinant(rows: list[list[Fraction]]) -> Fraction:
    if not rows:
        return Fraction(1)
    first, rest = rows[0], rows[1:]
    minors = ([row[:k] + row[k + 1 :] for row in rest] for k in range(len(first)))
    return sum(
        (
            (-1) ** k * a * determinant(minor)
            for k, (a, minor) in enumerate(zip(first, minors, strict=True))
        ),
        Fraction(0),
    )


def pseudo_inverse_by_minors(rows: list[list[int]]) -> list[list[Fraction]]:
    """Return A^+ by the formula of Moore (1920) in r x r minors, with Cramer's rule only.

    A^+ is the average of the inverses of all invertible r x r submatrices, weighted by the squares
    of their determinants (Ben-Israel 1992, A volume associated with m x n matrices).
    """
    m, n = len(rows), len(rows[0])
    for rank in range(min(m, n), 0, -1):
        total = Fraction(0)
        found = [[Fraction(0)] * m for _ in range(n)]
        for chosen in combinations(range(m), rank):
            for places in combinations(range(n), rank):
                minor = [[Fraction(rows[i][j]) for j in places] for i in chosen]
                size = determinant(minor)
                total += size * size
                if not size:
                    continue
                for p, i in enumerate(chosen):
                    for q, j in enumerate(places):
                        cut = [
                            [v for b, v in enumerate(row) if b != q]
                            for a, row in enumerate(minor)
                            if a != p
                        ]
                        found[j][i] += (-1) ** (p + q) * determinant(cut) * size
        if total:
            return [[v / total for v in row] for row in found]
    return [[Fraction(0)] * m for _ in range(n)]


@given(problems())
def test_the_solution_is_that_of_the_pseudo_inverse(
    problem: tuple[list[list[int]], list[list[int]], list[int]],
) -> None:
    A, B, _ = problem
    inverse = pseudo_inverse_by_minors(A)
    expected = [
        [
            sum((p * q for p, q in zip(row, column, strict=True)), Fraction(0))
            for column in zip(*B, strict=False)
        ]
        for row in inverse
    ]
    assert [list(row) for row in least_squares(A, B).solution] == expected


@given(problems())
def test_a_count_is_as_good_as_repeated_rows(
    problem: tuple[list[list[int]], list[list[int]], list[int]],
) -> None:
    A, B, counts = problem
    assert least_squares(A, B, counts) == least_squares(repeated(A, counts), repeated(B, counts))


@given(problems())
def test_residual_total_and_rank_are_those_of_their_definitions(
    problem: tuple[list[list[int]], list[list[int]], list[int]],
) -> None:
    A, B, _ = problem
    found = least_squares(A, B)
    columns = list(zip(*found.solution, strict=True))
    left = [
        [
            sum(a * m for a, m in zip(row, column, strict=True)) - b
            for column, b in zip(columns, right, strict=False)
        ]
        for row, right in zip(A, B, strict=True)
    ]
    means = [Fraction(sum(column), len(B)) for column in zip(*B, strict=True)]
    assert found.residual == squares(left)
    assert found.total == squares([[b - m for b, m in zip(row, means, strict=True)] for row in B])
    assert found.rank == np.linalg.matrix_rank(np.array(A, dtype=float))


@given(problems(), st.integers(0, 3), st.integers(0, 1), st.sampled_from([1, -1, Fraction(1, 97)]))
def test_the_check_accepts_the_solution_and_refuses_any_other(
    problem: tuple[list[list[int]], list[list[int]], list[int]],
    row: int,
    column: int,
    change: Fraction,
) -> None:
    A, B, counts = problem
    solution = [list(line) for line in least_squares(A, B, counts).solution]
    assert check_least_squares(A, B, solution, counts)
    solution[row % len(solution)][column % len(solution[0])] += change
    assert not check_least_squares(A, B, solution, counts)


def test_a_longer_solution_fails_in_the_row_space_alone() -> None:
    A, B = [[1, 0, 1], [2, 0, 2]], [[1], [2]]
    check = check_least_squares(A, B, [[1], [0], [0]])
    assert check == (True, False)
    assert check_least_squares(A, B, [["1/2"], [0], ["1/2"]]) == (True, True)
    assert check_least_squares(A, B, [["1/3"], [0], ["1/3"]]) == (False, True)


def test_an_almost_dependent_column_is_not_taken_for_a_dependent_one() -> None:
    tiny = Fraction(1, 2**80)
    found = least_squares([[1, 1], [1, 1 + tiny]], [[0], [1]])
    assert found.rank == 2
    assert found.solution == ((-Fraction(2**80),), (Fraction(2**80),))
    assert np.linalg.lstsq([[1, 1], [1, 1 + float(tiny)]], [[0], [1]], rcond=None)[2] == 1


def test_a_matrix_of_zeros_maps_to_zero() -> None:
    found = least_squares([[0, 0], [0, 0]], [[1], [3]])
    assert found.rank == 0
    assert found.solution == ((0,), (0,))
    assert found.residual == 10
    assert found.determination == -4


def test_constant_targets_have_no_determination() -> None:
    assert least_squares([[1], [2]], [[1], [1]]).determination is None


@pytest.mark.parametrize(
    ("first", "second", "counts", "words"),
    [
        ([], [], None, "the first matrix needs rows of one positive length"),
        ([[1], [1, 2]], [[1], [1]], None, r"got the lengths \[1, 2\]"),
        ([[1]], [[1], [2]], None, "got 1 and 2 rows and 1 counts"),
        ([[1]], [[1]], [0], "got the count 0"),
    ],
)
def test_matrices_that_do_not_fit_are_refused(
    first: list[list[int]], second: list[list[int]], counts: list[int] | None, words: str
) -> None:
    with pytest.raises(OptionError, match=words):
        least_squares(first, second, counts)


def test_a_solution_of_another_shape_is_refused() -> None:
    with pytest.raises(OptionError, match="a solution with 1 rows and 1 columns is required"):
        check_least_squares([[1]], [[1]], [[1], [2]])
