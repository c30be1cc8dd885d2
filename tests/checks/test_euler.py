"""Euler's relation for all faces, and for the bounded ones over the whole space."""

import pytest

import broken
from exactpwl import Network, PolyhedralComplex, regions
from exactpwl.checks import Effort, check_euler


def test_whole_space(deep: PolyhedralComplex) -> None:
    result = check_euler(deep)
    assert (result.status, result.checked) == ("passed", 37)
    assert result.evidence == (
        "f = (6, 18, 13): 6 - 18 + 13 = 1; bounded faces (6, 8, 3): 6 - 8 + 3 = 1"
    )


def test_domain_says_that_bounded_faces_have_no_relation(boxed: PolyhedralComplex) -> None:
    evidence = check_euler(boxed).evidence
    assert evidence.endswith("no relation for the bounded faces over a domain")


@pytest.mark.parametrize("dimension", [1, 2, 3])
def test_lineality(dimension: int) -> None:
    weight = [[1] + [0] * (dimension - 1)]
    assert check_euler(regions(Network([(weight, [0], "relu")]))).passed


def test_missing_region(deep: PolyhedralComplex) -> None:
    failure = check_euler(broken.missing_region(deep, 1)).failure
    assert failure == "f = (6, 18, 12) has the alternating sum 6 - 18 + 12 = 0, not 1"


def test_facets_that_are_no_adjacencies(xor: PolyhedralComplex) -> None:
    failure = check_euler(broken.doubled_region(xor, 1)).failure
    assert failure == "f_1 = 2, but 0 adjacencies"


def test_direction_taken_for_a_point() -> None:
    cross = regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")]))
    failure = check_euler(broken.moved_vertex(cross, (1, 0, 0), (1, 0, 1))).failure
    assert failure == "f = (2, 6, 4) has the alternating sum 2 - 6 + 4 = 0, not 1"


def test_bounded_faces(deep: PolyhedralComplex) -> None:
    wrong = broken.rebuilt(deep)
    wrong.faces.f_vector_bounded = (6, 8, 2)
    failure = check_euler(wrong).failure
    assert failure == "bounded f = (6, 8, 2) has the sum 6 - 8 + 2 = 0, not 1"


def test_too_many_faces(deep: PolyhedralComplex) -> None:
    assert check_euler(deep, Effort(budget=1e-6)).status == "not applicable"
