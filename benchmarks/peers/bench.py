"""The bench: one core, one thread, and every tool in its own interpreter."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from peers import environment
from peers.networks import Arrays, save
from peers.runner import Limits, Record, Worker, take_turns
from peers.tools import Tool

__all__ = ["Bench"]


class Bench:
    """Where tools are measured.

    Parameters
    ----------
    tools : sequence of Tool
        If one of them is a peer, the peers' environment is made where it is missing.
    scratch : Path
        A folder for the networks' files and the dummy program.
    peers_venv : Path
    """

    def __init__(self, tools: Sequence[Tool], scratch: Path, peers_venv: Path) -> None:
        self.job = scratch / "job.json"
        self.core = environment.chosen_core()
        self.variables = environment.variables(environment.dummy_julia(scratch / "bin"))
        self.peers_python = Path(sys.executable)
        if any(tool.own_python for tool in tools):
            self.peers_python = environment.peers_python(peers_venv)

    def measure(
        self, tools: Sequence[Tool], arrays: Arrays, domain: str, limits: Limits
    ) -> dict[str, Record]:
        """Let the tools take turns on a network."""
        save(arrays, domain, self.job)

        def start(tool: Tool) -> Worker:
            python = self.peers_python if tool.own_python else Path(sys.executable)
            return Worker(tool, python, self.job, self.variables, self.core, limits.memory)

        return take_turns(tools, start, limits)

    def setting(self, tools: Sequence[Tool], limits: Limits) -> dict[str, Any]:
        """Return what the numbers depend on."""
        packages = [tool.package for tool in tools]
        return {
            "date": time.strftime("%Y-%m-%d"),
            "machine": f"{platform.machine()}, {_processor()}, core {self.core}",
            "Python": platform.python_version(),
            "runs": f"up to {limits.runs}",
            "limit": f"{limits.seconds:g} s a run of a peer, {limits.memory >> 30} GiB",
            "versions": environment.versions(self.peers_python, packages),
        }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
