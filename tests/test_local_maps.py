"""The map and the inequalities at one point: against patterns, regions, and a picture's network."""

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from exactpwl import (
    Activation,
    AveragePool,
    Convolution,
    Maximum,
    MaxPool,
    Network,
    gallery,
    pattern_polyhedron,
    region_of_point,
    regions,
)
from exactpwl.errors import DimensionError, TooLargeError
from exactpwl.local_maps import LocalInequality

F = Fraction


def told(found: list[LocalInequality], dimension: int) -> list[tuple[Any, str]]:
    return [(one.row(dimension), one.origin) for one in found]


@given(strategies.networks(), st.data())
def test_on_dense_networks_they_are_those_of_the_pattern(network: Network, data: Any) -> None:
    d = network.input_dimension
    x = data.draw(strategies.points(d))
    pattern = network.pattern_at(x)
    assert network.affine_map_at(x) == network.affine_map(pattern)
    cell = pattern_polyhedron(network, pattern)
    expected = [(one.row, one.origin) for one in cell.inequalities if any(one.normal)]
    assert sorted(told(list(network.inequalities_at(x)), d)) == sorted(expected)


@pytest.mark.parametrize("name", ["rings", "xor", "hat2d"])
def test_they_are_those_of_the_region_around_the_point(name: str) -> None:
    network = gallery.get(name)
    for region in regions(network).regions[:40]:
        found = list(network.inequalities_at(region.interior_point))
        assert {one.row(2) for one in found} == {one.row for one in region.inequalities}
        assert network.affine_map_at(region.interior_point) == region.affine_map
        assert all(one.at(region.interior_point) > 0 for one in found)


def test_breakpoints_and_pairs_of_arguments_are_named() -> None:
    tanh = Activation.parse("hard_tanh")
    network = Network(
        [([[1, 0], [0, 1], [0, 0]], [0, 0, 7], [tanh, "relu", "relu"]), Maximum([[2, 0, 1]])]
    )
    found = list(network.inequalities_at(("1/2", 9)))
    assert [f"{one} from {one.origin}" for one in found] == [
        "x+1 >= 0 from layer 0, neuron 0: z > -1",
        "-x+1 >= 0 from layer 0, neuron 0, breakpoint 1: z <= 1",
        "y >= 0 from layer 0, neuron 1: z > 0",
        "y-7 >= 0 from layer 1, maximum 0: argument 2 > argument 0",
        "-x+y >= 0 from layer 1, maximum 0: argument 2 > argument 1",
    ]
    assert found[3].arguments == (0, 2)
    assert (found[3].layer, found[3].neuron, found[3].breakpoint) == (1, 0, 1)
    assert found[1].value == 1
    assert [str(kink) for kink in network.kinks[-3:]][1] == "layer 1, neuron 0, breakpoint 1"


@st.composite
def pictures(draw: st.DrawFn) -> Network:
    """A convolution, a pool, and a dense layer, on pictures of 3 x 4 of one or two channels."""
    channels = draw(st.integers(1, 2))
    small = st.integers(-2, 2)
    kernel = [
        [[[draw(small) for _ in range(2)] for _ in range(2)] for _ in range(channels)]
        for _ in range(2)
    ]
    kinds = draw(st.lists(strategies.activations(), min_size=2, max_size=2))
    filtered = Convolution(
        kernel, [draw(small), "1/3"], kinds, input_shape=(channels, 3, 4), padding=(1, 0)
    )
    pool: Any = MaxPool if draw(st.booleans()) else AveragePool
    pooled = pool(filtered.output_shape, 2, stride=draw(st.integers(1, 2)), padding=(0, 1))
    weight = [[draw(small) for _ in range(pooled.width)] for _ in range(2)]
    return Network([filtered, pooled, (weight, [0, draw(small)], draw(strategies.activations()))])


@given(pictures(), st.data())
def test_on_pictures_they_are_those_of_the_integer_form(network: Network, data: Any) -> None:
    d = network.input_dimension
    x = tuple(data.draw(st.lists(strategies.rationals(3), min_size=d, max_size=d)))
    dense = network.stages.evaluate(x)
    assert (network(x), network.pattern_at(x), network.signs_at(x)) == dense
    found = network.affine_map_at(x)
    assert found == network.affine_map(dense.pattern)
    assert found(x) == dense.output
    cell = pattern_polyhedron(network, dense.pattern)
    expected = [(one.row, one.origin) for one in cell.inequalities if any(one.normal)]
    inequalities = list(network.inequalities_at(x))
    assert sorted(told(inequalities, d)) == sorted(expected)
    assert all(one.at(x) >= 0 for one in inequalities)


def digits_network() -> Network:
    """784 inputs, two convolutions of 5 x 5 with max-pooling, 320-50-10; float32 weights."""
    numbers = np.random.default_rng(1)

    def floats(*shape: int) -> Any:
        return (numbers.standard_normal(shape) / shape[-1]).astype(np.float32)

    first = Convolution(floats(10, 1, 5, 5), floats(10), input_shape=(1, 28, 28))
    second = Convolution(floats(20, 10, 5, 5), floats(20), input_shape=(10, 12, 12))
    return Network(
        [
            first,
            MaxPool(first.output_shape, 2),
            second,
            MaxPool(second.output_shape, 2),
            (floats(50, 320), floats(50), "relu"),
            (floats(10, 50), floats(10), "linear"),
        ]
    )


def test_a_network_of_pictures_of_28_by_28() -> None:
    network = digits_network()
    chance = random.Random(2)
    x = [F(chance.randrange(256), 255) for _ in range(784)]
    found = network.affine_map_at(x)
    assert found(x) == network(x)
    inequalities = list(network.inequalities_at(x))
    assert len(inequalities) > 10_000
    assert min(one.at(x) for one in inequalities) > 0
    behind = [one for one in inequalities if one.layer == 2]
    assert len(behind) == 1280
    assert max(len(one.inputs) for one in behind) <= 14 * 14
    inside = [a + F(1, 10**12) for a in x]
    assert all(one.at(inside) > 0 for one in inequalities)
    assert network.pattern_at(inside) == network.pattern_at(x)
    assert found(inside) == network(inside)
    with pytest.raises(TooLargeError, match="inequalities_at"):
        regions(network)


def test_the_irredundant_ones_of_a_small_picture() -> None:
    kernel = [[[[1, -1], [0, 2]]], [[[1, 1], [-1, 0]]]]
    filtered = Convolution(kernel, [0, "1/2"], input_shape=(1, 3, 3))
    network = Network([filtered, MaxPool((2, 2, 2), 2)])
    x = [F(n * n % 11, 3 + n % 2) for n in range(9)]
    around = region_of_point(network, x)
    cell = pattern_polyhedron(network, network.pattern_at(x))
    assert {one.row(9) for one in around.irredundant} == {one.row for one in cell.irredundant}


def test_a_point_has_as_many_coordinates_as_the_network_has_inputs() -> None:
    network = Network([Maximum([[0, 1]])])
    for what in (network.affine_map_at, network.inequalities_at, network):
        with pytest.raises(DimensionError, match="a point with 2 coordinates is required, got 1"):
            what((1,))
