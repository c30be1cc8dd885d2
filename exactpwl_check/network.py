"""A network in integers: the same lines compute functions on a cell, values, and slopes far out.

A hidden value is a vector of integers over a denominator, `scale`, that depends on the layer alone:
(w_1, .., w_d, w_0) for the function w.x + w_0 on a cell, an integer at a point.  `one` is the 1 so
written: (0, .., 0, 1) for functions, (t) at a point x/t; t = 0 gives slopes far out in direction x.
"""

from fractions import Fraction
from hashlib import sha256
from itertools import accumulate, pairwise
from json import dumps
from math import lcm
from operator import mul
from typing import Any, NamedTuple

from exactpwl_check.reading import Vector, index, items, members, rational, rationals, require


def affine(matrix: list[Vector], hidden: list[Vector], one: Vector) -> list[Vector]:
    """Return w.h + b for each row (w, b)."""
    columns = list(zip(*hidden, one, strict=True))
    return [[sum(map(mul, row, column)) for column in columns] for row in matrix]


class Layer(NamedTuple):
    """Of each neuron: a row (w, b); rows (m, c) of its kinks; its pieces s z + v as s, v, s', .."""

    matrix: list[Vector]
    kinks: list[list[Vector]]
    pieces: list[Vector]

    def after(self, before: list[Vector], pieces: Vector, one: Vector) -> list[Vector]:
        """Return what the neurons make of their pre-activations, each on its piece."""
        neurons = zip(self.pieces, pieces, before, strict=True)
        return [affine([own[2 * i : 2 * i + 2]], [z], one)[0] for own, i, z in neurons]


class Front(NamedTuple):
    """The first layer with undecided kinks and what enters it; after the last one, the outputs."""

    layer: int
    vectors: list[Vector]
    pieces: Vector
    undecided: int


class Network(NamedTuple):
    """The layers; the outputs are over `scale`."""

    widths: Vector
    layers: list[Layer]
    scale: int
    digest: str

    def front(self, layer: int, hidden: list[Vector], one: Vector) -> Front:
        """Go on from the inputs of a layer while neurons are constant; a kink is below itself."""
        for number, here in enumerate(self.layers[layer:], layer):
            vectors = affine(here.matrix, hidden, one)
            pieces, undecided = [], 0
            for z, kinks in zip(vectors, here.kinks, strict=True):
                bent = any(z[:-1])
                undecided += len(kinks) * bent
                pieces.append(0 if bent else sum(m * z[-1] + c * one[-1] > 0 for m, c in kinks))
            if undecided:
                return Front(number, vectors, pieces, undecided)
            hidden = here.after(vectors, pieces, one)
        return Front(len(self.layers), hidden, [], 0)

    def at(self, point: Vector) -> list[Vector]:
        """Return the outputs at a point (x, t), where all is constant, or the slopes for t = 0."""
        return self.front(0, [[x] for x in point[:-1]], point[-1:]).vectors


def read_network(value: Any) -> Network:
    """Return a network of the header."""
    inputs, listed = members(value, inputs=int, layers=list)
    widths, layers, scale = [index(inputs, 1 << 12, "inputs")], [], 1
    for data in listed:
        layer, scale = _layer(data, widths[-1], scale)
        layers.append(layer)
        widths.append(len(layer.matrix))
    text = dumps(value, sort_keys=True, separators=(",", ":"))
    return Network(widths, layers, scale, sha256(text.encode("ascii")).hexdigest())


def _layer(value: Any, inputs: int, scale: int) -> tuple[Layer, int]:
    """Return a layer whose inputs are over `scale`, and the scale of its outputs."""
    weight, bias, listed, kinds = members(
        value, weight=list, bias=list, activations=list, kinds=list
    )
    width = index(len(bias), 1 << 12, "neurons")
    rows = zip(items(weight, width), rationals(bias), strict=True)
    matrix, factor = integers([[*rationals(row, inputs), b * scale] for row, b in rows])
    scale *= factor
    known = [_activation(each, scale) for each in listed]
    own = [known[index(kind, len(known), "kind")] for kind in items(kinds, width)]
    pieces, factor = integers([pieces for _, pieces in own])
    return Layer(matrix, [kinks for kinks, _ in own], pieces), scale * factor


def _activation(value: Any, scale: int) -> tuple[list[Vector], list[Fraction]]:
    """Return kinks and pieces for arguments over `scale`."""
    points, slopes, zero = members(value, breakpoints=list, slopes=list, value_at_zero=str)
    breakpoints = [point * scale for point in rationals(points)]
    require(all(c < d for c, d in pairwise(breakpoints)), "breakpoints must increase")
    known = rationals(slopes, len(breakpoints) + 1)
    steps = ((s - after) * c for c, (s, after) in zip(breakpoints, pairwise(known), strict=True))
    intercepts = list(accumulate(steps, initial=Fraction(0)))
    shift = rational(zero) * scale - intercepts[sum(c < 0 for c in breakpoints)]
    pieces = [x for s, v in zip(known, intercepts, strict=True) for x in (s, v + shift)]
    return [[c.denominator, -c.numerator] for c in breakpoints], pieces


def integers(rows: list[list[Fraction]]) -> tuple[list[Vector], int]:
    """Return numbers times their least common denominator, and that."""
    common = lcm(*(x.denominator for row in rows for x in row))
    return [[int(x * common) for x in row] for row in rows], common
