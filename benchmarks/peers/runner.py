"""Let the tools take turns on one network, and record whatever happens.

A worker that dies, hangs or fills the memory costs its own process alone.  A tool is asked again
until it has its number of runs, or its share of time is used up; what it could not do once it is
not asked again.  The median counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from peers.tools import Tool

__all__ = ["Limits", "Record", "Worker", "take_turns"]

_GRACE = 20.0
"""Seconds between asking a worker to stop and ending it."""
_LOADING = 180.0
_OURS = 900.0


@dataclass(frozen=True)
class Limits:
    """How often a tool runs, and when it is stopped; `share` is the time for all its runs.

    `seconds` is by the clock on the wall.
    """

    runs: int = 5
    share: float = 10.0
    seconds: float = 30.0
    memory: int = 12 << 30

    def for_tool(self, tool: Tool) -> float:
        """Return the seconds for a run; our own methods are not stopped where a peer is."""
        return self.seconds if tool.own_python else max(self.seconds, _OURS)


@dataclass
class Record:
    """What one tool did on one network.

    `status` is "done", "refused" (it said so itself), "crashed", "out of time" or "out of memory";
    `regions` of a tool out of time are those that it had by then; `exact_signs` are those that
    exactpwl's filter left to integers.
    """

    status: str
    runs: list[float] = field(default_factory=list)
    regions: int | None = None
    adjacencies: int | None = None
    complete: bool | None = None
    exact_signs: int | None = None
    peak: int | None = None
    message: str = ""

    @property
    def seconds(self) -> float | None:
        """The median of the runs, in CPU seconds."""
        return median(self.runs) if self.runs else None

    def as_dict(self) -> dict[str, Any]:
        """Return the record for JSON, the median among it."""
        return {**asdict(self), "seconds": self.seconds}


class Worker:
    """A process that runs one tool on one network when it is told to."""

    def __init__(
        self,
        tool: Tool,
        python: Path,
        job: Path,
        variables: Mapping[str, str],
        core: int,
        memory: int,
    ) -> None:
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        command = [python, "-m", "peers.worker", tool.adapter, job, core, memory]
        self.process = subprocess.Popen(
            list(map(str, command)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=dict(variables),
            start_new_session=True,  # so that its own workers can be ended with it
        )
        self.heard = b""

    def load(self) -> Record | None:
        """Wait until the tool is loaded; return a record if that failed."""
        return None if self._line(_LOADING) == "ready" else self._lost("while it was loaded")

    def run(self, seconds: float) -> Record:
        """Run once."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(f"{seconds}\n".encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            return self._lost("before it ran")
        line = self._line(seconds + _GRACE)
        if line is None:
            return self._lost("while it ran")
        told = json.loads(line)
        return Record(runs=[told.pop("seconds")], **told)

    def close(self) -> None:
        """End the process and its children."""
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.errors):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):  # the rest went with the process
                    stream.close()

    def _line(self, seconds: float) -> str | None:
        """Return the next line, or None if it does not come in time or the process has ended."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + seconds
        while b"\n" not in self.heard:
            left = max(0.0, deadline - time.monotonic())
            ready, _, _ = select.select([self.process.stdout], [], [], left)
            read = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not read:
                return None
            self.heard += read
        line, _, self.heard = self.heard.partition(b"\n")
        return line.decode()

    def _lost(self, when: str) -> Record:
        """Return the record of a worker that does not answer, and end it."""
        try:
            code = self.process.wait(1)
        except subprocess.TimeoutExpired:
            self.close()
            return Record("out of time", message=f"did not answer {when}, and was ended")
        self.errors.seek(0)
        last = self.errors.read().decode(errors="replace").strip().splitlines()[-1:]
        ended = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        return Record("crashed", message=": ".join([f"{ended} {when}", *last]))


def take_turns(
    tools: Sequence[Tool],
    start: Callable[[Tool], Worker],
    limits: Limits,
) -> dict[str, Record]:
    """Run the tools in turns on one network; each round begins with another one."""
    workers = {tool: start(tool) for tool in tools}
    records: dict[str, Record] = {}
    try:
        for tool, worker in workers.items():
            failed = worker.load()
            if failed is not None:
                records[tool.name] = failed
        waiting = [tool for tool in tools if tool.name not in records]
        turn = 0
        while waiting:
            for tool in waiting[turn % len(waiting) :] + waiting[: turn % len(waiting)]:
                _add(records, tool.name, workers[tool].run(limits.for_tool(tool)))
            waiting = [tool for tool in waiting if _wants_more(records[tool.name], limits)]
            turn += 1
    finally:
        for worker in workers.values():
            worker.close()
    return {tool.name: records[tool.name] for tool in tools}


def _add(records: dict[str, Record], name: str, new: Record) -> None:
    """Put a run to those before; a run that fails or counts otherwise counts for all."""
    old = records.get(name)
    if old is None or new.status != "done":
        records[name] = new
        return
    old.runs += new.runs
    old.peak = max(old.peak or 0, new.peak or 0)
    if new.regions != old.regions:
        old.message = f"counted {old.regions} regions first, {new.regions} later"
        old.complete = False


def _wants_more(record: Record, limits: Limits) -> bool:
    within = len(record.runs) < limits.runs and sum(record.runs) < limits.share
    return record.status == "done" and within
