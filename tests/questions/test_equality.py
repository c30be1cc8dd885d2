"""Equality of networks, against each region of one cut by all regions of the other."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alterations import alterations
from exactpwl import Convolution, Domain, Maximum, Network, construct, gallery, plot, regions
from exactpwl.certificate import Counterexample, Equal
from exactpwl.errors import DomainError, NetworkError
from exactpwl.questions import Difference, difference
from judged import believed
from proofs.max_of_five import max_of_five, with_fifth
from strategies import domains, networks

SQUARE = [(-1, 1), (-1, 1)]
ABS = Network([([[1]], [0], "abs")])
ABS_BY_TWO = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])


def cut_by_hand(first: Network, second: Network, domain: Domain) -> dict[Any, Any]:
    """Return difference and volume for each pair of patterns whose regions overlap, if not 0."""
    found = {}
    for one in regions(first, domain, method="reference").regions:
        inside = Domain(domain.dimension, tuple((q.normal, q.offset) for q in one.inequalities))
        for other in regions(second, inside, method="reference").regions:
            gap = one.affine_map - other.affine_map
            if any(gap.bias) or any(map(any, gap.weight)):
                found[one.pattern, other.pattern] = gap, other.volume
    return found


def is_right(found: Difference, domain: Domain) -> None:
    expected = cut_by_hand(found.first, found.second, domain)
    assert found.is_zero == (not expected)
    told = {one.patterns: (one.difference, one.volume) for one in found.regions}
    assert told == expected
    assert len(told) == len(found.regions)
    for one in found.regions:
        assert one.region.contains(one.witness, strict=True)
        assert found.first(one.witness) != found.second(one.witness)
    volumes = [volume for _, volume in expected.values()]
    assert found.volume == (None if None in volumes else sum(volumes))
    assert sorted(i for part in found.pieces for i in part) == [
        r.region.index for r in found.regions
    ]
    if expected:
        assert found.point is not None
        assert domain.contains(found.point)
        assert found.values == (found.first(found.point), found.second(found.point))
        assert found.values[0] != found.values[1]
    else:
        assert found.point is found.values is None


@given(data=st.data())
@settings(max_examples=60)
def test_two_networks_differ_where_regions_cut_by_regions_say(
    data: st.DataObject, tmp_path_factory: Any
) -> None:
    inputs, outputs = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 2))
    sizes = {"inputs": st.just(inputs), "outputs": st.just(outputs)}
    first, second = (data.draw(networks(depth=2, width=2, **sizes)) for _ in range(2))
    domain = data.draw(domains(inputs))
    found = difference(first, second, domain)
    is_right(found, domain)
    assert believed(found.certificate, tmp_path_factory.mktemp("pair"))


@given(data=st.data())
@settings(max_examples=30)
def test_an_altered_output_layer_differs_where_regions_cut_by_regions_say(data: Any) -> None:
    """Networks that agree in part: one neuron less is heard."""
    network = data.draw(networks(depth=2, width=3, inputs=st.integers(1, 2)))
    domain = data.draw(domains(network.input_dimension))
    last = network.layers[-1]
    deaf = data.draw(st.integers(0, last.input_dimension - 1))
    rows = [[0 if k == deaf else w for k, w in enumerate(row)] for row in last.weight]
    other = Network([*network.layers[:-1], (rows, last.bias, list(last.activations))])
    is_right(difference(network, other, domain), domain)


@given(data=st.data())
@settings(max_examples=30)
def test_permuted_neurons_are_the_same_function(data: Any, tmp_path_factory: Any) -> None:
    network = data.draw(networks(depth=2, width=4))
    order = data.draw(st.permutations(range(network.layers[0].width)))
    twin = construct.permuted(network, 0, order).network
    domain = data.draw(domains(network.input_dimension))
    found = difference(network, twin, domain)
    assert found.is_zero
    assert (found.regions, found.pieces, found.volume) == ((), (), 0)
    assert believed(found.certificate, tmp_path_factory.mktemp("twin"))


def test_rescaled_neurons_are_the_same_function(tmp_path: Path) -> None:
    network = gallery.get("disc")
    twin = construct.rescaled(network, 0, {0: "1/3", 2: 10**40}).network
    found = difference(network, twin)
    assert found.is_zero
    assert believed(found.certificate, tmp_path)


def without(network: Network, neuron: int) -> Network:
    """Return a network with one hidden layer without one of its neurons."""
    first, last = network.layers
    keep = [k for k in range(first.width) if k != neuron]
    hidden = [first.weight[k] for k in keep], [first.bias[k] for k in keep], "relu"
    return Network([hidden, ([[row[k] for k in keep] for row in last.weight], last.bias, "linear")])


PRUNED = Network([([[1, 1], [1, -1], [2, 1]], [0, 0, -5], "relu"), ([[1, 2, 3]], [0], "linear")])


def test_a_pruned_network_is_the_same_where_the_neuron_never_acts(tmp_path: Path) -> None:
    smaller = without(PRUNED, 2)
    found = difference(PRUNED, smaller, SQUARE)
    assert isinstance(found.certificate.claim, Equal)
    assert believed(found.certificate, tmp_path)
    everywhere = difference(PRUNED, smaller)
    is_right(everywhere, Domain.whole(2))
    assert all(one.patterns[0][0][2] == 1 for one in everywhere.regions)
    assert everywhere.volume is None


def test_a_pruned_network_differs_where_the_neuron_acts(tmp_path: Path) -> None:
    found = difference(PRUNED, without(PRUNED, 1), SQUARE)
    assert [tuple(map(str, one.patterns)) for one in found.regions] == [
        ("010", "00"),
        ("110", "10"),
    ]
    assert {one.difference.weight for one in found.regions} == {((2, -2),)}
    assert found.pieces == (tuple(one.region.index for one in found.regions),)
    assert found.volume == 2
    assert believed(found.certificate, tmp_path)


def test_a_linear_layer_folded_into_the_next(tmp_path: Path) -> None:
    rings = gallery.get("rings")
    first, *rest = rings.layers
    half = Network([([[Fraction(1, 2), 1], [0, 3]], [1, -1], "linear"), first, *rest])
    matrix, shift = half.layers[0].weight, half.layers[0].bias
    folded = [
        [sum(row[k] * matrix[k][j] for k in range(2)) for j in range(2)] for row in first.weight
    ]
    bias = [
        b + sum(w * s for w, s in zip(row, shift, strict=True))
        for row, b in zip(first.weight, first.bias, strict=True)
    ]
    merged = Network([(folded, bias, list(first.activations)), *rest])
    found = difference(half, merged, [(-1, 1), (-1, 1)])
    assert found.is_zero
    assert not difference(half, rings, [(-1, 1), (-1, 1)]).is_zero


def test_the_maximum_of_five_with_two_hidden_layers_and_with_three() -> None:
    two, tournament = with_fifth(max_of_five()), gallery.get("max:5")
    assert (len(two.widths), len(tournament.widths)) == (2, 3)
    assert difference(two, tournament).certificate.claim == Equal(2700)


@pytest.mark.slow
def test_the_maximum_of_five_is_certified_and_one_wrong_weight_is_found(tmp_path: Path) -> None:
    two, tournament = with_fifth(max_of_five()), gallery.get("max:5")
    assert believed(difference(two, tournament).certificate, tmp_path)
    wrong = with_fifth(max_of_five((Fraction(1, 30), Fraction(1, 5), Fraction(-1, 30))))
    found = difference(wrong, tournament)
    assert len(found.regions) == len(found.complex) == 2700
    assert all(wrong(one.witness) != tournament(one.witness) for one in found.regions)
    assert believed(found.certificate, tmp_path)


WEIGHTS = [np.array([[0.1, 0.7], [-0.3, 0.2]], np.float32), np.array([[0.9, -1.1]], np.float32)]
BIASES = [np.array([0.1, 0], np.float32), np.array([0.3], np.float32)]


def printed(number: Any) -> Network:
    """Return the float32 network with its numbers as decimals."""
    texts = [[[number(w) for w in row] for row in weight] for weight in WEIGHTS]
    return Network.from_arrays(texts, [[number(b) for b in bias] for bias in BIASES])


@pytest.mark.parametrize("number", [str, lambda w: f"{w:.6g}", lambda w: f"{w:.17g}"])
def test_decimals_that_round_are_another_function(number: Any, tmp_path: Path) -> None:
    stored = Network.from_arrays(WEIGHTS, BIASES)
    found = difference(stored, printed(number), SQUARE)
    assert not found.is_zero
    assert stored(found.point) != printed(number)(found.point)
    assert found.volume == 4
    assert believed(found.certificate, tmp_path)


def test_the_shortest_decimals_differ_at_this_point() -> None:
    found = difference(Network.from_arrays(WEIGHTS, BIASES), printed(str), SQUARE)
    assert found.values == ((Fraction(5033165, 16777216),), (Fraction(3, 10),))
    assert float(np.float32(0.3)) == 5033165 / 16777216


def test_decimals_in_full_are_the_same_function(tmp_path: Path) -> None:
    found = difference(Network.from_arrays(WEIGHTS, BIASES), printed(lambda w: f"{w:.60g}"))
    assert found.is_zero
    assert believed(found.certificate, tmp_path)


MAXOUT = Network([([[1, 0], [0, 1], [-1, -1]], [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])


def test_maxima_are_compared_as_relus(tmp_path: Path) -> None:
    other = Network([([[0, 1], [-1, -1], [1, 0]], [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])
    same = difference(MAXOUT, other)
    assert same.is_zero
    assert believed(same.certificate, tmp_path)
    lower = Network([([[0, 1], [-1, -1]], [0, 0], "linear"), Maximum([[0, 1]])])
    found = difference(MAXOUT, lower)
    assert {str(one.patterns[0]) for one in found.regions} == {"0"}
    for one in found.regions:
        assert MAXOUT(one.witness) != lower(one.witness)
    assert believed(found.certificate, tmp_path)


def test_a_convolution_is_its_matrix(tmp_path: Path) -> None:
    edges = Convolution([[[[1, -1]]]], ["1/2"], input_shape=(1, 2, 2))
    pictures = Network([edges, ([[1, -3]], [0], "linear")])
    rows = [[1, -1, 0, 0], [0, 0, 1, -1]]
    dense = Network([(rows, ["1/2"] * 2, "relu"), ([[1, -3]], [0], "linear")])
    same = difference(pictures, dense)
    assert same.is_zero
    assert believed(same.certificate, tmp_path)
    other = Network([(rows, ["1/2", 0], "relu"), ([[1, -3]], [0], "linear")])
    is_right(difference(pictures, other), Domain.whole(4))


def test_the_last_layer_may_bend() -> None:
    first = Network([([[1], [2]], [0, 1], "relu")])
    second = Network([([[1], [2]], [0, 1], ["relu", "hard_tanh"])])
    is_right(difference(first, second, [(-2, 2)]), Domain.box([(-2, 2)]))


def test_every_figure_of_complexes_draws_the_difference() -> None:
    """The flat part is where the networks agree."""
    found = difference(PRUNED, without(PRUNED, 1), SQUARE)
    axes = plot.contours(found.complex, maps=True)
    assert [text.get_text() for text in axes.texts].count("0") == 2


@pytest.mark.parametrize("rows", [[[0, 0, 0]], [[1, 1, 0]], [[0, 0, 1]]])
def test_lineality_and_constants(rows: Sequence[Any]) -> None:
    """Kinks that leave directions free, and a network without any."""
    flat = Network([(rows, [1], "relu"), ([[1]], [0], "linear")])
    for other in (Network([([[0, 0, 0]], [1], "linear")]), Network([(rows, [1], "linear")])):
        is_right(difference(flat, other), Domain.whole(3))


@pytest.mark.parametrize("domain", [None, [(-3, 2)]])
def test_every_number_altered_is_found_and_its_equality_not_believed(
    domain: Any, tmp_path: Path
) -> None:
    for altered in alterations(ABS_BY_TWO):
        found = difference(ABS, altered, domain)
        assert not found.is_zero
        forged = replace(found.certificate, claim=Equal(len(found.complex)))
        assert not believed(forged, tmp_path)
    same = difference(ABS, ABS_BY_TWO, domain)
    assert believed(same.certificate, tmp_path)
    forged = replace(same.certificate, claim=Counterexample((Fraction(1),)))
    assert not believed(forged, tmp_path)


def test_what_cannot_be_compared() -> None:
    with pytest.raises(NetworkError, match="2 -> 1 and 1 -> 1"):
        difference(gallery.get("xor"), ABS)
    with pytest.raises(DomainError):
        difference(ABS, ABS_BY_TWO, SQUARE)
