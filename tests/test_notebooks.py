"""The notebooks: what they show is what the code computes today, and each is a whole lesson."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LARGEST = 600_000
MACHINE = re.compile(r"/(?:home|root|tmp|usr|work|var|Users)/|0x[0-9a-f]{6,}|\d{4}-\d\d-\d\dT")
"""A machine's path, an address in memory, a time."""

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notebook_tool", ROOT / "tools" / "notebooks.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["notebook_tool"] = module
    spec.loader.exec_module(module)
    return module


TOOL = load_tool()


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def prose(path: Path) -> str:
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def numbers(kind: str, text: str) -> list[int]:
    return [int(n) for n in re.findall(rf"^\*\*{kind} (\d+)\.\*\*", text, re.M)]


@pytest.mark.slow
@each
def test_a_notebook_shows_what_it_computes(path: Path) -> None:
    mend = f"store it anew: .venv/bin/python tools/notebooks.py --store {path.stem}"
    assert TOOL.shown(read(path)) == TOOL.shown(TOOL.executed(path)), mend


def test_the_lessons_are_numbered_without_a_gap() -> None:
    assert [path.stem.partition("_")[0] for path in NOTEBOOKS] == [
        f"{n:02}" for n in range(1, len(NOTEBOOKS) + 1)
    ]


@each
def test_a_notebook_is_stored_with_its_outputs(path: Path) -> None:
    stored = read(path)
    nbformat.validate(stored)
    cells = code(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not any(o.output_type == "error" for cell in cells for o in cell.outputs)
    assert sum(bool(cell.outputs) for cell in cells) > len(cells) / 2
    assert path.stat().st_size < LARGEST


@each
def test_a_notebook_is_stored_as_the_tool_does(path: Path) -> None:
    assert TOOL.bare(read(path)) == read(path), (
        f"store it anew: .venv/bin/python tools/notebooks.py --store {path.stem}"
    )


@each
def test_a_notebook_tells_nothing_of_the_machine(path: Path) -> None:
    for cell in code(path):
        assert not MACHINE.search(str(TOOL.shown(nbformat.v4.new_notebook(cells=[cell]))))


@each
def test_a_lesson_has_exercises_with_their_solutions(path: Path) -> None:
    text = prose(path)
    assert text.startswith("# ")
    exercises = numbers("Exercise", text.partition("## Exercises\n")[2])
    assert exercises == list(range(1, len(exercises) + 1))
    assert len(exercises) >= 3
    assert numbers("Solution", text.partition("## Solutions\n")[2]) == exercises


@each
def test_links_of_a_lesson_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(path)):
        if not re.match(r"https?://|#", target):
            assert (FOLDER / target.partition("#")[0]).exists(), target


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one notebook, which prints a wrong number."""
    cell = nbformat.v4.new_code_cell("print(6 * 7)\nprint('x')", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="41\nx\n")]
    path = tmp_path / "01_wrong.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    monkeypatch.setattr(TOOL, "FOLDER", tmp_path)
    return path


@pytest.mark.slow
def test_a_notebook_that_shows_something_else_is_found(
    lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert TOOL.main([]) == 1
    assert "01_wrong: 1 cells, 0 figures" in (said := capsys.readouterr().out)
    assert said.endswith("shows something else\n")
    assert TOOL.main(["--store", "wrong"]) == 0
    assert read(lesson).cells[0].outputs[0].text == "42\nx\n"
    assert TOOL.main(["wrong"]) == 0


@pytest.mark.slow
def test_a_notebook_that_stops_says_where(lesson: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell = nbformat.v4.new_code_cell("1 / 0")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), lesson)
    assert TOOL.main([]) == 1
    assert "stopped: ZeroDivisionError: division by zero" in capsys.readouterr().out


def test_a_name_that_no_notebook_has_is_told(
    lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert TOOL.main(["rnigs"]) == 2
    assert capsys.readouterr().out == ("no notebook has rnigs in its name; there are 01_wrong\n")


def test_a_cell_that_needs_a_missing_program_is_not_compared() -> None:
    cell = nbformat.v4.new_code_cell("1", metadata={"tags": ["needs-no-such-program"]})
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="compiled\n")]
    assert TOOL.shown(nbformat.v4.new_notebook(cells=[cell])) == [[]]


def test_the_page_lists_every_lesson() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\w+)\]\((\w+)\.ipynb\) \|", page, re.M)
    assert listed == [(path.stem, path.stem) for path in NOTEBOOKS]
