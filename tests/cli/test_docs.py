"""The page on the command line: it names every command and option, and its examples are true.

Where a program says something else now, ``python tests/cli/test_docs.py`` writes the outputs anew.
"""

import contextlib
import re
import shlex
import tempfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from exactpwl import gallery
from exactpwl.checks import CHECKS
from exactpwl.cli import main, plot
from exactpwl.cli.app import EXAMPLES
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import NO, YES
from exactpwl.summary import COUNTS
from exactpwl.tables import REGION_COLUMNS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "cli.md"
TEXT = PAGE.read_text(encoding="utf-8")


def section(command: str) -> str:
    """Return the page's section on a command."""
    _, _, rest = TEXT.partition(f"\n## {command}\n")
    return rest.partition("\n## ")[0]


def examples() -> list[tuple[str, str]]:
    """Return the command lines of the page, each with the output that the page claims."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            found.append((line, output))
    return found


@pytest.mark.parametrize("command", main.commands)
def test_every_command_and_option_is_documented(command: str) -> None:
    text = section(command)
    assert text, f"docs/cli.md has no section on {command}"
    assert f"[`{command}`](#{command})" in TEXT
    assert f"$ exactpwl {command} " in text
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option):
            for name in parameter.opts:
                assert f"`{name}" in text, f"docs/cli.md does not tell of {command} {name}"


@pytest.mark.parametrize("command", main.commands)
def test_every_option_of_the_page_exists(command: str) -> None:
    known = {name for parameter in main.commands[command].params for name in parameter.opts}
    table = re.findall(r"^\| (`--.*?) \|", section(command), re.MULTILINE)
    assert set(re.findall(r"--[a-z][a-z-]*", "".join(table))) <= known


@pytest.mark.parametrize(
    ("command", "names"), [("count", COUNTS), ("check", CHECKS), ("regions", REGION_COLUMNS)]
)
def test_every_choice_is_documented(command: str, names: tuple[str, ...]) -> None:
    for name in names:
        assert f"`{name}`" in section(command)


def write_named_blocks(folder: Path) -> None:
    """Write the files that the page shows: blocks whose first line names a file."""
    for name, text in re.findall(r"```[a-z]+ (\S+)\n(.*?)```", TEXT, re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")


def outputs() -> list[str]:
    """Run the examples in the order of the page, because some use what an earlier one wrote."""
    (triangle,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    Path("triangle.json").write_text(triangle, encoding="utf-8")
    write_named_blocks(Path())
    found = []
    for line, _ in examples():
        program, *arguments = shlex.split(line)
        assert program == "exactpwl"
        result = CliRunner().invoke(main, arguments, prog_name=program)
        assert result.exit_code in (YES, NO), line
        found.append(result.output)
    return found


def test_the_examples_of_the_page_are_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for (line, claimed), output in zip(examples(), outputs(), strict=True):
        assert timeless(output) == timeless(claimed), line


def timeless(text: str) -> str:
    return re.sub(r"^\d+\.\d s$", "SECONDS", text, flags=re.MULTILINE)


def taught() -> list[str]:
    commands = [command for name, command in main.commands.items() if name != "plot"]
    commands += figures().values()
    assert all(isinstance(command, Taught) for command in commands)
    lines = [line for command in commands for line in command.examples]
    return [*lines, *main.commands["plot"].examples, *EXAMPLES]


def figures() -> dict[str, click.Command]:
    """Return the figures of ``exactpwl plot``."""
    group = main.commands["plot"]
    assert isinstance(group, click.Group)
    return dict(group.commands)


FIGURES_TEXT = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", figures())
def test_every_figure_and_its_options_are_documented(name: str) -> None:
    text = FIGURES_TEXT.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert text, f"docs/figures.md has no section on {name}"
    options = {o for p in figures()[name].params if isinstance(p, click.Option) for o in p.opts}
    assert {o for o in options if f"`{o}" not in text} == set()
    table = re.findall(r"^\| (`-.*?) \|", text, re.MULTILINE)
    assert set(re.findall(r"--[a-z][a-z-]*", "".join(table))) <= options


@pytest.mark.parametrize("name", figures())
def test_the_line_of_a_figure_is_its_own(name: str) -> None:
    sentence = figures()[name].get_short_help_str(limit=200)
    assert plot.FIGURES[name] == sentence


@pytest.mark.parametrize("name", figures())
def test_the_help_of_a_figure_teaches(run, name: str) -> None:
    result = run("plot", name, "--help")
    assert f"Examples:\n  exactpwl plot {name}" in result.output
    for parameter in figures()[name].params:
        assert not isinstance(parameter, click.Option) or parameter.help


def slow_if_long(line: str) -> object:
    is_long = ("rings" in line and "regions" in line) or line == "exactpwl check rings"
    is_long |= any(word in line for word in ("animate", "report", "measure", "training"))
    return pytest.param(line, marks=pytest.mark.slow) if is_long else line


@pytest.mark.parametrize("line", [slow_if_long(line) for line in dict.fromkeys(taught())])
def test_the_examples_of_the_help_run(run, tmp_path: Path, line: str) -> None:
    gallery.get("disc").save(tmp_path / "net.json")
    if "net.npz" in line:
        import numpy as np

        arrays = {"W0": np.eye(2), "b0": np.zeros(2), "W1": np.ones((1, 2)), "b1": np.zeros(1)}
        np.savez(tmp_path / "net.npz", **arrays)
    write_named_blocks(tmp_path)
    if "atlas.json" in line:
        run("regions", "xor", "--out", "demo", "--no-figure")
    assert run(*shlex.split(line)[1:]).exit_code in (YES, NO)


def rewrite() -> None:
    """Write the outputs of the examples anew."""
    text = TEXT
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for (line, old), new in zip(examples(), outputs(), strict=True):
            text = text.replace(f"$ {line}\n{old}", f"$ {line}\n{new}")
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
