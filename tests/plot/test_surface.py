"""Surfaces: what is drawn of them lies on the graph, and nothing is painted over what is nearer."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from exactpwl import Domain, Network, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.plot import new_axes_3d, new_panels, surface
from exactpwl.plot.clip import centroid, left_of
from exactpwl.plot.depth import back_to_front, walls
from exactpwl.plot.painter import Element, PaintedScene, toward_viewer
from exactpwl.plot.patches import Patch
from exactpwl.plot.style import AREA, DECISION, layer_styles
from exactpwl.plot.view import complex_view
from strategies import networks

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")], name="xor")
VALLEY = Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, 1]], [0], "linear")])
SQUARE = [(-2, 2), (-2, 2)]


def scene(ax: Any) -> PaintedScene:
    return next(c for c in ax.collections if isinstance(c, PaintedScene))


def faces(ax: Any) -> list[Element]:
    return [e for e in scene(ax).elements if len(e.points) > 2]


def segments(ax: Any) -> list[Element]:
    return [e for e in scene(ax).elements if len(e.points) == 2]


def crossed(patch: Patch, start: Any, toward: Any) -> tuple[Fraction, Fraction] | None:
    """Return from where to where a ray is inside a patch."""
    low, high = Fraction(0), None
    for p, q in pairwise([*patch.polygon, patch.polygon[0]]):
        a, b, c = left_of(p, q)
        value, slope = a * start[0] + b * start[1] + c, a * toward[0] + b * toward[1]
        if slope > 0:
            low = max(low, -Fraction(value) / slope)
        elif slope < 0:
            high = -Fraction(value) / slope if high is None else min(high, -Fraction(value) / slope)
        elif value <= 0:
            return None
    return (low, high) if high is not None and low < high else None


# The order


@given(networks(inputs=st.just(2)), st.sampled_from([(1, 0), (0, -1), (2, 3), (-5, 1), (-1, -1)]))
@settings(max_examples=40)
def test_what_may_be_hidden_is_painted_before(network: Network, toward: Any) -> None:
    view = complex_view(regions(network), [(-3, 3), (-3, 3)])
    order = back_to_front(len(view.patches), walls(view.patches), toward)
    rank = {number: place for place, number in enumerate(order)}
    assert sorted(order) == list(range(len(view.patches)))
    for patch in view.patches:
        start = centroid(patch.polygon)
        met = [(crossed(p, start, toward), i) for i, p in enumerate(view.patches)]
        along = [i for span, i in sorted((m for m in met if m[0]), key=lambda m: m[0])]
        assert all(rank[behind] < rank[before] for behind, before in pairwise(along))


def test_walls_know_both_sides_and_the_border() -> None:
    view = complex_view(regions(XOR), SQUARE)
    found = walls(view.patches)
    inner = [wall for wall in found if wall.right is not None]
    assert len(inner) == 2
    assert len(found) - len(inner) == 6


def test_a_turned_view_is_ordered_anew() -> None:
    ax = surface(regions(XOR), window=SQUARE)
    painted = scene(ax)
    orders = []
    for azimuth in (-60, 120):
        ax.view_init(elev=30, azim=azimuth)
        ax.figure.draw_without_rendering()
        orders.append(painted.painting_order())
        assert sorted(orders[-1]) == list(range(len(painted.elements)))
    assert orders[0] != orders[1]


def test_the_viewer_is_where_elevation_and_azimuth_say() -> None:
    ax = new_axes_3d()
    ax.set_proj_type("ortho")
    ax.set(xlim3d=(-1, 1), ylim3d=(-1, 1), zlim3d=(-1, 1))
    ax.set_box_aspect((1, 1, 1))
    for elev, azim, sign in [(0, 0, (1, 0, 0)), (0, 90, (0, 1, 0)), (90, 0, (0, 0, 1))]:
        ax.view_init(elev=elev, azim=azim)
        assert toward_viewer(ax) == pytest.approx(sign, abs=1e-9)


# What is drawn


@pytest.mark.parametrize("name", ["xor", "hat2d", "l1_annulus", "lines:8"])
def test_faces_kinks_and_level_lie_on_the_graph(name: str) -> None:
    shown = gallery.exhibit(name)
    ax = surface(regions(shown.network), window=shown.window, floor=False)
    for element in scene(ax).elements:
        for x, y, z in element.points:
            assert float(shown.network((x, y))[0]) == pytest.approx(z, abs=1e-9)
    level = [e for e in segments(ax) if e.edge == DECISION]
    assert all(z == 0 for e in level for _, _, z in e.points)


def test_kinks_have_the_width_of_their_layer_on_the_surface_and_on_the_floor() -> None:
    shown = gallery.exhibit("l1_annulus")
    complex_ = regions(shown.network)
    ax = surface(complex_, window=shown.window, level=None)
    low = ax.get_zlim()[0]
    styles = layer_styles(2, len(complex_))
    raised = [e for e in segments(ax) if (e.width, e.edge) in styles]
    flat = [e for e in segments(ax) if {z for _, _, z in e.points} == {low}]
    assert len(raised) == len(flat) == len(complex_.adjacencies)
    assert {e.width for e in raised} == {width for width, _ in styles}
    assert [t.get_text() for t in ax.get_legend().texts] == ["1st layer", "2nd layer"]
    first = surface(complex_, window=shown.window, level=None, layers=1, floor=False)
    assert {e.width for e in segments(first)} == {styles[0][0], 0.6}
    assert "the first layer alone: 4 regions, 4 in this window" in first.texts[1].get_text()


def test_faces_have_the_colours_of_the_plan_a_little_lit() -> None:
    ax = surface(regions(XOR), window=SQUARE)
    high = [e for e in faces(ax) if all(z > 0.5 for _, _, z in e.points)]
    low = [e for e in faces(ax) if all(z < -3 for _, _, z in e.points)]
    assert high
    assert all(e.face[0] > e.face[2] for e in high)
    assert low
    assert all(e.face[0] < e.face[2] for e in low)
    flat = surface(regions(XOR), window=SQUARE, colour_by="region")
    assert len(faces(flat)) == 3
    assert len({e.face for e in faces(flat)}) == 3


def test_regions_flat_at_the_level_and_points_that_touch_it() -> None:
    network = Network([([[1, 0], [1, 0]], [0, -1], "relu"), ([[1, -3]], [0], "linear")])
    ax = surface(regions(network), window=[(-1, 3), (-1, 1)])
    assert [t.get_text() for t in ax.get_legend().texts][-1] == "f(x, y) = 0, flat"
    deep = surface(regions(VALLEY), window=SQUARE, level="1/2")
    assert not [e for e in scene(deep).elements if e.mark]
    assert AREA not in {to_hex(e.face) for e in faces(deep)}


def test_data_points_stand_on_the_surface() -> None:
    corners = [(-1, -1), (-1, 1), (1, -1), (1, 1), (9, 9)]
    ax = surface(regions(XOR), window=SQUARE, points=corners, labels=[-1, 1, 1, -1, -1])
    marks = [e for e in scene(ax).elements if e.mark]
    assert [e.points[0] for e in marks] == [(-1, -1, -1), (-1, 1, 1), (1, -1, 1), (1, 1, -3)]
    assert [e.mark for e in marks] == ["o", "s", "s", "o"]


def test_heights_may_have_the_scale_of_the_inputs() -> None:
    ax = surface(regions(VALLEY), window=SQUARE, exaggeration=1, floor=False)
    (x0, x1), (z0, z1) = ax.get_xlim(), ax.get_zlim()
    wide, _, tall = ax._box_aspect
    assert tall / wide == pytest.approx((z1 - z0) / (x1 - x0))


DEGENERATE = {
    "coincident": Network([([[1, 0], [2, 0]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]),
    "concurrent": Network([([[1, 0], [0, 1], [1, 1]], [0] * 3, "relu"), ([[1] * 3], [0], "abs")]),
    "dead": Network([([[1, 0]], [0], "relu"), ([[-1]], [-1], "relu"), ([[1]], [0], "linear")]),
    "vanishing": Network([([[1, 0], [0, 0]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]),
    "constant": Network([([[0, 0]], [3], "relu"), ([[1]], [0], "linear")]),
    "one region": Network([([[1, 2]], [3], "linear")]),
}


@pytest.mark.parametrize("network", DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_networks_are_drawn(network: Network) -> None:
    complex_ = regions(network)
    ax = surface(complex_, window=SQUARE, colour_by="region")
    ax.figure.draw_without_rendering()
    assert len(faces(ax)) == len(complex_)


def test_a_polyhedron_and_callers_axes() -> None:
    (mine,) = new_panels(1, 1, subplot_kw={"projection": "3d"})
    triangle = Domain.polyhedron([[1, 1], [-1, 0], [0, -1]], [1, 1, 1])
    ax = surface(regions(XOR, triangle), mine)
    assert ax is mine
    assert "a polyhedron with 3 inequalities" in " ".join(ax.texts[0].get_text().split())
    assert {p for e in faces(ax) for p in e.points} >= {(-1.0, -1.0, -1.0)}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: surface(regions(XOR), new_panels(1, 1)[0]), "a surface needs axes in space"),
        (lambda: surface(regions(XOR), exaggeration=0), "a positive exaggeration is required"),
        (lambda: surface(regions(XOR), output=2), "output must be from 0 to 0, got 2"),
        (
            lambda: surface(regions(Network([([[1, 1, 1]], [0], "relu")]))),
            "needs a function of 2 inputs, got 3 inputs; draw a plane through it",
        ),
        (
            lambda: surface(regions(Network([([[1]], [0], "relu")]))),
            "needs a function of 2 inputs, got 1 input",
        ),
    ],
)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(FigureError) as error:
        call()
    assert message in str(error.value)
