"""The bounds of theory against the reference, one another, exact counts and their constructions."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import pytest

from exactpwl import Network, regions
from exactpwl.linear import rank
from exactpwl.rationals import clear_denominators
from exactpwl.theory import (
    dimension_histogram,
    generic_regions,
    hinz_bound,
    montufar_bound,
    montufar_lower_bound,
    raghu_bound,
    serra_bound,
    serra_lower_bound,
)

REFERENCE = {
    "trivial_2^N": lambda n, widths: 2 ** sum(widths),
    "raghu2017_layerwise_prod_with_n0": raghu_bound,
    "montufar2017": montufar_bound,
    "serra2018_upper": serra_bound,
    "hinz_vandegeer_matrix_serra_gamma": hinz_bound,
    "montufar2014_lower": montufar_lower_bound,
    "serra2018_lower": serra_lower_bound,
    "rank_aware_all_weights_rank1": lambda n, widths: serra_bound(
        n, widths, None, [1] * len(widths)
    ),
    "shallow_same_neurons": lambda n, widths: generic_regions(n, sum(widths)),
}


@pytest.mark.parametrize("key", REFERENCE)
def test_every_reference_value(ground_truth: dict[str, Any], key: str) -> None:
    for case in ground_truth["region_bounds"]:
        assert set(case) == {"n0", "widths", *REFERENCE}
        assert REFERENCE[key](case["n0"], case["widths"]) == case[key], case


def architectures(count: int, seed: int = 5) -> list[tuple[int, list[int]]]:
    rng = random.Random(seed)
    return [
        (rng.randint(1, 5), [rng.randint(1, 7) for _ in range(rng.randint(1, 4))])
        for _ in range(count)
    ]


@pytest.mark.parametrize(("inputs", "widths"), architectures(60))
def test_the_bounds_are_in_order(inputs: int, widths: list[int]) -> None:
    upper = serra_bound(inputs, widths)
    assert hinz_bound(inputs, widths) == upper
    assert hinz_bound(inputs, widths, worst="montufar") == montufar_bound(inputs, widths)
    assert hinz_bound(inputs, widths, worst="naive") == 2 ** sum(widths)
    weaker = montufar_bound(inputs, widths), raghu_bound(inputs, widths), 2 ** sum(widths)
    assert sorted([upper, *weaker]) == [upper, *weaker]
    lower = [montufar_lower_bound(inputs, widths), serra_lower_bound(inputs, widths)]
    known = [number for number in lower if number is not None]
    assert sorted([*known, upper]) == [*known, upper]


def test_with_one_input_the_bounds_meet() -> None:
    assert serra_lower_bound(1, [3, 5, 4]) == serra_bound(1, [3, 5, 4]) == 4 * 6 * 5


def test_linear_neurons_and_ranks() -> None:
    pieces = [[2] * 4, [1] * 2, [2] * 5]
    assert hinz_bound(3, [4, 2, 5], pieces) == serra_bound(3, [4, 2, 5], pieces)
    assert raghu_bound(3, [4, 2, 5], pieces) == generic_regions(3, 4) * generic_regions(3, 5)
    assert raghu_bound(1, [2], [[3, 3]]) == 5
    assert serra_bound(3, [4, 2, 5], ranks=[3, 2, 2]) == serra_bound(3, [4, 2, 5])
    assert serra_bound(3, [4], ranks=[0]) == 1


def random_network(inputs: int, widths: list[int], seed: int) -> Network:
    rng = random.Random(seed)
    layers = []
    before = inputs
    for width in widths:
        weight = [[rng.randint(-3, 3) for _ in range(before)] for _ in range(width)]
        layers.append((weight, [rng.randint(-3, 3) for _ in range(width)], "relu"))
        before = width
    return Network(layers)


@pytest.mark.parametrize("seed", range(12))
def test_no_network_passes_an_upper_bound_at_any_dimension(seed: int) -> None:
    """The histogram bounds the regions whose image has k dimensions or more, for each k."""
    inputs, widths = [(1, [2, 2]), (2, [3, 3]), (2, [2, 4]), (3, [4, 2])][seed % 4]
    complex_ = regions(random_network(inputs, widths, seed))
    assert len(complex_) <= serra_bound(inputs, widths)
    images = [_rank(map_.weight) for map_ in complex_.affine_maps]
    histogram = dimension_histogram(inputs, widths)
    for k in range(len(histogram)):
        assert sum(image >= k for image in images) <= sum(histogram[k:])


def _rank(rows: Iterable[Sequence[Fraction]]) -> int:
    return rank([clear_denominators(row)[0] for row in rows])


def folding_network(inputs: int, widths: list[int]) -> Network:
    """Build the network of Serra et al.: p ReLUs a coordinate make a zigzag of p + 1 pieces.

    Each piece runs through [0, 1]: the breakpoints i/(p + 1) are inside, the slopes there are
    2, -1, 1, -1, ... times p + 1, and the third ReLU is turned around.  The last layer's
    hyperplanes are in general position, with all vertices in the cube.
    """
    layers: list[Any] = []
    hand_on: list[list[Fraction]] = [
        [Fraction(i == j) for j in range(inputs)] for i in range(inputs)
    ]
    constant = [Fraction(0)] * inputs
    for width in widths[:-1]:
        p = width // inputs
        weight, bias, following = [], [], []
        for k in range(inputs):
            row = [Fraction(0)] * width
            for i in range(1, p + 1):
                sign = -1 if i == 3 else 1
                weight.append([sign * (p + 1) * w for w in hand_on[k]])
                bias.append(sign * ((p + 1) * constant[k] - i))
                row[len(weight) - 1] = Fraction(-3 if i == 1 else 2 * (-1) ** i)
            following.append(row)
        weight += [[Fraction(0)] * len(hand_on[0])] * (width - len(weight))
        bias += [Fraction(-1)] * (width - len(bias))
        layers.append((weight, bias, "relu"))
        # at the first breakpoint only the turned ReLU is on, at 2 times its coefficient -2
        hand_on, constant = following, [Fraction(5)] * inputs
    normals = [[Fraction(i) ** k for k in range(inputs)] for i in range(1, widths[-1] + 1)]
    shifts = [-sum(n) / 2 + Fraction((-1) ** i * i**inputs, 10**4) for i, n in enumerate(normals)]
    weight = [
        [
            sum(n * row[j] for n, row in zip(normal, hand_on, strict=True))
            for j in range(len(hand_on[0]))
        ]
        for normal in normals
    ]
    bias = [
        sum(n * c for n, c in zip(normal, constant, strict=True)) + shift
        for normal, shift in zip(normals, shifts, strict=True)
    ]
    return Network([*layers, (weight, bias, "relu")])


@pytest.mark.parametrize(
    ("inputs", "widths"), [(1, [3, 3, 3]), (1, [4, 5, 3]), (1, [5]), (2, [6, 6]), (2, [8, 7])]
)
def test_the_lower_bounds_are_reached_by_their_construction(inputs: int, widths: list[int]) -> None:
    least = serra_lower_bound(inputs, widths)
    assert least is not None
    assert len(regions(folding_network(inputs, widths))) >= least


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: raghu_bound(-1, [2]), "input dimension must be 0 or more, got -1"),
        (lambda: serra_bound(2, [2, 2], ranks=[1]), r"for each of 2 layers is required, got \[1\]"),
        (lambda: serra_bound(2, [2], ranks=[-1]), r"a rank of 0 or more .* got \[-1\]"),
        (lambda: hinz_bound(2, [2], [[2, 3]]), "layer 0: histograms are for ReLUs"),
        (lambda: hinz_bound(2, [2], worst="best"), "naive, montufar, serra; got 'best'"),
        (lambda: montufar_lower_bound(2, [2, 0]), "layer 1: a width of 1 or more"),
    ],
)
def test_messages(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_nothing_is_said_where_the_theorems_say_nothing() -> None:
    assert montufar_lower_bound(3, []) is serra_lower_bound(3, []) is None
    assert montufar_lower_bound(0, [2]) is None
    assert (montufar_lower_bound(2, [2, 2]), montufar_lower_bound(2, [1, 2])) == (4, None)
    assert (serra_lower_bound(2, [6, 5]), serra_lower_bound(2, [6, 6])) == (None, 16 * 22)
