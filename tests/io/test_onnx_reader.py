"""Whole ONNX files: how their layers come about, and what is refused."""

import gzip
import re
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from exactpwl import Activation, Convolution, Maximum, MaxPool, Network
from exactpwl.errors import FormatError, MissingDependencyError, OperatorError, OptionError
from exactpwl.io import read_onnx
from onnx_models import model_of, read_model, saved

onnx = pytest.importorskip("onnx", reason="the package onnx is not installed")

W = np.array([[1.0, 2.0], [3.0, -4.0]])
PAIR = {"x": (1, 2)}
DENSE = [("Gemm", "x W", "h", {}), ("Relu", "h", "r", {}), ("Gemm", "r W", "y", {})]


def test_a_dense_chain_has_the_layers_of_the_file(tmp_path):
    reading = read_model(tmp_path, DENSE, PAIR, {"W": W})
    assert reading.network == Network([(W.T, [0, 0], "relu"), (W.T, [0, 0], "linear")])
    assert reading.network.name == "small"
    assert reading.layers == (("Relu_1",),)
    assert Network.load(tmp_path / "net.onnx") == reading.network


def test_a_file_may_be_packed(tmp_path):
    path = tmp_path / "net.v1.onnx.gz"
    path.write_bytes(gzip.compress(model_of(DENSE, PAIR, {"W": W}).SerializeToString()))
    assert Network.load(path).architecture == "2 -> 2 relu -> 2 linear"


def test_tensors_may_stand_beside_the_file(tmp_path):
    onnx.save(
        model_of(DENSE, PAIR, {"W": W}),
        tmp_path / "net.onnx",
        save_as_external_data=True,
        location="weights.bin",
        size_threshold=0,
    )
    assert Network.load(tmp_path / "net.onnx")((1, 2)) == (7, 14)
    (tmp_path / "weights.bin").unlink()
    with pytest.raises(FormatError, match=r"net\.onnx: .*weights\.bin"):
        Network.load(tmp_path / "net.onnx")


def test_what_is_needed_later_is_carried_by_neurons_without_kinks(tmp_path):
    nodes = [*DENSE[:2], ("Gemm", "r W", "g", {}), ("Relu", "g", "s", {}), ("Add", "s x", "y", {})]
    network = read_model(tmp_path, nodes, PAIR, {"W": W}).network
    assert network.architecture == "2 -> 4 relu/linear -> 4 relu/linear -> 2 linear"
    assert len(network.kinks) == 4
    assert network((1, 2)) == (8, 16)
    assert network((-1, Fraction(1, 3))) == (-1, Fraction(1, 3))


def test_branches_of_different_depth_meet(tmp_path):
    nodes = [
        ("Relu", "x", "r", {}),
        ("Gemm", "r W", "h", {}),
        ("Abs", "h", "a", {}),
        ("Sub", "a r", "d", {}),
        ("LeakyRelu", "d", "y", {"alpha": 0.5}),
    ]
    network = read_model(tmp_path, nodes, PAIR, {"W": W}).network
    assert network.architecture == "2 -> 2 relu -> 4 abs/linear -> 2 leaky_relu:1/2"
    assert network((1, 2)) == (6, 4)
    assert network((1, -2)) == (0, 2)


def test_nodes_on_which_no_output_depends_are_not_read(tmp_path):
    nodes = [("Softmax", "x", "p", {}), ("Relu", "x", "y", {})]
    assert read_model(tmp_path, nodes, PAIR).network.architecture == "2 -> 2 relu"


def test_outputs_can_be_chosen(tmp_path):
    path = saved(
        model_of([*DENSE, ("Softmax", "y", "p", {})], PAIR, {"W": W}, outputs="p"), tmp_path
    )
    with pytest.raises(OperatorError, match="not piecewise linear"):
        read_onnx(path)
    assert read_onnx(path, outputs=["y"]).network((1, 2)) == (7, 14)
    assert read_onnx(path, outputs=["r", "y"]).network((1, 2)) == (7, 0, 7, 14)
    with pytest.raises(FormatError, match="no node of the graph makes 'z'"):
        read_onnx(path, outputs=["z"])


