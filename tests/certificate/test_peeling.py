"""Multipliers by peeling are a proof: the sum is the function, and no multiplier is negative."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Domain, Network
from exactpwl.certificate.peeling import peeled
from exactpwl.certificate.steps import Decided, Leaf, steps
from exactpwl.engine.cell import dot
from strategies import domains, networks


@given(st.data())
def test_every_vertex_bound_is_a_combination_of_the_facets(data: Any) -> None:
    """On each region, x_i minus its least value is a sum of the region's inequalities."""
    network = data.draw(networks(depth=2, width=4))
    domain = data.draw(domains(network.input_dimension))
    for leaf in (s for s in steps(network.stages, domain) if isinstance(s, Leaf)):
        generators = leaf.cell.generators
        function = (*data.draw(st.tuples(*[st.integers(-3, 3)] * network.input_dimension)), 0)
        if any(dot(function, g) < 0 for g in generators if not g[-1]):
            continue
        bottom = min(Fraction(dot(function, g), g[-1]) for g in generators if g[-1])
        row = (*(bottom.denominator * c for c in function[:-1]), -bottom.numerator)
        own, taken, constant = peeled(row, generators, leaf.cell.tight, leaf.rows)
        assert own > 0
        assert constant >= 0
        assert all(count > 0 for count in taken.values())
        for g in generators:
            total = sum(count * dot(leaf.rows[bit], g) for bit, count in taken.items())
            assert own * dot(row, g) == total + constant * g[-1]


def test_a_constant_is_peeled_off_at_once() -> None:
    interval = [(0, 1), (1, 1)], [2, 4], {2: (1, 0), 4: (-1, 1)}
    assert peeled((0, 3), *interval) == (1, {}, 3)
    assert peeled((1, 1), *interval) == (1, {2: 1}, 1)


def test_a_refutation_stands_once_as_high_as_it_holds() -> None:
    """Two parallel lines: the second is decided where the first is, not in each region below."""
    network = Network([([[1, 0], [1, 0], [0, 1]], [0, -1, 0], "relu")])
    decided = [s for s in steps(network.stages, Domain.whole(2)) if isinstance(s, Decided)]
    assert [(s.kink.neuron, s.above) for s in decided] == [(1, False)]


@pytest.mark.parametrize("bias", [0, 1, -1])
def test_constant_kinks_need_no_step(bias: int) -> None:
    network = Network([([[0, 0], [1, 0]], [bias, 0], "relu")])
    kinks = [s for s in steps(network.stages, Domain.whole(2)) if not isinstance(s, Leaf)]
    assert all(s.kink.neuron == 1 for s in kinks)
