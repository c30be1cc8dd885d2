"""Checks: what must hold of every complex, looked at again by other means, exactly.

`check` runs them all; each is also a function of its own.  A check returns a `CheckResult` that
says what was asserted, how many things were looked at, the exact evidence and the first failure;
"not applicable" says why and does not count as passed.  Nothing has a tolerance.

Work is estimated beforehand.  A check of many single things beyond the budget looks at a sample,
chosen by a seed, and says so; one that cannot be divided is "not applicable" and says how to ask
for it.  The estimates are made from counts, so the same complex is always checked the same way.
Where no budget is given, checking stays in proportion to computing, see `exactpwl.checks.effort`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from exactpwl.checks.arrangement import check_generic, check_zaslavsky
from exactpwl.checks.bounds import check_bounds
from exactpwl.checks.census import check_census
from exactpwl.checks.continuity import check_continuity
from exactpwl.checks.definitions import check_definitions
from exactpwl.checks.effort import Effort, Progress
from exactpwl.checks.euler import check_euler
from exactpwl.checks.evaluation import check_evaluation
from exactpwl.checks.facets import check_facets
from exactpwl.checks.inequalities import check_inequalities
from exactpwl.checks.named import Check
from exactpwl.checks.powerset import check_powerset
from exactpwl.checks.result import CheckResult, Report
from exactpwl.checks.volumes import check_volumes
from exactpwl.checks.witnesses import check_witnesses
from exactpwl.errors import OptionError

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "CHECKS",
    "CheckResult",
    "Effort",
    "Progress",
    "Report",
    "check",
    "check_bounds",
    "check_census",
    "check_continuity",
    "check_definitions",
    "check_euler",
    "check_evaluation",
    "check_facets",
    "check_generic",
    "check_inequalities",
    "check_powerset",
    "check_volumes",
    "check_witnesses",
    "check_zaslavsky",
]

CHECKS: dict[str, Check] = {
    "continuity": check_continuity,
    "facets": check_facets,
    "witnesses": check_witnesses,
    "euler": check_euler,
    "volumes": check_volumes,
    "inequalities": check_inequalities,
    "zaslavsky": check_zaslavsky,
    "generic": check_generic,
    "bounds": check_bounds,
    "definitions": check_definitions,
    "census": check_census,
    "powerset": check_powerset,
    "evaluation": check_evaluation,
}
"""All checks by name, in the order in which `check` runs them."""


def check(
    complex_: PolyhedralComplex,
    *,
    only: Iterable[str] | None = None,
    budget: float | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Report:
    """Run all checks on a complex.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    only : iterable of str, optional
        Names of the checks to run; see `CHECKS`.
    budget : float, optional
        Estimated seconds that each check may take; ``math.inf`` for everything.  Left out, 20
        seconds for what cannot be divided, and for a sample a quarter of what the reference engine
        takes.
    seed : int
        Chooses samples and random points.
    progress : callable, optional
        Is called with a check's name, how many things are done, and how many there are.

    Returns
    -------
    Report
        Iterable over the results; `Report.passed` tells whether nothing failed.

    Raises
    ------
    OptionError
        If a name in `only` is none of the checks', or the budget is not positive.

    Examples
    --------
    >>> from exactpwl import Network, check, regions
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> report = check(regions(xor), only=["continuity", "bounds", "volumes"])
    >>> print(report)
    <Network 2 -> 2 relu -> 1 linear> over R^2, 3 regions
      passed          continuity    all 2 facets
      passed          bounds        3 regions, at most 4 (Serra et al. 2018)
      not applicable  volumes       the domain R^2 is not bounded
    2 passed, 0 failed, 1 not applicable
    """
    names = tuple(CHECKS) if only is None else tuple(only)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        raise OptionError(f"checks are {', '.join(CHECKS)}; got {unknown[0]!r}")
    effort = Effort(budget, seed, progress)
    subject = f"{complex_.network!r} over {complex_.domain}, {len(complex_)} regions"
    return Report(subject, tuple(CHECKS[name](complex_, effort) for name in names))
