"""Progress is shown on stderr, and only where it is a terminal."""

import os
import subprocess
import sys

import pytest

from exactpwl.cli.progress import STEPS, Bars, bars


def test_without_a_terminal_nobody_listens() -> None:
    with bars() as shown:
        assert shown.enumeration() is None
        shown.check("euler", 1, 2)
        shown.doing("nothing")


def test_the_bar_of_an_enumeration_moves_by_steps() -> None:
    from rich.console import Console
    from rich.progress import Progress

    class Counting(Progress):
        updates = 0

        def update(self, *args, **options) -> None:
            self.updates += 1
            super().update(*args, **options)

    progress = Counting(console=Console(quiet=True))
    listener = Bars(progress).enumeration()
    assert listener is not None
    for _ in range(10_000):
        listener.regions(1, 1 / 10_000)
    listener.finished(10_000)
    assert progress.updates <= STEPS + 1
    assert progress.tasks[0].finished
    assert progress.tasks[0].description == "10000 regions"


def test_each_check_has_a_bar_of_its_own() -> None:
    from rich.console import Console
    from rich.progress import Progress

    progress = Progress(console=Console(quiet=True))
    shown = Bars(progress)
    shown.check("euler", 1, 2)
    shown.check("facets", 3, 4)
    (task,) = progress.tasks
    assert (task.description, task.completed, task.total) == ("checking: facets", 3, 4)
    shown.doing("drawing")
    assert progress.tasks[0].total is None


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is POSIX's")
def test_on_a_terminal_the_bar_is_on_stderr_and_the_answer_on_stdout() -> None:
    import pty

    outer, inner = pty.openpty()
    line = [sys.executable, "-m", "exactpwl", "count", "xor", "--json"]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=inner, env=environment) as process:
        stdout, _ = process.communicate(timeout=60)
    os.close(inner)
    shown = os.read(outer, 100_000)
    os.close(outer)
    assert stdout.startswith(b'{"activation_regions": 3')
    assert b"regions" in shown
    assert process.returncode == 0
