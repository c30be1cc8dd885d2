"""Networks against float evaluations: the bound holds, and what is beyond it is found."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Activation, Maximum, Network
from exactpwl.errors import FormatError
from exactpwl.io.affine_stack import AffineStack
from exactpwl.io.agreement import compare_floats, rounding_bounds
from strategies import dyadics, networks, points, rationals, relus

F = Fraction


def evaluated(network: Network, point: list[float], dtype: Any) -> list[list[float]]:
    """The values after each layer of a network with ReLUs, in floats."""
    value, found = np.array(point, dtype), []
    for layer in network.layers:
        weight = np.array([[float(w) for w in row] for row in layer.weight], dtype)
        value = weight @ value + np.array([float(b) for b in layer.bias], dtype)
        bent = [not kind.is_linear for kind in layer.activations]
        value = np.where(bent, np.maximum(value, 0), value)
        found.append(value.tolist())
    return found


@pytest.mark.parametrize("precision", ["float32", "float64"])
@given(st.data())
def test_the_bound_holds(precision, data):
    network = data.draw(networks(weights=rationals() | dyadics(), kinds=relus()))
    point = data.draw(points(network.input_dimension, dyadics()))
    floats = evaluated(network, [float(x) for x in point], precision)
    bounds = rounding_bounds(network.layers, point, precision)
    for (exact, errors), got in zip(bounds, floats, strict=True):
        for value, error, number in zip(exact, errors, got, strict=True):
            assert abs(F(number) - value) <= F(error)
            assert error < 1e-2 if precision == "float32" else error < 1e-10


NETWORK = Network(
    [([[1, "1/3"], [2, -1], [1, 1]], [0, 1, 0], "relu"), Maximum([[0, 1], [2]]), ([[1, 1]], [0])]
)


def test_what_is_beyond_the_bound_is_found():
    plain = Network([NETWORK.layers[0]])

    def off(point, by=1e-9):
        found = evaluated(plain, point, np.float64)
        found[0][1] += by
        return found

    with pytest.raises(FormatError, match=r"here: step 0, neuron 1: the network as read gives"):
        compare_floats(plain, plain, off, source="here", precision="float64")
    assert compare_floats(plain, plain, off, source="here", precision="float32").layers == 1
    nothing = compare_floats(
        plain, plain, lambda point: off(point, np.inf), source="here", precision="float64"
    )
    assert nothing.largest.size < 1e-12
    twice = Network([([[2, "2/3"], [2, -1], [1, 1]], [0, 1, 0], "relu")])
    with pytest.raises(FormatError, match="folded, the network is another function"):
        compare_floats(twice, plain, lambda p: [None], source="here", precision="float64")


def test_maxima_keep_the_larger_error():
    ((_, first), (_, errors), _) = rounding_bounds(NETWORK.layers, [F(1), F(1)], "float32")
    assert errors == [max(first[0], first[1]), first[2]]


def test_numbers_beyond_the_floats_are_not_compared():
    large = Network([([[F(10) ** 400]], [0], "linear")])
    (_, errors), *_ = rounding_bounds(large.layers, [F(1)], "float64")
    assert not np.isfinite(errors[0])
    made = compare_floats(large, large, lambda p: [[0.0]], source="here", precision="float64")
    assert made.largest.size == 0


@given(st.data())
def test_a_stack_is_its_steps(data):
    stack, width = AffineStack(), 2
    for kind in data.draw(st.lists(st.sampled_from(["product", "scaling", "bend"]), min_size=1)):
        if kind == "product":
            size = data.draw(st.integers(1, 3))
            rows = [data.draw(points(width)) for _ in range(size)]
            stack.product(rows, data.draw(points(size)))
            width = size
        elif kind == "scaling":
            stack.scaling(data.draw(points(width)), data.draw(points(width)))
        else:
            stack.bend([Activation.parse("abs")] * width)
    steps, layers = Network(stack.steps), Network(stack.finished())
    assert len(layers.layers) <= len(steps.layers)
    for point in ((0, 0), (1, F(-1, 3)), (F(7, 2), 2)):
        assert layers(point) == steps(point)


def test_a_large_scaling_is_no_table():
    stack = AffineStack()
    stack.scaling([F(2)] * 1100, [F(1)] * 1100)
    stack.bend([Activation.parse("relu")] * 1100)
    (layer,) = stack.finished()
    assert layer.text == "1100 sparse relu"
