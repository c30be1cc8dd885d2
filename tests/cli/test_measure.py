"""``exactpwl measure``: the numbers, in words and as JSON."""

import json

import pytest


def test_all_three_measures_in_words(run) -> None:
    result = run("measure", "disc-8-8-8", "--box", "-5/4", "5/4", "--lines", "10")
    assert result.exit_code == 0
    text = " ".join(result.output.split())
    assert "layer 3 with kinks: 124 more, 213 in all" in text
    assert "10 random lines in the box [-5/4, 5/4] x [-5/4, 5/4] meet" in text
    assert "1 without changing the function: 1.3" in text
    assert "9 without changing where f > 0: 0.2, 0.3, 0.5, 1.0, 1.1, 1.3, 1.5, 2.4, 2.5" in text
    assert "layer 1 linearised changes the decision, not at the data points" in text
    assert "layer 0 linearised changes the decision, at the data points too" in text


def test_the_json_object(run) -> None:
    found = json.loads(run("measure", "xor", "--box", "-2", "2", "--lines", "3", "--json").stdout)
    assert list(found) == ["layers", "lines", "decision"]
    assert found["layers"] == [3]
    assert {"lines": 3, "neurons": 2}.items() <= found["lines"].items()
    assert found["decision"] == {
        "neurons": 2,
        "without_changing_the_function": [],
        "without_changing_the_decision": [],
        "without_changing_it_at_the_points": None,
        "layers": [
            {"layer": 0, "way": "linearised", "keeps_decision": False, "keeps_points": None},
            {"layer": 0, "way": "skipped", "keeps_decision": False, "keeps_points": None},
        ],
    }


def test_the_seed_chooses_the_lines(run) -> None:
    line = ["measure", "rings", "--only", "lines", "--lines", "4", "--json"]
    first = run(*line).stdout
    assert first == run(*line, "--seed", "0").stdout != run(*line, "--seed", "1").stdout
    found = json.loads(first)
    assert (found["layers"], found["decision"]) == (None, None)
    assert found["lines"]["box"] == [["-1", "1"], ["-1", "1"]]


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        (
            [{"W": [["1"], ["2"]], "b": ["0", "0"], "activation": "relu"}],
            "not measured, because it is the sign of one output, and there are several",
        ),
        ([{"W": [["1"]], "b": ["0"], "activation": "linear"}], "no layer has a kink"),
    ],
)
def test_what_cannot_be_measured_says_why(run, tmp_path, layers: object, words: str) -> None:
    document = json.dumps({"format": "exactpwl-network/1", "layers": layers})
    (tmp_path / "net.json").write_text(document, encoding="utf-8")
    text = run("measure", "net.json").output
    assert words in text
    assert "not measured, because there is no box: give one by --box LO HI" in text


def test_an_unknown_measure_is_a_usage_error(run) -> None:
    result = run("measure", "xor", "--only", "line")
    assert result.exit_code == 2
    assert "there is no 'line'; did you mean lines?" in result.output
