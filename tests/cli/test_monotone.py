"""``exactpwl monotone``: what rises and falls, along inputs and directions."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exactpwl import Network, gallery
from judged import accepts


def told(run, *arguments: str) -> tuple[int, dict[str, Any]]:
    result = run("monotone", *arguments, "--json")
    return result.exit_code, json.loads(result.stdout)


def test_each_input_of_a_maximum(run) -> None:
    result = run("monotone", "max:2")
    assert result.exit_code == 0
    assert "y along input 1  non-decreasing  slopes from 0 to 1" in result.stdout
    assert "y along input 2  non-decreasing" in result.stdout
    assert "yes: monotone on the whole domain" in result.stdout
    assert "float runtime" in result.stdout


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 0),
        (("--increasing",), 0),
        (("--decreasing",), 10),
        (("--strictly",), 10),
        (("--increasing", "--strictly"), 10),
        (("--direction", "1,1", "--increasing", "--strictly"), 0),
        (("--direction", "-1 -1", "--strictly", "--decreasing"), 0),
        (("--direction", "1,-1"), 10),
        (("--input", "2", "--increasing"), 0),
    ],
)
def test_the_status_answers_what_is_asked(run, options: tuple[str, ...], status: int) -> None:
    code, found = told(run, "max:2", *options)
    assert code == status
    assert found["holds"] == (status == 0)


def test_what_stays_is_told_once(run) -> None:
    result = run("monotone", "hat2d", "--box", "2", "3", "--input", "1", "--strictly")
    assert result.exit_code == 10
    assert result.stdout.count("along input 1 it stays") == 1


def test_the_points_are_a_counterexample(run) -> None:
    code, found = told(run, "hat2d", "--increasing")
    assert code == 10
    network = gallery.get("hat2d")
    for k, answer in enumerate(found["answers"]):
        assert (answer["answer"], answer["holds"]) == ("neither", False)
        first, second = ([Fraction(c) for c in point] for point in answer["least"]["points"])
        assert first[k] < second[k]
        assert first[1 - k] == second[1 - k]
        values = [Fraction(value) for value in answer["least"]["values"]]
        assert values == [network(first)[0], network(second)[0]]
        assert values[0] > values[1]


def test_the_text_names_points_region_and_gradient(run) -> None:
    text = run("monotone", "abs").stdout
    assert "no, not monotone: these points show it" in text
    assert (
        "along input 1 it falls: y = 1 at -1, y = 0 at 0 (region 0, pattern 01, gradient -1)"
        in (" ".join(text.split()))
    )
    assert "along input 1 it rises: y = 1 at 1, y = 2 at 2" in text


def test_several_outputs_and_combinations(run) -> None:
    Network([([[1], [-1]], [0, 0], "relu")]).save("two.json")
    code, found = told(run, "two.json")
    assert code == 0
    assert [one["answer"] for one in found["answers"]] == ["non-decreasing", "non-increasing"]
    code, found = told(run, "two.json", "--output", "y1 - y2", "--output", "y1+y2", "--strictly")
    assert code == 10
    assert [one["holds"] for one in found["answers"]] == [True, False]
    assert found["answers"][0]["output"] == "y1 - y2"
    assert run("monotone", "two.json", "--increasing").exit_code == 10


def test_strictly_fails_where_a_region_is_flat(run) -> None:
    text = run("monotone", "max:2", "--input", "1", "--strictly", "--increasing").stdout
    assert "no, not strictly increasing" in text
    assert "along input 1 it stays" in text


def test_long_lists_are_cut(run) -> None:
    Network([([[1]] * 30, [0] * 30, "abs")]).save("many.json")
    text = run("monotone", "many.json").stdout
    assert len(re.findall(r"along input 1 +neither", text)) == 20
    assert "and 10 more; --json has all" in text
    assert "and 40 more; --json has all" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--input", "3"), "--input counts from 1, and NET has 2; got 3"),
        (("--direction", "1"), "a direction with 2 coordinates is required, got 1"),
        (("--direction", "0,0"), "a direction other than 0 is required"),
        (("--direction", "1,up"), "a rational number such as"),
        (("--output", "y2"), "the outputs are called y; got y2"),
        (("--box", "1", "0"), "a box needs low < high"),
        (("--increasing", "--decreasing"), "one of --increasing and --decreasing is required"),
    ],
)
def test_wrong_input(run, arguments: tuple[str, ...], message: str) -> None:
    result = run("monotone", "max:2", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_a_yes_is_written_with_its_proof(run) -> None:
    result = run("monotone", "max:2", "--input", "1", "--out", "slope.cert")
    assert result.exit_code == 0
    assert "check it by: exactpwl-check slope.cert" in result.stdout
    assert accepts(Path("slope.cert"))
    assert run("monotone", "tent", "--box", "1/2", "1", "-o", "down.cert").exit_code == 0
    assert accepts(Path("down.cert"))
    head = json.loads(Path("down.cert").read_text("utf-8").splitlines()[0])
    assert (head["claim"]["coefficients"], head["claim"]["value"]) == (["1"], "-2")


def test_of_a_no_nothing_is_written(run) -> None:
    result = run("monotone", "abs", "--out", "slope.cert")
    assert result.exit_code == 10
    assert "no certificate is written: the points above are the proof" in result.stdout
    assert not Path("slope.cert").exists()


def test_a_certificate_is_of_one_slope(run) -> None:
    result = run("monotone", "max:2", "--out", "slope.cert")
    assert result.exit_code == 2
    assert "--out writes a certificate of one output along one direction" in result.stderr
