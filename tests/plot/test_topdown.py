"""The top-down figure of a complex and of a function given by pieces, as drawn and as refused."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection, TriMesh
from matplotlib.figure import Figure

from exactpwl import (
    Domain,
    Network,
    PiecewiseFunction,
    gallery,
    regions,
    save_top_down,
    top_down,
    top_down_pieces,
)
from exactpwl.errors import FigureError
from exactpwl.plot import regions_in_window
from exactpwl.plot.clip import as_points
from exactpwl.plot.edges import chains, layer_segments
from exactpwl.plot.shading import bands
from exactpwl.plot.style import layer_styles
from exactpwl.plot.view import complex_view
from exactpwl.plot.window import as_window
from strategies import boxes, rationals

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")], name="xor")
CROSS = Network([([[1, 0], [0, 1]], [0, 0], "relu"), ([[1, -1]], [0], "linear")], name="cross")
DEEP = Network(
    [
        ([[1, 0], [0, 1], [1, 1]], [0, 0, -1], "relu"),
        ([[1, -1, 1], [1, 1, -2]], [-1, "-1/2"], "relu"),
        ([[2, -1]], ["-1/4"], "relu"),
        ([[1]], [-1], "linear"),
    ],
    name="deep",
)


def area(polygon: Any) -> Fraction:
    points = as_points(polygon)
    pairs = pairwise([*points, points[0]])
    return sum((x * v - u * y for (x, y), (u, v) in pairs), Fraction(0)) / 2


def texts(ax: Any) -> list[str]:
    return [" ".join(text.get_text().split()) for text in ax.texts]


def lines_of(ax: Any, label: str) -> LineCollection:
    return next(c for c in ax.collections if c.get_label() == label)


# The figure


def test_eight_lines_and_their_window() -> None:
    lines = gallery.exhibit("lines:8")
    complex_ = regions(lines.network)
    assert len(complex_) == 37
    assert len(regions_in_window(complex_, lines.window)) == 32
    assert texts(top_down(complex_, window=lines.window))[0] == (
        "lines:8: 37 activation regions in the plane, 32 in this window"
    )
    assert len(regions_in_window(complex_)) == 37


def test_the_first_layer_has_the_thickest_lines() -> None:
    ax = top_down(regions(DEEP), window=[(-3, 3), (-3, 3)])
    layers = [lines_of(ax, f"{n} layer") for n in ("1st", "2nd", "3rd")]
    widths = [layer.get_linewidth()[0] for layer in layers]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 3
    depths = [layer.get_zorder() for layer in layers]
    assert depths == sorted(depths, reverse=True)
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["1st layer", "2nd layer", "3rd layer", "f(x, y) = 0"]


def test_line_widths_fall_with_the_layer_and_with_the_crowd() -> None:
    few, many = layer_styles(5, 10), layer_styles(5, 4000)
    for styles in (few, many):
        assert all(a > b for (a, _), (b, _) in pairwise(styles))
    assert all(a > b for (a, _), (b, _) in zip(few, many, strict=True))


def test_a_facet_belongs_to_the_earliest_layer_that_changes_across_it() -> None:
    # the second layer bends on x = 0, where the first one does
    network = Network([([[1, 0]], [0], "relu"), ([[1]], [0], "relu"), ([[1]], [-1], "relu")])
    found = layer_segments(regions(network), as_window([(-2, 2), (-2, 2)]))
    assert {layer: [as_points(s) for s in segments] for layer, segments in found.items()} == {
        0: [[(0, -2), (0, 2)]],
        2: [[(1, -2), (1, 2)]],
    }


def test_chains_join_what_meets_and_end_at_crossings() -> None:
    a, b, c, d, e = ((i, 0, 1) for i in range(5))
    paths = chains([(a, b), (c, b), (c, d), (c, e)])
    ends = Counter(frozenset((path[0], path[-1])) for path in paths)
    assert ends == Counter([frozenset((a, c)), frozenset((c, d)), frozenset((c, e))])
    assert sorted(map(len, chains([(a, b), (b, c), (c, a)]))) == [4]


@pytest.mark.parametrize(
    ("domain", "place"),
    [
        (None, "the plane"),
        ([(-1, 1), (0, "1/2")], "the box [-1, 1] × [0, 1/2]"),
        (Domain.polyhedron([[1, 1]], [1]), "a polyhedron with 1 inequality"),
        (Domain.polyhedron([[1, 1], [-1, 0]], [1, 1]), "a polyhedron with 2 inequalities"),
    ],
)
def test_the_caption_counts_regions_and_names_network_domain_and_window(
    domain: Any, place: str
) -> None:
    complex_ = regions(CROSS, domain)
    counts, details = texts(top_down(complex_, window=[(0, 1), (0, 1)]))
    assert counts == f"cross: {len(complex_)} activation regions in {place}, 1 in this window"
    assert details == (f"2 → 2 relu → 1 linear, sha256 {CROSS.sha256[:12]}; window [0, 1] × [0, 1]")
    assert texts(top_down(complex_, caption=False)) == []


def test_a_single_region_is_counted_in_the_singular() -> None:
    ax = top_down(regions(Network([([[1, 2]], [3], "linear")])))
    assert texts(ax)[0] == "1 activation region in the plane, 1 in this window"


@pytest.mark.parametrize("window", [[(-1, 1), (-1, 1)], [(-9, 9), (-1, 1)], [(-1, 1), (-9, 9)]])
def test_frame_labels_and_caption_stand_below_each_other(window: Any) -> None:
    ax = top_down(regions(DEEP), window=window)
    figure = ax.get_figure(root=True)
    figure.draw_without_rendering()
    stack = [ax.get_window_extent(), ax.xaxis.label.get_window_extent()]
    stack += [text.get_window_extent() for text in ax.texts]
    assert all(above.y0 >= below.y1 for above, below in pairwise(stack))
    assert ax.get_legend().get_window_extent().y0 >= stack[0].y1


@given(st.data())
def test_bands_cut_a_patch_where_the_function_has_the_levels(data: Any) -> None:
    complex_ = regions(DEEP)
    levels = sorted(data.draw(st.sets(rationals(4), max_size=4)))
    view = complex_view(complex_, data.draw(boxes(2)))
    for patch in view.patches:
        height = view.heights[patch.cell]
        parts = list(bands(patch.polygon, height, levels))
        assert sum(map(area, parts)) == area(patch.polygon)
        for part in parts:
            values = [height.at(vertex) for vertex in part]
            assert not any(min(values) < level < max(values) for level in levels)


def test_the_colours_are_those_of_the_exact_values() -> None:
    ax = top_down(regions(XOR), window=[(-2, 2), (-2, 2)])
    mesh = next(c for c in ax.collections if isinstance(c, TriMesh))
    assert (mesh.norm.vmin, mesh.norm.vmax) == (-7, 1)
    points = zip(mesh._triangulation.x, mesh._triangulation.y, strict=True)
    value_at = dict(zip(points, mesh.get_array(), strict=True))
    for x, y in [(-2, -2), (2, 2), (-2, 2), (2, -2), (1, -2), (-2, 1)]:
        assert value_at[x, y] == XOR((x, y))[0]
    red, _, blue, _ = mesh.cmap(mesh.norm(0.0))
    assert abs(red - blue) < 0.05
    assert mesh.cmap(mesh.norm(1.0))[0] > mesh.cmap(mesh.norm(1.0))[2]
    assert mesh.cmap(mesh.norm(-7.0))[0] < mesh.cmap(mesh.norm(-7.0))[2]


@pytest.mark.parametrize("level", [None, 5])
def test_without_a_level_inside_the_range_there_is_no_decision_boundary(level: Any) -> None:
    ax = top_down(regions(XOR), window=[(-2, 2), (-2, 2)], level=level)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["1st layer"]


def test_outputs_and_weighted_sums_of_outputs() -> None:
    network = Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, 0], [0, 1]], [0, -1], "linear")])
    complex_ = regions(network)
    view = complex_view(complex_, [(-1, 1), (-2, 2)], output=1)
    assert view.limits == (-1, 1)
    assert view.label == "f2(x, y)"
    difference = complex_view(complex_, [(-1, 1), (-2, 2)], output=(1, "-1/2"))
    assert difference.limits == (Fraction(-1, 2), Fraction(3, 2))
    assert difference.label == "f1(x, y)-(1/2)f2(x, y)"
    names = [t.get_text() for t in top_down(complex_, output=1, level="-1/2").get_legend().texts]
    assert names == ["1st layer", "f2(x, y) = -1/2"]


def test_flat_parts_of_the_decision_boundary_are_filled() -> None:
    network = Network([([[1, 0], [1, 0]], [0, -1], "relu"), ([[1, -3]], [0], "linear")])
    ax = top_down(regions(network), window=[(-1, 3), (-1, 1)])
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["1st layer", "f(x, y) = 0", "f(x, y) = 0, flat"]


@pytest.mark.parametrize("colour_by", ["region", "linear"])
def test_flat_colours_differ_between_neighbours(colour_by: Any) -> None:
    complex_ = regions(DEEP)
    ax = top_down(complex_, window=[(-3, 3), (-3, 3)], colour_by=colour_by)
    fill = next(c for c in ax.collections if isinstance(c, PolyCollection) and len(c.get_paths()))
    shown = regions_in_window(complex_, [(-3, 3), (-3, 3)])
    colour = dict(zip(shown, map(tuple, fill.get_facecolor()), strict=True))
    for first, second, _ in complex_.adjacencies:
        if first in colour and second in colour:
            same = colour_by == "linear" and any(
                first in group and second in group for group in complex_.linear_regions
            )
            assert (colour[first] == colour[second]) == same


def test_patterns_are_written_inside_their_regions() -> None:
    complex_ = regions(CROSS)
    ax = top_down(complex_, patterns=True, caption=False)
    assert {text.get_text() for text in ax.texts} == {"00", "01", "10", "11"}
    for text in ax.texts:
        assert complex_[text.get_text()].contains(map(float, text.get_position()), strict=True)


def test_exact_affine_maps_are_written_inside_their_regions() -> None:
    complex_ = regions(CROSS)
    ax = top_down(complex_, maps=True, caption=False)
    written = {text.get_text().replace("\N{MINUS SIGN}", "-"): text for text in ax.texts}
    assert set(written) == {"0", "x", "-y", "x-y"}
    for name, pattern in [("0", "00"), ("x", "10"), ("-y", "01"), ("x-y", "11")]:
        assert complex_[pattern].contains(map(float, written[name].get_position()), strict=True)


def test_labels_that_could_not_be_read_are_left_out_and_counted() -> None:
    complex_ = regions(CROSS)
    window = [(-1, 1), ("-1/1000", 1)]
    *caption, above, beyond = texts(top_down(complex_, window=window, patterns=True, maps=True))
    shown = {"00 0", "10 x", "01 \N{MINUS SIGN}y", "11 x\N{MINUS SIGN}y"}
    assert {above, beyond} - shown == {"2 labels left out, because the letters would be too small"}
    assert len(caption) == 3


def test_the_first_layers_alone_and_their_regions() -> None:
    complex_ = regions(DEEP)
    window = [(-3, 3), (-3, 3)]
    for layers in (0, 1, 2):
        ax = top_down(complex_, window=window, layers=layers)
        names = [text.get_text() for text in ax.get_legend().get_texts()]
        assert names == [*["1st layer", "2nd layer"][:layers], "f(x, y) = 0"]
        alone = regions(Network(DEEP.layers[:layers])) if layers else [None]
        what = {0: "no layer: 1 region", 1: f"the first layer alone: {len(alone)} regions"}
        what[2] = f"the first 2 layers alone: {len(alone)} regions"
        assert what[layers] in texts(ax)[1]
    assert "alone" not in texts(top_down(complex_, window=window, layers=3))[1]


def test_data_points_differ_by_class() -> None:
    corners = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    ax = top_down(regions(XOR), window=[(-2, 2), (-2, 2)], points=corners, labels=[-1, 1, 1, -1])
    drawn = [c for c in ax.collections if c.get_label() == "data"]
    assert sorted(tuple(map(tuple, c.get_offsets().tolist())) for c in drawn) == [
        ((-1.0, -1.0), (1.0, 1.0)),
        ((-1.0, 1.0), (1.0, -1.0)),
    ]


def test_a_callers_axes_are_drawn_on_and_returned() -> None:
    figure = Figure(layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    assert top_down(regions(CROSS), left) is left
    assert top_down(regions(XOR), right, layers=0) is right
    assert left.get_xlim() == (-1, 1)
    assert not any("layer" in text.get_text() for text in right.get_legend().get_texts())
    figure.canvas.draw()


def test_a_very_narrow_window_is_stretched() -> None:
    assert top_down(regions(CROSS), window=[(-1, 1), (-1, 2)]).get_aspect() == 1
    assert top_down(regions(CROSS), window=[(-100, 100), (-1, 1)]).get_aspect() == "auto"


def test_importing_and_drawing_leaves_pyplot_alone() -> None:
    code = (
        "import sys, exactpwl; assert 'matplotlib' not in sys.modules\n"
        "n = exactpwl.Network([([[1, 0]], [0], 'relu')])\n"
        "exactpwl.top_down(exactpwl.regions(n)); assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# Files


@pytest.mark.parametrize("suffix", [".pdf", ".svg", ".png"])
def test_files_are_written_and_depend_on_their_content_alone(tmp_path: Path, suffix: str) -> None:
    window = [(-3, 3), (-3, 3)]
    paths = [tmp_path / f"{i}{suffix}" for i in range(2)]
    for path in paths:
        assert save_top_down(regions(DEEP), path, window=window) == path
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    start = {".pdf": b"%PDF", ".svg": b"<?xml", ".png": b"\x89PNG"}[suffix]
    assert first.startswith(start)
    assert b"activation regions in the plane" in first or suffix == ".pdf"


def test_a_large_complex_is_drawn(shared: Path, tmp_path: Path) -> None:
    network = Network.load(shared / "nets" / "c_2_32x3.npz")
    path = save_top_down(regions(network, [(-1, 1)] * 2), tmp_path / "c.pdf")
    assert path.stat().st_size > 10_000


# Functions given by pieces


def quadrants(*maps: Any) -> PiecewiseFunction:
    signs = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    return PiecewiseFunction([[((s, 0), 0), ((0, t), 0)] for s, t in signs], maps)


def test_a_continuous_function_by_pieces() -> None:
    zero, x = ([[0, 0]], [0]), ([[1, 0]], [0])
    ax = top_down_pieces(quadrants(x, zero, zero, x))
    assert texts(ax)[0] == "4 pieces, 4 in this window; continuous"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["continuous"]


def test_jumps_are_marked_and_the_function_is_refused_in_words() -> None:
    zero, one = ([[0, 0]], [0]), ([[0, 0]], [1])
    ax = top_down_pieces(quadrants(one, zero, zero, one), window=[(-2, 2), (-1, 1)])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["continuous", "jump"]
    assert texts(ax).count("jump -1") >= 2
    counts, details = texts(ax)[-2:]
    assert counts == "4 pieces, 4 in this window; not continuous"
    assert details.startswith("pieces 0 and 1 do not agree on their common facet {x = 0, y >= 0}")
    without = top_down_pieces(quadrants(one, zero, zero, one), caption=False)
    assert set(texts(without)) == {"jump 1", "jump -1"}


def test_ground_without_a_piece_stays_grey_and_rows_without_variables_do_no_harm() -> None:
    triangle = [((1, 0), 0), ((0, 1), 0), ((-1, -1), 1), ((0, 0), 0), ((0, 0), 2)]
    ax = top_down_pieces(PiecewiseFunction([triangle], [([[1, 1]], [0])]))
    assert texts(ax)[0] == "1 piece, 1 in this window; continuous"


# Refusals


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: top_down(regions(Network([([[1, 1, 1]], [0], "relu")]))),
            "a top-down figure needs a function of 2 inputs, got 3 inputs; draw a plane through "
            "it: complex.section(point, [u, v])",
        ),
        (
            lambda: top_down(regions(Network([([[1]], [0], "relu")]))),
            "a top-down figure needs a function of 2 inputs, got 1 input",
        ),
        (
            lambda: top_down(regions(CROSS), window=[(0, 1)]),
            "a window is two pairs (low, high) of rationals, low < high, or a box of the plane; "
            "got the box [0, 1]",
        ),
        (lambda: top_down(regions(CROSS), window=[(1, 0), (0, 1)]), "a box needs low < high"),
        (lambda: top_down(regions(CROSS), window=7), "'int' object is not iterable"),
        (
            lambda: top_down(regions(CROSS), window=[(0, 1), (1, 1 + Fraction(1, 10**20))]),
            "a window must be wider than a billionth of its distance from 0 to be drawn",
        ),
        (
            lambda: top_down(regions(CROSS, [(0, 1), (0, 1)]), window=[(1, 2), (0, 1)]),
            "a window that meets the domain's interior is required, got [1, 2] × [0, 1]",
        ),
        (lambda: top_down(regions(CROSS), output=1), "output must be from 0 to 0, got 1"),
        (
            lambda: top_down(regions(CROSS), output=(1, 2)),
            "output must be an index or one weight for each of 1 outputs; got 2 weights",
        ),
        (
            lambda: top_down(regions(CROSS), colour_by="colour"),  # type: ignore[arg-type]
            "colour_by must be one of 'output', 'region', 'linear', got 'colour'",
        ),
        (
            lambda: top_down(regions(CROSS), layers=2),
            "the boundaries of from 0 to 1 layers can be drawn, got 2",
        ),
        (
            lambda: top_down(regions(CROSS), points=[(1, 2, 3)]),
            "data points are pairs of rationals",
        ),
        (
            lambda: top_down(regions(CROSS), points=[(1, 2)], labels=[]),
            "one label for each data point is required, got 1 point and 0 labels",
        ),
        (
            lambda: top_down(regions(Network([([["1e400", 0]], [0], "relu")]))),
            "values that fit into floats are required for colours",
        ),
        (
            lambda: save_top_down(regions(CROSS), "figure.jpg"),
            "a figure is written as .pdf, .svg or .png: give the file one of these suffixes, got "
            "'figure.jpg'",
        ),
        (
            lambda: top_down_pieces(PiecewiseFunction([[((1,), 0)]], [([[1]], [0])])),
            "a top-down figure needs a function of 2 inputs, got 1 input",
        ),
    ],
)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(FigureError) as error:
        call()
    assert message in str(error.value)
