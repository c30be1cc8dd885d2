"""``exactpwl regions``: the atlas of a network."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from exactpwl import Network, PolyhedralComplex, gallery, regions
from exactpwl.checks import CheckResult, Report
from exactpwl.cli import regions as regions_module
from exactpwl.errors import FigureError, MissingDependencyError

TABLES = {f"{stem}.{end}" for stem in ("regions", "empty_patterns") for end in ("tex", "csv", "md")}
FIGURES = {"top_down.png", "top_down.svg", "top_down.pdf"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_atlas_of_xor(run, tmp_path: Path) -> None:
    result = run("regions", "xor", "--out", "demo")
    assert result.exit_code == 0
    assert result.stderr == ""
    folder = tmp_path / "demo"
    assert names(folder) == TABLES | FIGURES | {"atlas.json", "summary.txt"}
    with (folder / "regions.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["pattern"] for row in csv.DictReader(stream)] == ["00", "10", "11"]
    assert "gives -1 >= 0" in (folder / "empty_patterns.csv").read_text(encoding="utf-8")
    assert PolyhedralComplex.load(folder / "atlas.json").f_vector == (0, 2, 3)
    assert (folder / "top_down.png").read_bytes().startswith(b"\x89PNG")


def test_the_summary_says_everything(run, tmp_path: Path) -> None:
    text = run("regions", "xor", "--out", "demo").stdout
    for words in (
        "xor: 2 -> 2 relu -> 1 linear",
        gallery.get("xor").sha256,
        "domain   R^2",
        "activation regions  3        R2: ",
        "passed          euler",
        "not applicable  volumes       the domain R^2 is not bounded",
        "Files in demo",
        "Every check that applies holds",
        "Exact means exact for the real-valued function",
    ):
        assert words in text
    written = (tmp_path / "demo" / "summary.txt").read_text(encoding="utf-8")
    head, seconds = text.rstrip("\n").rsplit("\n", 1)
    assert head.replace("Files in demo", "Files") == written.rstrip("\n")
    assert seconds.endswith(" s")


def test_the_same_network_gives_the_same_files(run, tmp_path: Path) -> None:
    for line in (["--out", "one"], ["--out", "two", "--jobs", "2"]):
        assert run("regions", "lines:4", *line).exit_code == 0
    for name in names(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), (
            name
        )


def test_the_default_folder_bears_the_network_s_name(run, tmp_path: Path) -> None:
    gallery.get("tent").save(tmp_path / "mine.json")
    run("regions", "mine.json")
    run("regions", "sawtooth:2")
    assert names(tmp_path) == {"mine.json", "mine-atlas", "sawtooth-2-atlas"}


def test_json(run, tmp_path: Path) -> None:
    result = run("regions", "xor", "--box", "-1", "1", "--out", "demo", "--json")
    found = json.loads(result.stdout)
    assert found["counts"]["activation_regions"] == 3
    assert found["checks"]["passed"] is True
    assert set(found["files"]) == names(tmp_path / "demo")
    assert found["folder"] == "demo"
    assert len(found["domain"]["rows"]) == 4
    assert found["left_out"] == []


@pytest.mark.parametrize(
    ("net", "left_out"),
    [
        ("braid:3", "this network has 3; the section by a plane can be drawn"),
        ("tent", "it needs two inputs, this network has one"),
    ],
)
def test_no_figure_without_two_inputs(run, tmp_path: Path, net: str, left_out: str) -> None:
    result = run("regions", net, "--out", "demo")
    assert result.exit_code == 0
    assert left_out in " ".join(result.stdout.split())
    assert not names(tmp_path / "demo") & FIGURES


def test_no_figure_on_request_and_no_old_one_either(run, tmp_path: Path) -> None:
    run("regions", "xor", "--out", "demo")
    (tmp_path / "demo" / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("regions", "disc", "--out", "demo", "--no-figure").exit_code == 0
    assert names(tmp_path / "demo") & FIGURES == set()
    assert "notes.txt" in names(tmp_path / "demo")


def test_no_table_of_empty_patterns_for_many(run, tmp_path: Path) -> None:
    text = run("regions", "rings", "--box", "0", "1/8", "--out", "demo", "--no-figure").stdout
    assert "networks with at most 1024 activation patterns" in " ".join(text.split())
    assert "empty_patterns.csv" not in names(tmp_path / "demo")


def test_no_table_of_empty_patterns_where_none_is_empty(run) -> None:
    text = run("regions", "lines:2", "--no-figure").stdout
    assert "none of the 4 activation patterns is empty" in text


def test_no_table_of_empty_patterns_without_cdd(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise MissingDependencyError("cdd.gmp is required")

    monkeypatch.setattr("exactpwl.report.parts.census", missing)
    result = run("regions", "lines:2", "--no-figure")
    assert result.exit_code == 0
    assert "table of empty patterns  cdd.gmp is required" in result.stdout


def test_columns_and_digits(run, tmp_path: Path) -> None:
    line = ["--columns", "pattern,volume", "--digits", "2", "--box", "0", "1", "--no-figure"]
    run("regions", "disc", "--out", "demo", *line)
    head, first, *_ = (tmp_path / "demo" / "regions.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("pattern,")
    assert head.count(",") == 1
    assert "/" not in first


def test_the_powerset_method_gives_the_same_regions(run, tmp_path: Path) -> None:
    tables = []
    for method in ("subdivide", "powerset"):
        line = ["--no-figure", "--method", method, "--columns", "pattern,affine_map,volume"]
        assert run("regions", "disc", "--out", "demo", *line).exit_code == 0
        tables.append((tmp_path / "demo" / "regions.csv").read_text(encoding="utf-8"))
    assert tables[0] == tables[1]


def windows(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Collect the windows that figures are asked for."""
    seen: list[object] = []
    monkeypatch.setattr("exactpwl.plot.save_top_down", lambda *_, window: seen.append(window))
    return seen


