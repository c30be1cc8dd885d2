"""A hostile tree cannot make the checker accept: rows, multipliers, witnesses, sides and leaves.

Each test changes one thing in a valid certificate, for every kind of claim that has such a thing.
The form of the file is in `test_hostile`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cases import POINTS, TREES, case, nodes, rehash
from changing import (
    at,
    every_bounded,
    every_claim,
    every_domain,
    every_leaf_proof,
    every_point,
    every_refutation,
    every_tree,
    places,
    put,
    refused,
    refutations,
)


@every_refutation
@pytest.mark.parametrize(
    "name",
    [
        "d9",
        "d-1",
        "d",
        "9.0.0",
        "0.0.00",
        "00.0.0",
        "-1.0.0",
        "0.0",
        "Own",
        "",
        "own ",
        "d0 ",
        "own7",
        "own01",
    ],
)
def test_unknown_rows(kind: str, name: str) -> None:
    for number, place in refutations(case(kind)):
        lines = case(kind)
        proof = at(lines[number], place)
        proof[name] = "1"
        refused(lines, "does not stand above")


@every_refutation
def test_a_row_that_is_decided_only_below(kind: str) -> None:
    for number, place in refutations(case(kind)):
        lines = case(kind)
        if lines[number][0] in ("below", "above"):
            at(lines[number], place)[".".join(map(str, lines[number][1:4]))] = "1"
            refused(lines, "does not stand above")


@every_refutation
def test_negative_and_zero_multipliers(kind: str) -> None:
    for number, place in refutations(case(kind)):
        wrong = zip(at(case(kind)[number], place), ("-1", "0", "-1/3", "0/5"), strict=False)
        for name, factor in wrong:
            lines = put(case(kind), (number, *place, name), factor)
            refused(lines, "must be positive")


@every_refutation
def test_all_multipliers_negated(kind: str) -> None:
    for number, place in refutations(case(kind)):
        lines = case(kind)
        proof = at(lines[number], place)
        proof.update({name: f"-{value}" for name, value in proof.items()})
        refused(lines, "must be positive")


@every_refutation
def test_no_multipliers(kind: str) -> None:
    for number, place in refutations(case(kind)):
        refused(put(case(kind), (number, *place), {}), "own")


@every_refutation
def test_a_multiplier_left_out(kind: str) -> None:
    for number, place in refutations(case(kind), exact=True):
        for name in at(case(kind)[number], place):
            lines = case(kind)
            del at(lines[number], place)[name]
            refused(lines)


@every_tree
def test_a_split_before_an_earlier_layer_is_decided(kind: str) -> None:
    lines = case(kind)
    depth = len(lines[0]["networks"][0]["layers"])
    later = [
        [layer, 0, 0]
        for layer in range(1, depth)
        if lines[0]["networks"][0]["layers"][layer]["activations"][0]["breakpoints"]
    ]
    for indices in later:
        if kind != "lipschitz 1":
            refused([lines[0], ["split", *indices], *lines[1:]], "behind a layer")


@every_tree
def test_a_split_of_a_constant_neuron(kind: str) -> None:
    """The first layer's first neuron is made constant: every decision of it is one too many."""
    for bias in ("-1", "0", "1"):
        lines = case(kind)
        first = lines[0]["networks"][0]["layers"][0]
        first["weight"][0] = ["0"] * len(first["weight"][0])
        first["bias"][0] = bias
        refused(rehash(lines))
        for node in ["split", 0, 0, 0], ["below", 0, 0, 0, {"own": "1"}]:
            why = "" if "range" in kind else "one side only"  # a range is wrong before its tree
            refused([lines[0], node, *lines[1:]], why)


@every_tree
def test_a_leaf_with_undecided_neurons(kind: str) -> None:
    lines = case(kind)
    for number, line in enumerate(lines[:-1]):
        if number and line[0] != "leaf":
            below = next(node for node in lines[number:] if node[0] == "leaf")
            refused([*lines[:number], below[:3], *lines[number + 1 :]], "undecided")


@every_bounded
def test_bounds_left_out_or_moved(kind: str) -> None:
    """Bounds end a branch: without them it is not decided, and elsewhere they are too few."""
    lines = case(kind)
    for number, line in enumerate(lines):
        if number and line[0] == "leaf" and len(line) == 4:
            refused(put(lines, (number,), line[:3]), "undecided")
            refused(put(lines, (number,), [*line, line[3]]), "a leaf is required")
            for other in (
                None,
                {},
                "",
                0,
                [[]],
                line[3][:-1],
                [*line[3], []],
                [*line[3], line[3][0]],
            ):
                refused(put(lines, (number, 3), other), "a list is required")
            for path in places(line[3]):
                if isinstance(at(line[3], path), list):
                    for other in ([], [{"own": "1"}], [{"own": "1"}] * 3):
                        if len(other) != len(at(line[3], path)):
                            refused(put(lines, (number, 3, *path), other), "a list is required")


