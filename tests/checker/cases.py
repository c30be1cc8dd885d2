"""Small valid certificates of every kind of claim, and what judges a certificate in a test."""

from __future__ import annotations

import io
import json
import pickle
from functools import cache
from typing import Any

import handmade as by_hand
from handmade import HARD_TANH, LEAKY, LINEAR, RELU, STEPS, Lines
from handmade_bounds import bounded_property

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

ZIGZAG = {
    "breakpoints": ["-1/2", "1/4", "1"],
    "slopes": ["1", "-1/2", "1/3", "2"],
    "value_at_zero": "0",
}
LONG = by_hand.network(
    by_hand.layer([[1, 1], [1, "-1/3"], [0, 2]], [0, "1/2", "1/4"], RELU, ZIGZAG, LINEAR),
    by_hand.layer([["1/2", "1/5", 0], [0, 1, "-1/2"]], ["-1/3", 0], LINEAR),
    by_hand.layer([[1, "-1/7"], ["1/2", 1]], ["1/3", 0], HARD_TANH, LEAKY),
    by_hand.layer([["1/2", -1], [1, "2/3"]], ["1/5", 0], LINEAR),
)
"""Several breakpoints in both layers that bend, and linear ones between and behind; two outputs."""

LINE = by_hand.network(by_hand.layer([[1], [-1]], [0, 1], RELU), by_hand.layer([[1, 1]], [0], RELU))
"""One input; with the whole line as its domain."""

SQUARE = by_hand.box((-1, 1), (-1, 1))
HALF = [["1", "0", "0"], ["1", "2", "1/3"]]
"""An unbounded domain with a vertex."""


def clauses(top: Any, other: Any) -> list[list[dict[str, Any]]]:
    """Return a property of LONG of two clauses, the second with two alternatives."""
    low = by_hand.inequality([1, 0], "1/2")
    high = by_hand.inequality([-1, 0], other, ["1/3", 0], strict=True)
    return [[by_hand.inequality([1, "-1/2"], top, strict=True)], [low, high]]


def build() -> dict[str, Lines]:
    """Return a valid certificate of every kind."""
    low = by_hand.inequality([1], 9)
    strict = by_hand.inequality(["-1"], "10/3", strict=True)
    third = by_hand.inequality(["3/2"], "1/3", ["1/2", -1])
    tight = by_hand.inequality([-1], by_hand.ends([DEEP], SQUARE, ["-1"], 1)["value"])
    either = [by_hand.inequality([1, 0], -8), by_hand.inequality([-1, 0], 8, strict=True)]
    third_of_two = [by_hand.inequality([0, "-1/3"], 2, ["-1/2", 0])]
    several = [by_hand.inequality([1, 0], -8, x) for x in ([1, 0], [-1, 0])] + either[1:]
    return {
        "partition": by_hand.partition([DEEP], SQUARE),
        "partition of the line": by_hand.partition([LINE], []),
        "partition with several breakpoints": by_hand.partition([TALL], HALF),
        "property": by_hand.property_holds([DEEP], SQUARE, [[low], [strict]]),
        "tight property": by_hand.property_holds([DEEP], SQUARE, [[tight]]),
        "property of two outputs": by_hand.property_holds(
            [PAIR], SQUARE, [[by_hand.inequality([1, -1], 100)]]
        ),
        "property with inputs": by_hand.property_holds([DEEP], SQUARE, [[third]]),
        "property with alternatives": by_hand.property_holds(
            [PAIR], SQUARE, [either, third_of_two]
        ),
        "property that needs several alternatives at once": by_hand.property_holds(
            [PAIR], SQUARE, [several]
        ),
        "bounded property": bounded_property([LONG], SQUARE, clauses("24/25", 1)),
        "property bounded by the box": bounded_property(
            [LONG], SQUARE, clauses("5/3", "3/2"), box_only=True
        ),
        "property bounded in places": bounded_property(
            [TALL], by_hand.box((-1, 1), (0, "1/2")), [[by_hand.inequality([1, 0], 10)]], deep=4
        ),
        "failing property": by_hand.fails(
            [DEEP], SQUARE, ["1/2", "1/3"], [[low], [by_hand.inequality([1], -3)]]
        ),
        "equal": by_hand.equal([DEEP, TWIN], SQUARE),
        "different": by_hand.fails([DEEP, TWIN], by_hand.box((-9, 9), (-9, 9)), ["7", "1"]),
        "lipschitz 1": by_hand.lipschitz([PAIR], SQUARE, "1"),
        "lipschitz inf": by_hand.lipschitz([PAIR], SQUARE, "inf"),
        "lipschitz 2 squared": by_hand.lipschitz([DEEP], SQUARE, "2 squared"),
        "slope": by_hand.slope([PAIR], SQUARE, ["1", "-1/2"], ["1", "2/3"]),
        "falling slope": by_hand.slope([LINE], [], ["-1"], ["1/2"]),
        "range": by_hand.value_range([PAIR], SQUARE, ["1", "-1/2"]),
        "unbounded range": by_hand.value_range([DEEP], HALF, ["1"]),
        "range without a lower end": by_hand.value_range([LINE], [], ["-1"]),
        "bounded range": bounded_range(),
    }


def bounded_range() -> Lines:
    """Return the certificate of a range with branches that end early."""
    lower, upper = (by_hand.ends([LONG], SQUARE, ["1", "-1/2"], sign) for sign in (-1, 1))
    least = by_hand.inequality([-1, "1/2"], -by_hand.Fraction(lower["value"]))
    most = by_hand.inequality([1, "-1/2"], upper["value"])
    lines = bounded_property([LONG], SQUARE, [[least], [most]])
    told = {"coefficients": ["1", "-1/2"], "lower": lower, "upper": upper}
    lines[0]["claim"] = {"kind": "range", **told, "regions": lines[0]["claim"]["regions"]}
    return lines


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
    "property with inputs",
    "property with alternatives",
    "property that needs several alternatives at once",
    "bounded property",
    "property bounded by the box",
    "property bounded in places",
    "failing property",
    "equal",
    "different",
    "lipschitz 1",
    "lipschitz inf",
    "lipschitz 2 squared",
    "slope",
    "falling slope",
    "range",
    "unbounded range",
    "range without a lower end",
    "bounded range",
)
POINTS = ("failing property", "different")
BOUNDED = (
    "bounded property",
    "property bounded by the box",
    "property bounded in places",
    "bounded range",
)
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
