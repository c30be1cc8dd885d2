"""``exactpwl report``: a folder, a summary, a status."""

import json
import re
from pathlib import Path

import pytest

import broken
from exactpwl import gallery, regions
from exactpwl.report import FILES


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_the_folder_and_the_summary(run, tmp_path: Path) -> None:
    result = run("report", "tent", "--box", "0", "1")
    assert result.exit_code == 0
    made = names(tmp_path / "tent-report")
    assert {"index.html", "report.tex", "network.json", "net.cert.gz", "regions.csv"} <= made
    assert {"figure-function.svg", "figure-function.pdf"} <= made
    assert made <= set(FILES)
    text = " ".join(result.stdout.split())
    assert "Every check that applies holds" in text
    assert "exactpwl-check: VALID: there are exactly 2 activation regions" in text
    assert "R2: proper full-dimensional cells" in text
    assert "Open tent-report/index.html in a browser." in text
    assert all(name in text for name in made)


def test_the_command_of_the_report_makes_it_again(run, tmp_path: Path, monkeypatch) -> None:
    line = ["--box", "-1", "1", "--window", "-1/2", "1/2", "--no-figures", "--seed", "3"]
    assert run("report", "disc", *line, "-o", "first").exit_code == 0
    page = (tmp_path / "first" / "index.html").read_text(encoding="utf-8")
    command = re.search(r">(exactpwl report network.json .*?)\n<", page)
    assert command is not None
    assert command[1] == (
        "exactpwl report network.json --box -1 1 --window -1/2 1/2 --no-figures --seed 3 -o again"
    )
    monkeypatch.chdir(tmp_path / "first")
    assert run_line(command[1]) == 0
    again = tmp_path / "first" / "again"
    assert names(again) == names(tmp_path / "first") - {"again"}
    for name in names(again):
        assert (again / name).read_bytes() == (tmp_path / "first" / name).read_bytes(), name


def run_line(line: str) -> int:
    from click.testing import CliRunner

    from exactpwl.cli import main

    return CliRunner().invoke(main, line.split()[1:], prog_name="exactpwl").exit_code


def test_json(run) -> None:
    found = json.loads(run("report", "xor", "--no-figures", "--json", "-o", "demo").stdout)
    assert found["folder"] == "demo"
    assert found["holds"] is True
    assert found["counts"]["activation_regions"] == 3
    assert found["definitions"] == {"R1": 3, "R2": 3, "R3": None, "R4": 3, "R5": 3, "R6": 3}
    assert found["certificate"] is True
    assert "index.html" in found["files"]
    assert found["left_out"] == []


def test_what_fails_is_told_with_status_1(run, tmp_path: Path, monkeypatch) -> None:
    def wrong(*arguments: object, **_: object) -> object:
        return broken.shifted_map(regions(gallery.get("disc")), 1)

    monkeypatch.setattr("exactpwl.cli.report.regions", wrong)
    result = run("report", "disc", "-o", "demo")
    assert result.exit_code == 1
    assert "A CHECK FAILS: continuity" in result.stdout
    assert names(tmp_path / "demo") == {"index.html", "report.tex", "network.json", "exactpwl.bib"}


def test_what_is_left_out_is_told(run) -> None:
    text = " ".join(run("report", "lines:2", "--no-figures").stdout.split())
    assert "Left out table of empty patterns none of the 4 activation patterns is empty" in text


@pytest.mark.parametrize(
    "line", [["--window", "0", "1", "--window", "0", "1"], ["--box", "0", "0"], ["--budget", "0"]]
)
def test_wrong_input_is_refused_and_nothing_is_left(run, tmp_path: Path, line: list[str]) -> None:
    assert run("report", "tent", *line, "-o", "demo").exit_code == 2
    assert not (tmp_path / "demo").exists()


def test_an_earlier_report_is_replaced(run, tmp_path: Path) -> None:
    run("report", "xor", "--no-figures", "-o", "demo")
    (tmp_path / "demo" / "notes.txt").write_text("mine", encoding="utf-8")
    assert "empty_patterns.csv" in names(tmp_path / "demo")
    run("report", "lines:2", "--no-figures", "-o", "demo")
    assert "empty_patterns.csv" not in names(tmp_path / "demo")
    assert "notes.txt" in names(tmp_path / "demo")
