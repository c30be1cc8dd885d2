"""The command itself: help, exit statuses, and errors that are one line."""

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import exactpwl.cli
from exactpwl.cli import main
from exactpwl.cli.app import Application
from exactpwl.cli.messages import one_line, wrapped
from exactpwl.errors import DomainError

COMMANDS = tuple(main.commands)
PROGRAM = (sys.executable, "-m", "exactpwl")


def test_every_command_that_a_module_defines_is_there() -> None:
    folder = Path(exactpwl.cli.__file__).parent
    defined = {
        path.stem.rstrip("_")
        for path in folder.glob("*.py")
        if re.search(r"^@click\.(command|group)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {name.replace("-", "_") for name in COMMANDS} == defined - {"app"}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches(run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Examples:\n  exactpwl " + command in result.output
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.name} has no help"


@pytest.mark.parametrize(
    "command",
    [
        "regions",
        "bounds",
        "build",
        "count",
        "check",
        "data",
        "explore",
        "pattern",
        "prove",
        "report",
        None,
    ],
)
def test_help_says_what_exact_means(run, command: str | None) -> None:
    text = " ".join(run(*filter(None, [command]), "--help").output.split()).replace(
        "real- ", "real-"
    )
    assert "Exact means exact for the real-valued function" in text
    assert "float runtime" in text


def test_version(run) -> None:
    assert run("--version").output.startswith("exactpwl, version ")


def test_module_and_program_are_the_same() -> None:
    result = subprocess.run([*PROGRAM, "--help"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("Usage: exactpwl [OPTIONS] COMMAND")
    assert result.stderr == ""


def failing(error: BaseException) -> Application:
    """An application whose only command raises."""

    @click.command
    def fail() -> None:
        raise error

    return Application(commands=[fail])


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (DomainError("a domain is\nrequired"), 2, "Error: a domain is required\n"),
        (OSError(28, "No space left on device", "x.json"), 2, "Error: x.json: No space left"),
        (OSError("a bare one"), 2, "Error: a bare one\n"),
        (MemoryError(), 2, "Error: the memory did not suffice: take a smaller domain"),
        (BrokenProcessPool("gone"), 2, "Error: the memory did not suffice"),
        (KeyError("lost"), 70, "Error: internal error (KeyError: 'lost'): this is a bug of exac"),
        (RecursionError("deep"), 70, "Error: internal error (RecursionError: deep)"),
        (KeyboardInterrupt(), 130, ""),
        (click.Abort(), 130, ""),
    ],
)
def test_an_error_is_one_line(error: BaseException, status: int, message: str) -> None:
    result = CliRunner().invoke(failing(error), ["fail"])
    assert result.exit_code == status
    assert result.stdout == ""
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == bool(message)


def test_a_traceback_only_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXACTPWL_TRACEBACK", "1")
    result = CliRunner().invoke(failing(KeyError("lost")), ["fail"])
    assert "Traceback" in result.stderr
    assert result.exit_code == 70


def test_a_command_returns_its_status() -> None:
    @click.command
    def fails() -> int:
        return 1

    assert CliRunner().invoke(Application(commands=[fails]), ["fails"]).exit_code == 1


def test_a_reader_who_leaves_is_no_error() -> None:
    with subprocess.Popen(
        [*PROGRAM, "gallery"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupting_is_quiet_and_leaves_nothing(tmp_path: Path, jobs: str) -> None:
    out = tmp_path / "atlas"
    line = [*PROGRAM, "regions", "resonance:6", "--out", str(out), "--jobs", jobs]
    heard = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job inherits deafness
    try:
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, heard)
    with process:
        while not out.exists():
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        try:
            stdout, stderr = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (process.returncode, stdout, stderr) == (130, b"", b"")
    assert not out.exists()


def test_a_terminal_that_cannot_show_a_name(tmp_path: Path) -> None:
    path = tmp_path / "net.json"
    path.write_text(
        '{"name": "\\u2211\\u001b[31m", "layers": [{"W": [[1]], "b": [0], "activation": "relu"}]}',
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    result = subprocess.run(
        [*PROGRAM, "show", str(path)], capture_output=True, env=environment, check=True
    )
    assert b"network  \\u2211\\x1b[31m\n" in result.stdout


def test_one_line_keeps_both_ends_of_a_long_message() -> None:
    line = one_line("begin " + "x" * 5000 + " end")
    assert line.startswith("begin x")
    assert line.endswith("x end")
    assert len(line) < 1100


def test_colours_count_for_nothing_in_wrapping() -> None:
    first = click.style("passed", fg="green") + "  "
    text = wrapped("word " * 30, first=first, rest=" " * 8, columns=40)
    assert all(len(click.unstyle(line)) <= 40 for line in text.splitlines())
    assert click.unstyle(text).startswith("passed  word")
