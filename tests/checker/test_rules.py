"""For each rule of docs/certificate.md a false certificate that only this rule stops.

They are about a few neurons on the line, typed by hand, so that one sees why they are false.
"""

from __future__ import annotations

from typing import Any

import handmade as by_hand
import pytest
from cases import DEEP, SQUARE, case, judge
from handmade import LEAKY, LINEAR, RELU, layer, network

BEND = network(layer([[1]], [0], RELU))
"""relu(x)"""
TWO = network(layer([[1], [1]], [0, -1], RELU))
"""relu(x) and relu(x - 1): three regions"""
UNIT = by_hand.box((0, 1))

HALVES = {"breakpoints": ["-1/2", "1/2"], "slopes": ["3", "2", "-1"], "value_at_zero": "3"}
FLAT = {"breakpoints": ["-1/2"], "slopes": ["5", "5"], "value_at_zero": "0"}


def certificate(
    claim: dict[str, Any], nets: Any, domain: list[list[str]], *nodes: list[Any]
) -> list[Any]:
    nets = nets if isinstance(nets, list) else [nets]
    leaves = sum(node[0] == "leaf" for node in nodes)
    sides = sum(node[0] in ("below", "above") for node in nodes)
    return [by_hand.header(claim, nets, domain), *nodes, ["end", leaves, sides]]


def partition(count: int) -> dict[str, Any]:
    return {"kind": "partition", "regions": count}


def bounded(count: int, coefficient: Any, bound: Any, *, strict: bool = False) -> dict[str, Any]:
    return holding(count, [by_hand.inequality([coefficient], bound, [0], strict=strict)])


def holding(count: int, *clauses: list[dict[str, Any]]) -> dict[str, Any]:
    return {"kind": "property", "holds": True, "property": list(clauses), "regions": count}


def test_every_kink_is_decided_at_a_leaf() -> None:
    """Otherwise relu has one region."""
    assert "undecided" in judge(certificate(partition(1), BEND, [], ["leaf", ["1"]]))


def test_no_kink_is_decided_twice() -> None:
    """Otherwise the second decision stands for that of another neuron, and TWO has two regions."""
    nodes = [
        ["split", 0, 0, 0],
        ["below", 0, 0, 0, {"own": "1", "0.0.0": "1"}],
        ["leaf", ["-1"]],
        ["above", 0, 0, 0, {"own": "1", "0.0.0": "1"}],
        ["leaf", ["2"]],
    ]
    assert "decided already" in judge(certificate(partition(2), TWO, [], *nodes))


@pytest.mark.parametrize("constant", [-1, 0])
def test_a_constant_neuron_is_not_decided_by_the_certificate(constant: int) -> None:
    """Otherwise it stands for another neuron: here relu(x) is never decided."""
    net = network(layer([[0], [1]], [constant, 0], RELU))
    nodes = [["below", 0, 0, 0, {"own": "1"}], ["leaf", ["1"]]]
    assert "one side only" in judge(certificate(partition(1), net, [], *nodes))


def test_the_layers_before_are_decided() -> None:
    """Otherwise relu(relu(x) - 1) would be split at a function that is not yet known."""
    net = network(layer([[1]], [0], RELU), layer([[1]], [-1], RELU))
    nodes = [
        ["split", 1, 0, 0],
        ["leaf", ["-1"]],
        ["split", 0, 0, 0],
        ["leaf", ["1"]],
        ["leaf", ["2"]],
    ]
    assert "behind a layer" in judge(certificate(partition(3), net, [], *nodes))


@pytest.mark.parametrize("witness", ["0", "-1"])
def test_a_witness_is_strictly_inside(witness: str) -> None:
    """Otherwise relu(x) and relu(-x) have four regions: two of them are the origin."""
    net = network(layer([[1], [-1]], [0, 0], RELU))
    split = ["split", 0, 1, 0]
    nodes = [["split", 0, 0, 0], split, ["leaf", [witness]], ["leaf", ["-1"]], split]
    nodes += [["leaf", ["1"]], ["leaf", [witness]]]
    assert "strictly inside" in judge(certificate(partition(4), net, [], *nodes))


