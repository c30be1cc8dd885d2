"""`exactpwl range`: what it prints and writes is what the library finds."""

import json
from pathlib import Path

from exactpwl import Network
from judged import accepts


def test_bounded(run, tmp_path: Path) -> None:
    result = run("range", "xor", "--box", "0", "1", "--out", "range.cert")
    assert result.exit_code == 0
    assert "minimum of y: -3 at (1, 1); in 1 closed region, at this point alone\n" in result.output
    assert "maximum of y: 1 at (0, 0); in 1 closed region, at this point alone\n" in result.output
    assert "Exact means exact" in result.output
    assert accepts(tmp_path / "range.cert")


def test_unbounded(run) -> None:
    output = run("range", "xor").output
    assert "minimum of y: none, unbounded on the ray from (0, 0) along (0, 1)\n" in output
    assert "maximum of y: 1 at (0, 0); in 2 closed regions, on faces of dimension up to 1" in output
    (found,) = json.loads(run("range", "xor", "--json").output)["ranges"]
    assert found["minimum"]["value"] is None
    assert found["minimum"]["direction"] == ["0", "1"]
    assert found["maximum"] == {
        "value": "1",
        "point": ["0", "0"],
        "direction": None,
        "regions": 2,
        "vertices": 1,
        "dimension": 1,
    }


def test_several_outputs(run, tmp_path: Path) -> None:
    Network([([[1, 0], [0, 1]], [0, 0], "relu")]).save(tmp_path / "two.json")
    box = ("--box", "-1", "1", "--box", "-1", "2")
    output = run("range", "two.json", *box).output
    assert "maximum of y1: 1 at " in output
    assert "maximum of y2: 2 at " in output
    one = run("range", "two.json", "y1 - y2", *box, "--out", "one.cert")
    assert "minimum of y1 - y2: -2 at " in one.output
    assert accepts(tmp_path / "one.cert")
    minus = run("range", *box, "--", "two.json", "-y1")
    assert "minimum of -y1: -1 at " in minus.output
    refused = run("range", "two.json", "--out", "two.cert")
    assert refused.exit_code == 2
    assert "outputs: name one, such as y1" in refused.stderr
