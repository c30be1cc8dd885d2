"""The order of the counts by definition."""

import broken
from exactpwl import PolyhedralComplex
from exactpwl.checks import Effort, check_definitions


def test_counts(deep: PolyhedralComplex) -> None:
    result = check_definitions(deep)
    assert (result.status, result.evidence) == ("passed", "R1: 13, R2: 13, R4: 12, R5: 12, R6: 11")


def test_doubled_region(deep: PolyhedralComplex) -> None:
    result = check_definitions(broken.doubled_region(deep, 1))
    assert result.status == "failed"
    assert "R1: 13, R2: 14" in str(result.failure)


def test_counts_that_increase(deep: PolyhedralComplex) -> None:
    """More regions than patterns of any dimension, each in every group once."""
    wrong = broken.rebuilt(deep)
    wrong.positions = (deep.positions[0],) * len(deep.generators)
    failure = check_definitions(wrong).failure
    assert failure == "the counts increase (R1: 1, R2: 13, R4: 12, R5: 12, R6: 11)"


def test_group_with_two_maps(deep: PolyhedralComplex) -> None:
    wrong = broken.rebuilt(deep)
    wrong.affine_pieces = (tuple(range(13)),)
    failure = str(check_definitions(wrong).failure)
    assert "of R6 has more than one affine map" in failure


def test_budget(deep: PolyhedralComplex) -> None:
    assert check_definitions(deep, Effort(budget=1e-4)).status == "not applicable"