def test_a_domain_without_interior_proves_nothing() -> None:
    """Otherwise relu(x) < 0 on {0}: there everything holds that holds in its empty interior."""
    point = [["1", "0"], ["-1", "0"]]
    nodes = [
        ["below", 0, 0, 0, {"own": "1", "d1": "1"}],
        ["leaf", ["0"], [{"own": "1", "d0": "1"}]],
    ]
    assert "strictly inside" in judge(certificate(bounded(1, 1, -1), BEND, point, *nodes))


def test_an_empty_domain_proves_nothing() -> None:
    empty = [["1", "-1"], ["-1", "-1"]]
    nodes = [
        ["below", 0, 0, 0, {"own": "1", "d1": "1"}],
        ["leaf", ["0"], [{"own": "1", "d0": "1"}]],
    ]
    assert "strictly inside" in judge(certificate(bounded(1, 1, -1), BEND, empty, *nodes))


def test_a_multiplier_is_positive() -> None:
    """Otherwise relu is never active in [0, 1]: for -own + d0 = 0, which no strict row may be."""
    nodes = [["below", 0, 0, 0, {"own": "-1", "d0": "1", "0.0.0": "1"}], ["leaf", ["1/2"]]]
    assert judge(certificate(partition(1), BEND, UNIT, *nodes))
    nodes = [["below", 0, 0, 0, {"own": "-1", "d0": "1"}], ["leaf", ["1/2"]]]
    assert "positive" in judge(certificate(partition(1), BEND, UNIT, *nodes))


@pytest.mark.parametrize("side", ["below", "above"])
def test_no_multiplier_subtracts_a_row(side: str) -> None:
    """Otherwise relu is never active in [0, 1], for x > 0 less x >= 0 leaves 0 > 0."""
    row = {"below": "d0", "above": "d1"}[side]
    nodes = [[side, 0, 0, 0, {"own": "1", row: "-1"}], ["leaf", ["1/2"]]]
    assert "positive" in judge(certificate(partition(1), BEND, UNIT, *nodes))


def test_a_multiplier_is_not_zero() -> None:
    """It would do no harm, but what is written is needed."""
    multipliers = {"own": "1", "d0": "1"}
    nodes = [["above", 0, 0, 0, multipliers], ["leaf", ["1/2"]]]
    assert judge(certificate(partition(1), BEND, UNIT, *nodes)) == ""
    multipliers["d1"] = "0"
    assert "positive" in judge(certificate(partition(1), BEND, UNIT, *nodes))


@pytest.mark.parametrize("breakpoints", [["0", "0"], ["1/2", "-1/2"], ["0", "1", "1/2"]])
def test_breakpoints_increase(breakpoints: list[str]) -> None:
    slopes = ["0", "3", "1", "2"][: len(breakpoints) + 1]
    bad = {"breakpoints": breakpoints, "slopes": slopes, "value_at_zero": "0"}
    certificates = [by_hand.partition([network(layer([[1]], [0], bad))], [])]
    certificates.append(certificate(partition(1), network(layer([[0]], [0], bad)), [], LEAF))
    for lines in certificates:
        assert "increase" in judge(lines)


LEAF = ["leaf", ["1"]]


@pytest.mark.parametrize("first", [0, 1])
def test_the_kinks_of_both_networks_are_decided(first: int) -> None:
    """Otherwise relu(x) is x, for x enters it."""
    pair = [BEND, network(layer([[1]], [0], LINEAR))]
    claim = {"kind": "equal", "holds": True, "regions": 1}
    nets = [pair[first], pair[1 - first]]
    assert "undecided" in judge(certificate(claim, nets, [], LEAF))


def test_the_variables_cancel() -> None:
    """Otherwise -1 > 0 can be had from x > 0 and 1 - x > 0 in any amounts."""
    nodes = [["above", 0, 0, 0, {"own": "1", "0.0.0": "1"}], ["leaf", ["1/2"]]]
    assert judge(certificate(partition(1), BEND, [], *nodes))
    nodes = [
        ["below", 0, 1, 0, {"own": "1"}],
        ["split", 0, 0, 0],
        ["leaf", ["-1"]],
        ["leaf", ["1/2"]],
    ]
    assert "do not cancel" in judge(certificate(partition(2), TWO, [], *nodes))


