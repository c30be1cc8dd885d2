"""``exactpwl topology``: numbers, words, and what is refused."""

import json
from pathlib import Path

import pytest

from exactpwl import Network, gallery, regions
from exactpwl.questions import barcode, topology_at

THREE = Network(
    [
        ([[1, 0], [0, 1]], [0, 0], "abs"),
        ([[1, 1], [0, 0], [-1, -1]], [0, 2, 3], "linear"),
    ]
)


@pytest.fixture
def three(tmp_path: Path) -> str:
    THREE.save(tmp_path / "three.json")
    return str(tmp_path / "three.json")


def test_the_annulus(run) -> None:
    result = run("topology", "l1_annulus")
    assert result.exit_code == 0
    words = [line.split() for line in result.output.splitlines()]
    assert ["y", ">", "0", "1", "1", "0"] in words
    assert ["y", "<", "0", "2", "1", "1"] in words
    assert "y > 0: 1 component, 1 bounded" in result.output
    assert "y < 0: 2 components, 1 bounded" in result.output
    assert "  unbounded, in 4 regions: 1, 3, 5, 7" in result.output
    assert "Exact means exact" in result.output


def test_json_is_what_the_library_says(run) -> None:
    found = json.loads(run("topology", "rings", "--at", "1/2", "--barcode", "--json").stdout)
    complex_ = regions(gallery.get("rings"))
    (level,) = found["thresholds"]
    expected = topology_at(complex_, "1/2")
    assert level["value"] == "1/2"
    assert [level["sets"][sign]["betti"] for sign in ("<=", ">=", "=", "<", ">")] == [
        list(part.betti)
        for part in (
            expected.sublevel,
            expected.superlevel,
            expected.level,
            expected.below,
            expected.above,
        )
    ]
    parts = [(tuple(p["regions"]), p["bounded"]) for p in level["components"][">"]]
    assert parts == [tuple(part) for part in expected.components_above]
    assert [(bar["dimension"], bar["birth"], bar["death"]) for bar in found["barcode"]] == [
        (k, *(None if end is None else str(end) for end in ends)) for k, *ends in barcode(complex_)
    ]
    assert found["field"] == "F2"
    assert found["classes"] == []


def test_long_numbers_are_rounded_and_say_so(run) -> None:
    output = run("topology", "rings", "--barcode").output
    assert "bars: 34 of dimension 0, 36 of dimension 1" in output
    assert "  0          -inf          ~1.6256378    inf" in output
    assert "and 50 more; --json has all" in output
    assert "~ rounded to 8 digits; --json has the rational numbers" in output
    assert "~" not in run("topology", "l1_annulus", "--barcode").output


def test_numbers_that_are_zero_in_high_dimensions_are_counted(run) -> None:
    output = run("topology", "digits").output
    assert "          b0  b1  Euler characteristic\n" in output
    assert "  b2 to b63 are 0\n" in output
    assert "are 0" not in run("topology", "max:4").output


def test_several_outputs_are_classes(run, three: str) -> None:
    output = run("topology", three).output
    assert "class 1, y2  1   1   0" in output
    assert "class 0, y1: 1 component, 0 bounded" in output
    found = json.loads(run("topology", three, "--json").stdout)
    assert [one["betti"] for one in found["classes"]] == [[1, 1], [1, 1], [1, 0]]
    assert found["output"] is None
    assert found["barcode"] is None


def test_a_combination_of_outputs(run, three: str) -> None:
    found = json.loads(run("topology", three, "--output", "y1 - y3", "--json").stdout)
    assert found["coefficients"] == ["1", "0", "-1"]
    assert found["thresholds"][0]["sets"]["<"]["betti"] == [1, 0]
    one = run("topology", "xor", "--output", "2 y1", "--at", "1").output
    assert "2 y1 at 1: Betti numbers over F2" in one


@pytest.mark.parametrize("options", [("--at", "0"), ("--barcode",)])
def test_a_threshold_needs_one_output(run, three: str, options: tuple[str, ...]) -> None:
    result = run("topology", three, *options)
    assert result.exit_code == 2
    assert "--at and --barcode are about one of the 3 outputs" in result.stderr


def test_a_threshold_is_an_exact_text(run) -> None:
    result = run("topology", "xor", "--at", "a half")
    assert result.exit_code == 2
    assert "--at" in result.stderr


def test_a_box_is_the_domain(run) -> None:
    found = json.loads(run("topology", "xor", "--box", "-2", "2", "--json").stdout)
    assert [p["bounded"] for p in found["thresholds"][0]["components"]["<"]] == [True, True]


def test_the_figure(run, tmp_path: Path) -> None:
    path = tmp_path / "bars.svg"
    options = ("--level", "0", "--window", "-2", "2", "-o", str(path))
    result = run("plot", "barcode", "l1_annulus", *options)
    assert result.exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("<?xml")
