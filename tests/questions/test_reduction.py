"""The smaller network: each reason to go, and that what is left is the same function."""

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Convolution, Domain, Layer, Maximum, Network, construct, gallery
from exactpwl.certificate import Counterexample, Equal, certify_equality
from exactpwl.errors import CertificateError
from exactpwl.linear import rank
from exactpwl.questions import drafts, reduction, smaller_network
from exactpwl.questions.dependence import PRIME, dependence
from exactpwl_check.__main__ import main as check
from strategies import domains, networks


def fates(network: Network, domain: Any = None) -> list[str]:
    return [fate.what for fate in smaller_network(network, domain).fates.values()]


def one_layer(*neurons: tuple[list[Any], Any], outgoing: Any = None, kind: Any = "relu") -> Network:
    weights = [row for row, _ in neurons]
    last = outgoing or [[1] * len(neurons)]
    return Network([(weights, [b for _, b in neurons], kind), (last, [0] * len(last), "linear")])


def test_dead_neurons_go_on_the_domain_only() -> None:
    network = one_layer(([1], 0), ([-1], -2))
    found = smaller_network(network, [(-1, 1)])
    assert found.smaller.architecture == "1 -> 1 relu -> 1 linear"
    assert (found.fates[0, 1].what, found.removed) == ("dead", 1)
    assert smaller_network(network).removed == 0
    assert network([-3]) != found.smaller([-3])


def test_constants_go_into_the_next_biases() -> None:
    network = one_layer(([1], 0), ([0], 3), ([0], 0), outgoing=[[1, 2, 5]])
    found = smaller_network(network)
    assert [fate.what for fate in found.fates.values()] == ["kept", "constant", "zero"]
    assert found.smaller.layers[1].bias == (6,)


def test_positive_multiples_and_copies_are_one_neuron() -> None:
    network = one_layer(([1, 1], 1), ([2, 2], 2), ([1, 1], 1), outgoing=[[1, 10, 100]])
    found = smaller_network(network)
    assert found.smaller.layers[1].weight == ((121,),)
    assert found.fates[0, 1].terms == ((2, (0, 0)),)


def test_a_multiple_through_deeper_layers_is_seen_on_the_domain() -> None:
    """The second layer hears |x| and 3|x|, computed by different neurons."""
    first = [[1], [-1], [3], [-3]], [0] * 4, "relu"
    second = [[1, 1, 0, 0], [0, 0, 1, 1]], [-1, -3], "relu"
    found = smaller_network(Network([first, second, ([[1, 1]], [0], "linear")]))
    assert found.smaller.architecture == "1 -> 2 relu -> 1 relu -> 1 linear"


def test_relu_of_z_goes_where_relu_of_minus_z_and_z_are() -> None:
    kinds = ["relu", "relu", "linear"]
    last = [[1, 1, 1], [0, 1, 3]], [0, 0], "linear"
    found = smaller_network(Network([([[1], [-1], [1]], [0, 0, 0], kinds), last]))
    assert found.smaller.layers[0].width == 2
    assert found.fates[0, 1].what == "combination"


def test_a_pair_that_hands_on_its_input_becomes_linear() -> None:
    network = Network(
        [
            ([[1, 0], [-1, 0], [0, 1]], [0, 0, 0], "relu"),
            ([[1, -1, 1], [2, -2, -1]], [0, 0], "relu"),
            ([[1, 1]], [0], "linear"),
        ]
    )
    found = smaller_network(network)
    assert [found.fates[0, j].what for j in range(3)] == ["paired", "paired", "kept"]
    assert found.smaller.architecture == "2 -> 2 linear/relu -> 2 relu -> 1 linear"


def test_a_layer_that_is_linear_on_the_domain_is_folded_away() -> None:
    network = Network(
        [([[1], [2]], [3, 3], "relu"), ([[1, -1]], [0], "relu"), ([[1]], [0], "linear")]
    )
    found = smaller_network(network, [(-1, 1)])
    assert found.smaller.architecture == "1 -> 1 relu -> 1 linear"
    assert [found.fates[0, j].what for j in (0, 1)] == ["folded", "combination"]


