"""A hostile file cannot crash the checker, make it loop, or make it accept: its form.

Each test changes one thing in a valid certificate, for every kind of claim that has such a thing.
What a hostile tree says is in `test_hostile_trees`.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import handmade as by_hand
import pytest
from cases import case, judge, rehash, written
from changing import at, every_claim, is_number, places, put, refused, with_lines

OTHERS: list[Any] = [None, True, False, 0, 1, -1, 0.5, "", "x", "0", [], {}, [[]], [None]]
"""Values to stand where another type belongs."""


def sampled(lines: list[Any]) -> list[tuple[Any, ...]]:
    """Return the places of the header, and of some thirty values all over the tree and the end."""
    inner = [path for path in places(lines) if path[0] and len(path) > 1]
    return [*places(lines[0], (0,)), *inner[:: 1 + len(inner) // 30]]


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
    clause = path[:3] == (0, "claim", "property") and len(path) < 5
    return path == (0, "domain") or clause


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


@every_claim
@pytest.mark.parametrize("index", [-1, True, False, 99, "0", None, [0]])
def test_wrong_kinds(kind: str, index: Any) -> None:
    lines = case(kind)
    for path in places(lines):
        if len(path) > 2 and path[-2] == "kinds":
            refused(rehash(put(lines, path, index)))


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
    for version in (0, 1, 3, -1):
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
    names = ["partition", "property", "equal", "lipschitz", "range", "slope"]
    for name in [*names, "members", "__init__", "point", "bound", "agree", "check_leaf", "words"]:
        if name != own:
            refused(put(lines, (0, "claim", "kind"), name))
