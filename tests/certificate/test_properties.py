"""Properties of several clauses, slopes, and pruned trees: right answers that the checker believes.

What is true is decided again by brute force: each clause on each region of `exactpwl.regions`, by
an exact linear program over the convex combinations of its generators.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from operator import mul
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Domain, Network, gallery, regions
from exactpwl.affine import AffineMap
from exactpwl.certificate import (
    Certificate,
    Counterexample,
    Inequality,
    Property,
    certify_property,
    certify_range,
    certify_slope,
    enclosure,
)
from exactpwl.errors import OptionError
from exactpwl.feasibility import feasible
from exactpwl.inequality import Row, primitive_row
from exactpwl_check.__main__ import prove
from exactpwl_check.reading import Defect, Lines
from strategies import domains, networks, points, rationals, ternary

Clause = Sequence[Inequality]
SQUARE = [(-1, 1), (-1, 1)]
DIAMOND = Domain(2, tuple((tuple(-s for s in signs), 1) for signs in product([1, -1], repeat=2)))
WIDE = Network(
    [
        ([[1, 2], [2, -1], [1, 1], [3, -1]], ["1/3", "-1/5", 0, "1/7"], "relu"),
        ([[1, -1, "1/9", 0], [1, 1, 0, "1/11"]], ["-1/2", "1/3"], "hard_tanh"),
        ([[1, -1]], [0], "linear"),
    ]
)
DEAD = Network(
    [
        ([[1, 0], [3, 1], [1, -2], [2, 5]], [0, "1/3", "1/5", "-1/7"], "relu"),
        ([[1, 0, 0, "1/100"]], [0], "linear"),
    ]
)
"""Two of its neurons do not matter, and one hardly does."""


def believed(certificate: Certificate) -> bool:
    data = "".join(f"{line}\n" for line in certificate.lines()).encode()
    try:
        prove(Lines(io.BytesIO(data)))
    except Defect:
        return False
    return True


def with_bounds(certificate: Certificate) -> int:
    """Return how many leaves have bounds."""
    found = map(json.loads, certificate.lines())
    return sum(isinstance(line, list) and line[0] == "leaf" and len(line) == 4 for line in found)


def excess(each: Inequality, found: AffineMap, generator: Sequence[int]) -> Fraction:
    """Return how far the left side is above the right one, times t, at a generator (x, t)."""
    *x, t = generator
    outputs = [
        sum(map(mul, row, x), Fraction(0)) + b * t
        for row, b in zip(found.weight, found.bias, strict=True)
    ]
    terms = [*map(mul, each.coefficients, outputs), *map(mul, each.inputs, x)]
    return sum(terms, Fraction(0)) - each.bound * t


def fails_on(clause: Clause, generators: Sequence[Sequence[int]], found: AffineMap) -> bool:
    """Return whether all inequalities of a clause fail at some combination of generators."""
    n = len(generators)
    signs: list[Row] = [(tuple(int(i == j) for j in range(n)), 0) for i in range(n)]
    heights = tuple(g[-1] for g in generators)
    whole: list[Row] = [(heights, -1), (tuple(-h for h in heights), 1)]
    fails = [primitive_row((tuple(excess(e, found, g) for g in generators), 0)) for e in clause]
    strict = [False] * (n + 2) + [not each.strict for each in clause]
    return feasible([*signs, *whole, *fails], strict, n).status == "full"


def holds(clauses: Sequence[Clause], network: Network, domain: Any) -> bool:
    complex_ = regions(network, domain)
    lines = [(*(s * c for c in line), 0) for line in complex_.lines for s in (1, -1)]
    return not any(
        fails_on(clause, [*cell.generators, *lines], found)
        for clause in clauses
        for cell, found in zip(complex_.cells, complex_.affine_maps, strict=True)
    )


@st.composite
def properties(draw: st.DrawFn, network: Network) -> list[list[Inequality]]:
    """Draw one or two clauses of up to three inequalities."""

    def one() -> Inequality:
        coefficients = draw(st.tuples(*[ternary()] * network.output_dimension))
        inputs = draw(st.tuples(*[ternary()] * network.input_dimension))
        bound = draw(rationals(9, 2))
        return Inequality(coefficients, bound, draw(st.booleans()), inputs)

    def clause() -> list[Inequality]:
        found = [one() for _ in range(draw(st.integers(1, 2)))]
        if draw(st.booleans()):
            first = found[0]
            minus = [tuple(-c for c in each) for each in (first.coefficients, first.inputs)]
            bound = -first.bound + draw(st.sampled_from([0, 0, Fraction(1, 2), -1]))
            found.append(Inequality(minus[0], bound, draw(st.booleans()), minus[1]))
        return found

    return [clause() for _ in range(draw(st.integers(1, 2)))]


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_properties_are_decided_rightly_and_believed(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=4))
    domain = data.draw(domains(network.input_dimension))
    clauses = data.draw(properties(network))
    certificate = certify_property(network, clauses, domain)
    assert believed(certificate)
    assert isinstance(certificate.claim, Property) is holds(clauses, network, domain)
    if isinstance(certificate.claim, Counterexample):
        point = certificate.claim.point
        outputs = network(point)
        assert domain.contains(point)
        assert not all(any(each.holds(outputs, point) for each in c) for c in clauses)


def tight(network: Network, domain: Any, sign: int, more: Any = 0) -> list[Any]:
    """Return that the first output is on its own side of an end of its range, or a little more."""
    one = [sign] + [0] * (network.output_dimension - 1)
    claim = certify_range(network, one, domain).claim
    return [(one, claim.upper.value + Fraction(more))]


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_tight_and_loose_bounds_over_boxes(data: st.DataObject) -> None:
    network = data.draw(networks(depth=3, width=4))
    box = Domain.box([(-1, Fraction(1, 2))] * network.input_dimension)
    sign = data.draw(st.sampled_from([1, -1]))
    for more, kind in ((0, Property), (Fraction(1, 3), Property), (-1, Counterexample)):
        certificate = certify_property(network, tight(network, box, sign, more), box)
        assert isinstance(certificate.claim, kind)
        assert believed(certificate)


@pytest.mark.parametrize("domain", [SQUARE, DIAMOND], ids=["box", "no box"])
@pytest.mark.parametrize("sign", [1, -1])
def test_branches_end_early(domain: Any, sign: int) -> None:
    count = len(regions(WIDE, domain))
    for more in ("1/10", "1/2", 2):
        certificate = certify_property(WIDE, tight(WIDE, domain, sign, more), domain)
        assert isinstance(certificate.claim, Property)
        assert certificate.claim.leaves < count
        assert with_bounds(certificate) > 0
        assert believed(certificate)


def test_neurons_that_do_not_matter_are_not_decided() -> None:
    """relu(x) + relu(2x + 5y - 1/7)/100 has many regions, of which a proof needs two or so."""
    count = len(regions(DEAD, SQUARE))
    claim = [Inequality((Fraction(1),), Fraction(1, 10), False, (Fraction(-1), Fraction(0)))]
    either = [*claim, Inequality((Fraction(1),), Fraction(1, 10))]
    certificate = certify_property(DEAD, [either], SQUARE)
    assert isinstance(certificate.claim, Property)
    assert count == 11
    assert certificate.claim.leaves <= 3
    assert believed(certificate)


def test_clauses_over_the_whole_space_have_no_bounds() -> None:
    xor = gallery.get("xor")
    certificate = certify_property(xor, [([1], 1)])
    assert with_bounds(certificate) == 0
    assert believed(certificate)


def wrong_error(original: Callable[..., Any]) -> Callable[..., Any]:
    """The output of a neuron is more certain than it is."""

    def between(self: Any, low: Fraction, high: Fraction) -> list[Any]:
        *line, error = original(self, low, high)
        return [*line, Fraction(error, 2)]

    return between


def wrong_sign(original: Callable[..., Any]) -> Callable[..., Any]:
    def between(self: Any, low: Fraction, high: Fraction) -> list[Any]:
        *line, error = original(self, low, high)
        return [*line, -error]

    return between


def wrong_bound(original: Callable[..., Any]) -> Callable[..., Any]:
    """A pre-activation is smaller than its multipliers show."""

    def most(*arguments: Any) -> Any:
        found = original(*arguments)
        return found._replace(value=found.value - abs(found.value) / 4)

    return most


def wrong_multipliers(original: Callable[..., Any]) -> Callable[..., Any]:
    """What the writer knows is true, but its multipliers show less."""

    def most(*arguments: Any) -> Any:
        found = original(*arguments)
        return found._replace(multipliers={**found.multipliers, "own": 3})

    return most


BROKEN = [
    (enclosure._Neuron, "between", wrong_error),
    (enclosure._Neuron, "between", wrong_sign),
    (enclosure.Bounder, "most", wrong_bound),
    (enclosure.Bounder, "most", wrong_multipliers),
]


@pytest.mark.parametrize(("holder", "name", "broken"), BROKEN)
def test_a_broken_enclosure_is_not_believed(
    holder: Any, name: str, broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tight(WIDE, SQUARE, 1, "1/10")
    certificate = certify_property(WIDE, asked, SQUARE)
    assert believed(certificate)
    monkeypatch.setattr(holder, name, broken(getattr(holder, name)))
    assert with_bounds(certificate) > 0
    assert not believed(certificate)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_slopes_are_the_greatest_and_believed(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    coefficients = data.draw(st.tuples(*[ternary()] * network.output_dimension))
    way = data.draw(points(network.input_dimension))
    certificate = certify_slope(network, coefficients, way, domain)
    assert believed(certificate)
    rises = []
    for region in regions(network, domain).regions:
        x = region.interior_point
        step = Fraction(1)
        while not region.contains([a + step * u for a, u in zip(x, way, strict=True)]):
            step /= 2
        there = network([a + step * u for a, u in zip(x, way, strict=True)])
        moved = [(b - a) / step for a, b in zip(network(x), there, strict=True)]
        rises.append(sum(map(mul, coefficients, moved), Fraction(0)))
    assert certificate.claim.value == max(rises)


def test_what_falls_everywhere_has_a_negative_slope() -> None:
    net = Network([([[-1], [-2]], [0, 1], "relu"), ([[1, 1]], [0], "linear")])
    assert certify_slope(net, [1], [1], [(-3, -1)]).claim.value == -3
    assert certify_slope(net, [1], [1]).claim.value == 0


def test_directions_and_coefficients_of_another_length_are_refused() -> None:
    xor = gallery.get("xor")
    with pytest.raises(OptionError, match="a direction with 2 entries"):
        certify_slope(xor, [1], [1])
    with pytest.raises(OptionError, match="one coefficient for each output"):
        certify_slope(xor, [1, 1], [1, 1])
    with pytest.raises(OptionError, match="one coefficient for each input"):
        certify_property(xor, [Inequality((Fraction(1),), Fraction(1), False, (Fraction(1),))])
    for nothing in ([], [[]]):
        with pytest.raises(OptionError, match="at least one inequality"):
            certify_property(xor, nothing)
