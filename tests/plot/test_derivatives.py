"""The four panels of a function of one input: steps, rings, and impulses with their numbers."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Activation, Domain, Network, PiecewiseFunction, gallery, plot, regions
from exactpwl.errors import FigureError
from exactpwl.plot.curve import as_interval, curve_of
from exactpwl.plot.derivative_panels import affine_stretches
from strategies import networks

ZIGZAG = Network([([[1]] * 3, [1, "1/2", 0], "relu"), ([[4, -8, 5]], [-1], "linear")])
LEFT, RIGHT = [((-1,), 0)], [((1,), 0)]
STEP = PiecewiseFunction([LEFT, RIGHT], [([["1/2"]], [0]), ([[-1]], [1])])


def thick(ax: Any) -> list[list[tuple[float, float]]]:
    found = [r for r in ax.lines if r.get_linestyle() == "-" and r.get_linewidth() > 1]
    return [[*zip(*r.get_data(), strict=True)] for r in found]


def rings(ax: Any) -> list[tuple[float, float]]:
    found = [r for r in ax.lines if r.get_marker() == "o"]
    return [point for r in found for point in zip(*r.get_data(), strict=True)]


def test_the_four_panels() -> None:
    function, pieces, first, second = plot.derivatives(regions(ZIGZAG), window=[("-3/2", 1)])
    corners = [(-1.5, -1), (-1, -1), (-0.5, 1), (0, -1), (1, 0)]
    assert thick(function) == [corners]
    assert thick(pieces) == [[*pair] for pair in pairwise(corners)]
    assert thick(first) == [
        [(-1.5, 0), (-1, 0)],
        [(-1, 4), (-0.5, 4)],
        [(-0.5, -4), (0, -4)],
        [(0, 1), (1, 1)],
    ]
    assert rings(first) == [(-1, 0), (-1, 4), (-0.5, 4), (-0.5, -4), (0, -4), (0, 1)]
    assert [y for part in thick(second) for _, y in part] == [0] * 8
    assert rings(second) == [(-1, 0), (-0.5, 0), (0, 0)]
    assert [t.get_text() for t in pieces.texts][:4] == ["-1", "4x+3", "-4x-1", "x-1"]
    assert (first.get_ylabel(), second.get_ylabel()) == ("f′(x)", "f″(x)")


def test_impulses_are_as_high_as_the_change_of_slope() -> None:
    second = plot.derivatives(regions(ZIGZAG), impulses=True)[3]
    tips = {t.xy for t in second.texts if t.arrow_patch is not None}
    assert tips == {(-1, 4), (-0.5, -8), (0, 5)}
    low, high = second.get_ylim()
    assert low < -8
    assert high > 5
    with pytest.raises(FigureError, match="this one jumps at 0: draw it without them"):
        plot.derivatives(STEP, impulses=True)


@given(networks(inputs=st.just(1)))
def test_stretches_end_where_the_slope_changes_and_only_there(network: Network) -> None:
    curve = curve_of(regions(network))
    window = as_interval(None, [curve])
    stretches = affine_stretches(curve, window)
    assert (stretches[0][0], stretches[-1][1]) == window
    for (_, end, left), (start, _, right) in pairwise(stretches):
        assert end == start
        assert left.slope != right.slope
    for low, high, piece in stretches:
        middle = (low + high) / 2
        step = (high - low) / 4
        difference = network([middle + step])[0] - network([middle])[0]
        assert difference == piece.slope * step


def test_where_a_neuron_switches_and_the_slope_stays_the_derivatives_exist() -> None:
    network = Network([([[1], [1]], [0, -1], "relu"), ([[1, 0]], [0], "linear")])
    first, second = plot.derivatives(regions(network), window=[(-2, 2)])[2:]
    assert thick(first) == [[(-2, 0), (0, 0)], [(0, 1), (2, 1)]]
    assert rings(second) == [(0, 0)]


def test_at_a_jump_no_derivative_is_drawn() -> None:
    first = plot.derivatives(STEP)[2]
    assert rings(first) == [(0, 0.5), (0, -1)]
    flat = PiecewiseFunction([LEFT, RIGHT], [([[0]], [0]), ([[0]], [1])])
    assert rings(plot.derivatives(flat)[3]) == [(0, 0)]


@pytest.mark.parametrize(
    "function",
    [
        Activation.parse("linear"),
        regions(Network([([[0]], [2], "relu")])),
        regions(Network([([[1], [1], [-2], [0]], [0, 0, 0, -1], "relu")])),
        regions(gallery.get("sawtooth:5")),
        regions(ZIGZAG, Domain.box([(-1, "-3/4")])),
    ],
)
def test_degenerate_functions_are_drawn(function: Any) -> None:
    panels = plot.derivatives(function)
    curve = curve_of(function)
    count = len(affine_stretches(curve, as_interval(None, [curve])))
    assert [len(thick(ax)) for ax in panels] == [1, count, count, count]


def test_the_axes_of_the_caller() -> None:
    given_axes = plot.new_panels(1, 4)
    assert plot.derivatives(regions(ZIGZAG), given_axes) == given_axes
    with pytest.raises(FigureError, match="this figure has 4 panels, got 2 axes"):
        plot.derivatives(regions(ZIGZAG), given_axes[:2])


def test_of_many_pieces_no_continuations_and_no_numbers_are_drawn() -> None:
    few, many = (
        plot.derivatives(regions(gallery.get(name)), window=[(0, 1)], impulses=True)
        for name in ("sawtooth:3", "sawtooth:4")
    )
    for panels, expected in ((few, 8), (many, 0)):
        dashed = [r for r in panels[1].lines if r.get_linewidth() == 0.7]
        assert len(dashed) == expected
        numbers = [t for t in panels[3].texts if t.get_text() in ("16", "-16", "32", "-32")]
        assert len(numbers) == max(expected - 1, 0)


def test_a_wrong_dimension_is_refused() -> None:
    with pytest.raises(FigureError, match=r"got 2 inputs; plot.top_down\(complex\) draws it"):
        plot.derivatives(regions(gallery.get("xor")))


def test_the_change_of_slope_is_exact() -> None:
    tiny = Fraction(1, 10**30)
    network = Network([([[1], [1]], [0, -1], "relu"), ([[1, tiny]], [0], "linear")])
    assert len(rings(plot.derivatives(regions(network))[3])) == 2
