"""Witnesses in their own region and in no other."""

import pytest

import broken
from exactpwl import Domain, Network, PolyhedralComplex, Region, regions
from exactpwl.checks import Effort, check_witnesses

STEPS = regions(Network([([[1], [1]], [-4, -5], "relu")]), [(0, 6)])
"""The intervals [0, 4], [4, 5] and [5, 6]."""


def test_each_in_its_own(deep: PolyhedralComplex) -> None:
    result = check_witnesses(deep)
    assert (result.status, result.checked) == ("passed", 13)
    assert result.evidence == (
        "strictly in their own region: all 13 witnesses; without another's witness: all 13 regions"
    )


def test_lineality_and_one_region() -> None:
    for weight in ([[0, 1]], [[1, 0]], [[0, 0]]):
        assert check_witnesses(regions(Network([(weight, [1], "relu")]))).passed


def test_wrong_pattern(deep: PolyhedralComplex) -> None:
    failure = check_witnesses(broken.swapped_patterns(deep, 0, 1)).failure
    assert failure == "region 010|01: the witness (-1, -1) has the pattern 000|00"


def test_same_pattern_twice(deep: PolyhedralComplex) -> None:
    failure = check_witnesses(broken.doubled_region(deep, 3)).failure
    assert failure == f"regions 3 and 13 both have pattern {deep.cells[3].pattern}"


def test_witness_on_a_kink(xor: PolyhedralComplex) -> None:
    failure = check_witnesses(broken.moved_vertex(xor, (0, -1, 1), (1, -1, 1))).failure
    assert failure == "region 00: the witness (1, -2) lies on the kink of layer 0, neuron 0"


def test_witness_outside_the_domain(boxed: PolyhedralComplex) -> None:
    smaller = broken.rebuilt(boxed, domain=Domain.box([(-1, 2), (-2, 2)]))
    failure = check_witnesses(smaller).failure
    assert failure == (
        "region 000|00: the witness (-1, -1) is not in the interior of the box [-1, 2] x [-2, 2]"
    )


def test_witness_not_inside_the_facets(monkeypatch: pytest.MonkeyPatch) -> None:
    """[0, 4] becomes [0, 1], and 2 is taken for its witness: only the pattern is right."""
    shrunk = broken.moved_vertex(STEPS, (4, 1), (1, 1), [0])
    monkeypatch.setattr(Region, "interior_vector", (2, 1))
    failure = check_witnesses(shrunk).failure
    assert failure == "region 00: the witness 2 is not strictly inside the facet on x-1 = 0"


def test_region_that_swallows_another_witness() -> None:
    """[0, 4] becomes [0, 5]: its own witness stays inside, that of [4, 5] is inside as well."""
    swallowing = broken.moved_vertex(STEPS, (4, 1), (5, 1), [0])
    failure = check_witnesses(swallowing).failure
    assert failure == "the witness 9/2 of region 10 lies in region 00 as well"


def test_samples_are_named(deep: PolyhedralComplex) -> None:
    result = check_witnesses(deep, Effort(budget=3e-4, seed=7))
    assert result.status == "passed"
    assert "region: 2 of 13 witnesses, chosen by seed 7;" in result.evidence


def test_no_region_at_all(deep: PolyhedralComplex) -> None:
    assert not check_witnesses(broken.rebuilt(deep, cells=())).passed
