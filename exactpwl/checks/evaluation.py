"""The complex against direct evaluation of the network at exact rational points.

Directly means layer by layer, from the weights as they stand: nothing of the engine's integer form
takes part.  The points are of four kinds: the regions' witnesses; random combinations of generators
from all over the complex, which reach every part of a convex domain, so that a missing region is
hit; random points of facets; and vertices.  On facets and at vertices every region around the point
must give the value.

Of each kind but the first there are 100 and the square root of the number of regions, or 300.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import isqrt, lcm
from random import Random
from typing import TYPE_CHECKING, Any

from exactpwl.activation import Activation
from exactpwl.checks.effort import Effort, seconds_of_reference
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import at, region_text
from exactpwl.inequality import dot
from exactpwl.location import regions_around
from exactpwl.maximum import Maximum
from exactpwl.network import Network
from exactpwl.rationals import format_point, homogeneous, ordinary

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_evaluation", "evaluate_directly"]

Point = tuple[Fraction, ...]
Probe = tuple[str, Point]

LEAST_OF_A_KIND, MOST_OF_A_KIND = 100, 300
LEAST_SECONDS = 0.05
LARGEST_WEIGHT = 9


class DirectEvaluation:
    """A network as a function of homogeneous vectors, layer by layer.

    A value is an integer over the layer's own denominator: the product of those before it and of
    those of weights and slopes.  No fraction is reduced on the way.
    """

    def __init__(self, network: Network) -> None:
        self._layers: list[Any] = []
        for layer in network.layers:
            if isinstance(layer, Maximum):
                self._layers.append(layer.members)
                continue
            pieces = [piece for a in layer.activations for piece in a.pieces]
            common = lcm(*(Fraction(c).denominator for piece in pieces for c in piece))
            neurons = [
                (row, bias, *_scaled(activation, common))
                for activation, row, bias in zip(
                    layer.activations, layer.numerators, layer.bias_numerators, strict=True
                )
            ]
            self._layers.append((neurons, layer.denominator, common))

    def __call__(self, vector: Sequence[int]) -> tuple[list[int], int]:
        """Return numerators and the positive denominator of the value at x/t, given (x, t)."""
        *numbers, scale = vector
        for layer in self._layers:
            if isinstance(layer[0], tuple):
                numbers = [max(numbers[i] for i in group) for group in layer]
                continue
            neurons, denominator, common = layer
            below = denominator * scale
            found = []
            for row, bias, breakpoints, pieces in neurons:
                value = at(row, numbers) + bias * scale
                place = 0
                for p, q in breakpoints:
                    place += q * value > p * below
                slope, intercept = pieces[place]
                found.append(slope * value + intercept * below if intercept else slope * value)
            numbers, scale = found, common * below
        return numbers, scale


def _scaled(
    activation: Activation, common: int
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return breakpoints as numerator and denominator, and pieces as integers over `common`."""
    breakpoints = [(c.numerator, c.denominator) for c in activation.breakpoints]
    pieces = [(int(slope * common), int(shift * common)) for slope, shift in activation.pieces]
    return breakpoints, pieces


def evaluate_directly(network: Network, x: Sequence[Fraction]) -> Point:
    """Return the network's value at a point, layer by layer.

    Examples
    --------
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> evaluate_directly(xor, (Fraction(1), Fraction(1)))
    (Fraction(-3, 1),)
    """
    numbers, scale = DirectEvaluation(network)(homogeneous(x))
    return tuple(Fraction(number, scale) for number in numbers)


