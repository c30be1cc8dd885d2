"""Local linear maps in floating point: the exact rows, wherever floats can hold them."""

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from exactpwl import Network, gallery
from exactpwl.convolution import Convolution
from exactpwl.errors import DimensionError, OptionError
from exactpwl.layer import Layer
from exactpwl.linearmaps import FloatMaps, float_maps
from exactpwl.linearmaps.float_layers import Values, float_layer
from exactpwl.maximum import Maximum
from exactpwl.pooling import AveragePool, MaxPool

INTEGERS = random.Random(0)


def integers(*shape: int) -> Any:
    if not shape:
        return INTEGERS.randint(-3, 3)
    return [integers(*shape[1:]) for _ in range(shape[0])]


def ending(inputs: int) -> tuple[Any, Any, str]:
    return integers(3, inputs), integers(3), "linear"


def images() -> Network:
    first = Convolution(integers(4, 2, 3, 3), integers(4), input_shape=(2, 8, 7), padding=1)
    pool = MaxPool(first.output_shape, 2)
    second = Convolution(
        integers(4, 2, 2, 2), integers(4), "abs", input_shape=pool.output_shape, groups=2
    )
    average = AveragePool(second.output_shape, 2)
    return Network([first, pool, second, average, ending(average.width)])


def strided() -> Network:
    layer = Convolution(
        integers(3, 1, 2, 3),
        integers(3),
        "hard_tanh",
        input_shape=(1, 9, 8),
        stride=(2, 1),
        dilation=(1, 2),
        padding=(1, 0, 2, 3),
    )
    pool = MaxPool(layer.output_shape, 3, stride=2, padding=1)
    return Network([layer, pool, ending(pool.width)])


NETWORKS = {
    "dense": Network([(integers(6, 4), integers(6), "relu"), ending(6)]),
    "leaky": Network([(integers(6, 4), integers(6), "leaky_relu:1/2"), ending(6)]),
    "kinds": Network([(integers(3, 4), integers(3), ["abs", "hard_tanh", "linear"]), ending(3)]),
    "maxima": Network(
        [(integers(6, 4), integers(6), "linear"), Maximum([[0, 1, 2], [3], [2, 5]]), ending(3)]
    ),
    "images": images(),
    "strided": strided(),
}


def exact_rows(network: Network, points: np.ndarray[Any, Any]) -> list[list[list[float]]]:
    maps = [network.affine_map_at(point) for point in points.tolist()]
    return [
        [[*map(float, m.weight[j]), float(m.bias[j])] for m in maps]
        for j in range(network.output_dimension)
    ]


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS.keys())
def test_rows_of_small_integers_are_exact(network: Network) -> None:
    """Kinks are hit, and several arguments of a maximum are largest, where points are integers."""
    points = np.random.default_rng(1).integers(-2, 3, (24, network.input_dimension)) / 2
    assert float_maps(network, points).rows.tolist() == exact_rows(network, points)


def test_a_network_of_the_gallery_has_its_rows_rounded_once_at_most_a_few_times() -> None:
    network = gallery.get("rings")
    points = np.random.default_rng(2).integers(-1024, 1024, (50, 2)) / 1024
    exact = np.array(exact_rows(network, points))
    assert np.allclose(float_maps(network, points).rows, exact, rtol=1e-13, atol=1e-13)


def test_integers_decide_what_floats_get_wrong() -> None:
    """2^53 + 1 - 2^53 is 0 in floating point, and the neuron would be inactive."""
    large = 2**53
    network = Network([([[large, 1, -large]], [0], "relu"), ([[1]], [0], "linear")])
    found = float_maps(network, [[1, 1, 1], [1, 1, 0]])
    assert found.rows[0].tolist() == [[large, 1, -large, 0], [large, 1, -large, 0]]
    assert found.by_integers == 1


def test_integers_decide_between_arguments_that_floats_hold_equal() -> None:
    large = 2**53
    network = Network([([[large, 0], [large, 1]], [0, 0], "linear"), Maximum([[0, 1]])])
    found = float_maps(network, [[1, 1]])
    assert found.rows[0].tolist() == [[large, 1, 0]]
    assert found.by_integers == 1


def test_a_tie_of_values_without_an_error_needs_no_integers() -> None:
    """As in the empty corner of a picture: all windows there have the bias as their value."""
    layer = Convolution([[[[1, 1], [1, 1]]]], ["1/4"], input_shape=(1, 4, 4))
    network = Network([layer, MaxPool(layer.output_shape, 3)])
    found = float_maps(network, np.zeros((1, 16)))
    assert found.by_integers == 0
    assert found.rows[0, 0].tolist() == [*(float(k in (0, 1, 4, 5)) for k in range(16)), 1 / 4]


LAYERS = {
    "dense": Layer.of(
        [["1/3", "2/7", -1], ["-5/11", "1/13", 3]], ["1/3", "-1/7"], "leaky_relu:1/3"
    ),
    "kinds": Layer.of([["1/3", "2/7", -1]] * 2, ["1/3", "-1/7"], ["hard_tanh", "relu"]),
    "convolution": Convolution([[[["1/3", "-1/7"]]]], ["1/9"], "abs", input_shape=(1, 1, 3)),
}


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS.keys())
def test_the_bounds_hold(layer: Layer) -> None:
    network = Network([layer])
    points = np.random.default_rng(3).integers(-99, 99, (60, 3)) / 64
    _, values = float_layer(layer).forward(Values(points, np.zeros_like(points)))
    for point, numbers, errors in zip(
        points.tolist(), *map(np.ndarray.tolist, values), strict=True
    ):
        for exact, number, error in zip(network(point), numbers, errors, strict=True):
            assert abs(exact - Fraction(number)) <= Fraction(error)


def test_the_values_are_those_of_the_network() -> None:
    network, points = NETWORKS["dense"], np.array([[1, 0, 2, -1], [0.5, 1, 0, 0]])
    values = float_maps(network, points).values(points)
    assert values.tolist() == [list(map(float, network(point))) for point in points.tolist()]


def test_several_batches_make_one_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    network, points = NETWORKS["kinds"], np.arange(40).reshape(10, 4) / 8
    whole = float_maps(network, points)
    monkeypatch.setattr("exactpwl.linearmaps.floats.BATCH_NUMBERS", 36)
    assert float_maps(network, points).rows.tolist() == whole.rows.tolist()


def test_it_says_how_many_samples_there_are() -> None:
    found = FloatMaps(np.zeros((3, 5, 8)), 2)
    assert repr(found) == "<FloatMaps of 5 samples, 2 decided by integers>"
    assert (len(found), found.input_dimension, found.output_dimension) == (5, 7, 3)
    assert found.matrix(1).shape == (5, 8)


def test_points_of_another_dimension_are_refused() -> None:
    with pytest.raises(DimensionError, match=r"rows of 4 numbers, got an array of shape \(2, 3\)"):
        float_maps(NETWORKS["dense"], np.zeros((2, 3)))
    with pytest.raises(OptionError, match="one sample or more is required, got none"):
        float_maps(NETWORKS["dense"], np.zeros((0, 4)))
