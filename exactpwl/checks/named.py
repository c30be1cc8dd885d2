"""From a finding to a result: what every check has in common, as a decorator.

A check's own code returns a `Finding`, raises `NotApplicableError`, or stumbles over data that
contradict each other.  The decorator turns each of these into a `CheckResult` with the check's name
and statement, so that a check never ends in a traceback because the complex is broken.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from exactpwl.checks.effort import INCONSISTENT, Effort, NotApplicableError
from exactpwl.checks.result import CheckResult, Status
from exactpwl.collector import collector_paused
from exactpwl.errors import MissingDependencyError, TooLargeError

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Check", "Finding", "named"]


@dataclass(frozen=True)
class Finding:
    """What a check found: how many things, the exact evidence, the first failure or None."""

    checked: int
    evidence: str
    failure: str | None = None


class Check(Protocol):
    """A check, as it is called."""

    def __call__(self, complex_: PolyhedralComplex, effort: Effort = ...) -> CheckResult:
        """Check a complex."""


def named(
    name: str, statement: str
) -> Callable[[Callable[[PolyhedralComplex, Effort], Finding]], Check]:
    """Make a check of a function that returns a finding."""

    def decorate(body: Callable[[PolyhedralComplex, Effort], Finding]) -> Check:
        @functools.wraps(body, assigned=("__module__", "__name__", "__qualname__", "__doc__"))
        def run(complex_: PolyhedralComplex, effort: Effort | None = None) -> CheckResult:
            try:
                with collector_paused():
                    found = body(complex_, effort or Effort())
            except (NotApplicableError, TooLargeError) as reason:
                return CheckResult(name, "not applicable", 0, statement, str(reason))
            except MissingDependencyError as error:
                reason_ = f"cdd.gmp is missing: {str(error).splitlines()[0]}"
                return CheckResult(name, "not applicable", 0, statement, reason_)
            except INCONSISTENT as error:
                failure = f"the complex contradicts itself: {str(error) or type(error).__name__}"
                return CheckResult(name, "failed", 0, statement, "", failure)
            status: Status = "passed" if found.failure is None else "failed"
            return CheckResult(
                name, status, found.checked, statement, found.evidence, found.failure
            )

        # help shows how a check is called, not the body behind it
        run.__dict__["__signature__"] = inspect.signature(run, follow_wrapped=False)
        return run

    return decorate
