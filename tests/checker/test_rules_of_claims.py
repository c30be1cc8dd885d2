"""For each rule about clauses and slopes a false certificate that only this rule stops."""

from __future__ import annotations

from typing import Any

import handmade as by_hand
import pytest
from cases import judge
from handmade import LINEAR, layer, network
from test_rules import BEND, certificate, holding

KINK = {"own": "1", "0.0.0": "1"}


def atom(bound: Any, coefficient: Any = 1, x: Any = 0, *, strict: bool = False) -> dict[str, Any]:
    """Return x.x + coefficient.f <= bound, or < bound."""
    return by_hand.inequality([coefficient], bound, [x], strict=strict)


def told(clause: list[dict[str, Any]], below: Any, above: Any) -> str:
    """Return what is said of a clause about relu(x), with proofs for its two regions."""
    nodes = [["split", 0, 0, 0], ["leaf", ["-1"], [below]], ["leaf", ["1"], [above]]]
    return judge(certificate(holding(2, clause), BEND, [], *nodes))


def test_alternatives_may_be_needed_together() -> None:
    """relu(x) <= 1 or relu(x) > 1, and neither holds everywhere."""
    clause = [atom(1), atom(-1, -1, strict=True)]
    together = {"own": "1", "own1": "1"}
    assert told(clause, {"own": "1"}, together) == ""
    assert "cancel" in told(clause, {"own": "1"}, {"own": "1"})
    assert "true statement" in told(clause, {"own1": "1"}, together)


@pytest.mark.parametrize("strict", [(True, True), (True, False), (False, True), (False, False)])
def test_a_point_between_strict_alternatives(strict: tuple[bool, bool]) -> None:
    """relu(x) < 1 or relu(x) > 1 is false at 1: the sum of what is weak is 0 >= 0."""
    clause = [atom(1, strict=strict[0]), atom(-1, -1, strict=strict[1])]
    said = told(clause, {"own": "1"}, {"own": "1", "own1": "1"})
    assert ("true statement" in said) is all(strict)
    assert (said == "") is not all(strict)


def test_the_strictness_of_an_alternative_that_is_not_used() -> None:
    """relu(x) < 0 or relu(x) <= -1: the second one's negation is strict, but it takes no part."""
    clause = [atom(0, strict=True), atom(-1)]
    assert "true statement" in told(clause, {"own": "1"}, {"own": "1"})
    assert "true statement" in told(clause, {"own": "1", "own1": "1"}, {"own": "1"})


def test_each_inequality_of_a_clause_has_its_own_strictness() -> None:
    """Where f is 0, f < 0 is not proved by f <= -1; and f <= 0 is, by itself, behind f < 0."""
    net = network(layer([[0]], [0], LINEAR))
    for clause, name, valid in (
        ([atom(0, strict=True), atom(-1)], "own", False),
        ([atom(0, strict=True), atom(0, -1)], "own1", True),
        ([atom(0), atom(0, -1, strict=True)], "own", True),
        ([atom(0), atom(0, -1, strict=True)], "own1", False),
    ):
        lines = certificate(holding(1, clause), net, [], ["leaf", ["0"], [{name: "1"}]])
        assert (judge(lines) == "") is valid


@pytest.mark.parametrize("name", ["own1", "own2", "own0", "own00", "own-1"])
def test_an_inequality_that_does_not_stand_in_the_clause(name: str) -> None:
    """Otherwise another clause's would be taken."""
    clause = [atom(0, -1)]
    assert told(clause, {"own": "1"}, KINK) == ""
    assert "does not stand above" in told(clause, {"own": "1", name: "1"}, KINK)
    assert '"own"' in told(clause, {name: "1"}, KINK)


def test_all_clauses_are_proved() -> None:
    """Otherwise relu(x) <= 0, written behind relu(x) >= 0."""
    claim = holding(2, [atom(0, -1)], [atom(0)])
    for proofs in ([{"own": "1"}], [{"own": "1"}, {"own": "1"}]):
        nodes = [["split", 0, 0, 0], ["leaf", ["-1"], proofs], ["leaf", ["1"], [KINK, *proofs[1:]]]]
        assert judge(certificate(claim, BEND, [], *nodes))


@pytest.mark.parametrize("wrong", [[], ["0", "0"], ["1", "1"]])
def test_one_coefficient_for_each_input(wrong: list[str]) -> None:
    each = {**atom(0, -1), "inputs": wrong}
    assert "a list is required, of 1" in told([each], {"own": "1"}, KINK)
    assert "a list is required" in judge(by_hand.fails([BEND], [], ["2"], [[{**each}]]))


