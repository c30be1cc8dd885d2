"""The proof on counting regions refuses what is not so."""

from __future__ import annotations

import pytest
from sympy import Expr, Integer

from exactpwl.errors import ProofError
from exactpwl.proving import Document
from exactpwl.theory import Arrangement
from proofs import p02_counting_regions as theorem
from proofs.arrangements import (
    Row,
    T,
    arrangement,
    deletion,
    random_arrangements,
    restriction,
    whitney,
)

N = theorem.N


@pytest.fixture
def document() -> Document:
    return Document("altered")


@pytest.mark.parametrize("extra", [0, 2])
def test_a_line_adds_one_region_more_than_it_has_crossings(document: Document, extra: int) -> None:
    with pytest.raises(ProofError, match="not so for line 1"):
        theorem.adding_a_line(document, [(1, 0, 0), (0, 1, 0)], extra)


def test_a_line_that_is_there_adds_nothing(document: Document) -> None:
    with pytest.raises(ProofError, match="not so for line 2"):
        theorem.adding_a_line(document, [(1, 0, 0), (2, 0, 0)])


def test_concurrent_and_parallel_lines_obey_the_lemma(document: Document) -> None:
    theorem.adding_a_line(document, [(1, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 1), (1, 1, 1)])


@pytest.mark.parametrize("formula", [(N**2 + N) / 2, (N**2 + N + 2) / 2 + N * (N - 1), N + 1])
def test_another_formula_for_lines_is_refused(document: Document, formula: Expr) -> None:
    with pytest.raises(ProofError, match="the induction"):
        theorem.central_polygonal_numbers(document, formula)


def test_a_formula_with_its_own_growth_does_not_pass(document: Document) -> None:
    """The step would hold for any formula, if the growth were its own."""
    with pytest.raises(ProofError, match="two forms"):
        theorem.central_polygonal_numbers(document, N + 1, Integer(1))


def test_another_formula_for_planes_is_refused(document: Document) -> None:
    with pytest.raises(ProofError, match="goes on"):
        theorem.cake_numbers(document, (N**3 + 5 * N + 6) / 6 + N)


def test_eulers_relation_needs_all_faces(document: Document) -> None:
    with pytest.raises(ProofError, match="Euler's relation for \\$d = 1"):
        theorem.faces(document, lambda k: theorem.generic(k) + int(k == 0))


@pytest.mark.parametrize("wrong", [lambda a: whitney(a) + T, lambda a: T**a.dimension])
def test_another_polynomial_counts_no_regions(
    document: Document, wrong: theorem.Polynomial
) -> None:
    with pytest.raises(ProofError, match="the regions are"):
        theorem.zaslavsky(document, random_arrangements(4), wrong)


def test_a_wrong_count_of_a_pencil_is_refused(document: Document) -> None:
    pencil: list[Row] = [(1, 0, 0), (0, 1, 0), (1, 1, 0)]
    with pytest.raises(ProofError, match="by the polynomial 6 and 0"):
        theorem.degenerate(document, {"three lines through a point": (pencil, 7, 1)})


def test_deletion_and_restriction_of_parallel_and_equal_traces() -> None:
    given: Arrangement = arrangement([(0, 1, 0), (0, 1, 1), (1, 1, 0), (1, 0, 0)], 2)
    assert deletion(given).hyperplanes == given.hyperplanes[:3]
    assert restriction(given) == arrangement([(1, 0), (1, 1)], 1)