@every_tree
def test_a_kink_decided_twice(kind: str) -> None:
    lines = case(kind)
    for number, line in enumerate(lines[:-1]):
        if number and line[0] != "leaf":
            for again in ["split", *line[1:4]], ["below", *line[1:4], {"own": "1"}]:
                refused([*lines[: number + 1], again, *lines[number + 1 :]], "decided already")


@every_tree
@pytest.mark.parametrize("index", [-1, True, False, 99, "0", 0.0, None, [0], 1.5, 2**70])
def test_wrong_indices(kind: str, index: Any) -> None:
    lines = case(kind)
    for number, line in enumerate(lines[:-1]):
        if number and line[0] != "leaf":
            for place in (1, 2, 3):
                refused(put(lines, (number, place), index))


@every_tree
def test_a_witness_outside_its_cell(kind: str) -> None:
    witnesses = [node[1] for node in nodes(case(kind), "leaf")]
    for number, line in enumerate(case(kind)):
        if number and line[0] == "leaf":
            for other in witnesses:
                if other != line[1]:
                    refused(put(case(kind), (number, 1), other), "strictly inside")


@every_domain
def test_a_witness_outside_the_domain(kind: str) -> None:
    lines = case(kind)
    for number, line in enumerate(lines):
        if number and line[0] == "leaf":
            refused(put(lines, (number, 1), ["-1000000"] * len(line[1])), "strictly inside row")
    if kind in POINTS:
        refused(put(lines, (0, "claim", "point"), ["1000", "-1000"]), "outside the domain")


@every_tree
def test_a_witness_on_the_boundary_of_the_domain(kind: str) -> None:
    lines = case(kind)
    for number, line in enumerate(lines):
        if number and line[0] == "leaf":
            # a row through the witness, which the claim would survive elsewhere
            row = ["1", *["0"] * (len(line[1]) - 1), negated(line[1][0])]
            changed = put(lines, (0, "domain"), [*lines[0]["domain"], row])
            refused(changed)


def negated(text: str) -> str:
    return text[1:] if text.startswith("-") else f"-{text}"


@every_claim
@pytest.mark.parametrize("offset", ["0", "-1", "1"])
def test_a_row_of_the_domain_without_variables(kind: str, offset: str) -> None:
    lines = case(kind)
    inputs = lines[0]["networks"][0]["inputs"]
    lines[0]["domain"].append(["0"] * inputs + [offset])
    refused(lines, "no variable")


@every_refutation
def test_a_strict_row_that_says_nothing(kind: str) -> None:
    """0 >= 0 among the rows of the domain, with multipliers that use it."""
    lines = case(kind)
    inputs = lines[0]["networks"][0]["inputs"]
    name = f"d{len(lines[0]['domain'])}"
    lines[0]["domain"].append(["0"] * (inputs + 1))
    for number, place in refutations(case(kind)):
        at(lines[number], place).update({name: "1"})
    refused(lines, "no variable")


@every_tree
def test_a_flat_domain(kind: str) -> None:
    lines = case(kind)
    inputs = lines[0]["networks"][0]["inputs"]
    for sign in ("1", "-1"):
        lines[0]["domain"].append([sign, *["0"] * inputs])
    refused(lines)


@every_tree
def test_an_empty_domain(kind: str) -> None:
    lines = case(kind)
    inputs = lines[0]["networks"][0]["inputs"]
    for sign in ("1", "-1"):
        lines[0]["domain"].append([sign, *["0"] * (inputs - 1), "-9"])
    refused(lines)


@every_point
def test_a_point_is_no_proof_over_an_empty_domain(kind: str) -> None:
    lines = case(kind)
    for sign in ("1", "-1"):
        lines[0]["domain"].append([sign, "0", "-9"])
    refused(lines, "outside the domain")


@every_tree
def test_a_wrong_side(kind: str) -> None:
    other = {"below": "above", "above": "below"}
    lines = case(kind)
    for number, line in enumerate(lines):
        if number and line[0] in other:
            refused(put(lines, (number, 0), other[line[0]]))
            refused([*lines[:number], ["split", *line[1:4]], *lines[number + 1 :]])


@every_tree
def test_a_refuted_side_that_is_not_empty(kind: str) -> None:
    lines = case(kind)
    for number, line in enumerate(lines):
        if number and line[0] == "split":
            for side in ("below", "above"):
                for proof in ({"own": "1"}, {"own": "1", "d0": "1"}, {"own": "1", "d1": "1"}):
                    refused([*lines[:number], [side, *line[1:], proof], *lines[number + 1 :]])


