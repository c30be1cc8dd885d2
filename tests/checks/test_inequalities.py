"""Regions against the inequalities of their patterns, by their corners and by cdd."""

import pytest

import broken
from exactpwl import Network, PolyhedralComplex, cddlib, regions
from exactpwl.checks import Effort, check_inequalities, inequalities
from exactpwl.errors import MissingDependencyError


def test_all_regions(deep: PolyhedralComplex, boxed: PolyhedralComplex) -> None:
    assert check_inequalities(deep).evidence == (
        "all 13 regions by their corners; by cdd all 13 regions, 36 facets"
    )
    assert check_inequalities(boxed).evidence == (
        "all 13 regions by their corners; by cdd all 13 regions, 50 facets"
    )
    assert check_inequalities(boxed).passed


def test_lineality_and_no_facet() -> None:
    for weight in ([[0, 1]], [[0, 0]]):
        assert check_inequalities(regions(Network([(weight, [1], "relu")]))).passed


def test_wrong_pattern(deep: PolyhedralComplex) -> None:
    failure = check_inequalities(broken.swapped_patterns(deep, 0, 1)).failure
    assert failure == (
        "region 010|01: the generator (0, -1, 0) (homogeneous, t last) "
        "violates inequality 2 of its region"
    )


def test_empty_pattern(xor: PolyhedralComplex) -> None:
    wrong = broken.with_cell(xor, 1, pattern=xor.network.pattern("01"))
    failure = check_inequalities(wrong).failure
    assert failure == (
        "region 01: the generator (0, -1, 1) (homogeneous, t last) "
        "violates inequality 2 of its region"
    )


def test_improper_pattern() -> None:
    """The second neuron is 0 everywhere: it must not be called active."""
    dead = regions(Network([([[1], [0]], [0, 0], "relu")]))
    wrong = broken.with_cell(dead, 1, pattern=dead.network.pattern("11"))
    failure = check_inequalities(wrong).failure
    assert failure == "region 11: its pattern is not proper at layer 0, neuron 1"


def test_forgotten_facet(boxed: PolyhedralComplex) -> None:
    """The corner (-2, -2) forgets that it lies on the domain's lower side."""
    top = boxed.cells[0].tight[0].bit_length() - 1
    failure = check_inequalities(broken.flipped_bit(boxed, 0, 0, top)).failure
    assert failure == (
        "region 000|00: the generator (-2, -2, 1) (homogeneous, t last) "
        "lacks the mark of inequality 3"
    )


@pytest.mark.parametrize("bit", [7, 40])
def test_mark_of_an_inequality_that_is_not_tight(boxed: PolyhedralComplex, bit: int) -> None:
    failure = check_inequalities(broken.flipped_bit(boxed, 0, 0, bit)).failure
    assert failure == (
        "region 000|00: the generator (-2, -2, 1) (homogeneous, t last) has the mark of "
        f"inequality {bit}, which is not tight there"
    )


def test_moved_vertex(xor: PolyhedralComplex) -> None:
    failure = check_inequalities(broken.moved_vertex(xor, (0, -1, 1), (0, -2, 1), [0])).failure
    assert failure == (
        "region 00: the generator (0, -2, 1) (homogeneous, t last) has the mark of inequality 1, "
        "which is not tight there"
    )


def test_sample(deep: PolyhedralComplex) -> None:
    evidence = check_inequalities(deep, Effort(budget=0.005, seed=1)).evidence
    assert "of 13 regions, chosen by seed 1" in evidence


def test_without_cdd(deep: PolyhedralComplex, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise MissingDependencyError("this needs pycddlib\nand more")

    monkeypatch.setattr(cddlib, "_cdd", missing)
    result = check_inequalities(deep)
    assert (result.status, result.checked) == ("not applicable", 0)
    assert result.evidence == "cdd.gmp is missing: this needs pycddlib"


def test_cdd_has_another_opinion(xor: PolyhedralComplex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the corners wrong, cdd would see it: here it is made to forget a row."""

    def forgetful(array: object) -> cddlib.Canonical:
        found = cddlib.canonicalize(array)
        return found._replace(kept=found.kept[1:])

    monkeypatch.setattr(inequalities, "canonicalize", forgetful)
    failure = check_inequalities(xor).failure
    assert failure == "region 00: -x-y-1 >= 0 is a facet but no canonical inequality"


def test_a_facet_on_which_nothing_is_tight(xor: PolyhedralComplex) -> None:
    """The network forgets its second neuron: the wall between 00 and 10 has no reason."""
    other = Network([([[1, 1], [0, 0]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    failure = check_inequalities(broken.rebuilt(xor, network=other, maps=xor.affine_maps)).failure
    assert failure is not None


def test_improper_pattern_by_corners() -> None:
    dead = regions(Network([([[1], [0]], [0, 0], "relu")]))
    wrong = broken.with_cell(dead, 0, pattern=dead.network.pattern("01"))
    failure = check_inequalities(wrong).failure
    assert failure == "region 01: its pattern is not proper at layer 0, neuron 1"
