"""The collector is paused inside, and as it was afterwards."""

import gc
from collections.abc import Iterator

import pytest

from exactpwl import gallery, regions
from exactpwl.checks import Effort, check_continuity
from exactpwl.collector import collector_paused
from exactpwl.tables import region_table


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    yield
    gc.enable()


@pytest.mark.parametrize("on", [True, False])
def test_as_it_was(on: bool) -> None:
    (gc.enable if on else gc.disable)()
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled() is on


def test_as_it_was_after_an_error() -> None:
    @collector_paused()
    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert gc.isenabled()


def test_checks_and_tables_pause_it() -> None:
    found = regions(gallery.get("xor"))
    seen: list[bool] = []
    check_continuity(found, Effort(progress=lambda *_: seen.append(gc.isenabled())))
    assert seen == [False] * len(seen) != []
    assert gc.isenabled()
    region_table(found).to_csv()
    assert gc.isenabled()
