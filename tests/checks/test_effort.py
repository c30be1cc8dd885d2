"""Budgets, samples and progress."""

import math

import pytest

from exactpwl.checks.effort import Effort, NotApplicableError
from exactpwl.errors import OptionError, TooLargeError


def test_everything_within_the_budget() -> None:
    sample = Effort(budget=1).sample(range(10), 0.1)
    assert (list(sample.items), sample.count("facets")) == (list(range(10)), "all 10 facets")


def test_sample_is_chosen_by_the_seed() -> None:
    first = Effort(budget=1, seed=4).sample(range(1000), 0.1)
    again = Effort(budget=1, seed=4).sample(range(1000), 0.1)
    other = Effort(budget=1, seed=5).sample(range(1000), 0.1)
    assert list(first.items) == list(again.items) == sorted(first.items)
    assert list(first.items) != list(other.items)
    assert first.count("facets") == "10 of 1000 facets, chosen by seed 4"


def test_not_one_within_the_budget() -> None:
    with pytest.raises(NotApplicableError, match=r"^each of 5 would take about 1.5 s, .* budget=2"):
        Effort(budget=1).sample(range(5), 1.5)


def test_no_limit_and_nothing_to_do() -> None:
    assert len(Effort(budget=math.inf).sample(range(5), 1e9).items) == 5
    assert Effort().sample([], 1).count("facets") == "all 0 facets"


def test_work_that_cannot_be_divided() -> None:
    Effort(budget=1).require(10, 0.1, "things")
    Effort(budget=math.inf).require(2**5000, 1, "things")
    with pytest.raises(NotApplicableError, match=r"^11 things would take about 1.1 s, more than"):
        Effort(budget=1).require(11, 0.1, "things")
    with pytest.raises(NotApplicableError, match=r"^2\^5000 things .* smaller network$"):
        Effort(budget=1).require(2**5000, 0.1, "things")


@pytest.mark.parametrize("budget", [0, -1, math.nan])
def test_a_budget_is_positive(budget: float) -> None:
    with pytest.raises(OptionError, match="a positive budget in seconds, or inf, is required"):
        Effort(budget=budget)


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    effort = Effort(progress=lambda *event: told.append(event))
    assert effort.first_failure("facets", range(1000), lambda i: None) == (1000, None)
    assert told[-1] == ("facets", 1000, 1000)
    assert len(told) == 100


def test_first_failure_ends_the_search() -> None:
    found = Effort().first_failure("facets", range(10), lambda i: f"{i}" if i > 3 else None)
    assert found == (5, "4")


def test_what_cannot_be_looked_at_has_failed() -> None:
    def stumble(i: int) -> str | None:
        raise ZeroDivisionError if i else ZeroDivisionError("no vertex")

    assert Effort().first_failure("facets", [0], stumble, "region {}".format) == (
        1,
        "region 0: no vertex",
    )
    assert Effort().first_failure("facets", [1], stumble) == (1, "1: ZeroDivisionError")


def test_numbers_that_are_too_long_are_no_failure() -> None:
    def refuse(i: int) -> str | None:
        raise TooLargeError("too many digits")

    with pytest.raises(TooLargeError):
        Effort().first_failure("facets", [0], refuse)
