"""Files are written whole or not at all."""

from pathlib import Path

import pytest

from exactpwl.cli.staging import staged, write_whole
from exactpwl.errors import FormatError


def test_files_come_together(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with staged(folder) as stage:
        (stage / "one").write_text("1", encoding="utf-8")
        assert not (folder / "one").exists()
    assert [path.name for path in folder.iterdir()] == ["one"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("old", encoding="utf-8")

    def failing() -> None:
        with staged(tmp_path, replaces=["two"]) as stage:
            (stage / "one").write_text("new", encoding="utf-8")
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert (tmp_path / "one").read_text(encoding="utf-8") == "old"


def test_a_folder_made_in_vain_is_removed(tmp_path: Path) -> None:
    with pytest.raises(KeyError), staged(tmp_path / "a" / "b"):
        raise KeyError
    assert not list(tmp_path.iterdir())


def test_files_of_an_earlier_run_are_replaced(tmp_path: Path) -> None:
    for name in ("one", "two", "mine"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    with staged(tmp_path, replaces=["one", "two", "three"]) as stage:
        (stage / "one").write_text("new", encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "one": "new",
        "mine": "old",
    }


def test_a_full_disk_names_the_folder(tmp_path: Path) -> None:
    full = OSError(28, "No space left on device")
    with (
        pytest.raises(FormatError, match="out: cannot be written: No space left"),
        staged(tmp_path / "out"),
    ):
        raise full


def test_errors_of_other_files_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), staged(tmp_path / "out"):
        raise PermissionError(13, "Permission denied", "/elsewhere")


def test_a_single_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "one", "text")
    assert (tmp_path / "one").read_text(encoding="utf-8") == "text"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_single_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="one: cannot be written: No such file"):
        write_whole(tmp_path / "none" / "one", "text")
