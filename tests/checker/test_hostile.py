"""A hostile certificate cannot crash the checker, make it loop, or make it accept.

Each test changes one thing in a valid certificate, for every kind of claim that has such a thing.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import handmade as by_hand
import pytest
from cases import KINDS, POINTS, TREES, case, judge, nodes, rehash, written

every_claim = pytest.mark.parametrize("kind", KINDS)
every_tree = pytest.mark.parametrize("kind", TREES)
every_point = pytest.mark.parametrize("kind", POINTS)
every_refutation = pytest.mark.parametrize(
    "kind", [kind for kind in TREES if nodes(case(kind), "below", "above")]
)
every_domain = pytest.mark.parametrize("kind", [kind for kind in KINDS if case(kind)[0]["domain"]])
every_leaf_proof = pytest.mark.parametrize(
    "kind", [kind for kind in TREES if any(len(node) > 2 for node in nodes(case(kind), "leaf"))]
)

OTHERS: list[Any] = [None, True, False, 0, 1, -1, 0.5, "", "x", "0", [], {}, [[]], [None]]
"""Values to stand where another type belongs."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each value inside a JSON value."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


def sampled(lines: list[Any]) -> list[tuple[Any, ...]]:
    """Return the places of the header, and of some thirty values all over the tree and the end."""
    inner = [path for path in places(lines) if path[0] and len(path) > 1]
    return [*places(lines[0], (0,)), *inner[:: 1 + len(inner) // 30]]


def put(lines: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return the lines with another value at a path."""
    changed = list(lines)
    holder: Any = changed
    changed[path[0]] = copy.deepcopy(lines[path[0]])
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return changed


def at(lines: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        lines = lines[key]
    return lines


def refused(lines: Any, why: str = "") -> None:
    """Assert that a certificate is not valid, for a reason that the message tells."""
    found = judge(lines)
    assert found, "the checker accepts it"
    assert why in found


def with_lines(lines: list[Any], number: int, text: str) -> bytes:
    """Return the certificate with one line spelt otherwise."""
    rows = written(lines).splitlines(keepends=True)
    rows[number] = text.encode() + b"\n"
    return b"".join(rows)


@every_claim
def test_the_certificate_itself_is_valid(kind: str) -> None:
    assert judge(case(kind)) == ""
    assert by_hand.is_true(case(kind)[0])


@every_claim
@pytest.mark.parametrize(
    "text", ["", "{", "[1,]", "nul", "'a'", "{} {}", "\ufeff{}", "[NaN]", "\0"]
)
def test_malformed_json(kind: str, text: str) -> None:
    lines = case(kind)
    for number in range(0, len(lines), 1 + len(lines) // 9):
        refused(with_lines(lines, number, text))


@every_claim
def test_a_line_that_breaks_off(kind: str) -> None:
    data = written(case(kind))
    for end in range(0, len(data) - 1, 1 + len(data) // 200):
        refused(data[:end])


@every_claim
def test_missing_lines(kind: str) -> None:
    lines = case(kind)
    for number in range(len(lines)):
        refused(lines[:number] + lines[number + 1 :])


@every_claim
def test_more_lines(kind: str) -> None:
    lines = case(kind)
    for number in range(1, len(lines)):
        refused([*lines[:number], lines[number], *lines[number:]])
    refused(written(lines) + b"\n", "after the end")
    refused(written(lines) + b" ", "after the end")


@every_claim
def test_wrong_types(kind: str) -> None:
    lines = case(kind)
    for path in sampled(lines):
        if path[:2] != (0, "networks") or len(path) == 2:
            for other in OTHERS:
                if type(other) is not type(at(lines, path)):
                    refused(put(lines, path, other))


@every_claim
def test_wrong_types_in_a_network_that_is_hashed_again(kind: str) -> None:
    lines = case(kind)
    for path in places(lines[0]["networks"], (0, "networks")):
        for other in OTHERS:
            if type(other) is not type(at(lines, path)):
                refused(rehash(put(lines, path, other)))


@every_claim
def test_missing_fields(kind: str) -> None:
    lines = case(kind)
    for path in places(lines):
        if isinstance(at(lines, path[:-1]), dict) and "own" not in at(lines, path[:-1]):
            changed = copy.deepcopy(lines)
            del at(changed, path[:-1])[path[-1]]
            refused(rehash(changed) if path[:2] == (0, "networks") and len(path) > 2 else changed)


@every_claim
def test_unknown_fields(kind: str) -> None:
    lines = case(kind)
    for path in [(0,), *places(lines[0], (0,))]:
        if isinstance(at(lines, path), dict):
            refused(rehash(put(lines, (*path, "note"), "x")), "exactly these keys")


@every_claim
def test_a_list_one_longer_or_shorter(kind: str) -> None:
    lines = case(kind)
    for path in [*((number,) for number in range(1, len(lines))), *sampled(lines)]:
        value = at(lines, path)
        if isinstance(value, list) and path[-1] not in ("activations", "layers", "sha256"):
            changes = [[*value, value[-1]] if value else ["1"], value[:-1]]
            for change in changes:
                if change != value and not harmless(path, change):
                    refused(rehash(put(lines, path, change)))


def harmless(path: tuple[Any, ...], change: list[Any]) -> bool:
    """Whether a longer or shorter list may leave the claim true: it says something else then."""
    return path in [(0, "domain")] or path[:3] == (0, "claim", "property")


@every_claim
def test_deep_nesting(kind: str) -> None:
    lines = case(kind)
    for number in (0, 1, len(lines) - 1):
        for text in ("[" * 99_999, "[" * 99_999 + "]" * 99_999, '{"a":' * 99_999):
            refused(with_lines(lines, number, text), "neither deep")
    deep: Any = []
    for _ in range(400):
        deep = [deep]
    for path in [*places(lines[0], (0,)), *places(lines[1], (1,))]:
        refused(put(lines, path, deep))


@every_claim
def test_huge_numbers(kind: str) -> None:
    lines = case(kind)
    digits = "9" * 4001
    for number in range(len(lines)):
        refused(with_lines(lines, number, "1" + "0" * 5000))
    texts = [path for path in places(lines) if is_number(at(lines, path))]
    for path in texts[:60]:
        refused(rehash(put(lines, path, digits)), "a number must be a text")
        refused(rehash(put(lines, path, "0x" + "f" * 100_001)), "a number must be a text")
    for path in [path for path in places(lines) if type(at(lines, path)) is int]:
        refused(rehash(put(lines, path, 10**4000)))


def is_number(value: Any) -> bool:
    return isinstance(value, str) and value.strip("-/0123456789") == "" and value not in ("", "1")


@every_claim
def test_numbers_that_python_would_read(kind: str) -> None:
    lines = case(kind)
    texts = [path for path in places(lines) if is_number(at(lines, path))]
    for path in texts[:30]:
        for other in (
            " 1",
            "1 ",
            "+1",
            "1_0",
            "1.0",
            "1e3",
            "1/0",
            "0/0",
            "1/-2",
            "--1",
            "/",
            "1/",
            "/2",
            "0x",
            "0X1",
            "0b1",
            "٣",
            "½",
            "1\n",
            "inf",
            "nan",
            "1//2",
            "1/2/3",
            "0xg",
        ):
            refused(rehash(put(lines, path, other)))


@every_claim
def test_repeated_keys(kind: str) -> None:
    lines = case(kind)
    for number, line in enumerate(lines):
        text = json.dumps(line)
        for opening in (i for i, letter in enumerate(text) if letter == "{"):
            key = text[opening + 1 :].partition(":")[0]
            if key != "}" and not key.startswith("}"):
                twice = f"{text[: opening + 1]}{key}: 0, {text[opening + 1 :]}"
                refused(with_lines(lines, number, twice), "twice")


@every_refutation
@pytest.mark.parametrize(
    "name",
    ["d9", "d-1", "d", "9.0.0", "0.0.00", "00.0.0", "-1.0.0", "0.0", "Own", "", "own ", "d0 "],
)
def test_unknown_rows(kind: str, name: str) -> None:
    for number, place in refutations(case(kind)):
        lines = case(kind)
        proof = at(lines[number], place)
        proof[name] = "1"
        refused(lines, "does not stand above")


def refutations(lines: list[Any]) -> list[tuple[int, tuple[Any, ...]]]:
    """Return the line and the place in it of every set of multipliers that is not empty."""
    return [
        (number, path)
        for number, line in enumerate(lines[1:-1], 1)
        for path in places(line)
        if isinstance(at(line, path), dict) and at(line, path)
    ]


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
    for number, place in refutations(case(kind)):
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
            refused([*lines[:number], below, *lines[number + 1 :]], "undecided")


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


@every_claim
@pytest.mark.parametrize("index", [-1, True, False, 99, "0", None, [0]])
def test_wrong_kinds(kind: str, index: Any) -> None:
    lines = case(kind)
    for path in places(lines):
        if len(path) > 2 and path[-2] == "kinds":
            refused(rehash(put(lines, path, index)))


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


@every_claim
def test_ragged_matrices(kind: str) -> None:
    lines = case(kind)
    for path in places(lines[0]["networks"], (0, "networks")):
        row = at(lines, path)
        if isinstance(row, list) and path[-1] not in ("activations", "layers"):
            refused(rehash(put(lines, path, [*row, "1" if path[-1] != "kinds" else 0])))
            if row:
                refused(rehash(put(lines, path, row[1:])))
    for row in lines[0]["domain"][:1]:
        refused(put(lines, (0, "domain", 0), row[1:]))
        refused(put(lines, (0, "domain", 0), [*row, "1"]))


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


@every_claim
def test_a_wrong_end(kind: str) -> None:
    lines = case(kind)
    _, leaves, sides = lines[-1]
    for end in (
        ["end", leaves + 1, sides], ["end", leaves, sides + 1], ["end", leaves - 1, sides],
        ["end", leaves, -1], ["end", str(leaves), sides], ["end", leaves], ["END", leaves, sides],
        ["end", leaves, float(sides)], ["end", bool(leaves), bool(sides)],
        ["end", leaves, sides, 0],
        {"end": [leaves, sides]}, None, [None, leaves, sides],
    ):  # fmt: skip
        if end != lines[-1] or type(end[1]) is not int:
            refused([*lines[:-1], end])


@every_claim
def test_another_format_or_version(kind: str) -> None:
    lines = case(kind)
    refused(put(lines, (0, "format"), "exactpwl certificates"), "format or version")
    for version in (0, 2, -1):
        refused(put(lines, (0, "version"), version), "format or version")


@every_claim
def test_another_hash(kind: str) -> None:
    lines = case(kind)
    digests = lines[0]["sha256"]
    for i, digest in enumerate(digests):
        refused(put(lines, (0, "sha256", i), digest.upper()), "sha256")
        refused(put(lines, (0, "sha256", i), "0" * 64), "sha256")
    refused(put(lines, (0, "sha256"), []), "sha256")
    refused(put(lines, (0, "sha256"), digests * 2), "sha256")


@every_claim
def test_no_network_or_too_many(kind: str) -> None:
    lines = case(kind)
    found = lines[0]["networks"]
    for networks in ([], found + found[:1], found + found, found[:-1]):
        refused(rehash(put(lines, (0, "networks"), networks)))


@every_claim
def test_another_kind_of_claim(kind: str) -> None:
    lines = case(kind)
    own = lines[0]["claim"]["kind"]
    names = ["partition", "property", "equal", "lipschitz", "range", "members", "__init__", "point"]
    for name in names:
        if name != own:
            refused(put(lines, (0, "claim", "kind"), name))


SHARPER: dict[str, Callable[[Any], None]] = {
    "property": lambda claim: claim["property"][0].update(bound="-8"),
    "tight property": lambda claim: claim["property"][0].update(strict=True),
    "property of two outputs": lambda claim: claim["property"][0].update(coefficients=["9", "-9"]),
    "failing property": lambda claim: claim["property"].pop(),
    "different": lambda claim: claim.update(point=["0", "0"]),
    "equal": lambda claim: claim.update(holds=False, point=["0", "0"], regions=None),
    "lipschitz 1": lambda claim: claim.update(value="18"),
    "lipschitz inf": lambda claim: claim.update(norm="1"),
    "lipschitz 2 squared": lambda claim: claim.update(norm="inf"),
    "range": lambda claim: claim["upper"].update(value="485/49"),
    "unbounded range": lambda claim: claim.update(lower=claim["upper"]),
    "range without a lower end": lambda claim: claim.update(coefficients=["1"]),
}


@pytest.mark.parametrize("kind", SHARPER)
def test_a_claim_that_says_more_than_the_tree(kind: str) -> None:
    lines = case(kind)
    SHARPER[kind](lines[0]["claim"])
    refused(lines)


@pytest.mark.parametrize("kind", ["property", "tight property", "property of two outputs"])
def test_a_property_without_inequalities(kind: str) -> None:
    lines = case(kind)
    lines[0]["claim"]["property"] = []
    refused([lines[0], *[line[:2] if line[0] == "leaf" else line for line in lines[1:]]], "no ineq")


@every_leaf_proof
def test_proofs_of_leaves_in_another_order_or_number(kind: str) -> None:
    for number, line in enumerate(case(kind)):
        if number and line[0] == "leaf" and len(line[2]) > 1 and line[2][0] != line[2][1]:
            refused(put(case(kind), (number, 2), line[2][::-1]))
        if number and line[0] == "leaf":
            refused(put(case(kind), (number, 2), line[2][:-1]), "a list is required")
            refused(put(case(kind), (number, 2), line[2] * 2), "a list is required")
            refused(put(case(kind), (number,), line[:2]), "a list is required")


@every_tree
def test_a_proof_where_nothing_is_to_be_proved(kind: str) -> None:
    lines = case(kind)
    for number, line in enumerate(lines):
        if number and line[0] == "leaf" and len(line) == 2:
            refused(put(lines, (number,), [*line, [{"own": "1"}]]), "a list is required")
            refused(put(lines, (number,), [*line, [], []]), "a leaf is required")
    for path in places(lines):
        if len(path) == 3 and at(lines, path) == {}:
            refused(put(lines, path, {"own": "1"}), "nothing is refuted")
