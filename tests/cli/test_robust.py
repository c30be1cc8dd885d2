"""``exactpwl robust`` and ``exactpwl plot robustness``: points in, exact balls and proofs out."""

import json
from pathlib import Path

import pytest

from exactpwl_check.__main__ import main as check


def test_radius_and_adversary(run) -> None:
    told = run("robust", "xor", "1,1", "--norm", "both")
    assert told.exit_code == 0
    assert "class -1: y = -3 < 0" in told.stdout
    assert "l-infinity: the radius is exactly 3/4" in told.stdout
    assert "adversary: (1/4, 1/4), where class 1 ties" in told.stdout
    assert "l1: the radius is exactly 3/2" in told.stdout
    assert "Exact means exact" in told.stdout


def test_json(run) -> None:
    told = json.loads(run("robust", "xor", "1,1", "--json", "--radius", "1/2").stdout)
    (found,) = told["balls"]
    assert (found["radius"], found["at_least"], found["adversary"]) == ("1/2", True, None)
    assert (told["outputs"], found["class"], found["norm"]) == (["-3"], -1, "inf")


def test_a_point_may_begin_with_a_minus_sign(run) -> None:
    for text in ("-1,1", "-.5,-1/3"):
        assert run("robust", "l1_annulus", text, "--box", "-4", "4").exit_code == 0
    assert "point: -1/2" in run("robust", "tent", "-1/2", "--threshold", "1").stdout
    assert run("robust", "xor", "1,1", "--box", "-2", "2").exit_code == 0
    assert run("robust", "xor", "1,1", "--boks", "-2", "2").exit_code == 2


def test_a_row_of_data(run, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("x,y,class\n0,0,1\n1,1,-1\n")
    by_row = run("robust", "xor", "--points", "points.csv", "--row", "1")
    assert by_row.stdout == run("robust", "xor", "1,1").stdout
    assert run("robust", "disc-3", "--row", "3").exit_code == 0


def test_the_certificate_is_believed(run) -> None:
    told = run("robust", "l1_annulus", "1/4,1/3", "--norm", "1", "--out", "ball.cert")
    assert "check it by: exactpwl-check ball.cert" in told.stdout
    assert check(["ball.cert"]) == 0


@pytest.mark.parametrize("point", ["1,1", "1 1", "(1, 1)"])
def test_a_point_may_be_written_as_people_do(run, point: str) -> None:
    assert "adversary: (1/4, 1/4)" in run("robust", "xor", point).stdout


def test_where_no_certificate_is_written_it_says_why(run, tmp_path: Path) -> None:
    told = run("robust", "xor", "0,-1/2", "--out", "ball.cert")
    assert told.exit_code == 0
    assert "no certificate is written: a ball of radius 0 is a point" in told.stdout
    row = ",".join(["1/2"] * 64)
    many = run("robust", "digits", row, "--norm", "1", "--radius", "1/8", "--out", "ball.cert")
    assert many.exit_code == 0
    assert "at most 12 inputs are required for a certificate on an l1 ball" in many.stdout
    assert "(x1 = 1/2, x2 = 1/2, x3 = 1/2, x4 = 1/2, and 60 more)" in many.stdout
    assert not (tmp_path / "ball.cert").exists()


def test_ties_and_infinite_radius(run) -> None:
    assert "no class: y = 0, the threshold" in run("robust", "xor", "0,-1/2").stdout
    whole = run("robust", "xor", "1,1", "--box", "1/2", "2").stdout
    assert "the radius is infinite, the class changes nowhere in the domain" in whole
    touched = run("robust", "xor", "1,1", "--box", "1/4", "2").stdout
    assert "nearer, at 3/4, class 1 only ties: (1/4, 1/4)" in touched


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["xor"], "a point is required"),
        (["xor", "1,1,1"], "2 coordinates is required, got 3"),
        (["xor", "1,a"], "a rational number"),
        (["xor", "1,1", "--row", "0"], "both give a point"),
        (["xor", "--row", "0"], "needs --points FILE"),
        (["disc-3", "--row", "100000"], "counted from 0"),
        (["xor", "5,5", "--box", "0", "1"], "a point of the domain is required"),
        (["xor", "1,1", "--radius", "0"], "a positive radius"),
        (["xor", "1,1", "--norm", "both", "--out", "x.cert"], "one ball"),
    ],
)
def test_wrong_input(run, arguments: list[str], words: str) -> None:
    told = run("robust", *arguments)
    assert told.exit_code == 2
    assert words in told.stderr


def test_the_figure(run, tmp_path: Path) -> None:
    told = run("plot", "robustness", "l1_annulus", "-1/4,1/3", "--norm", "1", "-o", "ball.svg")
    assert told.exit_code == 0, told.stderr
    text = (tmp_path / "ball.svg").read_text(encoding="utf-8")
    assert "<svg" in text
    assert run("plot", "robustness", "max:3", "1,1,1").exit_code == 2
