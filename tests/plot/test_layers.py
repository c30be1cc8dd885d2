"""The first layers of a network, side by side: regions counted by networks that are cut off."""

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.collections import LineCollection, PolyCollection

from exactpwl import Network, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.plot import layers, new_panels, regions_in_window
from exactpwl.plot.clip import area
from exactpwl.plot.sheets import means
from exactpwl.plot.view import complex_view

SQUARE = [(-3, 3), (-3, 3)]
DEEP = Network(
    [
        ([[1, 0], [0, 1], [1, 1]], [0, 0, -1], "relu"),
        ([[1, -1, 1], [1, 1, -2]], [-1, "-1/2"], "relu"),
        ([[2, -1]], ["-1/4"], "relu"),
        ([[1]], [-1], "linear"),
    ],
    name="deep",
)


def boundaries(ax: Any) -> list[str]:
    names = [str(c.get_label()) for c in ax.collections if isinstance(c, LineCollection)]
    return sorted(name for name in names if name.endswith(" layer"))


def test_each_panel_counts_the_regions_of_the_first_layers_alone() -> None:
    panels = layers(regions(DEEP), window=SQUARE)
    assert len(panels) == 3
    for number, ax in enumerate(panels, start=1):
        alone = regions(Network(DEEP.layers[:number]))
        seen = len(regions_in_window(alone, SQUARE))
        notes, title = (ax.texts[i].get_text() for i in (0, 1))
        assert notes == f"{len(alone)} regions in the plane, {seen} in this window"
        assert title == ("the first layer" if number == 1 else f"the first {number} layers")
        assert boundaries(ax) == ["1st layer", "2nd layer", "3rd layer"][:number]


def test_rings_gain_regions_with_every_layer() -> None:
    rings = gallery.exhibit("rings")
    complex_ = regions(rings.network)
    counts = [
        len({tuple(cell.pattern)[:number] for cell in complex_.cells}) for number in range(1, 5)
    ]
    assert counts == [37, 168, 439, 1014]


def test_a_panel_has_one_colour_for_each_region_of_its_layers() -> None:
    panels = layers(regions(DEEP), window=SQUARE)
    complex_ = regions(DEEP)
    view = complex_view(complex_, SQUARE)
    for number, ax in enumerate(panels, start=1):
        fill = next(
            c for c in ax.collections if isinstance(c, PolyCollection) and len(c.get_paths())
        )
        by_region: dict[Any, set[tuple[float, ...]]] = {}
        for patch, colour in zip(view.patches, fill.get_facecolor(), strict=True):
            start = tuple(complex_.cells[patch.cell].pattern)[:number]
            by_region.setdefault(start, set()).add(tuple(colour))
        assert all(len(found) == 1 for found in by_region.values())
    shaded = layers(complex_, window=SQUARE, colour_by="output")
    assert shaded[0].figure.get_supxlabel().endswith("colours: f(x, y)")


def test_means_keep_the_mean_of_the_whole_window() -> None:
    complex_ = regions(DEEP)
    view = complex_view(complex_, SQUARE)
    weights = {patch.cell: float(area(patch.polygon)) for patch in view.patches}
    totals = [
        sum(mean * weights[cell] for cell, mean in means(complex_, view, number).items())
        for number in range(4)
    ]
    assert totals == pytest.approx([totals[0]] * 4)
    assert len(set(means(complex_, view, 0).values())) == 1


def test_callers_axes_and_data_points() -> None:
    mine = new_panels(1, 3)
    drawn = layers(regions(DEEP), mine, points=[(0, 1)], labels=[1], caption=False)
    assert drawn == mine
    marks = [[c for c in ax.collections if c.get_label() == "data"] for ax in mine]
    assert [len(found) for found in marks] == [0, 0, 1]
    assert not any(ax.texts for ax in mine)


DEGENERATE = {
    "coincident": Network([([[1, 0], [2, 0]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]),
    "dead": Network([([[1, 0]], [0], "relu"), ([[-1]], [-1], "relu"), ([[1]], [0], "linear")]),
    "vanishing": Network([([[1, 0], [0, 0]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]),
    "constant": Network([([[0, 0]], [3], "relu"), ([[1]], [0], "linear")]),
}


@pytest.mark.parametrize("network", DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_networks_are_drawn(network: Network) -> None:
    panels = layers(regions(network), window=SQUARE)
    panels[0].figure.draw_without_rendering()
    assert len(panels) == len(network.widths)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: layers(regions(DEEP), new_panels(1, 2)), "this figure has 3 panels, got 2 axes"),
        (
            lambda: layers(regions(DEEP), colour_by="region"),  # type: ignore[arg-type]
            "colour_by must be 'mean' or 'output', got 'region'",
        ),
        (
            lambda: layers(regions(Network([([[1, 2]], [3], "linear")]))),
            "a network with kinks is required, this one is affine: draw it with plot.top_down",
        ),
        (
            lambda: layers(regions(Network([([[1]], [0], "relu")]))),
            "needs a function of 2 inputs, got 1 input",
        ),
    ],
)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(FigureError) as error:
        call()
    assert message in str(error.value)
