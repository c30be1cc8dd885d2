"""``exactpwl integral`` and ``exactpwl mean``: values, reasons, long numbers, refusals."""

import json
from fractions import Fraction

import pytest

from exactpwl import gallery, regions
from exactpwl.cli.numerals import number_words
from exactpwl.questions import integral, mean


def text_of(result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_a_finite_integral_over_the_whole_space(run) -> None:
    text = text_of(run("integral", "hat2d"))
    assert "domain R^2 integral of y: 1 Exact means" in text


def test_the_reasons_for_infinite_parts(run) -> None:
    text = text_of(run("integral", "xor"))
    assert "integral of y: does not exist" in text
    assert (
        "its positive part has an infinite integral over region 1, pattern 10: "
        "y does not change along the direction (-1, 1)" in text
    )
    assert "its negative part has an infinite integral over region 0, pattern 00" in text
    assert "y has the slope 1 along the direction -1" in text_of(run("integral", "abs"))


def test_the_json_objects(run) -> None:
    found = json.loads(run("integral", "abs", "--json").stdout)
    assert found["domain"]["rows"] == []
    assert found["integrals"] == [
        {
            "output": "y",
            "coefficients": ["1"],
            "value": None,
            "text": "+infinity",
            "volume_of_the_domain": None,
            "positive_part": {
                "region": 0,
                "pattern": "01",
                "direction": ["-1"],
                "slope": "1",
            },
            "negative_part": None,
        }
    ]
    found = json.loads(run("mean", "max:2", "--box", "0", "1", "--json").stdout)
    assert found["means"] == [{"output": "y", "coefficients": ["1"], "mean": "2/3"}]


def test_each_output_or_combinations(run, tmp_path) -> None:
    layers = [{"W": [["1"], ["-1"]], "b": ["0", "0"], "activation": "relu"}]
    document = json.dumps({"format": "exactpwl-network/1", "layers": layers})
    (tmp_path / "net.json").write_text(document, encoding="utf-8")
    box = ("--box", "-1", "3")
    text = text_of(run("integral", "net.json", *box))
    assert "integral of y1: 9/2 integral of y2: 1/2" in text
    text = text_of(run("mean", "net.json", *box, "--output", "y1 - y2", "--output", "2 y2"))
    assert "mean of y1 - y2: 1 mean of 2 y2: 1/4" in text


def test_a_long_fraction_is_rounded_and_json_has_it_whole(run) -> None:
    line = ("rings", "--box", "-1", "1")
    complex_ = regions(gallery.get("rings"), [(-1, 1), (-1, 1)])
    exact = integral(complex_).value
    assert f"integral of y: {number_words(exact)} numbers with ..." in text_of(
        run("integral", *line)
    )
    told = json.loads(run("integral", *line, "--json").stdout)["integrals"][0]["value"]
    assert len(told) > 1000
    assert mean(complex_) * 4 == exact
    assert "0.02117553156... numbers with ... are rounded to 10 digits" in text_of(
        run("mean", *line)
    )


def test_an_unbounded_domain_has_no_mean(run) -> None:
    result = run("mean", "hat2d")
    assert result.exit_code == 2
    assert "Error: a mean needs a bounded domain, got R^2" in result.output


def test_a_wrong_output_is_refused(run) -> None:
    result = run("integral", "hat2d", "--output", "y7")
    assert result.exit_code == 2
    assert "the outputs are called y; got y7" in result.output


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(-2, 3), "-2/3"),
        (Fraction(0), "0"),
        (-Fraction(10**40 + 1, 3), "-3.333333333... x 10^39"),
        (Fraction(10**30 + 1, 10**30), "1..."),
    ],
)
def test_numbers_in_words(value: Fraction, text: str) -> None:
    assert number_words(value) == text
