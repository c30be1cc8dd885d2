"""The commands of figures of one input: what they write, and how they refuse."""

from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes

from exactpwl import plot


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Catch what a command hands to the function that draws."""
    caught: dict[str, Any] = {}

    def spy(name: str) -> None:
        function = getattr(plot, name)

        def recorded(*arguments: Any, **options: Any) -> Any:
            caught.update(options, arguments=arguments, axes=function(*arguments, **options))
            return caught["axes"]

        monkeypatch.setattr(plot, name, recorded)

    for name in ("function_graph", "derivatives", "rays", "cross_section"):
        spy(name)
    return caught


def test_an_activation(run, tmp_path: Path, drawn: dict[str, Any]) -> None:
    result = run("plot", "activation", "leaky_relu:1/50", "--window", "-2", "1/2")
    assert result.output == "wrote leaky_relu-1-50-activation.png\n"
    assert (tmp_path / "leaky_relu-1-50-activation.png").is_file()
    assert drawn["axes"].get_xlim() == (-2, 0.5)
    assert "unknown activation 'tanh'" in run("plot", "activation", "tanh").output


def test_a_function_with_data(run, tmp_path: Path, drawn: dict[str, Any]) -> None:
    (tmp_path / "points.csv").write_text("0,1\n1/2,0.4\n", encoding="utf-8")
    result = run("plot", "function", "hat1d", "--points", "points.csv", "-o", "hat.svg")
    assert (result.exit_code, result.output) == (0, "wrote hat.svg\n")
    crosses = next(line for line in drawn["axes"].lines if line.get_marker() == "x")
    assert [*zip(*crosses.get_data(), strict=True)] == [(0, 1), (0.5, 0.4)]
    (tmp_path / "points.csv").write_text("0,1,1\n", encoding="utf-8")
    refused = run("plot", "function", "hat1d", "--points", "points.csv")
    assert "lines X,Y: heights, without a class" in " ".join(refused.output.split())


def test_a_line_through_a_network_is_a_function(run, drawn: dict[str, Any]) -> None:
    result = run("plot", "function", "xor", "--along", "1,1", "--window", "-1", "1")
    assert result.exit_code == 0
    assert [x for x, _ in _dots(drawn["axes"])] == [-0.5, 0]


def test_derivatives(run, drawn: dict[str, Any]) -> None:
    assert run("plot", "derivatives", "tent", "--impulses", "-o", "tent.pdf").exit_code == 0
    assert len(drawn["axes"]) == 4
    assert drawn["impulses"] is True


def test_rays_with_a_weight_moved(run, drawn: dict[str, Any]) -> None:
    arguments = ["--weight", "1", "-1/2", "--bias", "0", "2"]
    assert run("plot", "rays", "hat1d", *arguments).output == "wrote hat1d-rays.png\n"
    names = [t.get_text() for t in drawn["axes"][1].get_legend().get_texts()]
    assert names == ["relu(x+2)", "-(1/2) relu(x)", "relu(x-1)"]


@pytest.mark.parametrize(("options", "panels"), [([], 2), (["--no-plan"], 1)])
def test_cross_sections(run, drawn: dict[str, Any], options: list[str], panels: int) -> None:
    line = ["--line", "0,0", "1,-1/2"]
    result = run("plot", "cross-section", "xor", *line, "--box", "-1", "1", *options)
    assert (result.exit_code, result.output) == (0, "wrote xor-cross-section.png\n")
    assert len(drawn["axes"]) == panels
    assert drawn["axes"][-1].get_xlim() == (-1, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cross-section", "xor"], "Missing option '--line'"),
        (["cross-section", "xor", "--line", "0,0", "0"], "2 coordinates"),
        (["cross-section", "max:3", "--line", "0,0", "1,0"], "3 coordinates"),
        (["rays", "sawtooth:2"], "one layer with kinks, got 2; plot.function_graph(complex)"),
        (["function", "xor"], "plot.top_down(complex) draws it from above"),
        (["derivatives", "max:3"], "draws it along a line"),
        (["top-down", "tent"], "got 1 input; plot.function_graph(complex) draws it"),
    ],
)
def test_what_is_refused(run, arguments: list[str], message: str) -> None:
    result = run("plot", *arguments)
    assert result.exit_code != 0
    assert message in " ".join(result.output.split())


def _dots(ax: Axes) -> list[tuple[float, float]]:
    found = [line for line in ax.lines if line.get_marker() == "o"]
    return [point for line in found for point in zip(*line.get_data(), strict=True)]
