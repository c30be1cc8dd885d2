"""For each rule about branches that end early a false certificate that only this rule stops.

On [-1, 1] an undecided relu(x) lies between parallel lines: it is x/2 + 1/4 up to 1/4.  So a single
leaf can prove what these lines prove, and must not prove more.
"""

from __future__ import annotations

from typing import Any

import handmade as by_hand
import pytest
from cases import judge
from handmade import LINEAR, RELU, layer, network
from test_rules import BEND, certificate, holding, partition

SPAN = by_hand.box((-1, 1))
LOOSE = {"own": "1"}
"""The bound of the box."""
BOTH = [LOOSE, LOOSE]
STEEP = {"breakpoints": ["0"], "slopes": ["-5", "1"], "value_at_zero": "0"}
ABS = {"breakpoints": ["0"], "slopes": ["-1", "1"], "value_at_zero": "0"}
BUMP = {"breakpoints": ["-1", "0", "1"], "slopes": ["0", "1", "-1", "0"], "value_at_zero": "1"}


def leaf(proof: dict[str, str], *bounds: list[Any], witness: str = "1/2") -> list[Any]:
    """Return a leaf with the bounds of its neurons, layer by layer."""
    return ["leaf", [witness], [proof], list(bounds)]


def told(
    net: Any,
    each: dict[str, Any],
    *nodes: list[Any],
    domain: list[list[str]] = SPAN,
) -> str:
    """Return what the checker says of a property of one inequality."""
    leaves = sum(node[0] == "leaf" for node in nodes)
    return judge(certificate(holding(leaves, [each]), net, domain, *nodes))


def at_most(bound: Any, inputs: Any = 0, coefficients: Any = (1,), **how: Any) -> dict[str, Any]:
    """Return coefficients.f <= bound + inputs x."""
    return by_hand.inequality(coefficients, bound, [-by_hand.Fraction(inputs)], **how)


def test_outputs_are_known_up_to_their_error() -> None:
    """Otherwise relu(x) is x/2 + 1/4, and at most 3/4 on [-1, 1]."""
    ends = leaf({"own": "1", "d1": "1"}, [BOTH])
    assert told(BEND, at_most(1), ends) == ""
    assert "true statement" in told(BEND, at_most("3/4"), leaf({"own": "1", "d1": "2"}, [BOTH]))
    assert told(BEND, at_most("1/2", "1/2"), leaf(LOOSE, [BOTH])) == ""
    assert "true statement" in told(BEND, at_most("1/4", "1/2"), leaf(LOOSE, [BOTH]))
    assert "true statement" in told(BEND, at_most("499/1000", "1/2"), leaf(LOOSE, [BOTH]))
    assert "true statement" in told(BEND, at_most("1/2", "1/2", strict=True), leaf(LOOSE, [BOTH]))


def test_an_output_may_be_below_the_line_as_well() -> None:
    """Otherwise relu(x) > x/2 on [-1, 1], which is false at 0."""
    assert told(BEND, at_most(0, "-1/2", [-1]), leaf(LOOSE, [BOTH])) == ""
    strict = at_most(0, "-1/2", [-1], strict=True)
    assert "true statement" in told(BEND, strict, leaf(LOOSE, [BOTH]))


def test_a_multiplier_of_a_bound_is_positive() -> None:
    """Otherwise x <= -1 on [-1, 1], for x less twice x + 1 is at most -1; and relu is 0."""
    for factor in ("-2", "0"):
        for bounds in ([LOOSE, {"own": "1", "d0": factor}], [{"own": "1", "d1": factor}, LOOSE]):
            assert "positive" in told(BEND, at_most(0), leaf(LOOSE, [bounds]))
    assert "positive" in told(BEND, at_most(0), leaf(LOOSE, [[LOOSE, {"own": "-1"}]]))


@pytest.mark.parametrize("wrong", [{}, {"d1": "1"}, {"d0": "1", "d1": "1"}])
def test_a_bound_is_of_the_neuron(wrong: dict[str, str]) -> None:
    """Otherwise what is said of the box is said of any neuron."""
    for bounds in ([wrong, LOOSE], [LOOSE, wrong]):
        assert '"own"' in told(BEND, at_most(1), leaf({"own": "1", "d1": "1"}, [bounds]))


def test_a_bound_uses_rows_that_stand_above() -> None:
    """Otherwise x <= 0 by a kink that is not decided."""
    bounds = [[LOOSE, {"own": "1", "0.0.0": "1"}]]
    assert "does not stand above" in told(BEND, at_most(0), leaf(LOOSE, bounds))
    nodes = [["split", 0, 0, 0], leaf(LOOSE, [[LOOSE, {"own": "1", "0.0.0": "1"}]], witness="-1/2")]
    assert told(BEND, at_most(1), *nodes, leaf({"own": "1", "d1": "1"}, [BOTH])) != ""
    two = network(layer([[1], [2]], [0, 0], RELU), layer([[1, 0]], [0], LINEAR))
    told_of_two = [
        ["split", 0, 1, 0],
        leaf({"own": "1"}, [[LOOSE, {"own": "1", "0.1.0": "1"}], BOTH], [[]], witness="-1/2"),
        leaf({"own": "1", "d1": "1"}, [[{"own": "1", "0.1.0": "1"}, LOOSE], BOTH], [[]]),
    ]
    assert told(two, at_most(1), *told_of_two) == ""