@named(
    "evaluation",
    "at witnesses, random points, facets and vertices the complex has the value that the network "
    "has, evaluated directly, layer by layer",
)
def check_evaluation(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check the complex against direct evaluation at rational points.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_evaluation(regions(gallery.get("xor"))).evidence)
    all 3 witnesses, 101 random points, 2 facet points, 2 vertices by seed 0
    """
    if not len(complex_):
        return Finding(0, "", "the complex has no region, but every domain has one")
    direct = DirectEvaluation(complex_.network)
    layers = complex_.network.layers
    weights = sum(layer.width * layer.input_dimension for layer in layers)
    each = 2e-5 + 7e-8 * weights
    usual = seconds_of_reference(complex_) / 4
    witnesses = effort.sample(range(len(complex_)), each, usual=usual)
    checked, failure = effort.first_failure(
        "evaluation",
        witnesses.items,
        lambda i: _wrong_witness(complex_, direct, i),
        lambda i: f"region {region_text(complex_, i)}",
    )
    evidence = witnesses.count("witnesses")
    if failure is None:
        probes = effort.sample(
            list(_probes(complex_, effort.random())), 8 * each, usual=max(usual, LEAST_SECONDS)
        )
        more, failure = effort.first_failure(
            "evaluation",
            probes.items,
            lambda probe: _wrong_probe(complex_, direct, probe),
            lambda probe: f"the {probe[0]} {format_point(probe[1])}",
        )
        checked += more
        evidence += f", {_kinds(probes.items)} by seed {effort.seed}"
    return Finding(checked, evidence, failure)


def _wrong_witness(
    complex_: PolyhedralComplex, direct: DirectEvaluation, region: int
) -> str | None:
    vector = complex_.regions[region].interior_vector
    return _wrong_value(complex_, direct, "witness", vector, [region])


def _wrong_probe(complex_: PolyhedralComplex, direct: DirectEvaluation, probe: Probe) -> str | None:
    kind, point = probe
    around = regions_around(complex_, point)
    return _wrong_value(complex_, direct, kind, homogeneous(point), around)


def _wrong_value(
    complex_: PolyhedralComplex,
    direct: DirectEvaluation,
    kind: str,
    vector: Sequence[int],
    around: Sequence[int],
) -> str | None:
    values, scale = direct(vector)
    for region in around:
        *rows, last = complex_.integer_maps[region]
        below = last[-1] * vector[-1]
        found = [at(row, vector) for row in rows]
        if [number * scale for number in found] != [value * below for value in values]:
            told = format_point([Fraction(number, below) for number in found])
            right = format_point([Fraction(value, scale) for value in values])
            return (
                f"at the {kind} {format_point(ordinary(vector))} the network has the value "
                f"{right}, region {region_text(complex_, region)} gives {told}"
            )
    return None


def _probes(complex_: PolyhedralComplex, random: Random) -> Iterator[Probe]:
    finite = [i for i, g in enumerate(complex_.generators) if g[-1]]
    every = range(len(complex_.generators))
    most = min(LEAST_OF_A_KIND + isqrt(len(complex_)), MOST_OF_A_KIND)
    for _ in range(most):
        ids = [random.choice(finite), *random.choices(every, k=complex_.dimension)]
        yield "random point", _combination(complex_, ids, random)
    facets = complex_.adjacencies
    for _ in range(min(len(facets), most)):
        yield "facet point", _combination(complex_, random.choice(facets).generators, random)
    for i in random.sample(finite, min(len(finite), most)):
        yield "vertex", complex_.points([i])[0]


def _combination(complex_: PolyhedralComplex, ids: Sequence[int], random: Random) -> Point:
    """Return a random point of the hull of some generators, moved along the lines."""
    chosen = [complex_.generators[i] for i in ids] + [(*line, 0) for line in complex_.lines]
    weights = [Fraction(random.randint(1, LARGEST_WEIGHT)) for _ in chosen]
    weights = [w / g[-1] if g[-1] else w for w, g in zip(weights, chosen, strict=True)]
    *x, t = (dot(weights, column) for column in zip(*chosen, strict=True))
    return tuple(c / t for c in x)


def _kinds(probes: Sequence[Probe]) -> str:
    counts: dict[str, int] = {}
    for kind, _ in probes:
        counts[kind] = counts.get(kind, 0) + 1
    plural = {"vertex": "vertices"}
    return ", ".join(
        f"{n} {kind if n == 1 else plural.get(kind, kind + 's')}" for kind, n in counts.items()
    )
