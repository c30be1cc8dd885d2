"""Dual points: which there are, what meets them, and how neighbours are joined."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import LineCollection, PathCollection

from exactpwl import Domain, Network, gallery, regions
from exactpwl.errors import DomainError, FigureError
from exactpwl.location import regions_around
from exactpwl.plot import dual_points
from exactpwl.plot.duals import dual_limits, duals_of, met_by
from exactpwl.plot.grids import cells_at_points, cells_on_grid
from plot.degenerate import DEEP, DEGENERATE, ONE_INPUT, THREE_INPUTS, TWO_OUTPUTS, XOR
from strategies import boxes, relu_networks

UNIT = ((Fraction(-1), Fraction(1)), (Fraction(-1), Fraction(1)))


def groups(ax: Any) -> dict[str, list[tuple[float, ...]]]:
    return {
        c.get_label(): sorted(map(tuple, c.get_offsets().tolist()))
        for c in ax.collections
        if isinstance(c, PathCollection)
    }


def phrases(ax: Any) -> str:
    return " ".join(ax.texts[-1].get_text().split())


def test_the_three_maps_of_xor() -> None:
    ax = dual_points(regions(XOR), points=[(0, 0), (1, 1)])
    assert groups(ax) == {"grid": [(0.0, 0.0)], "data": [(-2.0, -2.0), (2.0, 2.0)]}
    assert phrases(ax) == (
        "3 distinct affine maps (R6): ◆ 2 at the 2 data points, "
        "● 1 more on the 101 × 101 grid of [-1, 1]², ○ 0 elsewhere"
    )


def test_a_point_on_a_boundary_has_the_maps_of_all_regions_around_it() -> None:
    complex_ = regions(gallery.get("lines:3"))
    vertex = next(tuple(Fraction(c, g[-1]) for c in g[:-1]) for g in complex_.generators if g[-1])
    assert len(cells_at_points(complex_, [vertex])) == 4


def brute(complex_: Any, count: int, box: Any) -> frozenset[int]:
    """The same by visiting every point of the grid."""
    ticks = [[low + (high - low) * i / (count - 1) for i in range(count)] for low, high in box]
    points = [(x, y) for x in ticks[0] for y in ticks[1] if complex_.domain.contains((x, y))]
    return frozenset(i for point in points for i in regions_around(complex_, point))


@settings(max_examples=40)
@given(relu_networks(inputs=st.just(2), outputs=st.just(1)), boxes(2), st.integers(2, 6))
def test_what_a_grid_meets_is_what_visiting_its_points_finds(
    network: Network, box: Domain, count: int
) -> None:
    complex_, bounds = regions(network), box.as_box()
    assert cells_on_grid(complex_, count, bounds) == brute(complex_, count, bounds)


@pytest.mark.parametrize("name", DEGENERATE)
@pytest.mark.parametrize(
    "domain", [None, [(0, 1), ("-1/2", 3)], [(1, 2), (1, 2)], [(5, 6), (5, 6)]]
)
def test_what_a_grid_meets_in_degenerate_networks_and_domains(name: str, domain: Any) -> None:
    complex_ = regions(DEGENERATE[name], domain)
    assert cells_on_grid(complex_, 5, UNIT) == brute(complex_, 5, UNIT)


def test_points_are_counted_as_affine_pieces_are() -> None:
    for network in (XOR, DEEP, gallery.get("rings"), *DEGENERATE.values()):
        complex_ = regions(network)
        assert len(duals_of(complex_)) == len(complex_.affine_pieces) or len(network.layers) == 1
        assert sorted(i for d in duals_of(complex_) for i in d.regions) == [*range(len(complex_))]


def test_several_outputs_have_the_points_of_their_sum() -> None:
    complex_ = regions(TWO_OUTPUTS)
    assert len(complex_.affine_pieces) == 4
    assert {d.slope for d in duals_of(complex_, 0)} == {(0, 0), (1, 0)}
    assert len(duals_of(complex_, (1, "1/2"))) == 4


def test_segments_are_perpendicular_to_the_facets() -> None:
    complex_ = regions(DEEP)
    slope = {i: d.slope for d in duals_of(complex_) for i in d.regions}
    checked = 0
    for first, second, ids in complex_.adjacencies:
        ends = complex_.points(ids)
        if len(ends) == 2:
            (x, y), (u, v) = ends
            (a, b), (c, d) = slope[first], slope[second]
            assert (a - c) * (x - u) + (b - d) * (y - v) == 0
            checked += 1
    assert checked
    ax = dual_points(complex_)
    drawn = next(c for c in ax.collections if isinstance(c, LineCollection))
    pairs = {frozenset((slope[a], slope[b])) for a, b, _ in complex_.adjacencies}
    assert len(drawn.get_segments()) >= len({p for p in pairs if len(p) == 2})
    assert not any(
        isinstance(c, LineCollection) for c in dual_points(complex_, edges=False).collections
    )


def test_every_dual_point_is_in_one_group() -> None:
    complex_ = regions(DEEP)
    duals = duals_of(complex_)
    found = met_by(complex_, duals, [(Fraction(3), Fraction(3))], 11, UNIT)
    assert sorted(i for numbers in found.values() for i in numbers) == [*range(len(duals))]
    assert met_by(complex_, duals, [], 0, UNIT)["elsewhere"] == tuple(range(len(duals)))


def test_limits_are_a_square_around_all_points() -> None:
    (left, right), (low, high) = dual_limits(duals_of(regions(XOR)))
    assert (left, right) == (low, high) == (-2.2, 2.2)
    ax = dual_points(regions(XOR), limits=((-9, 9), (-9, 9)))
    assert ax.get_xlim() == (-9, 9)
    assert ax.get_aspect() == 1


def test_space_has_the_bias_as_height() -> None:
    ax = dual_points(regions(XOR), space=True)
    assert ax.name == "3d"
    (drawn,) = [c for c in ax.collections if c.get_label() == "grid"]
    x, y, z = (sorted(c.tolist()) for c in drawn._offsets3d)
    assert (x, y, z) == ([-2, 0, 2], [-2, 0, 2], [-1, 1, 1])


def test_colours_of_the_bias() -> None:
    ax = dual_points(regions(XOR), colour_by="bias")
    (drawn,) = [c for c in ax.collections if isinstance(c, PathCollection)]
    assert sorted(drawn.get_array().tolist()) == [-1, 1, 1]
    assert len(ax.figure.axes) == 1
    assert ax.child_axes, "a colour bar"


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_networks(name: str) -> None:
    complex_ = regions(DEGENERATE[name])
    for space in (False, True):
        ax = dual_points(complex_, points=[(0, 0)], space=space, colour_by="bias")
        ax.figure.draw_without_rendering()
    assert sum(map(len, groups(dual_points(complex_)).values())) == len(duals_of(complex_))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"grid": 1}, "a grid has at least 2 points a side, or 0 for no grid; got 1"),
        ({"grid": -3}, "got -3"),
        ({"over": [(0, 1)]}, "a window is two pairs (low, high)"),
        ({"points": [(0,)]}, "data points are pairs"),
        ({"colour_by": "w"}, "colour_by must be one of 'met', 'bias', got 'w'"),
    ],
)
def test_refusals(options: dict[str, Any], message: str) -> None:
    with pytest.raises(FigureError) as error:
        dual_points(regions(XOR), **options)
    assert message in str(error.value)


def test_data_outside_the_domain_are_refused() -> None:
    with pytest.raises(DomainError, match="is required, got"):
        dual_points(regions(XOR, [(0, 1), (0, 1)]), points=[(2, 2)])


@pytest.mark.parametrize("network", [ONE_INPUT, THREE_INPUTS])
def test_a_wrong_dimension_is_refused(network: Network) -> None:
    with pytest.raises(FigureError, match="needs a function of 2 inputs"):
        dual_points(regions(network))
