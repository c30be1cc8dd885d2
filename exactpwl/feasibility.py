"""Is a system of linear inequalities full, thin or empty?  One exact linear program proves it.

Maximise t subject to ``a.x + b >= t`` for every row and ``t <= 1``.  The program is always feasible
and bounded.  Its optimum is positive iff the polyhedron has an interior, and then x is a point of
it.  At an optimum <= 0 the row ``t <= 1`` is slack, so the dual solution y >= 0 has sum 1,
``sum y a = 0`` and ``sum y b`` = the optimum: a complete certificate (Farkas), unlike the
multipliers that a solver leaves behind on the plain system ``a.x + b >= 0``.

Rows without variables are decided before: a row ``0 >= 0`` would hold t at 0 and call a full
polyhedron thin.  Where some rows may vanish and others may not (equations, strict inequalities), a
second program maximises t on the strict rows alone.

Every point and every certificate is checked with plain fractions before it is returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from exactpwl.cddlib import maximize
from exactpwl.errors import CertificateError
from exactpwl.farkas import FarkasCertificate, Multipliers
from exactpwl.inequality import Row, opposite, value

__all__ = ["Feasibility", "Point", "Status", "feasibility", "feasible"]

Status = Literal["full", "thin", "empty"]
Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Feasibility:
    """Whether a system of inequalities has solutions, with the proof.

    Attributes
    ----------
    status : {"full", "thin", "empty"}
        ``full``: some point satisfies every inequality strictly (and the equations); ``thin``:
        there are points, but none such; ``empty``: there is none.
    point : tuple of Fraction or None
        A strict point for ``full``, a point for ``thin``.
    multipliers : tuple of (index, Fraction) or None
        For ``empty`` they sum the rows to a negative number, for ``thin`` to 0 = 0 with a positive
        multiplier on some inequality: those rows vanish on the whole polyhedron.  Indices count
        the inequalities first, then the equations, whose multipliers may be negative.
    """

    status: Status
    point: Point | None
    multipliers: Multipliers | None


def feasibility(rows: Sequence[Row], dimension: int, equations: Sequence[Row] = ()) -> Feasibility:
    """Decide whether ``{x : a.x + b >= 0}`` is full, thin or empty.

    Parameters
    ----------
    rows : sequence of (normal, offset)
        Inequalities ``normal . x + offset >= 0``.
    dimension : int
        The number of variables; 0 is allowed.
    equations : sequence of (normal, offset), optional
        ``normal . x + offset = 0``.  The answer is then relative to the subspace they define.

    Returns
    -------
    Feasibility
        Checked in exact arithmetic.

    Raises
    ------
    CertificateError
        If the library's answer does not survive the check.
    MissingDependencyError
        If ``cdd.gmp`` is not installed.

    Examples
    --------
    >>> feasibility([((1, 1), 0), ((-1, -1), -1)], 2)
    Feasibility(status='empty', point=None, multipliers=((0, Fraction(1, 2)), (1, Fraction(1, 2))))
    >>> feasibility([((0, 0), 0)], 2).status
    'full'
    """
    for i, (normal, offset) in enumerate(rows):
        if offset < 0 and not any(normal):
            return Feasibility("empty", None, ((i, Fraction(1)),))
    for i, (normal, offset) in enumerate(equations, start=len(rows)):
        if offset and not any(normal):
            return Feasibility("empty", None, ((i, Fraction(-1 if offset > 0 else 1)),))
    # An equation is two opposite rows for the program; row n + i has its opposite in n + m + i.
    system = [*rows, *equations, *(opposite(row) for row in equations)]
    interior = [i < len(rows) and any(row[0]) for i, row in enumerate(system)]
    answer = _decide(system, interior, dimension)
    if answer.multipliers is not None:
        folded = _fold(answer.multipliers, len(rows), len(equations))
        answer = Feasibility(answer.status, answer.point, folded)
    _check_feasibility(answer, rows, equations)
    return answer


def feasible(rows: Sequence[Row], strict: Sequence[bool], dimension: int) -> Feasibility:
    """Decide a system in which some inequalities are strict, read literally.

    Parameters
    ----------
    rows : sequence of (normal, offset)
    strict : sequence of bool
        Whether the row means ``> 0``; otherwise ``>= 0``.
    dimension : int

    Returns
    -------
    Feasibility
        ``full`` with a solution, or ``empty`` with multipliers that sum the rows to a negative
        number, or to 0 with a positive multiplier on a strict row.

    Raises
    ------
    ValueError
        If there are not as many flags as rows.
    CertificateError, MissingDependencyError
        As for `feasibility`.

    Examples
    --------
    >>> feasible([((1,), 0), ((-1,), 0)], [False, False], 1).point
    (Fraction(0, 1),)
    >>> feasible([((1,), 0), ((-1,), 0)], [True, False], 1).status
    'empty'
    """
    if len(strict) != len(rows):
        raise ValueError(f"{len(rows)} rows need {len(rows)} flags, got {len(strict)}")
    for i, ((normal, offset), is_strict) in enumerate(zip(rows, strict, strict=True)):
        if not any(normal) and (offset < 0 or (is_strict and not offset)):
            return Feasibility("empty", None, ((i, Fraction(1)),))
    answer = _decide(rows, [s and any(r[0]) for s, r in zip(strict, rows, strict=True)], dimension)
    if answer.status == "full":
        _check_point(answer, rows, strict)
        return answer
    relations = [">" if s else ">=" for s in strict]
    FarkasCertificate.of(rows, answer.multipliers or (), relations).verify()
    return Feasibility("empty", None, answer.multipliers)


def _decide(rows: Sequence[Row], interior: Sequence[bool], dimension: int) -> Feasibility:
    """Decide rows of which those without variables hold; `interior` marks the strict ones."""
    indices = [i for i, row in enumerate(rows) if any(row[0])]
    if not indices:
        return Feasibility("full", (Fraction(0),) * dimension, None)
    chosen = [rows[i] for i in indices]
    inside = [interior[i] for i in indices]
    slack, point, dual = _largest_slack(chosen, [True] * len(chosen))
    if not slack and any(inside) and not all(inside):
        slack, point, dual = _largest_slack(chosen, inside)
    if slack > 0 or (not slack and not any(inside)):
        return Feasibility("full", point, None)
    multipliers = tuple((indices[k], y) for k, y in dual)
    return (
        Feasibility("empty", None, multipliers)
        if slack < 0
        else Feasibility("thin", point, multipliers)
    )


def _largest_slack(
    rows: Sequence[Row], slackened: Sequence[bool]
) -> tuple[Fraction, Point, Multipliers]:
    """Maximise t <= 1 with ``a.x + b >= t`` for slackened rows, ``>= 0`` for the others."""
    width = len(rows[0][0])
    array = [[b, *a, -int(s)] for (a, b), s in zip(rows, slackened, strict=True)]
    cap = [1, *[0] * width, -1]
    slack, point, multipliers = maximize([*array, cap], [0, *[0] * width, 1])
    return slack, point[:-1], tuple((i, y) for i, y in multipliers if i < len(rows))


def _fold(multipliers: Multipliers, rows: int, equations: int) -> Multipliers:
    """Give an equation the difference of the multipliers of its two rows."""
    folded: dict[int, Fraction] = {}
    for i, y in multipliers:
        opposite = i >= rows + equations
        index = i - equations if opposite else i
        folded[index] = folded.get(index, Fraction(0)) + (-y if opposite else y)
    return tuple((i, y) for i, y in sorted(folded.items()) if y)


def _check_feasibility(answer: Feasibility, rows: Sequence[Row], equations: Sequence[Row]) -> None:
    if answer.point is not None:
        full = answer.status == "full"
        _check_point(answer, rows, [full and any(normal) for normal, _ in rows])
        if any(value(row, answer.point) for row in equations):
            raise CertificateError("a point was found that violates an equation")
    if answer.multipliers is not None:
        relation = ">=" if answer.status == "empty" else ">"
        relations = [relation] * len(rows) + ["="] * len(equations)
        FarkasCertificate.of([*rows, *equations], answer.multipliers, relations).verify()


def _check_point(answer: Feasibility, rows: Sequence[Row], strict: Sequence[bool]) -> None:
    for i, (row, is_strict) in enumerate(zip(rows, strict, strict=True)):
        height = value(row, answer.point or ())
        if height < 0 or (is_strict and not height):
            raise CertificateError(f"a point was found that violates row {i}: {height}")
