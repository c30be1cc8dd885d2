"""Least squares over the rationals: the minimum-norm solution M of A M = B, with its proof.

Of all matrices M for which the sum of squares of A M - B is least, one has the least sum of squares
itself.  It is what the pseudo-inverse gives, A^+ B, and it is known by two properties (Penrose
1956, On best approximate solutions of linear matrix equations):

* the normal equations A'A M = A'B hold, so no other matrix has a smaller residual;
* every column of M is in the row space of A.  Two solutions of the normal equations differ by a
  matrix whose columns are in the kernel of A, which is orthogonal to the row space: so there is
  exactly one such M, and every other solution is M plus something orthogonal to it, and longer.

Both can be checked exactly and neither by a number that is nearly zero; `check_least_squares` does.
A'A is small however many rows A has: rows that occur n times are counted n times.  With G = A'A and
R = A'B, choose pivot columns P of G and let V = G[:, P], a basis of the row space of A.  Then
M = V Y, and the rows P of G V Y = R are an invertible system for Y.  All of it is in integers; no
float has a say in what the rank is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from flint import fmpq, fmpq_mat

from exactpwl.errors import OptionError
from exactpwl.rationals import RationalLike, as_fractions

__all__ = ["LeastSquares", "LeastSquaresCheck", "check_least_squares", "least_squares"]

Matrix = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class LeastSquares:
    """The minimum-norm solution of A M = B, exactly.

    Attributes
    ----------
    solution : rows of Fractions
        M, with a row for each column of A and a column for each of B.
    rank : int
        Of A; less than its number of columns where there are other solutions.
    residual : Fraction
        The sum of the squares of all entries of A M - B, rows counted as often as they occur.
    total : Fraction
        The same for B less the mean of each column: what a constant would leave.

    Examples
    --------
    >>> line = least_squares([[0, 1], [1, 1], [2, 1]], [[0], [0], [3]])
    >>> [str(m) for (m,) in line.solution], str(line.residual), str(line.determination)
    (['3/2', '-1/2'], '3/2', '3/4')
    """

    solution: Matrix
    rank: int
    residual: Fraction
    total: Fraction

    @property
    def is_unique(self) -> bool:
        """Whether A has full column rank."""
        return self.rank == len(self.solution)

    @property
    def determination(self) -> Fraction | None:
        """R^2 = 1 - residual/total, exactly; None where B is constant."""
        return 1 - self.residual / self.total if self.total else None


class LeastSquaresCheck(NamedTuple):
    """Whether a matrix is the minimum-norm least-squares solution; true iff both answers are.

    Attributes
    ----------
    normal_equations : bool
        A'A M = A'B: no matrix has a smaller residual.
    in_row_space : bool
        Every column of M is a combination of rows of A: no other solution is as short.

    Examples
    --------
    >>> bool(LeastSquaresCheck(normal_equations=True, in_row_space=False))
    False
    """

    normal_equations: bool
    in_row_space: bool

    def __bool__(self) -> bool:
        return self.normal_equations and self.in_row_space


def least_squares(
    first: Iterable[Iterable[RationalLike]],
    second: Iterable[Iterable[RationalLike]],
    counts: Sequence[int] | None = None,
) -> LeastSquares:
    """Return the matrix of least norm among those that minimise |A M - B|, exactly.

    Parameters
    ----------
    first, second : rows of rationals
        A and B, with equally many rows.
    counts : sequence of int, optional
        How often each row occurs, 1 or more; once if left out.

    Returns
    -------
    LeastSquares

    Raises
    ------
    OptionError
        If there is no row, the rows of a matrix differ in length or number, or a count is not
        positive.

    Examples
    --------
    The second column of A is twice the first, so the rank is 1, and of all solutions
    m1 + 2 m2 = 3 the shortest is (3/5, 6/5):

    >>> found = least_squares([[1, 2], [2, 4]], [[3], [6]])
    >>> found.rank, found.residual, [str(m) for (m,) in found.solution]
    (1, Fraction(0, 1), ['3/5', '6/5'])
    """
    A, B, weights = _checked(first, second, counts)
    gram, right = _normal(A, B, weights)
    pivots = _pivot_columns(gram)
    solution = _minimum_norm(gram, right, pivots)
    residual = A * solution - B
    centred = B - fmpq_mat([_means(B, weights)] * B.nrows())
    return LeastSquares(
        _fractions(solution), len(pivots), _squares(residual, weights), _squares(centred, weights)
    )


def check_least_squares(
    first: Iterable[Iterable[RationalLike]],
    second: Iterable[Iterable[RationalLike]],
    solution: Iterable[Iterable[RationalLike]],
    counts: Sequence[int] | None = None,
) -> LeastSquaresCheck:
    """Return whether a matrix is the minimum-norm least-squares solution of A M = B, exactly.

    Parameters
    ----------
    first, second, counts
        As in `least_squares`.
    solution : rows of rationals
        M, from whatever source.

    Raises
    ------
    OptionError
        As `least_squares`; or if M has not a row for each column of A and a column for each of B.

    Examples
    --------
    (3, 0) solves the equations, but (3/5, 6/5) is shorter:

    >>> A, B = [[1, 2], [2, 4]], [[3], [6]]
    >>> check_least_squares(A, B, [[3], [0]])
    LeastSquaresCheck(normal_equations=True, in_row_space=False)
    >>> bool(check_least_squares(A, B, [["3/5"], ["6/5"]]))
    True
    """
    A, B, weights = _checked(first, second, counts)
    M = _matrix(solution, "the solution")
    if (M.nrows(), M.ncols()) != (A.ncols(), B.ncols()):
        raise OptionError(
            f"a solution with {A.ncols()} rows and {B.ncols()} columns is required, got "
            f"{M.nrows()} and {M.ncols()}"
        )
    gram, right = _normal(A, B, weights)
    stacked = [row + list(more) for row, more in zip(gram.tolist(), M.tolist(), strict=True)]
    in_row_space = fmpq_mat(stacked).rank() == gram.rank()
    return LeastSquaresCheck(bool(gram * M == right), in_row_space)


def _checked(
    first: Iterable[Iterable[RationalLike]],
    second: Iterable[Iterable[RationalLike]],
    counts: Sequence[int] | None,
) -> tuple[Any, Any, list[int]]:
    A, B = _matrix(first, "the first matrix"), _matrix(second, "the second matrix")
    weights = [1] * A.nrows() if counts is None else list(counts)
    if not A.nrows() == B.nrows() == len(weights):
        raise OptionError(
            "two matrices with equally many rows, and a count for each, are required, got "
            f"{A.nrows()} and {B.nrows()} rows and {len(weights)} counts"
        )
    if min(weights) < 1:
        raise OptionError(f"a row occurs once or more, got the count {min(weights)}")
    return A, B, weights


def _matrix(rows: Iterable[Iterable[RationalLike]], name: str) -> Any:
    exact = [as_fractions(row) for row in rows]
    if not exact or not exact[0] or len({len(row) for row in exact}) > 1:
        sizes = sorted({len(row) for row in exact})
        raise OptionError(f"{name} needs rows of one positive length, got the lengths {sizes}")
    return fmpq_mat([[fmpq(v.numerator, v.denominator) for v in row] for row in exact])


def _normal(A: Any, B: Any, weights: Sequence[int]) -> tuple[Any, Any]:
    """Return A'A and A'B, each row counted as often as it occurs."""
    weighted = fmpq_mat([[w * v for v in row] for w, row in zip(weights, A.tolist(), strict=True)])
    transposed = weighted.transpose()
    return transposed * A, transposed * B


def _means(matrix: Any, weights: Sequence[int]) -> list[Any]:
    total = fmpq(sum(weights))
    sums = (fmpq_mat([list(weights)]) * matrix).tolist()[0]
    return [entry / total for entry in sums]


def _pivot_columns(matrix: Any) -> list[int]:
    reduced, rank = matrix.rref()
    rows = reduced.tolist()[:rank]
    return [next(k for k, entry in enumerate(row) if entry) for row in rows]


def _minimum_norm(gram: Any, right: Any, pivots: Sequence[int]) -> Any:
    """Return the solution of G M = R whose columns are combinations of the columns of G."""
    if not pivots:
        return 0 * right
    basis = fmpq_mat([[row[k] for k in pivots] for row in gram.tolist()])
    product = (gram * basis).tolist()
    chosen = right.tolist()
    inner = fmpq_mat([product[k] for k in pivots]).solve(fmpq_mat([chosen[k] for k in pivots]))
    return basis * inner


def _squares(matrix: Any, weights: Sequence[int]) -> Fraction:
    rows = zip(weights, matrix.tolist(), strict=True)
    return _fraction(sum((w * v * v for w, row in rows for v in row), fmpq(0)))


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _fractions(matrix: Any) -> Matrix:
    return tuple(tuple(map(_fraction, row)) for row in matrix.tolist())
