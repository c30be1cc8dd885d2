"""What is just allowed and what is just too much: long numbers, wide layers, long paths."""

from __future__ import annotations

from typing import Any

import handmade as by_hand
import pytest
from cases import LINE, case, judge, rehash, written
from handmade import LINEAR, RELU


def line_of(neurons: int) -> list[Any]:
    """Return the partition of the line by neurons that bend at 0, 1, 2, .."""
    net = by_hand.network(by_hand.layer([[1]] * neurons, [-i for i in range(neurons)], RELU))
    nodes: list[Any] = []
    for i in range(neurons):
        nodes += [["split", 0, i, 0], ["leaf", [f"{2 * i - 1}/2"]]]
        for j in range(i + 1, neurons):
            nodes[-1:-1] = [["below", 0, j, 0, {"own": "1", f"0.{i}.0": "1"}]]
    nodes.append(["leaf", [str(neurons)]])
    claim = {"kind": "partition", "regions": neurons + 1}
    sides = neurons * (neurons - 1) // 2
    return [by_hand.header(claim, [net], []), *nodes, ["end", neurons + 1, sides]]


def test_a_path_longer_than_any_stack() -> None:
    """All neurons bend at 0, so the first decides the others, one after the other."""
    neurons = 1500
    net = by_hand.network(by_hand.layer([[1]] * neurons, [0] * neurons, RELU))
    nodes: list[Any] = [["split", 0, 0, 0]]
    for side, witness in (("below", "-1"), ("above", "1")):
        proof = {"own": "1", "0.0.0": "1"}
        nodes += [[side, 0, j, 0, proof] for j in range(1, neurons)] + [["leaf", [witness]]]
    head = by_hand.header({"kind": "partition", "regions": 2}, [net], [])
    assert judge([head, *nodes, ["end", 2, 2 * neurons - 2]]) == ""


def test_many_splits_and_no_leaf() -> None:
    neurons = 3000
    net = by_hand.network(by_hand.layer([[1]] * neurons, range(neurons), RELU))
    head = by_hand.header({"kind": "partition", "regions": 2}, [net], [])
    splits = [["split", 0, i, 0] for i in range(neurons)]
    assert f"line {neurons + 2}" in judge([head, *splits])


def test_many_splits_on_one_path() -> None:
    assert judge(line_of(30)) == ""


@pytest.mark.parametrize(
    "text",
    ["9" * 4000, "-" + "9" * 4000, "0x" + "f" * 9000, "1/" + "9" * 4000, "0x1/0x" + "f" * 9000,
     "7/0x10", "0x10/7", "-0x10/3"],
)  # fmt: skip
def test_long_numbers(text: str) -> None:
    lines = case("partition of the line")
    head = lines[0]
    head["claim"] = {"kind": "equal", "holds": False, "point": [text]}
    head["networks"] = [
        LINE,
        by_hand.network(*LINE["layers"][:1], by_hand.layer([[1, 1]], [9], RELU)),
    ]
    assert judge(rehash([head, ["end", 0, 0]])) == ""


@pytest.mark.parametrize("text", ["9" * 4001, "0x" + "f" * 100_001, "1/" + "9" * 4001])
def test_numbers_that_are_too_long(text: str) -> None:
    lines = case("different")
    lines[0]["claim"]["point"][0] = text
    assert "a number must be" in judge(lines)


@pytest.mark.parametrize(("inputs", "valid"), [(4095, True), (4096, False)])
def test_wide_inputs(inputs: int, valid: bool) -> None:
    first = by_hand.network(by_hand.layer([[0] * inputs], [0], LINEAR))
    second = by_hand.network(by_hand.layer([[0] * inputs], [1], LINEAR))
    claim = {"kind": "equal", "holds": False, "point": ["0"] * inputs}
    assert (judge([by_hand.header(claim, [first, second], []), ["end", 0, 0]]) == "") is valid


@pytest.mark.parametrize(("neurons", "valid"), [(4095, True), (4096, False)])
def test_wide_layers(neurons: int, valid: bool) -> None:
    first = by_hand.network(by_hand.layer([[0]] * neurons, [0] * neurons, LINEAR))
    second = by_hand.network(by_hand.layer([[0]] * neurons, [1] * neurons, LINEAR))
    claim = {"kind": "equal", "holds": False, "point": ["0"]}
    assert (judge([by_hand.header(claim, [first, second], []), ["end", 0, 0]]) == "") is valid


def test_a_line_too_long() -> None:
    data = written(case("partition"))
    first = data.index(b"\n")
    padding = b" " * ((1 << 26) - first - 1)
    assert judge(data[:first] + padding + data[first:]) == ""
    assert judge(data[:first] + padding + b" " + data[first:])


@pytest.mark.parametrize("text", ["9" * 4000, "0x" + "f" * 9000, "1/" + "9" * 4000, "0x1/0x10"])
def test_long_multipliers_of_bounds(text: str) -> None:
    """A bound is worth the same times any number; here relu(x) <= 1 on [-1, 1]."""
    net = by_hand.network(by_hand.layer([[1]], [0], RELU))
    claim = {"kind": "property", "holds": True, "regions": 1}
    clause = [by_hand.inequality([1], 1, [0])]
    head = by_hand.header({**claim, "property": [clause]}, [net], by_hand.box((-1, 1)))
    ends = [{"own": text}, {"own": text, "d1": text}]
    leaf = ["leaf", ["0"], [{"own": text, "d1": text}], [[ends]]]
    assert judge([head, leaf, ["end", 1, 0]]) == ""
    leaf[2] = [{"own": text}]
    assert "cancel" in judge([head, leaf, ["end", 1, 0]])
