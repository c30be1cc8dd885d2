"""The proof on continuity refuses what jumps, and what does not."""

from __future__ import annotations

from fractions import Fraction

import pytest

import broken
from exactpwl import PiecewiseFunction, gallery, regions
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p03_continuity as theorem

Pieces = tuple[tuple[Fraction, Fraction], ...]


@pytest.fixture
def document() -> Document:
    return Document("altered")


def test_an_activation_with_a_gap_is_refused(document: Document) -> None:
    gap: Pieces = ((Fraction(0), Fraction(0)), (Fraction(1), Fraction(1)))
    with pytest.raises(ProofError, match="the 2 pieces of relu meet"):
        theorem.activations(document, {"relu": gap})


def test_a_value_that_jumps_at_a_facet_is_refused(document: Document) -> None:
    torn = broken.shifted_map(regions(gallery.get("xor")), 1)
    with pytest.raises(ProofError, match="not between regions 0 and 1"):
        theorem.facets(document, {"xor": torn})


def test_a_slope_that_changes_along_a_facet_is_refused(document: Document) -> None:
    torn = broken.tilted_map(regions(gallery.get("hat2d")), 3, 0)
    with pytest.raises(ProofError, match="differ by a multiple"):
        theorem.facets(document, {"hat2d": torn})


def test_pieces_that_disagree_are_not_pasted(document: Document) -> None:
    torn = broken.shifted_map(regions(gallery.get("hat2d")), 0)
    with pytest.raises(ProofError, match="one continuous function"):
        theorem.pasting(document, torn)


def test_a_continuous_function_does_not_jump(document: Document) -> None:
    whole = PiecewiseFunction(
        [[theorem.LEFT], [theorem.RIGHT]], [([[-1, 0]], [0]), ([[1, 0]], [0])]
    )
    with pytest.raises(ProofError, match="abs: not continuous"):
        theorem.jumps(document, {"abs": (whole, Fraction(0))})


def test_a_jump_has_one_size(document: Document) -> None:
    name, (function, size) = next(iter(theorem.TORN.items()))
    with pytest.raises(ProofError, match="the value jumps by 2"):
        theorem.jumps(document, {name: (function, size + 1)})


@pytest.mark.parametrize("bound", ["1/3", 1])
def test_ramps_stay_half_of_the_jump_away(document: Document, bound: str | int) -> None:
    with pytest.raises(ProofError, match="found 1/2 and 0"):
        theorem.half_of_the_jump(document, bound)
