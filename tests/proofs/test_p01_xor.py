"""The proof on XOR refuses what is not so."""

from __future__ import annotations

import pytest

from exactpwl import gallery
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p01_xor

NETWORK = gallery.get("xor")


@pytest.fixture
def document() -> Document:
    return Document("altered")


def test_one_neuron_is_enough_for_or(document: Document) -> None:
    disjunction = {(-1, -1): -1, (-1, 1): 1, (1, -1): 1, (1, 1): 1}
    with pytest.raises(ProofError, match="add up to"):
        p01_xor.one_neuron_is_not_enough(document, disjunction)


@pytest.mark.parametrize("point", [(0, 0), (1, 1), (-1, 0)], ids=["facet", "other cell", "edge"])
def test_a_witness_must_lie_inside(document: Document, point: tuple[int, int]) -> None:
    with pytest.raises(ProofError, match="is a witness of `10`"):
        p01_xor.witnesses(document, NETWORK, {"10": point})


def test_the_empty_pattern_has_no_witness(document: Document) -> None:
    with pytest.raises(ProofError, match="is a witness of `01`"):
        p01_xor.witnesses(document, NETWORK, {"01": (0, 0)})


@pytest.mark.parametrize(
    ("pattern", "multipliers"),
    [("10", (1, 1)), ("00", (1, 1)), ("01", (1, 2)), ("01", (0, 0)), ("01", (-1, -1))],
)
def test_other_multipliers_refute_nothing(
    document: Document, pattern: str, multipliers: tuple[int, int]
) -> None:
    with pytest.raises(ProofError, match=f"so the cell of `{pattern}` is empty"):
        p01_xor.refutation(document, NETWORK, pattern, multipliers)


@pytest.mark.parametrize("count", [2, 4])
def test_there_are_three_regions(document: Document, count: int) -> None:
    with pytest.raises(ProofError, match=f"finds {count} regions as well"):
        p01_xor.conclusion(document, NETWORK, count)


def test_coincident_lines_have_thin_cells(document: Document) -> None:
    rule = {1: ("full", "empty"), 0: ("full", "empty"), -1: ("empty", "full")}
    with pytest.raises(ProofError, match="for \\$s = 0\\$"):
        p01_xor.shifted_lines(document, rule)


@pytest.mark.parametrize(("normal", "empty"), [((1, -1), ("01",)), ((-1, -1), ())])
def test_only_parallel_lines_have_an_empty_pattern(
    document: Document, normal: tuple[int, int], empty: tuple[str, ...]
) -> None:
    with pytest.raises(ProofError, match="the patterns without an interior"):
        p01_xor.turned_lines(document, normal, empty)
