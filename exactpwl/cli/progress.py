"""Progress bars on stderr, by rich, and only where stderr is a terminal.

The engine and the checks tell what they do; here somebody listens.  A bar that is updated at each
of a hundred thousand regions would cost more than the regions, so steps are gathered.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exactpwl.engine.events import Listener

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["Bars", "bars"]

STEPS = 200
"""Times that the bar of an enumeration moves, at most."""


class Bars:
    """What is being done: a bar for the enumeration, one for each check, a word for the rest.

    Parameters
    ----------
    progress : rich.progress.Progress or None
        None where there is no terminal: then nothing is shown.
    """

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._shown: str | None = None

    def enumeration(self) -> Listener | None:
        """Return a listener for the engine."""
        return None if self._progress is None else _RegionBar(self._progress)

    def check(self, name: str, done: int, total: int) -> None:
        """Hear from a check."""
        self._show(f"checking: {name}", done, total)

    def step(self, what: str, done: int, total: int) -> None:
        """Hear of a part of some work."""
        self._show(what, done, total)

    def doing(self, what: str) -> None:
        """Show what is done now and tells no progress."""
        self._show(what, 0, None)

    def _show(self, what: str, done: int, total: int | None) -> None:
        if self._progress is None:
            return
        if what != self._shown:
            for task in self._progress.task_ids:
                self._progress.remove_task(task)
            self._progress.add_task(what, total=total)
            self._shown = what
        self._progress.update(self._progress.task_ids[0], completed=done)


class _RegionBar(Listener):
    """The share of the subdivision tree that is done, and how many regions it has given."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("regions", total=1.0)
        self._count = 0
        self._done = self._shown = 0.0

    def regions(self, count: int, share: float) -> None:
        """Move the bar if there is something to see."""
        self._count += count
        self._done += share
        if self._done - self._shown >= 1 / STEPS:
            self._shown = self._done
            self._progress.update(
                self._task, completed=self._done, description=f"{self._count} regions"
            )

    def finished(self, count: int) -> None:
        """Fill the bar."""
        self._progress.update(self._task, completed=1.0, description=f"{count} regions")


@contextmanager
def bars() -> Iterator[Bars]:
    """Provide progress bars that are gone when the block ends."""
    if not sys.stderr.isatty():
        yield Bars(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bars(progress)
