"""What a check says: passed, failed, or not applicable, and on which exact evidence.

A result explains itself.  It says what was asserted and by which theorem, how many things were
looked at, what was found, and the first failure with exact numbers.  "Not applicable" is an answer
of its own: it says why nothing was checked, and it never counts as passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["CheckResult", "Report", "Status"]

Status = Literal["passed", "failed", "not applicable"]


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check.

    Attributes
    ----------
    name : str
    status : {"passed", "failed", "not applicable"}
    checked : int
        How many things were looked at; after a failure, up to and including the failing one.
    statement : str
        What was asserted, with the theorem or the source.
    evidence : str
        The exact numbers found; for "not applicable" the reason.
    failure : str or None
        The first failure, exactly: region, facet, point, values.

    Examples
    --------
    >>> print(CheckResult("euler", "passed", 3, "the sum is (-1)^d", "2 - 3 = -1"))
    euler: passed. Statement: the sum is (-1)^d. Evidence: 2 - 3 = -1.
    """

    name: str
    status: Status
    checked: int
    statement: str
    evidence: str
    failure: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the check was made and holds."""
        return self.status == "passed"

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "name": self.name,
            "status": self.status,
            "checked": self.checked,
            "statement": self.statement,
            "evidence": self.evidence,
            "failure": self.failure,
        }

    def __str__(self) -> str:
        failure = f" First failure: {self.failure}." if self.failure else ""
        evidence = f" Evidence: {self.evidence}." if self.evidence else ""
        return f"{self.name}: {self.status}. Statement: {self.statement}.{evidence}{failure}"


@dataclass(frozen=True)
class Report:
    """The outcomes of several checks on one complex.

    Attributes
    ----------
    subject : str
        What was checked.
    results : tuple of CheckResult

    Examples
    --------
    >>> done = CheckResult("euler", "passed", 3, "the sum is (-1)^d", "2 - 3 = -1")
    >>> report = Report("two lines", (done,))
    >>> report.passed, report["euler"].checked
    (True, 3)
    >>> print(report)
    two lines
      passed          euler         2 - 3 = -1
    1 passed, 0 failed, 0 not applicable
    """

    subject: str
    results: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    @property
    def failures(self) -> tuple[CheckResult, ...]:
        """The results that failed."""
        return tuple(r for r in self.results if r.status == "failed")

    def count(self, status: Status) -> int:
        """Return how many results have a status."""
        return sum(r.status == status for r in self.results)

    def __iter__(self) -> Iterator[CheckResult]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __getitem__(self, name: str) -> CheckResult:
        """Return the result of a check by its name; KeyError if it was not made."""
        for result in self.results:
            if result.name == name:
                return result
        raise KeyError(name)

    @property
    def summary(self) -> str:
        """The number of results of each status, in words."""
        counts = (f"{self.count(s)} {s}" for s in ("passed", "failed", "not applicable"))
        return ", ".join(counts)

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "subject": self.subject,
            "passed": self.passed,
            "results": [r.as_dict() for r in self.results],
        }

    def __str__(self) -> str:
        lines = [
            f"  {'FAILED' if r.failure else r.status:15} {r.name:13} {r.failure or r.evidence}"
            for r in self.results
        ]
        return "\n".join([self.subject, *lines, self.summary])
