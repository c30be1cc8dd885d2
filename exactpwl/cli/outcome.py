"""What a run found, as text and as JSON: network, counts, checks, files, verdict.

The text is the summary on stdout and, without colours, the file ``summary.txt``.  It holds no time
and no path, so the same network gives the same file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from exactpwl.checks import CheckResult, Report
from exactpwl.cli.definitions import counts_text
from exactpwl.cli.messages import EXACTNESS, aligned, facts, heading, wrapped
from exactpwl.complex import PolyhedralComplex
from exactpwl.report.parts import Omission

__all__ = ["Outcome", "checks_text", "status_of", "verdict"]

_COLOURS = {"passed": "green", "failed": "red", "not applicable": "yellow"}


@dataclass(frozen=True)
class Outcome:
    """One atlas in short.

    Attributes
    ----------
    complex : PolyhedralComplex
    counts : mapping
        As `exactpwl.summary.count` gives them.
    report : Report
    files : sequence of str
        The names of the files written.
    omissions : sequence of Omission
        What was not made, and why.
    """

    complex: PolyhedralComplex
    counts: Mapping[str, Any]
    report: Report
    files: Sequence[str]
    omissions: Sequence[Omission]

    def text(self, *, columns: int = 100, folder: str | None = None) -> str:
        """Return the summary; `folder` is named where the files are listed."""
        complex_ = self.complex
        where = f" in {folder}" if folder else ""
        files = [(", ".join(self.files),)]
        parts = [
            facts(complex_.network, complex_.domain, columns=columns),
            f"{heading('Counts')}\n{counts_text(self.counts, complex_.domain, columns=columns)}",
            f"{heading('Checks')}\n{checks_text(self.report, columns=columns)}",
            f"{heading(f'Files{where}')}\n{aligned(files, columns=columns)}",
            *self._left_out(columns),
            f"{verdict(self.report)}\n{wrapped(EXACTNESS, columns=columns)}",
        ]
        return "\n\n".join(parts)

    def _left_out(self, columns: int) -> list[str]:
        if not self.omissions:
            return []
        return [f"{heading('Left out')}\n{aligned(self.omissions, columns=columns)}"]

    def as_dict(self) -> dict[str, Any]:
        """Return the same as plain JSON values."""
        network = self.complex.network
        return {
            "network": network.name,
            "architecture": network.architecture,
            "sha256": network.sha256,
            "domain": self.complex.domain.as_dict(),
            "counts": dict(self.counts),
            "checks": self.report.as_dict(),
            "files": list(self.files),
            "left_out": [omission._asdict() for omission in self.omissions],
            "exactness": EXACTNESS,
        }


def status_of(report: Report) -> int:
    """Return the exit status: 1 if a check fails, else 0."""
    return 1 if report.failures else 0


def checks_text(report: Report, *, statements: bool = False, columns: int = 100) -> str:
    """Return for each check its status, its name, evidence or failure; the statement if wanted."""
    rows = [row for result in report for row in _rows(result, statements)]
    return aligned(rows, columns=columns)


def _rows(result: CheckResult, statements: bool) -> list[tuple[str, str, str]]:
    word = "FAILED" if result.status == "failed" else result.status
    status = click.style(word, fg=_COLOURS[result.status], bold=result.status == "failed")
    found = result.failure or result.evidence
    if not statements:
        return [(status, result.name, found)]
    return [(status, result.name, result.statement), ("", "", f"found: {found}")]


def verdict(report: Report) -> str:
    """Return one line: whether every check holds."""
    if report.failures:
        names = ", ".join(result.name for result in report.failures)
        return click.style(f"A CHECK FAILS: {names} ({report.summary}).", fg="red", bold=True)
    return click.style(f"Every check that applies holds ({report.summary}).", fg="green")
