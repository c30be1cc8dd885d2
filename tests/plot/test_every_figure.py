"""What holds for every figure: it draws whatever there is, and says which figure serves instead.

Each function of `exactpwl.plot` that draws stands in one of the tables below, so that a new one has
to be added.
"""

import inspect
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from matplotlib.axes import Axes

from exactpwl import Network, gallery, plot, region_occupancy, regions
from exactpwl.complex import PolyhedralComplex
from exactpwl.errors import FigureError
from exactpwl.linearmaps import (
    LocalMaps,
    MappedFunction,
    grid_points,
    local_maps,
    maps_between,
)
from plot.degenerate import DEGENERATE, ONE_INPUT, THREE_INPUTS, XOR

Drawn = Axes | Sequence[Axes]
WINDOW = [(-2, 2), (-2, 2)]

OF_TWO_INPUTS: dict[str, Callable[[PolyhedralComplex], Drawn]] = {
    "barcode": lambda c: plot.barcode(c, value=0),
    "compare": lambda c: plot.compare([c], window=WINDOW),
    "contours": plot.contours,
    "cross_section": lambda c: plot.cross_section(c, [((0, "1/3"), (1, "1/2"))]),
    "decision_regions": plot.decision_regions,
    "diagram": lambda c: plot.diagram(c.network),
    "dual_points": plot.dual_points,
    "extrema": plot.extrema,
    "gradient_image": lambda c: plot.gradient_image(c.network, shape=(1, 2), point=(1, "1/3")),
    "jumps": lambda c: plot.jumps(mapped(c), window=WINDOW),
    "layers": plot.layers,
    "mapped_pairs": lambda c: plot.mapped_pairs([c, c], samples(c), window=WINDOW),
    "mapped_wireframe": lambda c: plot.mapped_wireframe(mapped(c), window=WINDOW),
    "neuron_boundaries": plot.neuron_boundaries,
    "occupancy": lambda c: plot.occupancy(region_occupancy(c, [(1,) * c.dimension])),
    "pattern_diagram": lambda c: plot.pattern_diagram(c.network, c.regions[0].pattern),
    "portrait": plot.portrait,
    "projection": lambda c: plot.projection(c, projected(c)),
    "region_graph": plot.region_graph,
    "regions_by_layer": plot.regions_by_layer,
    "regions_by_width": lambda c: plot.regions_by_width([c.network]),
    "robust_ball": lambda c: plot.robust_ball(c, (1, "1/3")),
    "surface": plot.surface,
    "top_down": plot.top_down,
    "wireframe": plot.wireframe,
}
NEED_KINKS = {"layers", "regions_by_layer", "regions_by_width"}
NEED_ONE_OUTPUT = {"compare", "mapped_pairs"}
OF_ANY_INPUTS = {
    "barcode",
    "cross_section",
    "diagram",
    "gradient_image",
    "pattern_diagram",
    "region_graph",
    "regions_by_layer",
    "regions_by_width",
}

LINE = {
    "unbounded": Network([([[1], [2]], [0, -1], "relu"), ([[1, -3]], ["1/2"], "linear")]),
    "coincident kinks": Network([([[1], [-2]], [1, -2], "relu"), ([[1, 1]], [0], "linear")]),
    "dead neuron": Network([([[0], [1]], [-1, 0], "relu"), ([[1, 1]], [0], "linear")]),
    "vanishing": Network([([[0]], [0], "relu"), ([[1]], [0], "relu")]),
    "constant": Network([([[1]], [0], "relu"), ([[0]], [3], "linear")]),
    "one region": Network([([[2]], [1], "linear")]),
}
OF_ONE_INPUT: dict[str, Callable[[PolyhedralComplex], Drawn]] = {
    "derivatives": plot.derivatives,
    "function_graph": plot.function_graph,
}
OF_THREE_INPUTS: dict[str, Callable[[PolyhedralComplex], Drawn]] = {"solid": plot.solid}
SPACE = {
    "unbounded": THREE_INPUTS,
    "coincident planes": Network([([[1, 2, 0], [-2, -4, 0]], [1, -2], "relu")]),
    "concurrent planes": gallery.get("resonance:3"),
    "vanishing": Network([([[1, 0, 0], [0, 0, 0]], [0, 0], "relu"), ([[1, 1]], [0], "relu")]),
    "constant": Network([([[1, 0, 0]], [0], "relu"), ([[0]], [3], "linear")]),
    "one region": Network([([[1, 2, 3]], [1], "linear")]),
}

ELSEWHERE = {
    "cluster_accuracies",  # of results
    "image",  # of numbers
    "moved_weights",  # of one hidden layer
    "new_axes_3d",
    "new_panels",
    "rays",  # of one hidden layer
    "regions_in_window",
    "save_figure",
    "save_top_down",
    "surface_pieces",  # of functions given by pieces
    "top_down_pieces",
    "training_panels",  # of runs
    "training_sheet",
}


