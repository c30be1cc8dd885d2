"""The complex against direct evaluation of the network at exact rational points.

Directly means layer by layer in fractions, from the weights as they stand: nothing of the engine's
integer form takes part.  The points are of four kinds: each region's witness; random combinations
of generators from all over the complex, which reach every part of a convex domain, so that a
missing region is hit; random points of facets; and vertices.  On facets and at vertices every
region around the point must give the value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import at, region_text
from exactpwl.inequality import dot
from exactpwl.network import Network
from exactpwl.rationals import clear_denominators, format_point, ordinary

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_evaluation", "evaluate_directly"]

Point = tuple[Fraction, ...]
Probe = tuple[str, Point]

MOST_OF_A_KIND = 300
LARGEST_WEIGHT = 9


def evaluate_directly(network: Network, x: Sequence[Fraction]) -> Point:
    """Return the network's value at a point, layer by layer in fractions.

    Examples
    --------
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> evaluate_directly(xor, (Fraction(1), Fraction(1)))
    (Fraction(-3, 1),)
    """
    values = tuple(x)
    for layer in network.layers:
        numbers, scale = clear_denominators(values)
        rows = zip(layer.activations, layer.numerators, layer.bias_numerators, strict=True)
        values = tuple(
            activation(Fraction(at(row, numbers) + bias * scale, layer.denominator * scale))
            for activation, row, bias in rows
        )
    return values


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
    all 3 witnesses, 300 random points, 2 facet points, 2 vertices by seed 0
    """
    if not len(complex_):
        return Finding(0, "", "the complex has no region, but every domain has one")
    layers = complex_.network.layers
    weights = sum(layer.width * layer.input_dimension for layer in layers)
    generators = sum(len(cell.generators) for cell in complex_.cells) / len(complex_)
    each = 1e-6 * (weights + 20 * len(complex_.network.kinks) + complex_.dimension * generators)
    witnesses = effort.sample(range(len(complex_)), each)
    checked, failure = effort.first_failure(
        "evaluation",
        witnesses.items,
        lambda i: _wrong_witness(complex_, i),
        lambda i: f"region {region_text(complex_, i)}",
    )
    evidence = witnesses.count("witnesses")
    if failure is None:
        probes = effort.sample(list(_probes(complex_, effort.random())), 4 * each)
        more, failure = effort.first_failure(
            "evaluation",
            probes.items,
            lambda probe: _wrong_probe(complex_, probe),
            lambda probe: f"the {probe[0]} {format_point(probe[1])}",
        )
        checked += more
        evidence += f", {_kinds(probes.items)} by seed {effort.seed}"
    return Finding(checked, evidence, failure)


def _wrong_witness(complex_: PolyhedralComplex, region: int) -> str | None:
    ids = complex_.generator_ids[region]
    middle = map(sum, zip(*(complex_.generators[i] for i in ids), strict=True))
    point = ordinary(tuple(middle))
    return _wrong_value(complex_, "witness", point, [region])


def _wrong_probe(complex_: PolyhedralComplex, probe: Probe) -> str | None:
    kind, point = probe
    return _wrong_value(complex_, kind, point, complex_.locate(point).regions)


def _wrong_value(
    complex_: PolyhedralComplex, kind: str, point: Point, around: Sequence[int]
) -> str | None:
    value = evaluate_directly(complex_.network, point)
    for region in around:
        found = complex_.affine_maps[region](point)
        if found != value:
            return (
                f"at the {kind} {format_point(point)} the network has the value "
                f"{format_point(value)}, region {region_text(complex_, region)} gives "
                f"{format_point(found)}"
            )
    return None


def _probes(complex_: PolyhedralComplex, random: Random) -> Iterator[Probe]:
    finite = [i for i, g in enumerate(complex_.generators) if g[-1]]
    every = range(len(complex_.generators))
    for _ in range(MOST_OF_A_KIND):
        ids = [random.choice(finite), *random.choices(every, k=complex_.dimension)]
        yield "random point", _combination(complex_, ids, random)
    facets = complex_.adjacencies
    for _ in range(min(len(facets), MOST_OF_A_KIND)):
        yield "facet point", _combination(complex_, random.choice(facets).generators, random)
    for i in random.sample(finite, min(len(finite), MOST_OF_A_KIND)):
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
