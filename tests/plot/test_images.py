"""Numbers and gradients as images: cells, colours, captions, and how far a pattern holds."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure

from exactpwl import Network, gallery
from exactpwl.errors import DimensionError, FigureError, PatternError
from exactpwl.gallery.training.digits import glyph
from exactpwl.plot import gradient_image, image
from exactpwl.plot.images import pattern_radius
from strategies import networks, points

XOR = gallery.get("xor")
DIGITS = gallery.get("digits")


def cells(ax: Axes) -> list[list[float]]:
    (mesh,) = (c for c in ax.collections if isinstance(c, QuadMesh))
    found: list[list[float]] = mesh.get_array().tolist()
    return found


def caption(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.texts[-2:]]


def test_numbers_stand_row_by_row_from_the_top() -> None:
    ax = image([1, 2, 3, 4, 5, "-1/2"], (2, 3), numbers=True)
    assert cells(ax) == [[1, 2, 3], [4, 5, -0.5]]
    low, high = ax.get_ylim()
    assert low > high, "the first row is on top"
    places = {t.get_text(): t.get_position() for t in ax.texts}
    assert places["1"] == (0.5, 0.5)
    assert places["-1/2"] == (2.5, 1.5)
    assert image([0] * 6, (3, 2), bar=False).child_axes == []


def test_a_long_number_is_rounded_and_says_so() -> None:
    ax = image([Fraction(1, 3**20), 1], (1, 2), numbers=True)
    assert [t.get_text() for t in ax.texts] == ["\N{ALMOST EQUAL TO}2.87e-10", "1"]


def test_zero_is_white_where_there_are_both_signs() -> None:
    ax = image([-1, 0, 5], (1, 3))
    (mesh,) = ax.collections
    negative, zero, positive = mesh.cmap(mesh.norm([-1.0, 0.0, 5.0]))
    assert min(zero[:3]) > 0.93
    assert negative[2] > negative[0]
    assert positive[0] > positive[2]


@pytest.mark.parametrize("values", [[0, 0], [3, 3], [-2, -2], [-2, -1], [1, 2]])
def test_numbers_of_one_sign_and_constant_ones_are_drawn(values: list[int], tmp_path: Path) -> None:
    ax = image(values, (1, 2))
    ax.figure.savefig(tmp_path / "image.svg")
    assert cells(ax) == [values]


def test_the_gradient_is_the_row_of_the_regions_map() -> None:
    ax = gradient_image(DIGITS, point=glyph(8))
    (row,) = DIGITS.affine_map(DIGITS.pattern_at(glyph(8))).weight
    assert [n for line in cells(ax) for n in line] == [float(w) for w in row]
    assert len(cells(ax)) == 8
    counts, details = caption(ax)
    assert counts == ("greatest 15541/4096 at (3, 2), least -4859/4096 at (6, 3); 0 of 64 are 0")
    assert max(row) == row[3 * 8 + 2] == Fraction(15541, 4096)
    assert min(row) == row[6 * 8 + 3] == Fraction(-4859, 4096)
    assert "gradient of output 0 where it is 19861/4096;" in details
    assert "the same if no input changes by more than 8/879" in details


def test_the_gradient_of_a_pattern_that_no_point_has() -> None:
    ax = gradient_image(XOR, pattern="01", numbers=True)
    assert cells(ax) == [[-4, -4]]
    assert caption(ax)[0] == "every number is -4"
    assert caption(ax)[1].endswith("gradient of output 0 under the pattern 01")


def test_a_sum_of_outputs_and_another_shape() -> None:
    network = Network([([[1, 2], [3, 4]], [0, 0], "linear")])
    ax = gradient_image(network, point=(0, 0), output=(1, "-1/2"), shape=(2, 1))
    assert cells(ax) == [[-0.5], [0]]
    assert caption(ax)[1].endswith("the same everywhere")
    assert "gradient of the weighted outputs where it is 0" in caption(ax)[1]


def test_a_point_on_a_kink_is_said_to_be_there() -> None:
    ax = gradient_image(XOR, point=(0, 0))
    assert pattern_radius(XOR, (0, 0)) == 0
    assert caption(ax)[1].endswith(
        "the point lies on a kink: the gradient is that of its literal pattern"
    )


def test_many_places_of_an_extreme_are_counted() -> None:
    network = Network([([[1, 1, 1, 1, 1, 0, 0, 0, -1]], [0], "linear")])
    assert caption(gradient_image(network, point=[0] * 9))[0] == (
        "greatest 1 at (0, 0) and (0, 1) and (0, 2) and 2 more, least -1 at (2, 2); 3 of 9 are 0"
    )


@given(st.data())
def test_the_pattern_holds_inside_the_radius_and_ends_there(data: Any) -> None:
    network = data.draw(networks())
    point = data.draw(points(network.input_dimension))
    radius = pattern_radius(network, point)
    pattern = network.pattern_at(point)
    if radius is None:
        assert not any(any(k.normal) for k in network.kink_functions(pattern))
        return
    kinks = [k for k in network.kink_functions(pattern) if any(k.normal)]
    ends = []
    for kink in kinks:
        height = sum(a * x for a, x in zip(kink.normal, point, strict=True)) + kink.offset
        towards = -1 if height > 0 else 1
        steps = [radius * towards * ((a > 0) - (a < 0)) for a in kink.normal]
        corner = [x + s for x, s in zip(point, steps, strict=True)]
        there = sum(a * x for a, x in zip(kink.normal, corner, strict=True)) + kink.offset
        assert there * height >= 0, "no corner of the ball is beyond the kink"
        ends.append(there == 0)
    assert any(ends), "some corner of the ball lies on a kink"


def test_what_is_refused_says_why() -> None:
    with pytest.raises(
        FigureError, match="that at a point or that of a pattern: give one of the tw"
    ):
        gradient_image(XOR)
    with pytest.raises(FigureError, match="give one of the two"):
        gradient_image(XOR, point=(0, 0), pattern="10")
    with pytest.raises(FigureError, match="rows times columns must be 64, got 4 x 8"):
        gradient_image(DIGITS, point=[0] * 64, shape=(4, 8))
    with pytest.raises(FigureError, match="must be 2, got -1 x -2"):
        image([1, 2], (-1, -2))
    with pytest.raises(FigureError, match="beyond 1e308"):
        image([10**400, 1], (1, 2))
    with pytest.raises(FigureError, match="output must be from 0 to 0, got 3"):
        gradient_image(XOR, point=(0, 0), output=3)
    with pytest.raises(DimensionError):
        gradient_image(XOR, point=(0, 0, 0))
    with pytest.raises(PatternError):
        gradient_image(XOR, pattern="1")


def test_ones_own_axes_serve() -> None:
    ax = Figure().add_subplot()
    assert gradient_image(XOR, ax, point=(1, 1), caption=False) is ax
    assert not ax.texts
