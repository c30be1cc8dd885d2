"""Marks of local minima and maxima: places, shapes, colours, and the legend."""

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Polygon

from exactpwl import Network, gallery, plot, regions
from exactpwl.errors import FigureError
from exactpwl.plot.style import STROKES

VOLCANO = Network(
    [([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, 1]], [-1], "abs"), ([[-1]], [0], "linear")]
)
SQUARE = [(-2, 2), (-2, 2)]
LOW, HIGH = STROKES[:2]


def marks(ax: Axes) -> list[tuple[object, ...]]:
    """Marker, whether it is filled, and place of each point."""
    return sorted(
        (
            line.get_marker(),
            line.get_markerfacecolor() != "white",
            *map(float, line.get_xydata()[0]),
        )
        for line in ax.lines
        if line.get_marker() in ("v", "^")
    )


def thick_lines(ax: Axes, colour: str) -> list[list[tuple[float, float]]]:
    return [
        [tuple(map(float, point)) for point in path]
        for lines in ax.collections
        if hasattr(lines, "get_segments")
        and lines.get_colors()[0].tolist()[:3] == list(to_rgb(colour))
        for path in lines.get_segments()
    ]


def hatched(ax: Axes) -> list[tuple[str, str]]:
    areas = [patch for patch in ax.patches if isinstance(patch, Polygon) and patch.get_hatch()]
    return sorted((to_hex(patch.get_edgecolor()), patch.get_hatch()) for patch in areas)


def legend(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_a_ring_of_maxima_around_a_minimum() -> None:
    ax = plot.extrema(regions(VOLCANO, SQUARE))
    assert marks(ax) == [("v", False, 0.0, 0.0)]
    assert sorted(thick_lines(ax, HIGH)) == [
        [(-1.0, 0.0), (0.0, -1.0)],
        [(-1.0, 0.0), (0.0, 1.0)],
        [(0.0, -1.0), (1.0, 0.0)],
        [(0.0, 1.0), (1.0, 0.0)],
    ]
    assert legend(ax) == ["1st layer", "2nd layer", "minimum", "maxima, line"]
    assert "sets of local minima: 1, of local maxima: 1" in ax.texts[-1].get_text()


def test_the_corners_of_the_closed_domain() -> None:
    ax = plot.extrema(regions(VOLCANO, SQUARE), closed=True)
    corners = [("v", True, x, y) for x in (-2.0, 2.0) for y in (-2.0, 2.0)]
    assert marks(ax) == [("v", False, 0.0, 0.0), *corners]
    assert "minimum, global" in legend(ax)


def test_a_window_clips_them() -> None:
    ax = plot.extrema(regions(VOLCANO), window=[("1/2", 2), (-1, 1)])
    assert marks(ax) == []
    assert sorted(thick_lines(ax, HIGH)) == [[(0.5, -0.5), (1.0, 0.0)], [(0.5, 0.5), (1.0, 0.0)]]


def test_flat_regions_are_hatched_and_ledges_dotted() -> None:
    ax = plot.extrema(regions(gallery.get("hat2d")), window=SQUARE)
    assert marks(ax) == [("^", True, 0.0, 0.0)]
    assert hatched(ax) == sorted([(LOW, "////")] * 6 + [(HIGH, "..")] * 6)
    assert legend(ax)[2:] == ["minima, flat", "maximum, global", "maxima, ledge"]


def test_a_line_of_the_complex_is_drawn_from_border_to_border() -> None:
    wall = Network([([[1, 0]], [0], "abs")])
    ax = plot.extrema(regions(wall), window=SQUARE)
    ends = {point for path in thick_lines(ax, LOW) for point in path}
    assert ends == {(0.0, -2.0), (0.0, 0.0), (0.0, 2.0)}


def test_a_sum_of_outputs() -> None:
    two = regions(Network([([[1, 0], [0, 1]], [0, 0], "abs")]))
    assert marks(plot.extrema(two, window=SQUARE, output=(1, 1))) == [("v", True, 0.0, 0.0)]
    assert marks(plot.extrema(two, window=SQUARE, output=(-1, -1))) == [("^", True, 0.0, 0.0)]
    assert marks(plot.extrema(two, window=SQUARE, output=(1, -1))) == []


def test_three_inputs_are_refused() -> None:
    with pytest.raises(FigureError, match="a top-down figure needs a function of 2 inputs"):
        plot.extrema(regions(gallery.get("max:3")))
