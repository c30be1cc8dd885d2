"""Tools that behave badly, each in its own way, for the tests of the benchmark.

They behave on the three lines with which a worker warms up.
"""

import os
import signal
import time
from pathlib import Path
from types import TracebackType
from typing import Any


class Fake:
    """Finds as many regions as the first layer has rows, and notes down when it ran."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.rows = len(job["weights"][0])

    def run(self) -> None:
        if self.rows > 3:
            self.misbehave()
        diary = os.environ.get("FAKE_DIARY")
        if diary:
            with Path(diary).open("a", encoding="utf-8") as stream:
                stream.write(f"{type(self).__name__} {self.rows}\n")

    def misbehave(self) -> None:
        """Do nothing bad."""

    def report(self) -> dict[str, Any]:
        return {"regions": self.rows, "adjacencies": None, "complete": True}

    def progress(self, where: TracebackType | None) -> int | None:
        return 3


class Other(Fake):
    """The same under another name."""


class Chatty(Fake):
    """Prints, as solvers do."""

    def misbehave(self) -> None:
        print("licence expires soon")


class Refusing(Fake):
    def misbehave(self) -> None:
        raise ValueError("these hyperplanes meet")


class Raising(Fake):
    def misbehave(self) -> None:
        raise IndexError("list index out of range")


class Dying(Fake):
    def misbehave(self) -> None:
        os.kill(os.getpid(), signal.SIGSEGV)


class Hanging(Fake):
    def misbehave(self) -> None:
        time.sleep(60)


class Greedy(Fake):
    def misbehave(self) -> None:
        self.memory = bytearray(1 << 40)


class Stubborn(Fake):
    """Does not stop when its time is up, like compiled code."""

    def misbehave(self) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        time.sleep(60)


class Fickle(Fake):
    """Counts one more each time."""

    runs = 0

    def report(self) -> dict[str, Any]:
        Fickle.runs += 1
        return {"regions": Fickle.runs, "adjacencies": None, "complete": True}


class Partial(Fake):
    """Says itself that regions are missing."""

    def report(self) -> dict[str, Any]:
        return {**super().report(), "complete": False}
