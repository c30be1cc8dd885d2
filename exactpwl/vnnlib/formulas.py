"""Conditions with ``and`` and ``or``, as a list of steps: no tree, no recursion.

A formula is kept in postfix order, as for a pocket calculator: constraints are put on a stack, and
a `Join` takes the topmost few and puts their conjunction or disjunction back.  So a condition
nested a hundred thousand deep is compared, hashed, pickled and evaluated in a loop, as any other.
Negations are gone: the reader pushes each down to the comparisons, where ``not (a <= b)`` is
``a > b``.

`disjuncts` multiplies a formula out into its disjunctive normal form, whose size can be exponential
in that of the formula: (a1 or b1) and ... and (an or bn) has 2^n disjuncts.  The size is computed
first, and refused where it is beyond the limit.  What is contradictory by itself is dropped, and of
parallel inequalities the strongest is kept (`tightened`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Literal

from exactpwl.errors import TooLargeError
from exactpwl.rationals import format_count
from exactpwl.vnnlib.constraints import Constraint, Terms

__all__ = [
    "MOST_INEQUALITIES",
    "Formula",
    "Join",
    "Kind",
    "conjuncts",
    "disjuncts",
    "flattened",
    "formula_holds",
    "tightened",
]

Kind = Literal["and", "or"]

MOST_INEQUALITIES = 1_000_000
"""How many inequalities the disjuncts of a formula may have together."""


@dataclass(frozen=True)
class Join:
    """A step that joins the topmost `count` conditions of the stack.

    Examples
    --------
    >>> from exactpwl.vnnlib import parse_query
    >>> text = "(declare-const X_0 Real) (declare-const Y_0 Real) (assert (!= X_0 Y_0))"
    >>> parse_query(text).formula[-1]
    Join(kind='or', count=2)
    """

    kind: Kind
    count: int


Formula = tuple[Constraint | Join, ...]
"""Steps in postfix order; they leave one condition on the stack."""


def flattened(formula: Formula) -> Formula:
    """Return the same condition without joins of one part, or of the parent's kind.

    Examples
    --------
    >>> a, b, c = (Constraint(((i, 1),), (), 0) for i in range(3))
    >>> nested = (a, b, c, Join("and", 2), Join("or", 1), Join("and", 2))
    >>> flattened(nested) == (a, b, c, Join("and", 3))
    True
    """
    made: list[Constraint | Join] = []
    outer: list[tuple[Kind, int, int, int]] = []  # kind, parts to come, place in `made`, parts
    for step in reversed(formula):
        if isinstance(step, Constraint):
            made.append(step)
            while outer:
                kind, left, place, whole = outer.pop()
                if left > 1:
                    outer.append((kind, left - 1, place, whole))
                    break
        elif step.count > 1 and outer and step.kind == outer[-1][0]:
            kind, left, place, whole = outer.pop()
            outer.append((kind, left + step.count - 1, place, whole + step.count - 1))
            made[place] = Join(kind, whole + step.count - 1)
        elif step.count > 1:
            outer.append((step.kind, step.count, len(made), step.count))
            made.append(step)
    return tuple(reversed(made))


def formula_holds(
    formula: Formula, x: Sequence[Fraction | int | str], y: Sequence[Fraction | int | str]
) -> bool:
    """Whether inputs and outputs satisfy a formula, exactly.

    Examples
    --------
    >>> low, high = Constraint(((0, -1),), (), 0), Constraint(((0, 1),), (), -1)  # x <= 0, x >= 1
    >>> [formula_holds((low, high, Join("or", 2)), [x], []) for x in (0, "1/2", 1)]
    [True, False, True]
    """
    stack: list[bool] = []
    for step in formula:
        if isinstance(step, Constraint):
            stack.append(step.holds(x, y))
        else:
            joined = stack[-step.count :]
            del stack[-step.count :]
            stack.append(all(joined) if step.kind == "and" else any(joined))
    return stack[0]


def conjuncts(formula: Formula) -> list[Formula]:
    """Return the conditions of which a formula is the conjunction."""
    last = formula[-1]
    if not isinstance(last, Join) or last.kind == "or":
        return [formula]
    starts: list[int] = []
    for place, step in enumerate(formula[:-1]):
        if isinstance(step, Constraint):
            starts.append(place)
        else:
            del starts[len(starts) - step.count + 1 :]
    ends = [*starts[1:], len(formula) - 1]
    return [formula[start:end] for start, end in zip(starts, ends, strict=True)]


def disjuncts(
    formula: Formula, *, limit: int = MOST_INEQUALITIES
) -> tuple[tuple[Constraint, ...], ...]:
    """Return the disjunctive normal form: conjunctions of which one holds iff the formula does.

    Parameters
    ----------
    formula : Formula
    limit : int
        How many inequalities there may be, before any is dropped.

    Returns
    -------
    tuple of tuples of Constraint
        No disjunct is contradictory by a single function's bounds, none is there twice, and none
        has a constraint without variables or one that is implied by a parallel one.  No disjunct
        at all: the formula holds nowhere.  A disjunct that is empty: it holds everywhere.

    Raises
    ------
    TooLargeError
        If there would be more inequalities.
    """
    _check_size(formula, limit)
    stack: list[list[tuple[Constraint, ...]]] = []
    for step in formula:
        if isinstance(step, Constraint):
            stack.append([(step,)])
        else:
            joined = stack[-step.count :]
            del stack[-step.count :]
            stack.append(_conjunction(joined) if step.kind == "and" else _disjunction(joined))
    made = (tightened(disjunct) for disjunct in stack[0])
    return tuple(dict.fromkeys(disjunct for disjunct in made if disjunct is not None))


def _conjunction(joined: list[list[tuple[Constraint, ...]]]) -> list[tuple[Constraint, ...]]:
    return [tuple(c for part in chosen for c in part) for chosen in product(*joined)]


def _disjunction(joined: list[list[tuple[Constraint, ...]]]) -> list[tuple[Constraint, ...]]:
    return [disjunct for part in joined for disjunct in part]


def _check_size(formula: Formula, limit: int) -> None:
    """Compute the size of the normal form from the sizes of the parts; numbers stay below limit."""
    stack: list[tuple[int, int]] = []  # of a condition: its disjuncts, and their inequalities
    for step in formula:
        if isinstance(step, Constraint):
            stack.append((1, 1))
            continue
        number, entries = stack[-step.count]
        for other, others in stack[len(stack) - step.count + 1 :]:
            if step.kind == "and":
                number, entries = number * other, entries * other + others * number
            else:
                number, entries = number + other, entries + others
            if entries > limit:
                raise TooLargeError(
                    f"a disjunctive normal form of at most {limit} inequalities is required, this "
                    f"formula's has at least {format_count(entries)}: its disjunctions multiply; "
                    "raise the limit, or split the file into several"
                )
        del stack[-step.count :]
        stack.append((number, entries))


def tightened(constraints: Iterable[Constraint]) -> tuple[Constraint, ...] | None:
    """Return a conjunction without what is implied by a parallel inequality.

    Returns
    -------
    tuple of Constraint, or None
        In the order in which the functions first occur; None where two parallel inequalities
        contradict each other, or one without variables fails.

    Examples
    --------
    x >= 0, x >= 1 and x < 2; then with x < 1:

    >>> rows = [Constraint(((0, 1),), (), 0), Constraint(((0, 1),), (), -1)]
    >>> [c.offset for c in tightened([*rows, Constraint(((0, -1),), (), 2, True)])]
    [-1, 2]
    >>> tightened([*rows, Constraint(((0, -1),), (), 1, True)]) is None
    True
    """
    strongest: dict[tuple[Terms, Terms], Constraint] = {}
    for constraint in constraints:
        if constraint.is_constant:
            if not constraint.holds((), ()):
                return None
            continue
        key = constraint.direction
        kept = strongest.get(key)
        if kept is None or (constraint.bound, constraint.strict) > (kept.bound, kept.strict):
            strongest[key] = constraint
    for key, constraint in strongest.items():
        facing = strongest.get(_opposite(key))
        if facing is not None and _contradict(constraint, facing):
            return None
    return tuple(strongest.values())


def _opposite(direction: tuple[Terms, Terms]) -> tuple[Terms, Terms]:
    inputs, outputs = direction
    return tuple((i, -c) for i, c in inputs), tuple((i, -c) for i, c in outputs)


def _contradict(low: Constraint, high: Constraint) -> bool:
    """Whether ``f >= low.bound`` and ``-f >= high.bound`` exclude each other."""
    gap = low.bound + high.bound
    return gap > 0 or (gap == 0 and (low.strict or high.strict))