@every_tree
def test_other_nodes(kind: str) -> None:
    lines = case(kind)
    node: Any
    for node in (
        ["empty", {}],
        ["Split", 0, 0, 0],
        [],
        ["split"],
        "split",
        {"split": [0, 0, 0]},
        7,
        None,
    ):
        refused([lines[0], node, *lines[1:]], "a split, a refuted side or a leaf")


@every_tree
def test_a_claim_of_more_or_fewer_leaves(kind: str) -> None:
    lines = case(kind)
    count = lines[0]["claim"]["regions"]
    for other in (
        count - 1,
        count + 1,
        0,
        -1,
        -count,
        2**64,
        str(count),
        [count],
        float(count),
        True,
    ):
        refused(put(lines, (0, "claim", "regions"), other))


def first(claim: Any) -> Any:
    """Return the first inequality of the first clause."""
    return claim["property"][0][0]


SHARPER: dict[str, Callable[[Any], None]] = {
    "property": lambda claim: first(claim).update(bound="-8"),
    "tight property": lambda claim: first(claim).update(strict=True),
    "property of two outputs": lambda claim: first(claim).update(coefficients=["9", "-9"]),
    "property with inputs": lambda claim: first(claim).update(inputs=["1/2", "-2"]),
    "property with alternatives": lambda claim: claim["property"][0].pop(),
    "property that needs several alternatives at once": lambda c: c["property"][0].pop(1),
    "bounded property": lambda claim: first(claim).update(bound="1/2"),
    "property bounded by the box": lambda claim: claim["property"].append([first(claim)]),
    "property bounded in places": lambda claim: first(claim).update(bound="9"),
    "failing property": lambda claim: claim["property"].pop(),
    "different": lambda claim: claim.update(point=["0", "0"]),
    "equal": lambda claim: claim.update(holds=False, point=["0", "0"], regions=None),
    "lipschitz 1": lambda claim: claim.update(value="18"),
    "lipschitz inf": lambda claim: claim.update(norm="1"),
    "lipschitz 2 squared": lambda claim: claim.update(norm="inf"),
    "slope": lambda claim: claim.update(direction=["1", "0"]),
    "falling slope": lambda claim: claim.update(value="-1/2"),
    "range": lambda claim: claim["upper"].update(value="485/49"),
    "unbounded range": lambda claim: claim.update(lower=claim["upper"]),
    "range without a lower end": lambda claim: claim.update(coefficients=["1"]),
    "bounded range": lambda claim: claim.update(upper=claim["lower"]),
}


@pytest.mark.parametrize("kind", SHARPER)
def test_a_claim_that_says_more_than_the_tree(kind: str) -> None:
    lines = case(kind)
    SHARPER[kind](lines[0]["claim"])
    refused(lines)


every_property = pytest.mark.parametrize("kind", [kind for kind in TREES if "property" in kind])


@every_property
def test_a_property_without_clauses(kind: str) -> None:
    lines = case(kind)
    lines[0]["claim"]["property"] = []
    leaves = [line[:2] if line[0] == "leaf" else line for line in lines[1:]]
    refused([lines[0], *leaves], "no clause")


@every_property
def test_a_clause_without_inequalities(kind: str) -> None:
    for place in range(len(case(kind)[0]["claim"]["property"])):
        lines = case(kind)
        lines[0]["claim"]["property"][place] = []
        refused(lines, "no inequality")


@every_leaf_proof
def test_proofs_of_leaves_in_another_order_or_number(kind: str) -> None:
    for number, line in enumerate(case(kind)):
        if number and line[0] == "leaf" and len(line[2]) > 1 and line[2][0] != line[2][1]:
            refused(put(case(kind), (number, 2), line[2][::-1]))
        if number and line[0] == "leaf":
            refused(put(case(kind), (number, 2), line[2][:-1]), "a list is required")
            refused(put(case(kind), (number, 2), line[2] * 2), "a list is required")
            refused(put(case(kind), (number,), [*line[:2], *[[]] * (len(line) - 2)]))
            refused(put(case(kind), (number,), line[:2]))


@every_tree
def test_a_proof_where_nothing_is_to_be_proved(kind: str) -> None:
    lines = case(kind)
    for number, line in enumerate(lines):
        if number and line[0] == "leaf" and len(line) == 2:
            for proofs in ([{"own": "1"}], [[]], "", {}, None, 0, False):
                refused(put(lines, (number,), [*line, proofs]), "a list is required")
            for bounds in ([], [[]], None, "", {}, 0):
                refused(put(lines, (number,), [*line, [], bounds]), "bounds do not prove")
            refused(put(lines, (number,), [*line, [], [], []]), "a leaf is required")
        if number and line[0] == "leaf" and len(line) > 2:
            for proof in ({}, {"own": "1"}):
                refused(put(lines, (number, 2), [*line[2], proof]), "a list is required")
