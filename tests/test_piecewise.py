"""Functions given by pieces: what is accepted, what is refused, and where continuity fails."""

import pickle
import re
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from exactpwl import AffineMap, Domain, Network
from exactpwl.errors import DimensionError, DiscontinuityError, DomainError
from exactpwl.inequality import Row, value
from exactpwl.piecewise import PiecewiseFunction
from exactpwl.polyhedron import Polyhedron

F = Fraction
Map = tuple[list[list[Any]], list[Any]]

LEFT: list[Row] = [((-1,), 0)]
RIGHT: list[Row] = [((1,), 0)]
QUADRANTS: list[list[Row]] = [
    [((a, 0), 0), ((0, b), 0)] for a, b in [(1, 1), (-1, 1), (-1, -1), (1, -1)]
]


def constants(*values: Any, dimension: int = 2) -> list[Map]:
    return [([[0] * dimension], [v]) for v in values]


def boxes(*bounds: Any) -> list[Domain]:
    return [Domain.box(b) for b in bounds]


def test_values_and_shape() -> None:
    hat = PiecewiseFunction(
        [Domain.box([(0, 1)]), Polyhedron(1, (((1,), -1), ((-1,), 2)))],
        [AffineMap.of([[1], [0]], [0, 7]), ([[-1], ["0"]], [2, 7.0])],
    )
    assert [hat((x,)) for x in (0, F(1, 2), 1, "3/2", 2)] == [
        (0, 7),
        (F(1, 2), 7),
        (1, 7),
        (F(1, 2), 7),
        (0, 7),
    ]
    assert (hat.input_dimension, hat.output_dimension) == (1, 2)
    assert hat.pieces_at((1,)) == (0, 1)
    assert hat.maps[0].bias == (0, 7)
    assert all(isinstance(piece, Polyhedron) for piece in hat.polyhedra)
    assert repr(hat) == "<PiecewiseFunction R^1 -> R^2, 2 pieces>"
    with pytest.raises(DomainError, match="no piece contains the point 3"):
        hat((3,))
    with pytest.raises(DimensionError, match="a point with 1 coordinates is required, got 2"):
        hat((3, 0))


def test_a_function_is_a_value() -> None:
    step = PiecewiseFunction([LEFT, RIGHT], constants(0, 1, dimension=1))
    same = PiecewiseFunction((LEFT, RIGHT), tuple(constants("0", 1.0, dimension=1)))
    assert same == step
    assert hash(same) == hash(step)
    assert pickle.loads(pickle.dumps(step)) == step
    assert step != PiecewiseFunction([LEFT, RIGHT], constants(0, 2, dimension=1))
    with pytest.raises(AttributeError):
        step.maps = ()


def test_a_step() -> None:
    step = PiecewiseFunction([LEFT, RIGHT], constants(0, 1, dimension=1))
    assert step((-1,)) == (0,)
    checked = step.check_continuity()
    assert not checked
    assert str(checked) == (
        "not continuous: 1 pair of pieces with common points, 1 of them with a common facet, and 1 "
        "differ; pieces 0 and 1 do not agree on their common facet {x = 0}: at 0 piece 0 is 0 and "
        "piece 1 is 1, a jump of 1"
    )
    for refuse in (step.require_continuous, lambda: step((0,))):
        with pytest.raises(DiscontinuityError) as caught:
            refuse()
        assert str(caught.value) == str(checked.failures[0])
        assert caught.value.pieces == (0, 1)
        assert caught.value.point == (0,)
        assert caught.value.jump == (1,)
        assert caught.value.facet == step.faces[0]
        assert isinstance(caught.value, ValueError)


def test_an_error_names_the_facet_a_point_on_it_and_the_jump() -> None:
    f = PiecewiseFunction(
        boxes([(-1, 0), (0, 1)], [(0, 1), ("1/2", 3)]), [([[1, 2]], [0]), ([[1, 0]], ["3/2"])]
    )
    with pytest.raises(DiscontinuityError) as caught:
        f.require_continuous()
    y: Any = caught.value.point[1]
    assert str(caught.value) == (
        "pieces 0 and 1 do not agree on their common facet {x = 0, -y+1 >= 0, 2y-1 >= 0}: "
        f"at (0, {y}) piece 0 is {2 * y} and piece 1 is 3/2, a jump of {F(3, 2) - 2 * y}"
    )
    face: Any = caught.value.facet
    assert face.is_facet
    assert face.equations == (((1, 0), 0),)
    assert set(face.inequalities) == {((0, -1), 1), ((0, 2), -1)}
    assert f.check_continuity().failures[0].point == caught.value.point


