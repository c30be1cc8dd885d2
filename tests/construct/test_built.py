"""The proof itself: it finds what is equal, names where it is not, and leaves nothing out."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alterations import alterations
from exactpwl import AffineMap, Domain, Network, construct, gallery
from exactpwl.certificate import Equal, certify_equality
from exactpwl.construct.built import Cell, Target, domain_of, leftover, network_cells
from exactpwl.errors import DimensionError
from strategies import full_polyhedra, networks, points, relu_networks


def network_target(network: Network, domain: Domain | None = None) -> Target:
    chosen = domain or Domain.whole(network.input_dimension)
    return Target("the network", chosen, lambda: network_cells(network, chosen), is_covered=True)


@given(networks(inputs=st.just(2), outputs=st.just(1)))
def test_a_network_is_itself(network: Network) -> None:
    found = construct.compare(network, network_target(network))
    assert found
    assert found.cells == found.regions


@given(relu_networks(inputs=st.just(2), outputs=st.just(1)), st.data())
def test_the_verdict_is_the_certificate_s(network: Network, data: st.DataObject) -> None:
    altered = data.draw(st.sampled_from(list(alterations(network))))
    found = construct.compare(altered, network_target(network))
    claim = certify_equality(altered, network).claim
    assert bool(found) == isinstance(claim, Equal)
    if not found:
        assert found.values == (altered(found.point), network(found.point))
        assert found.values[0] != found.values[1]


def test_a_difference_far_away_is_found_and_named() -> None:
    """The two differ only beyond 1000, by a slope of 1/1000."""
    xor = gallery.get("tent")
    far = construct.add(
        [xor, construct.from_points([(0, 0), (1000, 0), (1001, "1/1000")]).network]
    ).network
    found = construct.compare(far, network_target(xor))
    assert not found
    assert found.point is not None
    assert found.point[0] > 1000


def test_a_part_of_the_domain_without_a_cell_is_a_failure() -> None:
    zero = AffineMap.of([[0]], [0])
    half = [Cell(domain_of([((Fraction(1),), Fraction(0))], 1), zero)]
    network = Network([([[0]], [0], "linear")])
    found = construct.compare(network, Target("half of zero", Domain.whole(1), lambda: half))
    assert not found
    assert found.point is not None
    assert found.point[0] < 0
    assert str(found).startswith("not equal to half of zero: it has no value at -")
    whole = Target("zero", Domain.whole(1), lambda: half, elsewhere=zero)
    assert construct.compare(network, whole)
    one = Target("one elsewhere", Domain.whole(1), lambda: half, elsewhere=AffineMap.of([[0]], [1]))
    assert not construct.compare(network, one)


def test_other_sizes_are_refused() -> None:
    target = construct.from_points([(0, 0), (1, 1)]).target
    with pytest.raises(DimensionError, match="inputs and 1 outputs is required"):
        construct.compare(gallery.get("xor"), target)
    two = Network([([[1], [1]], [0, 0], "linear")])
    with pytest.raises(DimensionError, match="got one with 1 and 2"):
        construct.compare(two, target)


@given(st.lists(full_polyhedra(2), max_size=3), points(2))
def test_what_is_left_is_what_no_polyhedron_has(parts: list, point: tuple) -> None:
    left = leftover(Domain.whole(2), [part.rows for part in parts])
    if any(part.contains(point) for part in parts):
        assert not any(piece.contains(point, strict=True) for piece in left)
    else:
        assert any(piece.contains(point) for piece in left)
    inside = [piece for piece in left if piece.contains(point, strict=True)]
    assert len(inside) <= 1
