"""Starting is quick: CPU time against that of a bare interpreter and of ``import numpy``.

Absolute times would tell about the machine.  Ratios of medians of a few runs, taken in turns, hold
on any: half a second for the command line was five times ``import numpy`` where they were chosen.
"""

import subprocess
import sys
from collections.abc import Sequence
from statistics import median

import click
import pytest

from exactpwl.cli import main
from exactpwl.cli.late import LateCommands

resource = pytest.importorskip("resource", reason="CPU time of children is told by POSIX systems")

RUNS = 5
BARE = ("-c", "pass")
NUMPY = ("-c", "import numpy")
HEAVY = {"numpy", "flint", "cdd", "matplotlib", "networkx", "rich", "sympy", "scipy"}


def cpu_seconds(arguments: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize(
    ("arguments", "bare", "numpy"),
    [
        (("-c", "import exactpwl"), 6, 1),
        (("-m", "exactpwl", "--version"), 12, 1.5),
        (("-m", "exactpwl", "--help"), 12, 1.5),
        (("-m", "exactpwl", "gallery"), None, 3),
        (("-m", "exactpwl", "show", "xor"), None, 3),
        (("-m", "exactpwl", "count", "xor", "--json"), None, 5),
        (("-m", "exactpwl", "check", "xor", "--only", "bounds"), None, 5),
    ],
    ids=lambda value: " ".join(value[1:]) if isinstance(value, tuple) else "",
)
def test_starting_is_quick(arguments: Sequence[str], bare: float | None, numpy: float) -> None:
    turns = [[cpu_seconds(a) for a in (arguments, BARE, NUMPY)] for _ in range(RUNS)]
    own, of_bare, of_numpy = (median(column) for column in zip(*turns, strict=True))
    assert own <= numpy * of_numpy
    if bare is not None:
        assert own <= bare * of_bare


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (("--version",), set()),
        (("--help",), set()),
        (("gallery",), {"flint"}),
        (("count", "xor", "--json"), {"flint", "numpy"}),
    ],
)
def test_a_command_loads_what_it_needs(arguments: Sequence[str], allowed: set[str]) -> None:
    code = (
        "import atexit, sys; atexit.register(lambda: print('', *sys.modules, sep='\\n')); "
        f"from exactpwl.cli import main; main({list(arguments)!r})"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 0
    loaded = {name.partition(".")[0] for name in result.stdout.splitlines()}
    assert HEAVY & loaded <= allowed


@pytest.mark.parametrize("name", main.commands)
def test_the_line_of_a_command_is_its_own(name: str) -> None:
    assert isinstance(main.commands, LateCommands)
    sentence = main.commands[name].get_short_help_str(limit=200)
    assert main.commands.lines[name] == sentence


def test_a_command_can_be_added_and_taken_away() -> None:
    @click.command
    def greet() -> None:
        """Say hello."""

    commands = LateCommands({})
    commands["greet"] = greet
    assert (dict(commands), commands.lines) == ({"greet": greet}, {"greet": "Say hello."})
    del commands["greet"]
    with pytest.raises(KeyError):
        commands["greet"]
