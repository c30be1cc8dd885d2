"""The census of all patterns, against the proven answers and against one pattern at a time."""

import math
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Domain, Network
from exactpwl import pattern_census as module
from exactpwl.errors import CertificateError, DomainError, TooLargeError
from exactpwl.feasibility import Feasibility
from exactpwl.pattern_cell import pattern_polyhedron
from exactpwl.pattern_census import census
from strategies import domains, networks

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])


def test_the_xor_network():
    found = census(XOR)
    assert found.counts == {"proper": 3, "improper": 0, "thin": 0, "empty": 1}
    assert [str(e.pattern) for e in found.entries()] == ["00", "01", "10", "11"]
    (empty,) = found.entries("empty")
    assert str(empty.certificate) == "(x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0"
    assert str(found) == "4 patterns: 3 full and proper, 0 full but not proper, 0 thin, 1 empty"


def test_an_empty_prefix_shares_its_certificate():
    net = Network([([[1], [1], [5]], [1, 0, 0], "relu"), ([[1, 1, 1]], [0], "linear")])
    found = census(net)
    block = next(b for b in found.blocks if str(b.prefix) == "01")
    assert block.count == 2
    proofs = {str(e.pattern): e.certificate for e in found.entries("empty")}
    assert proofs["010"] is proofs["011"]


def test_improper_patterns_are_counted_apart():
    net = Network([([[1, 0], [0, 0]], [0, 0], "relu"), ([[1, 1]], [0], "relu")])
    found = census(net)
    assert found.counts == {"proper": 2, "improper": 4, "thin": 2, "empty": 0}
    improper = [str(e.pattern) for e in found.entries("full") if not e.is_proper]
    assert improper == ["00|1", "01|0", "01|1", "11|1"]


def test_a_domain_leaves_fewer_patterns():
    counts = census(XOR, Domain.box([(0, 1), (0, 1)])).counts
    assert counts == {"proper": 1, "improper": 0, "thin": 1, "empty": 2}
    with pytest.raises(
        DomainError, match=r"a domain of R\^2 is required; got one of R\^1: the box"
    ):
        census(XOR, Domain.box([(0, 1)]))


def test_a_network_without_kinks_has_one_pattern():
    found = census(Network([([[1]], [0], "linear")]))
    assert found.total == 1
    assert found.counts["proper"] == 1


@pytest.mark.parametrize(
    ("width", "activation", "spelled"),
    [
        (4, "relu", "16"),
        (3, "hard_tanh", "27"),
        (100, "relu", r"2\^100"),
        (20_000, "hard_tanh", r"more than 2\^31699"),
    ],
)
def test_too_many_patterns_are_refused_and_counted(width, activation, spelled):
    net = Network([([[1]] * width, [0] * width, activation)])
    with pytest.raises(
        TooLargeError,
        match=rf"at most 15 patterns are required .* this network has {spelled}: raise the limit",
    ):
        census(net, limit=15)


def test_a_domain_may_be_given_as_pairs():
    box = [(-3, -2), (0, 1)]
    assert census(XOR, box) == census(XOR, Domain.box(box))


def test_the_limit_itself_is_allowed():
    assert census(XOR, limit=4).total == 4


def test_a_wrong_certificate_is_refused(monkeypatch):
    wrong = Feasibility("empty", None, ((0, Fraction(1)),))
    real = module.feasibility
    monkeypatch.setattr(module, "feasibility", lambda rows, d: wrong if rows else real(rows, d))
    with pytest.raises(CertificateError, match="the variables must cancel"):
        census(XOR)


def test_ground_truth(ground_truth):
    counted = 0
    for case in ground_truth["networks"]:
        net = Network.from_dict({"layers": case["layers"]})
        if math.prod(p for layer in net.pieces for p in layer) > module.DEFAULT_LIMIT:
            continue
        domain = Domain.box(case["box"]) if "box" in case else None
        found = census(net, domain)
        assert found.counts["proper"] == case["expected"]["activation_regions"], case["name"]
        assert sum(found.counts.values()) == found.total == sum(b.count for b in found.blocks)
        counted += 1
    assert counted > 40


@given(st.data())
def test_it_agrees_with_one_pattern_at_a_time(data):
    net = data.draw(networks(width=2))
    domain = data.draw(domains(net.input_dimension))
    found = census(net, domain, limit=10_000)
    entries = list(found.entries())
    assert len({e.pattern for e in entries}) == len(entries) == found.total
    assert [e.pattern for e in entries] == sorted(e.pattern for e in entries)
    shown = entries if len(entries) <= 40 else entries[:: len(entries) // 40]
    for entry in shown:
        cell = pattern_polyhedron(net, entry.pattern, domain)
        assert (entry.status, entry.is_proper) == (cell.status, cell.is_proper)
        assert (entry.certificate is None) == (entry.status == "full")
    kinds = Counter(e.status for e in entries)
    assert kinds["empty"] == found.counts["empty"]
    assert kinds["thin"] == found.counts["thin"]
