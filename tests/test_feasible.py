"""Counting that is given up, and the list of bounds of a network."""

from __future__ import annotations

import pytest

from exactpwl import Listener, Network, count, gallery
from exactpwl.bounds import RANKS, Bound, architecture_bounds, network_bounds, parse_architecture
from exactpwl.errors import DomainError, NetworkError
from exactpwl.feasible import KEYS, feasible_counts

RELU = [([[1, 2], [3, 4], [5, 7]], [1, 2, 3], "relu"), ([[1, 1, 1]] * 3, [0, -1, -2], "relu")]


def by_name(bounds: tuple[Bound, ...]) -> dict[str, Bound]:
    return {bound.name: bound for bound in bounds}


@pytest.mark.parametrize("name", ["xor", "hat1d", "hat2d", "disc", "lines:8", "braid:3"])
def test_what_is_feasible_is_what_is_counted(name: str) -> None:
    network = gallery.get(name)
    found = feasible_counts(network)
    assert found.as_dict() == {key: count(network)[key] for key in KEYS} | {"why_not": None}


def test_the_limit_itself_is_allowed() -> None:
    network = gallery.get("sawtooth:4")
    assert feasible_counts(network, [(0, 1)], 16).affine_pieces == 16
    stopped = feasible_counts(network, [(0, 1)], 15)
    assert (stopped.activation_regions, stopped.linear_regions) == (None, None)
    assert stopped.why_not == "more than 15 activation regions"


def test_one_layer_is_counted_without_being_enumerated() -> None:
    found = feasible_counts(gallery.get("resonance:6"), most=1000)
    assert (found.activation_regions, found.linear_regions) == (1066044, None)
    assert found.why_not == "more than 1000 activation regions"


def test_what_cannot_begin_says_why() -> None:
    rows = [[int(i == j) for j in range(17)] for i in range(17)]
    found = feasible_counts(Network([(rows, [0] * 17, "relu"), (rows, [1] * 17, "relu")]))
    assert found.activation_regions is None
    assert "domain" in found.why_not


def test_another_listener_hears_the_same() -> None:
    heard: list[int] = []

    class Total(Listener):
        def finished(self, count: int) -> None:
            heard.append(count)

    feasible_counts(gallery.get("xor"), [(-1, 1), (-1, 1)], listener=Total())
    assert heard == [3, 3]


def test_a_domain_of_another_dimension_is_refused() -> None:
    with pytest.raises(DomainError):
        feasible_counts(gallery.get("xor"), [(0, 1)])


def test_a_network_of_relus_has_the_bounds_of_its_architecture() -> None:
    mine = by_name(network_bounds(Network([*RELU, ([[1, 2, 3]], [4], "linear")])))
    assert {k: v for k, v in mine.items() if k != RANKS} == by_name(architecture_bounds(2, [3, 3]))
    # the second layer's rows are equal: it sees one dimension
    assert (mine["Serra et al. 2018"].value, mine[RANKS].value) == (40, 28)


def test_the_first_layers_alone() -> None:
    network = Network(RELU)
    assert by_name(network_bounds(network, 1))["Serra et al. 2018"].value == 7


@pytest.mark.parametrize(
    ("network", "reason"),
    [
        (Network([([[1]], [0], "abs")]), "other kinks than those of ReLU"),
        (Network([([[1]], [0], "hard_tanh")]), "other kinks than those of ReLU"),
        (Network([([[1], [1]], [0, 0], ["relu", "linear"])]), "some neurons before the last kink"),
        (Network([([[1]], [0], "linear")]), "no layer has a kink"),
        (Network([([[1, 1]], [0], "relu")]), "every layer must have at least 2 neurons"),
    ],
)
def test_lower_bounds_say_why_they_do_not_apply(network: Network, reason: str) -> None:
    lower = [bound for bound in network_bounds(network) if bound.side == "lower"]
    assert lower[0].value is lower[1].value is None
    assert lower[0].why_not.startswith(reason)


def test_what_is_no_architecture() -> None:
    assert parse_architecture(" 2 ; 8, 8 ") == (2, (8, 8))
    assert parse_architecture("lines:8") is None
    with pytest.raises(NetworkError, match=r"inputs;width,width,\.\.\. .* got '2;8,'"):
        parse_architecture("2;8,")
