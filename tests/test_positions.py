"""Positions of generators: one forward pass each, many at a time."""

from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, regions
from exactpwl.positions import PatternMasks, positions
from exactpwl.rationals import homogeneous
from strategies import networks, points

HAT = Network(
    [
        ([[1, 0], [1, 1], [2, -1]], ["1/2", 0, -1], ["relu", "abs", "hard_tanh"]),
        ([[1, -1, "1/3"]], ["1/7"], "relu"),
    ]
)


@given(st.data())
def test_many_at_a_time_are_what_each_is_alone(data: st.DataObject) -> None:
    network = data.draw(networks(depth=3))
    chosen = data.draw(st.lists(points(network.input_dimension), min_size=1, max_size=4))
    vectors = [homogeneous(point) for point in chosen]
    for vector, found in zip(vectors, positions(network.stages, vectors), strict=True):
        passed = network.stages.evaluate_at(vector)
        signs = [sign for layer in passed.signs for sign in layer]
        assert found.above == sum((sign > 0) << k for k, sign in enumerate(signs))
        assert found.below == sum((sign < 0) << k for k, sign in enumerate(signs))
        assert found.above == PatternMasks(network.stages)(passed.pattern)


def test_a_region_is_not_violated_by_its_generators() -> None:
    found = regions(HAT)
    assert any(not g[-1] for g in found.generators)
    for cell, ids in zip(found.cells, found.generator_ids, strict=True):
        above = PatternMasks(HAT.stages)(cell.pattern)
        for position in (found.positions[i] for i in ids):
            assert not position.above & ~above
            assert not position.below & above


def test_a_network_without_kinks() -> None:
    linear = Network([([[1, 2]], [3], "linear")])
    assert list(positions(linear.stages, [(0, 0, 1)])) == [(0, 0)]
    assert PatternMasks(linear.stages)(()) == 0
