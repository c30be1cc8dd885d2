"""Shapes of classes: closed forms, and each class as a superlevel set of its margin."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactpwl import Domain, Network, regions
from exactpwl.errors import DimensionError
from exactpwl.maximum import Maximum
from exactpwl.questions.class_shapes import class_topologies
from exactpwl.questions.topology import topology_at
from strategies import domains, networks

RINGS = Network(
    [
        ([[1, 0], [0, 1]], [0, 0], "abs"),
        ([[1, 1], [0, 0], [-1, -1]], [0, 2, 3], "linear"),
    ]
)
"""|x| + |y|, 2 and 3 - |x| - |y|: the third is largest in the middle, the first far away."""


def test_a_disc_a_ring_and_the_outside() -> None:
    outside, ring, disc = class_topologies(RINGS)
    assert [found.output for found in (outside, ring, disc)] == [0, 1, 2]
    assert outside.shape.betti == ring.shape.betti == (1, 1)
    assert disc.shape.betti == (1, 0)
    assert [part.is_bounded for part in (*outside.components, *ring.components)] == [False, True]
    assert disc.components[0].regions == (0, 1, 2, 3)


def test_in_a_box_the_outside_is_four_corners() -> None:
    outside, ring, _ = class_topologies(RINGS, [(-2, 2)] * 2)
    assert outside.shape.betti == (4, 0)
    assert [part.regions for part in outside.components] == [(0,), (1,), (2,), (3,)]
    assert ring.shape.betti == (1, 1)


def test_equal_outputs_share_the_maximum_and_have_no_class() -> None:
    twice = Network([([[1], [1], [-1]], [0, 0, 0], "linear")])
    first, second, third = class_topologies(twice)
    assert first.shape.betti == second.shape.betti == (0,)
    assert third.shape.betti == (1,)
    assert not first.components


def test_one_output_has_no_classes() -> None:
    with pytest.raises(DimensionError, match="two outputs or more are required"):
        class_topologies(Network([([[1]], [0], "relu")]))


@given(st.data())
def test_against_the_margins(data: st.DataObject) -> None:
    dimension = data.draw(st.integers(1, 3))
    few = st.integers(2, 3)
    network = data.draw(networks(inputs=st.just(dimension), outputs=few, width=3))
    domain = data.draw(domains(dimension))
    assume(len(regions(network, domain)) <= 60)
    for found in class_topologies(network, domain):
        against_margin(network, domain, found.output)


def against_margin(network: Network, domain: Domain, output: int) -> None:
    """f_k - max of the others is positive on class k."""
    found = class_topologies(network, domain)[output]
    others = [j for j in range(network.output_dimension) if j != output]
    maxima = Maximum([[output], others], network.output_dimension)
    margin = regions(Network([*network.layers, maxima, ([[1, -1]], [0], "linear")]), domain)
    expected = topology_at(margin, 0)
    assert found.shape == expected.above
    plain = regions(network, domain)
    parts = [
        (sorted({index_of(plain, margin, i) for i in part.regions}), part.is_bounded)
        for part in expected.components_above
    ]
    assert sorted(parts) == sorted((list(p.regions), p.is_bounded) for p in found.components)


def index_of(plain: object, fine: object, index: int) -> int:
    """Return the region in which a region of a finer complex is."""
    point: tuple[Fraction, ...] = fine.regions[index].interior_point
    return next(i for i, region in enumerate(plain.regions) if region.contains(point, strict=True))
