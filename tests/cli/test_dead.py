"""``exactpwl dead``: states in words and as JSON, and a certificate for each layer."""

import json
from pathlib import Path

from exactpwl_check.__main__ import main as check


def test_states_and_ranges_in_words(run) -> None:
    result = run("dead", "disc-8-8-8", "--box", "-5/4", "5/4")
    assert result.exit_code == 0
    assert "of 24 neurons with kinks: 1 dead, 23 switching" in result.output
    assert "  1.3  dead: z from -20391/16384 at (-5/4, -5/4) to -61377/154112 at" in result.output
    assert "and 4 more; --json has all" in result.output
    assert "Exact means exact" in result.output


def test_the_json_object_has_all_neurons(run) -> None:
    found = json.loads(run("dead", "l1_annulus", "--json").stdout)
    assert found["counts"] == {
        "zero": 0,
        "constant": 0,
        "dead": 0,
        "always active": 1,
        "switching": 5,
    }
    assert [one["state"] for one in found["neurons"]].count("switching") == 5
    last = found["neurons"][-1]
    assert (last["layer"], last["neuron"], last["pieces"]) == (1, 1, [0, 1])
    assert last["lower"] == {"point": ["0", "0"], "value": "-2"}
    assert "direction" in last["upper"]


def test_a_certificate_for_each_layer_with_a_claim(run) -> None:
    result = run("dead", "sawtooth:3", "--box", "0", "1", "--out", "claims")
    assert result.exit_code == 0
    files = sorted(Path("claims").iterdir())
    assert [file.name for file in files] == [f"layer{k}.cert" for k in range(3)]
    for file in files:
        assert f"check it by: exactpwl-check {file}" in result.output
        assert check([str(file)]) == 0


def test_where_all_neurons_switch_there_is_nothing_to_claim(run) -> None:
    result = run("dead", "xor", "--out", "claims")
    assert "no certificate is written" in result.output
    assert not list(Path("claims").iterdir())


def test_an_affine_network_has_no_neuron_to_tell_of(run) -> None:
    layers = [{"W": [["1"]], "b": ["0"], "activation": "linear"}]
    document = json.dumps({"format": "exactpwl-network/1", "layers": layers})
    Path("net.json").write_text(document, encoding="utf-8")
    assert "no neuron has a kink" in run("dead", "net.json").output


def test_maxima_are_told_of_as_relus(run) -> None:
    layers = [
        {"W": [["1"], ["-1"]], "b": ["0", "0"], "activation": "linear"},
        {"kind": "maximum", "inputs": 2, "groups": [[0, 1]]},
    ]
    document = json.dumps({"format": "exactpwl-network/1", "layers": layers})
    Path("net.json").write_text(document, encoding="utf-8")
    for command in ("dead", "reduce"):
        result = run(command, "net.json", "--box", "0", "1")
        assert result.exit_code == 0
        assert "1 -> 2 linear -> 1 maximum" in result.output
        assert "ReLUs    1 -> 2 linear -> 2 relu/linear -> 1 linear" in result.output
    assert "1 always active" in run("dead", "net.json", "--box", "0", "1").output
