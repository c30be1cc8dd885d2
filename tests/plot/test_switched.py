"""The diagram of a network, and what a pattern makes of it: neurons, weights, struck rows."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from exactpwl import Network, gallery, plot
from exactpwl.errors import FigureError, PatternError
from exactpwl.plot import diagram, pattern_diagram
from exactpwl.plot.wiring import NEGATIVE, POSITIVE, Wiring, has_labels, off_neurons

XOR = gallery.get("xor")
DEEP = Network(
    [
        ([[1, 0], [0, 1], [1, 1]], [0, 0, -1], "relu"),
        ([[1, -1, 1], [1, 1, -2]], [-1, "-1/2"], "relu"),
        ([[2, -1]], ["-1/4"], "linear"),
    ],
)
CLIPPED = Network([([[2], [-1]], [0, "1/2"], "hard_tanh"), ([[1, 1]], [0], "linear")])
LEAKY = Network([([[1, 1], [1, -1]], [0, 0], "leaky_relu:1/50"), ([[1, 1]], [0], "linear")])


def written(ax: Axes, gid: str | None = None) -> list[str]:
    return [t.get_text() for t in ax.texts if gid is None or t.get_gid() == gid]


def lines(ax: Axes, gid: str) -> list[Any]:
    return [line for line in ax.lines if line.get_gid() == gid]


def edges(ax: Axes) -> Counter[str]:
    found: Counter[str] = Counter()
    for lines_of_layer in ax.collections:
        assert isinstance(lines_of_layer, LineCollection)
        found[str(lines_of_layer.get_label())] += len(lines_of_layer.get_segments())
    return found


def test_every_neuron_weight_and_bias_is_there() -> None:
    ax = diagram(DEEP)
    circles = [p for p in ax.patches if isinstance(p, Circle)]
    assert len(circles) == 2 + 3 + 2 + 1
    weights = ["$1$"] * 4 + ["$1$", "$-1$", "$1$", "$1$", "$1$", "$-2$", "$2$", "$-1$"]
    assert Counter(written(ax, "weight")) == Counter(weights)
    assert written(ax, "bias") == ["$-1$", "$-1$", "$-1/2$", "$-1/4$"]
    assert edges(ax) == {"positive": 9, "negative": 3}
    assert not lines(ax, "cross")
    for name in ("$x$", "$y$", "$a_{0}$", "$b_{1}$", "$f$"):
        assert name in written(ax)


def test_colours_and_dashes_tell_the_sign() -> None:
    ax = diagram(DEEP)
    by_label = {c.get_label(): c for c in ax.collections}
    assert plot_colour(by_label["positive"]) == POSITIVE
    assert plot_colour(by_label["negative"]) == NEGATIVE
    assert by_label["positive"].get_linestyle()[0][1] is None
    assert by_label["negative"].get_linestyle()[0][1] is not None


def plot_colour(collection: Any) -> str:
    from matplotlib.colors import to_hex

    return to_hex(collection.get_color()[0])


@pytest.mark.parametrize(
    "sizes", [(2, 2, 1), (2, 4, 1), (3, 4, 3, 1), (1, 8, 1), (4, 4, 4), (2, 8, 3)]
)
def test_no_two_weights_are_near_each_other(sizes: tuple[int, ...]) -> None:
    layers = [
        ([[i + j + 1 for j in range(n)] for i in range(m)], [0] * m, "relu")
        for n, m in pairwise(sizes)
    ]
    network = Network(layers)
    assert has_labels(network)
    ax = diagram(network)
    places = [t.get_position() for t in ax.texts if t.get_gid() == "weight"]
    assert len(places) == sum(n * m for n, m in pairwise(sizes))
    for i, (x, y) in enumerate(places):
        for u, v in places[:i]:
            assert abs(x - u) > 1 or abs(y - v) > 16


def test_a_weight_of_zero_is_no_edge() -> None:
    network = Network([([[0, 1]], [0], "relu"), ([[0]], [1], "linear")])
    ax = diagram(network)
    assert edges(ax) == {"positive": 1}
    assert any("1 of 3 weights are not 0" in t for t in written(ax))


def test_a_large_network_shows_sign_and_size() -> None:
    ax = diagram(gallery.get("rings"))
    assert not written(ax, "weight")
    assert sum(edges(ax).values()) == 216
    assert any("Too many weights to write" in t for t in written(ax))
    widths = [w for c in ax.collections for w in c.get_linewidth()]
    assert max(widths) > 5 * min(widths)


def test_of_a_wide_layer_the_middle_is_left_out() -> None:
    network = gallery.get("lines:100")
    assert Wiring.of(network).columns[1] == (*range(10), None, 99)
    ax = diagram(network)
    assert len(ax.patches) == 2 + 11 + 1
    assert "$a_{99}$" in written(ax)
    assert "$a_{50}$" not in written(ax)


def test_too_many_layers_are_refused() -> None:
    with pytest.raises(FigureError, match=r"at most 16 layers, got 21; exactpwl show prints"):
        diagram(gallery.get("sawtooth:20"))


def test_a_pattern_crosses_out_what_is_off() -> None:
    ax = diagram(DEEP, pattern="101|10")
    assert off_neurons(DEEP, DEEP.pattern("101|10")) == {(0, 1), (1, 1)}
    crosses = lines(ax, "cross")
    assert len(crosses) == 4, "two strokes a neuron"
    off = {p.center for p in ax.patches if p.get_gid() == "off neuron"}
    middles = {
        (round(float(sum(c.get_xdata())) / 2, 6), round(float(sum(c.get_ydata())) / 2, 6))
        for c in crosses
    }
    assert middles == {(round(x, 6), round(y, 6)) for x, y in off}
    assert edges(ax)["off"] == 1 + 2 + 3 - 1 + 1
    with pytest.raises(PatternError):
        diagram(DEEP, pattern="101")


def test_the_rows_of_neurons_that_are_off_are_struck_out() -> None:
    _, matrices, _ = pattern_diagram(DEEP, "101|10")
    assert len(lines(matrices, "struck")) == 4, "a row of W and one of b, twice"
    _, matrices, _ = pattern_diagram(DEEP, "111|11")
    assert not lines(matrices, "struck")
    assert written(matrices)[0] == "No neuron is off:"


def test_the_map_is_multiplied_out() -> None:
    _, matrices, region = pattern_diagram(DEEP, "101|10")
    found = written(matrices)
    assert found[found.index("Multiplied out:") + 1 :] == [
        "$W=$",
        "$4$",
        "$2$",
        "$,$",
        "$b=$",
        r"$-\frac{17}{4}$",
    ]
    assert r"$f=4x+2y-\frac{17}{4}$ there" in written(region)
    assert DEEP.affine_map("101|10").bias == (Fraction(-17, 4),)


def test_the_inequalities_name_their_neurons_and_tell_facets() -> None:
    *_, region = pattern_diagram(DEEP, "101|10")
    found = written(region)
    assert found[:7] == [
        "The region of pattern 101|10:",
        r"$x\geq 0$",
        "$a_{0}$: $z > 0$",
        "follows",
        r"$-y\geq 0$",
        r"$a_{1}$: $z \leq 0$",
        "facet",
    ]
    assert found.count("facet") == 2
    assert "a point inside: (4, -1)" in found


def test_an_empty_pattern_has_its_farkas_certificate() -> None:
    *_, region = pattern_diagram(XOR, "01")
    found = written(region)
    assert found[0] == "Pattern 01 is empty: no point has it."
    start = found.index("Farkas certificate, a sum that is false:")
    assert found[start + 1 : start + 4] == [
        r"$(x+y \geq 0)$",
        r"$+(-x-y-1 \geq 0)$",
        r"gives $-1 \geq 0$",
    ]


def test_a_thin_pattern_says_why_it_has_no_interior() -> None:
    *_, region = pattern_diagram(DEEP, "101|01")
    found = written(region)
    assert found[0] == "Pattern 101|01 is thin: its cell has no interior."
    assert r"$2\,(x+y-1 > 0)$" in found
    assert "gives $0 > 0$" in found


def test_a_pattern_that_is_full_but_not_proper() -> None:
    dead = Network([([[1], [0]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    *_, region = pattern_diagram(dead, "11")
    assert written(region)[0] == "Pattern 11 is full, but not proper."


def test_other_activations_say_what_their_pieces_do() -> None:
    _, matrices, _ = pattern_diagram(LEAKY, "10")
    assert written(matrices)[0].startswith("No neuron is off; what a piece does")
    assert r"$\times 1/50$" in written(matrices)
    _, matrices, region = pattern_diagram(CLIPPED, "21")
    assert len(lines(matrices, "struck")) == 2
    assert "off: $1$" in written(matrices)
    assert "$a_{0}$: $z > 1$" in written(region)
    assert off_neurons(CLIPPED, CLIPPED.pattern("21")) == {(0, 0)}


def test_a_domain_bounds_the_region() -> None:
    *_, region = pattern_diagram(XOR, "10", domain=[(0, 1), (0, 1)])
    assert written(region)[0] == "Pattern 10 is thin: its cell has no interior."
    assert "domain, row 0" in written(region)


def test_large_matrices_and_long_systems_are_abbreviated() -> None:
    network = gallery.get("lines:20")
    pattern = network.pattern_at((0, 0))
    _, matrices, region = pattern_diagram(network, pattern)
    assert r"$\cdots$" in written(matrices)
    assert len(lines(matrices, "struck")) == 2 * 9, "all rows that are written"
    assert "and 6 more" in written(region), "of 20 facets 14 are written"
    *_, region = pattern_diagram(network, network.pattern_at((0, -50)))
    assert written(region).count("facet") == 2
    assert "and 18 more that follow from these" in written(region)
    many = Network([([[i + j for j in range(64)] for i in range(3)], [0] * 3, "relu")])
    *_, region = pattern_diagram(many, "111")
    assert any(r"+\cdots" in t for t in written(region))


def test_more_than_a_hundred_neurons_are_refused() -> None:
    with pytest.raises(FigureError, match=r"at most 100 neurons, got 101; exactpwl pattern"):
        pattern_diagram(gallery.get("lines:101"), "0" * 101)


@pytest.mark.parametrize(
    "network",
    [
        pytest.param(Network([([[0, 0]], [7], "linear")]), id="constant"),
        pytest.param(Network([([[0]], [0], "relu"), ([[0]], [0], "linear")]), id="all zero"),
        pytest.param(gallery.get("braid:4"), id="many inputs"),
        pytest.param(Network([([[10**9]], ["1/1000000007"], "relu")]), id="long numbers"),
    ],
)
def test_odd_networks_are_drawn(network: Network, tmp_path: Path) -> None:
    pattern = network.pattern_at([0] * network.input_dimension)
    plot.save_figure(diagram(network), tmp_path / "net.svg", "net")
    plot.save_figure(pattern_diagram(network, pattern)[0], tmp_path / "pattern.pdf", "pattern")
    assert (tmp_path / "net.svg").stat().st_size > 1000


def test_axes_of_ones_own_serve_as_well() -> None:
    figure = Figure(figsize=(4, 3))
    ax = figure.add_subplot()
    assert diagram(XOR, ax) is ax
    assert max(t.get_fontsize() for t in ax.texts) < 12
    axes = Figure(figsize=(9, 3)).subplots(1, 3)
    assert pattern_diagram(XOR, "10", axes) == tuple(axes)
    with pytest.raises(FigureError, match="this figure has 3 panels, got 1 axes"):
        pattern_diagram(XOR, "10", [ax])