def test_several_inputs_stand_one_after_the_other(tmp_path):
    nodes = [("Sub", "a b", "d", {}), ("Relu", "d", "y", {})]
    reading = read_model(tmp_path, nodes, {"a": (1, 2), "b": (1, 2)})
    assert reading.inputs == (("a", (1, 2)), ("b", (1, 2)))
    assert reading.network((5, 1, 2, 3)) == (3, 0)


def test_maxima_of_many_keep_their_kinks(tmp_path):
    nodes = [("Gemm", "x W", "h", {}), ("ReduceMax", "h", "y", {"axes": [1]})]
    wide = np.array([[1.0, 0.0, -1.0], [1.0, 2.0, -1.0]])
    network = read_model(tmp_path, nodes, PAIR, {"W": wide}, opset=13).network
    assert network == Network([(wide.T, [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])


def test_neurons_move_on_where_a_layer_takes_maxima(tmp_path):
    nodes = [
        ("ReduceMax", "x", "m", {"axes": [1]}),
        ("Relu", "x", "r", {}),
        ("Add", "m r", "y", {}),
    ]
    network = read_model(tmp_path, nodes, {"x": (1, 3)}, opset=13).network
    assert [type(layer).__name__ for layer in network.layers] == ["Maximum", "Layer", "Layer"]
    assert network((1, -2, 3)) == (4, 3, 6)


PICTURE = {"x": (1, 1, 5, 5)}
KERNEL = {"K": [[[[1.0, -1.0]]], [[[0.5, 2.0]]]], "b": [1.0, 0.0]}


def test_a_chain_of_pictures_stays_convolutions_and_poolings(tmp_path):
    nodes = [
        ("Conv", "x K b", "c", {}),
        ("BatchNormalization", "c s t m v", "n", {"epsilon": 0.0}),
        ("Relu", "n", "r", {}),
        ("MaxPool", "r", "p", {"kernel_shape": [2, 2]}),
        ("AveragePool", "p", "q", {"kernel_shape": [2, 2]}),
        ("Flatten", "q", "f", {}),
        ("Gemm", "f W", "y", {}),
    ]
    constants = {**KERNEL, "W": np.ones((12, 1)), "s": [2.0, 1.0], "t": [0.0, 3.0]}
    constants |= {"m": [1.0, 0.0], "v": [4.0, 0.25]}
    reading = read_model(tmp_path, nodes, PICTURE, constants)
    first, pool, mean, last = reading.network.layers
    assert first == Convolution([[[[1, -1]]], [[[1, 4]]]], [0, 3], "relu", input_shape=(1, 5, 5))
    assert pool == MaxPool((2, 5, 4), 2, stride=1)
    assert [mean.text, last.text] == ["2x3x2 average pool 2x2 linear", "1 linear"]
    assert reading.roundings == (
        "node 'BatchNormalization_1': BatchNormalization: 2 square roots, exact",
    )


@pytest.mark.parametrize(
    ("node", "biases"),
    [
        (("Add", "c k", "n", {}), [3, 5]),
        (("Sub", "c k", "n", {}), [-1, -5]),
        (("Mul", "k c", "n", {}), [2, 0]),
    ],
)
def test_a_constant_a_channel_goes_into_the_convolution(node, biases, tmp_path):
    nodes = [("Conv", "x K b", "c", {}), node, ("PRelu", "n slopes", "y", {})]
    constants = {**KERNEL, "k": [[[2.0]], [[5.0]]], "slopes": [[[0.5]], [[0.0]]]}
    (layer,) = read_model(tmp_path, nodes, PICTURE, constants).network.layers
    assert isinstance(layer, Convolution)
    assert layer.filter_biases == tuple(b * layer.denominator for b in biases)
    assert layer.filter_activations == (Activation.leaky_relu("1/2"), Activation.parse("relu"))


def test_a_residual_block_of_convolutions_is_written_out(tmp_path):
    nodes = [
        ("Conv", "x K", "c", {"pads": [1, 1, 1, 1]}),
        ("Relu", "c", "r", {}),
        ("Conv", "r K", "d", {"pads": [1, 1, 1, 1]}),
        ("Add", "d x", "s", {}),
        ("Relu", "s", "y", {}),
    ]
    kernel = np.arange(9.0).reshape(1, 1, 3, 3) - 4
    network = read_model(tmp_path, nodes, {"x": (1, 1, 3, 3)}, {"K": kernel}).network
    assert network.architecture == "9 -> 18 relu/linear -> 9 relu"


def test_a_square_root_is_rounded_as_it_says(tmp_path):
    nodes = [("BatchNormalization", "x s t m v", "y", {"epsilon": 0.0})]
    constants = {"s": [1.0, 1.0], "t": [0.0, 0.0], "m": [0.0, 0.0], "v": [2.0, 4.0]}
    path = saved(model_of(nodes, PAIR, constants), tmp_path)
    for bits in (20, 64):
        reading = read_onnx(path, bits=bits)
        root, half = reading.network((1, 1))
        assert half == Fraction(1, 2)
        # root = (1 - e) / sqrt(2) with 0 < e < 2^-bits, squared
        assert (1 - Fraction(1, 2**bits)) ** 2 < 2 * root**2 < 1
        assert reading.roundings == (
            "node 'BatchNormalization_0': BatchNormalization: 1 of 2 square roots rounded, with "
            f"relative errors below 2^-{bits}",
        )
    assert ("rounded", reading.roundings[0]) in reading.facts


def test_an_open_batch_is_one_and_other_open_sizes_are_asked_for(tmp_path):
    path = saved(model_of([("Relu", "x", "y", {})], {"x": ("n", 2)}), tmp_path)
    assert read_onnx(path).inputs == (("x", (1, 2)),)
    path = saved(model_of([("Relu", "x", "y", {})], {"x": ("n", "length")}), tmp_path)
    with pytest.raises(FormatError, match=r"shape \['n', 'length'\].*input_shape=\(1, \.\.\.\)"):
        read_onnx(path)
    assert read_onnx(path, input_shape=(1, 3)).network.input_dimension == 3


REFUSED = {
    "Sin": ([("Sin", "x", "y", {})], {}, "node 'Sin_0': Sin: not piecewise linear; .*outputs="),
    "Sigmoid": ([("Sigmoid", "x", "y", {})], {}, "not piecewise linear; .*train with hard_tanh"),
    "Softmax": ([("Softmax", "x", "y", {})], {}, "Softmax: not piecewise linear"),
    "Sign": ([("Sign", "x", "y", {})], {}, "node 'Sign_0': Sign: it jumps"),
    "Trilu": ([("Trilu", "x", "y", {})], {}, "Trilu: it is not read; docs/onnx.md lists"),
    "Mul": (
        [("Mul", "x x", "y", {})],
        {},
        "Mul: not piecewise linear: it multiplies",
    ),
    "MatMul": (
        [("Transpose", "x", "t", {}), ("MatMul", "x t", "y", {})],
        {},
        "node 'MatMul_1': MatMul: not piecewise linear: it multiplies two values",
    ),
    "Div": ([("Div", "c x", "y", {})], {"c": [1.0]}, "it divides by a value that depends"),
    "zero": ([("Div", "x c", "y", {})], {"c": [0.0]}, "node 'Div_0': Div: it divides by zero"),
    "nan": ([("Add", "x c", "y", {})], {"c": [np.nan]}, "infinite or not a number; only finite"),
    "Clip": ([("Clip", "x x", "y", {})], {}, "its min depends on the input; only a constant min"),
    "bounds": (
        [("Clip", "x a b", "y", {})],
        {"a": 2.0, "b": 1.0},
        "its bounds 2 and 1 are the wrong way round",
    ),
    "slopes": (
        [("PRelu", "x s", "y", {})],
        {"s": [1.0, 2.0, 3.0]},
        r"slopes of shape \[3\] do not fit values of shape \[1, 2\]|broadcast",
    ),
    "sizes": (
        [("MatMul", "x W", "y", {})],
        {"W": np.ones((3, 1))},
        r"matrices of shapes \[1, 2\] and \[3, 1\] do not fit",
    ),
    "shape": (
        [("Reshape", "x s", "y", {})],
        {"s": np.array([3], np.int64)},
        r"2 entries of shape \[1, 2\] do not fit into \[3\]",
    ),
    "cast": ([("Cast", "x", "y", {"to": 7})], {}, "a float becomes an integer: a step"),
    "training": (
        [("BatchNormalization", "x c c c c", "y", {"training_mode": 1})],
        {"c": [1.0, 1.0]},
        "it is in training mode; export the model in evaluation mode",
    ),
    "variance": (
        [("BatchNormalization", "x c c c v", "y", {})],
        {"c": [1.0, 1.0], "v": [-1.0, 1.0]},
        r"variance \+ epsilon is not positive",
    ),
    "pad": ([("Pad", "x p", "y", {"mode": "wrap"})], {"p": [0]}, "mode = 'wrap' is not read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_names_node_operator_reason_and_help(name, tmp_path):
    nodes, constants, words = REFUSED[name]
    path = saved(model_of(nodes, PAIR, constants, opset=19), tmp_path)
    with pytest.raises(OperatorError, match=words) as caught:
        Network.load(path)
    assert str(caught.value).startswith(f"{path}: node '")
    assert caught.value.op_type == nodes[-1][0]
    assert caught.value.node == f"{nodes[-1][0]}_{len(nodes) - 1}"


def test_foreign_operators_and_places_of_maxima_are_refused(tmp_path):
    path = saved(model_of([("Relu", "x", "y", {"domain": "com.example"})], PAIR), tmp_path)
    with pytest.raises(OperatorError, match=r"an operator of the domain 'com\.example'"):
        read_onnx(path)
    nodes = [("MaxPool", "x", "y places", {"kernel_shape": [2, 2]})]
    path = saved(model_of(nodes, PICTURE), tmp_path)
    with pytest.raises(OperatorError, match="the places of its maxima are asked for"):
        read_onnx(path)
    nodes = [("MaxPool", "x", "y", {"kernel_shape": [2, 2]})]
    path = saved(model_of(nodes, {"x": (2, 1, 5, 5)}), tmp_path)
    with pytest.raises(OperatorError, match="one picture"):
        read_onnx(path)


def test_files_that_are_no_model_are_refused(tmp_path):
    path = tmp_path / "net.onnx"
    with pytest.raises(FormatError, match="cannot be read"):
        Network.load(path)
    path.write_bytes(b"no model")
    with pytest.raises(FormatError, match=r"an ONNX model is required|nodes and outputs"):
        Network.load(path)
    packed = tmp_path / "net.onnx.gz"
    packed.write_bytes(b"no gzip")
    with pytest.raises(FormatError, match="cannot be read: Not a gzipped file"):
        Network.load(packed)
    old = saved(model_of(DENSE, PAIR, {"W": W}, opset=6), tmp_path)
    with pytest.raises(FormatError, match=r"opset 7 or later is required, got 6"):
        Network.load(old)
    whole = saved(model_of([("Relu", "x", "y", {})], PAIR, dtype=np.int64), tmp_path)
    with pytest.raises(FormatError, match="the input 'x' must hold floats, got int64"):
        Network.load(whole)
    torn = saved(model_of([("Relu", "z", "y", {})], PAIR), tmp_path)
    with pytest.raises(FormatError, match="nothing makes its input 'z' before it"):
        Network.load(torn)


def test_a_large_layer_that_is_mostly_empty_is_no_table(tmp_path):
    conv = ("Conv", "x K", "c", {"pads": [1, 1, 1, 1]})
    kernel = {"K": np.ones((1, 1, 3, 3))}
    large = {"x": (1, 1, 40, 40)}
    path = saved(model_of([conv, ("Relu", "c", "y", {})], large, kernel), tmp_path)
    assert read_onnx(path).network.architecture == "1600 -> 1x40x40 convolution 3x3 relu"
    nodes = [conv, ("Add", "c x", "s", {}), ("Relu", "s", "y", {})]
    network = read_model(tmp_path, nodes, large, kernel).network
    assert network.architecture == "1600 -> 1600 sparse relu"
    assert network.layers[0].sparse_rows[0] == ((0, 1, 40, 41), (2, 1, 1, 1))


def test_the_facts_say_what_was_read(tmp_path):
    facts = dict(read_model(tmp_path, DENSE, PAIR, {"W": W}).facts)
    assert facts["format"] == "ONNX, opset 17, written by tests"
    assert [facts["inputs"], facts["outputs"]] == ["x [1, 2]", "y [1, 2]"]
    assert facts["nodes"] == "2 Gemm, 1 Relu"
    assert re.fullmatch(
        r"with the file's own float evaluation, 4 tensors at 3 random points; node by node: .*; "
        r"as a whole: .*",
        facts["compared"],
    )


def test_functions_that_a_model_brings_along_are_inlined(tmp_path):
    from onnx import helper

    linear = helper.make_function(
        "pkg.torch_lib",
        "linear",
        ["input", "weight", "bias"],
        ["result"],
        [
            helper.make_node("Transpose", ["weight"], ["turned"], perm=[1, 0]),
            helper.make_node("MatMul", ["input", "turned"], ["product"]),
            helper.make_node("Add", ["product", "bias"], ["result"]),
        ],
        [helper.make_opsetid("", 17)],
    )
    nodes = [("linear", "x W b", "h", {"domain": "pkg.torch_lib"}), ("Relu", "h", "y", {})]
    model = model_of(nodes, PAIR, {"W": W, "b": [0.5, 1.0]})
    model.functions.append(linear)
    model.opset_import.append(helper.make_opsetid("pkg.torch_lib", 1))
    network = read_onnx(saved(model, tmp_path), check=True).network
    assert network == Network([(W.tolist(), ["1/2", 1], "relu")])


def test_the_package_is_loaded_when_a_file_is_read_and_not_before(tmp_path, monkeypatch):
    program = "import sys, exactpwl.io; assert not {'onnx', 'google'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
    path = saved(model_of(DENSE, PAIR, {"W": W}), tmp_path)
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'exactpwl\[onnx\]'"):
        read_onnx(path)


def test_options_that_make_no_sense_are_refused(tmp_path):
    path = saved(model_of([("Sub", "a b", "y", {})], {"a": (1, 2), "b": (1, 2)}), tmp_path)
    with pytest.raises(OptionError, match="bits: at least 1 is required, got 0"):
        read_onnx(path, bits=0)
    with pytest.raises(FormatError, match="input_shape is for one input, this graph has 2"):
        read_onnx(path, input_shape=(1, 2))


def test_a_large_bound_of_a_double_is_a_bound(tmp_path):
    nodes = [("Clip", "x lo hi", "y", {})]
    bounds = {"lo": -1e300, "hi": np.finfo(np.float64).max}
    network = read_model(tmp_path, nodes, PAIR, bounds, dtype=np.float64).network
    assert network((Fraction(-(10**301)), 10**309)) == (Fraction(-1e300), 10**309)
