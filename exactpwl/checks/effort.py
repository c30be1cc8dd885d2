"""How much work a check may take, and how it looks at many things one after the other.

Every check estimates its work in seconds from counts alone, so the same complex is always checked
in the same way.  A check of many single things beyond the budget looks at a sample and says so; one
that needs everything at once says "not applicable" and how to ask for it.  Nothing is passed in
silence.

Where no budget is given, what cannot be divided may take 20 seconds.  A sample may take a quarter
of what the reference engine needs for the regions, by estimate, so that checking stays in
proportion to computing; a fiftieth of a second it may always take, which is all of a small network.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from exactpwl.errors import CertificateError, OptionError, TooLargeError
from exactpwl.rationals import format_count

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "INCONSISTENT",
    "Effort",
    "NotApplicableError",
    "Progress",
    "Sample",
    "seconds_of_reference",
]

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Is told the name of a check, how many things are done, and how many there are."""

INCONSISTENT = (ArithmeticError, LookupError, StopIteration, TypeError, ValueError)
"""What exact arithmetic raises on data that contradict each other."""

WHOLE_BUDGET = 20.0
"""Seconds for a check that cannot be divided, where no budget is given."""

LEAST_SAMPLE = 0.02
"""Seconds that a sample may always take."""

MOST_BITS = 30
"""A larger number of things is not offered."""

TICKS = 100
"""Times that a check tells its progress, at most."""


class NotApplicableError(Exception):
    """A check has nothing to say about a complex; the message says why.  It stays in this room."""


@dataclass(frozen=True)
class Sample(Generic[T]):
    """The things that are looked at, out of `total`."""

    items: Sequence[T]
    total: int
    seed: int

    def count(self, noun: str) -> str:
        """Return how many of how many, such as ``all 12 facets``."""
        if len(self.items) == self.total:
            return f"all {self.total} {noun}"
        return f"{len(self.items)} of {self.total} {noun}, chosen by seed {self.seed}"


def seconds_of_reference(complex_: PolyhedralComplex) -> float:
    """Estimate the seconds that the reference engine takes for all regions of a complex."""
    generators = sum(len(cell.generators) for cell in complex_.cells)
    stages = complex_.network.stages.stages
    weights = sum(stage.weight_count for stage in stages)
    return 1e-6 * (3 * generators + (12 * len(stages) + 0.01 * weights) * len(complex_))


@dataclass(frozen=True)
class Effort:
    """What a check may spend.

    Parameters
    ----------
    budget : float, optional
        Estimated seconds for each check; ``math.inf`` for everything.  Left out, 20 seconds for
        what cannot be divided, and for a sample a quarter of what the reference engine takes.
    seed : int
        Chooses samples and random points.
    progress : callable, optional
        See `Progress`.

    Raises
    ------
    OptionError
        If the budget is not positive.

    Examples
    --------
    >>> sample = Effort(budget=1).sample(range(100), seconds_each=0.5)
    >>> len(sample.items), sample.count("facets")
    (2, '2 of 100 facets, chosen by seed 0')
    """

    budget: float | None = None
    seed: int = 0
    progress: Progress | None = None
    _shared: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.budget is not None and not self.budget > 0:  # so is NaN
            raise OptionError(f"a positive budget in seconds, or inf, is required: {self.budget}")

    def shared(self, complex_: PolyhedralComplex, make: Callable[[PolyhedralComplex], T]) -> T:
        """Return what several checks look at; it is made once for a complex."""
        key = (id(complex_), make)
        if key not in self._shared:
            self._shared[key] = (complex_, make(complex_))  # the complex keeps its id
        found: T = self._shared[key][1]
        return found

    def random(self) -> Random:
        """Return a generator that starts from the seed."""
        return Random(self.seed)

    def sample(
        self, items: Sequence[T], seconds_each: float, *, usual: float = WHOLE_BUDGET
    ) -> Sample[T]:
        """Return the things that the budget allows, in their order.

        Parameters
        ----------
        items : sequence
        seconds_each : float
            Estimated seconds for one of them.
        usual : float
            Seconds that they may take where no budget is given, `LEAST_SAMPLE` at least.

        Raises
        ------
        NotApplicableError
            If it does not allow a single one of them.
        """
        budget = self.budget
        if budget is None:
            budget = min(max(LEAST_SAMPLE, usual), WHOLE_BUDGET)
            if seconds_each <= WHOLE_BUDGET:
                budget = max(budget, seconds_each)  # one of them at least
        most = budget / seconds_each
        if len(items) <= most:
            return Sample(items, len(items), self.seed)
        if most < 1:
            raise NotApplicableError(
                f"each of {len(items)} would take about {seconds_each:.3g} s, more than the budget "
                f"of {budget:g} s; to have one, pass budget={math.ceil(seconds_each)} to check"
            )
        chosen = self.random().sample(range(len(items)), int(most))
        return Sample([items[i] for i in sorted(chosen)], len(items), self.seed)

    def require(self, count: int, seconds_each: float, things: str) -> None:
        """Raise `NotApplicableError` if work that cannot be divided would exceed the budget.

        Examples
        --------
        >>> Effort().require(32768, 0.004, "patterns to decide")
        Traceback (most recent call last):
        ...
        exactpwl.checks.effort.NotApplicableError: 32768 patterns to decide would take about \
131 s, more than the budget of 20 s; a budget of 132 s is enough
        """
        allowed = WHOLE_BUDGET if self.budget is None else self.budget
        if count <= allowed / seconds_each:
            return
        budget = f"more than the budget of {allowed:g} s"
        if count.bit_length() > MOST_BITS:
            raise NotApplicableError(
                f"{format_count(count)} {things} would take much {budget}; take a smaller network"
            )
        seconds = count * seconds_each
        raise NotApplicableError(
            f"{count} {things} would take about {seconds:.3g} s, {budget}; a budget of "
            f"{math.ceil(seconds)} s is enough"
        )

    def first_failure(
        self,
        name: str,
        items: Sequence[T],
        test: Callable[[T], str | None],
        label: Callable[[T], str] = str,
    ) -> tuple[int, str | None]:
        """Look at one thing after the other until one fails.

        Data so wrong that they cannot be looked at are a failure as well.

        Parameters
        ----------
        name : str
            The check's, for progress.
        items : sequence
        test : callable
            Returns the failure in words, or None.
        label : callable
            Names a thing that could not be looked at.

        Returns
        -------
        (int, str or None)
            How many were looked at, and the first failure.
        """
        step = max(1, len(items) // TICKS)
        for done, item in enumerate(items, start=1):
            try:
                failure = test(item)
            except TooLargeError:  # says nothing against the complex
                raise
            except (*INCONSISTENT, CertificateError) as error:
                failure = f"{label(item)}: {str(error) or type(error).__name__}"
            if self.progress is not None and (done % step == 0 or done == len(items)):
                self.progress(name, done, len(items))
            if failure is not None:
                return done, failure
        return len(items), None
