"""All checks together: on good complexes they hold, and whatever breaks one is found."""

import inspect
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import broken
from exactpwl import CheckResult, Network, PolyhedralComplex, Report, check, regions
from exactpwl.checks import CHECKS, Effort
from exactpwl.checks.named import Finding, named
from exactpwl.errors import OptionError, TooLargeError
from strategies import domains, networks

QUICK = [name for name in CHECKS if name not in ("census", "powerset")]


def test_all_checks_run_in_order(boxed: PolyhedralComplex) -> None:
    report = check(boxed)
    assert isinstance(report, Report)
    assert [result.name for result in report] == list(CHECKS)
    assert report.passed, str(report)
    assert {r.name for r in report if not r.passed} == {"zaslavsky", "generic"}
    assert str(report).splitlines()[0] == (
        "<Network 2 -> 3 relu -> 2 relu -> 1 linear> over the box [-2, 2] x [-2, 2], 13 regions"
    )


def test_each_is_callable_alone(deep: PolyhedralComplex) -> None:
    for name, one in CHECKS.items():
        result = one(deep)
        assert isinstance(result, CheckResult)
        assert (result.name, bool(result.statement), bool(result.evidence)) == (name, True, True)


def test_some_checks(deep: PolyhedralComplex) -> None:
    assert [r.name for r in check(deep, only=["euler", "facets"])] == ["euler", "facets"]
    with pytest.raises(OptionError, match=r"^checks are continuity, .*; got 'volume'$"):
        check(deep, only=["volume"])


def test_progress_and_seed(deep: PolyhedralComplex) -> None:
    told: set[str] = set()
    check(deep, progress=lambda name, done, total: told.add(name))
    assert {"continuity", "facets", "witnesses", "inequalities", "evaluation"} <= told
    report = check(deep, only=["witnesses"], budget=1e-3, seed=5)
    assert "chosen by seed 5" in report["witnesses"].evidence


@settings(max_examples=25)
@given(st.data())
def test_every_complex_of_the_engine_holds(data: st.DataObject) -> None:
    network = data.draw(networks(width=3))
    report = check(regions(network, data.draw(domains(network.input_dimension))), budget=2)
    assert report.passed, str(report)


BREAKERS: dict[str, Callable[[PolyhedralComplex, random.Random], PolyhedralComplex]] = {
    "shifted map": lambda c, r: broken.shifted_map(c, r.randrange(len(c))),
    "tilted map": lambda c, r: broken.tilted_map(c, r.randrange(len(c)), r.randrange(c.dimension)),
    "missing region": lambda c, r: broken.missing_region(c, r.randrange(len(c))),
    "doubled region": lambda c, r: broken.doubled_region(c, r.randrange(len(c))),
    "swapped patterns": lambda c, r: broken.swapped_patterns(c, *r.sample(range(len(c)), 2)),
    "moved vertex": lambda c, r: _moved(c, r, everywhere=True),
    "moved vertex in one region": lambda c, r: _moved(c, r, everywhere=False),
    "forgotten mark": lambda c, r: _forgotten_mark(c, r),
}


def _moved(c: PolyhedralComplex, draw: random.Random, *, everywhere: bool) -> PolyhedralComplex:
    region = draw.randrange(len(c))
    old = draw.choice(c.cells[region].generators)
    axis = draw.randrange(c.dimension)
    new = tuple(v + (old[-1] or 1) * (j == axis) for j, v in enumerate(old))
    return broken.moved_vertex(c, old, new, None if everywhere else [region])


def _forgotten_mark(c: PolyhedralComplex, draw: random.Random) -> PolyhedralComplex:
    """A mark of a facet's inequality is forgotten at one of the facet's generators."""
    region = draw.randrange(len(c))
    tight = c.cells[region].tight
    marks = [(g, b) for g, mask in enumerate(tight) for b in range(1, 64) if mask >> b & 1]
    generator, bit = draw.choice(marks)
    return broken.flipped_bit(c, region, generator, bit)


@pytest.mark.parametrize("how", BREAKERS)
@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_broken_is_found(how: str, seed: int, boxed: PolyhedralComplex) -> None:
    draw = random.Random(seed)
    whole = regions(boxed.network)
    wrong = BREAKERS[how](draw.choice([boxed, whole]), draw)
    report = check(wrong, only=QUICK)
    assert not report.passed, str(report)
    assert all(result.failure for result in report.failures)


def test_a_check_never_ends_in_a_traceback(xor: PolyhedralComplex) -> None:
    """A cell without generators cannot be looked at by any check."""
    hollow = broken.with_cell(xor, 1, generators=(), tight=())
    report = check(hollow)
    assert {"facets", "witnesses", "euler", "inequalities", "evaluation"} <= {
        result.name for result in report.failures
    }


def test_too_large_is_not_applicable(xor: PolyhedralComplex) -> None:
    @named("large", "it ends")
    def check_large(complex_: PolyhedralComplex, effort: Effort) -> Finding:
        raise TooLargeError("too many flats")

    assert check_large(xor).status == "not applicable"
    assert check_large(xor).evidence == "too many flats"


def test_contradictions_have_failed(xor: PolyhedralComplex) -> None:
    @named("sum", "it adds up")
    def check_sum(complex_: PolyhedralComplex, effort: Effort) -> Finding:
        raise ZeroDivisionError

    assert check_sum(xor).failure == "the complex contradicts itself: ZeroDivisionError"


def test_network_without_kinks() -> None:
    report = check(regions(Network([([[1, 2]], [3], "linear")])))
    assert report.passed
    assert report["witnesses"].passed


def test_help_shows_how_a_check_is_called() -> None:
    for run in CHECKS.values():
        signature = inspect.signature(run)
        assert list(signature.parameters) == ["complex_", "effort"]
        assert signature.return_annotation == "CheckResult"