def test_many_active_neurons_become_as_few_linear_ones_as_are_heard() -> None:
    rows = [([k, 1], 10 + k) for k in range(4)]
    network = one_layer(([1, 1], 0), *rows, outgoing=[[1, 1, 2, 3, 4]])
    found = smaller_network(network, [(-1, 1), (-1, 1)])
    assert found.smaller.architecture == "2 -> 2 relu/linear -> 1 linear"
    assert "merged" in {fate.what for fate in found.fates.values()}


def test_a_neuron_that_nobody_hears_goes() -> None:
    assert fates(one_layer(([1], 0), ([1], 1), outgoing=[[1, 0]])) == ["kept", "unheard"]


def test_a_neuron_that_is_heard_only_where_nothing_comes_of_it_goes() -> None:
    """relu(x - 5) speaks for x > 5 alone; there the next neuron is inactive without it, too."""
    network = Network(
        [
            ([[1], [1]], [0, -5], "relu"),
            ([[-1, -1]], [1], "relu"),
            ([[1]], [0], "linear"),
        ]
    )
    found = smaller_network(network)
    assert found.fates[0, 1].what == "not needed"
    assert found.smaller.architecture == "1 -> 1 relu -> 1 relu -> 1 linear"


def test_a_function_that_is_constant_needs_no_neuron() -> None:
    network = Network([([[1]], [0], "relu"), ([[-1]], [-1], "relu"), ([[1], [2]], [3, 4], "relu")])
    found = smaller_network(network)
    assert found.smaller.architecture == "1 -> 2 linear"
    assert (found.smaller([7]), found.removed) == ((3, 4), 2)


def test_outputs_with_kinks_keep_their_places() -> None:
    network = Network([([[1], [-1], [1]], [5, -5, 0], "relu")])
    found = smaller_network(network, [(-1, 1)])
    assert found.smaller.architecture == "1 -> 3 linear/relu"
    assert found.fates == {}


def test_a_network_that_needs_everything_stays_as_it_is() -> None:
    xor = gallery.get("xor")
    found = smaller_network(xor)
    assert (found.smaller, found.removed) == (xor, 0)


def test_the_maximum_of_five_numbers_hands_on_by_pairs() -> None:
    found = smaller_network(gallery.get("max:5"))
    assert found.smaller.architecture == (
        "5 -> 5 relu/linear -> 3 relu/linear -> 2 relu/linear -> 1 linear"
    )


def test_maxima_are_relus_and_convolutions_are_tables() -> None:
    maxima = Network([([[1], [-1]], [0, 0], "linear"), Maximum([[0, 1]])])
    found = smaller_network(maxima)
    assert found.given == construct.relus_for_maxima(maxima).network
    assert found.smaller([-3]) == maxima([-3]) == (3,)
    assert smaller_network(maxima, [(0, 1)]).smaller.architecture == "1 -> 1 linear"
    layer = Convolution([[[[1, -1]]]], [5], input_shape=(1, 1, 3))
    pictures = Network([layer, ([[1, 2]], [0], "linear")])
    found = smaller_network(pictures, [(0, 1)] * 3)
    assert found.smaller.architecture == "3 -> 1 linear"


def planted(seed: int) -> Network:
    """Return a random network into which needless neurons were put."""
    rng = random.Random(seed)
    first = [[rng.randint(-2, 2) for _ in range(2)] for _ in range(3)]
    bias = [rng.randint(-1, 1) for _ in range(3)]
    first += [[2 * w for w in first[0]], [0, 0], [rng.randint(-2, 2), 0]]
    bias += [2 * bias[0], 1, -50]
    second = [[rng.randint(-2, 2) for _ in range(6)] for _ in range(3)]
    second[2] = [-abs(w) for w in second[2]]
    last = [[1, -1, 3]]
    return Network(
        [(first, bias, "relu"), (second, [1, 0, 0], "relu"), (last, [rng.randint(-1, 1)], "linear")]
    )


@pytest.mark.parametrize("seed", range(6))
def test_needless_neurons_that_were_put_in_are_found(seed: int) -> None:
    network = planted(seed)
    found = smaller_network(network, [(-1, 1), (-1, 1)])
    assert found.removed >= 4
    assert {found.fates[0, j].what for j in (3, 4, 5)}.isdisjoint({"kept", "linear"})