def test_maps_that_agree_at_one_point_of_the_facet_only() -> None:
    """The difference vanishes at (0, 1/2), whichever point is tried first."""
    for at in (F(1, 3), F(1, 2), F(2, 3), F(3, 4)):
        f = PiecewiseFunction(
            boxes([(-1, 0), (0, 1)], [(0, 1), (0, 1)]), [([[0, 1]], [0]), ([[0, 2]], [-at])]
        )
        (failure,) = f.check_continuity().failures
        assert failure.face.polyhedron.contains(failure.point)
        assert any(failure.jump)
        assert 0 < failure.point[1] < 1


def test_an_unbounded_facet() -> None:
    f = PiecewiseFunction(
        [[((1, 0), 0)], [((-1, 0), 0)]], [([[1, 0]], [0]), ([[0, 1]], [F(-7, 3)])]
    )
    (failure,) = f.check_continuity().failures
    assert failure.point[0] == 0
    assert failure.jump == (failure.point[1] - F(7, 3),)
    assert failure.jump != (0,)


def test_pieces_that_touch_in_a_point_must_agree_there() -> None:
    first, _, third, _ = QUADRANTS
    f = PiecewiseFunction([first, third], constants(0, 1))
    (failure,) = f.check_continuity().failures
    assert str(failure) == (
        "pieces 0 and 1 do not agree on their common point (0, 0): at (0, 0) piece 0 is 0 and "
        "piece 1 is 1, a jump of 1"
    )
    assert PiecewiseFunction([first, third], [([[1, 0]], [0]), ([[0, 5]], [0])]).check_continuity()


def test_pieces_that_touch_in_an_edge_of_space() -> None:
    f = PiecewiseFunction(
        boxes([(0, 1)] * 3, [(1, 2), (1, 2), (0, 1)]), [([[0, 0, 0]], [0]), ([[0, 0, 1]], [0])]
    )
    (failure,) = f.check_continuity().failures
    assert "on their common face of dimension 1 {x-1 = 0, y-1 = 0, " in str(failure)
    assert failure.face.dimension == 1
    assert failure.face.polyhedron.contains(failure.point)


def test_facets_come_first() -> None:
    f = PiecewiseFunction(QUADRANTS, constants(0, 0, 1, 1))
    checked = f.check_continuity()
    assert [face.dimension for face in checked.faces] == [1, 1, 1, 1, 0, 0]
    pairs = [failure.face.pieces for failure in checked.failures]
    assert sorted(pairs[:2]) == [(0, 3), (1, 2)]
    assert sorted(pairs[2:]) == [(0, 2), (1, 3)]
    assert checked.failures[0].face.is_facet
    assert "and 4 differ; pieces" in str(checked)


def test_pieces_need_not_meet_face_to_face() -> None:
    bricks = boxes([(0, 2), (0, 1)], [(0, 1), (1, 2)], [(1, 2), (1, 2)])
    assert PiecewiseFunction(bricks, [([[0, 1]], [0])] * 3).check_continuity()
    broken = PiecewiseFunction(bricks, [([[0, 1]], [0]), ([[0, 1]], [0]), ([[1, 1]], [-1])])
    failures = broken.check_continuity().failures
    assert [failure.face.pieces for failure in failures] == [(0, 2)]
    assert failures[0].face.is_facet


def test_pieces_that_do_not_meet_are_not_compared() -> None:
    f = PiecewiseFunction(boxes([(0, 1)], [(2, 3)]), constants(0, 1, dimension=1))
    assert f.faces == ()
    assert f.check_continuity()
    assert f((3,)) == (1,)


def test_one_piece_may_be_the_whole_space() -> None:
    f = PiecewiseFunction([[]], [([[1, 2, 3]], [4])])
    assert f((1, 1, 1)) == (10,)
    assert str(f.check_continuity()) == (
        "continuous: 0 pairs of pieces with common points, 0 of them with a common facet, and "
        "their maps agree there"
    )


