"""Sections of networks with more inputs: two options that every figure has."""

import pytest

from exactpwl import gallery
from exactpwl.cli.figures.options import section_of, vector
from exactpwl.cli.inputs import load_source
from exactpwl.domain import Domain


def test_the_section_is_that_of_network_and_domain() -> None:
    point, along = vector("1,0,0,1/2"), [vector("1,0,-1,0"), vector("0,1,0,-1")]
    whole, box = gallery.get("max:4"), Domain.box([(-2, 2)] * 4)
    source, domain = section_of(load_source("max:4"), box, point, along)
    assert source.network((1, 2)) == whole((2, 2, -1, "-3/2"))
    assert domain == box.section(point, along)
    assert source.window is None, "the gallery's window is in other coordinates"


def test_a_figure_of_two_inputs_serves_four(run, tmp_path) -> None:
    line = ["plot", "top-down", "max:4", "--along", "1,0,-1,0", "--along", "0,1,0,-1"]
    result = run(*line, "-o", "section.svg")
    assert (result.exit_code, result.stdout) == (0, "wrote section.svg\n")
    caption = (tmp_path / "section.svg").read_text(encoding="utf-8")
    assert "max:4 on (0, 0, 0, 0)" in caption


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--at", "0,0,0,0"], "give its directions: --along"),
        (["--along", "1,0"], "directions with 4 coordinates are required"),
        (
            ["--along", "1,0,0,0", "--along", "2,0,0,0"],
            "linearly independent directions are required",
        ),
        (["--along", "1,x,0,0"], "--along"),
        (["--along", "1,0,0,0"], "needs a function of 2 inputs, got 1 input"),
        ([], "needs a function of 2 inputs, got 4 inputs"),
    ],
)
def test_a_section_that_does_not_fit_is_one_line(run, options: list[str], message: str) -> None:
    result = run("plot", "top-down", "max:4", *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