@given(st.data())
@settings(max_examples=40)
def test_what_is_left_is_the_same_function_and_cannot_be_made_smaller(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.integers(1, 2), depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    found = smaller_network(network, domain)
    assert isinstance(found.certificate.claim, Equal)
    assert found.removed >= 0
    assert smaller_network(found.smaller, domain).removed == 0
    steps = [Fraction(k, 2) for k in range(-4, 5)]
    for x in steps:
        point = [x, -x / 3][: network.input_dimension]
        if domain.contains(point):
            assert found.smaller(point) == network(point)


@given(st.data())
@settings(max_examples=25)
def test_what_is_said_of_each_neuron_is_true(data: st.DataObject) -> None:
    """A multiple or combination has the value that its terms add up to, at every point."""
    network = data.draw(networks(inputs=st.just(2), depth=2, width=3))
    domain = Domain.box([(-2, 2), (-2, 2)])
    found = smaller_network(network, domain)
    for point in [(0, 0), (1, "1/2"), (-2, 1), ("-1/3", "5/4"), (2, -2)]:
        for (layer, neuron), fate in found.fates.items():
            values = Network(network.layers[: layer + 1])(point)
            said = sum((c * values[j] for c, (_, j) in fate.terms), fate.constant)
            if fate.what in ("zero", "constant", "dead", "multiple", "combination"):
                assert values[neuron] == said


def test_the_certificate_is_believed_and_that_of_an_altered_network_is_not_equal(
    tmp_path: Path,
) -> None:
    network = planted(1)
    box = [(-1, 1), (-1, 1)]
    found = smaller_network(network, box)
    found.certificate.save(tmp_path / "equal.cert")
    assert check([str(tmp_path / "equal.cert")]) == 0
    *others, last = found.smaller.layers
    bias = [b + Fraction(1, 10**9) for b in last.bias]
    altered = Network([*others, Layer.of(last.weight, bias, "linear")])
    assert isinstance(certify_equality(network, altered, box).claim, Counterexample)


def test_a_wrong_step_is_found_by_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a step wrong, no network would be returned."""

    def unhear(draft: drafts.Draft) -> bool:
        if len(draft.layers[0].rows) == 1:
            return False
        draft.layers[0].keep([0])
        draft.layers[1].hear_only([0])
        return True

    monkeypatch.setattr(reduction.Draft, "unhear", unhear)
    with pytest.raises(CertificateError, match="another function"):
        smaller_network(gallery.get("xor"))


def test_vectors_that_mislead_the_first_prime() -> None:
    """Modulo 2^61 - 1 they vanish, or look dependent."""
    found = dependence([(PRIME, 0), (0, PRIME), (PRIME, 2 * PRIME)])
    assert (found.kept, found.combinations) == ((0, 1), {2: {0: 1, 1: 2}})
    assert dependence([(1, 0), (1, PRIME), (3, PRIME)]).combinations == {2: {0: 2, 1: 1}}
    assert dependence([(0, 0), (0, 0)]) == ((), {0: {}, 1: {}})


@given(st.lists(st.lists(st.integers(-2, 2), min_size=4, max_size=4), min_size=1, max_size=6))
def test_vectors_are_the_combinations_that_are_told(vectors: list[list[int]]) -> None:
    found = dependence(vectors)
    for j, parts in found.combinations.items():
        assert all(k < j and k in found.kept for k in parts)
        told = [sum(c * vectors[k][i] for k, c in parts.items()) for i in range(4)]
        assert told == vectors[j]
    assert len(found.kept) == rank(vectors)


def test_a_network_of_a_competition_is_small_on_a_small_box(shared: Path) -> None:
    pytest.importorskip("onnx", reason="the network is an ONNX file")
    path = shared / "vnn" / "rl_benchmarks" / "onnx" / "cartpole.onnx.gz"
    found = smaller_network(Network.load(path), [("-1/20", "1/20")] * 4)
    assert found.given.architecture == "4 -> 64 relu -> 64 relu -> 2 linear"
    assert found.smaller.architecture == "4 -> 10 relu/linear -> 5 relu/linear -> 2 linear"
    assert isinstance(found.certificate.claim, Equal)
