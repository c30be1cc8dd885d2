"""Writing ONNX: what is read back is what was written, and what is no float is refused."""

import gzip
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import (
    Activation,
    AveragePool,
    Convolution,
    Maximum,
    MaxPool,
    Network,
    SparseLayer,
    gallery,
)
from exactpwl.certificate import Equal, certify_equality
from exactpwl.errors import FormatError, MissingDependencyError, NetworkError, OptionError
from exactpwl.io import read_onnx, write_onnx
from exactpwl.io.rounding import nearest_float, rounded_network
from strategies import networks

onnx = pytest.importorskip("onnx", reason="the package onnx is not installed")

F = Fraction


def written(network: Network, folder: Any, **options: Any) -> Network:
    """Write a network, check the model, evaluate it in floats, and return what is read back."""
    from onnx.reference import ReferenceEvaluator

    path = folder / "net.onnx"
    writing = write_onnx(network, path, **options)
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    reading = read_onnx(path, check=True)
    kept = writing.network
    numbers = random.Random(0)
    sizes = [size.dim_value for size in model.graph.input[0].type.tensor_type.shape.dim][1:]
    batch = np.array(
        [[numbers.randint(-16, 16) / 8 for _ in range(kept.input_dimension)] for _ in range(3)]
    )
    fed = batch.astype(writing.precision).reshape(3, *sizes)
    (got,) = ReferenceEvaluator(model).run(None, {"x": fed})
    for point, values in zip(batch.tolist(), got.tolist(), strict=True):
        exact = kept(point)
        assert reading.network(point) == exact
        assert values == pytest.approx([float(value) for value in exact], rel=1e-3, abs=1e-3)
    return reading.network


@pytest.mark.parametrize("name", ["abs", "bent_lines", "digits", "l1_annulus", "sawtooth", "xor"])
def test_a_dense_chain_is_read_back_as_it_was(name, tmp_path):
    network = gallery.get(name)
    assert written(network, tmp_path) == network


MIXED = {
    "relu": ("relu",),
    "leaky": ("leaky_relu:1/4",),
    "leaky, no float32": ("leaky_relu:1/4", "leaky_relu:1/8"),
    "steep": ("leaky_relu:3",),
    "absolute": ("abs",),
    "clamps": ("hard_tanh",),
    "relu6": ("relu6",),
    "from below": ({"breakpoints": [1], "slopes": [0, 1], "value_at_zero": 1},),
    "from above": ({"breakpoints": [1], "slopes": [1, 0]},),
    "mixed": ("relu", "linear", "leaky_relu:-2", "abs"),
}


@pytest.mark.parametrize("name", MIXED)
def test_activations_with_an_operator_are_read_back_as_they_were(name, tmp_path):
    kinds = [MIXED[name][i % len(MIXED[name])] for i in range(4)]
    weight = [[1, "1/2"], [-1, 1], [2, "-3/8"], ["1/4", 5]]
    layers = [(weight, [0, 1, -1, "1/2"], kinds), ([[1, 2, -1, 1]], [3], "linear")]
    assert written(Network(layers), tmp_path) == Network(layers)


