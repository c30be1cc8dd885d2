"""Rays and their running sum: exact sums, and what is drawn of them."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import same_color

from exactpwl import Network, gallery, plot, regions
from exactpwl.errors import FigureError
from exactpwl.plot.curve import curve_of
from exactpwl.plot.ray_sum import RaySum
from exactpwl.plot.style import INK, STROKES
from strategies import networks, rationals

ZIGZAG = Network([([[1]] * 3, [1, "1/2", 0], "relu"), ([[4, -8, 5]], [-1], "linear")])
MIXED = Network(
    [
        ([[2]], [1], "linear"),
        ([[1], [-1], [2], [0], [1]], [0, 1, 2, 5, 7], ["hard_tanh", "relu", "abs", "relu", "relu"]),
        ([[1, -1, "1/2", 2, 0], [0, 0, 0, 0, 1]], [0, 1], "linear"),
        ([[3, 0]], [1], "linear"),
    ]
)


def whole(ax: Any) -> list[tuple[float, float]]:
    """Return the points of the sum, which is drawn in ink."""
    found = [r for r in ax.lines if same_color(r.get_color(), INK) and r.get_linewidth() > 1]
    (line,) = [r for r in found if r.get_marker() in ("None", "", None)]
    return [*zip(*line.get_data(), strict=True)]


def test_the_sum_in_words() -> None:
    assert str(RaySum.of(ZIGZAG, 0)) == "-1 + 4 relu(x+1) - 8 relu(x+1/2) + 5 relu(x)"
    assert str(RaySum.of(MIXED, 0)) == ("31 + (3/2) abs(4x+4) + 3 hard_tanh(2x+1) - 3 relu(-2x)")
    assert str(RaySum.of(Network([([[2]], [1], "linear")]), 0)) == "2x+1"
    assert str(RaySum.of(Network([([[0]], [-1], "relu")]), 0)) == "0"


@given(networks(inputs=st.just(1), depth=1), st.lists(rationals(), min_size=1, max_size=4))
def test_the_last_partial_sum_is_the_network(network: Network, places: list[Fraction]) -> None:
    sum_ = RaySum.of(network, 0)
    last = sum_.partial_sums[-1]
    for x in places:
        (piece,) = [
            p
            for p in last.pieces
            if (p.low is None or p.low < x) and (p.high is None or x <= p.high)
        ]
        assert piece.at(x) == network([x])[0]
    assert not any(meeting.jumps for meeting in last.meetings)
    bends = {m.x for m in curve_of(regions(network)).meetings if m.bends}
    assert {m.x for m in last.meetings if m.bends} == bends
    assert len(sum_.partial_sums) == len(sum_.rays) + 1


def test_up_to_the_next_breakpoint_a_partial_sum_is_the_function() -> None:
    sum_ = RaySum.of(ZIGZAG, 0)
    last = sum_.partial_sums[-1]
    for partial, ray in zip(sum_.partial_sums, sum_.rays, strict=False):
        x = ray.breakpoints[0]
        (before,) = [piece for piece in last.pieces if piece.high == x]
        assert partial.pieces[-1][2:4] == before[2:4]


def test_the_panels() -> None:
    above, below = plot.rays(ZIGZAG, window=[("-3/2", 1)])
    names = [text.get_text() for text in above.get_legend().get_texts()]
    assert names == ["-1", "4 relu(x+1)", "-8 relu(x+1/2)", "5 relu(x)"]
    second = next(r for r in above.lines if r.get_label() == names[2])
    assert [*zip(*second.get_data(), strict=True)] == [(-1.5, 0), (-0.5, 0), (1, -12)]
    assert whole(below) == [(-1.5, -1), (-1, -1), (-0.5, 1), (0, -1), (1, 0)]
    dots = [r for r in below.lines if r.get_marker() == "o" and len(r.get_xdata())]
    assert [(r.get_markerfacecolor(), r.get_xdata()[0]) for r in dots] == [
        (STROKES[0], -1),
        (STROKES[1], -0.5),
        (STROKES[2], 0),
    ]
    # where each partial sum would have gone on
    dashed = [r for r in below.lines if r.get_linewidth() == 0.9]
    assert [r.get_ydata()[-1] for r in dashed] == [-1, 7, -5]


def test_a_weight_and_a_bias_are_moved() -> None:
    panels = plot.rays(ZIGZAG, weights={1: "-6"}, biases={2: "-1/2"}, window=[(-2, 1)])
    assert len(panels) == 4
    assert whole(panels[2]) == [(-2, -1), (-1, -1), (-0.5, 1), (0, -1), (1, 0)]
    assert whole(panels[3]) == [(-2, -1), (-1, -1), (-0.5, 1), (0.5, -1), (1, 0.5)]
    before = next(r for r in panels[3].lines if r.get_label() == "before")
    assert [*zip(*before.get_data(), strict=True)] == whole(panels[2])
    assert panels[0].get_ylim() == panels[1].get_ylim()
    assert panels[2].get_ylim() == panels[3].get_ylim()


@pytest.mark.parametrize(
    "network",
    [
        MIXED,
        Network([([[0]], [2], "relu")]),  # a constant
        Network([([[2]], [1], "linear")]),  # no neuron with kinks
        Network([([[1], [1], [-2], [0]], [0, 0, 0, -1], "relu"), ([[1, -1, 0, 1]], [0], "linear")]),
        gallery.get("abs"),
    ],
)
def test_degenerate_networks_are_drawn(network: Network) -> None:
    _, below = plot.rays(network, window=[(-2, 2)])
    drawn = whole(below)
    assert [y for _, y in drawn] == [float(network([Fraction(x)])[0]) for x, _ in drawn]


def test_an_affine_function_has_nothing_to_move() -> None:
    with pytest.raises(FigureError, match="there is no neuron whose weight could be moved"):
        plot.rays(Network([([[2]], [1], "linear")]), weights={0: 1})


def test_many_rays_have_no_legend() -> None:
    network = Network([([[1]] * 20, [*range(20)], "relu"), ([[1, -1] * 10], [0], "linear")])
    above, below = plot.rays(network)
    assert above.get_legend() is None
    texts = [t.get_text() for ax in (above, below) for t in ax.texts]
    assert "20 rays" in texts
    assert "20 bends" in texts


@pytest.mark.parametrize(
    ("network", "options", "message"),
    [
        ("xor", {}, "1 input, got 2 inputs; plot.cross_section(network, [(point, direction)])"),
        (
            "sawtooth:2",
            {},
            "one layer with kinks, got 2; plot.function_graph(complex) and plot.der",
        ),
        (
            "hat1d",
            {"weights": {3: 1}},
            "a neuron from 0 to 2 is required to move its weight, got 3",
        ),
        ("hat1d", {"biases": {-1: 1}}, "a neuron from 0 to 2 is required to move its bias, got -1"),
        ("hat1d", {"output": 1}, "output must be from 0 to 0, got 1"),
        ("hat1d", {"axes": ()}, "this figure has 2 panels, got 0 axes"),
        ("hat1d", {"window": [(0, 1)] * 2}, "a window in R^1 has one pair"),
    ],
)
def test_what_is_refused(network: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(FigureError) as caught:
        plot.rays(gallery.get(network), **options)
    assert message in str(caught.value)
