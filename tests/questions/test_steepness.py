"""Least Lipschitz constants, against two points inside a region whose quotient attains them."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Maximum, Network, gallery, regions
from exactpwl.errors import DomainError, OptionError
from exactpwl.questions import LipschitzConstant, lipschitz_constant
from exactpwl.questions.steepness import enclosed_root
from judged import believed
from strategies import domains, networks, points
from truth import network_of, quantities

NORMS = ("1", "inf", "2")


def length(vector: Any, norm: str) -> Fraction:
    """Return a norm of a vector; for "2" its square."""
    if norm == "2":
        return sum((v * v for v in vector), Fraction(0))
    return Fraction(max(map(abs, vector)) if norm == "inf" else sum(map(abs, vector)))


def steepest_direction(found: LipschitzConstant) -> list[Fraction]:
    """Return a direction in which the first attaining region is as steep as is claimed."""
    rows = found.regions[0].affine_map.weight
    if found.norm == "2":
        return list(rows[0])
    if found.norm == "inf":
        row = max(rows, key=lambda r: length(r, "1"))
        return [Fraction(1 if w >= 0 else -1) for w in row]
    columns = list(zip(*rows, strict=True))
    best = max(range(len(columns)), key=lambda k: length(columns[k], "1"))
    return [Fraction(k == best) for k in range(len(columns))]


def quotient_is_attained(found: LipschitzConstant) -> bool:
    region, way = found.regions[0], steepest_direction(found)
    x, step = region.interior_point, Fraction(1)
    while not region.contains([c + step * u for c, u in zip(x, way, strict=True)]):
        step /= 2
    y = [c + step * u for c, u in zip(x, way, strict=True)]
    change = [a - b for a, b in zip(found.network(y), found.network(x), strict=True)]
    claimed = found.square if found.norm == "2" else found.value
    return length(change, found.norm) == claimed * length([step * u for u in way], found.norm)


@given(data=st.data())
@settings(max_examples=80)
def test_the_constant_holds_and_is_attained(data: Any, tmp_path_factory: Any) -> None:
    norm = data.draw(st.sampled_from(NORMS))
    outputs = st.just(1) if norm == "2" else None
    network = data.draw(networks(depth=2, width=3, outputs=outputs))
    domain = data.draw(domains(network.input_dimension))
    found = lipschitz_constant(network, norm, domain)
    assert quotient_is_attained(found)
    x, y = (data.draw(points(network.input_dimension)) for _ in range(2))
    if domain.contains(x) and domain.contains(y):
        claimed = found.square if norm == "2" else found.value
        ways = [a - b for a, b in zip(x, y, strict=True)]
        change = [a - b for a, b in zip(network(x), network(y), strict=True)]
        assert length(change, norm) <= claimed * length(ways, norm)
    assert believed(found.certificate, tmp_path_factory.mktemp("lipschitz"))


@given(data=st.data())
@settings(max_examples=40)
def test_all_regions_of_another_enumeration_that_attain_it(data: Any) -> None:
    network = data.draw(networks(depth=2, width=3, outputs=st.just(1)))
    domain = data.draw(domains(network.input_dimension))
    second = regions(network, domain, method="reference")
    for norm, dual in (("1", "inf"), ("inf", "1"), ("2", "2")):
        found = lipschitz_constant(network, norm, domain)
        sizes = [length(region.affine_map.weight[0], dual) for region in second.regions]
        attaining = [
            r.pattern for r, s in zip(second.regions, sizes, strict=True) if s == max(sizes)
        ]
        assert (found.square if norm == "2" else found.value) == max(sizes)
        assert sorted(region.pattern for region in found.regions) == sorted(attaining)


PROVEN = {
    "lipschitz": "inf",
    "lipschitz_linf": "inf",
    "lipschitz_wrt_linf_input": "inf",
    "lipschitz_wrt_l1_input": "1",
    "lipschitz_l2_squared": "2",
}


@quantities("lipschitz")
def test_proven_constants(case: Any, key: str, known: Any, tmp_path: Path) -> None:
    found = lipschitz_constant(network_of(case), PROVEN[key], case.get("box"))
    value = found.square if PROVEN[key] == "2" else found.value
    assert value == Fraction(known)
    assert quotient_is_attained(found)
    assert believed(found.certificate, tmp_path)


def test_a_pattern_that_a_point_alone_has_does_not_count() -> None:
    identity = Network([([[1], [-1]], [0, 0], "relu"), ([[1, -1]], [0], "linear")])
    assert identity.affine_map("11").weight == ((2,),)
    for norm in NORMS:
        found = lipschitz_constant(identity, norm)
        assert (found.value, len(found.regions)) == (1, 2)


def test_the_domain_leaves_the_steep_part_out() -> None:
    bend = Network([([[1], [1]], [0, -1], "relu"), ([[1, 5]], [0], "linear")])
    assert lipschitz_constant(bend).value == 6
    assert lipschitz_constant(bend, domain=[(-1, 1)]).value == 1


def test_one_linear_map_in_every_norm() -> None:
    """Column sums for l1, row sums for l-infinity."""
    network = Network([([[1, -2], [3, 4]], [7, 7], "linear")])
    assert lipschitz_constant(network, "1").value == 6
    assert lipschitz_constant(network, "inf").value == 7
    with pytest.raises(OptionError, match="one output"):
        lipschitz_constant(network, "2")
    with pytest.raises(OptionError, match="the norms are 1, inf, 2; got '3'"):
        lipschitz_constant(network, "3")
    with pytest.raises(DomainError):
        lipschitz_constant(network, "1", [(0, 1)])


def test_constants_and_maxima(tmp_path: Path) -> None:
    flat = lipschitz_constant(Network([([[0, 0]], [3], "relu")]), "2")
    assert (flat.value, flat.enclosure()) == (0, (0, 0))
    maxout = Network([([[3, 4], [0, 1], [-1, -1]], [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])
    found = lipschitz_constant(maxout, "2")
    assert (found.value, [str(region.pattern) for region in found.regions]) == (5, ["0"])
    assert believed(found.certificate, tmp_path)


@given(square=st.fractions(min_value=0), digits=st.integers(1, 30))
def test_roots_are_enclosed(square: Fraction, digits: int) -> None:
    low, high = enclosed_root(square, digits)
    if low == high:
        assert low * low == square
        return
    assert 0 < low * low < square < high * high
    last = high - low
    assert 10 ** (digits - 1) <= low / last < 10**digits


def test_another_value_is_not_believed(tmp_path: Path) -> None:
    for norm in NORMS:
        found = lipschitz_constant(gallery.get("disc"), norm)
        claim: Any = found.certificate.claim
        assert believed(found.certificate, tmp_path)
        for by in (-1, 1):
            other = replace(claim, value=claim.value + Fraction(by, 1000))
            assert not believed(replace(found.certificate, claim=other), tmp_path)
