"""Level sets and bent hyperplanes as polyhedra."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Kink, Network, regions
from exactpwl.errors import DimensionError, OptionError
from strategies import networks

HAT = Network([([[1], [1], [1]], [1, 0, -1], "relu"), ([[1, -2, 1]], [0], "linear")])
XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])


def test_level_set_of_the_hat_has_two_points() -> None:
    assert [p.vertices for p in regions(HAT).level_set("1/2")] == [
        ((Fraction(-1, 2),),),
        ((Fraction(1, 2),),),
    ]


def test_a_level_touched_at_a_vertex_is_listed_once() -> None:
    (top,) = regions(HAT).level_set(1)
    assert (top.dimension, top.vertices, top.regions) == (0, ((Fraction(0),),), (1, 2))


def test_a_plateau_is_a_whole_region() -> None:
    pieces = regions(HAT).level_set(0)
    assert [(p.dimension, p.vertices, p.rays) for p in pieces] == [
        (1, ((Fraction(-1),),), ((-1,),)),
        (1, ((Fraction(1),),), ((1,),)),
    ]


def test_decision_boundary_of_xor_has_two_lines() -> None:
    pieces = regions(XOR).level_set()
    assert [(p.dimension, len(p.regions)) for p in pieces] == [(1, 1), (1, 1)]
    assert all(XOR(p.vertices[0]) == (0,) for p in pieces)


def test_a_level_on_the_domain_boundary_does_not_count() -> None:
    assert regions(HAT, [("1/2", 2)]).level_set("1/2") == ()


def test_functional_between_two_outputs() -> None:
    two = Network([([[1], [-1]], [0, 0], "relu")])
    (piece,) = regions(two).level_set(0, [1, -1])
    assert piece.vertices == ((Fraction(0),),)
    with pytest.raises(DimensionError, match="a coefficient for each of the 2 outputs, got none"):
        regions(two).level_set()
    with pytest.raises(
        DimensionError, match="2 coefficients is required, one for each output, got 1"
    ):
        regions(two).level_set(0, [1])


def test_an_output_that_varies_along_the_lineality_space() -> None:
    """No kink depends on x; the output does, with the same slope in every region."""
    (line,) = regions(Network([([[1, 0]], [0], "linear")])).level_set(5)
    assert (line.dimension, line.vertices, line.lines) == (1, ((5, 0),), ((0, 1),))
    mixed = regions(
        Network([([[0, 1], [1, 0]], [0, 0], ["relu", "linear"]), ([[1, 1]], [0], "linear")])
    )
    pieces = mixed.level_set(3)
    assert sorted((p.dimension, p.regions, p.lines) for p in pieces) == [
        (1, (0,), ()),
        (1, (1,), ()),
    ]
    for piece in pieces:
        ((x, y),), ((dx, dy),) = piece.vertices, piece.rays
        assert mixed.network((x, y)) == mixed.network((x + dx, y + dy)) == (3,)


@given(st.data())
def test_level_pieces_have_the_level(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3, outputs=st.just(1)))
    found = regions(network)
    level = network([0] * network.input_dimension)[0]
    pieces = found.level_set(level)
    assert pieces
    for piece in pieces:
        for vertex in piece.vertices:
            assert network(vertex) == (level,)
            ways = (*piece.rays, *piece.lines)
            shifted = [v + sum(way[i] for way in ways) for i, v in enumerate(vertex)]
            assert network(shifted) == (level,)


@given(st.data())
def test_bent_hyperplane_is_where_the_kink_vanishes(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3))
    found = regions(network)
    for kink in network.kinks:
        maximal = [set(face.generators) for face in found.boundary(kink)]
        assert not any(a < b for a in maximal for b in maximal)
        position = [k for k in network.kinks if k.layer == kink.layer].index(kink)
        layers = sorted({k.layer for k in network.kinks})
        for face in found.faces:
            middle = [
                sum(c) for c in zip(*(found.generators[i] for i in face.generators), strict=True)
            ]
            point = [Fraction(c, middle[-1]) for c in middle[:-1]]
            sign = network.signs_at(point)[layers.index(kink.layer)][position]
            assert (sign == 0) == any(set(face.generators) <= whole for whole in maximal)


def test_no_such_kink() -> None:
    with pytest.raises(OptionError, match="no kink at layer 1, neuron 0"):
        regions(XOR).boundary(Kink(1, 0, 0))
