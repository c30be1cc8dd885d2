"""Networks between networks, exactly."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, animate, gallery
from exactpwl.animate.blends import blend
from exactpwl.errors import NetworkError
from strategies import rationals

A = Network([([[1, -2], [0, 3]], [1, "1/3"], "relu"), ([[1, 1]], [0], "linear")], name="a")
B = Network([([["1/2", 0], [4, 3]], [0, -1], "relu"), ([[-1, 2]], [7], "linear")], name="b")


@given(rationals())
def test_every_weight_goes_straight(share: Fraction) -> None:
    found = blend(A, B, share)
    for a, b, layer in zip(A.layers, B.layers, found.layers, strict=True):
        for row, first, last in zip(layer.weight, a.weight, b.weight, strict=True):
            assert list(row) == [
                (1 - share) * x + share * y for x, y in zip(first, last, strict=True)
            ]
        assert list(layer.bias) == [
            (1 - share) * x + share * y for x, y in zip(a.bias, b.bias, strict=True)
        ]
        assert layer.activations == a.activations


def test_the_ends_are_the_networks_themselves() -> None:
    way = animate.interpolate([A, B, A], 4)
    assert len(way) == 9
    assert (way[0], way[4], way[8]) == (A, B, A)
    assert way[2] == way[6] == blend(A, B, "1/2")
    assert way[1].name == "1/4 of the way from a to b"


def test_equal_steps() -> None:
    biases = [network.layers[0].bias[1] for network in animate.interpolate([A, B], 6)]
    assert {b - a for a, b in pairwise(biases)} == {Fraction(-2, 9)}


def test_untrained_to_trained_to_another_shape() -> None:
    heart, star = gallery.run("heart"), gallery.run("star")
    way = animate.interpolate([heart.networks[0], heart.networks[-1], star.networks[-1]], 2)
    assert [network.architecture for network in way] == [heart.networks[0].architecture] * 5
    assert max(layer.denominator for network in way for layer in network.layers) == 128


@given(st.integers(1, 7))
def test_a_network_to_itself_stands_still(steps: int) -> None:
    assert set(animate.interpolate([A, A], steps)) == {A}


@pytest.mark.parametrize(
    ("networks", "steps", "message"),
    [
        ([A], 3, "two or more networks are required, got 1"),
        ([A, B], 0, "one step or more is required, got 0"),
        ([A, gallery.get("xor"), gallery.get("disc")], 1, "equal widths and activations; got"),
        (
            [A, Network([(layer.weight, layer.bias, "abs") for layer in A.layers])],
            1,
            "got 2 -> 2 relu -> 1 linear and 2 -> 2 abs -> 1 abs",
        ),
    ],
)
def test_what_has_no_way_between(networks: list[Network], steps: int, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        animate.interpolate(networks, steps)
