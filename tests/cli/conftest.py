"""What the tests of the command line share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exactpwl.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    # help is wrapped to the terminal's width
    monkeypatch.setenv("COLUMNS", "80")

    def run_line(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments), prog_name="exactpwl")

    return run_line
