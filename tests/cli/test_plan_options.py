"""Data points from a file, for every plan."""

from pathlib import Path

import pytest
from click import BadParameter

from exactpwl.cli.figures.plan_options import data_points


def test_points_with_and_without_classes(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_text("0, 1/2, 1\n\n-1,2,-1\n")
    assert data_points(str(file)) == (((0, 0.5), (-1, 2)), (1, -1))
    file.write_text("0, 0.1\n")
    points, labels = data_points(str(file))
    assert str(points[0][1]) == "1/10"
    assert labels is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "at least one data point is required, got none"),
        ("1,2\n1,2,3\n", "line 2: a number for each of the 2 inputs"),
        ("1,2,3,4\n", "for each of the 2 inputs, and optionally the class, is required, got 4"),
        ("1,2,blue\n", "line 1, column 3: a rational number"),
        ("1,two\n", "two"),
    ],
)
def test_a_file_that_is_no_data_is_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "data.csv"
    file.write_text(text)
    with pytest.raises(BadParameter, match=message):
        data_points(str(file))
    with pytest.raises(BadParameter, match=r"nowhere\.csv"):
        data_points(str(tmp_path / "nowhere.csv"))


@pytest.mark.parametrize("figure", ["top-down", "surface", "contours", "layers"])
def test_a_figure_takes_them(run, tmp_path: Path, figure: str) -> None:
    (tmp_path / "data.csv").write_text("1,1,-1\n1,-1,1\n")
    result = run("plot", figure, "xor", "--points", "data.csv", "-o", "figure.svg")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "figure.svg").stat().st_size > 10_000


def test_a_bad_file_is_one_line_and_no_traceback(run, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("1\n")
    result = run("plot", "top-down", "xor", "--points", "data.csv")
    assert result.exit_code == 2
    assert "data.csv: line 1: a number for each of the 2 inputs" in result.output
