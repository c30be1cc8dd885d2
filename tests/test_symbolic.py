"""A complex as a sympy Piecewise has the network's values."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Network, as_piecewise, gallery, regions
from exactpwl.errors import OptionError
from strategies import networks, points


@settings(max_examples=15)
@given(st.data())
def test_values(data: st.DataObject) -> None:
    network = data.draw(networks(depth=1, width=3))
    found = regions(network)
    symbols = [sympy.Symbol(n, real=True) for n in ("x", "y", "z")][: network.input_dimension]
    for output in range(network.output_dimension):
        expression = as_piecewise(found, output)
        point = data.draw(points(network.input_dimension))
        numbers = [sympy.Rational(c.numerator, c.denominator) for c in point]
        value = expression.subs(dict(zip(symbols, numbers, strict=True)))
        assert Fraction(int(value.p), int(value.q)) == network(point)[output]


def test_a_domain_ends_the_expression() -> None:
    expression = as_piecewise(regions(gallery.get("tent"), [(0, 1)]))
    assert expression.subs(sympy.Symbol("x", real=True), 2) is sympy.nan


def test_no_such_output() -> None:
    with pytest.raises(OptionError, match="from 0 to 0 is required, got 1"):
        as_piecewise(regions(Network([([[1]], [0], "relu")])), 1)
