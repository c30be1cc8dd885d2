"""Hypothesis strategies for all that the library takes: numbers, activations, networks, polyhedra.

Networks are degenerate on purpose: ternary weights make hyperplanes coincide, rows vanish, neurons
die and repeat.  Whatever the library learns to read joins this file.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from exactpwl import Activation, Domain, Layer, Network
from exactpwl.polyhedron import Polyhedron

Point = tuple[Fraction, ...]


def rationals(size: int = 4, denominator: int = 6) -> SearchStrategy[Fraction]:
    """Small rationals, half of them integers."""
    small = st.builds(Fraction, st.integers(-size, size), st.integers(1, denominator))
    return st.integers(-size, size).map(Fraction) | small


def ternary() -> SearchStrategy[Fraction]:
    """-1, 0 and 1: degenerate networks come from these."""
    return st.sampled_from([Fraction(-1), Fraction(0), Fraction(1)])


def dyadics() -> SearchStrategy[Fraction]:
    """The numbers that float32 weights are."""
    floats = st.floats(-2, 2, width=32, allow_subnormal=False)
    return floats.map(lambda value: Fraction(float(np.float32(value))))


def big_rationals() -> SearchStrategy[Fraction]:
    """Any rational, of any size."""
    return st.fractions()


weight_kinds = {"ternary": ternary(), "small": rationals(), "float32": dyadics()}


def points(
    dimension: int, entries: SearchStrategy[Fraction] | None = None
) -> SearchStrategy[Point]:
    """Rational points of R^dimension."""
    return st.tuples(*[rationals(6) if entries is None else entries] * dimension)


@st.composite
def piecewise_activations(draw: st.DrawFn, most_breakpoints: int = 3) -> Activation:
    """Any continuous piecewise-linear function of one variable."""
    breakpoints = sorted(draw(st.sets(rationals(), max_size=most_breakpoints)))
    count = len(breakpoints) + 1
    slopes = draw(st.lists(rationals(2), min_size=count, max_size=count))
    return Activation(tuple(breakpoints), tuple(slopes), draw(rationals(2)))


def activations() -> SearchStrategy[Activation]:
    """Every kind of activation, ReLU most often."""
    named = st.sampled_from(["abs", "linear", "hard_tanh", "relu6"]).map(Activation.parse)
    leaky = st.one_of(rationals(2), st.just(Fraction(1, 50))).map(Activation.leaky_relu)
    return st.one_of(relus(), relus(), named, leaky, piecewise_activations())


def relus() -> SearchStrategy[Activation]:
    """ReLU alone."""
    return st.just(Activation.parse("relu"))


@st.composite
def layers(
    draw: st.DrawFn,
    inputs: int,
    width: int,
    weights: SearchStrategy[Fraction],
    kinds: SearchStrategy[Activation],
) -> Layer:
    """One layer; with luck a row repeats another one, times a positive or negative number."""
    rows = [[*draw(points(inputs, weights)), draw(weights)] for _ in range(width)]
    if width > 1 and draw(st.booleans()):
        source, target = draw(st.permutations(range(width)))[:2]
        factor = draw(st.sampled_from([Fraction(1), Fraction(-1), Fraction(2), Fraction(0)]))
        rows[target] = [factor * entry for entry in rows[source]]
    one_for_all = draw(st.booleans())
    spec: Any = draw(kinds) if one_for_all else [draw(kinds) for _ in range(width)]
    return Layer.of([row[:-1] for row in rows], [row[-1] for row in rows], spec)


@st.composite
def networks(
    draw: st.DrawFn,
    *,
    inputs: SearchStrategy[int] | None = None,
    outputs: SearchStrategy[int] | None = None,
    depth: int = 2,
    width: int = 3,
    weights: SearchStrategy[Fraction] | None = None,
    kinds: SearchStrategy[Activation] | None = None,
) -> Network:
    """Networks with up to `depth` layers with kinks of up to `width` neurons, then a linear one.

    A linear layer may stand between.  `weights` and `kinds` default to all of them, one sort of
    weight a network.
    """
    numbers = draw(st.sampled_from(list(weight_kinds.values()))) if weights is None else weights
    bends = activations() if kinds is None else kinds
    linear = st.just(Activation.parse("linear"))
    made: list[Layer] = []
    size = draw(st.integers(1, 3) if inputs is None else inputs)
    for _ in range(draw(st.integers(1, depth))):
        if draw(st.integers(0, 5)) == 0:
            made.append(draw(layers(size, size, numbers, linear)))
        made.append(draw(layers(size, draw(st.integers(1, width)), numbers, bends)))
        size = made[-1].width
    last = draw(st.integers(1, 2) if outputs is None else outputs)
    made.append(draw(layers(size, last, numbers, linear)))
    return Network(made)


def relu_networks(**options: Any) -> SearchStrategy[Network]:
    """Networks with ReLUs only; the options of `networks`."""
    return networks(kinds=relus(), **options)


@st.composite
def boxes(draw: st.DrawFn, dimension: int) -> Domain:
    """Boxes with an interior."""
    pair = st.lists(rationals(), min_size=2, max_size=2, unique=True).map(sorted)
    return Domain.box([tuple(draw(pair)) for _ in range(dimension)])


@st.composite
def rows(draw: st.DrawFn, dimension: int, most: int = 5) -> Sequence[tuple[Point, Fraction]]:
    """Inequalities normal . x + offset >= 0; zero, repeated and opposite ones among them."""
    entries = st.one_of(ternary(), rationals(3))
    one = st.tuples(points(dimension, entries), entries)
    listed = draw(st.lists(one, max_size=most))
    mirrored: bool = draw(st.booleans())
    if listed and mirrored:
        normal, offset = draw(st.sampled_from(listed))
        listed.append((tuple(-entry for entry in normal), -offset))
    return listed


def polyhedra(dimension: int, most: int = 5) -> SearchStrategy[Polyhedron]:
    """Full, thin and empty polyhedra."""
    return rows(dimension, most).map(lambda listed: Polyhedron(dimension, tuple(listed)))


def full_polyhedra(dimension: int, most: int = 4) -> SearchStrategy[Polyhedron]:
    """Polyhedra with an interior: the inequalities are turned so that a point is inside."""

    def turned(listed: Sequence[tuple[Point, Fraction]], inside: Point) -> Polyhedron:
        kept = []
        for normal, offset in listed:
            height = sum((a * c for a, c in zip(normal, inside, strict=True)), offset)
            sign = 1 if height > 0 else -1
            if height:
                kept.append((tuple(sign * entry for entry in normal), sign * offset))
        return Polyhedron(dimension, tuple(kept))

    return st.builds(turned, rows(dimension, most), points(dimension))


@st.composite
def domains(draw: st.DrawFn, dimension: int) -> Domain:
    """The whole space, a box, or a polyhedron with an interior."""
    kind = draw(st.sampled_from(["whole", "box", "polyhedron"]))
    if kind == "whole":
        return Domain.whole(dimension)
    if kind == "box":
        return draw(boxes(dimension))
    listed = draw(full_polyhedra(dimension)).rows
    normals = [[-entry for entry in normal] for normal, _ in listed]
    return Domain.polyhedron(normals, [offset for _, offset in listed], dimension=dimension)


Meaning = Callable[[Point, Point], Any]
"""What a part of a VNN-LIB text says of inputs and outputs."""

_RELATIONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True)
class VNNLIBText:
    """A VNN-LIB text and what it means, found without the reader."""

    text: str
    inputs: int
    outputs: int
    meaning: Meaning


def decimals(*, exponents: bool = True) -> SearchStrategy[str]:
    """Decimal texts; those of version 2.0's grammar have a point and no exponent."""
    numbers = st.tuples(st.integers(-30, 30), st.integers(0, 2))
    plain = numbers.map(lambda pair: f"{pair[0]}.{'0' * pair[1]}5")
    whole = st.integers(-4, 4).map(lambda n: f"{n}.0")
    if not exponents:
        return whole | plain
    small = st.integers(-4, 4).map(str)
    return whole | plain | small | st.sampled_from(["1e-2", "-2.5E+1", ".5", "3.", "-1e0"])