def test_what_is_left_is_false() -> None:
    """Otherwise x > 0 and 1 - x > 0 make 1 > 0, which refutes nothing."""
    nodes = [["below", 0, 0, 0, {"own": "1", "d1": "1"}], ["leaf", ["1/2"]]]
    assert "true statement" in judge(certificate(partition(1), BEND, UNIT, *nodes))


def test_zero_is_refuted_by_strict_rows_alone() -> None:
    """relu(x) > 0 is false at x <= 0: -relu(x) >= 0 there is 0 >= 0, and that is true."""
    nodes = [
        ["split", 0, 0, 0],
        ["leaf", ["-1"], [{"own": "1"}]],
        ["leaf", ["1"], [{"own": "1", "0.0.0": "1"}]],
    ]
    claim = bounded(2, -1, 0, strict=True)
    assert judge(certificate(claim, BEND, [], *nodes)).startswith("line 3: a refutation ends")
    assert judge(certificate(bounded(2, -1, 0), BEND, [], *nodes)) == ""


def test_a_refutation_uses_what_it_refutes() -> None:
    assert '"own"' in judge(
        certificate(partition(1), BEND, UNIT, ["above", 0, 0, 0, {"d0": "1"}], ["leaf", ["1/2"]])
    )


def test_the_number_of_leaves_is_the_number_claimed() -> None:
    nodes = [["split", 0, 0, 0], ["leaf", ["-1"]], ["leaf", ["1"]]]
    assert judge(certificate(partition(2), BEND, [], *nodes)) == ""
    for count in (1, 3):
        assert "leaves" in judge(certificate(partition(count), BEND, [], *nodes))


def test_a_property_fails_where_it_is_claimed_to_fail() -> None:
    def fails(bound: Any, *, strict: bool) -> str:
        listed = [by_hand.inequality([1], bound, [0], strict=strict)]
        return judge(by_hand.fails([BEND], [], ["2"], [listed]))

    assert fails(1, strict=False) == fails(1, strict=True) == fails(2, strict=True) == ""
    assert "fails at the point" in fails(2, strict=False)
    assert "fails at the point" in fails(3, strict=False)
    assert "fails at the point" in fails("5/2", strict=True)
    assert "fails at the point" in fails(3, strict=True)


def test_networks_that_differ_have_the_same_shape() -> None:
    for other, point in (
        (network(layer([[1], [1]], [0, 0], RELU)), ["2"]),
        (network(layer([[1, 1]], [0], RELU)), ["2"]),
        (network(layer([[1, 1]], [0], RELU)), ["2", "2"]),
    ):
        for pair in ([BEND, other], [other, BEND]):
            assert judge(by_hand.fails(pair, [], point))
            claim = {"kind": "equal", "holds": True, "regions": 1}
            assert "shapes" in judge(certificate(claim, pair, [], ["leaf", ["1"]]))


RAYS = [("1", "-1", "upper"), ("1", "0", "upper"), ("-1", "1", "upper"), ("1", "1", "lower")]


@pytest.mark.parametrize(("coefficient", "direction", "which"), RAYS)
def test_a_range_is_unbounded_only_along_a_ray_that_shows_it(
    coefficient: str, direction: str, which: str
) -> None:
    end = {"point": ["1"], "direction": [direction]}
    claim: dict[str, Any] = {"kind": "range", "coefficients": [coefficient]}
    claim |= {"lower": {"point": ["-1"], "value": "0"}, "upper": {"point": ["-1"], "value": "0"}}
    claim |= {which: end, "regions": 2}
    nodes = [
        ["split", 0, 0, 0],
        ["leaf", ["-1"], [{"own": "1"}, {"own": "1"}]],
        ["leaf", ["1"], [{"own": "1", "0.0.0": "1"}, {"own": "1", "0.0.0": "1"}]],
    ]
    for node in nodes[1:]:
        del node[2][which == "upper"]
    assert "bounded along the ray" in judge(certificate(claim, BEND, [], *nodes))


