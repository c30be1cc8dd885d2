"""Normal forms: their size is refused before they are made, and what is implied is left out."""

import pytest
from hypothesis import given

from exactpwl.errors import TooLargeError
from exactpwl.vnnlib import Constraint, Join, parse_query
from exactpwl.vnnlib.formulas import conjuncts, disjuncts, flattened, tightened
from strategies import VNNLIBText, vnnlib_texts

HEAD = "(declare-const X_0 Real) (declare-const Y_0 Real) (declare-const Y_1 Real) "


def bound(index: int, coefficient: int, offset: int, *, strict: bool = False) -> Constraint:
    return Constraint(((index, coefficient),), (), offset, strict)


def test_a_normal_form_that_is_too_large_is_refused_before_it_is_made() -> None:
    text = HEAD + "(assert (or (> Y_0 1) (> Y_1 X_0)))" * 60
    with pytest.raises(TooLargeError, match=r"at most 1000000 inequalities .* at least 2\^20: its"):
        parse_query(text).cases()


def test_the_limit_counts_inequalities() -> None:
    query = parse_query(HEAD + "(assert (or (> Y_0 1) (> Y_1 2)))(assert (or (< Y_0 3) (< Y_1 4)))")
    assert len(query.cases(limit=8)) == 4
    with pytest.raises(TooLargeError, match="at most 7 inequalities is required"):
        query.cases(limit=7)
    with pytest.raises(TooLargeError, match="raise the limit"):
        query.by_input_set(limit=7)


def test_contradictory_cases_are_left_out() -> None:
    query = parse_query(
        HEAD
        + "(assert (or (and (<= X_0 1) (>= X_0 0)) (and (<= X_0 3) (>= X_0 2))))"
        + "(assert (or (< X_0 1/2) (> X_0 2)))".replace("1/2", "0.5")
    )
    assert len(query.cases()) == 2


@pytest.mark.parametrize(
    ("constraints", "kept"),
    [
        ([bound(0, 1, 0), bound(0, 2, -1)], [bound(0, 2, -1)]),
        ([bound(0, 1, 0), bound(0, 1, 0, strict=True)], [bound(0, 1, 0, strict=True)]),
        ([bound(0, 1, 0), bound(0, -1, 0)], [bound(0, 1, 0), bound(0, -1, 0)]),
        ([bound(0, 1, 0), bound(0, -1, 0, strict=True)], None),
        ([bound(0, 3, -2), bound(0, -2, 1)], None),
        ([Constraint((), (), 0), bound(1, 1, 0)], [bound(1, 1, 0)]),
        ([Constraint((), (), 0, True)], None),
        ([], []),
    ],
)
def test_the_strongest_of_parallel_inequalities_is_kept(
    constraints: list[Constraint], kept: list[Constraint] | None
) -> None:
    found = tightened(constraints)
    assert found == (None if kept is None else tuple(kept))


def test_what_holds_everywhere_has_an_empty_case_and_what_holds_nowhere_has_none() -> None:
    assert disjuncts((Constraint((), (), 1),)) == ((),)
    assert disjuncts((Constraint((), (), -1),)) == ()


@given(vnnlib_texts(1))
def test_a_flat_formula_has_no_join_of_one_part_or_of_its_parents_kind(written: VNNLIBText) -> None:
    formula = parse_query(written.text).formula
    assert flattened(formula) == formula
    assert all(step.count > 1 for step in formula if isinstance(step, Join))
    joined: list[str] = []
    for step in formula:
        if isinstance(step, Join):
            assert step.kind not in joined[-step.count :]
            del joined[-step.count :]
        joined.append(step.kind if isinstance(step, Join) else "constraint")
    assert len(joined) == 1


@given(vnnlib_texts(2))
def test_conjuncts_join_to_the_formula(written: VNNLIBText) -> None:
    formula = parse_query(written.text).formula
    parts = conjuncts(formula)
    steps = tuple(step for part in parts for step in part)
    assert flattened((*steps, Join("and", len(parts)))) == formula
