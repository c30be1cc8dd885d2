"""Projections of graphs: every face where the rows say, and the nearest one painted last."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exactpwl import Network, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.plot import new_panels, projection
from exactpwl.plot.clip import Vector
from exactpwl.plot.painter import PaintedScene
from exactpwl.plot.separation import Panel, Part, Separation, plane_through

SQUARE = [(-1, 1), (-1, 1)]
FOLD = Network([([[1, 0], [0, 1]], [0, 0], "abs")], name="fold")
LAYER = Network(gallery.get("lines:8").layers[:1], name="layer")

corners = st.tuples(*[st.integers(-4, 4)] * 3, st.just(1))


def scene(ax: Any) -> PaintedScene:
    return next(c for c in ax.collections if isinstance(c, PaintedScene))


def depth_at(points: tuple[Vector, ...], x: Fraction, y: Fraction) -> Fraction | None:
    """Return the height of a polygon over a point of the plane strictly inside it, or None."""
    places = [(Fraction(p[0], p[3]), Fraction(p[1], p[3])) for p in points]
    sides = {
        ((u - a) * (y - b) - (v - b) * (x - a) > 0)
        for (a, b), (u, v) in zip(places, (*places[1:], places[0]), strict=True)
    }
    plane = plane_through(points)
    if len(sides) != 1 or plane is None or not plane[2]:
        return None
    a, b, c, e = plane
    return -(a * x + b * y + e) / Fraction(c)


@given(
    st.lists(st.tuples(corners, corners, corners), min_size=2, max_size=7),
    st.integers(-350, 350),
    st.integers(-350, 350),
)
@settings(max_examples=80, deadline=None)
def test_the_face_that_is_painted_last_is_the_nearest(faces: Any, i: int, j: int) -> None:
    planes = [plane_through(face) for face in faces]
    assume(all(planes))
    panels = [
        Panel(plane, (Part(face, number),))
        for number, (face, plane) in enumerate(zip(faces, planes, strict=True))
        if plane
    ]
    tree = Separation.of(panels)
    assert tree is not None
    x, y = Fraction(2 * i + 1, 211), Fraction(2 * j + 1, 223)
    for toward in ((0, 0, 1), (0, 0, -1)):
        painted = [depth_at(part.points, x, y) for part in tree.painted(toward)]
        found = [depth * toward[2] for depth in painted if depth is not None]
        assert found == sorted(found)
        whole = [depth_at(face, x, y) for face in faces]
        assert set(found) == {d * toward[2] for d in whole if d is not None}


def test_faces_that_hide_each_other_in_a_circle_are_cut() -> None:
    circle = [
        ((-3, -1, 0, 1), (3, -1, 2, 1), (3, -2, 2, 1)),
        ((1, -3, 0, 1), (1, 3, 2, 1), (2, 3, 2, 1)),
        ((3, 1, 0, 1), (-3, -3, 2, 1), (-3, -2, 2, 1)),
    ]
    panels = [Panel(plane_through(face) or (), (Part(face, face),)) for face in circle]
    tree = Separation.of(panels)
    assert tree is not None
    assert len(list(tree.painted((0, 0, 1)))) > 3


def test_a_segment_on_a_cutting_plane_is_kept() -> None:
    floor = ((-1, -1, 0, 1), (1, -1, 0, 1), (1, 1, 0, 1), (-1, 1, 0, 1))
    wall = ((0, -1, 0, 1), (0, 1, 0, 1), (0, 1, 1, 1), (0, -1, 1, 1))
    panels = [
        Panel((0, 0, 1, 0), (Part(floor, "floor"),)),
        Panel((1, 0, 0, 0), (Part(wall, "wall"), Part(wall[:2], "edge"))),
    ]
    tree = Separation.of(panels)
    assert tree is not None
    looks = [part.look for part in tree.painted((1, 1, 1))]
    assert looks.count("edge") >= 1
    assert sorted(set(looks)) == ["edge", "floor", "wall"]


def test_with_one_output_it_is_the_surface() -> None:
    xor = gallery.exhibit("xor")
    rows = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    ax = projection(regions(xor.network), rows, window=xor.window)
    for element in scene(ax).elements:
        for x, y, z in element.points:
            assert float(xor.network((x, y))[0]) == pytest.approx(z, abs=1e-9)
    assert [ax.get_xlabel(), ax.get_ylabel(), ax.get_zlabel()] == ["x", "y", "f1"]
    counts = " ".join(ax.texts[0].get_text().split())
    assert counts == "xor: 3 activation regions in the plane, 3 in this window"


def test_each_vertex_is_where_the_rows_take_it() -> None:
    rows = [(1, 0, "1/8", 0, 0, 0, "-1/8", 0, 0, 0), (0, 1, *[0] * 8), (0, 0, *["1/8"] * 8)]
    window = [(-6, 6), (-6, 6)]
    ax = projection(regions(LAYER), rows, window=window, level=None)
    places = {p for e in scene(ax).elements for p in e.points}
    for x, y in [(-6, -6), (6, -6), (6, 6), (-6, 6)]:
        full = [Fraction(x), Fraction(y), *LAYER((x, y))]
        image = tuple(
            float(sum(Fraction(w) * c for w, c in zip(row, full, strict=True))) for row in rows
        )
        assert image in places
    notes = " ".join(ax.texts[1].get_text().split())
    assert "u = x+(1/8)f1\N{MINUS SIGN}(1/8)f5" in notes


def test_the_order_follows_the_view() -> None:
    rows = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, -1)]
    ax = projection(regions(FOLD), rows, window=SQUARE, level=None)
    orders = []
    for azimuth in (-60, 120):
        ax.view_init(elev=30, azim=azimuth)
        ax.figure.draw_without_rendering()
        orders.append(scene(ax).painting_order())
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]


DEGENERATE = {
    "coincident": Network([([[1, 0], [2, 0]], [0, 0], "relu")]),
    "concurrent": Network([([[1, 0], [0, 1], [1, 1]], [0] * 3, "relu")]),
    "dead": Network([([[1, 0]], [0], "relu"), ([[-1]], [-1], "relu"), ([[1]], [0], "linear")]),
    "constant": Network([([[0, 0]], [3], "relu")]),
    "one region": Network([([[1, 2]], [3], "linear")]),
}


@pytest.mark.parametrize("network", DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_networks_are_drawn(network: Network) -> None:
    zeros = [0] * (network.output_dimension - 1)
    rows = [(1, 0, *zeros, 0), (0, 1, *zeros, 0), (0, 0, *zeros, 1)]
    ax = projection(regions(network), rows, window=SQUARE, colour_by="region")
    ax.figure.draw_without_rendering()
    assert sum(len(e.points) > 2 for e in scene(ax).elements) >= len(regions(network))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: projection(regions(FOLD), [(1, 0), (0, 1)]),
            "three rows of 4 weights are required, for x, y and 2 outputs; got rows of 2, 2",
        ),
        (
            lambda: projection(regions(FOLD), [(1, 0, 0, 0), (2, 0, 0, 0), (0, 0, 0, 0)]),
            "take all that the window shows to lines or points: choose others",
        ),
        (
            lambda: projection(regions(FOLD), [], new_panels(1, 1)[0]),
            "three rows of 4 weights are required",
        ),
        (
            lambda: projection(regions(Network([([[1]], [0], "relu")])), []),
            "needs a function of 2 inputs, got 1 input",
        ),
    ],
)
def test_refusals_say_what_is_wrong(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(FigureError) as error:
        call()
    assert message in str(error.value)
