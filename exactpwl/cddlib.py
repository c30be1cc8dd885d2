"""The door to cddlib: four calls on lists of rationals, with its habits guarded.

cddlib (Fukuda) has an exact simplex and the double description method; `pycddlib` offers them in
rational arithmetic as ``cdd.gmp``.  No other module imports it, and this one only when a call needs
it, so that the library can be imported where it is missing.

Here an array is a list of homogeneous rows ``[offset, *normal]`` with at least one variable.  That
is the caller's duty: on a matrix without variables cddlib ends the process.

Even in rational arithmetic cddlib begins a linear program in floats, and its dual simplex then
writes outside its tableau where rows are of very different size: the process aborts, now and then,
on rows of 10^40 beside 1.  So programs are solved by the criss-cross method, which chooses its
pivots safely, on rows and columns scaled to the size of 1 by powers of two; and redundant rows are
found from the generators of the double description method, which uses no floats at all.

References
----------
K. Fukuda, cddlib reference manual, https://people.inf.ethz.ch/fukudak/cdd_home/ .
T. S. Motzkin, H. Raiffa, G. L. Thompson, R. M. Thrall, The double description method (1953).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from flint import fmpz_mat

from exactpwl.errors import CertificateError, MissingDependencyError, TooLargeError
from exactpwl.rationals import clear_denominators

__all__ = ["Canonical", "Optimum", "canonicalize", "maximize", "to_generators", "to_inequalities"]

Array = Sequence[Sequence[Fraction | int]]
Described = tuple[list[list[Fraction]], frozenset[int]]

_INSTALL = """this needs pycddlib with its exact part, cdd.gmp, which cannot be imported: {reason}.
Install the headers that it is compiled against:
  Debian, Ubuntu: apt-get install libcdd-dev libgmp-dev python3-dev gcc
  Fedora:         dnf install cddlib-devel gmp-devel python3-devel gcc
  macOS:          brew install cddlib gmp
