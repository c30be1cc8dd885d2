"""``exactpwl show``: a network in readable form."""

import json

from exactpwl import Network, gallery


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
