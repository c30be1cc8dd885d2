"""Regions by layer and by width: exact numbers and bounds, as drawn and as refused."""

from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exactpwl import Network, gallery, layer_counts, regions
from exactpwl.bounds import HINZ, MONTUFAR, PATTERNS, RAGHU, SERRA
from exactpwl.errors import DomainError, FigureError
from exactpwl.growth import region_bounds
from exactpwl.plot import regions_by_layer, regions_by_width
from exactpwl.plot.growth import REACHED, SCHLAEFLI
from exactpwl.theory import lazy_caterer, serra_lower_bound

HAT = regions(gallery.get("hat2d"))
RUN = gallery.run("disc-8-8-8")
ABS = Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, 2], [2, 1]], [-3, -3], "abs")])


def drawn(ax: Axes) -> dict[str, list[tuple[float, int]]]:
    return {
        str(line.get_label()): [
            (float(x), round(float(y)))
            for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
        ]
        for line in ax.lines
    }


@pytest.mark.parametrize("index", [0, -1])
@pytest.mark.parametrize("box", [None, [(-1, 1), (-1, 1)]])
def test_the_first_layers_are_counted_as_networks_of_their_own(index: int, box: Any) -> None:
    network = RUN.networks[index]
    counts = layer_counts(regions(network, box))
    alone = [len(regions(Network(network.layers[:k]), box)) for k in range(1, 4)]
    assert list(counts) == alone


def test_a_linear_layer_between_does_not_count() -> None:
    first = ([[1, 0], [0, 1]], [0, 0], "relu")
    network = Network([first, ([[1, 1]], [0], "linear"), ([[1], [1]], [-1, -2], "relu")])
    assert layer_counts(regions(network)) == (4, 10)
    assert region_bounds(network, 1)[MONTUFAR] == 4
    assert region_bounds(network)[MONTUFAR] == 4 * 2 * 3 // 2


def test_the_counts_and_the_bounds_are_drawn() -> None:
    ax = regions_by_layer(HAT)
    found = drawn(ax)
    counts = layer_counts(HAT)
    assert found["exact"] == [(k, n) for k, n in enumerate(counts, 1)]
    for name in (PATTERNS, MONTUFAR, SERRA):
        assert found[name] == [(k, region_bounds(HAT.network, k)[name]) for k in (1, 2)]
        assert all(
            n <= bound for (_, n), (_, bound) in zip(found["exact"], found[name], strict=True)
        )
    assert [t.get_text() for t in ax.texts[:2]] == ["6", "12 (+6)"]
    assert ax.get_yscale() == "log"
    labels = [t.get_text() for t in ax.get_legend().get_texts()]
    assert labels == ["exact", REACHED, SERRA, MONTUFAR, PATTERNS]


def test_serras_bound_is_for_relu_alone() -> None:
    assert SERRA not in drawn(regions_by_layer(regions(ABS)))
    assert SERRA not in region_bounds(gallery.get("rings"))
    assert set(region_bounds(RUN.networks[0])) == {PATTERNS, RAGHU, MONTUFAR, SERRA, HINZ}


def test_the_lower_bound_is_drawn_where_it_applies() -> None:
    found = drawn(regions_by_layer(regions(RUN.networks[0])))
    assert set(found) == {PATTERNS, MONTUFAR, SERRA, REACHED, "exact"}
    assert found[REACHED] == [(k, serra_lower_bound(2, [8] * k)) for k in (1, 2, 3)]
    assert REACHED not in drawn(regions_by_layer(regions(ABS)))


def test_raghus_bound_is_drawn_behind_a_narrow_layer() -> None:
    narrow = Network([([[1, 1]], [0], "relu"), ([[1], [1]], [-1, -2], "relu")])
    found = drawn(regions_by_layer(regions(narrow)))
    assert found[RAGHU] == [(2, 2 * 4)]
    assert found[MONTUFAR] == [(1, 2), (2, 2 * 3)]


def test_lines_in_general_position_reach_the_bound() -> None:
    networks = [gallery.get(f"lines:{n}") for n in (5, 1, 3, 8)]
    ax = regions_by_width(networks)
    found = drawn(ax)
    assert set(found) == {PATTERNS, SCHLAEFLI, "exact, 1 layer"}
    expected = [(n, lazy_caterer(n)) for n in (1, 3, 5, 8)]
    assert found["exact, 1 layer"] == found[SCHLAEFLI] == expected
    assert found[PATTERNS] == [(n, 2**n) for n in (1, 3, 5, 8)]
    assert "4 of 4 reach their lowest bound" in ax.texts[-1].get_text()


def test_depths_are_told_apart() -> None:
    deep = [gallery.get(f"sawtooth:{k}") for k in (1, 2, 3)]
    ax = regions_by_width([*deep, Network([([[1], [2], [3]], [0, 1, 2], "relu")])], domain=[(0, 1)])
    found = drawn(ax)
    exact = {name: [n for _, n in points] for name, points in found.items() if "exact" in name}
    assert exact == {"exact, 1 layer": [2, 1], "exact, 2 layers": [4], "exact, 3 layers": [8]}
    assert {f"{MONTUFAR}, 2 layers", f"{SERRA}, 3 layers", SCHLAEFLI} < set(found)
    colours = {line.get_color() for line in ax.lines if "exact" in str(line.get_label())}
    assert len(colours) == 3


def test_networks_of_one_size_are_dots_without_a_line() -> None:
    ax = regions_by_width([gallery.get("lines:3"), Network([([[1, 0]] * 3, [0, 1, 2], "relu")])])
    line = ax.lines[-1]
    assert line.get_linestyle() == "None"
    assert [n for _, n in drawn(ax)["exact, 1 layer"]] == [4, 7]


@pytest.mark.parametrize(
    "network",
    [
        pytest.param(Network([([[0, 0]], [1], "relu")]), id="dead neuron, one region"),
        pytest.param(Network([([[1, 0], [2, 0], [-1, 0]], [0] * 3, "relu")]), id="coincident"),
        pytest.param(gallery.get("braid:4"), id="four inputs"),
        pytest.param(Network([([[1]], [0], "hard_tanh")]), id="three pieces"),
    ],
)
def test_odd_networks_are_drawn(network: Network) -> None:
    for ax in (regions_by_layer(regions(network)), regions_by_width([network])):
        ax.figure.canvas.draw()
        assert drawn(ax)


def test_what_is_refused_says_why() -> None:
    linear = Network([([[1, 1]], [0], "linear")])
    with pytest.raises(FigureError, match="a layer that has kinks is required: a linear one has"):
        regions_by_layer(regions(linear))
    with pytest.raises(FigureError, match="a layer that has kinks is required"):
        regions_by_width([linear])
    with pytest.raises(FigureError, match="one or more networks are required, got none"):
        regions_by_width([])
    with pytest.raises(FigureError, match="the same number of inputs are required, got 1, 2: draw"):
        regions_by_width([gallery.get("xor"), gallery.get("tent")])
    with pytest.raises(DomainError):
        regions_by_width([gallery.get("xor")], domain=[(0, 1)])
    wide = Network([([[1]] * 1100, list(range(1100)), "relu")])
    with pytest.raises(
        FigureError, match=r"at most 10\^300 can be drawn, got one with 1101 binary"
    ):
        regions_by_width([wide])


def test_ones_own_axes_serve() -> None:
    ax = Figure().add_subplot()
    assert regions_by_layer(HAT, ax, caption=False) is ax
    assert len(ax.texts) == 2
    assert regions_by_width([HAT.network], ax) is ax
