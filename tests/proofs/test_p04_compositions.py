"""The proof on compositions refuses what is not so."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import broken
from exactpwl import gallery, regions
from exactpwl.construct import LinePiece, line_pieces, one_layer
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p04_compositions as theorem
from proofs.composition_figures import corners
from proofs.second_differences import second_difference


@pytest.fixture
def document() -> Document:
    return Document("altered")


def test_pieces_of_another_composition_do_not_fit(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    tent, hat = gallery.get("tent"), gallery.get("hat2d")
    right = theorem.full_pieces(tent, hat)
    wrong = theorem.full_pieces(gallery.get("sawtooth:2"), hat)
    for found in (wrong, right[-1:], []):
        monkeypatch.setattr(theorem, "full_pieces", lambda *_, found=found: found)
        with pytest.raises(ProofError, match="`tent` after `hat2d`"):
            theorem.composition(document, [(tent, hat)])


def test_fewer_regions_than_patterns_are_not_enough(document: Document) -> None:
    with pytest.raises(ProofError, match="`xor`: at most 1 regions"):
        theorem.at_most(document, {"xor": gallery.get("xor")}, lambda k: k - 1)


def test_more_than_two_to_the_n_are_not_reached(document: Document) -> None:
    with pytest.raises(ProofError, match="so it is"):
        theorem.at_most(document, {"xor": gallery.get("xor")}, lambda k: k + 1)


def test_a_wrong_map_has_other_differences(document: Document) -> None:
    tilted = broken.tilted_map(regions(gallery.get("xor")), 1, 0)
    with pytest.raises(ProofError, match="on each facet"):
        theorem.second_derivative(document, {"xor": tilted})


def test_the_second_difference_is_zero_inside_a_piece_only() -> None:
    tent, x = gallery.get("tent"), (Fraction(1, 4),)
    assert second_difference(tent, x, (1,), Fraction(1, 4)) == 0
    assert second_difference(tent, x, (1,), Fraction(1, 2)) == Fraction(-1, 2)


@pytest.mark.parametrize(("slope", "constant"), [(1, 1), (0, 0)], ids=["jump", "no bend"])
def test_at_a_knot_only_the_slope_changes(document: Document, slope: int, constant: int) -> None:
    zero = Fraction(0)
    two = [
        LinePiece(None, zero, zero, zero),
        LinePiece(zero, None, Fraction(slope), Fraction(constant)),
    ]
    with pytest.raises(ProofError, match="at \\$x = 0"):
        theorem.slopes_jump(document, two)


def test_the_error_has_its_own_rate(document: Document) -> None:
    with pytest.raises(ProofError, match="the largest error"):
        theorem.parabola(document, (1, 2), Fraction(1, 5))
    with pytest.raises(ProofError, match="no \\$n\\$ pieces are closer"):
        theorem.no_closer(document, Fraction(1, 9))
    with pytest.raises(ProofError, match="so it is"):
        theorem.kink_between_nodes(document, (2, 3), Fraction(1, 3))


def test_the_distance_from_a_parabola_is_found_at_ends_and_in_between() -> None:
    line = one_layer(0, [(1, 1, 0)])
    assert theorem.error_for_square(line) == Fraction(1, 4)
    assert theorem.error_for_square(one_layer(2, [])) == 2


def test_the_figures_are_drawn(tmp_path: Path) -> None:
    found = theorem.figures(tmp_path)
    assert [path.name for path in found] == ["second_derivative.svg", "error_against_pieces.svg"]
    assert all(path.read_text(encoding="utf-8").startswith("<?xml") for path in found)


def test_corners_are_knots_and_a_step_beside_them() -> None:
    relu = line_pieces(one_layer(0, [(1, 1, 0)]), [(-1, 1)])
    assert corners(relu, Fraction(1, 4)) == [-1, Fraction(-1, 4), 0, Fraction(1, 4), 1]
