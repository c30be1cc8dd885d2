"""``exactpwl reduce``: the smaller network, what became of each neuron, and the proof."""

import json
from pathlib import Path

from exactpwl import Network, gallery
from exactpwl_check.__main__ import main as check


def test_the_smaller_network_is_written_with_its_proof(run) -> None:
    result = run("reduce", "max:5", "-o", "smaller.json", "--certificate", "equal.cert")
    assert result.exit_code == 0
    text = " ".join(result.output.split())
    assert "hidden neurons: 16, now 10; weights and biases: 115, now 59" in text
    assert "0.1 heard with another one only, and their sum is affine" in text
    assert "proved: the same function everywhere" in text
    smaller = Network.load("smaller.json")
    assert smaller([1, 5, 2, "7/2", -1]) == gallery.get("max:5")([1, 5, 2, "7/2", -1]) == (5,)
    assert check(["equal.cert"]) == 0


def test_what_holds_on_a_domain_is_not_said_of_more(run) -> None:
    result = run("reduce", "l1_annulus", "--box", "0", "1")
    text = " ".join(result.output.split())
    assert "1.1 dead: gone, its value 0 is in the next biases" in text
    assert "proved: the same function on this domain, not beyond it" in text


def test_a_network_that_needs_all_of_its_neurons(run) -> None:
    result = run("reduce", "xor")
    assert result.exit_code == 0
    assert "no hidden neuron can go" in result.output
    assert not Path("smaller.json").exists()


def test_the_json_object(run) -> None:
    found = json.loads(run("reduce", "xor-20", "--json").stdout)
    assert found["removed"] == 2
    assert found["equal"] is True
    gone = {one["neuron"]: one for one in found["neurons"] if one["what"] != "kept"}
    assert {place: one["what"] for place, one in gone.items()} == {7: "multiple", 14: "multiple"}
    assert gone[7]["terms"] == [{"factor": "3/2", "layer": 0, "neuron": 0}]
    smaller = Network.from_dict(found["smaller"])
    assert smaller.architecture == found["after"]["architecture"] == "2 -> 18 relu -> 1 linear"
