"""The complex against the textbook method."""

import pytest

import broken
from exactpwl import Network, PolyhedralComplex, regions
from exactpwl.checks import Effort, check_powerset


def test_same_regions(deep: PolyhedralComplex, boxed: PolyhedralComplex) -> None:
    result = check_powerset(deep)
    assert (result.status, result.checked) == ("passed", 13)
    assert result.evidence == "13 regions by 36 linear programs"
    assert check_powerset(boxed).passed


def test_lineality() -> None:
    assert check_powerset(regions(Network([([[0, 1], [0, 0]], [1, 1], "abs")]))).passed


def test_missing_region(xor: PolyhedralComplex) -> None:
    failure = check_powerset(broken.missing_region(xor, 0)).failure
    assert failure == "the powerset method finds region 00, the complex has none"


def test_region_too_many(xor: PolyhedralComplex) -> None:
    cells = (*xor.cells, xor.cells[0]._replace(pattern=xor.network.pattern("01")))
    failure = check_powerset(broken.rebuilt(xor, cells=cells)).failure
    assert failure == "the complex has region 01, the powerset method finds none"


def test_doubled_region(xor: PolyhedralComplex) -> None:
    assert check_powerset(broken.doubled_region(xor, 0)).failure == "4 regions have only 3 patterns"


def test_wrong_map(xor: PolyhedralComplex) -> None:
    failure = check_powerset(broken.shifted_map(xor, 1)).failure
    assert failure == (
        "region 10 has the map W = ((2, 2)), b = 2, the powerset method W = ((2, 2)), b = 1"
    )


def test_moved_vertex(xor: PolyhedralComplex) -> None:
    failure = check_powerset(broken.moved_vertex(xor, (0, -1, 1), (0, -3, 1), [0])).failure
    assert failure == (
        "region 00: only one method has the generator (0, -3, 1) (homogeneous, t last)"
    )


def test_neighbours(xor: PolyhedralComplex) -> None:
    wrong = broken.rebuilt(xor)
    wrong.adjacencies = xor.adjacencies[:1]
    failure = check_powerset(wrong).failure
    assert failure == "only one method has regions 10 and 11 as neighbours"


@pytest.mark.parametrize("width", [12, 70])
def test_too_large(width: int) -> None:
    wide = regions(Network([([[1]] * width, range(width), "relu"), ([[1] * width], [0], "abs")]))
    result = check_powerset(wide, Effort(budget=1))
    assert result.status == "not applicable"
    assert "exact linear programs would take" in result.evidence
