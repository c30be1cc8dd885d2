"""Flat input sets: coordinates in which a set with fixed inputs has an interior.

Properties often fix inputs (``(= X_3 0.5)``, or equal bounds).  Such a set is flat in R^d: no cell
in it has an interior, and a subdivision refuses it.  The equations that stand in the constraints,
which are pairs of opposite weak inequalities with the same bound, are solved one after the other
for one input each.  The inputs that are left are coordinates s of the set, x = point + sum s_i
directions_i, and what is required of x becomes what is required of s.

A set can be flat without such a pair (x >= 0, y >= 0, x + y <= 0).  That is found later, when the
domain is cut out, and refused there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.domain import Domain
from exactpwl.errors import DomainError
from exactpwl.vnnlib.constraints import Constraint, LinearForm, Variable, total

__all__ = ["Chart", "chart_of"]


@dataclass(frozen=True)
class Chart:
    """Coordinates of an input set.

    Attributes
    ----------
    point : d Fractions
    directions : tuple of d-tuples of Fraction
        Independent; none if the set is the point alone.
    domain : Domain or None
        Where x = point + sum s_i directions_i lies in the closure of the set, in coordinates s.
        None if there are no directions.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const X_1 Real)
    ...     (declare-const Y_0 Real) (assert (and (= X_1 0.5) (<= 0 X_0 1) (> Y_0 0)))''')
    >>> chart = query.cases()[0].input_set.chart()
    >>> print(chart.domain, chart.point[1], chart.directions[0][0], sep=", ")
    the box [0, 1], 1/2, 1
    """

    point: tuple[Fraction, ...]
    directions: tuple[tuple[Fraction, ...], ...]
    domain: Domain | None


def chart_of(constraints: Sequence[Constraint], dimension: int) -> Chart:
    """Return coordinates of the inputs that satisfy constraints without outputs.

    Raises
    ------
    DomainError
        If the equations, or the constraints on the point that they leave, contradict each other.
    """
    solved: dict[Variable, LinearForm] = {}
    for constraint in _equations(constraints):
        _solve(_substituted(_form(constraint), solved), solved)
    inputs = [Variable(False, i) for i in range(dimension)]
    free = {v: place for place, v in enumerate(v for v in inputs if v not in solved)}
    images = [solved.get(v, LinearForm.variable(v)) for v in inputs]
    return Chart(
        tuple(image.constant for image in images),
        tuple(tuple(image.coefficients.get(v, Fraction(0)) for image in images) for v in free),
        _domain(constraints, solved, free),
    )


def _equations(constraints: Sequence[Constraint]) -> list[Constraint]:
    """Return one of each pair of weak constraints that are each other's opposites."""
    weak = {(c.inputs, c.offset) for c in constraints if not c.strict}
    return [
        c
        for c in constraints
        if not c.strict
        and c.inputs[0][1] > 0
        and (tuple((i, -a) for i, a in c.inputs), -c.offset) in weak
    ]


def _form(constraint: Constraint) -> LinearForm:
    terms = {Variable(False, i): Fraction(a) for i, a in constraint.inputs}
    return LinearForm(terms, Fraction(constraint.offset))


def _substituted(form: LinearForm, solved: dict[Variable, LinearForm]) -> LinearForm:
    """Return a function with the solved inputs replaced by what they are."""
    kept = {v: a for v, a in form.coefficients.items() if v not in solved}
    replaced = [solved[v].scaled(a) for v, a in form.coefficients.items() if v in solved]
    return total([LinearForm(kept, form.constant), *replaced])


def _solve(form: LinearForm, solved: dict[Variable, LinearForm]) -> None:
    """Solve form = 0 for one input, and put it into what was solved before."""
    if form.is_constant:
        if form.constant:
            raise DomainError("the equations of the input set contradict each other: it is empty")
        return
    pivot = max(form.coefficients)
    others = {v: a for v, a in form.coefficients.items() if v != pivot}
    factor = Fraction(-1) / form.coefficients[pivot]
    found = {pivot: LinearForm(others, form.constant).scaled(factor)}
    for variable, known in solved.items():
        if pivot in known.coefficients:
            solved[variable] = _substituted(known, found)
    solved.update(found)


def _domain(
    constraints: Sequence[Constraint],
    solved: dict[Variable, LinearForm],
    free: dict[Variable, int],
) -> Domain | None:
    rows = []
    for constraint in constraints:
        pulled = Constraint.of(_substituted(_form(constraint), solved), strict=constraint.strict)
        if not pulled.is_constant:
            terms = tuple((free[Variable(False, i)], a) for i, a in pulled.inputs)
            rows.append(Constraint(terms, (), pulled.offset).input_row(len(free)))
        elif not pulled.holds((), ()):
            raise DomainError("the constraints of the input set contradict its equations")
    return Domain(len(free), tuple(dict.fromkeys(rows))) if free else None
