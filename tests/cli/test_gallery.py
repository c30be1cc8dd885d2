"""``exactpwl gallery``: the networks to try."""

import json

import pytest

from exactpwl import Network, gallery


def test_the_list_has_every_name(run) -> None:
    text = run("gallery").stdout
    for name in gallery.names():
        assert any(line.startswith(name) for line in text.splitlines())


def test_the_list_as_json(run) -> None:
    found = json.loads(run("gallery", "--json").stdout)
    assert [item["name"].partition(":")[0] for item in found] == list(gallery.names())
    assert all(item["description"] for item in found)


@pytest.mark.parametrize("spec", ["xor", "lines:8", "rings"])
def test_one_network(run, spec: str) -> None:
    assert gallery.get(spec).sha256 in run("gallery", spec).stdout
    found = json.loads(run("gallery", spec, "--json").stdout)
    assert Network.from_dict(found["network"]) == gallery.get(spec)


def test_saving(run, tmp_path) -> None:
    result = run("gallery", "sawtooth:4", "--save", "saw.json")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "wrote saw.json\n")
    assert Network.load(tmp_path / "saw.json") == gallery.get("sawtooth:4")
    assert [path.name for path in tmp_path.iterdir()] == ["saw.json"]


def test_a_saved_network_comes_before_a_name_of_the_gallery(run, tmp_path) -> None:
    run("gallery", "tent", "--save", "xor.json")
    (tmp_path / "xor.json").rename(tmp_path / "xor")
    told = run("show", "xor").stderr
    assert "a file name that ends in .json, .npz, .onnx, .onnx.gz, .nnet" in told
    assert gallery.get("xor").sha256 in run("gallery", "xor").stdout
