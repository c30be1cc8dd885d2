"""Decision regions: whose polygons they are, what a point is worth, what is refused."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba

from exactpwl import Network, regions
from exactpwl.errors import FigureError
from exactpwl.plot import decision_regions
from exactpwl.plot.classes import CLASS_FILLS, class_parts, correct
from exactpwl.plot.clip import as_points, centroid
from exactpwl.plot.style import AREA
from exactpwl.plot.view import complex_view
from plot.degenerate import DEEP, DEGENERATE, ONE_INPUT, THREE_INPUTS, XOR
from strategies import boxes, rationals

SQUARE = [(-2, 2), (-2, 2)]


def area(polygon: Any) -> Fraction:
    points = as_points(polygon)
    pairs = pairwise([*points, points[0]])
    return sum((x * v - u * y for (x, y), (u, v) in pairs), Fraction(0)) / 2


def fills(ax: Any) -> dict[str, PolyCollection]:
    return {
        c.get_label(): c
        for c in ax.collections
        if isinstance(c, PolyCollection) and c.get_label().startswith(("f", "class"))
    }


@given(st.data())
def test_both_sides_of_a_level_tile_the_window(data: Any) -> None:
    complex_ = regions(DEEP)
    window, level = data.draw(boxes(2)).as_box(), data.draw(rationals(4))
    parts = class_parts(complex_, complex_view(complex_, window), level)
    (left, right), (low, high) = window
    assert sum(area(part.polygon) for part in parts) == (right - left) * (high - low)
    for part in parts:
        value = DEEP(centroid(part.polygon))[0]
        assert (value > level) - (value < level) == part.kind


@given(st.lists(st.lists(st.integers(-2, 2), min_size=2, max_size=2), min_size=2, max_size=4))
def test_the_largest_output_wins_and_of_equal_ones_the_first(rows: Any) -> None:
    network = Network([([[1, 0], [0, 1]], [0, 0], "abs"), (rows, [0] * len(rows), "linear")])
    complex_ = regions(network)
    parts = class_parts(complex_, complex_view(complex_, SQUARE), None)
    assert sum(area(part.polygon) for part in parts) == 16
    for part in parts:
        outputs = network(centroid(part.polygon))
        assert outputs.index(max(outputs)) == part.kind


def test_two_flat_colours_by_the_sign_that_differ_in_grey_print() -> None:
    ax = decision_regions(regions(XOR), window=SQUARE)
    found = fills(ax)
    assert set(found) == {"f(x, y) < 0", "f(x, y) > 0"}
    for name, colour in zip(("f(x, y) < 0", "f(x, y) > 0"), CLASS_FILLS, strict=True):
        assert tuple(found[name].get_facecolor()[0]) == to_rgba(colour)
    greys = [0.299 * r + 0.587 * g + 0.114 * b for r, g, b, _ in map(to_rgba, CLASS_FILLS)]
    assert greys[1] - greys[0] > 0.1
    # above 0 between x + y = -1/2 and x + y = 1/2, from corner to corner
    (polygon, *more) = found["f(x, y) > 0"].get_paths()
    points = {tuple(p) for path in (polygon, *more) for p in path.vertices}
    assert {(-2.0, 1.5), (1.5, -2.0), (-1.5, 2.0), (2.0, -1.5)} <= points


def test_a_region_at_the_level_has_its_own_colour() -> None:
    network = Network([([[1, 0], [1, 0]], [0, -1], "relu"), ([[1, -3]], [0], "linear")])
    found = fills(decision_regions(regions(network), window=[(-1, 3), (-1, 1)]))
    assert tuple(found["f(x, y) = 0"].get_facecolor()[0]) == to_rgba(AREA)
    ((path,),) = [found["f(x, y) = 0"].get_paths()]
    assert path.vertices[:, 0].max() == 0


def test_kinks_and_caption_are_options() -> None:
    labels = {c.get_label() for c in decision_regions(regions(DEEP), window=SQUARE).collections}
    bare = decision_regions(regions(DEEP), window=SQUARE, kinks=False, caption=False)
    assert "1st layer" in labels
    assert not any("layer" in str(c.get_label()) for c in bare.collections)
    assert not bare.texts


def test_points_on_the_boundary_are_wrong_and_the_caption_counts_the_right_ones() -> None:
    points, labels = [(0, 0), ("1/2", 0), (1, 1), (-1, -1)], [1, 1, -1, 1]
    assert correct(XOR, [tuple(map(Fraction, p)) for p in points], labels) == [
        True,
        False,
        True,
        False,
    ]
    ax = decision_regions(regions(XOR), window=SQUARE, points=points, labels=labels)
    assert "2 of 4 points right (50%)" in " ".join(ax.texts[0].get_text().split())
    marks = [c for c in ax.collections if c.get_label() == "data"]
    assert sorted(len(c.get_offsets()) for c in marks) == [1, 3]
    first, second = (c.get_paths()[0].vertices.shape for c in marks)
    assert first != second, "classes differ in their marks, not in colour alone"


def test_several_outputs_can_be_decided_by_a_difference() -> None:
    network = Network([([[1, 0], [0, 1]], [0, 0], "relu")])
    assert set(fills(decision_regions(regions(network)))) == {"class 0", "class 1"}
    by_sign = fills(decision_regions(regions(network), output=(1, -1)))
    assert set(by_sign) == {f"f1(x, y)-f2(x, y) {sign} 0" for sign in "<=>"}
    right = correct(network, [(Fraction(1), Fraction(2))], [1], level=None)
    assert right == [True]


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_networks(name: str) -> None:
    ax = decision_regions(regions(DEGENERATE[name]), window=SQUARE, points=[(0, 0)], labels=[1])
    assert fills(ax)
    ax.figure.draw_without_rendering()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"points": [(1, 2, 3)]}, "data points are pairs of rationals; a point with 2 coordinates"),
        ({"points": [(0, 0)], "labels": []}, "got 1 point and 0 labels"),
        ({"window": [(0, 1)]}, "a window is two pairs (low, high)"),
        ({"output": 3}, "output must be from 0 to 0, got 3"),
    ],
)
def test_refusals(options: dict[str, Any], message: str) -> None:
    with pytest.raises(FigureError) as error:
        decision_regions(regions(XOR), **options)
    assert message in str(error.value)


@pytest.mark.parametrize("network", [ONE_INPUT, THREE_INPUTS])
def test_a_wrong_dimension_is_refused(network: Network) -> None:
    with pytest.raises(FigureError, match="needs a function of 2 inputs"):
        decision_regions(regions(network))
