"""Slopes along a direction: against differences of the network itself, and the words for them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Maximum, Network, gallery, regions
from exactpwl.errors import CertificateError, DimensionError, OptionError
from exactpwl.questions.rising import (
    SENSES,
    Monotonicity,
    monotonicities,
    monotonicity,
    step_inside,
)
from strategies import domains, networks, points


def combined(network: Network, coefficients, x) -> Fraction:
    return sum((c * y for c, y in zip(coefficients, network(x), strict=True)), Fraction(0))


def moved(x, direction, length):
    return tuple(a + length * u for a, u in zip(x, direction, strict=True))


@given(data=st.data())
def test_slopes_are_those_of_the_network(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    direction = data.draw(points(network.input_dimension).filter(any))
    coefficients = data.draw(points(network.output_dimension))
    found = monotonicity(regions(network, domain), direction, coefficients)
    for slope in (found.least, found.greatest):
        assert domain.contains(slope.start, strict=True)
        assert domain.contains(slope.end)
        (length,) = {
            (b - a) / u for a, b, u in zip(slope.start, slope.end, direction, strict=True) if u
        }
        assert length > 0
        assert slope.end == moved(slope.start, direction, length)
        assert combined(network, coefficients, slope.start) == slope.at_start
        assert combined(network, coefficients, slope.end) == slope.at_end
        assert slope.at_end - slope.at_start == length * slope.value
    slopes = brute_slopes(network, domain, direction, coefficients)
    assert (found.least.value, found.greatest.value) == (min(slopes), max(slopes))
    for sense, sign in zip(SENSES, (1, -1), strict=True):
        assert found.holds(sense) == all(sign * slope >= 0 for slope in slopes)
        assert found.holds(sense, strictly=True) == all(sign * slope > 0 for slope in slopes)


def brute_slopes(network, domain, direction, coefficients) -> list[Fraction]:
    """Differences of the network, a step so small that it stays in the region, by another way."""
    slopes = []
    for region in regions(network, domain, method="reference").regions:
        x, length = region.interior_point, Fraction(1)
        while not region.contains(moved(x, direction, length), strict=True):
            length /= 2
        ends = (combined(network, coefficients, y) for y in (x, moved(x, direction, length)))
        before, after = ends
        slopes.append((after - before) / length)
    return slopes


@given(data=st.data())
def test_a_monotone_network_rises_between_any_two_points_in_order(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3, outputs=st.just(1)))
    found = monotonicities(regions(network))
    x, step = (data.draw(points(network.input_dimension)) for _ in range(2))
    step = tuple(map(abs, step))
    difference = network(moved(x, step, 1))[0] - network(x)[0]
    if all(one.holds("increasing") for one in found):
        assert difference >= 0
    if all(one.holds("decreasing", strictly=True) for one in found) and any(step):
        assert difference < 0


RELU = Network([([[1]], [0], "relu")])


@pytest.mark.parametrize(
    ("network", "box", "word"),
    [
        (RELU, None, "non-decreasing"),
        (RELU, [(0, 1)], "strictly increasing"),
        (RELU, [(-1, 0)], "constant"),
        (Network([([[-1]], [0], "relu")]), None, "non-increasing"),
        (Network([([[-1]], [0], "leaky_relu:1/10")]), None, "strictly decreasing"),
        (Network([([[1]], [0], "hard_tanh")]), None, "non-decreasing"),
        (gallery.get("abs"), None, "neither"),
        (Network([([[0]], [3], "relu")]), None, "constant"),
    ],
)
def test_the_words(network: Network, box, word: str) -> None:
    assert monotonicity(regions(network, box), (1,)).word == word


def test_a_step_of_length_zero_slope_is_a_counterexample_to_strictness_alone() -> None:
    found = monotonicity(regions(RELU), (1,))
    assert found.counterexample("increasing") is None
    flat = found.counterexample("increasing", strictly=True)
    assert flat is not None
    assert flat.at_start == flat.at_end == 0
    assert flat.start < flat.end <= (0,)


def test_along_a_direction_where_the_inputs_disagree() -> None:
    network = Network([([[1, -1]], [0], "leaky_relu:1/2")])
    complex_ = regions(network)
    words = [found.word for found in monotonicities(complex_)]
    assert words == ["strictly increasing", "strictly decreasing"]
    assert monotonicity(complex_, (1, 1)).word == "constant"
    assert monotonicity(complex_, (2, 1)).word == "strictly increasing"


def test_a_combination_of_outputs_and_maxima() -> None:
    network = Network([Maximum([[0, 1], [2]])])
    complex_ = regions(network)
    assert [found.word for found in monotonicities(complex_, (1, -1))] == [
        "non-decreasing",
        "non-decreasing",
        "strictly decreasing",
    ]


def test_what_is_refused() -> None:
    complex_ = regions(gallery.get("xor"))
    with pytest.raises(DimensionError, match="a direction with 2 coordinates is required, got 1"):
        monotonicity(complex_, (1,))
    with pytest.raises(OptionError, match="a direction other than 0 is required"):
        monotonicity(complex_, (0, 0))
    with pytest.raises(OptionError, match="one coefficient for each output is required, 1; got 2"):
        monotonicity(complex_, (1, 0), (1, 1))
    with pytest.raises(OptionError, match="required, 2; got none"):
        monotonicity(regions(Network([([[1], [2]], [0, 0], "relu")])), (1,))
    found: Monotonicity = monotonicity(complex_, (1, 0))
    with pytest.raises(OptionError, match="the senses are increasing and decreasing; got 'up'"):
        found.holds("up")


def test_a_step_that_leads_outside_is_an_error() -> None:
    left, _ = regions(RELU).regions
    assert step_inside(left, (Fraction(0),), (-1,)) == 1
    with pytest.raises(CertificateError, match="no step leads from the point into region 0"):
        step_inside(left, (Fraction(0),), (1,))