def samples(complex_: PolyhedralComplex) -> tuple[tuple[Fraction, ...], ...]:
    return grid_points(3, [(-1, 1)] * complex_.dimension)


def mapped(complex_: PolyhedralComplex) -> MappedFunction:
    """Map a network to what it would be if its samples were in the opposite order."""
    maps = local_maps(complex_.network, samples(complex_))
    return maps_between(maps, LocalMaps(maps.maps, maps.numbers[::-1])).on(complex_)


def projected(complex_: PolyhedralComplex) -> list[tuple[int, ...]]:
    """Return a projection of x, y and all outputs to space."""
    outputs = complex_.network.output_dimension
    return [(1, 0, *[1] * outputs), (0, 1, *[-1] * outputs), (1, 1, *range(1, outputs + 1))]


@cache
def complex_of(network: Network) -> PolyhedralComplex:
    return regions(network)


def axes_of(drawn: Drawn) -> tuple[Axes, ...]:
    return (drawn,) if isinstance(drawn, Axes) else tuple(drawn)


def assert_drawn(drawn: Drawn) -> None:
    """Assert that there is something on the axes and that the figure can be set."""
    axes = axes_of(drawn)
    assert axes
    assert all(isinstance(ax, Axes) for ax in axes)
    axes[0].get_figure(root=True).canvas.draw()
    assert any(ax.collections or ax.lines or ax.patches or ax.images or ax.texts for ax in axes)


def test_every_figure_is_here() -> None:
    here = OF_TWO_INPUTS.keys() | OF_ONE_INPUT.keys() | OF_THREE_INPUTS.keys() | ELSEWHERE
    functions = {name for name in plot.__all__ if inspect.isfunction(getattr(plot, name))}
    assert functions == here


@pytest.mark.parametrize("network", DEGENERATE.values(), ids=DEGENERATE.keys())
@pytest.mark.parametrize("name", OF_TWO_INPUTS)
def test_two_inputs(name: str, network: Network) -> None:
    if name in NEED_KINKS and not network.widths:
        with pytest.raises(FigureError, match="kinks is required"):
            OF_TWO_INPUTS[name](complex_of(network))
    elif name in NEED_ONE_OUTPUT and network.output_dimension > 1:
        with pytest.raises(FigureError, match=r"plot\.decision_regions"):
            OF_TWO_INPUTS[name](complex_of(network))
    else:
        assert_drawn(OF_TWO_INPUTS[name](complex_of(network)))


@pytest.mark.parametrize("network", LINE.values(), ids=LINE.keys())
@pytest.mark.parametrize("name", OF_ONE_INPUT)
def test_one_input(name: str, network: Network) -> None:
    assert_drawn(OF_ONE_INPUT[name](complex_of(network)))


@pytest.mark.parametrize("network", SPACE.values(), ids=SPACE.keys())
@pytest.mark.parametrize("name", OF_THREE_INPUTS)
def test_three_inputs(name: str, network: Network) -> None:
    assert_drawn(OF_THREE_INPUTS[name](complex_of(network)))


FOUR_INPUTS = Network([([[1, 1, 1, 1]], [0], "relu")])
WRONG: list[tuple[str, Callable[[PolyhedralComplex], Any], Network]] = [
    *(
        (name, draw, network)
        for name, draw in OF_TWO_INPUTS.items()
        if name not in OF_ANY_INPUTS
        for network in (ONE_INPUT, THREE_INPUTS, FOUR_INPUTS)
    ),
    *(
        (name, draw, network)
        for name, draw in OF_ONE_INPUT.items()
        for network in (XOR, THREE_INPUTS)
    ),
    *(
        (name, draw, network)
        for name, draw in OF_THREE_INPUTS.items()
        for network in (ONE_INPUT, XOR, FOUR_INPUTS)
    ),
]


@pytest.mark.parametrize(
    ("name", "draw", "network"),
    WRONG,
    ids=[f"{name} of {network.input_dimension}" for name, _, network in WRONG],
)
def test_a_wrong_number_of_inputs_names_what_serves(
    name: str, draw: Callable[[PolyhedralComplex], Any], network: Network
) -> None:
    with pytest.raises(FigureError) as caught:
        draw(complex_of(network))
    message = str(caught.value)
    assert f"got {network.input_dimension} input" in message
    assert any(f"plot.{other}" in message for other in plot.__all__) or "section" in message


def test_pieces_of_a_wrong_dimension() -> None:
    line = gallery.piecewise("step")
    assert line.input_dimension == 1
    for draw in (plot.top_down_pieces, plot.surface_pieces):
        with pytest.raises(FigureError, match=r"plot\.function_graph"):
            draw(line)
