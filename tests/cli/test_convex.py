"""``exactpwl convex``: shapes, pieces, and three points where they are not as asked."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exactpwl import Network, gallery
from judged import accepts


def told(run, *arguments: str) -> tuple[int, dict[str, Any]]:
    result = run("convex", *arguments, "--json")
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize(
    ("arguments", "status", "answer"),
    [
        (("max:3",), 0, "convex"),
        (("max:3", "--concave"), 10, "convex"),
        (("max:3", "--affine"), 10, "convex"),
        (("tent",), 10, "neither"),
        (("tent", "--box", "0", "1"), 10, "concave"),
        (("tent", "--box", "0", "1", "--concave"), 0, "concave"),
        (("xor", "--box", "0", "1", "--affine"), 0, "affine"),
        (("xor", "--box", "0", "1", "--concave"), 0, "affine"),
    ],
)
def test_status_and_answer(run, arguments: tuple[str, ...], status: int, answer: str) -> None:
    code, found = told(run, *arguments)
    assert (code, found["holds"], found["answers"][0]["answer"]) == (status, not status, answer)


def test_the_pieces_of_a_maximum(run) -> None:
    text = run("convex", "max:3").stdout
    assert "y is convex: the maximum of 3 affine functions\n  z\n  y\n  x\n\nyes: convex" in text
    assert "float runtime" in text
    text = run("convex", "tent", "--box", "0", "1", "--concave").stdout
    assert "y is concave: the minimum of 2 affine functions" in text


def test_three_points_are_a_counterexample(run) -> None:
    code, found = told(run, "hat2d")
    assert code == 10
    for bend, sign in (("downward", 1), ("upward", -1)):
        bent = found["answers"][0][bend]
        first, middle, last = ([Fraction(c) for c in point] for point in bent["points"])
        assert [2 * c for c in middle] == [a + b for a, b in zip(first, last, strict=True)]
        values = [gallery.get("hat2d")(point)[0] for point in (first, middle, last)]
        assert values == [Fraction(value) for value in bent["values"]]
        excess = values[1] - (values[0] + values[2]) / 2
        assert excess == Fraction(bent["excess"])
        assert sign * excess > 0


def test_the_text_of_a_counterexample(run) -> None:
    text = " ".join(run("convex", "tent").stdout.split())
    assert "y is neither convex nor concave; it has 3 affine pieces" in text
    assert (
        "y = 0 at 0, and y = 0 at 1; between them y = 1 at 1/2, which is 1 above their mean" in text
    )
    assert "no, not convex: the points above show it" in text
    text = run("convex", "abs", "--concave").stdout
    assert "below their mean" in text
    assert "no, not concave" in text


def test_several_outputs(run) -> None:
    Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1], [1, -1]], [0, 0], "linear")]).save("two.json")
    code, found = told(run, "two.json")
    assert (code, [one["answer"] for one in found["answers"]]) == (0, ["convex", "affine"])
    code, found = told(run, "two.json", "--output", "y2 - y1")
    assert (code, found["answers"][0]["answer"]) == (10, "concave")
    assert "y2 is affine: x" in run("convex", "two.json").stdout


def test_wrong_input(run) -> None:
    result = run("convex", "max:2", "--output", "y3")
    assert result.exit_code == 2
    assert "the outputs are called y; got y3" in result.stderr
    result = run("convex", "max:2", "--concave", "--affine")
    assert result.exit_code == 2
    assert "one of --concave and --affine is required" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    "arguments", [("max:3",), ("tent", "--box", "0", "2", "--concave"), ("xor", "--box", "0", "1")]
)
def test_a_yes_is_written_with_its_proof(run, arguments: tuple[str, ...]) -> None:
    result = run("convex", *arguments, "--out", "convex.cert")
    assert result.exit_code == 0
    assert "check it by: exactpwl-check convex.cert" in result.stdout
    assert accepts(Path("convex.cert"))


def test_of_a_no_nothing_is_written(run) -> None:
    result = run("convex", "tent", "--out", "convex.cert")
    assert result.exit_code == 10
    assert "no certificate is written: the points above are the proof" in result.stdout
    assert not Path("convex.cert").exists()


def test_a_certificate_is_of_one_combination(run) -> None:
    result = run("convex", "max:2", "--output", "y", "--output", "2y", "--out", "convex.cert")
    assert result.exit_code == 2
    assert "choose it by --output" in result.stderr
