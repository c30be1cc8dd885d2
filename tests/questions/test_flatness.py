"""Flat pieces against slopes by direct evaluation, and against known functions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, Region, gallery, regions
from exactpwl.errors import DimensionError
from exactpwl.questions.flatness import FlatPiece, flat_pieces
from strategies import domains, networks, ternary

small = networks(inputs=st.integers(1, 2), width=3, weights=ternary())


def is_flat_inside(region: Region, network: Network) -> bool:
    """Whether the network says the same at d + 1 independent points of the region."""
    point = region.interior_point
    value = network(point)
    step = Fraction(1)
    for axis in range(len(point)):
        moved = list(point)
        while True:
            moved[axis] = point[axis] + step
            if region.contains(moved):
                break
            step /= 2
        if network(moved) != value:
            return False
    return True


@given(small, st.data())
def test_as_by_evaluation(network: Network, data: st.DataObject) -> None:
    complex_ = regions(network, data.draw(domains(network.input_dimension)))
    found = flat_pieces(complex_)
    flat = {i for piece in found for i in piece.regions}
    assert flat == {r.index for r in complex_.regions if is_flat_inside(r, network)}
    for piece in found:
        for i in piece.regions:
            assert network(complex_.regions[i].interior_point) == piece.value
            assert set(complex_.neighbours[i]) & flat <= set(piece.regions)
        volumes = [complex_.regions[i].volume for i in piece.regions]
        assert piece.volume == (None if None in volumes else sum(volumes))


@given(small, st.data())
def test_flat_pieces_are_constant_linear_regions(network: Network, data: st.DataObject) -> None:
    complex_ = regions(network, data.draw(domains(network.input_dimension)))
    assert {piece.regions for piece in flat_pieces(complex_)} <= set(complex_.linear_regions)


def test_dead_ends_and_steps() -> None:
    """A clipped line is flat on either side, at different heights."""
    clipped = regions(Network([([[1]], [0], "hard_tanh")]), [(-3, 2)])
    assert flat_pieces(clipped) == (
        FlatPiece((Fraction(-1),), (0,), Fraction(2)),
        FlatPiece((Fraction(1),), (2,), Fraction(1)),
    )


def test_pieces_that_meet_in_a_point_are_two() -> None:
    """relu(|x + y| - |x - y|) is flat on two opposite quadrants, which share the origin."""
    rows = [[1, 1], [1, -1]]
    f = Network([(rows, [0, 0], "abs"), ([[1, -1]], [0], "linear")])
    g = Network([([[1]], [0], "relu")]) @ f
    assert len(flat_pieces(regions(g))) == 2
    assert {piece.value for piece in flat_pieces(regions(g))} == {(0,)}


def test_a_constant_network_is_flat_everywhere() -> None:
    constant = regions(Network([([[0, 0]], [2], "relu"), ([[1], [3]], [0, 1], "linear")]))
    assert flat_pieces(constant) == (FlatPiece((Fraction(2), Fraction(7)), (0,), None),)


def test_an_output_may_be_flat_where_the_network_is_not() -> None:
    two = regions(Network([([[1], [-1]], [0, 0], "relu")]))
    assert flat_pieces(two) == ()
    assert [piece.regions for piece in flat_pieces(two, [1, 0])] == [(0,)]
    assert flat_pieces(two, [0, 0]) == (FlatPiece((Fraction(0),), (0, 1), None),)
    with pytest.raises(DimensionError, match="2 coefficients is required"):
        flat_pieces(two, [1])


def test_a_leaky_network_has_none() -> None:
    assert flat_pieces(regions(gallery.get("rings"))) == ()
