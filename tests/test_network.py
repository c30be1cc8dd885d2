"""Networks as values: evaluation, composition, identity, and the messages for wrong numbers."""

import copy
import pickle
import re
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import exactpwl
import strategies
from exactpwl import Activation, Kink, Layer, Network
from exactpwl.errors import DimensionError, NetworkError, PatternError

F = Fraction
Point = tuple[Fraction, ...]

XOR_LAYERS = [([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")]
XOR_SHA256 = "14cf464c17e30fe77246287f93daadc70f9f56a1d30385029ba503ccdff24538"


@pytest.fixture
def xor() -> Network:
    return Network(XOR_LAYERS, name="xor")


def dot(row: Sequence[Fraction], point: Sequence[Fraction]) -> Fraction:
    return sum((w * c for w, c in zip(row, point, strict=True)), F(0))


def naive(network: Network, x: Point) -> tuple[Point, list[list[int]]]:
    """Outputs and literal pieces, layer by layer, in plain fractions."""
    values, pieces = x, []
    for layer in network.layers:
        before = [dot(w, values) + b for w, b in zip(layer.weight, layer.bias, strict=True)]
        if any(a.breakpoints for a in layer.activations):
            pieces.append(
                [
                    sum(z > c for c in a.breakpoints)
                    for z, a in zip(before, layer.activations, strict=True)
                ]
            )
        values = tuple(a(z) for z, a in zip(before, layer.activations, strict=True))
    return values, pieces


@st.composite
def networks_and_points(draw: st.DrawFn) -> tuple[Network, Point]:
    network = draw(strategies.networks(depth=3))
    return network, draw(strategies.points(network.input_dimension))


@given(networks_and_points())
def test_evaluation_is_that_of_plain_fractions(case: tuple[Network, Point]) -> None:
    network, x = case
    values, pieces = naive(network, x)
    assert network(x) == values
    assert network.pattern_at(x) == tuple(map(tuple, pieces))


@given(networks_and_points())
def test_the_affine_map_of_the_pattern_at_a_point_is_the_network_there(
    case: tuple[Network, Point],
) -> None:
    network, x = case
    assert network.affine_map(network.pattern_at(x))(x) == network(x)


@given(networks_and_points())
def test_kink_functions_have_the_signs_of_the_kinks(case: tuple[Network, Point]) -> None:
    network, x = case
    functions = network.kink_functions(network.pattern_at(x))
    assert [tuple(f[:3]) for f in functions] == list(map(tuple, network.kinks))
    values = [dot(tuple(map(F, f.normal)), x) + f.offset for f in functions]
    signs = [sign for layer in network.signs_at(x) for sign in layer]
    assert [(v > 0) - (v < 0) for v in values] == signs


@given(st.data())
def test_composition(data: st.DataObject) -> None:
    inner = data.draw(strategies.networks())
    outer = data.draw(strategies.networks(inputs=st.just(inner.output_dimension)))
    x = data.draw(strategies.points(inner.input_dimension))
    composed = outer @ inner
    assert composed(x) == outer(inner(x))
    assert composed.layers == inner.layers + outer.layers


@given(networks_and_points())
def test_a_network_is_a_value(case: tuple[Network, Point]) -> None:
    network, x = case
    same = Network([(layer.weight, layer.bias, layer.activation_spec) for layer in network.layers])
    for other in (same, pickle.loads(pickle.dumps(network)), copy.deepcopy(network)):
        assert other == network
        assert hash(other) == hash(network)
        assert other.sha256 == network.sha256
        assert other(x) == network(x)
        assert repr(other) == repr(network)


def test_pickling_keeps_the_name_and_takes_what_was_computed_along(xor: Network) -> None:
    assert xor((1, 1)) == (-3,)
    back = pickle.loads(pickle.dumps(xor))
    assert (back.name, back((1, 1))) == ("xor", (-3,))
    stages = pickle.loads(pickle.dumps(xor.stages))
    assert stages == xor.stages
    assert stages.evaluate((F(1), F(1))).output == (-3,)


def test_xor(xor: Network) -> None:
    corners = [(a, b) for a in (-1, 1) for b in (-1, 1)]
    assert [xor(x) for x in corners] == [(-1,), (1,), (1,), (-3,)]
    assert (xor.input_dimension, xor.output_dimension, xor.widths) == (2, 1, (2,))
    assert xor.kinks == (Kink(0, 0, 0), Kink(0, 1, 0))
    assert xor.pieces == ((2, 2),)
    assert str(xor.pattern_at((F(-1, 2), 0))) == "10"
    assert xor.signs_at((0, 0)) == ((1, 0),)
    assert xor.affine_map("11").weight == ((F(-2), F(-2)),)


def test_the_sha256_is_that_of_the_numbers_however_they_were_written(xor: Network) -> None:
    assert xor.sha256 == XOR_SHA256
    arrays = Network(
        [
            (np.ones((2, 2)), np.array([1.0, 0.0]), ["relu", "leaky_relu:0"]),
            ([["2", "-8/2"]], ["-1.0"], "leaky_relu:1"),
        ]
    )
    assert arrays == xor
    assert arrays.sha256 == XOR_SHA256
    assert Network(XOR_LAYERS[:1]).sha256 != XOR_SHA256


def test_the_name_is_not_part_of_the_identity(xor: Network) -> None:
    assert Network(XOR_LAYERS) == xor
    assert Network(XOR_LAYERS).sha256 == xor.sha256
    assert xor != "xor"


@pytest.mark.parametrize(
    ("change", "index"), [(([[1, 1], [1, 2]], [1, 0], "relu"), 0), (([[2, -4]], [1], "linear"), 1)]
)
def test_other_numbers_are_another_network(xor: Network, change: Any, index: int) -> None:
    layers = list(XOR_LAYERS)
    layers[index] = change
    assert Network(layers) != xor
    assert Network(layers).sha256 != xor.sha256


def test_nothing_can_be_set(xor: Network) -> None:
    with pytest.raises(AttributeError, match="a Network is immutable; name cannot be set"):
        xor.name = "other"
    with pytest.raises(AttributeError, match="a Network is immutable; layers cannot be deleted"):
        del xor.layers
    with pytest.raises(AttributeError):
        xor.layers[0].denominator = 2


def test_repr_shows_the_architecture(xor: Network) -> None:
    assert repr(xor) == "<Network xor 2 -> 2 relu -> 1 linear>"
    many = ["relu", "abs", "relu6", "hard_tanh", "leaky_relu:1/50"]
    net = Network([([[1]] * 5, [0] * 5, many)])
    assert repr(net) == "<Network 1 -> 5 relu/abs/relu6/...>"


def test_weights_are_integers_over_the_least_denominator() -> None:
    layer = Layer.of([["1/2", "1/3"]], [0.25])
    assert (layer.numerators, layer.bias_numerators, layer.denominator) == (((6, 4),), (3,), 12)
    assert (layer.weight, layer.bias) == (((F(1, 2), F(1, 3)),), (F(1, 4),))


def test_linear_layers_have_no_place_in_a_pattern() -> None:
    net = Network(
        [
            ([[1, 2], [3, 4]], [0, 1], "linear"),
            ([[1, 1]], [0], ["hard_tanh"]),
            ([[2]], [0], {"breakpoints": [], "slopes": [3], "value_at_zero": 1}),
            ([[1]], [0], "abs"),
        ]
    )
    assert net.widths == (1, 1)
    assert net.pieces == ((3,), (2,))
    assert net.kinks == (Kink(1, 0, 0), Kink(1, 0, 1), Kink(3, 0, 0))
    assert str(net.kinks[1]) == "layer 1, neuron 0, breakpoint 1"
    assert net((0, 0)) == (7,)
    assert net.affine_map("1|0").weight == ((-24, -36),)


def test_a_network_without_kinks_has_the_empty_pattern() -> None:
    net = Network([([[1, 2]], [3], "linear")])
    assert net.pattern_at((0, 0)) == ()
    assert net.affine_map("").bias == (3,)
    assert net.kinks == ()


@pytest.mark.parametrize(
    ("layers", "message", "layer", "row"),
    [
        ([], "a network needs at least one layer, got none", None, None),
        ([([], [], "relu")], "layer 0: at least one neuron is required", 0, None),
        ([([[]], [0], "relu")], "layer 0, row 0: every row needs the same positive number", 0, 0),
        (
            [([[1, 2], [3]], [0, 0], "relu")],
            "layer 0, row 1: every row needs the same positive number of weights (2 in row 0), "
            "got 1",
            0,
            1,
        ),
        ([([[1, 2]], [0, 0], "relu")], "layer 0: one bias a row is required (1), got 2", 0, None),
        (
            [([[1], [2]], [0, 0], "relu"), ([[1]], [0], "linear")],
            "layer 1: rows of 2 weights are required, one for each neuron of layer 0, got 1",
            1,
            None,
        ),
        (
            [([[1, float("nan")]], [0], "relu")],
            "layer 0, row 0, entry 1: a finite rational number is required, got nan",
            0,
            0,
        ),
        (
            [([[1]], [0], "relu"), ([[np.float32("inf")]], [0], "relu")],
            "layer 1, row 0, entry 0: a finite rational number is required, got inf",
            1,
            0,
        ),
        (
            [([[1]], ["1/0"], "relu")],
            "layer 0, bias, entry 0: a rational number is required, got '1/0': division by zero",
            0,
            None,
        ),
        ([([[True]], [0])], "layer 0, row 0, entry 0: a number is required, got the truth", 0, 0),
        ([([[None]], [0])], "entry 0: a number is required, got None of type NoneType", 0, 0),
        ([("12", [0])], "layer 0: W must be a list of rows of numbers, got '12'", 0, None),
        ([(3, [0])], "layer 0: W must be a list of rows of numbers, got 3", 0, None),
        ([([1, 2], [0, 0])], "layer 0, row 0: a list of numbers is required, got 1", 0, 0),
        ([([[1]], 0)], "layer 0, bias: a list of numbers is required, got 0", 0, None),
        ([([[1]], np.array(0.0))], "layer 0, bias: a list of numbers is required", 0, None),
        ([(np.array(0.0), [1])], "layer 0: W must be a list of rows of numbers", 0, None),
        (
            [([[1], [2]], [0, 0], ["relu"])],
            "layer 0: one activation for all or one a neuron (2) is required, got 1",
            0,
            None,
        ),
        ([([[1]], [0], "tanh")], "layer 0, activation: unknown activation 'tanh'", 0, None),
        (
            [([[1], [2]], [0, 0], ["relu", "leaky_relu:a"])],
            "layer 0, activation 1: a rational number such as '3', '-1/2' or '0.25' is required",
            0,
            None,
        ),
        ([([[1]],)], "layer 0: a Layer or (weight, bias, activation) is required, got", 0, None),
        ({"layers": []}, "layer 0: a Layer or (weight, bias, activation) is required", 0, None),
    ],
)
def test_messages(layers: Any, message: str, layer: int | None, row: int | None) -> None:
    with pytest.raises(NetworkError, match=re.escape(message)) as caught:
        Network(layers)
    assert (caught.value.layer, caught.value.row) == (layer, row)
    assert isinstance(caught.value, ValueError)


def test_messages_of_points_and_compositions(xor: Network) -> None:
    with pytest.raises(DimensionError, match="a point with 2 coordinates is required, got 3"):
        xor((1, 2, 3))
    with pytest.raises(ValueError, match="a finite rational number is required, got nan"):
        xor((1, float("nan")))
    with pytest.raises(NetworkError, match="the inner network needs 2 outputs, it has 1"):
        xor @ xor
    with pytest.raises(TypeError):
        xor @ 3
    with pytest.raises(NetworkError, match="as many biases as weights are required, got 1 and 0"):
        Network.from_arrays([[[1]]], [])


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("1", "a pattern with 2 pieces is required, layer by layer, got '1'"),
        ("10|1", "a pattern with 2 pieces is required, layer by layer, got '10|1'"),
        ("12", "pieces from 0 to 1 are required there, got 2 in '12'"),
        ([(0, -1)], "pieces from 0 to 1 are required there, got -1"),
        ("1x", "a pattern is one digit per neuron with | between layers"),
    ],
)
def test_messages_of_patterns(xor: Network, pattern: Any, message: str) -> None:
    with pytest.raises(PatternError, match=re.escape(message)):
        xor.affine_map(pattern)


def test_arrays_make_networks_with_any_activation() -> None:
    weights = [np.array([[1, 2]], dtype=np.float32), np.array([[0.1]], dtype=np.float32)]
    net = Network.from_arrays(weights, [np.zeros(1), np.zeros(1)], Activation.leaky_relu(-1))
    assert repr(net) == "<Network 2 -> 1 abs -> 1 linear>"
    assert net.layers[1].weight == ((F(13421773, 134217728),),)


HEAVY = {"matplotlib", "sympy", "networkx", "cdd", "rich", "click", "torch", "sklearn"}


@pytest.mark.parametrize(
    "work",
    [
        "pass",
        "exactpwl.Network([([[1]], [0], 'abs')]).save('n.json'); exactpwl.Network.load('n.json')",
    ],
    ids=["import", "networks"],
)
def test_the_package_loads_no_heavy_library(work: str, tmp_path: Path) -> None:
    code = f"import sys, exactpwl; {work}; print(*(m.split('.')[0] for m in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert "exactpwl" in run.stdout
    assert not HEAVY & set(run.stdout.split())


def test_every_public_name_is_there() -> None:
    assert set(exactpwl.__all__) <= set(dir(exactpwl))
    for name in exactpwl.__all__:
        assert getattr(exactpwl, name) is not None
    with pytest.raises(AttributeError, match="module 'exactpwl' has no attribute 'nothing'"):
        getattr(exactpwl, "nothing")  # noqa: B009 - a plain attribute would be no statement


def test_a_layer_is_reduced_however_it_was_made() -> None:
    relu = (Activation.parse("relu"),)
    assert Layer(((2, 4),), (6,), 8, relu) == Layer.of([["1/4", "1/2"]], ["3/4"], "relu")