and then: pip install --force-reinstall "pycddlib>=3.0.2"
(the package pycddlib-standalone has no cdd.gmp and cannot serve)"""


class Optimum(NamedTuple):
    """A linear program's optimum, a point that attains it, and the rows' multipliers."""

    value: Fraction
    point: tuple[Fraction, ...]
    multipliers: tuple[tuple[int, Fraction], ...]


class Canonical(NamedTuple):
    """Indices of rows: all that vanish on the polyhedron, and those that suffice to define it."""

    implicit: frozenset[int]
    kept: tuple[int, ...]


@contextmanager
def _short_numbers() -> Iterator[None]:
    """Say what is wrong where pycddlib fails to pass a number on as a decimal text."""
    try:
        yield
    except ValueError as error:
        if "integer string conversion" not in str(error):
            raise
        raise TooLargeError(
            "numbers of at most 4300 digits are required for linear programs and the double "
            "description method (pycddlib passes them as decimal texts), these have more"
        ) from None


@cache
def _cdd() -> Any:
    try:
        return importlib.import_module("cdd.gmp")
    except ImportError as error:
        raise MissingDependencyError(_INSTALL.format(reason=error)) from error


@_short_numbers()
def maximize(array: Array, objective: Sequence[Fraction | int]) -> Optimum:
    """Maximise an affine function over rows ``>= 0``; the program must have an optimum.

    Raises
    ------
    CertificateError
        If the program ends otherwise.
    TooLargeError
        If a number has more than 4300 digits.

    Examples
    --------
    >>> maximize([[1, -1], [0, 1]], [0, 1])
    Optimum(value=Fraction(1, 1), point=(Fraction(1, 1),), multipliers=((0, Fraction(1, 1)),))
    """
    cdd = _cdd()
    scaled, row_scales, column_scales = _balanced([*array, objective])
    program = cdd.linprog_from_array(scaled, cdd.LPObjType.MAX)
    cdd.linprog_solve(program, cdd.LPSolverType.CRISS_CROSS)
    if program.status != cdd.LPStatusType.OPTIMAL:
        raise CertificateError(f"a program with an optimum ended as {program.status.name}")
    goal = row_scales[-1]
    duals = ((i, y * row_scales[i] / goal) for i, y in program.dual_solution if y)
    point = zip(program.primal_solution, column_scales[1:], strict=True)
    value = program.obj_value / goal
    return Optimum(value, tuple(x * scale for x, scale in point), tuple(sorted(duals)))


def _balanced(array: Array) -> tuple[list[list[Fraction]], list[Fraction], list[Fraction]]:
    """Multiply rows and columns by powers of two until their largest entries are about 1.

    The first column, of the offsets, keeps its scale.  A row is multiplied by its scale; a variable
    is its scale times the new one.
    """
    rows = [[Fraction(entry) for entry in row] for row in array]
    row_scales = [Fraction(1)] * len(rows)
    column_scales = [Fraction(1)] * len(rows[0])
    for _ in range(2):
        for i, row in enumerate(rows):
            scale = _power_near_inverse(row)
            rows[i] = [entry * scale for entry in row]
            row_scales[i] *= scale
        for j in range(1, len(column_scales)):
            scale = _power_near_inverse([row[j] for row in rows])
            for row in rows:
                row[j] *= scale
            column_scales[j] *= scale
    return rows, row_scales, column_scales


def _power_near_inverse(entries: Sequence[Fraction]) -> Fraction:
    largest = max(map(abs, entries))
    if not largest:
        return Fraction(1)
    return Fraction(2) ** (largest.denominator.bit_length() - largest.numerator.bit_length())


def canonicalize(array: Array) -> Canonical:
    """Find implicit equations and redundant rows of a system that is *known* to have solutions.

    The generators, by the double description method, say which rows are tight where: a row that is
    tight at all of them vanishes on the polyhedron; among the others those whose sets are maximal
    define facets, and the first row with such a set is kept.

    Examples
    --------
    >>> canonicalize([[0, 1], [1, 1]])
    Canonical(implicit=frozenset(), kept=(0,))
    """
    generators, _ = to_generators(array)
    if not any(g[0] for g in generators):
        generators = [[Fraction(1), *[Fraction(0)] * (len(array[0]) - 1)], *generators]
    tight = [_tight_set(row, generators) for row in array]
    implicit = frozenset(i for i, where in enumerate(tight) if len(where) == len(generators))
    points = {k for k, generator in enumerate(generators) if generator[0]}
    faces: dict[frozenset[int], int] = {}
    for i, where in enumerate(tight):
        if i not in implicit and where & points:
            faces.setdefault(where, i)
    facets = [i for where, i in faces.items() if not any(where < other for other in faces)]
    return Canonical(implicit, tuple(sorted([*facets, *_independent(array, sorted(implicit))])))


def _tight_set(row: Sequence[Fraction | int], generators: Array) -> frozenset[int]:
    return frozenset(
        k
        for k, generator in enumerate(generators)
        if not sum(a * b for a, b in zip(row, generator, strict=True))
    )


def _independent(array: Array, chosen: Sequence[int]) -> list[int]:
    """Return the first linearly independent rows among the chosen ones."""
    kept: list[int] = []
    for i in chosen:
        rows = [clear_denominators([Fraction(e) for e in array[k]])[0] for k in [*kept, i]]
        if fmpz_mat([list(row) for row in rows]).rank() > len(kept):
            kept.append(i)
    return kept


@_short_numbers()
def to_generators(array: Array) -> Described:
    """Return rows ``[1 or 0, *x]`` of points and directions, and which of them are lines.

    cddlib leaves out the apex 0 of a cone; so does this.

    Examples
    --------
    >>> to_generators([[-2, 1]])
    ([[Fraction(0, 1), Fraction(1, 1)], [Fraction(1, 1), Fraction(2, 1)]], frozenset())
    """
    cdd = _cdd()
    matrix = cdd.matrix_from_array(array, rep_type=cdd.RepType.INEQUALITY)
    output = cdd.copy_generators(cdd.polyhedron_from_matrix(matrix))
    return output.array, frozenset(output.lin_set)


@_short_numbers()
def to_inequalities(array: Array, lines: Sequence[int]) -> Described:
    """Return rows ``[offset, *normal]``, and which are equations, of the hull of generators.

    Parameters
    ----------
    array : rows ``[1, *point]`` or ``[0, *direction]``
    lines : indices of the directions that go both ways

    Examples
    --------
    >>> to_inequalities([[1, 2], [0, 1]], [])
    ([[Fraction(1, 1), Fraction(0, 1)], [Fraction(-2, 1), Fraction(1, 1)]], frozenset())
    """
    cdd = _cdd()
    matrix = cdd.matrix_from_array(array, lin_set=lines, rep_type=cdd.RepType.GENERATOR)
    output = cdd.copy_inequalities(cdd.polyhedron_from_matrix(matrix))
    return output.array, frozenset(output.lin_set)
