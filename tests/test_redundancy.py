"""What can be taken out of a network, against networks made by hand and against values."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, gallery, regions
from exactpwl.errors import DimensionError, OptionError
from exactpwl.redundancy import (
    Removal,
    linearised,
    removals,
    skipped,
    without_neuron,
    without_redundant_neurons,
)
from strategies import networks

XOR = gallery.get("xor")
SQUARE = [(-2, 2), (-2, 2)]
CORNERS = [(x, y) for x in (-1, 1) for y in (-1, 1)]
SPARE = Network(
    [
        ([[1], [1], [-1], [2]], [0, -1, -7, 0], "relu"),
        ([[1, 1, 1, 0]], [0], "linear"),
    ]
)
"""On [-1, 3]: the third neuron is off, the fourth is not heard, the second changes no sign."""


def test_a_removed_neuron_is_one_whose_weight_is_zero() -> None:
    network = gallery.get("disc")
    for j in range(3):
        first, last = network.layers
        row = [0 if k == j else w for k, w in enumerate(last.weight[0])]
        deaf = Network([first, ([row], last.bias, "linear")])
        left = without_neuron(network, 0, j)
        assert left.widths == (2,)
        assert all(left(p) == deaf(p) for p in product((-1, 0, 1), repeat=2))


def test_without_its_only_neuron_a_layer_says_nothing() -> None:
    network = Network([([[3, 1]], [1], "abs"), ([[2]], [5], "linear")])
    left = without_neuron(network, 0, 0)
    assert left((7, 7)) == (5,)
    assert left.widths == ()


def test_linearised_and_skipped() -> None:
    assert linearised(XOR, 0)((-3, 1)) == (2 * -1 - 4 * -2 - 1,)
    assert skipped(XOR, 0)((-3, 1)) == (2 * -3 - 4 * 1 - 1,)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: without_neuron(XOR, 0, 2), "layer 0 has the neurons 0 to 1, got neuron 2"),
        (lambda: without_neuron(XOR, 1, 0), "the hidden layers are 0 to 0, got layer 1"),
        (lambda: linearised(XOR, -1), "the hidden layers are 0 to 0, got layer -1"),
        (lambda: skipped(gallery.get("disc"), 0), "as many inputs as neurons, it has 2 and 3"),
    ],
)
def test_what_cannot_be_taken_out(call: Callable[[], Network], words: str) -> None:
    with pytest.raises(OptionError, match=words):
        call()


def test_three_sorts_of_spare_neurons() -> None:
    found = removals(SPARE, [(-1, 3)], [(1,)])
    assert [r.neuron for r in found] == [0, 1, 2, 3, None]
    assert [r.keeps_function for r in found[:4]] == [False, False, True, True]
    assert [r.keeps_decision for r in found[:4]] == [False, True, True, True]
    assert found[0].volume == 1
    assert found[0].witness is not None
    assert 0 < found[0].witness[0] < 1
    assert [r.volume for r in found[1:4]] == [0, 0, 0]


def test_points_are_asked_beside_the_domain() -> None:
    assert [r.keeps_points for r in removals(SPARE, [(-1, 3)], [(2,)])][:2] == [True, True]
    assert [r.keeps_points for r in removals(SPARE, [(-1, 3)], [("1/2",)])][:2] == [False, True]


def test_redundant_neurons_go_one_after_another() -> None:
    left = without_redundant_neurons(SPARE, [(-1, 3)])
    assert left.layers[0].weight == ((1,),)
    assert left.layers[0].bias == (0,)
    assert without_redundant_neurons(left, [(-1, 3)]) == left
    nothing = Network([([[1]], [0], "relu"), ([[1]], [3], "linear")])
    assert without_redundant_neurons(nothing).widths == ()


def test_xor_needs_everything() -> None:
    assert not any(r.keeps_points or r.keeps_decision for r in removals(XOR, SQUARE, CORNERS))
    assert without_redundant_neurons(XOR, SQUARE) == XOR


def test_several_outputs_have_no_sign() -> None:
    two = Network([([[1], [1]], [0, 0], "relu"), ([[1, 0], [0, 1]], [0, 0], "linear")])
    with pytest.raises(DimensionError, match="a functional is required"):
        removals(two)


@given(networks(inputs=st.just(1), outputs=st.just(1)))
def test_removals_against_values(network: Network) -> None:
    points = [(Fraction(k, 7),) for k in range(-14, 15)]
    for found in removals(network, [(-2, 2)], points):
        left = _left(network, found)
        decides = [(network(p)[0] > 0, left(p)[0] > 0) for p in points]
        assert found.keeps_points == all(a == b for a, b in decides)
        if found.keeps_function:
            assert all(network(p) == left(p) for p in points)
            assert found.keeps_decision
        if found.witness is None:
            assert found.keeps_decision
        else:
            assert (network(found.witness)[0] > 0) != (left(found.witness)[0] > 0)
            assert found.volume


def _left(network: Network, found: Removal) -> Network:
    if found.neuron is not None:
        return without_neuron(network, found.layer, found.neuron)
    ways = {"linearised": linearised, "skipped": skipped}
    return ways[found.way](network, found.layer)


@pytest.mark.parametrize(
    ("name", "widths", "before", "after"),
    [("disc-3", (3,), 7, 7), ("disc-8-8-8", (5, 4, 6), 213, 139)],
)
def test_the_numbers_of_the_gallery(
    name: str, widths: tuple[int, ...], before: int, after: int
) -> None:
    run = gallery.run(name)
    left = without_redundant_neurons(run.networks[-1], run.window)
    assert left.widths == widths
    assert len(regions(run.networks[-1], run.window)) == before
    assert len(regions(left, run.window)) == after