OTHERS = {
    "two bends": {"breakpoints": [-1, "1/2"], "slopes": [2, "-1/4", 3], "value_at_zero": "1/2"},
    "shifted": {"breakpoints": [1], "slopes": [0, 1]},
    "line": {"breakpoints": [], "slopes": [2], "value_at_zero": 5},
    "constant": {"breakpoints": [], "slopes": [0], "value_at_zero": -1},
    "three bends, all right of 0": {"breakpoints": [1, 2, 3], "slopes": [0, 1, -1, 0]},
    "three bends, all left of 0": {"breakpoints": [-3, -2, -1], "slopes": [0, 1, -1, 0]},
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_activations_become_sums_of_relus(name, tmp_path):
    kinds = [OTHERS[name], "relu", "hard_tanh"]
    network = Network([([[1, 0], [0, 1], [1, -1]], [0, 1, 0], kinds), ([[1, 2, 3]], [0], "linear")])
    made = written(network, tmp_path)
    assert len(made.kinks) == len(network.kinks)
    assert isinstance(certify_equality(network, made).claim, Equal)


def floats() -> st.SearchStrategy[Fraction]:
    return st.builds(Fraction, st.integers(-6, 6), st.sampled_from([1, 2, 8]))


@st.composite
def float_activations(draw: st.DrawFn) -> Activation:
    breakpoints = sorted(draw(st.sets(floats(), max_size=3)))
    slopes = draw(st.lists(floats(), min_size=len(breakpoints) + 1, max_size=len(breakpoints) + 1))
    return Activation(tuple(breakpoints), tuple(slopes), draw(floats()))


@settings(max_examples=40, deadline=None)
@given(networks(weights=floats(), kinds=float_activations() | st.just(Activation.parse("relu"))))
def test_any_network_of_floats_is_written_exactly(tmp_path_factory, network):
    made = written(network, tmp_path_factory.getbasetemp())
    assert len(made.kinks) <= len(network.kinks)


KERNEL = [[[["1/2", -1], [3, 1]]], [[[1, 0], [0, "-1/4"]]]]

PICTURES = {
    "convolution": [
        Convolution(KERNEL, [1, -1], input_shape=(1, 4, 5), stride=(1, 2), padding=(1, 0, 0, 1))
    ],
    "groups and dilation": [
        Convolution(KERNEL, [1, -1], "abs", input_shape=(2, 4, 5), groups=2, dilation=(2, 1))
    ],
    "an activation a filter": [
        Convolution(KERNEL, None, ["relu", "leaky_relu:1/4"], input_shape=(1, 4, 5))
    ],
    "pools": [
        Convolution(KERNEL, [1, -1], input_shape=(1, 5, 5)),
        MaxPool((2, 4, 4), 2, stride=1, padding=(1, 0, 0, 0)),
        AveragePool((2, 4, 3), (2, 1), padding=(1, 0, 0, 0), activation="relu"),
        ([[1, -1] * 6], [0], "linear"),
    ],
    "padding that does not count": [
        AveragePool((1, 4, 4), 2, stride=1, padding=1, count_padding=False)
    ],
    "dilated maximum": [MaxPool((1, 4, 4), 2, stride=1, dilation=2)],
    "a vector enters a picture": [
        ([[1, 2], [0, 1], [-1, 1], [1, 1]], [0] * 4, "relu"),
        MaxPool((1, 2, 2), 2),
    ],
    "maxima": [
        ([[1, 1], [2, 1], [-1, -1]], [0, 0, 1], "linear"),
        Maximum([[0, 1, 2], [2, 1], [0]]),
        ([[1, 2, "1/2"]], [0], "linear"),
    ],
    "pairs": [([[1, 2], [0, 1], [-1, 1], [1, 1]], [0] * 4, "relu"), Maximum([[0, 1], [2, 3]])],
}


@pytest.mark.parametrize("name", PICTURES)
def test_layers_of_a_kind_are_read_back_as_they_were(name, tmp_path):
    network = Network(PICTURES[name])
    assert written(network, tmp_path) == network


OTHER_LAYERS = {
    "dilated mean": [AveragePool((2, 4, 4), 2, stride=1, dilation=2, activation="relu")],
    "dilated mean, padding that does not count": [
        AveragePool((1, 4, 4), 2, stride=1, padding=1, dilation=2, count_padding=False)
    ],
    "any activation a filter": [
        Convolution(KERNEL, None, [OTHERS["two bends"], "relu"], input_shape=(1, 3, 3))
    ],
    "maxima of inputs": [([[1, 0], [0, 1]], [0, 0], "linear"), Maximum([[0, 1]])],
    "copies": [([[1, 2], [0, 1]], [0, 1], "relu"), Maximum([[1], [0], [1]])],
    "few weights": [SparseLayer([[(0, 1), (2, "1/2")], []], [0, 3], "relu", inputs=3)],
}


@pytest.mark.parametrize("name", OTHER_LAYERS)
def test_other_layers_are_read_back_as_the_same_function(name, tmp_path):
    network = Network(OTHER_LAYERS[name])
    made = written(network, tmp_path)
    assert len(made.kinks) == len(network.kinks)


def test_a_large_sparse_layer_is_no_table(tmp_path):
    rows = [[(i, 1), ((i + 1) % 1100, "-1/2")] for i in range(1100)]
    rows[3] = []
    network = Network([SparseLayer(rows, [1] * 1100, "relu", inputs=1100)])
    assert written(network, tmp_path) == network
    assert (tmp_path / "net.onnx").stat().st_size < 100_000


@pytest.mark.parametrize(
    ("weight", "precision"),
    [
        (F(1, 2), "float32"),
        (F(0.1), "float64"),
        (F(2) ** 200, "float64"),
        (F(1, 2**149), "float32"),
    ],
)
def test_floats_are_as_long_as_they_must_be(weight, precision, tmp_path):
    network = Network([([[weight]], [0], "relu")])
    writing = write_onnx(network, tmp_path / "net.onnx")
    assert writing.precision == precision
    assert str(writing.rounding).startswith(f"nothing: all 6 numbers are {precision}")
    assert read_onnx(tmp_path / "net.onnx").network == network


def test_a_number_that_is_no_float_is_refused(tmp_path):
    network = Network([([[1, 2]], [0], "relu"), ([[1], ["1/3"]], ["1/7", 0], "linear")])
    words = (
        r"net\.onnx: ONNX holds floats, and layer 1, neuron 0, bias: 1/7 is none; the nearest of "
        r"64 bits is 0\.1428571428571428\d+, 7\.9e-18 away\. 2 of 13 numbers are none\..*rounding"
    )
    with pytest.raises(NetworkError, match=words) as caught:
        network.save(tmp_path / "net.onnx")
    assert (caught.value.layer, caught.value.row) == (1, 0)
    assert not (tmp_path / "net.onnx").exists()


@pytest.mark.parametrize("name", ["breakpoint 0", "slope 1", "value at 0"])
def test_numbers_of_activations_are_refused_as_well(name, tmp_path):
    kind = {"breakpoints": [1], "slopes": [0, 2], "value_at_zero": 4}
    key = {"b": "breakpoints", "s": "slopes", "v": "value_at_zero"}[name[0]]
    kind[key] = ["1/3"] if name[0] == "b" else [0, "1/3"] if name[0] == "s" else "1/3"
    network = Network([([[1], [2]], [0, 0], ["relu", kind])])
    with pytest.raises(NetworkError, match=f"layer 0, neuron 1, {name}: 1/3 is none"):
        network.save(tmp_path / "net.onnx")


def test_a_convolution_names_the_filter(tmp_path):
    network = Network([Convolution([[[[1, "1/3"]]]], input_shape=(1, 2, 2))])
    with pytest.raises(NetworkError, match="layer 0, filter 0, weight 1 of channel 0: 1/3 is none"):
        network.save(tmp_path / "net.onnx")


def test_rounding_is_reported(tmp_path):
    layers = [([["1/3", 1]], ["1/10"], "leaky_relu:1/50"), ([[1000]], ["1/1000"], "linear")]
    writing = write_onnx(Network(layers), tmp_path / "net.onnx", rounding="float32")
    report = writing.rounding
    assert (report.precision, report.numbers, report.rounded) == ("float32", 11, 4)
    largest = report.largest_absolute
    assert largest is not None
    assert (largest.place, largest.value) == ("layer 0, neuron 0, weight 0", F(1, 3))
    assert largest.nearest == F(11184811, 33554432)
    relative = report.largest_relative
    assert relative is not None
    assert relative.change / relative.value == max(
        abs(nearest_float(F(v), "float32") / F(v) - 1) for v in ("1/3", "1/10", "1/50", "1/1000")
    )
    assert "4 of 11 numbers, each to the nearest float32; the largest change is 9.9e-09" in str(
        report
    )
    assert read_onnx(tmp_path / "net.onnx").network == writing.network
    assert writing.network == rounded_network(Network(layers), "float32")[0]


def test_what_rounding_cannot_do_is_refused(tmp_path):
    large = Network([([[F(2) ** 130]], [0], "relu")])
    words = "layer 0, neuron 0, weight 0: a number below the largest float32 is required"
    with pytest.raises(NetworkError, match=words):
        write_onnx(large, tmp_path / "net.onnx", rounding="float32")
    with pytest.raises(NetworkError, match="below the largest float64"):
        write_onnx(Network([([[F(2) ** 1030]], [0], "relu")]), tmp_path / "net.onnx")
    close = {"breakpoints": [1, "1000000001/1000000000"], "slopes": [0, 1, 0], "value_at_zero": 0}
    network = Network([([[1]], [0], close)])
    with pytest.raises(NetworkError, match="layer 0, activation of 0: rounded, its breakpoints"):
        write_onnx(network, tmp_path / "net.onnx", rounding="float32")
    with pytest.raises(OptionError, match="rounding to float32 or float64 is required, got 'half'"):
        write_onnx(network, tmp_path / "net.onnx", rounding="half")


@given(
    st.fractions()
    | st.builds(lambda a, b: F(a) * F(2) ** b, st.integers(), st.integers(-1090, 900))
)
def test_the_nearest_float_is_the_nearest(value):
    try:
        expected: Fraction | None = F(float(value))
    except OverflowError:
        expected = None
    assert nearest_float(value, "float64") == expected
    found = nearest_float(value, "float32")
    if found is not None:
        stored = np.float32(float(found))
        assert F(float(stored)) == found
        for way in (np.float32(np.inf), np.float32(-np.inf)):
            with np.errstate(all="ignore"):
                other = np.nextafter(stored, way)
            if np.isfinite(other):
                assert abs(F(float(other)) - value) >= abs(found - value)


def test_a_file_may_be_packed(tmp_path):
    network = gallery.get("xor")
    network.save(tmp_path / "net.onnx")
    network.save(tmp_path / "net.onnx.gz")
    packed = (tmp_path / "net.onnx.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "net.onnx").read_bytes()
    network.save(tmp_path / "net.onnx.gz")
    assert (tmp_path / "net.onnx.gz").read_bytes() == packed
    assert Network.load(tmp_path / "net.onnx.gz") == network


def test_names_and_folders_are_checked(tmp_path):
    network = gallery.get("xor")
    with pytest.raises(FormatError, match=r"ends in \.onnx or \.onnx\.gz is required, got \.pb"):
        write_onnx(network, tmp_path / "net.pb")
    with pytest.raises(FormatError, match="cannot be written: No such file or directory"):
        network.save(tmp_path / "nowhere" / "net.onnx")


def test_the_name_is_kept(tmp_path):
    Network(gallery.get("xor").layers, name="gate").save(tmp_path / "net.onnx")
    assert Network.load(tmp_path / "net.onnx").name == "gate"


def test_the_package_is_asked_for(tmp_path, monkeypatch):
    program = "import sys, exactpwl.io; assert not {'onnx', 'google'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingDependencyError, match=r"to write ONNX .*exactpwl\[onnx\]"):
        gallery.get("xor").save(tmp_path / "net.onnx")


FILES = [
    path
    for path in sorted((Path(__file__).parents[3] / "shared" / "vnn").rglob("*.onnx*"))
    if "quadrotor2d" not in path.name  # it has a sine
]


@pytest.mark.skipif(not FILES, reason="the folder of verification instances is not there")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_verification_instances_are_read_back_as_they_were(path, tmp_path):
    network = read_onnx(path, check=False).network
    network.save(tmp_path / "net.onnx")
    assert read_onnx(tmp_path / "net.onnx").network == network
