"""The proof on one hidden layer refuses what is not so."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exactpwl import Network, gallery
from exactpwl.construct import LinePiece, from_points, line_pieces, one_layer
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import p05_one_hidden_layer as theorem
from proofs.one_variable import changes

HALF = Fraction(1, 2)


@pytest.fixture
def document() -> Document:
    return Document("altered")


@pytest.mark.parametrize(
    "neurons",
    [
        [(4, 1, 1), (-8, 1, HALF), (4, 1, 0)],
        [(4, 1, 1), (-8, 1, 0), (5, 1, 0)],
        [(4, 1, 1), (-8, 1, HALF)],
    ],
    ids=["weight", "knot", "fewer"],
)
def test_another_network_is_not_the_example(
    document: Document, neurons: list[tuple[Fraction, int, Fraction]]
) -> None:
    with pytest.raises(ProofError, match="weights of the construction"):
        theorem.example(document, theorem.EXAMPLE, one_layer(-1, neurons))


def test_the_sum_telescopes_with_its_own_weights_only() -> None:
    assert theorem.telescopes(4, 3)
    assert theorem.telescopes(4, 1, weight=2)
    assert not theorem.telescopes(4, 3, weight=2)


def test_a_layer_can_have_one_piece_more_than_neurons(document: Document) -> None:
    with pytest.raises(ProofError, match=r"at most \$M \+ 0\$ pieces"):
        theorem.at_least(document, theorem.random_layers(5), spare=0)


def test_two_layers_have_more_pieces(document: Document) -> None:
    with pytest.raises(ProofError, match=r"at most \$M \+ 1\$ pieces"):
        theorem.at_least(document, [gallery.get("sawtooth:2")])


def test_the_example_cannot_do_with_two(document: Document) -> None:
    with pytest.raises(ProofError, match="2\\$ ReLUs are enough"):
        theorem.orientations(document, theorem.EXAMPLE, fewer=True)


@pytest.mark.parametrize("points", [theorem.FLAT_START, theorem.VALLEY])
def test_where_one_can_be_saved_it_is(
    document: Document, points: list[tuple[Fraction, Fraction]]
) -> None:
    with pytest.raises(ProofError, match="2\\$ ReLUs are not enough"):
        theorem.orientations(document, points, fewer=False)


def test_pieces_of_the_line_and_of_an_interval() -> None:
    zero, one = Fraction(0), Fraction(1)
    relu: Network = one_layer(0, [(1, 1, 0)])
    assert line_pieces(relu) == [
        LinePiece(None, zero, zero, zero),
        LinePiece(zero, None, one, zero),
    ]
    assert line_pieces(relu, [(-1, 1)])[1] == LinePiece(zero, one, one, zero)
    assert line_pieces(one_layer(2, [])) == [LinePiece(None, None, zero, Fraction(2))]


def test_random_points_change_their_slope_everywhere() -> None:
    for seed in range(50):
        points = theorem.random_points(seed)
        assert all(changes(points))
        assert from_points(points).network((points[-1][0],)) == (points[-1][1],)
