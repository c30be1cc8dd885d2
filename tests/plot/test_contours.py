"""Contours: each line has its value, exactly, and nothing that has a value is left out."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_hex

from exactpwl import Network, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.plot import contours
from exactpwl.plot.isolines import round_levels
from exactpwl.plot.style import AREA
from exactpwl.plot.view import complex_view
from strategies import networks

SQUARE = [(-2, 2), (-2, 2)]
VALLEY = Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, 1]], [0], "linear")], name="valley")


def lines_at(ax: Any, level: str) -> LineCollection:
    return next(c for c in ax.collections if c.get_label() == f"contour {level}")


def values(ax: Any) -> list[str]:
    return [t.get_text() for t in ax.texts if t.get_zorder() == 7]


@pytest.mark.parametrize("name", ["hat2d", "l1_annulus", "lines:8", "disc"])
def test_every_line_has_its_value(name: str) -> None:
    shown = gallery.exhibit(name)
    ax = contours(regions(shown.network), window=shown.window)
    found = [c for c in ax.collections if str(c.get_label()).startswith("contour ")]
    assert len(found) >= 7
    for drawn in found:
        level = Fraction(str(drawn.get_label()).split()[1])
        for x, y in (p for path in drawn.get_paths() for p in path.vertices):
            value = float(shown.network((float(x), float(y)))[0])
            assert value == pytest.approx(float(level), abs=1e-9)


def test_a_contour_around_the_bottom_is_a_closed_square() -> None:
    ax = contours(regions(VALLEY), window=SQUARE, levels=[1, "1/2", 7])
    (path,) = lines_at(ax, "1").get_paths()
    corners = {tuple(p) for p in path.vertices.tolist()}
    assert corners == {(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)}
    assert path.vertices[0].tolist() == path.vertices[-1].tolist()
    assert sorted(values(ax)) == ["1", "1/2"]
    assert "2 contours" in ax.texts[1].get_text()


def test_between_two_contours_the_colour_is_one() -> None:
    ax = contours(regions(VALLEY), window=SQUARE, levels=[1, 2, 3])
    fill = next(c for c in ax.collections if isinstance(c, PolyCollection) and len(c.get_paths()))
    colours: dict[int, set[tuple[float, ...]]] = {}
    for path, colour in zip(fill.get_paths(), fill.get_facecolor(), strict=True):
        x, y = abs(path.vertices[:-1]).mean(axis=0)
        colours.setdefault(int(x + y), set()).add(tuple(colour))
    assert set(colours) == {0, 1, 2, 3}
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == 4


@given(networks(inputs=st.just(2)), st.integers(1, 30))
@settings(max_examples=25, deadline=None)
def test_round_levels_are_inside_the_range_and_evenly_apart(network: Network, count: int) -> None:
    view = complex_view(regions(network), SQUARE)
    found = round_levels(view, count)
    low, high = view.limits
    assert all(low <= level <= high for level in found)
    assert list(found) == sorted(set(found))


def test_flat_regions_at_a_contour_are_filled_and_points_are_dots() -> None:
    network = Network([([[1, 0], [1, 0]], [0, -1], "relu"), ([[1, -3]], [0], "linear")])
    ax = contours(regions(network), window=[(-1, 3), (-1, 1)], levels=[0])
    assert AREA in {to_hex(patch.get_facecolor()) for patch in ax.patches}
    assert [t.get_text() for t in ax.get_legend().texts][-1] == "f(x, y) = const, flat"
    bottom = contours(regions(VALLEY), window=SQUARE, levels=[0])
    assert [line.get_xydata().tolist() for line in bottom.lines] == [[[0.0, 0.0]]]


def test_values_on_short_lines_are_left_out_and_counted() -> None:
    ax = contours(regions(VALLEY), window=SQUARE, levels=["1/1000", 1])
    assert values(ax) == ["1"]
    notes = [t.get_text() for t in ax.texts]
    assert "1 value left out, because the lines are too short" in notes


DEGENERATE = {
    "coincident": Network([([[1, 0], [2, 0]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]),
    "dead": Network([([[1, 0]], [0], "relu"), ([[-1]], [-1], "relu"), ([[1]], [0], "linear")]),
    "vanishing": Network([([[1, 0], [0, 0]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]),
    "constant": Network([([[0, 0]], [3], "relu"), ([[1]], [0], "linear")]),
    "one region": Network([([[1, 2]], [3], "linear")]),
}


@pytest.mark.parametrize("network", DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_networks_are_drawn(network: Network) -> None:
    ax = contours(regions(network), window=SQUARE)
    ax.figure.draw_without_rendering()
    flat = len(set(complex_view(regions(network), SQUARE).limits)) == 1
    assert ("0 contours" in ax.texts[1].get_text()) == flat


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: contours(regions(VALLEY), output=2), "output must be from 0 to 0, got 2"),
        (lambda: contours(regions(VALLEY), layers=3), "the boundaries of from 0 to 1 layers"),
        (
            lambda: contours(regions(Network([([[1, 1, 1]], [0], "relu")]))),
            "needs a function of 2 inputs, got 3 inputs; draw a plane through it",
        ),
    ],
)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(FigureError) as error:
        call()
    assert message in str(error.value)
