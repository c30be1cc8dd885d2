"""Networks made of networks, against their parts: evaluation, proof, and refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alterations import alterations
from exactpwl import Network, construct, gallery
from exactpwl.certificate import Equal, certify_equality
from exactpwl.errors import NetworkError, OptionError
from exactpwl.maximum import Maximum
from strategies import networks, points, rationals, relu_networks

PASSING = st.sampled_from(["linear", "relu"])
small = {"inputs": st.just(2), "depth": 2, "width": 2}


@given(networks(**small), networks(**{**small, "inputs": st.just(1)}), points(2))
def test_a_composition(inner: Network, outer: Network, x: tuple) -> None:
    if inner.output_dimension != 1:
        with pytest.raises(NetworkError):
            construct.compose(outer, inner)
        return
    made = construct.compose(outer, inner)
    assert made.check()
    assert made.network(x) == outer(inner(x))


def test_a_composition_has_no_layer_between() -> None:
    tent = gallery.get("tent")
    deep = tent
    for _ in range(2):
        made = construct.compose(tent, deep)
        assert made.check()
        deep = made.network
    assert deep == gallery.get("sawtooth:3")


@given(st.lists(networks(**small), min_size=1, max_size=3), PASSING, points(2))
def test_side_by_side(parts: list[Network], passing: str, x: tuple) -> None:
    made = construct.parallel(parts, passing=passing)
    assert made.check()
    assert made.network(x) == tuple(y for part in parts for y in part(x))


@given(
    st.lists(networks(outputs=st.just(2), **small), min_size=1, max_size=2),
    PASSING,
    points(2),
    st.data(),
)
def test_a_sum(parts: list[Network], passing: str, x: tuple, data: st.DataObject) -> None:
    count = len(parts)
    factors = data.draw(st.lists(rationals(2), min_size=count, max_size=count))
    made = construct.add(parts, factors, passing=passing)
    assert made.check()
    pairs = list(zip(factors, (part(x) for part in parts), strict=True))
    assert made.network(x) == tuple(sum(c * y[i] for c, y in pairs) for i in (0, 1))


@given(networks(outputs=st.just(2), **small), PASSING, points(2))
def test_a_residual_connection(network: Network, passing: str, x: tuple) -> None:
    made = construct.residual(network, passing=passing)
    assert made.check()
    assert made.network(x) == tuple(a + b for a, b in zip(network(x), x, strict=True))


def test_a_residual_connection_passes_every_layer() -> None:
    deep = gallery.get("sawtooth:3")
    linear, relu = (construct.residual(deep, passing=p).network for p in ("linear", "relu"))
    assert linear.architecture == (
        "1 -> 3 relu/linear -> 3 relu/linear -> 3 relu/linear -> 1 linear"
    )
    assert relu.architecture == "1 -> 4 relu -> 4 relu -> 4 relu -> 1 linear"
    assert isinstance(certify_equality(linear, relu).claim, Equal)


@given(networks(inputs=st.just(2), depth=1), st.integers(0, 2), PASSING)
def test_padding_adds_layers_and_nothing_else(network: Network, layers: int, passing: str) -> None:
    made = construct.padded(network, layers, passing=passing)
    assert made.check()
    assert len(made.network.layers) == len(network.layers) + layers


@given(relu_networks(inputs=st.just(2), outputs=st.just(1)))
def test_relus_alone(network: Network) -> None:
    made = construct.relu_only(construct.padded(network, 1).network)
    assert made.check()
    assert all(
        not activation.is_identity
        for layer in made.network.layers[:-1]
        for activation in layer.activations
    )


@pytest.mark.parametrize("name", ["add", "parallel", "compose", "residual", "padded"])
def test_an_altered_weight_is_refused(name: str) -> None:
    tent, hat = gallery.get("tent"), gallery.get("hat1d")
    made = {
        "add": lambda: construct.add([tent, hat], [2, -1]),
        "parallel": lambda: construct.parallel([tent, hat]),
        "compose": lambda: construct.compose(hat, tent),
        "residual": lambda: construct.residual(tent),
        "padded": lambda: construct.padded(tent, 1),
    }[name]()
    assert made.check()
    verdicts = []
    for altered in alterations(made.network):
        claim = certify_equality(altered, made.network).claim
        verdicts.append(bool(construct.compare(altered, made.target)))
        assert verdicts[-1] == isinstance(claim, Equal)
    assert verdicts.count(False) > len(verdicts) // 2


def test_what_does_not_fit_is_refused() -> None:
    tent, xor, plane = (gallery.get(n) for n in ("tent", "xor", "lines:3"))
    with pytest.raises(NetworkError, match="the same number of inputs are required, got 1, 2"):
        construct.add([tent, xor])
    with pytest.raises(NetworkError, match="got no network"):
        construct.parallel([])
    with pytest.raises(NetworkError, match="one coefficient for each of 2 networks"):
        construct.add([tent, tent], [1])
    two = construct.parallel([plane, plane]).network
    with pytest.raises(NetworkError, match="the same number of outputs is required, got 1, 2"):
        construct.add([plane, two])
    with pytest.raises(NetworkError, match="got 2 inputs and 1 outputs"):
        construct.residual(xor)
    with pytest.raises(OptionError, match="'linear' or 'relu', got 'magic'"):
        construct.parallel([tent], passing="magic")
    with pytest.raises(OptionError, match="from 0 on is required, got -1"):
        construct.padded(tent, -1)


def test_maxima_over_groups_are_composed_and_padded_but_not_put_side_by_side() -> None:
    xor = gallery.get("xor")
    both = construct.parallel([xor, gallery.get("lines:3")]).network
    largest = construct.compose(Network([Maximum([[0, 1]])]), both)
    assert largest.check()
    again = construct.compose(construct.one_layer(0, [(1, 1, -1)]), largest.network)
    assert again.check()
    assert construct.padded(again.network, 1, passing="relu").check()
    with pytest.raises(NetworkError, match="a maximum over groups of inputs has no weights"):
        construct.add([xor, largest.network])
