"""Maxima over groups as tournaments of ReLUs."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Convolution, Maximum, MaxPool, Network, construct, regions
from exactpwl.certificate import certify_equality, certify_range
from strategies import points

THREE = ([[1, 0], [0, 1], [-1, -1]], [0, 0, 0], "linear")


@pytest.mark.parametrize(
    ("network", "architecture"),
    [
        (
            Network([THREE, Maximum([[0, 1, 2]])]),
            "2 -> 3 linear -> 3 relu/linear -> 2 relu/linear -> 1 linear",
        ),
        (
            Network([THREE, Maximum([[2], [0, 1]]), ([[1, -2]], [1], "abs")]),
            "2 -> 3 linear -> 3 linear/relu -> 2 linear -> 1 abs",
        ),
        (Network([THREE]), "2 -> 3 linear"),
    ],
)
def test_it_is_the_same_function(network: Network, architecture: str) -> None:
    made = construct.relus_for_maxima(network)
    assert made.network.architecture == architecture
    assert made.check()


def test_a_picture_pooled() -> None:
    filtered = Convolution([[[[1, -1]]]], input_shape=(1, 2, 3))
    network = Network([filtered, MaxPool(filtered.output_shape, 2, stride=1)])
    made = construct.relus_for_maxima(network).network
    for x in ([1, 2, 3, 4, 5, 6], [3, 1, 2, 0, -4, 1], [0] * 6):
        assert made(x) == network(x)


def test_altered_it_is_refused() -> None:
    network = Network([THREE, Maximum([[0, 1, 2]])])
    made = construct.relus_for_maxima(network)
    first, *others = made.network.layers
    other = Network([([[1, 0], [0, 1], [-1, -2]], [0, 0, 0], "linear"), *others])
    found = construct.compare(other, made.target)
    assert not found
    assert other(found.point or ()) != network(found.point or ())
    assert first == network.layers[0]


def test_its_regions_are_more() -> None:
    network = Network([THREE, Maximum([[0, 1, 2]])])
    made = construct.relus_for_maxima(network).network
    assert (len(regions(network)), len(regions(made))) == (3, 4)
    assert len(regions(made).linear_regions) == 3


@st.composite
def maxima(draw: st.DrawFn) -> Network:
    """A layer of maxima after a linear one, on the line or in the plane."""
    d = draw(st.integers(1, 2))
    size = draw(st.integers(1, 5))
    small = st.integers(-2, 2)
    rows: Any = draw(st.lists(st.tuples(*[small] * d), min_size=size, max_size=size))
    places = st.lists(st.integers(0, size - 1), min_size=1, max_size=5, unique=True)
    groups = draw(st.lists(places, min_size=1, max_size=2))
    return Network([(rows, [draw(small) for _ in rows], "linear"), Maximum(groups, size)])


@given(maxima(), st.data())
def test_any_maxima(network: Network, data: Any) -> None:
    x = data.draw(points(network.input_dimension))
    made = construct.relus_for_maxima(network)
    assert made.network(x) == network(x)
    assert made.check()


def test_certificates_speak_of_it() -> None:
    made = construct.relus_for_maxima(Network([THREE, Maximum([[0, 1, 2]])])).network
    turned = construct.relus_for_maxima(Network([THREE, Maximum([[2, 0, 1]])])).network
    box = [(-1, 1), (-1, 1)]
    assert type(certify_equality(made, turned, box).claim).__name__ == "Equal"
    assert str(certify_range(made, [1], box).claim)
