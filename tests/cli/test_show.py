"""``exactpwl show``: a network in readable form."""

import json

import pytest

from exactpwl import Network, gallery
from onnx_models import model_of


def test_every_neuron_is_a_formula(run) -> None:
    text = run("show", "xor").stdout
    assert "a0  = relu(x+y+1)" in text
    assert "f  = 2a0-4a1-1" in text
    assert gallery.get("xor").sha256 in text


def test_json_holds_the_network(run) -> None:
    found = json.loads(run("show", "rings", "--json").stdout)
    assert Network.from_dict(found["network"]) == gallery.get("rings")
    assert found["patterns"] == 2**32
    assert found["sha256"] == gallery.get("rings").sha256


def test_long_rows_and_big_numbers_of_patterns_are_shortened(run, tmp_path) -> None:
    rows = [[1] * 20] * 25
    Network([(rows, [1] * 25, "relu"), ([[0] * 25, [1] * 25], ["1/2", -3], "linear")]).save(
        tmp_path / "wide.json"
    )
    text = run("show", "wide.json").stdout
    assert "+ [4 more terms]+1)" in text
    assert "2^25 activation patterns" in text
    assert "f0  = 1/2\n" in text
    assert "+ [9 more terms]-3\n" in text


def test_other_numbers_of_patterns(run, tmp_path) -> None:
    activation = {"breakpoints": [0, 1], "slopes": [0, 1, 0]}
    Network([([[1]] * 13, [0] * 13, activation)], name="three").save(tmp_path / "three.json")
    assert "26, 1594323 activation patterns" in run("show", "three.json").stdout


def test_many_outputs_and_layers_have_names(run, tmp_path) -> None:
    one = ([[1]], [0], "relu")
    Network([one] * 7).save(tmp_path / "deep.json")
    text = run("show", "deep.json").stdout
    assert "h5_0  = relu(e0)" in text
    assert "f  = relu(h5_0)" in text


def test_an_onnx_file_is_shown_with_what_was_read(run, tmp_path):
    pytest.importorskip("onnx", reason="the package onnx is not installed")
    path = tmp_path / "net.v2.onnx"
    nodes = [("BatchNormalization", "x s s s s", "n", {}), ("Relu", "n", "y", {})]
    path.write_bytes(model_of(nodes, {"x": (1, 2)}, {"s": [1.0, 2.0]}).SerializeToString())
    text = " ".join(run("show", str(path)).stdout.split())
    assert "format ONNX, opset 17, written by tests" in text
    assert "inputs x [1, 2]" in text
    assert "rounded node 'BatchNormalization_0': BatchNormalization: 2 of 2 square roots" in text
    assert "compared with the file's own float evaluation, 3 tensors at 3 random points" in text
    words = [word for word, _ in json.loads(run("show", str(path), "--json").stdout)["file"]]
    assert words == ["format", "inputs", "outputs", "nodes", "rounded", "compared"]


def test_an_onnx_file_that_is_refused_is_one_line(run, tmp_path):
    pytest.importorskip("onnx", reason="the package onnx is not installed")
    path = tmp_path / "net.onnx"
    path.write_bytes(model_of([("Sin", "x", "y", {})], {"x": (1, 2)}).SerializeToString())
    result = run("show", str(path))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "node 'Sin_0': Sin: not piecewise linear" in result.stderr