def test_a_clause_has_an_inequality() -> None:
    """Otherwise nothing holds of it, or everything."""
    assert "no inequality" in told([], {"own": "1"}, {"own": "1"})
    assert "no inequality" in judge(by_hand.fails([BEND], [], ["2"], [[]]))


def test_inputs_count() -> None:
    """x <= relu(x) is true, relu(x) <= x is not."""
    assert told([atom(0, -1, 1)], {"own": "1", "0.0.0": "1"}, {"own": "1"}) == ""
    for below in ({"own": "1"}, {"own": "1", "0.0.0": "1"}):
        assert "cancel" in told([atom(0, 1, -1)], below, {"own": "1"})


@pytest.mark.parametrize("weight", ["1", "1/3", "-5/7", "6"])
def test_inputs_have_the_scale_of_the_outputs(weight: str) -> None:
    """w x + 1/5 is w x + 1/5, and not a little less."""
    net = network(layer([[weight]], ["1/5"], LINEAR))
    for bound, valid in (("1/5", True), ("1/4", True), ("1/6", False)):
        each = by_hand.inequality([1], bound, [-by_hand.Fraction(weight)])
        lines = certificate(holding(1, [each]), net, [], ["leaf", ["0"], [{"own": "1"}]])
        assert (judge(lines) == "") is valid


@pytest.mark.parametrize(
    ("clauses", "valid"),
    [
        ([[atom(1), atom(-3, -1)]], True),
        ([[atom(1), atom(-2, -1)]], False),
        ([[atom(2), atom(1)]], False),
        ([[atom(2, strict=True), atom(1)]], True),
        ([[atom(2), atom(2)], [atom(1)]], True),
        ([[atom(2)], [atom(3), atom(1)]], False),
        ([[atom(3, x=1)]], True),
        ([[atom(4, x=1)]], False),
        ([[atom(4, x=1, strict=True)]], True),
        ([[atom(-1, x=-1)]], True),
        ([[atom(0, x=-1)]], False),
    ],
)
def test_a_clause_fails_where_all_its_inequalities_do(clauses: Any, valid: bool) -> None:
    """relu(2) is 2."""
    said = judge(by_hand.fails([BEND], [], ["2"], clauses))
    assert ("none that fails at the point" in said) is not valid
    assert (said == "") is valid


def slope(value: Any, net: Any = BEND, coefficients: Any = ("1",), way: Any = ("1",)) -> str:
    claim = {"kind": "slope", "coefficients": list(coefficients), "direction": list(way)}
    nodes = [["split", 0, 0, 0], ["leaf", ["-1"]], ["leaf", ["1"]]]
    nodes = nodes if net is BEND else [["leaf", ["0"] * net["inputs"]]]
    regions = sum(node[0] == "leaf" for node in nodes)
    return judge(certificate({**claim, "value": str(value), "regions": regions}, net, [], *nodes))


def test_the_greatest_slope_is_neither_more_nor_less() -> None:
    assert slope(1) == slope(0, way=["-1"]) == slope(0, coefficients=["-1"]) == ""
    assert slope("3/2", coefficients=["-3"], way=["-1/2"]) == slope(0, way=["0"]) == ""
    for wrong in ("0", "1/2", "2", "-1", "999/1000"):
        assert "steepest leaf" in slope(wrong)


def test_a_slope_may_be_negative() -> None:
    """Otherwise the greatest slope of -2x + 1 is 0, that of no leaf."""
    falling = network(layer([["-2/3"]], [1], LINEAR))
    assert slope("-2/3", falling) == slope("2/3", falling, way=["-1"]) == ""
    assert slope("-1/3", falling, ["1/2"]) == ""
    for wrong in (0, "2/3", "-1", "-2", "-1/3"):
        assert "steepest leaf" in slope(wrong, falling)


def test_a_slope_has_all_outputs_and_all_inputs() -> None:
    net = network(layer([[1, 2], [3, 5]], [0, 0], LINEAR))
    assert slope(-3, net, ["1", "-1"], ["0", "1"]) == ""
    assert "steepest leaf" in slope("31/4", net, ["1/4", "1"], ["1", "1"])
    assert slope("35/4", net, ["1/4", "1"], ["1", "1"]) == ""
    for coefficients, way in ((["1"], ["1", "1"]), (["1", "1"], ["1"]), (["1"] * 3, ["1", "1"])):
        assert "a list is required, of 2" in slope(3, net, coefficients, way)
    assert "a list is required, of 2" in slope(3, net, ["1", "1"], ["1"] * 3)


def test_a_slope_is_of_decided_leaves() -> None:
    claim = {"kind": "slope", "coefficients": ["1"], "direction": ["1"], "value": "0"}
    lines = certificate({**claim, "regions": 1}, BEND, [], ["leaf", ["-1"]])
    assert "undecided" in judge(lines)
