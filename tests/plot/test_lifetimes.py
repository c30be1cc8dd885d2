"""The barcode's figure: a line for each bar, with its ends, and what is met above a threshold."""

from fractions import Fraction

import pytest
from matplotlib.axes import Axes

from exactpwl import Network, gallery, plot, regions
from exactpwl.errors import FigureError
from exactpwl.plot.style import STROKES
from exactpwl.questions import barcode

ANNULUS = regions(gallery.get("l1_annulus"))
SHELL = Network(
    [
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0], "abs"),
        ([[1, 1, 1]], [-2], "abs"),
        ([[-1]], [1], "linear"),
    ]
)


def drawn(ax: Axes) -> list[tuple[float, float, str]]:
    """Return the ends and the colour of each bar."""
    lines = [line for line in ax.lines if line.get_linestyle() == "-"]
    return [(*map(float, line.get_xdata()), str(line.get_color())) for line in lines]


def markers(ax: Axes) -> list[tuple[float, str]]:
    return [
        (float(line.get_xdata()[0]), str(line.get_marker()))
        for line in ax.lines
        if line.get_linestyle() == "None"
    ]


def test_the_bars_of_the_annulus() -> None:
    ax = plot.barcode(ANNULUS)
    low, high = ax.get_xlim()
    blue, red = STROKES[:2]
    assert (low, high) == (-1.24, 1.24)
    assert drawn(ax) == [(low, high, blue), (-1.0, 1.0, blue), (low, 1.0, red)]
    ends = [(low, "<"), (high, ">"), (-1.0, "o"), (1.0, "o"), (low, "<"), (1.0, "o")]
    assert markers(ax) == ends
    assert [label.get_text() for label in ax.get_yticklabels()] == ["components\nb0", "holes\nb1"]


@pytest.mark.parametrize(("value", "numbers"), [(0, [2, 1]), (1, [1, 0]), (-2, [1, 1])])
def test_what_is_met_above_a_threshold_are_the_betti_numbers(
    value: int, numbers: list[int]
) -> None:
    ax = plot.barcode(ANNULUS, value=value)
    assert [text.get_text() for text in ax.texts[:2]] == [
        f"b{k} = {n}" for k, n in enumerate(numbers)
    ]
    assert f"the broken line is t = {value}" in ax.texts[-1].get_text().replace("\n", " ")


def test_cavities_of_three_inputs() -> None:
    ax = plot.barcode(regions(SHELL))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["components\nb0", "cavities\nb2"]


def test_a_window_shows_no_ends_that_are_outside() -> None:
    ax = plot.barcode(ANNULUS, window=("-1/2", 2))
    assert ax.get_xlim() == (-0.5, 2.0)
    assert (-1.0, "o") not in markers(ax)
    assert len(drawn(ax)) == len(barcode(ANNULUS))
    with pytest.raises(FigureError, match="lower end first is required, got 2 and 1/2"):
        plot.barcode(ANNULUS, window=(2, Fraction(1, 2)))


def test_an_output_is_chosen() -> None:
    both = regions(Network([([[1], [1]], [0, -1], "abs")]))
    assert drawn(plot.barcode(both, output=1))[0][0] == 0.0
    assert "f1(x)-f2(x)" in plot.barcode(both, output=[1, -1]).get_xlabel()
    with pytest.raises(FigureError, match="output must be from 0 to 1"):
        plot.barcode(both, output=2)
