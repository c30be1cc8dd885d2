"""Domains: reading, membership, preimages, messages."""

from fractions import Fraction

import pytest

from exactpwl import AffineMap, Domain
from exactpwl.errors import DomainError


def test_rows_are_primitive_and_unique() -> None:
    domain = Domain.polyhedron([[2, 4], [1, 2], [0, 0]], [6, 3, 0])
    assert domain.rows == (((-1, -2), 3),)


def test_a_false_row_without_variables() -> None:
    with pytest.raises(DomainError, match="row 0 reads 0 <= -1: the domain is empty"):
        Domain.polyhedron([[0, 0]], [-1])


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ([[1, 0], [1]], [0, 0], "row 1: 2 coefficients are required, got 1"),
        ([[1, 0]], [0, 0], "as many bounds as rows are required, got 2 and 1"),
    ],
)
def test_ragged(a: list[list[int]], b: list[int], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        Domain.polyhedron(a, b)


def test_box_round_trip() -> None:
    bounds = (("-1/2", 1), (0, "0.25"))
    box = Domain.box(bounds)
    assert box.as_box() == ((Fraction(-1, 2), Fraction(1)), (Fraction(0), Fraction(1, 4)))
    assert str(box) == "the box [-1/2, 1] x [0, 1/4]"


@pytest.mark.parametrize("other", [Domain.whole(2), Domain.polyhedron([[1, 1]], [1])])
def test_what_is_no_box(other: Domain) -> None:
    assert other.as_box() is None
    assert other.is_whole_space == (not other.rows)


def test_reversed_box_names_the_coordinate() -> None:
    with pytest.raises(DomainError, match=r"got \[1, 0\] for coordinate 1"):
        Domain.box([(0, 1), (1, 0)])


def test_preimage_under_an_embedding() -> None:
    line = AffineMap.of([[1], [1]], [0, 0])
    assert Domain.box([(0, 1), (-1, "1/2")]).preimage(line).contains([Fraction(1, 4)], strict=True)
    assert str(Domain.whole(2)) == "R^2"
    assert str(Domain.polyhedron([[1, 1]], [1])) == "a polyhedron of R^2 with 1 inequality"
