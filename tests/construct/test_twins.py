"""Permuted and rescaled twins: other weights, the same function."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alterations import alterations
from exactpwl import Network, construct, gallery
from exactpwl.certificate import Equal, certify_equality
from exactpwl.errors import OptionError
from strategies import rationals, relu_networks

positive = rationals(4).filter(lambda c: c > 0)


@given(relu_networks(inputs=st.just(2), depth=2), st.data())
def test_twins_are_equal(network: Network, data: st.DataObject) -> None:
    for layer in range(len(network.layers) - 1):
        width = network.layers[layer].width
        order = data.draw(st.permutations(range(width)))
        factors = data.draw(st.dictionaries(st.integers(0, width - 1), positive))
        permuted = construct.permuted(network, layer, order)
        rescaled = construct.rescaled(network, layer, factors)
        assert permuted.check()
        assert rescaled.check()
        assert isinstance(certify_equality(network, permuted.network).claim, Equal)
        assert isinstance(certify_equality(network, rescaled.network).claim, Equal)


def test_an_altered_twin_is_refused() -> None:
    made = construct.rescaled(gallery.get("xor"), 0, {0: 3, 1: "1/5"})
    assert made.network != gallery.get("xor")
    assert not any(construct.compare(a, made.target) for a in alterations(made.network))


def test_other_activations() -> None:
    mixed = Network([([[1], [1], [2]], [0, 1, 3], ["relu6", "abs", "leaky_relu:1/3"])] * 1)
    network = Network([*mixed.layers, ([[1, 2, 3]], [0], "linear")])
    assert construct.rescaled(network, 0, {1: 7, 2: "1/2"}).check()
    assert construct.permuted(network, 0, [2, 0, 1]).check()
    with pytest.raises(OptionError, match="neuron 0: its activation relu6 bends elsewhere"):
        construct.rescaled(network, 0, {0: 2})
    above = {"breakpoints": [0], "slopes": [0, 1], "value_at_zero": 1}
    lifted = Network([([[1]], [0], above), ([[1]], [0], "linear")])
    with pytest.raises(OptionError, match="or is not 0 there"):
        construct.rescaled(lifted, 0, {0: 2})


def test_what_is_no_twin_is_refused() -> None:
    xor = gallery.get("xor")
    with pytest.raises(OptionError, match="each once, got"):
        construct.permuted(xor, 0, [0, 0])
    with pytest.raises(OptionError, match="the hidden layers are 0 to 0, got layer 1"):
        construct.permuted(xor, 1, [0])
    with pytest.raises(OptionError, match="there is no hidden layer, got layer 0"):
        construct.permuted(construct.one_layer(1, []), 0, [0])
    with pytest.raises(OptionError, match="neurons 0 to 1, got 2"):
        construct.rescaled(xor, 0, {2: 1})
    with pytest.raises(OptionError, match="a factor greater than 0 is required, got -1"):
        construct.rescaled(xor, 0, {0: -1})
