"""The notebooks run, and what they show is what the code computes today."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LONGEST_SECONDS = 120


def shown(notebook: nbformat.NotebookNode) -> list[list[Any]]:
    """Return what each code cell shows, as text; of a figure only that there is one."""
    return [_cell(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


def _cell(outputs: list[Any]) -> list[Any]:
    printed = "".join(o.text for o in outputs if o.output_type == "stream")
    displayed = [_by_kind(o.data) for o in outputs if o.output_type != "stream"]
    return [printed, *displayed]


def _by_kind(data: dict[str, str]) -> dict[str, str]:
    return {kind: "" if kind.startswith("image/") else text for kind, text in data.items()}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_shows_what_it_computes(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    stored = nbformat.read(path, as_version=4)
    executed = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(executed, timeout=LONGEST_SECONDS, resources=where).execute()
    mend = f"store it anew: .venv/bin/jupyter execute --inplace notebooks/{path.name}"
    assert shown(stored) == shown(executed), mend


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_is_stored_with_its_outputs(path: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    nbformat.validate(stored)
    counts = [cell.execution_count for cell in stored.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_there_is_a_notebook() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_xor"]
