"""Partitions for the formats that a proof can be written in: small, each with another trait."""

import random
from collections.abc import Callable
from typing import Any

from exactpwl import Domain, Network, gallery
from exactpwl.certificate import (
    Certificate,
    certify_equality,
    certify_lipschitz,
    certify_partition,
    certify_property,
    certify_range,
    certify_slope,
)


def network(widths: list[int], activations: list[Any], seed: int) -> Network:
    """Return a network of small integers; several concurrent and parallel kinks are among them."""
    draw = random.Random(seed)
    layers = []
    for before, width, activation in zip(widths, widths[1:], activations, strict=False):
        weight = [[draw.randint(-3, 3) for _ in range(before)] for _ in range(width)]
        layers.append((weight, [draw.randint(-3, 3) for _ in range(width)], activation))
    return Network(layers)


def xor() -> Certificate:
    return certify_partition(gallery.get("xor"))


def lines() -> Certificate:
    return certify_partition(gallery.get("lines:8"))


def deep() -> Certificate:
    return certify_partition(network([2, 6, 5, 4, 1], ["relu"] * 3 + ["linear"], seed=4))


def all_sorts() -> Certificate:
    kinds = ["leaky_relu:1/50", ["hard_tanh", "abs", "linear"], "linear"]
    return certify_partition(network([2, 4, 3, 1], kinds, seed=2))


def polyhedron() -> Certificate:
    triangle = Domain.polyhedron([[-1, 0], [0, -1], [1, "3/2"]], [1, 2, "5/7"])
    return certify_partition(network([2, 5, 1], ["leaky_relu:-1/3", "relu"], seed=6), triangle)


def degenerate() -> Certificate:
    """A coincident kink, one that is zero on a whole region, one without weights, and a line."""
    first = ([[1, 0], [2, 0], [0, 0]], [0, 0, 1], "relu")
    return certify_partition(Network([first, ([[1, -1, 0], [1, 0, -1]], [0, 1], "relu")]))


def one_input() -> Certificate:
    return certify_partition(gallery.get("sawtooth:3"))


def box() -> Certificate:
    return certify_partition(gallery.get("max:3"), [(-1, 1), (0, "1/3"), (-2, 2)])


def linear() -> Certificate:
    return certify_partition(Network([([[1, 2]], [3], "linear")]))


EXAMPLES = [xor, lines, deep, all_sorts, polyhedron, degenerate, one_input, box, linear]
COUNTS = {"xor": 3, "lines": 37, "deep": 111, "all_sorts": 27, "linear": 1}


UNIT = [(0, 1), (0, 1)]
OTHERS: dict[str, Callable[[], Certificate]] = {
    "property": lambda: certify_property(gallery.get("xor"), [([1], 2)], UNIT),
    "equal": lambda: certify_equality(gallery.get("xor"), gallery.get("xor")),
    "lipschitz": lambda: certify_lipschitz(gallery.get("xor")),
    "slope": lambda: certify_slope(gallery.get("xor"), [1], [0, 1]),
    "range": lambda: certify_range(gallery.get("xor"), [1], UNIT),
}
"""Certificates of other claims, which these formats do not write."""
