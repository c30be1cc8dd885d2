"""Small valid certificates of every kind of claim, and what judges a certificate in a test."""

from __future__ import annotations

import io
import json
import pickle
from functools import cache
from typing import Any

import handmade as by_hand
from handmade import HARD_TANH, LEAKY, LINEAR, RELU, STEPS, Lines

from exactpwl_check.__main__ import prove
from exactpwl_check.reading import Defect
from exactpwl_check.reading import Lines as Reader

DEEP = by_hand.network(
    by_hand.layer([[1, 1], [1, -1]], [0, "1/2"], RELU),
    by_hand.layer([[1, -1], [1, 1]], ["-1/3", 1], RELU),
    by_hand.layer([["1/2", -1]], ["1/5"], LINEAR),
)
"""Two layers of two ReLUs: splits, refuted sides, and on some cells constant neurons."""

TWIN = by_hand.network(
    by_hand.layer([[2, 2], [1, -1], [1, 0]], [0, "1/2", -5], RELU),
    by_hand.layer([["1/2", -1, 1], ["1/2", 1, 0]], ["-1/3", 1], RELU),
    by_hand.layer([["1/2", -1]], ["1/5"], LINEAR),
)
"""The same function as DEEP on the square, with a neuron more."""

TALL = by_hand.network(
    by_hand.layer([[1, 1], [1, -1], [0, 2]], [0, "1/2", 0], RELU, HARD_TANH, LEAKY),
    by_hand.layer([[1, -1, 2], [0, 1, 1]], ["-1/3", 0], STEPS, LINEAR),
)
"""Several breakpoints, and two layers with kinks."""

PAIR = by_hand.network(
    by_hand.layer([[1, 1], [1, "-1/2"]], ["1/4", "1/2"], LEAKY, STEPS),
    by_hand.layer([[1, -1], ["1/2", 1]], ["-1/3", 0], LINEAR),
)
"""Two outputs."""

LINE = by_hand.network(by_hand.layer([[1], [-1]], [0, 1], RELU), by_hand.layer([[1, 1]], [0], RELU))
"""One input; with the whole line as its domain."""

SQUARE = by_hand.box((-1, 1), (-1, 1))
HALF = [["1", "0", "0"], ["1", "2", "1/3"]]
"""An unbounded domain with a vertex."""


def build() -> dict[str, Lines]:
    """Return a valid certificate of every kind."""
    low = by_hand.inequality([1], 9)
    strict = by_hand.inequality(["-1"], "10/3", strict=True)
    tight = by_hand.inequality([-1], by_hand.ends([DEEP], SQUARE, ["-1"], 1)["value"])
    return {
        "partition": by_hand.partition([DEEP], SQUARE),
        "partition of the line": by_hand.partition([LINE], []),
        "partition with several breakpoints": by_hand.partition([TALL], HALF),
        "property": by_hand.property_holds([DEEP], SQUARE, [low, strict]),
        "tight property": by_hand.property_holds([DEEP], SQUARE, [tight]),
        "property of two outputs": by_hand.property_holds(
            [PAIR], SQUARE, [by_hand.inequality([1, -1], 100)]
        ),
        "failing property": by_hand.fails(
            [DEEP], SQUARE, ["1/2", "1/3"], [low, by_hand.inequality([1], -3)]
        ),
        "equal": by_hand.equal([DEEP, TWIN], SQUARE),
        "different": by_hand.fails([DEEP, TWIN], by_hand.box((-9, 9), (-9, 9)), ["7", "1"]),
        "lipschitz 1": by_hand.lipschitz([PAIR], SQUARE, "1"),
        "lipschitz inf": by_hand.lipschitz([PAIR], SQUARE, "inf"),
        "lipschitz 2 squared": by_hand.lipschitz([DEEP], SQUARE, "2 squared"),
        "range": by_hand.value_range([PAIR], SQUARE, ["1", "-1/2"]),
        "unbounded range": by_hand.value_range([DEEP], HALF, ["1"]),
        "range without a lower end": by_hand.value_range([LINE], [], ["-1"]),
    }


@cache
def _pickled(name: str) -> bytes:
    return pickle.dumps(_built()[name])


@cache
def _built() -> dict[str, Lines]:
    return build()


def case(name: str) -> Lines:
    """Return a certificate, which may be changed."""
    lines: Lines = pickle.loads(_pickled(name))
    return lines


KINDS = (
    "partition",
    "partition of the line",
    "partition with several breakpoints",
    "property",
    "tight property",
    "property of two outputs",
    "failing property",
    "equal",
    "different",
    "lipschitz 1",
    "lipschitz inf",
    "lipschitz 2 squared",
    "range",
    "unbounded range",
    "range without a lower end",
)
POINTS = ("failing property", "different")
TREES = tuple(name for name in KINDS if name not in POINTS)


def rehash(lines: Lines) -> Lines:
    """Put the hashes of the networks into the header, as a forger would."""
    lines[0]["sha256"] = [by_hand.digest(each) for each in lines[0]["networks"]]
    return lines


def written(lines: Lines) -> bytes:
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def judge(lines: Lines | bytes) -> str:
    """Return "" for a valid certificate, else what is wrong with it."""
    data = lines if isinstance(lines, bytes) else written(lines)
    reader = Reader(io.BytesIO(data))
    try:
        prove(reader)
    except Defect as defect:
        return f"line {reader.number}: {defect}"
    return ""


def nodes(lines: Lines, *kinds: str) -> list[Any]:
    """Return the nodes of these kinds."""
    return [line for line in lines[1:-1] if line[0] in kinds]
