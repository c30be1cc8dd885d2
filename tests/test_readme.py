"""The README and the pages of docs/: their code runs, their commands and links exist."""

import doctest
import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from exactpwl import questions
from exactpwl.checks import CHECKS
from exactpwl.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
LARGEST_IMAGE = 300_000


def blocks(language: str, page: Path = README) -> list[str]:
    """Return the code blocks of a page that are written in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


def commands() -> list[list[str]]:
    """Return the words of every `exactpwl` command in the README's blocks and text."""
    text = README.read_text(encoding="utf-8")
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    lines += re.findall(r"`(exactpwl [^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    calls = [part for line in lines for part in line.partition("#")[0].split("&&")]
    return [shlex.split(call) for call in calls if call.strip().startswith("exactpwl ")]


def test_the_lines_of_python_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (block,) = blocks("python")
    exec(compile(block, str(README), "exec"), {})
    assert "0 failed" in capsys.readouterr().out
    assert (tmp_path / "regions.tex").stat().st_size


def test_the_first_screen_shows_five_lines_of_python_and_three_commands() -> None:
    assert len(blocks("python")[0].replace("\n\n", "\n").splitlines()) == 5
    assert len(blocks("sh")[0].splitlines()) == 3
    first_screen = README.read_text(encoding="utf-8").partition("\n## ")[0]
    assert "```sh" in first_screen
    assert "```python" in first_screen


@pytest.mark.parametrize("block", blocks("console"))
def test_a_command_prints_what_the_readme_shows(block: str) -> None:
    call, _, output = block.partition("\n")
    program, *arguments = shlex.split(call.removeprefix("$ "))
    assert program == "exactpwl"
    result = CliRunner().invoke(main, arguments)
    assert result.output == output


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_of_the_readme_exists(words: list[str]) -> None:
    _, name, *arguments = words
    command = main.commands[name]
    if isinstance(command, click.Group) and arguments:
        command = command.commands[arguments[0]]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in arguments if word.startswith("--")} <= options
    assert isinstance(command, click.Command)


def test_the_targets_of_make_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z-]+)`", README.read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.M), f"no make {target}"


def test_the_table_of_checks_is_complete() -> None:
    table = README.read_text(encoding="utf-8").partition("| check | what must hold |")[2]
    named = re.findall(r"^\| `(\w+)` \|", table, re.M)
    assert named == list(CHECKS)


def test_the_table_of_questions_names_what_there_is() -> None:
    table = README.read_text(encoding="utf-8").partition("| question | command |")[2]
    rows = re.findall(r"^\|.*\|$", table.partition("\n\n")[0], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[3])}
    assert {"difference", "robustness", "smaller_network"} <= named <= set(questions.__all__)


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not re.match(r"https?://|#", target):
            path = page.parent / target.partition("#")[0]
            assert path.exists(), f"{page.name} links to {target}"


def test_the_figure_is_small() -> None:
    for image in (ROOT / "docs" / "images").iterdir():
        assert image.stat().st_size < LARGEST_IMAGE


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_examples_of_a_page_are_right(page: Path) -> None:
    assert not doctest.testfile(str(page), module_relative=False).failed
