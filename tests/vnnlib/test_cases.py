"""Cases: what is said of inputs, of outputs, and of both; strict stays strict."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import AffineMap, Network
from exactpwl.errors import DimensionError, DomainError
from exactpwl.inequality import value
from exactpwl.vnnlib import Case, Constraint, InputSet, parse_query
from strategies import VNNLIBText, networks, points, vnnlib_texts

HEAD = "".join(f"(declare-const {n} Real)" for n in ("X_0", "X_1", "Y_0", "Y_1"))


def only_case(conditions: str) -> Case:
    (case,) = parse_query(f"{HEAD}(assert (and {conditions}))").cases()
    return case


def test_a_case_falls_into_three() -> None:
    case = only_case("(> X_0 0) (< (+ X_0 X_1) 3) (<= Y_0 Y_1) (< (+ X_0 (* 0.5 Y_0)) 1)")
    assert case.input_set.constraints == (
        Constraint(((0, 1),), (), 0, True),
        Constraint(((0, -1), (1, -1)), (), 3, True),
    )
    assert case.on_outputs == (Constraint((), ((0, -1), (1, 1)), 0),)
    assert case.mixed == (Constraint(((0, -2),), ((0, -1),), 2, True),)


def test_the_input_set_keeps_strictness_and_its_domain_is_closed() -> None:
    inputs = only_case("(> X_0 0) (< X_0 1) (<= 0 X_1 1) (> Y_0 0)").input_set
    assert inputs.is_box
    assert inputs.contains(["1/2", 0])
    assert not inputs.contains([0, 0])
    assert str(inputs.domain()) == "the box [0, 1] x [0, 1]"
    assert inputs.polyhedron.status == "full"


def test_bounds_are_those_of_single_inputs() -> None:
    inputs = only_case("(>= (* 3 X_0) 1) (<= (+ X_0 X_1) 1) (<= X_1 2) (> Y_0 0)").input_set
    assert inputs.bounds == ((Fraction(1, 3), None), (None, Fraction(2)))
    assert not inputs.is_box
    assert len(inputs.domain().rows) == 3


def test_bounds_of_a_set_made_by_hand_are_the_strongest() -> None:
    rows = [Constraint(((0, 1),), (), -k) for k in range(3)]
    rows += [Constraint(((0, -1),), (), k) for k in (7, 5)]
    assert InputSet(1, tuple(rows)).bounds == ((Fraction(2), Fraction(5)),)


def test_a_fixed_input_makes_no_domain() -> None:
    inputs = only_case("(= X_1 0.25) (<= 0 X_0 1) (> Y_0 0)").input_set
    assert inputs.fixed == {1: Fraction(1, 4)}
    with pytest.raises(DomainError, match=r"1 of 2 inputs are fixed, the first is input 1 at 1/4;"):
        inputs.domain()


def test_equal_input_sets_are_looked_into_once() -> None:
    query = parse_query(
        f"{HEAD}(assert (<= 0 X_0 1))(assert (or (> Y_0 1) (> Y_1 1) (and (> X_1 0) (< Y_0 0))))"
    )
    groups = query.by_input_set()
    assert [len(cases) for _, cases in groups] == [2, 1]
    assert sum((cases for _, cases in groups), ()) == query.cases()


def test_a_point_of_another_dimension() -> None:
    case = only_case("(> X_0 0) (> Y_0 0)")
    with pytest.raises(DimensionError, match="a point with 2 coordinates is required, got 1"):
        case.holds([1], [1, 1])
    with pytest.raises(DimensionError, match="a point with 2 coordinates is required, got 3"):
        case.holds([1, 1], [1, 1, 1])
    with pytest.raises(DimensionError, match="inputs alone is required; use on_piece"):
        case.on_outputs[0].input_row(2)


@given(st.data())
def test_on_a_piece_a_constraint_speaks_of_the_networks_value(
    data: st.DataObject,
) -> None:
    written: VNNLIBText = data.draw(vnnlib_texts(1))
    net: Network = data.draw(
        networks(inputs=st.just(written.inputs), outputs=st.just(written.outputs))
    )
    x = data.draw(points(written.inputs))
    piece: AffineMap = net.affine_map_at(x)
    for case in parse_query(written.text).cases():
        for constraint in case.constraints:
            assert value(constraint.on_piece(piece), x) == constraint.value(x, net(x))


def test_a_negation_holds_exactly_where_the_constraint_fails() -> None:
    constraint = Constraint(((0, 2),), ((0, -1),), 1)
    for y in range(5):
        assert constraint.holds([1], [y]) != constraint.negation.holds([1], [y])
    assert constraint.negation.negation == constraint
