"""Where two networks decide differently, against direct evaluation."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, gallery
from exactpwl.decisions import compare_decisions
from exactpwl.errors import DimensionError, NetworkError
from strategies import networks

SQUARE = [(-2, 2), (-2, 2)]
XOR = gallery.get("xor")


def outer(weight: object, bias: object) -> Network:
    return Network([([[weight]], [bias], "linear")])


RAMP = Network([([[1]], [0], "relu"), ([[1]], [0], "linear")])
LINE = outer(1, 0)
VALLEY = Network([([[1]], [0], "abs"), ([[1]], [0], "linear")])


def test_a_positive_multiple_decides_alike_and_is_another_function() -> None:
    compared = compare_decisions(XOR, outer("1/3", 0) @ XOR)
    assert (compared.is_same, compared.is_same_function) == (True, False)
    assert (compared.witness, compared.volume) == (None, 0)


def test_a_network_and_itself() -> None:
    compared = compare_decisions(XOR, XOR, SQUARE)
    assert compared.is_same
    assert compared.is_same_function
    assert compared.complex.network.widths == (2, 4)


def test_another_sign_decides_differently_where_the_network_is_not_zero() -> None:
    compared = compare_decisions(XOR, outer(-1, 0) @ XOR, SQUARE)
    assert len(compared.differing) == len(compared.complex)
    assert compared.volume == 16


def test_zero_is_not_positive() -> None:
    """On x < 0 the ramp vanishes, the line is negative, and the valley is positive."""
    assert compare_decisions(RAMP, LINE).is_same
    compared = compare_decisions(RAMP, VALLEY, [(-3, 2)])
    assert compared.volume == 3
    assert compared.witness is not None
    assert compared.witness[0] < 0
    assert compare_decisions(RAMP, VALLEY).volume is None


def test_a_level_moves_the_decision() -> None:
    compared = compare_decisions(LINE, outer(2, 0), [(-3, 3)], value=1)
    assert compared.volume == Fraction(1, 2)


def test_outputs_are_weighed() -> None:
    first = Network([([[1], [0]], [0, 1], "linear")])
    second = Network([([[1], [0]], [0, 2], "linear")])
    compared = compare_decisions(first, second, [(0, 3)], functional=[1, -1])
    assert (compared.volume, compared.is_same_function) == (1, False)
    with pytest.raises(DimensionError, match="a functional is required"):
        compare_decisions(first, second)


def test_common_neurons_are_taken_once() -> None:
    other = Network([([[1, 1], [1, 1]], [1, 2], "relu"), ([[2, -4]], [-1], "linear")])
    compared = compare_decisions(XOR, other)
    assert compared.complex.network.widths == (3, 4)


def test_the_shorter_network_is_continued() -> None:
    deep = Network([*XOR.layers[:-1], ([[1, 0], [0, 1]], [0, 0], "relu"), XOR.layers[-1]])
    assert compare_decisions(XOR, deep).is_same_function
    assert compare_decisions(deep, XOR).is_same_function


def test_networks_of_other_sizes_are_refused() -> None:
    with pytest.raises(NetworkError, match=r"the same numbers .* got 2 -> 1 and 1 -> 1"):
        compare_decisions(XOR, RAMP)


@given(
    networks(inputs=st.just(2), outputs=st.just(1)),
    networks(inputs=st.just(2), outputs=st.just(1)),
)
def test_two_networks_against_their_values(first: Network, second: Network) -> None:
    compared = compare_decisions(first, second, SQUARE)
    differing = {compared.complex.regions[i] for i in compared.differing}
    equal = True
    for region in compared.complex.regions:
        x = region.interior_point
        equal = equal and first(x) == second(x)
        assert (region in differing) == ((first(x)[0] > 0) != (second(x)[0] > 0))
    assert equal or not compared.is_same_function
    steps = [Fraction(k, 3) for k in range(-5, 6, 2)]
    for x in product(steps, steps):
        found = compared.complex.locate(x)
        if found.is_inside and first(x)[0] and second(x)[0]:
            here = compared.complex.regions[found.regions[0]] in differing
            assert here == ((first(x)[0] > 0) != (second(x)[0] > 0))
