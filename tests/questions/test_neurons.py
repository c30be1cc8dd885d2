"""Dead, always active and switching neurons: the exact ranges, and the certificates."""

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Convolution, Maximum, Network, construct, gallery
from exactpwl.certificate import Property
from exactpwl.domain import as_domain
from exactpwl.errors import NetworkError
from exactpwl.questions import certify_stable, stable_neurons
from exactpwl.questions.hidden import cut_before
from exactpwl_check.__main__ import main as check
from strategies import domains, networks


def states(network: Network, domain: object = None) -> list[str]:
    return [found.state for found in stable_neurons(network, domain)]


FIVE = Network(
    [
        ([[0], [0], [1], [-1], [2]], [0, 3, 2, -2, 0], "relu"),
        ([[1, 1, 1, 1, 1]], [0], "linear"),
    ]
)


def test_the_five_states() -> None:
    expected = ["zero", "constant", "always active", "dead", "switching"]
    assert states(FIVE, [(-1, 1)]) == expected
    assert states(FIVE) == ["zero", "constant", "switching", "switching", "switching"]


def test_a_range_is_where_it_is_attained() -> None:
    found = stable_neurons(FIVE, [(-1, "3/2")])[4]
    assert (found.lower.value, found.lower.point) == (-2, (-1,))
    assert (found.upper.value, found.upper.point) == (3, (Fraction(3, 2),))
    unbounded = stable_neurons(FIVE)[3]
    assert (unbounded.lower.value, unbounded.lower.direction) == (None, (1,))
    assert (unbounded.upper.value, unbounded.upper.direction) == (None, (-1,))


def test_a_range_that_only_touches_a_bend_does_not_switch() -> None:
    network = Network([([[1], [1]], [1, -1], "relu"), ([[1, 1]], [0], "linear")])
    assert states(network, [(-1, 1)]) == ["always active", "dead"]
    assert states(network, [("-1001/1000", 1)]) == ["switching", "dead"]


def test_saturated_pieces_of_a_hard_tanh_are_dead_and_the_middle_is_active() -> None:
    network = Network([([[1], [1], [1], [1]], [3, -3, 0, "1/2"], "hard_tanh")])
    found = stable_neurons(network, [(-1, 1)])
    assert [one.state for one in found] == ["dead", "dead", "always active", "switching"]
    assert [one.pieces for one in found] == [(2,), (0,), (1,), (1, 2)]
    assert [one.bounds for one in found] == [(1, None), (None, -1), (-1, 1), (None, None)]


def test_a_leaky_neuron_below_its_bend_still_speaks() -> None:
    network = Network([([[1]], [-3], "leaky_relu:1/2")])
    (found,) = stable_neurons(network, [(-1, 1)])
    assert (found.state, found.pieces, found.slope) == ("always active", (0,), Fraction(1, 2))


def test_deep_neurons_are_seen_through_the_layers_before_and_linear_ones() -> None:
    """relu(x) + relu(-x) = |x| >= 0, through a linear layer."""
    network = Network(
        [
            ([[1], [-1]], [0, 0], "relu"),
            ([[1, 1], [0, 0]], [0, 1], "linear"),
            ([[1, 0], [-1, 0], [1, -2]], [0, 0, 0], "relu"),
        ]
    )
    found = stable_neurons(network)
    assert [(one.layer, one.state) for one in found[2:]] == [
        (2, "always active"),
        (2, "dead"),
        (2, "switching"),
    ]
    assert (found[4].lower.value, found[4].lower.point) == (-2, (0,))


def test_along_the_lineality_space_a_first_layer_may_be_without_bounds() -> None:
    network = Network([([[1, 1]], [0], "relu"), ([[1]], [5], "relu")])
    first, second = stable_neurons(network)
    assert (first.state, first.lower.value, first.upper.value) == ("switching", None, None)
    assert (second.state, second.lower.value, second.upper.value) == ("always active", 5, None)


def test_without_kinks_there_is_no_neuron_to_tell_of() -> None:
    assert stable_neurons(Network([([[1]], [0], "linear")])) == ()


def test_maxima_are_refused_with_the_way_out() -> None:
    network = Network([([[1], [-1]], [0, 0], "linear"), Maximum([[0, 1]])])
    with pytest.raises(NetworkError, match="relus_for_maxima"):
        stable_neurons(network)
    assert states(construct.relus_for_maxima(network).network) == ["switching"]


def test_a_convolution_is_read_as_the_rows_that_it_is() -> None:
    layer = Convolution([[[[1, -1]]]], [5], input_shape=(1, 1, 3))
    network = Network([layer])
    assert states(network, [(0, 1)] * 3) == ["always active"] * layer.width


@given(st.data())
@settings(max_examples=40)
def test_no_grid_point_is_outside_a_range_and_its_ends_are_attained(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.integers(1, 2), depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    window = as_domain([(-3, 3)] * network.input_dimension, network.input_dimension)
    for found in stable_neurons(network, domain):
        cut = cut_before(network, found.layer)
        for end in (found.lower, found.upper):
            assert domain.contains(end.point)
            if end.value is not None:
                assert cut(end.point)[found.neuron] == end.value
                continue
            assert end.direction is not None
            further = [p + 1000 * u for p, u in zip(end.point, end.direction, strict=True)]
            assert domain.contains(further)
        steps = [Fraction(k, 2) for k in range(-6, 7)]
        for point in product(steps, repeat=network.input_dimension):
            if window.contains(point) and domain.contains(point):
                value = cut(point)[found.neuron]
                assert found.lower.value is None or found.lower.value <= value
                assert found.upper.value is None or value <= found.upper.value
                low, high = found.bounds
                assert low is None or low <= value
                assert high is None or value <= high


@given(st.data())
@settings(max_examples=15)
def test_every_claim_is_certified(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.integers(1, 2), depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    found = stable_neurons(network, domain)
    certificates = certify_stable(network, found, domain)
    assert set(certificates) == {one.layer for one in found if one.state != "switching"}
    for certificate in certificates.values():
        assert isinstance(certificate.claim, Property)


def test_the_checker_believes_the_claims_and_no_altered_one(tmp_path: Path) -> None:
    network = gallery.get("rings")
    found = stable_neurons(network, [(-1, 1), (-1, 1)])
    certificates = certify_stable(network, found, [(-1, 1), (-1, 1)])
    assert certificates
    for layer, certificate in certificates.items():
        path = tmp_path / f"{layer}.cert"
        certificate.save(path)
        assert check([str(path)]) == 0
        text = path.read_text(encoding="utf-8")
        # the claim z <= 0 or z >= 0 made sharper than it is
        altered = text.replace('"bound": "0"', '"bound": "-1000"').replace(
            '"bound":"0"', '"bound":"-1000"'
        )
        assert altered != text
        path.write_text(altered, encoding="utf-8")
        assert check([str(path)]) != 0
