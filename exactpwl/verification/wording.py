"""Conditions of a query as people write them: ``X_0 <= 1/10``, ``Y_0 <= Y_1``.

A `Constraint` is a half-space in coprime integers, which is right for computing and strange to
read: the bound 0.1 has become ``-10 X_0 + 1 >= 0``.  Here it becomes a comparison again, and by how
much a point fails it is measured in the units of that comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.formula import format_affine
from exactpwl.rationals import format_fraction
from exactpwl.vnnlib.constraints import Constraint
from exactpwl.vnnlib.queries import Query

__all__ = ["Miss", "missed", "worded"]

_OPPOSITE = {">=": "<=", ">": "<"}


@dataclass(frozen=True)
class Miss:
    """A condition that a point fails.

    Attributes
    ----------
    constraint : Constraint
    condition : str
        The condition in words, ``X_0 <= 1/10``.
    excess : Fraction
        How far the left side is on the wrong side of the right one; 0 if they are equal and the
        condition is strict.

    Examples
    --------
    >>> str(Miss(Constraint(((0, -10),), (), 1), "X_0 <= 1/10", Fraction(1, 10**7)))
    'X_0 <= 1/10 fails by 1/10000000'
    """

    constraint: Constraint
    condition: str
    excess: Fraction

    def __str__(self) -> str:
        if not self.excess:
            return f"{self.condition} fails: the two sides are equal"
        return f"{self.condition} fails by {format_fraction(self.excess)}"


def worded(constraint: Constraint, query: Query) -> tuple[str, int]:
    """Return a condition as text, and by what its value is divided to be in the text's units.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...     (declare-const Y_1 Real)
    ...     (assert (and (<= X_0 0.1) (< Y_1 Y_0) (>= (* 3 Y_0) (- 1 X_0))))''')
    >>> for step in query.formula[:-1]:
    ...     print(worded(step, query))
    ('X_0 <= 1/10', 10)
    ('Y_0 > Y_1', 1)
    ('X_0+3Y_0 >= 1', 1)
    """
    relation = ">" if constraint.strict else ">="
    terms = [(query.input_names[i], c) for i, c in constraint.inputs]
    terms += [(query.output_names[i], c) for i, c in constraint.outputs]
    if len(terms) == 1:
        ((name, coefficient),) = terms
        side = relation if coefficient > 0 else _OPPOSITE[relation]
        bound = format_fraction(Fraction(-constraint.offset, coefficient))
        return f"{name} {side} {bound}", abs(coefficient)
    if len(terms) == 2 and not constraint.offset and terms[0][1] == -terms[1][1]:
        (first, coefficient), (second, _) = terms
        side = relation if coefficient > 0 else _OPPOSITE[relation]
        return f"{first} {side} {second}", abs(coefficient)
    left = format_affine([c for _, c in terms], 0, [name for name, _ in terms])
    return f"{left} {relation} {format_fraction(-constraint.offset)}", 1


def missed(
    constraints: Sequence[Constraint], query: Query, x: Sequence[Fraction], y: Sequence[Fraction]
) -> tuple[Miss, ...]:
    """Return the conditions that inputs and outputs fail, exactly.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> query = parse_query('''(declare-const X_0 Real) (declare-const Y_0 Real)
    ...                        (assert (and (<= X_0 0.1) (> Y_0 2)))''')
    >>> for miss in missed(query.cases()[0].constraints, query, (Fraction(1, 5),), (Fraction(2),)):
    ...     print(miss)
    X_0 <= 1/10 fails by 1/10
    Y_0 > 2 fails: the two sides are equal
    """
    found = []
    for constraint in constraints:
        if not constraint.holds(x, y):
            text, unit = worded(constraint, query)
            found.append(Miss(constraint, text, -constraint.value(x, y) / unit))
    return tuple(found)