OPEN = [[], [["1", "1"]], [["-1", "1"]]]


@pytest.mark.parametrize("domain", OPEN)
def test_a_bound_is_read_off_where_the_domain_has_ends(domain: list[list[str]]) -> None:
    """Otherwise an unbounded x has some end."""
    for bounds in (BOTH, [LOOSE, {"own": "1"}]):
        lines = told(BEND, at_most(1), leaf(LOOSE, [bounds]), domain=domain)
        assert "a variable is left that the domain does not bound" in lines


def test_a_row_with_two_variables_is_no_end() -> None:
    """On the triangle x, y >= -1, x + y <= 1 no row says alone how large x is."""
    triangle = [["1", "0", "1"], ["0", "1", "1"], ["-1", "-1", "1"]]
    net = network(layer([[1, 0]], [0], RELU))
    shown = {"own": "1", "d1": "1", "d2": "1"}

    def said(bound: int, high: dict[str, str], times: int) -> str:
        proof = {"own": "1", "d1": str(times), "d2": str(times)}
        node = ["leaf", ["0", "0"], [proof], [[[LOOSE, high]]]]
        claim = holding(1, [by_hand.inequality([1], bound)])
        return judge(certificate(claim, net, triangle, node))

    assert "does not bound" in said(3, LOOSE, 57)
    assert "does not bound" in said(3, {"own": "1", "d1": "1"}, 57)
    assert said(3, shown, 57) == said(3, {"own": "1", "d2": "1"}, 57) == ""
    assert "true statement" in said(2, shown, 171)  # a slope of 2/3 is rounded up to 171/256


def test_only_ends_that_are_needed_are_asked_for() -> None:
    """relu(x) does not depend on y; and where x > 0, the row of a kink stands for the low end."""
    net = network(layer([[1, 0]], [0], RELU))
    strip = [["1", "0", "1"], ["-1", "0", "1"]]
    node = ["leaf", ["0", "7"], [{"own": "1", "d1": "1"}], [[BOTH]]]
    assert judge(certificate(holding(1, [by_hand.inequality([1], 1)]), net, strip, node)) == ""
    nodes = [
        ["split", 0, 0, 0],
        ["below", 0, 1, 0, {"own": "1", "0.0.0": "2"}],
        ["leaf", ["-1"], [LOOSE]],
        leaf({"own": "1", "d0": "1"}, [[{"own": "1", "0.0.0": "2"}, LOOSE]] * 2),
    ]
    below = [["-1", "1"]]
    assert told(network(DIFFERENCE), at_most("3/2", 0, [1, 1]), *nodes, domain=below) == ""


@pytest.mark.parametrize("order", [1, -1])
def test_ends_need_not_be_the_nearest(order: int) -> None:
    """Any row is true: of two that bound x above the later one is the end."""
    rows = [["1", "1"], *[["-1", "1"], ["-1", "3"]][::order]]
    near = f"d{1 if order > 0 else 2}"
    shown = {"own": "1", near: "1"}
    assert told(BEND, at_most(1), leaf(shown, [[LOOSE, shown]]), domain=rows) == ""
    assert (told(BEND, at_most(1), leaf(shown, [BOTH]), domain=rows) == "") is (order < 0)


def test_each_neuron_with_breakpoints_has_two_bounds_and_no_other_has_any() -> None:
    net = network(layer([[1], [1]], [0, 0], RELU, LINEAR), layer([[1, 0]], [0], LINEAR))
    proof = {"own": "1", "d1": "1"}
    assert told(net, at_most(1), leaf(proof, [BOTH, []], [[]])) == ""
    for neurons in ([BOTH, BOTH], [BOTH, [LOOSE]], [[LOOSE], []], [[], []], [[*BOTH, LOOSE], []]):
        assert "a list is required" in told(net, at_most(1), leaf(proof, neurons, [[]]))
    for layers in ([[BOTH, []]], [[BOTH, []], [[]], []], [[BOTH], [[]]], [[BOTH, []], [[], []]]):
        assert "a list is required" in told(net, at_most(1), leaf(proof, *layers))


