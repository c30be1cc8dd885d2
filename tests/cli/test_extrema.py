"""``exactpwl extrema``: points, plateaus and ledges, inside and on the closed domain."""

import json


def text_of(result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_over_the_whole_space(run) -> None:
    text = text_of(run("extrema", "hat2d"))
    assert "y inside the domain: local minima 1, local maxima 2" in text
    assert "minimum 0, plateau, global: 6 faces of dimension 2 with points (-1, -1)" in text
    assert "maximum 0, ledge: 6 faces" in text
    assert "; y rises from 6 faces of dimension 1 with points (-1, -1)" in text
    assert "maximum 1, strict, global: at (0, 0)" in text
    assert "closed domain" not in text


def test_over_a_box_its_boundary_is_told_apart(run) -> None:
    text = text_of(run("extrema", "sawtooth:2", "--box", "0", "1"))
    assert "y inside the domain: local minima 1, local maxima 2" in text
    rest = text.partition("y on the closed domain, those that are not among these: ")[2]
    assert rest.startswith(
        "local minima 2, local maxima 0 minimum 0, strict, global: at 0 "
        "minimum 0, strict, global: at 1"
    )


def test_a_plateau_that_goes_on_to_the_boundary_is_told_once(run) -> None:
    text = text_of(run("extrema", "hat2d", "--box", "0", "2"))
    plateau = "minimum 0, plateau, global: 2 faces of dimension 2 with points"
    assert text.count(plateau) == 1
    assert "those that are not among these: local minima 0, local maxima 1" in text


def test_long_lists_and_long_numbers_are_cut(run) -> None:
    text = text_of(run("extrema", "rings", "--box", "-1", "1"))
    assert "and 20 more; --json has all" in text
    assert "minimum -1.197655155..., strict, global: at (-0.957291173..., -0.7496478394...)" in text
    assert "numbers with ... are rounded to 10 digits; --json has them whole" in text


def test_the_json_object(run) -> None:
    found = json.loads(run("extrema", "sawtooth:1", "--box", "0", "1", "--json").stdout)
    (answer,) = found["extrema"]
    assert (answer["output"], answer["coefficients"]) == ("y", ["1"])
    assert answer["inside"] == [
        {
            "kind": "maximum",
            "value": "1",
            "shape": "strict",
            "global": True,
            "dimension": 0,
            "faces": [{"dimension": 0, "points": [["1/2"]], "directions": []}],
            "edge": [],
            "lines": [],
            "regions": [0, 1],
            "patterns": answer["inside"][0]["patterns"],
        }
    ]
    assert [(e["kind"], e["faces"][0]["points"]) for e in answer["closed"]] == [
        ("minimum", [["0"]]),
        ("minimum", [["1"]]),
        ("maximum", [["1/2"]]),
    ]
