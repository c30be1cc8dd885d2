"""``exactpwl prove``: a document in three formats, or the statement that does not hold."""

import json

import pytest

from exactpwl import gallery, regions
from exactpwl import prove as library_prove
from exactpwl.errors import ProofError


def test_without_a_file_the_text_is_printed(run) -> None:
    result = run("prove", "xor")
    assert result.exit_code == 0
    assert result.stdout == library_prove(regions(gallery.get("xor"))).to_text()


@pytest.mark.parametrize("ending", ["md", "tex", "txt"])
def test_a_file_goes_by_its_ending(run, tmp_path, ending: str) -> None:
    result = run("prove", "tent", "--box", "0", "1", "-o", f"tent.{ending}")
    assert result.exit_code == 0
    document = library_prove(regions(gallery.get("tent"), [(0, 1)]))
    assert f"{len(document.checks)} statements checked" in result.stdout
    assert "float runtime" in result.stdout
    document.save(tmp_path / f"other.{ending}")
    written = (tmp_path / f"tent.{ending}").read_text(encoding="utf-8")
    assert written == (tmp_path / f"other.{ending}").read_text(encoding="utf-8")


def test_json(run) -> None:
    found = json.loads(run("prove", "xor", "--json").stdout)
    assert found["title"] == "The regions of xor"
    assert found["file"] is None
    assert len(found["checks"]) == 15


def test_most_is_rows_of_a_table(run) -> None:
    assert (
        "The table shows the first 5 of 37 regions" in run("prove", "lines:8", "--most", "5").stdout
    )


def test_another_ending_is_refused_before_the_work(run) -> None:
    result = run("prove", "xor", "-o", "xor.pdf")
    assert result.exit_code == 2
    assert "-o FILE ends in .md, .tex, .txt, got .pdf" in result.stderr


def test_a_place_that_is_not_there_is_one_line(run) -> None:
    result = run("prove", "xor", "-o", "nowhere/xor.md")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: nowhere/xor.md: cannot be written")


def test_what_does_not_hold_is_told_with_status_1(run, monkeypatch, tmp_path) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ProofError("not proved: 1 = 2", statement="1 = 2")

    monkeypatch.setattr("exactpwl.cli.prove.library_prove", fails)
    result = run("prove", "xor", "-o", "xor.md")
    assert result.exit_code == 1
    assert result.stderr == "Error: not proved: 1 = 2\n"
    assert not (tmp_path / "xor.md").exists()