CLAIMS: list[dict[str, Any]] = [
    partition(1),
    {"kind": "lipschitz", "norm": "inf", "value": "1/2", "regions": 1},
    {"kind": "lipschitz", "norm": "2 squared", "value": "1/4", "regions": 1},
    {"kind": "slope", "coefficients": ["1"], "direction": ["1"], "value": "1/2", "regions": 1},
    {"kind": "equal", "holds": True, "regions": 1},
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_bounds_prove_inequalities_alone(claim: dict[str, Any]) -> None:
    """Otherwise relu on [-1, 1] has one region, is nowhere steep, and is x/2 + 1/4."""
    line = network(layer([["1/2"]], ["1/4"], LINEAR))
    nets = [BEND, line] if claim["kind"] == "equal" else BEND
    for bounds in ([[BOTH]], [[[LOOSE, LOOSE]]]):
        node = ["leaf", ["1/2"], [], bounds]
        assert "bounds do not prove" in judge(certificate(claim, nets, SPAN, node))


def test_a_range_without_ends_is_not_about_bounds() -> None:
    """x has neither end, so nothing is left for a leaf to prove."""
    rays = [{"point": ["0"], "direction": [way]} for way in ("-1", "1")]
    claim = {"kind": "range", "coefficients": ["1"], "lower": rays[0], "upper": rays[1]}
    net = network(layer([[1]], [0], LINEAR))
    lines = certificate({**claim, "regions": 1}, net, [], ["leaf", ["0"]])
    assert judge(lines) == ""
    lines[1] = ["leaf", ["0"], [], []]
    assert "bounds do not prove" in judge(lines)


def test_a_branch_that_ends_has_an_interior() -> None:
    """Otherwise nothing need hold: on an empty cell every bound is true."""
    for witness in ("1", "2", "-1"):
        ends = leaf({"own": "1", "d1": "1"}, [BOTH], witness=witness)
        assert "strictly inside" in told(BEND, at_most(1), ends)


DIFFERENCE = layer([[1], [1]], [0, "-1/2"], RELU)
"""relu(x) up to 1/4 and relu(x - 1/2) up to 3/16; their difference is 1/2 at 1/2."""


def test_errors_of_outputs_do_not_cancel() -> None:
    """Otherwise the difference is at most x/4 + 1/4."""
    for wanted, valid in (("5/8", True), ("1/4", False)):
        net = network(DIFFERENCE)
        each = at_most(wanted, "1/4", [1, -1])
        assert (told(net, each, leaf(LOOSE, [BOTH, BOTH])) == "") is valid


def test_errors_of_hidden_neurons_do_not_cancel() -> None:
    net = network(DIFFERENCE, layer([[1, -1]], [0], LINEAR))
    for wanted, valid in (("5/8", True), ("1/4", False)):
        each = at_most(wanted, "1/4")
        assert (told(net, each, leaf(LOOSE, [BOTH, BOTH], [[]])) == "") is valid


def test_errors_pass_falling_pieces() -> None:
    """|relu(x) - 2| is 2 - relu(x), which is 2 at 0.  Otherwise it is at most 3/2 - x/2."""
    net = network(layer([[1]], [0], RELU), layer([[1]], [-2], ABS))
    for wanted, valid in (("2", True), ("3/2", False)):
        ends = leaf(LOOSE, [BOTH], [BOTH])
        assert (told(net, at_most(wanted, "-1/2"), ends) == "") is valid


def test_the_upper_end_of_a_later_neuron_is_moved_by_its_error() -> None:
    """Otherwise relu(relu(x) - 3/4) is 0 on [-1, 1], for x/2 + 1/4 - 3/4 is at most 0."""
    net = network(layer([[1]], [0], RELU), layer([[1]], ["-3/4"], RELU))
    assert "cancel" in told(net, at_most(0), leaf(LOOSE, [BOTH], [BOTH]))


def test_the_lower_end_of_a_later_neuron_is_moved_by_its_error() -> None:
    """Otherwise z = 3/4 - relu(x) is positive on [-1, 1], and what is steep below 0 is z."""
    net = network(layer([[1]], [0], RELU), layer([[-1]], ["3/4"], STEEP))
    assert told(net, at_most("3/4", "-1/2"), leaf(LOOSE, [BOTH], [BOTH]))
    positive = network(layer([[1]], [0], RELU), layer([[-1]], ["5/4"], STEEP))
    assert told(positive, at_most("5/4", "-1/2"), leaf(LOOSE, [BOTH], [BOTH])) == ""
    assert told(positive, at_most("6/5", "-1/2"), leaf(LOOSE, [BOTH], [BOTH])) != ""


def test_an_activation_is_looked_at_between_its_ends() -> None:
    """Otherwise the bump at 0 is 0 on [-2, 2], as it is at both ends."""
    net = network(layer([[2]], [0], BUMP))
    assert told(net, at_most(1), leaf(LOOSE, [BOTH])) == ""
    for wanted in (0, "1/2", "999/1000"):
        assert "true statement" in told(net, at_most(wanted), leaf(LOOSE, [BOTH]))


@pytest.mark.parametrize(("scale", "bias"), [(1, 0), (3, 5), ("1/3", "-1/7"), ("-2/5", "1/2")])
def test_scales_of_later_layers(scale: Any, bias: Any) -> None:
    """scale relu(x) + bias lies, for a positive scale, below scale (x + 1)/2 + bias; no lower."""
    times = by_hand.Fraction(scale)
    net = network(layer([[1]], [0], RELU), layer([[scale]], [bias], LINEAR))
    top = (times / 2 if times > 0 else by_hand.Fraction(0)) + by_hand.Fraction(bias)
    for less, valid in ((0, True), ("1/1000", False)):
        each = at_most(top - by_hand.Fraction(less), times / 2)
        assert (told(net, each, leaf(LOOSE, [BOTH], [[]])) == "") is valid
