"""``exactpwl data`` and ``exactpwl plot occupancy``: counts, tables, and mistakes in words."""

import csv
import json
from pathlib import Path

import pytest

from exactpwl import gallery

POINTS = "x,y,class\n1,1,1\n2,1,2\n0,0,1\n-1/2,0,1\n"


@pytest.fixture
def points(tmp_path: Path) -> Path:
    path = tmp_path / "points.csv"
    path.write_text(POINTS, encoding="utf-8")
    return path


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def test_counts(run, points: Path) -> None:
    found = json.loads(run("data", "xor", str(points), "--window", "0", "3", "--json").output)
    assert found["points"] == 4
    assert (found["inside"], found["on_boundary"], found["alone"]) == (3, 1, 0)
    assert (found["regions"], found["regions_with_data"], found["regions_without_data"]) == (
        3,
        2,
        1,
    )
    assert (found["most_in_one_region"], found["regions_with_several_classes"]) == (2, 1)
    assert found["window"] == {
        "regions": 1,
        "holding": 1,
        "holding_there": 1,
        "empty": 0,
        "whole": 0,
        "points": 3,
    }


def test_the_text_says_the_same(run, points: Path) -> None:
    text = run("data", "xor", str(points), "--box", "0", "9").output
    assert "inside       2" in text
    assert "outside      1" in text
    assert "without data  0  of 1 activation regions" in text
    assert "Exact means exact" in text
    assert "without data  ?" in run("data", "xor", str(points), "--no-regions").output


def test_tables(run, points: Path, tmp_path: Path) -> None:
    line = ["-o", "out.csv", "--holders", "held.csv", "--columns", "label,place,decision_l1"]
    result = run("data", "xor", str(points), *line)
    assert result.output.endswith("wrote out.csv\nwrote held.csv\n")
    rows = read(tmp_path / "out.csv")
    assert rows == [
        ["label", "place", "decision_l1"],
        ["1", "inside", "3/2"],
        ["2", "inside", "5/2"],
        ["1", "boundary", "1/2"],
        ["1", "inside", "0"],
    ]
    held = read(tmp_path / "held.csv")
    assert held[1] == ["11", "2", "1", "1: 1; 2: 1"]


def test_many_inputs_need_no_list_of_regions(run, tmp_path: Path) -> None:
    path = tmp_path / "pictures.json"
    path.write_text(json.dumps([[0] * 64, ["1/2"] * 64]), encoding="utf-8")
    found = json.loads(run("data", "digits", str(path), "-o", "out.md", "--json").output)
    assert (found["share_alone"], "regions" in found) == ("1", False)
    assert "distance" not in (tmp_path / "out.md").read_text(encoding="utf-8").splitlines()[0]


def test_inequalities_of_one_point(run, points: Path, tmp_path: Path) -> None:
    assert run("data", "xor", str(points), "--inequalities", "3", "a.csv").exit_code == 0
    assert [row[1:] for row in read(tmp_path / "a.csv")[1:]] == [
        ["x+y >= -1", "yes"],
        ["x+y <= 0", "yes"],
    ]
    refused = run("data", "xor", str(points), "--inequalities", "4", "b.csv")
    assert "takes a point from 0 to 3, got 4" in " ".join(refused.output.split())
    assert (
        "several regions meet"
        in run("data", "xor", str(points), "--inequalities", "2", "b.csv").output
    )


def test_a_training_run_brings_its_data(run) -> None:
    found = json.loads(run("data", "disc-3", "--json").output)
    assert found["points"] == len(gallery.run("disc-3").points)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (["xor"], "data points are required: name a file"),
        (["xor", "gone.csv"], "gone.csv: cannot be read: No such file"),
        (["xor", "points.csv", "--labels", "-o", "a.pdf"], "a table's name ends in .csv, .md"),
        (["xor", "points.csv", "--no-regions", "--window", "0", "1"], "--window counts regions"),
        (["xor", "points.csv", "--no-labels"], "line 2: a number for each of the 2 inputs"),
        (["xor", "points.csv", "--columns", "colour"], "there is no 'colour'"),
        (
            ["xor", "points.csv", "--no-regions", "-o", "a.csv", "--columns", "decision_l1"],
            "needs the regions",
        ),
    ],
)
def test_mistakes_in_words(run, points: Path, line: list[str], message: str) -> None:
    result = run("data", *line)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split()) + " ".join(result.stderr.split())
    assert not list(points.parent.glob("a.*"))


def test_the_figure(run, points: Path, tmp_path: Path) -> None:
    result = run("plot", "occupancy", "xor", "--points", str(points), "-o", "a.svg")
    assert result.output == "wrote a.svg\n"
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<?xml")
    assert run("plot", "occupancy", "xor-2", "--no-points").exit_code == 0
    assert "data points are required" in run("plot", "occupancy", "xor").output
