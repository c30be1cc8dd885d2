"""Narrow networks and what is near them: inverses, small perturbations, distances, random ones.

A network of square invertible layers with strictly monotone activations is a homeomorphism, and its
inverse is a network too: undo the activations, then the affine map, from the last layer to the
first.  A narrow network becomes one of these by a change as small as one likes: idle neurons make
its layers square, W + s I is invertible for all but finitely many s, and an activation that is s
steeper is strictly monotone.  The greatest distance of two networks over a box is that of their
difference, again a network, at the vertices of its complex: a number, not an estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import sympy

from exactpwl import Activation, Layer, Network, regions

__all__ = [
    "distance",
    "inverse",
    "is_monotone",
    "is_narrow",
    "perturbed",
    "random_narrow_network",
    "widened",
]

STAIRS = Activation((-1, 0, 2), (1, 0, 2, 0))
"""Monotone, with two flat pieces."""
MONOTONE = ["relu", "leaky_relu:1/3", "hard_tanh", "relu6", STAIRS, Activation((0,), (-1, -2))]


def is_monotone(activation: Activation) -> bool:
    """Return whether no two slopes have opposite signs."""
    return min(activation.slopes) >= 0 or max(activation.slopes) <= 0


def is_narrow(network: Network) -> bool:
    """Return whether no hidden layer is wider than the input, and all activations are monotone."""
    hidden = network.layers[:-1]
    return all(layer.width <= network.input_dimension for layer in hidden) and all(
        is_monotone(a) for layer in hidden for a in layer.activations
    )


def inverse_activation(activation: Activation) -> Activation:
    """Return the inverse of an activation whose slopes are all positive, or all negative."""
    ends = [activation(c) for c in activation.breakpoints]
    slopes = [1 / s for s in activation.slopes]
    if activation.slopes[0] < 0:
        ends, slopes = ends[::-1], slopes[::-1]
    zero = next(
        z
        for z in (-intercept / slope for slope, intercept in activation.pieces)
        if activation(z) == 0
    )
    return Activation(tuple(ends), tuple(slopes), zero)


def inverse(network: Network) -> Network:
    """Return the inverse of a network of square invertible layers, as a network."""
    layers: list[Any] = []
    size = network.input_dimension
    unit = [[int(i == j) for j in range(size)] for i in range(size)]
    for layer in reversed(network.layers):
        undone = [inverse_activation(a) for a in layer.activations]
        matrix = sympy.Matrix(layer.weight).inv()
        shift = -matrix * sympy.Matrix(layer.bias)
        layers.append((unit, [0] * size, undone))
        layers.append((_fractions(matrix), [row[0] for row in _fractions(shift)], "linear"))
    return Network(layers)


def _fractions(matrix: sympy.Matrix) -> list[list[Fraction]]:
    return [[Fraction(int(q.p), int(q.q)) for q in row] for row in matrix.tolist()]


def widened(network: Network) -> Network:
    """Return the same function with every hidden layer as wide as the input, by idle neurons."""
    size = network.input_dimension
    layers = []
    for layer in network.layers:
        last = layer is network.layers[-1]
        rows = [[*row, *[0] * (size - len(row))] for row in layer.weight]
        spare = 0 if last else size - layer.width
        rows += [[0] * size for _ in range(spare)]
        kinds = [*layer.activations, *[Activation((), (1,))] * spare]
        layers.append(Layer.of(rows, [*layer.bias, *[0] * spare], kinds))
    return Network(layers)


def perturbed(network: Network, s: Fraction) -> Network:
    """Return the network with W + s I for each hidden W, and slopes s steeper."""
    layers = []
    for layer in network.layers[:-1]:
        rows = [[w + s * (i == j) for j, w in enumerate(r)] for i, r in enumerate(layer.weight)]
        layers.append(Layer.of(rows, layer.bias, [_steeper(a, s) for a in layer.activations]))
    return Network([*layers, network.layers[-1]])


def _steeper(a: Activation, s: Fraction) -> Activation:
    step = -s if max(a.slopes) <= 0 and min(a.slopes) < 0 else s
    return Activation(a.breakpoints, tuple(k + step for k in a.slopes), a.value_at_zero)


def distance(first: Network, second: Network, box: Sequence[Any]) -> Fraction:
    """Return the maximum of |f - g| over a box, of two networks with as many layers."""
    layers = []
    for depth, (a, b) in enumerate(zip(first.layers, second.layers, strict=True)):
        if a is first.layers[-1]:
            row = [*a.weight[0], *[-w for w in b.weight[0]]]
            layers.append(Layer.of([row], [a.bias[0] - b.bias[0]], "linear"))
            continue
        left = [[*row, *[0] * (len(b.weight[0]) if depth else 0)] for row in a.weight]
        right = [[*[0] * (len(a.weight[0]) if depth else 0), *row] for row in b.weight]
        kinds = [*a.activations, *b.activations]
        layers.append(Layer.of(left + right, [*a.bias, *b.bias], kinds))
    difference = Network(layers)
    corners = {v for region in regions(difference, box).regions for v in region.vertices}
    return max(abs(difference(v)[0]) for v in corners)


def random_narrow_network(seed: int, inputs: int = 2) -> Network:
    """Return a network of one to four narrow layers with small integers, often degenerate."""
    random = Random(seed)
    layers: list[Any] = []
    size = inputs
    for _ in range(random.randint(1, 4)):
        width = random.randint(1 + (random.random() < 0.8) * (inputs - 1), inputs)
        rows = [[random.randint(-3, 3) for _ in range(size)] for _ in range(width)]
        biases = [random.randint(-3, 3) for _ in range(width)]
        layers.append((rows, biases, [random.choice(MONOTONE) for _ in range(width)]))
        size = width
    return Network(
        [*layers, ([[random.choice([-2, -1, 1, 2]) for _ in range(size)]], [0], "linear")]
    )
