"""Sections by lines and planes, restrictions, and what a missed domain says."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Domain, Network, regions
from exactpwl.errors import DimensionError, DomainError
from strategies import networks, points

SPACE = Network(
    [([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0], "relu"), ([[1, 1, 1]], [0], "linear")]
)


def test_plane_and_line() -> None:
    whole = regions(SPACE)
    assert len(whole.section((0, 0, 1), [(1, 0, 0), (0, 1, 0)])) == 4
    assert len(whole.section((1, 0, 0), [(-1, 1, 2)])) == 3


def test_a_section_inside_a_wall() -> None:
    assert len(regions(SPACE).section((0, 0, 0), [(1, 0, 0), (0, 1, 0)])) == 4


@given(st.data())
def test_section_is_the_function_on_the_subspace(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3))
    d = network.input_dimension
    origin = data.draw(points(d))
    direction = data.draw(points(d).filter(any))
    cut = regions(network).section(origin, [direction])
    for s in (-2, 0, 3):
        there = [o + s * v for o, v in zip(origin, direction, strict=True)]
        assert cut([s]) == network(there)
    assert len(cut) <= len(regions(network))


def test_directions_must_be_independent_and_fit() -> None:
    whole = regions(SPACE)
    with pytest.raises(DimensionError, match="linearly independent directions are required"):
        whole.section((0, 0, 0), [(1, 1, 1), (2, 2, 2)])
    with pytest.raises(DimensionError, match="directions with 3 coordinates are required"):
        whole.section((0, 0, 0), [(1, 1)])


def test_a_network_with_many_inputs_is_cut_before_its_complex_is_made() -> None:
    d = 300
    weights = [[(i * j) % 7 - 3 for j in range(d)] for i in range(1, 13)]
    network = Network([(weights, [1] * 12, "relu"), ([[1] * 12], [0], "linear")])
    point, directions = [0] * d, [[j % 2 for j in range(d)], [j % 3 for j in range(d)]]
    plane = network.section(point, directions)
    square = Domain.box([(-1, 1)] * d).section(point, directions)
    cut = regions(plane, square)
    assert cut((0, "1/3")) == network([Fraction(j % 3, 3) for j in range(d)])
    assert not square.contains((0, "2/3"))


@pytest.mark.parametrize("height", [1, 2])
def test_section_outside_the_open_domain(height: int) -> None:
    whole = regions(SPACE, [(-1, 1)] * 3)
    with pytest.raises(DomainError, match="misses the interior of the domain"):
        whole.section((0, 0, height), [(1, 0, 0), (0, 1, 0)])


def test_restriction_to_a_polyhedron() -> None:
    above = Domain.polyhedron([[0, 0, -1]], [-1])
    assert len(regions(SPACE).restrict(above)) == 4
    assert len(regions(SPACE, [(-2, 2)] * 3).restrict(above)) == 4
    with pytest.raises(DomainError, match="has no interior"):
        regions(SPACE, [(-1, 1)] * 3).restrict(above)
    assert len(regions(SPACE).restrict([(-1, 1), (-1, 1), (1, 2)])) == 4
    with pytest.raises(DomainError, match=r"domain of R\^3 is required; got one of R\^2: R\^2"):
        regions(SPACE).restrict(Domain.whole(2))
