"""``exactpwl flat``: pieces, their shares, and none."""

import json


def text_of(result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_a_hat_is_flat_outside_its_hexagon(run) -> None:
    text = text_of(run("flat", "hat2d", "--box", "-2", "2"))
    assert (
        "flat: the output is constant on 6 of 12 regions, volume 13, 13/16 of the domain value 0, "
        "volume 13, 13/16 of the domain: region 0, pattern 010101|0" in text
    )
    assert "; and 3 more" in text
    assert "volume infinite value 0, volume infinite: " in text_of(run("flat", "hat2d"))


def test_none(run) -> None:
    text = text_of(run("flat", "disc-8-8-8"))
    assert "flat nowhere: the gradient of the output vanishes on none of 257 regions" in text


def test_all_outputs_or_one(run, tmp_path) -> None:
    layers = [{"W": [["1"], ["-1"]], "b": ["0", "0"], "activation": "relu"}]
    document = json.dumps({"format": "exactpwl-network/1", "layers": layers})
    (tmp_path / "net.json").write_text(document, encoding="utf-8")
    assert "flat nowhere: the gradient of the vector of outputs" in text_of(run("flat", "net.json"))
    text = text_of(run("flat", "net.json", "--output", "y1", "--box", "-1", "3"))
    assert "flat: y1 is constant on 1 of 2 regions, volume 1, 1/4 of the domain" in text


def test_the_json_object(run) -> None:
    found = json.loads(run("flat", "hat1d", "--json").stdout)
    del found["sha256"], found["domain"], found["network"], found["architecture"]
    exactness = found.pop("exactness")
    assert exactness.startswith("Exact means exact")
    (left, right) = found.pop("pieces")
    assert left == {"value": ["0"], "regions": [0], "patterns": ["000"], "volume": None}
    assert right["value"] == ["0"]
    assert found == {
        "output": None,
        "regions": 4,
        "volume": None,
        "volume_of_domain": None,
    }
