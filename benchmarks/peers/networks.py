"""The networks of the benchmark, as arrays of floats that every tool can read.

The random ones are drawn with numpy's default generator: weights N(0, 2 / inputs of the layer),
biases N(0, s^2), layer by layer, rounded to float32 and then kept as float64.  So float32 tools and
exact ones see the same numbers.  a to i are made by the seeds 1001 to 1009, j by 1010.  In the
degenerate ones, all with small integers, the question is who is right: weights in {-1, 0, 1}, the
resonance and braid arrangements, and pencils, k lines through the point (1/3, 1/7), which no float
holds: 2k regions.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from exactpwl import Network, gallery

Floats = npt.NDArray[np.float64]

__all__ = [
    "PROVEN",
    "RANDOM",
    "Arrays",
    "Case",
    "Shape",
    "cases",
    "is_ternary",
    "network_arrays",
    "pencil",
    "random_network",
    "save",
]


@dataclass(frozen=True)
class Shape:
    """How a random network is made; `spread` is the deviation of its biases."""

    inputs: int
    hidden: tuple[int, ...]
    seed: int
    spread: float

    def __str__(self) -> str:
        return f"{self.inputs}; {','.join(map(str, self.hidden))}"


@dataclass(frozen=True)
class Arrays:
    """A dense network; `slope` is that of its (leaky) ReLU left of 0, as a rational."""

    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    slope: str = "0"

    @property
    def inputs(self) -> int:
        """The number of inputs."""
        return int(self.weights[0].shape[1])


@dataclass(frozen=True)
class Case:
    """A network over [-1, 1]^d ("box") or R^d ("space"), with the proven number of regions."""

    network: str
    domain: str
    regions: int | None = None

    @property
    def key(self) -> str:
        """A name for files and look-ups."""
        return f"{self.network} {self.domain}"


RANDOM = {
    "a": Shape(2, (8,), 1001, 0.5),
    "b": Shape(2, (8, 8, 8), 1002, 0.3),
    "c": Shape(2, (32, 32, 32), 1003, 0.3),
    "d": Shape(2, (64, 64, 64, 64), 1004, 0.2),
    "e": Shape(3, (16, 16), 1005, 0.3),
    "f": Shape(3, (32, 32, 32), 1006, 0.3),
    "g": Shape(4, (16, 16), 1007, 0.3),
    "h": Shape(5, (10, 10), 1008, 0.3),
    "i": Shape(10, (15,), 1009, 0.5),
    "j": Shape(2, (128, 128, 128), 1010, 0.2),
}

PROVEN = {
    "box": {"a": 26, "b": 193, "c": 3917, "d": 25443, "j": 54877}
    | {"e": 2943, "f": 67169, "g": 28089, "h": 6204, "rings": 489},
    "space": {"a": 37, "b": 316, "c": 5558, "d": 35417}
    | {"e": 4359, "f": 149623, "g": 40463, "h": 21940, "i": 30827, "rings": 1014},
}
"""Regions, by the reference engine too (`tests/test_benchmarks.py`, all but i)."""
_ARRANGEMENTS = {
    "resonance:4": 370,
    "resonance:5": 11292,
    "resonance:6": 1066044,
    "braid:5": 120,
    "braid:6": 720,
}
_PENCILS = (4, 8, 12, 16)
_TERNARY = [f"ternary {shape} #{seed}" for shape in ("4-4", "3-4-3") for seed in range(1, 11)]


def cases(*, quick: bool = False) -> list[Case]:
    """Return the networks and domains of the benchmark, in the order of the table."""
    box = "abce" if quick else "abcdjefgh"
    space = "abe" if quick else "abcdefghi"
    found = [Case(name, "box", PROVEN["box"][name]) for name in (*box, "rings")]
    found += [Case(name, "space", PROVEN["space"][name]) for name in (*space, "rings")]
    arrangements = ("resonance:4", "braid:5") if quick else _ARRANGEMENTS
    found += [Case(name, "space", _ARRANGEMENTS[name]) for name in arrangements]
    lines = _PENCILS[::3] if quick else _PENCILS
    found += [Case(f"pencil:{k}", domain, 2 * k) for domain in ("box", "space") for k in lines]
    ternary = _TERNARY[::10] if quick else _TERNARY
    return found + [Case(name, domain) for domain in ("box", "space") for name in ternary]


def is_ternary(network: str) -> bool:
    """Whether this is one of the networks whose count the powerset method decides."""
    return network.startswith("ternary")


def network_arrays(name: str) -> Arrays:
    """Return the arrays of a network by its name."""
    if name in RANDOM:
        return random_network(RANDOM[name])
    if is_ternary(name):
        shape, _, seed = name.removeprefix("ternary ").partition(" #")
        return ternary_network([int(width) for width in shape.split("-")], int(seed))
    if name.startswith("pencil:"):
        return pencil(int(name.partition(":")[2]))
    return _floats(gallery.get(name))


def random_network(shape: Shape) -> Arrays:
    """Draw a network with float32 weights; its output is one number."""
    draw = np.random.default_rng(shape.seed)
    weights, biases = [], []
    sizes = (shape.inputs, *shape.hidden, 1)
    for inputs, outputs in pairwise(sizes):
        weights.append(_float32(draw.normal(0, np.sqrt(2 / inputs), (outputs, inputs))))
        biases.append(_float32(draw.normal(0, shape.spread, outputs)))
    return Arrays(tuple(weights), tuple(biases))


def ternary_network(hidden: Sequence[int], seed: int) -> Arrays:
    """Draw a network on 2 inputs with weights and biases in {-1, 0, 1}, equally likely."""
    draw = np.random.default_rng([seed, *hidden])
    weights, biases = [], []
    sizes = (2, *hidden, 1)
    for inputs, outputs in pairwise(sizes):
        weights.append(draw.integers(-1, 2, (outputs, inputs)).astype(float))
        biases.append(draw.integers(-1, 2, outputs).astype(float))
    return Arrays(tuple(weights), tuple(biases))


def pencil(lines: int) -> Arrays:
    """Return the lines p (3x - 1) + q (7y - 1) = 0, for the smallest coprime p and q."""
    pairs = [(p, q) for p in range(-6, 7) for q in range(7) if gcd(p, q) == 1 and (q or p > 0)]
    chosen = sorted(pairs, key=lambda pair: (abs(pair[0]) + pair[1], pair))[:lines]
    weight = np.array([(3.0 * p, 7.0 * q) for p, q in chosen])
    bias = np.array([-float(p + q) for p, q in chosen])
    return Arrays((weight, np.ones((1, lines))), (bias, np.zeros(1)))


def save(arrays: Arrays, domain: str, path: Path) -> None:
    """Write what a worker needs: the numbers (JSON keeps floats as they are) and the domain."""
    job: dict[str, Any] = {
        "domain": domain,
        "slope": arrays.slope,
        "weights": [w.tolist() for w in arrays.weights],
        "biases": [b.tolist() for b in arrays.biases],
    }
    path.write_text(json.dumps(job), encoding="utf-8")


def _float32(drawn: Floats) -> Floats:
    return drawn.astype(np.float32).astype(np.float64)


def _floats(network: Network) -> Arrays:
    """Return a dense (leaky) ReLU network as floats, refusing what floats cannot hold."""
    slopes = {a.slopes[0] for layer in network.layers[:-1] for a in layer.activations}
    if len(slopes) != 1 or not network.layers[-1].is_linear:
        raise ValueError(f"one (leaky) ReLU everywhere is required, got {network!r}")
    weights = tuple(_as_floats(layer.weight) for layer in network.layers)
    biases = tuple(_as_floats(layer.bias) for layer in network.layers)
    return Arrays(weights, biases, str(slopes.pop()))


def _as_floats(numbers: Any) -> Floats:
    exact = np.array(numbers, dtype=object)
    floats = exact.astype(float)
    if not np.array_equal(floats, exact):  # a float and a fraction are compared exactly
        raise ValueError("numbers that are floats are required: other tools read nothing else")
    return floats