def vnnlib_texts(
    version: int, *, exponents: bool = True, products: bool = True
) -> SearchStrategy[VNNLIBText]:
    """VNN-LIB texts of version 1 or 2 with nested conditions and sums."""
    return st.tuples(st.integers(1, 3), st.integers(1, 2)).flatmap(
        lambda sizes: _vnnlib_text(version, *sizes, decimals(exponents=exponents), products)
    )


@st.composite
def _vnnlib_text(
    draw: st.DrawFn,
    version: int,
    d: int,
    m: int,
    numbers: SearchStrategy[str],
    products: bool,
) -> VNNLIBText:
    name = (lambda t, i: f"{t}_{i}") if version == 1 else (lambda t, i: f"{t}[0,{i}]")
    inputs = [(name("X", i), lambda x, y, i=i: x[i]) for i in range(d)]
    outputs = [(name("Y", i), lambda x, y, i=i: y[i]) for i in range(m)]
    constants = numbers.map(lambda text: (text, lambda x, y: Fraction(text)))
    leaves = st.sampled_from(inputs + outputs) | constants
    sums = st.recursive(leaves, lambda part: _arithmetic(part, constants, products), max_leaves=5)
    compared = st.builds(_compared_texts, st.sampled_from(list(_RELATIONS)), sums, sums)
    words = ["and", "or", "not"] if version == 1 else ["and", "or"]
    conditions = st.recursive(compared, lambda part: _connected(words, part), max_leaves=6)
    asserted = draw(st.lists(conditions, min_size=1, max_size=4))
    if version == 1:
        head = "\n".join(f"(declare-const {text} Real)" for text, _ in inputs + outputs)
    else:
        head = (
            "(vnnlib-version <2.0>)\n(declare-network f"
            f" (declare-input X real [1,{d}]) (declare-output Y real [1,{m}]))"
        )
    text = "\n".join([head, *(f"(assert {part}) ; a comment" for part, _ in asserted)])
    return VNNLIBText(text, d, m, lambda x, y: all(means(x, y) for _, means in asserted))


