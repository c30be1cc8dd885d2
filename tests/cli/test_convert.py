"""``exactpwl convert``, and ``.nnet`` files as NET."""

import json
import zipfile

import pytest

from exactpwl import Network, gallery
from exactpwl.cli import convert as module

NNET = "1,1,1,1\n1,1\n0\n0\n4\n2,3\n4,5\n7\n1\n"


@pytest.fixture
def onnx():
    return pytest.importorskip("onnx", reason="the package onnx is not installed")


def test_a_network_is_written_and_read_back(run, tmp_path, onnx):
    out = tmp_path / "xor.onnx"
    result = run("convert", "xor", str(out))
    assert result.exit_code == 0
    assert "rounded    nothing: all 15 numbers are float32" in result.output
    assert "read back  equal, layer by layer" in result.output
    assert Network.load(out) == gallery.get("xor")
    shown = " ".join(run("show", str(out)).output.split())
    assert "ONNX, opset 13, written by exactpwl" in shown
    assert "nodes 2 Gemm, 1 Relu" in shown
    assert "compared with the file's own float evaluation, 4 tensors at 3 random points" in shown


def test_other_layers_are_said_to_be_others(run, tmp_path, onnx):
    kind = {"breakpoints": ["1"], "slopes": ["0", "2"]}
    Network([([[1]], [0], kind)]).save(tmp_path / "net.json")
    result = run("convert", str(tmp_path / "net.json"), str(tmp_path / "net.onnx.gz"))
    assert result.exit_code == 0
    assert "other layers, 1 -> 1 relu -> 1 linear; exactly the same values" in result.output


def test_rounding_is_asked_for_and_reported(run, tmp_path, onnx):
    out = tmp_path / "rings.onnx"
    result = run("convert", "rings", str(out))
    assert result.exit_code == 2
    assert "slope 0: 1/50 is none" in result.stderr
    assert "exactpwl convert --round" in result.stderr
    assert not out.exists()
    result = run("convert", "rings", str(out), "--round", "float32", "--json")
    made = json.loads(result.stdout)
    assert made["rounding"]["rounded"] == 4
    assert made["rounding"]["largest_absolute"]["value"] == "1/50"
    assert made["sha256"] == Network.load(out).sha256
    result = run("convert", "rings", str(tmp_path / "rings.json"), "--round", "float32")
    assert "4 of 267 numbers, each to the nearest float32" in " ".join(result.output.split())
    assert Network.load(tmp_path / "rings.json") == Network.load(out)


def test_a_native_file_needs_no_rounding(run, tmp_path):
    result = run("convert", "rings", str(tmp_path / "rings.json"))
    assert result.exit_code == 0
    assert "rounded" not in result.output
    assert Network.load(tmp_path / "rings.json") == gallery.get("rings")


def test_nnet_files_are_named_with_their_normalization(run, tmp_path):
    path = tmp_path / "net.nnet"
    path.write_text(NNET)
    for normalization in ("fold", "ignore"):
        out = tmp_path / f"{normalization}.json"
        result = run("convert", f"{path}:{normalization}", str(out))
        assert result.exit_code == 0
        assert Network.load(out) == Network.load(path, normalization=normalization)
    shown = run("show", f"{path}:fold").output
    assert "normalized" in shown
    assert "the box [0, 4]" in shown
    assert run("count", f"{path}:fold").exit_code == 0
    result = run("show", str(path))
    assert result.exit_code == 2
    assert "choose: 'fold'" in result.stderr
    assert "the normalization is fold or ignore" in run("show", f"{path}:x").stderr
    assert "net.nnet" in run("show", str(tmp_path / "ne.nnet")).stderr


def test_a_file_that_reads_back_as_another_function_is_an_error(run, tmp_path, monkeypatch):
    monkeypatch.setattr(module.Network, "load", lambda path: gallery.get("max"))
    result = run("convert", "braid", str(tmp_path / "net.json"))
    assert result.exit_code == 2
    assert "read back, the network has another value at" in result.stderr


def test_other_endings_are_refused(run, tmp_path):
    result = run("convert", "xor", str(tmp_path / "net.npz"))
    assert result.exit_code == 2
    assert "ends in .json, .onnx or .onnx.gz, got .npz" in result.stderr


def test_files_of_keras_are_read(run, tmp_path):
    h5py = pytest.importorskip("h5py", reason="the package h5py is not installed")
    dense = {"class_name": "Dense", "config": {"name": "first", "activation": "relu"}}
    with h5py.File(tmp_path / "model.weights.h5", "w") as stored:
        stored["layers/dense/vars/0"] = [[1.0], [-2.0]]
        stored["layers/dense/vars/1"] = [0.5]
    with zipfile.ZipFile(tmp_path / "net.keras", "w") as archive:
        archive.writestr("config.json", json.dumps({"config": {"layers": [dense]}}))
        archive.write(tmp_path / "model.weights.h5", "model.weights.h5")
    shown = run("show", "net.keras").output
    assert "Keras, 1 layer: first (Dense)" in shown
    assert "relu(x-2y+1/2)" in shown
    assert run("convert", "net.keras", "net.json").exit_code == 0
    assert "a normalization is for .nnet files" in run("show", "net.keras:fold").stderr
