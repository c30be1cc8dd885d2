"""Graphs over a line: curves as exact pieces, and what is drawn of them."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import (
    Activation,
    Domain,
    Network,
    PiecewiseFunction,
    gallery,
    plot,
    regions,
)
from exactpwl.errors import FigureError
from exactpwl.plot.curve import as_interval, curve_of
from exactpwl.plot.style import INK, JUMP, OUTSIDE
from strategies import networks, piecewise_activations, rationals

LEFT, RIGHT = [((-1,), 0)], [((1,), 0)]
STEP = PiecewiseFunction([LEFT, RIGHT], [([["1/2"]], [0]), ([[-1]], [1])])
HAT = gallery.get("hat1d")


def strokes(ax: Any) -> list[list[tuple[float, float]]]:
    """Return the points of the strokes of graphs, which are solid and thick."""
    found = []
    for line in ax.lines:
        x, y = line.get_data()
        drawn = line.get_linestyle() == "-" and line.get_marker() in ("None", None, "")
        if drawn and line.get_linewidth() > 1:
            found.append([*zip(x, y, strict=True)])
    return found


def marks(ax: Any, face: str) -> list[tuple[float, float]]:
    found = [line for line in ax.lines if line.get_marker() == "o"]
    return [
        (x, y)
        for line in found
        if line.get_markerfacecolor() == face
        for x, y in zip(*line.get_data(), strict=True)
    ]


def above(ax: Any) -> list[str]:
    return [t.get_text() for t in ax.texts if getattr(t, "xy", (0, 0))[1] == 1.0]


@given(piecewise_activations(), rationals())
def test_the_curve_of_an_activation_is_the_activation(s: Activation, z: Fraction) -> None:
    curve = curve_of(s)
    assert [m.x for m in curve.meetings] == list(s.breakpoints)
    assert [piece.slope for piece in curve.pieces] == list(s.slopes)
    assert not any(meeting.jumps for meeting in curve.meetings)
    low, high = as_interval([(z - 1, z + 1)], [curve])
    assert all(piece.at(x) == s(x) for piece, part in curve.shown((low, high)) for x in part)


@given(networks(inputs=st.just(1)))
def test_the_curve_of_a_complex_is_the_network(network: Network) -> None:
    complex_ = regions(network)
    curve = curve_of(complex_)
    window = as_interval(None, [curve])
    assert len(curve.pieces) == len(complex_)
    assert len(curve.meetings) == len(complex_) - 1 == len(complex_.adjacencies)
    for piece, part in curve.shown(window):
        middle = sum(part) / 2
        assert [piece.at(x) for x in (*part, middle)] == [network([x])[0] for x in (*part, middle)]
        assert piece.name == str(network.pattern_at([middle]))
    assert all(meeting.neurons and not meeting.jumps for meeting in curve.meetings)


def test_a_network_of_one_input() -> None:
    ax = plot.function_graph(regions(HAT), patterns=True)
    assert strokes(ax) == [[(-1.5, 0), (-1, 0), (0, 1), (1, 0), (1.5, 0)]]
    assert above(ax) == ["a0\n-1", "a1\n0", "a2\n1"]
    texts = [t.get_text() for t in ax.texts]
    assert [t for t in texts if set(t) <= set("01")] == ["000", "100", "110", "111"]
    assert "hat1d: 4 activation regions on the line, 4 in this window;" in texts[-2].replace(
        "\n", " "
    )


def test_labels_are_exact_affine_functions_and_those_without_room_are_left_out() -> None:
    ax = plot.function_graph(regions(HAT), maps=True, caption=False)
    assert [t.get_text() for t in ax.texts if "\n" not in t.get_text()] == ["0", "x+1", "-x+1", "0"]
    both = plot.function_graph(regions(HAT), patterns=True, maps=True, caption=False)
    assert "100: x+1" in [t.get_text() for t in both.texts]
    crowded = plot.function_graph(regions(gallery.get("sawtooth:6")), window=[(0, 1)], maps=True)
    assert sum("x" in t.get_text() for t in crowded.texts[:-2]) == 0
    assert 0 < len(above(crowded)) < 63


def test_a_switch_without_a_bend_is_a_ring() -> None:
    # the second neuron's output weight is 0, so nothing bends at 1
    network = Network([([[1], [1]], [0, -1], "relu"), ([[1, 0]], [0], "linear")])
    ax = plot.function_graph(regions(network), window=[(-2, 2)])
    assert marks(ax, "white") == [(1, 1)]
    assert marks(ax, INK) == [(0, 0)]
    assert "f(x) bends at 1 of 2 breakpoints" in ax.texts[-2].get_text().replace("\n", " ")


def test_a_jump_has_two_rings_and_breaks_the_stroke() -> None:
    ax = plot.function_graph(STEP, window=[(-1, 1)])
    assert strokes(ax) == [[(-1, -0.5), (0, 0)], [(0, 1), (1, 0)]]
    torn = [r for r in ax.lines if r.get_marker() == "o" and r.get_markeredgecolor() == JUMP]
    assert [[*zip(*line.get_data(), strict=True)] for line in torn] == [[(0, 0), (0, 1)]]
    texts = [" ".join(t.get_text().split()) for t in ax.texts]
    assert "jump 1" in texts
    assert texts[-2] == "2 pieces, 2 in this window; not continuous"
    assert texts[-1].startswith(str(STEP.check_continuity().failures[0]))


def test_the_ground_is_grey_where_nothing_is_defined() -> None:
    apart = PiecewiseFunction([[((-1,), -1)], [((1,), -1)]], [([[1]], [0]), ([[1]], [0])])
    ax = plot.function_graph(apart, window=[(-2, 3)])
    from matplotlib.colors import to_rgba

    grey = [p.get_extents() for p in ax.patches if p.get_facecolor() == to_rgba(OUTSIDE)]
    data = ax.transData.inverted()
    assert [
        tuple(round(float(data.transform((x, 0))[0]), 6) for x in (b.x0, b.x1)) for b in grey
    ] == [(-1, 1)]
    assert len(strokes(ax)) == 2


def test_a_domain_and_a_weighted_sum_of_outputs() -> None:
    network = Network([([[1], [-1]], [0, 0], "relu")])
    complex_ = regions(network, Domain.box([(-1, 2)]))
    ax = plot.function_graph(complex_, output=(1, "-1/2"))
    assert ax.get_xlim() == (-1, 2)
    assert ax.get_ylabel() == "f1(x)-(1/2)f2(x)"
    assert strokes(ax) == [[(-1, -0.5), (0, 0), (2, 2)]]
    assert "2 activation regions on [-1, 2]" in ax.texts[-2].get_text()
    half = plot.function_graph(regions(network, Domain.polyhedron([[1]], [1])))
    assert "on a half-line" in half.texts[-2].get_text()


@pytest.mark.parametrize(
    "network",
    [
        Network([([[0]], [2], "relu")]),  # a constant
        Network([([[3]], [1], "linear")]),  # one region
        Network([([[1], [1], [-2], [0]], [0, 0, 0, -1], "relu"), ([[1, 1, 1, 1]], [0], "relu")]),
    ],
)
def test_degenerate_networks_are_drawn(network: Network) -> None:
    complex_ = regions(network)
    ax = plot.function_graph(complex_, maps=True)
    (stroke,) = strokes(ax)
    assert stroke[0][0] == ax.get_xlim()[0]
    assert stroke[-1][0] == ax.get_xlim()[1]
    low, high = ax.get_ylim()
    assert all(low < y < high for _, y in stroke)


@pytest.mark.parametrize("name", ["$x^$ {", "two\nlines"])
def test_a_name_from_a_file_is_drawn_letter_by_letter(name: str) -> None:
    network = Network(HAT.layers, name=name)
    graph = plot.function_graph(regions(network))
    (along,) = plot.cross_section(network, [((0,), (1,))])
    for ax in (graph, along):
        ax.figure.draw_without_rendering()
        assert repr(name)[1:-1] in ax.texts[-2].get_text()


def test_points_are_drawn_and_axes_taken() -> None:
    given_axes = plot.new_panels(1, 2)
    ax = plot.function_graph(regions(HAT), given_axes[1], points=[("1/2", 1)], caption=False)
    assert ax is given_axes[1]
    crosses = next(line for line in ax.lines if line.get_marker() == "x")
    assert [*zip(*crosses.get_data(), strict=True)] == [(0.5, 1)]


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (
            regions(gallery.get("xor")),
            "a graph over a line needs a function of 1 input, got 2 inputs; "
            "plot.top_down(complex) draws it from above, "
            "plot.cross_section(complex, [(point, direction)]) draws it along a line",
        ),
        (
            regions(gallery.get("braid")),
            "a graph over a line needs a function of 1 input, got 3 inputs; "
            "plot.cross_section(complex, [(point, direction)]) draws it along a line",
        ),
        (
            PiecewiseFunction([[((1, 0), 0)]], [([[1, 0]], [0])]),
            "a graph over a line needs a function of 1 input, got 2 inputs; "
            "plot.top_down_pieces(function) draws it from above",
        ),
    ],
)
def test_a_wrong_dimension_names_the_figure_that_serves(function: Any, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        plot.function_graph(function)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"window": [(1, 0)]}, "a window in R\\^1 has one pair"),
        ({"window": [(0, 1), (0, 1)]}, "a window in R\\^1 has one pair"),
        ({"output": 3}, "output must be from 0 to 0, got 3"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(FigureError, match=message):
        plot.function_graph(regions(HAT), **options)


def test_a_window_outside_the_domain_and_values_beyond_floats_are_refused() -> None:
    complex_ = regions(HAT, Domain.box([(-1, 1)]))
    with pytest.raises(FigureError, match="meets the domain's interior"):
        plot.function_graph(complex_, window=[(2, 3)])
    with pytest.raises(FigureError, match="values that fit into floats"):
        plot.function_graph(regions(Network([([[10**400]], [0], "relu")])))
