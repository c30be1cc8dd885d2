"""Balls around a point: corners, adversaries and words, by the data of the figure."""

import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from exactpwl import Network, gallery, plot, regions
from exactpwl.errors import DomainError, FigureError
from plot.degenerate import THREE_INPUTS

ANNULUS = regions(gallery.get("l1_annulus"))
TOUCHING = Network([([[1, 0], [-1, 1]], [-1, 0], ["abs", "relu"]), ([[1, -4]], [0], "linear")])


def balls(ax: Axes) -> list[set[tuple[float, float]]]:
    shapes = [p for p in ax.patches if isinstance(p, Polygon) and "ball" in str(p.get_label())]
    return [{(float(x), float(y)) for x, y in shape.get_xy()} for shape in shapes]


def marks(ax: Axes) -> dict[str, tuple[float, float]]:
    return {
        str(line.get_label()): (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for line in ax.lines
        if line.get_marker() not in ("None", "none", None)
    }


def test_square_and_diamond() -> None:
    ax = plot.robust_ball(ANNULUS, (0, "1/2"))
    # the diamond |x| + |y| = 1 is at 1/4 in l-infinity, at 1/2 in l1
    assert balls(ax) == [
        {(0.25, 0.75), (-0.25, 0.75), (-0.25, 0.25), (0.25, 0.25)},
        {(0.5, 0.5), (0.0, 1.0), (-0.5, 0.5), (0.0, 0.0)},
    ]
    found = marks(ax)
    assert found["point"] == (0.0, 0.5)
    x, y = found["l∞ adversary"]
    assert (abs(x), y) == (0.25, 0.75)
    assert sum(map(abs, found["l1 adversary"])) == 1.0
    assert ax.texts[0].get_text() == "l∞ radius = 1/4; l1 radius = 1/2"


def test_one_norm_and_a_radius() -> None:
    ax = plot.robust_ball(ANNULUS, (0, "1/2"), norms=["1"], radius="1/8")
    assert balls(ax) == [{(0.125, 0.5), (0.0, 0.625), (-0.125, 0.5), (0.0, 0.375)}]
    assert set(marks(ax)) == {"point"}
    assert ax.texts[0].get_text() == "l1 radius ≥ 1/8"


def test_infinite_radius_and_a_tie() -> None:
    ax = plot.robust_ball(regions(Network([([[1, 0]], [-1], "abs")])), (4, 0), window=[(0, 5)] * 2)
    assert balls(ax) == []
    assert marks(ax)["l∞ tie only"] == (1.0, 0.0)
    assert ax.texts[0].get_text() == "l∞ radius infinite; l1 radius infinite"
    ax = plot.robust_ball(regions(TOUCHING), (2, -1))
    assert marks(ax)["l1 tie only"] == (1.0, -1.0)
    assert marks(ax)["l1 adversary"] == (1.0, 1.0)


def test_a_tie_at_the_point_has_no_ball() -> None:
    ax = plot.robust_ball(ANNULUS, (1, 0))
    assert balls(ax) == []
    assert ax.texts[0].get_text() == "l∞ radius = 0; l1 radius = 0"


def test_several_outputs() -> None:
    ax = plot.robust_ball(regions(Network([([[1, 0], [0, 1]], [0, 0], "linear")])), (2, 0))
    assert ax.texts[0].get_text() == "l∞ radius = 1; l1 radius = 2"


def test_what_is_refused() -> None:
    with pytest.raises(FigureError, match="got 3 inputs"):
        plot.robust_ball(regions(THREE_INPUTS), (0, 0, 0))
    with pytest.raises(DomainError, match="point of the domain"):
        plot.robust_ball(regions(gallery.get("xor"), [(0, 1)] * 2), (2, 2))
