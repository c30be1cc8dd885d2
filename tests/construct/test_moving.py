"""What moving one number changes: exactly where, and by how much."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactpwl import Network, construct, gallery
from exactpwl.errors import NetworkError, OptionError
from strategies import rationals

ZIGZAG = construct.from_points([(-1, -1), ("-1/2", 1), (0, -1), (1, 0)]).network
neurons = st.tuples(rationals(3), rationals(2), rationals(3))


def test_the_first_weight_moves_all_and_the_last_one_the_last_segment() -> None:
    moves = [construct.move(ZIGZAG, j, output_weight=20) for j in range(3)]
    assert [move.segments for move in moves] == [(1, 2, 3), (2, 3), (3,)]
    assert [move.changed[0].left for move in moves] == [-1, Fraction(-1, 2), 0]
    assert str(moves[2]) == "unchanged for x <= 0, changed by 15x for x >= 0"


def test_a_bias_moves_a_breakpoint_and_lifts_the_rest() -> None:
    found = construct.move(ZIGZAG, 0, bias=0)
    assert [(p.slope, p.constant) for p in found.difference] == [(0, 0), (-4, -4), (0, -4)]
    assert [p.right for p in found.difference] == [-1, 0, None]


def test_moving_a_number_to_where_it_is_changes_nothing() -> None:
    found = construct.move(ZIGZAG, 1, output_weight=-8)
    assert (found.changed, found.segments, str(found)) == ((), (), "unchanged everywhere")
    assert found.after == ZIGZAG


@given(
    st.lists(neurons, min_size=1, max_size=4),
    st.sampled_from(["output_weight", "bias", "weight"]),
    rationals(3),
    rationals(9),
    st.data(),
)
def test_the_difference_is_the_difference(
    layer: list, what: str, new: Fraction, x: Fraction, data: st.DataObject
) -> None:
    network = construct.one_layer(1, layer)
    j = data.draw(st.integers(0, len(layer) - 1))
    found = construct.move(network, j, **{what: new})
    piece = next(
        p
        for p in found.difference
        if (p.left is None or p.left <= x) and (p.right is None or x <= p.right)
    )
    change = found.after([x])[0] - network([x])[0]
    assert change == piece.slope * x + piece.constant
    a, w, b = layer[j]
    assume(what == "output_weight" and w and new != a)
    (moved,) = found.changed
    assert moved.left == (-b / w if w > 0 else None)
    assert moved.right == (-b / w if w < 0 else None)


def test_the_formula_and_the_rays() -> None:
    assert [ray.breakpoint for ray in construct.rays(ZIGZAG)] == [-1, Fraction(-1, 2), 0]
    assert construct.formula(construct.one_layer(0, [(-1, 2, 3)])) == "-relu(2x+3)"
    assert construct.formula(construct.one_layer(0, [(0, 2, 3)])) == "0"
    assert construct.formula(construct.one_layer(Fraction(1, 2), [])) == "1/2"
    constant = construct.rays(construct.one_layer(0, [("1/2", 0, 3)]))[0]
    assert (constant.breakpoint, str(constant)) == (None, "(1/2) relu(3)")


@pytest.mark.parametrize(
    "network",
    [
        gallery.get("xor"),
        gallery.get("sawtooth:2"),
        Network([([[1]], [0], "abs"), ([[1]], [0], "linear")]),
        Network([([[1]], [0], "relu")]),
    ],
)
def test_other_shapes_are_refused(network: Network) -> None:
    with pytest.raises(NetworkError, match="at most one hidden layer of ReLUs"):
        construct.rays(network)


def test_what_cannot_be_moved_is_refused() -> None:
    with pytest.raises(OptionError, match="the ReLUs are 0 to 2, got 3"):
        construct.move(ZIGZAG, 3, bias=1)
    with pytest.raises(OptionError, match="there is no ReLU, got 0"):
        construct.move(construct.one_layer(1, []), 0, bias=1)
    with pytest.raises(OptionError, match="got 0 of them"):
        construct.move(ZIGZAG, 0)
    with pytest.raises(OptionError, match="got 2 of them"):
        construct.move(ZIGZAG, 0, bias=1, weight=1)
