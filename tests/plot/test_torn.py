"""Functions given by pieces in space, and their command: tears, walls, and what hides what."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from matplotlib.colors import same_color

from exactpwl import PiecewiseFunction, gallery, plot
from exactpwl.errors import FigureError
from exactpwl.plot.style import JUMP
from exactpwl.plot.torn import torn_walls
from strategies import rationals

WEST, EAST = [((-1, 0), 0)], [((1, 0), 0)]
SCISSORS = gallery.piecewise("scissors")
# over x > 0 two pieces whose common facet ends inside the big one's
TILED = PiecewiseFunction(
    [WEST, [((1, 0), 0), ((0, 1), 0)], [((1, 0), 0), ((0, -1), 0)]],
    [([[0, 0]], [0]), ([[0, 0]], [1]), ([[0, 1]], [0])],
)


def scene(ax: Any) -> Any:
    return next(c for c in ax.collections if hasattr(c, "elements"))


def red(ax: Any) -> tuple[list[Any], list[Any]]:
    """Return the walls and the edges of jumps."""
    drawn = scene(ax).elements
    walls = [e for e in drawn if e.face != "none" and same_color(e.face[:3], JUMP)]
    edges = [e for e in drawn if len(e.points) == 2 and e.edge == JUMP]
    return walls, edges


@given(rationals(), rationals(), rationals(), rationals())
def test_a_wall_lies_between_the_two_edges(
    a: Fraction, b: Fraction, c: Fraction, d: Fraction
) -> None:
    found = torn_walls((0, 0, 1), (2, 1, 1), ((a, b), (c, d)))
    if (b - a) * (d - c) < 0:
        (one, other) = found
        (crossing,) = set(one) & set(other)
        share = crossing[0] / 2
        assert a + share * (c - a) == b + share * (d - b) == crossing[2]
        assert {len(one), len(other)} == {3}
    elif a == b and c == d:
        assert found == []
    else:
        (polygon,) = found
        assert set(polygon) == {(0, 0, a), (0, 0, b), (2, 1, c), (2, 1, d)}
        assert len(polygon) == 4 - (a == b) - (c == d)


def test_the_wall_of_a_jump() -> None:
    ax = plot.surface_pieces(SCISSORS)
    walls, edges = red(ax)
    assert sorted(len(wall.points) for wall in walls) == [3, 3]
    assert {p for wall in walls for p in wall.points} >= {(0, -1, 0.25), (0, 1, 1), (0, 1, -0.25)}
    assert {frozenset(edge.points) for edge in edges} == {
        frozenset([(0, 1, -0.25), (0, -1, 0.25)]),
        frozenset([(0, 1, 1), (0, -1, 0)]),
    }
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["jump"]
    texts = [" ".join(text.get_text().split()) for text in ax.texts]
    assert texts[0] == "2 pieces, 2 in this window; not continuous"
    assert texts[1].startswith(str(SCISSORS.check_continuity().failures[0]))


def test_where_the_pieces_meet_there_is_no_wall() -> None:
    ridge = PiecewiseFunction([WEST, EAST], [([[1, 0]], [0]), ([[-1, 0]], [0])])
    ax = plot.surface_pieces(ridge)
    assert red(ax) == ([], [])
    assert ax.get_legend() is None
    assert ax.texts[0].get_text() == "2 pieces, 2 in this window; continuous"


def test_pieces_that_do_not_meet_face_to_face() -> None:
    ax = plot.surface_pieces(TILED, window=[(-1, 1), (-1, 1)])
    walls, edges = red(ax)
    assert len(walls) == 3
    assert len(edges) == 6


@pytest.mark.parametrize(("azimuth", "first"), [(-125.0, 1), (-55.0, 0)])
def test_a_wall_is_painted_between_its_two_faces(azimuth: float, first: int) -> None:
    # the faces are over x < 0 and x > 0
    ax = plot.surface_pieces(SCISSORS, view=(28.0, azimuth))
    ax.figure.draw_without_rendering()
    drawn = scene(ax)
    elements = [drawn.elements[i] for i in drawn.painting_order()]
    kinds = []
    for element in elements:
        if element in red(ax)[0]:
            kinds.append("wall")
        elif len(element.points) > 2:
            kinds.append(int(max(x for x, _, _ in element.points) > 0))
    blocks = [k for i, k in enumerate(kinds) if i == 0 or kinds[i - 1] != k]
    assert blocks == [first, "wall", 1 - first]


def test_one_piece_and_a_constant() -> None:
    flat = PiecewiseFunction([[((1, 0), 0)]], [([[0, 0]], [2])])
    ax = plot.surface_pieces(flat, window=[(-1, 1), (-1, 1)])
    assert ax.get_zlim() == (1, 3)
    assert red(ax) == ([], [])


def test_the_maps_of_the_pieces_on_the_plan() -> None:
    ax = plot.top_down_pieces(SCISSORS, maps=True, window=[(-1, 3), (-1, 1)])
    written = {text.get_text(): text.get_position() for text in ax.texts}
    assert written["(1/2)x-(1/4)y"] == (-0.5, 0)
    assert written["-x+(1/2)y+1/2"] == (1.5, 0)


def test_what_is_refused() -> None:
    with pytest.raises(
        FigureError, match=r"2 inputs, got 1 input; plot.function_graph\(function\)"
    ):
        plot.surface_pieces(gallery.piecewise("step"))
    with pytest.raises(
        FigureError, match=r"2 inputs, got 1 input; plot.function_graph\(function\)"
    ):
        plot.top_down_pieces(gallery.piecewise("step"))
    with pytest.raises(FigureError, match="needs axes in space"):
        plot.surface_pieces(SCISSORS, plot.new_panels(1, 1)[0])
    with pytest.raises(FigureError, match=r"got 3 inputs$"):
        plot.surface_pieces(PiecewiseFunction([[((1, 0, 0), 0)]], [([[1, 0, 0]], [0])]))
