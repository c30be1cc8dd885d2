"""Functions of one variable: N segments are N ReLUs, and what is said of the points."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alterations import alterations
from exactpwl import construct, gallery
from exactpwl.construct import LinePiece
from exactpwl.errors import DimensionError, NetworkError
from strategies import rationals

ZIGZAG = [(-1, -1), ("-1/2", 1), (0, -1), (1, 0)]

point_lists = st.lists(st.tuples(rationals(6), rationals(4)), min_size=1, max_size=7)


def test_the_zigzag_of_the_tutorial() -> None:
    made = construct.from_points(ZIGZAG)
    hidden, output = made.network.layers
    assert hidden.weight == ((1,), (1,), (1,))
    assert hidden.bias == (1, Fraction(1, 2), 0)
    assert output.weight == ((4, -8, 5),)
    assert output.bias == (-1,)
    assert construct.formula(made.network) == "-1 + 4 relu(x+1) - 8 relu(x+1/2) + 5 relu(x)"
    assert made.notes == ()
    found = made.check()
    assert (bool(found), found.cells, found.regions) == (True, 4, 4)


def test_every_altered_weight_is_refused() -> None:
    made = construct.from_points(ZIGZAG)
    for altered in alterations(made.network):
        found = construct.compare(altered, made.target)
        assert not found
        assert found.point is not None
        assert found.values is not None
        assert altered(found.point) == found.values[0] != found.values[1]


@given(point_lists)
def test_any_points_are_met_or_refused(points: list) -> None:
    values: dict[Fraction, set[Fraction]] = {}
    for x, y in points:
        values.setdefault(x, set()).add(y)
    if any(len(ys) > 1 for ys in values.values()):
        with pytest.raises(NetworkError, match="one value at each place is required"):
            construct.from_points(points)
        return
    made = construct.from_points(points)
    assert made.check()
    assert all(made.network([x]) == (y,) for x, y in points)
    first = min(points)
    assert made.network([first[0] - 5]) == (first[1],)
    segments = len({x for x, _ in points}) - 1
    assert sum(made.network.widths) <= segments


@given(st.sets(rationals(6), min_size=1, max_size=5), st.data())
def test_any_slopes_are_met(knots: set, data: st.DataObject) -> None:
    breakpoints = sorted(knots)
    count = len(breakpoints) + 1
    slopes = data.draw(st.lists(rationals(2), min_size=count, max_size=count))
    place = data.draw(st.tuples(rationals(8), rationals()))
    made = construct.from_slopes(breakpoints, slopes, through=place)
    assert made.check()
    assert made.network([place[0]]) == (place[1],)
    pieces = construct.line_pieces(made.network)
    bends = [i for i, t in enumerate(breakpoints) if slopes[i] != slopes[i + 1]]
    assert [p.slope for p in pieces] == [slopes[0], *(slopes[i + 1] for i in bends)]
    assert [p.left for p in pieces] == [None, *(breakpoints[i] for i in bends)]
    assert sum(made.network.widths) <= len(pieces)


def test_n_segments_take_n_relus_and_n_pieces_on_the_line_too() -> None:
    points = [(i, i * i) for i in range(9)]
    assert construct.from_points(points).network.widths == (8,)
    slopes = construct.from_slopes(range(8), range(1, 10), through=(0, 0))
    assert slopes.network.widths == (9,)


@pytest.mark.parametrize(
    ("points", "notes"),
    [
        ([(1, 0), (0, 0), (2, 1)], ("the points were sorted by x", "the first segment is flat")),
        ([(0, 0), (0, 0), (1, 1)], ("(0, 0) came more than once: merged",)),
        ([(0, 0), (1, 1), (2, 2)], ("(1, 1) is on the line through its neighbours: segments",)),
        ([(0, 0), (1, 0)], ("the first segment is flat: it takes no ReLU",)),
        ([(0, 0), (1, 1)], ()),
    ],
)
def test_what_is_done_to_points_is_said(points: list, notes: tuple[str, ...]) -> None:
    made = construct.from_points(points)
    assert len(made.notes) == len(notes)
    assert all(said.startswith(note) for said, note in zip(made.notes, notes, strict=True))
    assert made.check()


def test_one_point_is_a_constant() -> None:
    made = construct.from_points([(3, 2)])
    assert made.network.widths == ()
    assert made.network([-100]) == (2,)
    assert made.check()


def test_three_points_on_a_line_take_one_relu() -> None:
    assert construct.from_points([(0, 0), (1, 1), (2, 2), (5, 5)]).network.widths == (1,)


def test_wrong_points_are_refused() -> None:
    with pytest.raises(NetworkError, match=r"got 1 and 2 at x = 0; move one of the points"):
        construct.from_points([(0, 1), (1, 1), (0, 2)])
    with pytest.raises(DimensionError, match="at least one point"):
        construct.from_points([])
    with pytest.raises(DimensionError, match="point 1: two coordinates x and y are required"):
        construct.from_points([(0, 1), (0, 1, 2)])


def test_wrong_slopes_are_refused() -> None:
    with pytest.raises(DimensionError, match="2 breakpoints need 3 slopes"):
        construct.from_slopes([0, 1], [1, 2], through=(0, 0))
    with pytest.raises(NetworkError, match="breakpoints in increasing order are required"):
        construct.from_slopes([1, 0], [1, 2, 3], through=(0, 0))
    with pytest.raises(NetworkError, match="got 1 before 1"):
        construct.from_slopes([1, 1], [1, 2, 3], through=(0, 0))
    with pytest.raises(DimensionError, match=r"a point \(x, y\) of the graph"):
        construct.from_slopes([1], [1, 2], through=(0,))


def test_no_breakpoint_is_an_affine_function() -> None:
    made = construct.from_slopes([], [3], through=(1, 1))
    assert (made.network.widths, made.network([0]), bool(made.check())) == ((), (-2,), True)
    flat = construct.from_slopes([5], [2, 2], through=(1, 1))
    assert flat.notes == ("the slope does not change at 5: it is no breakpoint",)


def test_pieces_of_a_network_join_and_are_in_order() -> None:
    pieces = construct.line_pieces(gallery.get("sawtooth:3"), [(0, 1)])
    assert len(pieces) == 8
    for a, b in pairwise(pieces):
        assert a.right == b.left
        assert a.slope * a.right + a.constant == b.slope * b.left + b.constant
    assert construct.line_pieces(construct.one_layer(2, [])) == [LinePiece(None, None, 0, 2)]
    with pytest.raises(DimensionError, match="one input and one output"):
        construct.line_pieces(gallery.get("xor"))
