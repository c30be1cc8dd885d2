"""One region: its witness, and what lies behind its facets."""

from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Kink, Network, gallery, regions
from strategies import domains, networks


@given(st.data())
def test_the_interior_point_is_inside(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2))
    found = regions(network, data.draw(domains(network.input_dimension)))
    for region in found.regions:
        assert region.contains(region.interior_point, strict=True)


def test_the_interior_point_is_as_short_as_a_vertex() -> None:
    """The mean of the vertices would have the product of all their denominators."""
    for region in regions(gallery.get("rings")).regions:
        longest = max(entry.bit_length() for g in region.generators for entry in g)
        assert max(map(int.bit_length, region.interior_vector)) <= longest + 16


def test_every_kink_behind_a_facet_is_told() -> None:
    """x = 0 is a kink of the first layer, upside down as well, and of the second."""
    network = Network([([[1], [-2], [1]], [0, 0, 3], "relu"), ([[5, 0, 0]], [0], "relu")])
    behind = [facet.inequality.kinks for r in regions(network).regions for facet in r.facets]
    line = (Kink(0, 0, 0), Kink(0, 1, 0))
    assert behind == [(Kink(0, 2, 0),), line, (Kink(0, 2, 0),), (*line, Kink(1, 0, 0))]
