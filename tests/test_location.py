"""Point location on regions, facets, vertices and with lineality."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, regions
from exactpwl.errors import DimensionError, DomainError
from strategies import networks, points

CROSS = Network([([[1, 0], [0, 1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])


@pytest.mark.parametrize(
    ("point", "count", "dimension"),
    [((1, 1), 1, 2), ((1, 0), 2, 1), ((0, -3), 2, 1), ((0, 0), 4, 0)],
)
def test_faces_of_two_lines(point: tuple[int, int], count: int, dimension: int) -> None:
    found = regions(CROSS).locate(point)
    assert (len(found.regions), found.dimension) == (count, dimension)
    assert found.is_inside == (count == 1)


def test_lineality_counts_in_the_dimension() -> None:
    lines = regions(Network([([[1, 0, 0]], [0], "relu")]))
    assert lines.locate((0, 5, 7)).dimension == 2
    assert lines.locate((1, 5, 7)).dimension == 3


def test_many_coincident_kinks_are_looked_through() -> None:
    """2^12 patterns agree with the signs at 0, two regions contain it."""
    found = regions(Network([([[k] for k in range(1, 13)], [0] * 12, "relu")]))
    assert found.locate([0]).regions == (0, 1)


@given(st.data())
def test_around_a_point_are_exactly_the_regions_that_contain_it(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=4))
    found = regions(network)
    point = data.draw(points(network.input_dimension))
    containing = tuple(r.index for r in found.regions if r.contains(point))
    place = found.locate(point)
    assert place.regions == containing
    assert found.region_at(point).index == containing[0]


def test_outside_the_domain() -> None:
    with pytest.raises(DomainError, match=r"a point of the box .* is required, got \(2, 0\)"):
        regions(CROSS, [(-1, 1), (-1, 1)]).locate((2, 0))


def test_wrong_number_of_coordinates() -> None:
    with pytest.raises(DimensionError, match="2 coordinates is required, got 3"):
        regions(CROSS).locate((0, 0, 0))


def test_pattern_without_a_region() -> None:
    found = regions(Network([([[1], [1]], [0, -1], "relu")]))
    assert found["10"].pattern == ((1, 0),)
    with pytest.raises(KeyError):
        found["01"]
