"""The door to cddlib: four calls on lists of rationals, with its habits guarded.

cddlib (Fukuda) has an exact simplex and the double description method; `pycddlib` offers them in
rational arithmetic as ``cdd.gmp``.  No other module imports it, and this one only when a call needs
it, so that the library can be imported where it is missing.

Here an array is a list of homogeneous rows ``[offset, *normal]`` with at least one variable.  That
is the caller's duty: on a matrix without variables cddlib ends the process.

References
----------
K. Fukuda, cddlib reference manual, https://people.inf.ethz.ch/fukudak/cdd_home/ .
T. S. Motzkin, H. Raiffa, G. L. Thompson, R. M. Thrall, The double description method (1953).
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from exactpwl.errors import CertificateError, MissingDependencyError

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


@cache
def _cdd() -> Any:
    try:
        return importlib.import_module("cdd.gmp")
    except ImportError as error:
        raise MissingDependencyError(_INSTALL.format(reason=error)) from error


def maximize(array: Array, objective: Sequence[Fraction | int]) -> Optimum:
    """Maximise an affine function over rows ``>= 0``; the program must have an optimum.

    Raises
    ------
    CertificateError
        If the program ends otherwise.

    Examples
    --------
    >>> maximize([[1, -1], [0, 1]], [0, 1])
    Optimum(value=Fraction(1, 1), point=(Fraction(1, 1),), multipliers=((0, Fraction(1, 1)),))
    """
    cdd = _cdd()
    program = cdd.linprog_from_array([*array, objective], cdd.LPObjType.MAX)
    cdd.linprog_solve(program)
    if program.status != cdd.LPStatusType.OPTIMAL:
        raise CertificateError(f"a program with an optimum ended as {program.status.name}")
    multipliers = tuple(sorted((i, y) for i, y in program.dual_solution if y))
    return Optimum(program.obj_value, tuple(program.primal_solution), multipliers)


def canonicalize(array: Array) -> Canonical:
    """Find implicit equations and redundant rows of a system that is *known* to have solutions.

    Of an infeasible system cddlib returns a contradiction as if it were the canonical form.

    Examples
    --------
    >>> canonicalize([[0, 1], [1, 1]])
    Canonical(implicit=frozenset(), kept=(0,))
    """
    cdd = _cdd()
    matrix = cdd.matrix_from_array(array, rep_type=cdd.RepType.INEQUALITY)
    implicit, _, position = cdd.matrix_canonicalize(matrix)
    kept = tuple(i for i, new in enumerate(position) if new is not None)
    return Canonical(frozenset(implicit), kept)


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
