"""The figure of a data set among the regions: colours by number, captions, degenerate networks."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import BoundaryNorm, LogNorm, Normalize, to_rgba

from exactpwl import Domain, gallery, region_occupancy, regions
from exactpwl.errors import FigureError
from exactpwl.plot import occupancy
from exactpwl.plot.occupied import EMPTY, TOUCHED, _colour, _colours
from plot.degenerate import DEGENERATE, ONE_INPUT, THREE_INPUTS, XOR

WINDOW = [(-2, 2), (-2, 2)]
GRID = [(Fraction(a, 3), Fraction(b, 3)) for a, b in product(range(-5, 6, 2), repeat=2)]


def caption(ax: Any) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in ax.texts)


def fills(ax: Any) -> Any:
    return next(c for c in ax.collections if isinstance(c, PolyCollection)).get_facecolors()


def marks(ax: Any) -> int:
    drawn = [c for c in ax.collections if isinstance(c, PathCollection) and c.get_label() == "data"]
    return sum(len(c.get_offsets()) for c in drawn)


def test_regions_are_coloured_by_the_number_of_points() -> None:
    data = region_occupancy(regions(XOR), [(1, 1), (2, 1), (1, 0), ("-1/2", "1/4"), (0, -1)])
    assert data.counts == (0, 1, 3)
    assert data.touched == (0,)
    ax = occupancy(data, window=WINDOW)
    colours, norm = _colours(data)
    assert isinstance(norm, BoundaryNorm)
    expected = [TOUCHED, colours(norm(1)), colours(norm(3))]
    assert [tuple(c) for c in fills(ax)] == [to_rgba(c) for c in expected]
    assert marks(ax) == 5
    assert "data in 2 regions, 2 of them in this window; on the boundary of 1 more (grey)" in (
        caption(ax)
    )
    assert "1 of 5 points alone" not in caption(ax)
    assert "1 point on boundaries between regions" in caption(ax)


def test_no_data_is_white() -> None:
    data = region_occupancy(regions(XOR), [(1, 1)])
    assert [_colour(data, i, *_colours(data)) for i in (0, 1)] == [EMPTY, EMPTY]
    assert "none in 2 regions (white)" in caption(occupancy(data, window=WINDOW))
    assert "1 of 1 point alone in its region (100%)" in caption(occupancy(data, window=WINDOW))


def test_without_any_point() -> None:
    ax = occupancy(region_occupancy(regions(XOR), []), window=WINDOW)
    assert {tuple(c) for c in fills(ax)} == {to_rgba(EMPTY)}
    assert "no points in the domain" in caption(ax)


def test_a_wide_range_has_a_logarithmic_scale() -> None:
    many = [(1, 1 + Fraction(i, 100)) for i in range(40)]
    data = region_occupancy(regions(XOR), [*many, ("-1/2", 0), ("-1/4", 0)])
    assert type(_colours(data)[1]) is Normalize
    assert isinstance(_colours(region_occupancy(regions(XOR), [*many, (-2, 0)]))[1], LogNorm)
    shade = [sum(to_rgba(_colour(data, i, *_colours(data)))[:3]) for i in (1, 2)]
    assert shade[0] > shade[1]


def test_classes_have_marks_of_their_own_and_many_points_none() -> None:
    data = region_occupancy(regions(XOR), GRID, [i % 2 for i in range(len(GRID))])
    drawn = [c for c in occupancy(data, window=WINDOW).collections if c.get_label() == "data"]
    assert len(drawn) == 2
    assert marks(occupancy(data, window=WINDOW, points=False)) == 0
    crowd = region_occupancy(regions(XOR), GRID * 60)
    assert marks(occupancy(crowd, window=WINDOW)) == 0
    assert marks(occupancy(crowd, window=WINDOW, points=True)) == len(crowd)


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_networks(name: str) -> None:
    complex_ = regions(DEGENERATE[name])
    data = region_occupancy(complex_, GRID)
    ax = occupancy(data, window=WINDOW)
    assert len(fills(ax)) == len(complex_)
    assert sum(data.counts) + len(data.on_boundary) == len(GRID)


def test_points_outside_the_domain_are_said() -> None:
    data = region_occupancy(regions(XOR, Domain.box([(0, 1), (0, 1)])), [(0, "1/2"), (5, 5)])
    assert "1 point outside the domain" in caption(occupancy(data))


@pytest.mark.parametrize("network", [ONE_INPUT, THREE_INPUTS])
def test_a_wrong_dimension_names_another_figure(network: Any) -> None:
    data = region_occupancy(regions(network), [[0] * network.input_dimension])
    with pytest.raises(FigureError, match="a top-down figure needs a function of 2 inputs"):
        occupancy(data)


def test_the_numbers_of_a_trained_network() -> None:
    run = gallery.run("disc-8-8-8")
    data = region_occupancy(regions(run.networks[-1]), run.points, run.labels)
    text = caption(occupancy(data, window=run.window))
    assert f"data in {len(data.holding)} regions" in text
    assert f"none in {len(data.empty)} regions" in text
    assert f"{len(data.alone)} of 1024 points alone in their regions" in text
