"""``exactpwl plot pieces``: files, names of the gallery, and what is refused."""

import json
from pathlib import Path

import pytest

from exactpwl import gallery


def test_a_file_of_pieces(run, tmp_path: Path) -> None:
    gallery.piecewise("torn").save(tmp_path / "own.json")
    result = run("plot", "pieces", "own.json", "--window", "-1", "2", "-o", "own.svg")
    assert (result.exit_code, result.output) == (0, "wrote own.svg\n")
    text = (tmp_path / "own.svg").read_text(encoding="utf-8")
    assert text.startswith("<?xml")


@pytest.mark.parametrize("options", [("--maps",), ("--surface",), ("--window", "0", "1")])
def test_a_function_of_two_inputs(run, tmp_path: Path, options: tuple[str, ...]) -> None:
    result = run("plot", "pieces", "scissors", *options)
    assert (result.exit_code, result.output) == (0, "wrote scissors-pieces.png\n")
    assert (tmp_path / "scissors-pieces.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("step", "--surface"),
            "a surface needs a function of 2 inputs, got 1 input; plot.function",
        ),
        (("scissors", "--surface", "--maps"), "--maps writes into a plan or under a graph"),
        (("stpe",), "no function given by pieces named 'stpe' in the gallery; did you mean step?"),
        (("none.json",), "there is no file 'none.json'; the gallery has scissors, step, torn"),
        (("bad.json",), "bad.json: pieces: a list is required, got the number 3"),
        (("torn", "--window", "0", "1", "--window", "0", "1"), "it came 2 times"),
        (("torn", "--output", "1"), "output must be from 0 to 0, got 1"),
    ],
)
def test_what_is_refused(run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    (tmp_path / "bad.json").write_text(json.dumps({"pieces": 3}), encoding="utf-8")
    result = run("plot", "pieces", *arguments)
    assert result.exit_code != 0
    assert message in " ".join(result.output.split())
