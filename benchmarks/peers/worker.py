"""One tool on one network, in a process of its own.

    python -m peers.worker ADAPTER JOB CORE MEMORY

A line with a number of seconds on the standard input starts a run with that limit; a line of JSON
answers it.  Whatever the tool prints goes to the standard error.  The process is pinned to one core
and its address space is limited, before the tool is loaded.  The CPU seconds are those of the
process and of the children that it waited for.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

__all__ = ["main"]

_EXPECTED = (ValueError, RuntimeError, NotImplementedError)
"""What a tool raises to refuse; anything else that it raises is a crash."""


_WARM_UP = 60.0
"""Seconds; loading torch takes most of them."""


class _OutOfTimeError(BaseException):
    """Raised in the tool's code when its time is up; no `except Exception` catches it."""


def main() -> None:
    """Load the tool and answer until the input ends."""
    adapter, job_file, core, memory = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _confine(int(core), int(memory))
    signal.signal(signal.SIGALRM, _stop)
    module, _, name = adapter.partition(":")
    make = getattr(importlib.import_module(module), name)
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    _warm_up(make, job)
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        gc.collect()
        answers.write(json.dumps(_run(make, job, float(line))) + "\n")
        answers.flush()


def _confine(core: int, memory: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))


def _stop(number: int, frame: FrameType | None) -> None:
    raise _OutOfTimeError


def _warm_up(make: Any, job: dict[str, Any]) -> None:
    """Run the tool once on three lines of the plane: no import falls into the time measured."""
    small = {"weights": [[[1.0, 0.5], [0.5, 1.0], [1.0, -1.0]], [[1.0] * 3]]}
    with contextlib.suppress(Exception, _OutOfTimeError):  # the run will tell what is wrong
        signal.setitimer(signal.ITIMER_REAL, _WARM_UP)
        adapter = make({**job, **small, "biases": [[0.25, 0.5, 0.125], [0.0]]})
        adapter.run()
        adapter.report()
    signal.setitimer(signal.ITIMER_REAL, 0)


def _run(make: Any, job: dict[str, Any], limit: float) -> dict[str, Any]:
    """Return status, CPU seconds, peak memory and what was found."""
    adapter = None
    start = _cpu_seconds()
    try:
        adapter = make(job)
        signal.setitimer(signal.ITIMER_REAL, limit)
        start = _cpu_seconds()
        adapter.run()
        seconds = _cpu_seconds() - start
        signal.setitimer(signal.ITIMER_REAL, 0)
        return {"status": "done", "seconds": seconds, "peak": _peak(), **adapter.report()}
    except _OutOfTimeError as stop:
        seconds = _cpu_seconds() - start
        found = adapter.progress(stop.__traceback__) if adapter else None
        return {"status": "out of time", "seconds": seconds, "peak": _peak(), "regions": found}
    except BaseException as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        return {
            "status": _failure(error),
            "seconds": _cpu_seconds() - start,
            "peak": _peak(),
            "message": f"{type(error).__name__}: {error}",
        }


def _failure(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "out of memory"
    return "refused" if isinstance(error, _EXPECTED) else "crashed"


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak() -> int:
    """Return the largest resident size so far, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