def test_a_ray_stays_in_the_domain() -> None:
    lines = case("unbounded range")
    lines[0]["domain"].append(["0", "-1", "9"])
    assert "direction leaves" in judge(lines)


@pytest.mark.parametrize("norm", ["2", "", "one", "2  squared"])
def test_norms_that_are_none(norm: str) -> None:
    lines = case("lipschitz 2 squared")
    lines[0]["claim"]["norm"] = norm
    assert "not a norm" in judge(lines)


def test_the_euclidean_norm_is_for_one_output() -> None:
    """The square sum of the first row alone would be a smaller number for more outputs."""
    net = network(layer([[1], [2]], [0, 0], LINEAR))
    for value in ("1", "4", "5"):
        claim = {"kind": "lipschitz", "norm": "2 squared", "value": value, "regions": 1}
        assert "not a norm" in judge(certificate(claim, net, [], ["leaf", ["1"]]))


@pytest.mark.parametrize("norm", ["1", "inf", "2 squared"])
def test_the_norm_of_one_output(norm: str) -> None:
    lines = by_hand.lipschitz([DEEP], SQUARE, norm)
    assert judge(lines) == ""
    lines[0]["claim"]["value"] += "1"
    assert "steepest leaf" in judge(lines)


def test_networks_without_outputs_or_inputs() -> None:
    empty: dict[str, Any] = {"weight": [], "bias": [], "activations": [], "kinds": []}
    point: dict[str, Any] = {"inputs": 0, "layers": [{**layer([[]], [3], RELU), "weight": [[]]}]}
    for norm in ("1", "inf"):
        claim = {"kind": "lipschitz", "norm": norm, "value": "0", "regions": 1}
        nothing = {"inputs": 1, "layers": [empty]}
        assert judge(certificate(claim, nothing, [], ["leaf", ["1"]])) == ""
        assert judge(certificate(claim, point, [], ["leaf", []])) == ""
        for value in ("1", "-1"):
            changed = {**claim, "value": value}
            assert judge(certificate(changed, nothing, [], ["leaf", ["1"]]))


@pytest.mark.parametrize("constant", ["-1", "-1/2", "0", "1/3", "1/2", "2/3", "5"])
@pytest.mark.parametrize("activation", [RELU, LEAKY, HALVES, by_hand.HARD_TANH, by_hand.STEPS])
def test_constant_neurons_have_the_value_of_their_piece(
    constant: str, activation: dict[str, Any]
) -> None:
    """s(constant) + x, in a network in which s is computed, and in one in which it is known."""
    first = layer([[0], [1]], [constant, 0], activation, LINEAR)
    computed = network(first, layer([[2, 1]], [0], LINEAR))
    (value, _) = by_hand.evaluate(network(first), [by_hand.Fraction(0)])
    known = network(layer([[1]], [2 * value], LINEAR))
    wrong = network(layer([[1]], [2 * value + 1], LINEAR))
    claim = {"kind": "equal", "holds": True, "regions": 1}
    assert judge(certificate(claim, [computed, known], [], ["leaf", ["1"]])) == ""
    assert "differ" in judge(certificate(claim, [computed, wrong], [], ["leaf", ["1"]]))
    assert "agree" in judge(by_hand.fails([computed, known], [], ["7/5"]))
    assert judge(by_hand.fails([computed, wrong], [], ["7/5"])) == ""


@pytest.mark.parametrize("activation", [HALVES, FLAT, by_hand.STEPS])
def test_each_piece_has_its_function(activation: dict[str, Any]) -> None:
    net = network(layer([[1]], [0], activation))
    assert judge(by_hand.partition([net], [])) == ""
    assert judge(by_hand.value_range([net], by_hand.box((-3, 3)), ["1"])) == ""
    same = network(layer([["1/2"]], [1], LINEAR), layer([[2]], [-2], activation))
    assert judge(by_hand.equal([net, same], [])) == ""