Part = tuple[str, Meaning]


def _arithmetic(
    part: SearchStrategy[Part], constants: SearchStrategy[Part], products: bool
) -> SearchStrategy[Part]:
    parts = st.lists(part, min_size=1, max_size=3)
    sums = parts.map(lambda ps: _applied("+", ps, lambda vs: sum(vs, Fraction(0))))
    differences = parts.map(
        lambda ps: _applied("-", ps, lambda vs: vs[0] - sum(vs[1:]) if len(vs) > 1 else -vs[0])
    )
    scaled = st.tuples(constants, part) | st.tuples(part, constants)
    multiples = scaled.map(lambda ps: _applied("*", ps, lambda vs: vs[0] * vs[1]))
    return st.one_of(sums, differences, multiples) if products else sums | differences


def _applied(sign: str, parts: Sequence[Part], value: Callable[[list[Any]], Any]) -> Part:
    text = f"({sign} {' '.join(part for part, _ in parts)})"
    return text, lambda x, y: value([means(x, y) for _, means in parts])


def _compared_texts(relation: str, left: Part, right: Part) -> Part:
    return _applied(relation, [left, right], lambda vs: _RELATIONS[relation](*vs))


def _connected(words: Sequence[str], part: SearchStrategy[Part]) -> SearchStrategy[Part]:
    values: dict[str, Callable[[list[Any]], Any]] = {"and": all, "or": any}
    values["not"] = lambda vs: not vs[0]

    def joined(word: str, parts: list[Part]) -> Part:
        return _applied(word, parts[:1] if word == "not" else parts, values[word])

    return st.builds(joined, st.sampled_from(words), st.lists(part, min_size=1, max_size=3))