@pytest.mark.parametrize(
    ("polyhedra", "maps", "message"),
    [
        ([], [], "at least one piece is required, got none"),
        ([LEFT], [], "at least one piece is required, got none"),
        (
            [LEFT, RIGHT],
            constants(0, dimension=1),
            "one map for each polyhedron is required, got 1 maps and 2 polyhedra",
        ),
        (
            [LEFT, RIGHT],
            [([[0]], [0]), ([[0], [0]], [0, 0])],
            "map 1: a map from R^1 to R^1 is required, as map 0 is, got one from R^1 to R^2",
        ),
        (
            [LEFT, RIGHT],
            [([[0]], [0]), ([[0, 1]], [0])],
            "map 1: a map from R^1 to R^1 is required, as map 0 is, got one from R^2 to R^1",
        ),
        (QUADRANTS[:1], [([[0, 1], [0]], [0, 0])], "map 0: W needs rows of one positive length"),
        (QUADRANTS[:1], [([[0, 1]], [0, 0])], "map 0: W needs rows of one positive length"),
        (QUADRANTS[:1], [([], [])], "map 0: W needs rows of one positive length, and b an entry"),
        (
            [Polyhedron(2)],
            constants(0, dimension=1),
            "piece 0: a polyhedron in R^1 is required, as the maps have 1 inputs, got one in R^2",
        ),
        (
            [[((1, 0), 0)]],
            constants(0, dimension=1),
            "piece 0: a Polyhedron, a Domain or rows (normal, offset) are required: row 0: a "
            "normal with 1 entries is required, got 2",
        ),
        ([[1]], constants(0, dimension=1), "piece 0: a Polyhedron, a Domain or rows (normal,"),
        ([3], constants(0, dimension=1), "piece 0: a Polyhedron, a Domain or rows (normal,"),
        (
            [LEFT, [((1,), -1), ((-1,), 0)]],
            constants(0, 0, dimension=1),
            "piece 1: a polyhedron with an interior is required, it is empty",
        ),
        (
            [LEFT, [((1,), -1), ((-1,), 1)]],
            constants(0, 0, dimension=1),
            "piece 1: a polyhedron with an interior is required, it is flat",
        ),
    ],
)
def test_messages(polyhedra: Any, maps: Any, message: str) -> None:
    with pytest.raises(DomainError, match=re.escape(message)):
        PiecewiseFunction(polyhedra, maps)


def test_overlapping_interiors_are_refused_with_a_point_inside_both() -> None:
    with pytest.raises(DomainError, match="pieces 0 and 1 overlap: ") as caught:
        PiecewiseFunction(boxes([(0, 2)], [(1, 3)]), constants(0, 0, dimension=1))
    found = re.search(r"overlap: (\S+) is inside both; pieces may share", str(caught.value))
    assert found
    assert 1 < F(found[1]) < 2


def arrangement_pieces(normals: Any, dimension: int) -> list[Polyhedron]:
    """The full cells of a central arrangement and its translates, by all choices of sides."""
    cells = []
    for signs in product((1, -1), repeat=len(normals)):
        rows = tuple(
            (tuple(s * a for a in normal), s * offset)
            for s, (normal, offset) in zip(signs, normals, strict=True)
        )
        cell = Polyhedron(dimension, rows)
        if cell.status == "full":
            cells.append(cell)
    return cells


@settings(max_examples=25)
@given(st.data())
def test_the_pieces_of_a_network_are_continuous_and_a_shifted_piece_is_found(
    data: st.DataObject,
) -> None:
    net: Network = data.draw(strategies.relu_networks(inputs=st.just(2), depth=1, width=4))
    lines = [
        (tuple(map(int, f.normal)), f.offset) for f in net.kink_functions(net.pattern_at((0, 0)))
    ]
    if len(net.widths) != 1:
        return
    cells = arrangement_pieces([line for line in lines if any(line[0])], 2)
    maps = [net.affine_map(net.pattern_at(cell.feasibility.point)) for cell in cells]
    f = PiecewiseFunction(cells, maps)
    assert f.check_continuity()
    f.require_continuous()
    x = data.draw(strategies.points(2))
    assert f(x) == net(x)
    if len(cells) > 1:
        shifted = AffineMap(maps[0].weight, (maps[0].bias[0] + 1, *maps[0].bias[1:]))
        failures = PiecewiseFunction(cells, [shifted, *maps[1:]]).check_continuity().failures
        assert failures
        for failure in failures:
            assert failure.face.pieces[0] == 0
            assert failure.jump == (-1, *[0] * (net.output_dimension - 1))


@settings(max_examples=40)
@given(st.data())
def test_every_failure_is_a_true_one(data: st.DataObject) -> None:
    """Two half-spaces cut out of one polyhedron, with random maps."""
    whole = data.draw(strategies.full_polyhedra(2))
    normal = data.draw(strategies.points(2).filter(any))
    inside = whole.feasibility.point
    assert inside is not None
    offset = -sum(a * c for a, c in zip(normal, inside, strict=True))
    sides = [
        whole.intersect([(normal, offset)]),
        whole.intersect([(tuple(-a for a in normal), -offset)]),
    ]
    entries = strategies.rationals(2, 2)
    maps = [
        AffineMap.of([data.draw(strategies.points(2, entries))], [data.draw(entries)])
        for _ in sides
    ]
    checked = PiecewiseFunction(sides, maps).check_continuity()
    difference = maps[1] - maps[0]
    (face,) = checked.faces
    along = (-normal[1], normal[0])
    vanishes = not any(difference(inside)) and not any(difference.linear_part(along))
    assert bool(checked) == vanishes
    assert all(value(row, face.point) > 0 for row in face.inequalities)
    for failure in checked.failures:
        assert all(side.contains(failure.point) for side in sides)
        assert failure.jump == difference(failure.point)
        assert any(failure.jump)
        assert all(value(row, failure.point) > 0 for row in face.inequalities)
        assert not any(value(row, failure.point) for row in face.equations)