def test_the_figure_has_the_gallery_s_window(run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = windows(monkeypatch)
    run("regions", "lines:8")
    assert seen == [((-6, 6), (-6, 6))] * 3


def test_over_a_box_the_figure_shows_the_box(run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = windows(monkeypatch)
    run("regions", "lines:8", "--box", "0", "1")
    assert seen == [None] * 3


def test_a_chosen_window(run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = windows(monkeypatch)
    run("regions", "lines:8", "--window", "-1", "1/2", "--window", "0", "2")
    assert seen == [((-1, 0.5), (0, 2))] * 3


def blind(*_: object, **__: object) -> None:
    raise FigureError("the window shows no region")


def test_a_chosen_window_that_shows_nothing_is_an_error(
    run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("exactpwl.plot.save_top_down", blind)
    result = run("regions", "xor", "--window", "0", "1")
    assert (result.exit_code, result.stderr) == (2, "Error: the window shows no region\n")
    assert not names(tmp_path)


def test_a_figure_that_cannot_be_drawn_is_left_out(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exactpwl.plot.save_top_down", blind)
    result = run("regions", "xor")
    assert result.exit_code == 0
    assert "the window shows no region; --window LO HI chooses a window" in result.stdout


def test_a_failing_check_is_status_1_and_written_down(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = CheckResult("euler", "failed", 1, "the sum is 1", "", "0 - 2 + 4 = 2")
    monkeypatch.setattr(regions_module, "run_checks", lambda *_, **__: Report("xor", (failed,)))
    result = run("regions", "xor", "--no-figure", "--out", "demo")
    assert result.exit_code == 1
    assert "FAILED  euler  0 - 2 + 4 = 2" in result.stdout
    assert "A CHECK FAILS: euler (0 passed, 1 failed, 0 not applicable)." in result.stdout
    assert "A CHECK FAILS" in (tmp_path / "demo" / "summary.txt").read_text(encoding="utf-8")


def test_an_error_leaves_the_old_atlas_alone(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("regions", "xor", "--out", "demo")
    before = {path.name: path.read_bytes() for path in (tmp_path / "demo").iterdir()}
    monkeypatch.setattr("exactpwl.plot.save_top_down", blind)
    assert run("regions", "disc", "--out", "demo", "--window", "0", "1").exit_code == 2
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "demo").iterdir()}


def test_as_a_program(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "exactpwl", "regions", "xor", "--jobs", "2"]
    result = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stderr == ""
    assert "Every check that applies holds" in result.stdout
    assert names(tmp_path / "xor-atlas") >= FIGURES


def test_a_network_without_kinks(run, tmp_path: Path) -> None:
    Network([([[1, 2]], [3], "linear")]).save(tmp_path / "linear.json")
    result = run("regions", "linear.json", "--out", "demo")
    assert result.exit_code == 0
    assert "activation regions  1 " in result.stdout


@pytest.mark.slow
def test_the_demo(run, tmp_path: Path) -> None:
    result = run("regions", "rings", "--out", "demo")
    assert result.exit_code == 0
    complex_ = PolyhedralComplex.load(tmp_path / "demo" / "atlas.json")
    assert len(complex_) == len(regions(gallery.get("rings")))
