"""Networks along lines: the exact sections, their bends, and the lines on the plan."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Domain, Network, gallery, plot, regions
from exactpwl.errors import DimensionError, DomainError, FigureError
from exactpwl.plot.crossing import line_within
from exactpwl.plot.style import STROKES
from strategies import networks, rationals

XOR = gallery.get("xor")
WINDOW = [(-2, 2), (-2, 2)]
DIAGONAL = ((0, 0), (1, 1))
Point = tuple[float, float]


def strokes(ax: Any) -> list[list[Point]]:
    found = [r for r in ax.lines if r.get_linestyle() == "-" and r.get_linewidth() > 1]
    return [[*zip(*r.get_data(), strict=True)] for r in found]


def dots(ax: Any, colour: str) -> list[Point]:
    found = [r for r in ax.lines if r.get_marker() == "o" and r.get_markerfacecolor() == colour]
    return [point for r in found for point in zip(*r.get_data(), strict=True)]


def texts(ax: Any) -> list[str]:
    return [" ".join(text.get_text().split()) for text in ax.texts]


def test_lines_through_a_plane() -> None:
    lines = [DIAGONAL, ((-1, 1), (0, "1/2"))]
    plan, graph = plot.cross_section(regions(XOR), lines, window=WINDOW)
    assert strokes(graph) == [
        [(-2, -1), (-0.5, -1), (0, 1), (2, -7)],
        [(-6, -1), (-2, -1), (0, 1), (2, -1)],
    ]
    assert dots(graph, STROKES[0]) == [(-0.5, -1), (0, 1)]
    # the same bends, on the plan
    assert dots(plan, STROKES[0]) == [(-0.5, -0.5), (0, 0)]
    assert dots(plan, STROKES[1]) == [(-1, 0), (-1, 1)]
    arrows = [(t.xyann, t.xy) for t in plan.texts if getattr(t, "arrow_patch", None)]
    assert arrows == [((-2, -2), (2, 2)), ((-1, -2), (-1, 2))]
    assert [t.get_text() for t in graph.get_legend().get_texts()] == [
        "(0, 0) + s (1, 1)",
        "(-1, 1) + s (0, 1/2)",
    ]
    assert sorted(texts(graph)[:4]) == ["a0", "a0", "a1", "a1"]
    assert "xor along 2 lines: 3, 3 activation regions" in texts(graph)


@settings(max_examples=20)
@given(networks(inputs=st.just(3)), st.lists(rationals(), min_size=3, max_size=3))
def test_a_section_is_the_network_on_the_line(network: Network, point: list[Fraction]) -> None:
    direction = (1, -2, Fraction(1, 3))
    (graph,) = plot.cross_section(network, [(point, direction)])
    (stroke,) = strokes(graph)
    for s, y in stroke:
        # the ends of the stroke are exact, and so are their floats up to one rounding each
        at = [p + Fraction(s) * v for p, v in zip(point, direction, strict=True)]
        assert y == pytest.approx(float(network(at)[0]), abs=1e-6, rel=1e-9)


def test_neurons_of_deeper_layers_have_their_own_names() -> None:
    (graph,) = plot.cross_section(gallery.get("l1_annulus"), [((0, 0), (1, 0))], plan=False)
    named = {t.get_text() for t in graph.texts if t.get_text()[0] in "abc"}
    assert {"b1", "a0, a1"} <= named


def test_many_bends_have_no_names() -> None:
    rings = gallery.exhibit("rings")
    (graph,) = plot.cross_section(rings.network, [((0, 0), (1, 0))], span=[(-1, 1)], plan=False)
    assert len(graph.texts) == 2
    assert texts(graph)[0] == "rings along 1 line: 38 activation regions"


def test_a_line_in_many_inputs_is_called_by_its_number() -> None:
    network = Network([([[1] * 30, [-1] * 30], [0, 1], "relu"), ([[1, 1]], [0], "linear")])
    (graph,) = plot.cross_section(network, [((0,) * 30, (1,) * 30)])
    assert graph.get_legend().get_texts()[0].get_text() == "line 1 in R^30"


def test_the_domain_ends_the_lines() -> None:
    complex_ = regions(XOR, Domain.box([(-1, 1), (-1, 1)]))
    _, graph = plot.cross_section(complex_, [DIAGONAL], window=WINDOW)
    (stroke,) = strokes(graph)
    assert (stroke[0], stroke[-1]) == ((-1, -1), (1, -3))
    (same,) = plot.cross_section(XOR, [DIAGONAL], domain=[(-1, 1), (-1, 1)], plan=False)
    assert strokes(same) == [stroke]
    with pytest.raises(FigureError, match=r"\(0, 0\) \+ s \(1, 1\) has none for s in \[2, 3\]"):
        plot.cross_section(complex_, [((0, 0), ("1/4", 0)), DIAGONAL], span=[(2, 3)], plan=False)


@pytest.mark.parametrize(
    "network",
    [
        Network([([[0, 0]], [2], "relu")]),  # a constant
        Network([([[3, 1]], [1], "linear")]),  # one region
        Network([([[1, 0], [1, 0], [-2, 0], [0, 0]], [0, 0, 0, -1], "relu")]),
    ],
)
def test_degenerate_networks_are_drawn(network: Network) -> None:
    # the second line runs inside the wall x = 0
    lines = [((0, 0), (1, 0)), ((0, 0), (0, 1))]
    plan, graph = plot.cross_section(regions(network), lines, window=WINDOW)
    first, second = strokes(graph)
    assert first[0] == (-2, float(network((-2, 0))[0]))
    assert second == [(-2, float(network((0, -2))[0])), (2, float(network((0, 2))[0]))]
    assert plan.get_xlim() == (-2, 2)


@given(st.tuples(rationals(), rationals()), st.tuples(rationals(), rationals()))
def test_the_part_of_a_line_in_a_window(
    point: tuple[Fraction, Fraction], direction: tuple[Fraction, Fraction]
) -> None:
    window = ((Fraction(-3), Fraction(3)), (Fraction(-1), Fraction(2)))
    if not any(direction):
        return
    try:
        start, end = line_within(point, direction, window)
    except FigureError:
        return
    for s, inside in ((start, False), ((start + end) / 2, True), (end, False)):
        at = [p + s * v for p, v in zip(point, direction, strict=True)]
        strictly = [low < x < high for x, (low, high) in zip(at, window, strict=True)]
        assert all(strictly) == inside


@pytest.mark.parametrize(
    ("subject", "lines", "options", "error", "message"),
    [
        (XOR, [], {}, FigureError, "one line or more is required, a pair (point, direction) each"),
        (XOR, [((0, 0, 0), (1, 0, 0))], {}, DimensionError, "2 coordinates"),
        (XOR, [((0, 0), (0, 0))], {}, DimensionError, "linearly independent"),
        (XOR, [((5, 0), (0, 1))], {"window": WINDOW}, FigureError,
         "a line that meets the window [-2, 2] × [-2, 2] is required, got (5, 0) + s (0, 1)"),
        (XOR, [((5, 0), (0, 1))], {"domain": WINDOW}, DomainError, ""),
        (gallery.get("max:3"), [((0, 0, 0), (1, 0, 0))], {"plan": True}, FigureError,
         "a plan needs 2 inputs, got 3 inputs: draw the lines without it, plan=False"),
        (XOR, [DIAGONAL], {"axes": ()}, FigureError, "this figure has 2 panels, got 0 axes"),
        (XOR, [DIAGONAL], {"output": 2}, FigureError, "output must be from 0 to 0, got 2"),
    ],
)  # fmt: skip
def test_what_is_refused(
    subject: Any, lines: Any, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        plot.cross_section(subject, lines, **options)
    assert message in str(caught.value)
