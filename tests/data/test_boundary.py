"""Distances to a region's boundary: redundant rows, brute force over facets, degenerate cells."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, occupancy, region_occupancy, region_of_point, regions
from exactpwl.data.boundary import boundary_distance
from exactpwl.errors import DomainError, TooLargeError
from exactpwl.nearest import nearest_point, size
from strategies import networks, rationals

CROSS = Network([([[1, 0], [0, 1], [1, 1]], [0, 0, 0], "relu"), ([[1, 1, 1]], [0], "linear")])


def test_each_norm_has_its_own_nearest_hyperplane() -> None:
    """From (3, 2): x >= 0, y >= 0 and 5x + 5y >= 0 (redundant, and not nearer)."""
    (found,) = occupancy(CROSS, [(3, 2)]).distances
    assert found is not None
    assert (found.linf, found.l1, found.l2_squared) == (2, 2, 4)
    assert [kink.neuron for kink in found.nearest_l2] == [1]


def test_the_norms_are_dual() -> None:
    diagonal = Network([([[3, 4]], [-7], "relu")])
    (found,) = occupancy(diagonal, [(2, 2)]).distances
    assert found is not None
    assert (found.linf, found.l1, found.l2_squared) == (1, Fraction(7, 4), Fraction(49, 25))


@given(st.data(), networks(inputs=st.integers(1, 3)))
def test_distance_to_all_inequalities_is_that_to_the_facets(
    data: st.DataObject, network: Network
) -> None:
    """The nearest point of each facet as a polyhedron, by another way, is as far."""
    complex_ = regions(network)
    point = data.draw(st.tuples(*[rationals(3, 3)] * network.input_dimension))
    found = region_occupancy(complex_, [point])
    (distance,) = found.distances
    assert distance is not None
    if found.on_boundary:
        assert (distance.linf, distance.l1, distance.l2_squared) == (0, 0, 0)
        return
    region = complex_.regions[found.holding[0]]
    if not region.facets:
        assert distance.linf is None
    for norm, value in (
        ("linf", distance.linf),
        ("l1", distance.l1),
        ("l2", distance.l2_squared),
    ):
        sizes = []
        for facet in region.facets:
            ids = facet.generators
            place = nearest_point(
                point,
                complex_.points(ids),
                complex_.directions(ids),
                complex_.lines,
                norm,  # type: ignore[arg-type]
            )
            gap = [a - b for a, b in zip(place, point, strict=True)]
            sizes.append(size(gap, norm))  # type: ignore[arg-type]
        assert min(sizes, default=None) == value


@given(st.data(), networks(inputs=st.integers(1, 3)))
def test_irredundant_inequalities_are_the_facets(data: st.DataObject, network: Network) -> None:
    complex_ = regions(network)
    point = data.draw(st.tuples(*[rationals(3, 5)] * network.input_dimension))
    found = region_occupancy(complex_, [point])
    if found.on_boundary:
        with pytest.raises(DomainError, match="several regions meet; move it"):
            region_of_point(network, point)
        return
    around = region_of_point(network, point)
    region = complex_.regions[found.holding[0]]
    assert around.pattern == region.pattern
    assert around.affine_map == region.affine_map
    rows = {one.row(network.input_dimension) for one in around.irredundant}
    assert rows == {facet.inequality.row for facet in region.facets}
    assert boundary_distance(around.irredundant, point).linf == around.distance.linf


def test_more_than_64_inputs_are_refused_for_facets_only() -> None:
    wide = Network([([[1] * 65, [2] + [1] * 64], [0, 1], "relu")])
    around = region_of_point(wide, [1] * 65)
    assert len(around.inequalities) == 2
    assert around.distance.linf == 1
    with pytest.raises(TooLargeError, match="at most 64 inputs and 200 different inequalities"):
        _ = around.irredundant


def test_breakpoints_beyond_the_piece_do_not_count() -> None:
    hard = Network([([[1]], [0], "hard_tanh")])
    found = occupancy(hard, [(-3,), (0,), (5,)]).distances
    assert [d.linf if d else None for d in found] == [2, 1, 4]
    assert [d.nearest_l1[0].breakpoint if d else None for d in found] == [0, 0, 1]
    assert found[1] is not None
    assert len(found[1].nearest_linf) == 2
