"""Fans of curves: what moving each output weight does, and what is shaded."""

from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import same_color
from matplotlib.patches import Rectangle

from exactpwl import Network, construct, gallery, plot
from exactpwl.errors import FigureError
from exactpwl.plot.style import INK, STROKES

ZIGZAG = construct.from_points([(-1, -1), ("-1/2", 1), (0, -1), (1, 0)]).network


def shaded(ax: Axes) -> list[tuple[float, float]]:
    """Return the intervals that are shaded."""
    spans = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    return [(span.get_x(), span.get_x() + span.get_width()) for span in spans]


def curves(ax: Axes, colour: str) -> list[list[tuple[float, float]]]:
    """Return the points of the curves of a colour."""
    lines = [line for line in ax.lines if same_color(line.get_color(), colour)]
    found = [[*zip(*line.get_data(), strict=True)] for line in lines]
    return [points for points in found if len(points) > 1]


def test_what_moves_is_shaded_and_said() -> None:
    panels = plot.moved_weights(ZIGZAG, window=[(-2, 1)])
    assert [shaded(ax) for ax in panels] == [[(-1, 1)], [(-0.5, 1)], [(0, 1)]]
    texts = [[text.get_text() for text in ax.texts] for ax in panels]
    assert texts == [
        ["moves all x >= -1: 3 of 4 pieces", "4 relu(x+1)"],
        ["moves all x >= -1/2: 2 of 4 pieces", "-8 relu(x+1/2)"],
        ["moves all x >= 0: 1 of 4 pieces", "5 relu(x)"],
    ]


def test_the_curves_are_the_moved_networks() -> None:
    panels = plot.moved_weights(ZIGZAG, by=["1/2", -1], window=[(-2, 1)])
    for j, ax in enumerate(panels):
        fan = curves(ax, STROKES[j])
        for factor, points in zip((1.5, 0), fan, strict=True):
            old = construct.rays(ZIGZAG)[j].output_weight
            moved = construct.move(ZIGZAG, j, output_weight=factor * old).after
            assert [(x, float(moved([x])[0])) for x, _ in points] == points
        (label,) = [text.get_text() for text in ax.get_legend().get_texts()]
        assert label.startswith("weight ")
    assert len({ax.get_ylim() for ax in panels}) == 1


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (gallery.get("abs"), ["moves all x >= 0: 1 of 2 pieces", "moves all x <= 0: 1 of 2"]),
        (
            Network([([[1], [0], [1]], [0, 2, 5], ["hard_tanh", "relu", "relu"])]),
            ["moves everything: 3 of 3 pieces"],
        ),
        (
            Network([([[1]], [0], {"breakpoints": [-1, 0, 1], "slopes": [0, 1, -1, 0]})]),
            ["moves everything: 4 of 4 pieces"],
        ),
        (Network([([[1], [-2]], [1, -2], "relu"), ([[1, 1]], [0], "linear")]), None),
    ],
)
def test_other_networks_are_drawn(network: Network, said: list[str] | None) -> None:
    panels = plot.moved_weights(network)
    panels[0].get_figure(root=True).canvas.draw()
    first = [ax.texts[0].get_text() for ax in panels]
    if said is not None:
        assert all(text.startswith(part) for text, part in zip(first, said, strict=True))


def test_seven_panels_in_three_rows() -> None:
    network = construct.from_points([(i, i * i) for i in range(8)]).network
    panels = plot.moved_weights(network)
    assert len(panels) == 7
    assert len(panels[0].get_figure(root=True).axes) == 7


def test_a_moved_hump() -> None:
    hump = {"breakpoints": [0, 1, 2], "slopes": [0, 1, -1, 0], "value_at_zero": 0}
    (ax,) = plot.moved_weights(Network([([[1]], [0], hump)]), window=[(-1, 3)])
    assert shaded(ax) == [(0, 2)]
    assert ax.texts[0].get_text() == "moves 0 <= x <= 2: 2 of 4 pieces"


@pytest.mark.parametrize(
    ("network", "options", "message"),
    [
        (gallery.get("xor"), {}, "1 input, got 2 inputs; plot.cross_section"),
        (gallery.get("sawtooth:2"), {}, "one layer with kinks, got 2; plot.function_graph"),
        (construct.one_layer(2, []), {}, "from 1 to 12 neurons that bend the function"),
        (
            construct.from_points([(i, i * i) for i in range(20)]).network,
            {},
            "got 19; plot.rays(network, weights={j: w}) draws one",
        ),
        (ZIGZAG, {"axes": ()}, "this figure has 3 panels, got 0 axes"),
        (ZIGZAG, {"output": 1}, "output must be from 0 to 0, got 1"),
    ],
)
def test_what_is_refused(network: Network, options: dict[str, Any], message: str) -> None:
    with pytest.raises(FigureError) as caught:
        plot.moved_weights(network, **options)
    assert message in str(caught.value)


def test_nothing_in_a_fan() -> None:
    panels = plot.moved_weights(ZIGZAG, by=[])
    assert panels[0].get_legend() is None
    assert curves(panels[0], INK)
