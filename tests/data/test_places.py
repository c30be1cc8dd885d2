"""Where data points lie, against the regions enumerated and against sampling by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, gallery, occupancy, region_occupancy, regions
from exactpwl.errors import DimensionError, DomainError, OptionError
from exactpwl.maximum import Maximum
from strategies import boxes, networks, points, rationals, relu_networks

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")], name="xor")
GRID = [(Fraction(a, 2), Fraction(b, 2)) for a in range(-4, 5) for b in range(-4, 5)]


def small_points(dimension: int) -> st.SearchStrategy[list[tuple[Fraction, ...]]]:
    return st.lists(st.tuples(*[rationals(2, 2)] * dimension), min_size=1, max_size=8)


@st.composite
def with_maxima(draw: st.DrawFn) -> Network:
    """ReLUs, maxima of what leaves them with ties among them, and a layer of ReLUs."""
    width = draw(st.integers(2, 3))
    first = draw(relu_networks(inputs=st.integers(1, 2), depth=1, outputs=st.just(width)))
    places = st.lists(st.integers(0, width - 1), min_size=1, max_size=3, unique=True)
    groups = draw(st.lists(places, min_size=1, max_size=2))
    weights = [[draw(st.integers(-2, 2)) for _ in groups] for _ in range(2)]
    last = (weights, [draw(st.integers(-2, 2)), 0], "relu")
    return Network([*first.layers, Maximum(groups, width), last])


@given(st.data(), st.one_of(networks(inputs=st.integers(1, 2)), with_maxima()))
def test_places_are_those_of_the_enumeration(data: st.DataObject, network: Network) -> None:
    complex_ = regions(network)
    chosen = data.draw(small_points(network.input_dimension))
    found = region_occupancy(complex_, chosen)
    around = [complex_.locate(point).regions for point in chosen]
    assert [place.status == "inside" for place in found.places] == [len(a) == 1 for a in around]
    for i, region in enumerate(complex_.regions):
        inside = tuple(k for k, a in enumerate(around) if a == (i,))
        touching = tuple(k for k, a in enumerate(around) if i in a and len(a) > 1)
        assert found.members[i] == inside
        assert found.guests[i] == touching
        if inside:
            assert found.touching(region.pattern) == touching
    alone = [
        k
        for k, a in enumerate(around)
        if len(a) == 1 and not any(a[0] in other for j, other in enumerate(around) if j != k)
    ]
    assert list(found.alone) == alone
    assert found.share_alone == Fraction(len(alone), len(chosen))
    assert found.affine_maps == tuple(
        complex_.affine_maps[a[0]] if len(a) == 1 else None for a in around
    )


@given(st.data(), networks(inputs=st.integers(1, 2)))
def test_each_region_holds_is_touched_or_empty(data: st.DataObject, network: Network) -> None:
    complex_ = regions(network, data.draw(boxes(network.input_dimension)))
    found = region_occupancy(complex_, data.draw(small_points(network.input_dimension)))
    assert sorted([*found.holding, *found.touched, *found.empty]) == list(range(len(complex_)))
    assert sum(found.counts) == len(found.inside)
    parts = [*found.inside, *found.on_boundary, *found.outside]
    assert sorted(parts) == list(range(len(found)))


def test_an_identically_vanishing_neuron_is_no_boundary() -> None:
    vanishing = Network([([[1, 0], [0, 0]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    found = occupancy(vanishing, [(1, 0), (0, 0)])
    assert [place.status for place in found.places] == ["inside", "boundary"]
    assert {str(p): i for p, i in found.holders.items()} == {"10": (0,)}


def test_a_neuron_that_vanishes_on_one_region_only() -> None:
    """b = |relu(x)| is zero wherever x < 0, but no boundary passes there."""
    network = Network([([[1]], [0], "relu"), ([[1]], [0], "abs")])
    found = occupancy(network, [(-1,), (0,), (1,)])
    assert [place.status for place in found.places] == ["inside", "boundary", "inside"]
    assert found.distances[0] is not None
    assert found.distances[0].linf == 1


def test_equal_points_are_two_and_not_alone() -> None:
    found = occupancy(XOR, [(1, 1), (1, 1), (-2, 0)])
    assert (found.alone, found.share_alone) == ((2,), Fraction(1, 3))


def test_a_point_on_its_boundary_keeps_another_from_being_alone() -> None:
    assert occupancy(XOR, [(1, 1)]).alone == (0,)
    found = occupancy(XOR, [(1, 1), (0, 0)])
    assert (found.on_boundary, found.alone) == ((1,), ())


def test_points_outside_the_domain_count_for_nothing() -> None:
    found = occupancy(XOR, [(1, 1), (9, 9)], domain=[(-2, 2), (-2, 2)])
    assert (found.outside, found.alone, found.share_alone) == ((1,), (0,), 1)
    assert (found.distances[1], found.affine_maps[1]) == (None, None)
    assert occupancy(XOR, [(9, 9)], domain=[(-2, 2), (-2, 2)]).share_alone is None


def test_a_point_on_the_wall_of_the_domain_is_inside_its_region() -> None:
    found = region_occupancy(regions(XOR, [(-2, 2), (-2, 2)]), [(2, 2)])
    assert (found.inside, found.counts) == ((0,), (0, 0, 1))


def test_a_pattern_of_its_own_does_not_ask_about_boundaries() -> None:
    found = occupancy(XOR, [(1, 1), (0, 0), (-2, 0), (-2, 1), (9, 9)], domain=[(-3, 3), (-3, 3)])
    assert [str(found.places[i].pattern) for i in found.own_pattern] == ["11", "10"]
    assert found.share_own_pattern == Fraction(1, 2)
    assert found.alone == ()
    assert occupancy(XOR, []).share_own_pattern is None


def test_equal_arguments_of_a_maximum_are_a_boundary() -> None:
    """A blank margin: both arguments are the bias, and move apart with the inputs."""
    pooled = Network([([[1, 0], [0, 1]], [1, 1], "relu"), Maximum([[0, 1]])])
    blank, other = occupancy(pooled, [(0, 0), (2, 0)]).places
    assert (blank.status, other.status) == ("boundary", "inside")
    silent = Network([([[1, 0], [0, 1]], [-1, -1], "relu"), Maximum([[0, 1]])])
    found = occupancy(silent, [(0, 0)])
    assert found.inside == (0,)
    (distance,) = found.distances
    assert distance is not None
    assert (distance.linf, len(distance.nearest_linf)) == (1, 2)


def test_a_network_without_kinks_is_one_region() -> None:
    found = region_occupancy(regions(Network([([[1, 2]], [3], "linear")])), GRID)
    assert (found.counts, found.empty, found.alone) == ((81,), (), ())
    assert found.distances[0] is not None
    assert found.distances[0].linf is None


def test_a_box_shows_what_meets_it_and_what_lies_in_it() -> None:
    lines = Network([([[1, 0], [1, 0], [0, 1]], [0, -1, 0], "relu")])
    complex_ = regions(lines)
    found = region_occupancy(complex_, [("1/2", -1), (3, 3), ("1/2", 5)])
    seen = found.in_box([(-1, "3/2"), (-2, -1)])
    assert seen.points == (0,)
    assert {str(complex_.cells[i].pattern) for i in seen.regions} == {"000", "100", "110"}
    assert {str(complex_.cells[i].pattern) for i in seen.holding_there} == {"100"}
    assert seen.holding == seen.holding_there
    assert seen.whole == ()
    bounded = region_occupancy(regions(lines, [(-1, 2), (-1, 1)]), [("1/2", "1/2")])
    assert len(bounded.in_box([(-1, 1), (-1, 1)]).whole) == 4
    with pytest.raises(DomainError):
        bounded.in_box([(7, 8), (7, 8)])


@given(st.data(), networks(inputs=st.integers(1, 2)))
def test_a_box_meets_the_regions_with_an_interior_in_it(
    data: st.DataObject, network: Network
) -> None:
    complex_ = regions(network)
    box = data.draw(boxes(network.input_dimension))
    found = region_occupancy(complex_, data.draw(st.lists(points(network.input_dimension))))
    seen = found.in_box(box)
    from exactpwl.polyhedron import Polyhedron

    for region in complex_.regions:
        rows = [q.row for q in region.inequalities]
        part = Polyhedron(network.input_dimension, (*rows, *box.rows))
        assert (region.index in seen.regions) == (part.status == "full")
        whole = region.is_bounded and all(map(box.contains, region.vertices))
        assert (region.index in seen.whole) == whole


def test_regions_with_points_of_both_classes() -> None:
    complex_ = regions(XOR)
    assert region_occupancy(complex_, [(1, 1), (2, 2), (-3, 0)], [1, -1, 1]).mixed == (2,)
    assert region_occupancy(complex_, [(1, 1), (2, 2)]).mixed == ()


def test_a_trained_network_and_its_data() -> None:
    run = gallery.run("disc-8-8-8")
    complex_ = regions(run.networks[-1])
    found = region_occupancy(complex_, run.points, run.labels)
    assert sum(found.counts) + len(found.on_boundary) == len(run.points)
    assert len(found.holding) + len(found.touched) + len(found.empty) == len(complex_)
    by_sight = [complex_.region_at(point).index for point in run.points[:50]]
    assert all(i in found.members[r] or i in found.guests[r] for i, r in enumerate(by_sight))


def test_errors_teach() -> None:
    with pytest.raises(DimensionError, match="data point 1: a point with 2 coordinates is requ"):
        occupancy(XOR, [(1, 1), (1,)])
    with pytest.raises(DimensionError, match="data point 0: a finite rational number"):
        occupancy(XOR, [(float("nan"), 1)])
    with pytest.raises(OptionError, match="one label for each data point is required, got 1 poi"):
        occupancy(XOR, [(1, 1)], [1, 2])
