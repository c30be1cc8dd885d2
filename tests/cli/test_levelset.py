"""``exactpwl levelset``: the complex in words, as JSON, CSV and OBJ; and the decision boundary."""

import json
from pathlib import Path

import pytest

THREE = {
    "format": "exactpwl-network/1",
    "layers": [
        {
            "W": [["1", "0"], ["0", "1"], ["0", "0"]],
            "b": ["0", "0", "0"],
            "activation": "linear",
        }
    ],
}


@pytest.fixture
def three(tmp_path: Path) -> str:
    (tmp_path / "three.json").write_text(json.dumps(THREE), encoding="utf-8")
    return "three.json"


def test_faces_components_and_curves_in_words(run) -> None:
    result = run("levelset", "l1_annulus", "--at", "1/2")
    assert result.exit_code == 0
    assert "{y = 1/2}: 8 vertices, 8 edges; Euler characteristic 0" in result.output
    assert "connected components: 2" in result.output
    assert "closed, around the area 9/2: (-3/2, 0), (0, -3/2), (3/2, 0), (0, 3/2)" in result.output


def test_long_areas_are_shortened_and_long_curves_cut(run) -> None:
    text = " ".join(run("levelset", "disc-8-8-8").output.split())
    assert "closed, around the area 1.20463" in text
    assert "numbers with ... are rounded to 10 digits; --json has them whole" in text
    assert "and 2 more" in text


def test_flat_and_unbounded_pieces_are_said_to_be(run) -> None:
    text = " ".join(run("levelset", "hat2d").output.split())
    assert "it fills pieces of full dimension: 6" in text
    assert "Euler characteristic 0 (with compact support)" in text
    assert "from the direction" in " ".join(run("levelset", "xor").output.split())
    assert "{y = 5} is empty in the domain" in run("levelset", "hat2d", "--at", "5").output


def test_the_decision_between_several_outputs(run, three: str) -> None:
    result = run("levelset", three, "--decision", "--json")
    found = json.loads(result.stdout)
    assert found["set"] == "the two largest of 3 outputs are equal"
    assert found["f_vector"] == [1, 3, 0]
    assert sorted(face["outputs"] for face in found["faces"][1]) == [[0, 1], [0, 2], [1, 2]]


def test_one_output_decides_by_its_sign(run) -> None:
    named = run("levelset", "disc", "--decision").output
    assert named == run("levelset", "disc").output


def test_a_combination_of_outputs(run, three: str) -> None:
    found = json.loads(run("levelset", three, "--output", "y1 - y2", "--json").stdout)
    assert (found["set"], found["f_vector"]) == ("y1 - y2 = 0", [0, 1, 0])


def test_files_of_each_kind(run) -> None:
    for name in ("a.json", "a.csv", "a.obj"):
        result = run("levelset", "l1_annulus", "--out", name)
        assert f"written: {name}" in result.output
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["dimension"] == 2
    assert Path("a.csv").read_text(encoding="utf-8").startswith("piece,dimension,order,kind,x1,x2")
    assert Path("a.obj").read_text(encoding="utf-8").count("\nl ") == 8


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("three.json",), "the network has 3 outputs"),
        (("three.json", "--decision", "--at", "0"), "leave out --at and --output"),
        (("xor", "--out", "level.stl"), "--out takes a file .json, .csv, .obj"),
        (("max:3", "--at", "1", "--out", "level.obj"), "this set is unbounded"),
        (("three.json", "--output", "y7"), "y7"),
    ],
)
def test_wrong_input(run, three: str, options: tuple[str, ...], words: str) -> None:
    result = run("levelset", *options)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
    assert not Path("level.obj").exists()
