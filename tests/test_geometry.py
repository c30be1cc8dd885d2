"""Combinatorics of one cell: facets from incidences, volumes by triangulation."""

from fractions import Fraction
from itertools import product
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Domain, Network, pattern_polyhedron, regions
from strategies import boxes, networks


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_volume_of_cube_simplex_and_cross_polytope(dimension: int) -> None:
    flat = Network([([[0] * dimension], [0], "relu")])
    cube = regions(flat, [(0, "1/2")] * dimension)
    assert cube.regions[0].volume == Fraction(1, 2**dimension)
    identity = [[-int(i == j) for j in range(dimension)] for i in range(dimension)]
    simplex = Domain.polyhedron([*identity, [1] * dimension], [0] * dimension + [1])
    assert regions(flat, simplex).regions[0].volume == Fraction(1, factorial(dimension))
    signs = list(product((-1, 1), repeat=dimension))
    cross = Domain.polyhedron(signs, [1] * len(signs))
    assert regions(flat, cross).regions[0].volume == Fraction(2**dimension, factorial(dimension))


@given(st.data())
def test_volumes_add_up(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=4))
    box = data.draw(boxes(network.input_dimension))
    whole = Fraction(1)
    for low, high in box.as_box() or ():
        whole *= high - low
    assert sum(r.volume or 0 for r in regions(network, box).regions) == whole


def test_unbounded_regions_have_no_volume() -> None:
    found = regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")]))
    assert [r.volume for r in found.regions] == [None] * 4
    strip = regions(Network([([[1, 0], [1, 0]], [0, -1], "relu")]))
    assert [(r.is_bounded, r.volume) for r in strip.regions] == [(False, None)] * 3


@given(st.data())
def test_facets_are_the_irredundant_inequalities(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3))
    for region in regions(network).regions:
        cell = pattern_polyhedron(network, region.pattern)
        rows = {(f.inequality.normal, f.inequality.offset) for f in region.facets}
        assert rows == {(q.normal, q.offset) for q in cell.irredundant}
        assert region.is_bounded == cell.polyhedron.is_bounded


def test_a_facet_names_every_kink_behind_it() -> None:
    """Three coincident lines, one reversed: one facet, three kinks, and all of them flip."""
    found = regions(Network([([[1, 0], [2, 0], [-1, 0]], [0, 0, 0], "relu")]))
    ((facet,), _) = (r.facets for r in found.regions)
    assert [k.neuron for k in facet.inequality.kinks] == [0, 1, 2]
    assert found.flips(0, 1) == ((0, 0), (0, 1), (0, 2))
    edge = found.graph.edges[found.cells[0].pattern, found.cells[1].pattern]
    assert edge["flips"] == ((0, 0), (0, 1), (0, 2))
    assert edge["vertices"] == ((0, 0),)
