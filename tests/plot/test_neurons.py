"""Boundaries of neurons, layer by layer, and portraits: what is drawn of each zero set."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_hex

from exactpwl import Network, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.network import Kink
from exactpwl.plot import neuron_boundaries, new_panels, portrait
from exactpwl.plot.clip import as_points, centroid
from exactpwl.plot.neurons import all_boundaries, boundary_parts, seen_neurons
from exactpwl.plot.view import complex_view
from plot.degenerate import DEEP, DEGENERATE, ONE_INPUT, THREE_INPUTS, XOR
from strategies import boxes, relu_networks

SQUARE = [(-2, 2), (-2, 2)]


def lines(ax: Any) -> list[LineCollection]:
    return [c for c in ax.collections if isinstance(c, LineCollection) and c.get_segments()]


def colours(ax: Any) -> list[str]:
    return [to_hex(c.get_colors()[0]) for c in lines(ax)]


def headings(axes: Any) -> list[str]:
    return [ax.texts[-1].get_text() for ax in axes]


@settings(max_examples=40)
@given(relu_networks(inputs=st.just(2), outputs=st.just(1)), boxes(2))
def test_a_pre_activation_vanishes_on_all_that_is_drawn_of_it(network: Any, window: Any) -> None:
    complex_ = regions(network)
    for kink, part in boundary_parts(complex_, complex_view(complex_, window)).items():
        middles = [[(a + b) / 2 for a, b in zip(*as_points(s), strict=True)] for s in part.segments]
        places = [*as_points(part.dots), *middles, *map(centroid, part.areas)]
        for place in places:
            assert pre_activation(network, kink, place) == 0


def pre_activation(network: Network, kink: Kink, place: Any) -> Fraction:
    """The input of a neuron, by evaluating the layers before it."""
    layers = network.layers
    below = Network(layers[: kink.layer])(place) if kink.layer else place
    layer = layers[kink.layer]
    row, bias = layer.weight[kink.neuron], layer.bias[kink.neuron]
    return sum((w * x for w, x in zip(row, below, strict=True)), bias)


def test_a_deep_neuron_that_only_touches_is_a_dot_and_one_that_vanishes_an_area() -> None:
    touching = regions(DEGENERATE["touching"])
    parts = boundary_parts(touching, complex_view(touching, SQUARE))
    assert parts[Kink(1, 0, 0)].dots == [(0, 0, 1)]
    assert parts[Kink(1, 0, 0)].segments == []
    flat = regions(DEGENERATE["vanishing on regions"])
    (area,) = boundary_parts(flat, complex_view(flat, SQUARE))[Kink(1, 0, 0)].areas
    assert max(x for x, _ in as_points(area)) == 0


def test_a_panel_a_layer_with_a_colour_a_neuron_on_grey_earlier_layers() -> None:
    axes = neuron_boundaries(regions(DEEP), window=SQUARE)
    assert headings(axes) == ["1st layer", "2nd layer", "3rd layer", "Decision over all layers"]
    first, second, third, last = axes
    assert len(set(colours(first))) == 3
    grey = "#c5cad2"
    assert colours(second).count(grey) == 3
    assert colours(third).count(grey) == 5
    assert len([c for c in colours(third) if c != grey]) == 1
    depth = {to_hex(c.get_colors()[0]): c.get_zorder() for c in lines(third)}
    assert all(depth[grey] < z for colour, z in depth.items() if colour != grey)
    assert any(c.get_label() == "1st layer" for c in last.collections)


def test_lines_of_the_first_layer_go_through_the_window() -> None:
    (line,) = lines(neuron_boundaries(regions(XOR), window=SQUARE)[0])[:1]
    (path,) = line.get_segments()
    assert {tuple(p) for p in path.tolist()} >= {(-2.0, 1.0), (1.0, -2.0)}


def test_the_numbers_of_neurons_are_those_seen() -> None:
    complex_ = regions(DEEP)
    far = complex_view(complex_, [(50, 51), (70, 71)])
    assert seen_neurons(boundary_parts(complex_, far)) == 0
    near = boundary_parts(complex_, complex_view(complex_, SQUARE))
    assert seen_neurons(near) == 6
    assert seen_neurons(near, 0) == 3
    (ax, *_) = neuron_boundaries(complex_, window=[(50, 51), (70, 71)])
    assert ax.texts[0].get_text() == "0 of 3 neurons with a boundary here"


def test_an_activation_with_two_breakpoints_has_two_boundaries_of_one_colour() -> None:
    (ax, _) = neuron_boundaries(regions(DEGENERATE["two breakpoints"]), window=SQUARE)
    assert len(lines(ax)) == 2
    assert len(set(colours(ax))) == 1


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_networks(name: str) -> None:
    complex_ = regions(DEGENERATE[name])
    axes = neuron_boundaries(complex_, window=SQUARE)
    assert len(axes) == len(DEGENERATE[name].widths) + 1
    drawn = portrait(complex_, window=SQUARE, points=[(0, 1)], labels=[1])
    assert len(drawn) == len(axes) + 3
    drawn[0].figure.draw_without_rendering()


def test_a_portrait_says_the_numbers_that_matter() -> None:
    run = gallery.run("disc-8-8-8")
    complex_ = regions(run.networks[-1])
    axes = portrait(complex_, window=run.window, points=run.points, labels=run.labels)
    layers = ["1st layer", "2nd layer", "3rd layer", "Decision over all layers"]
    assert headings(axes) == ["Data and decision", "Output", "Dual points", *layers]
    notes = [" ".join(ax.texts[0].get_text().split()) for ax in axes]
    assert f"{len(complex_)} activation regions in the plane" in notes[0]
    assert f"{run.accuracy(-1) * len(run.points)} of {len(run.points)} points right" in notes[0]
    assert notes[2].startswith(f"{len(complex_.affine_pieces)} distinct affine maps (R6):")
    fills = [c for c in axes[-1].collections if isinstance(c, PolyCollection)]
    assert {c.get_label() for c in fills} >= {"f(x, y) > 0", "f(x, y) < 0"}


def test_all_boundaries_have_a_colour_a_layer_and_a_legend_where_there_is_room() -> None:
    complex_ = regions(DEEP)
    view = complex_view(complex_, SQUARE)
    parts = boundary_parts(complex_, view)
    (large,), (small,) = new_panels(1, 1), new_panels(1, 1, size=(1.5, 1.5))
    for ax in (large, small):
        all_boundaries(ax, complex_, view, parts)
        assert len(set(colours(ax))) == 3
    legend = large.get_legend()
    assert [t.get_text() for t in legend.get_texts()] == ["1st layer", "2nd layer", "3rd layer"]
    assert small.get_legend() is None


def test_callers_axes() -> None:
    axes = new_panels(1, 2)
    assert neuron_boundaries(regions(XOR), axes) == axes
    with pytest.raises(FigureError, match="this figure has 2 panels, got 3 axes"):
        neuron_boundaries(regions(XOR), new_panels(1, 3))
    with pytest.raises(FigureError, match="this figure has 5 panels, got 2 axes"):
        portrait(regions(XOR), axes)


@pytest.mark.parametrize("draw", [neuron_boundaries, portrait])
@pytest.mark.parametrize("network", [ONE_INPUT, THREE_INPUTS])
def test_a_wrong_dimension_is_refused(draw: Any, network: Network) -> None:
    with pytest.raises(FigureError, match="needs a function of 2 inputs"):
        draw(regions(network))
