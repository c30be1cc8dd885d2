"""The figure of three inputs: exact parts, exact order, colours and lines by their data."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from exactpwl import Domain, Network, PolyhedralComplex, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.feasibility import feasibility
from exactpwl.plot import save_figure, solid
from exactpwl.plot.clip import height
from exactpwl.plot.opening import Piece, edges, pieces
from exactpwl.plot.painter import PaintedScene
from exactpwl.plot.patches import Height
from exactpwl.plot.polytope import Face, box_faces, centre, cut_polytope, polytope_of, vertices
from exactpwl.plot.scene import Colouring, Part, Scene, Style, level_trace, parts
from exactpwl.plot.sight import integer_direction, sight_word
from exactpwl.plot.style import DECISION, INK
from exactpwl.rationals import ordinary
from strategies import rationals

CUBE = ((Fraction(-1), Fraction(1)),) * 3
OCTANT = [(1, 0, 0, 0), (0, -1, 0, 0), (0, 0, 1, 0)]
PLANES = Network(
    [([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0], "relu"), ([[1, 1, 1]], [-1], "linear")]
)
DEEP = Network(
    [
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], ["1/4", "-1/3", "1/3"], "relu"),
        ([[1, 1, 1], [1, -1, 0]], ["-1/2", "-1/3"], "relu"),
        ([[2, -1]], ["-1/4"], "linear"),
    ],
    name="deep",
)
DEGENERATE = Network(
    [
        ([[1, 1, 0], [2, 2, 0], [-1, -1, 0], [0, 0, 0], [0, 0, 1]], [0, 0, 0, -1, 0], "relu"),
        ([[1, 0, -1, 0, 1], [0, 0, 0, 0, 0]], [0, 0], "relu"),
        ([[1, 1]], [0], "linear"),
    ]
)
CONSTANT = Network([([[0, 0, 0]], [-1], "relu"), ([[1]], [2], "linear")])
LINEAR = Network([([[1, 2, 3]], [1], "linear")])
SLANTED = Network([([[1, 1, 1]], ["1/2"], "hard_tanh"), ([[1]], [0], "linear")])
NETWORKS = {
    "planes": PLANES,
    "deep": DEEP,
    "degenerate": DEGENERATE,
    "constant": CONSTANT,
    "linear": LINEAR,
    "two kinks a neuron": SLANTED,
    "resonance:3": gallery.get("resonance:3"),
}


def volume(faces: Iterable[Face]) -> Fraction:
    """The volume, by pyramids from the centre to triangles of the faces."""
    faces = list(faces)
    middle = centre(faces)
    total = Fraction(0)
    for face in faces:
        start, *rest = [_minus(ordinary(v), middle) for v in face.polygon]
        total += sum((abs(_determinant(start, p, q)) for p, q in pairwise(rest)), Fraction(0))
    return total / 6


def _minus(p: Sequence[Fraction], q: Sequence[Fraction]) -> list[Fraction]:
    return [a - b for a, b in zip(p, q, strict=True)]


def _determinant(p: Sequence[Any], q: Sequence[Any], r: Sequence[Any]) -> Any:
    return (
        p[0] * (q[1] * r[2] - q[2] * r[1])
        - p[1] * (q[0] * r[2] - q[2] * r[0])
        + p[2] * (q[0] * r[1] - q[1] * r[0])
    )


def bodies(complex_: PolyhedralComplex, window: Any = CUBE) -> dict[int, tuple[Face, ...]]:
    found = {cell: polytope_of(complex_, cell, window) for cell in range(len(complex_))}
    return {cell: faces for cell, faces in found.items() if faces}


def texts(ax: Any) -> list[str]:
    return [" ".join(text.get_text().split()) for text in ax.texts]


def scene_of(ax: Any) -> PaintedScene:
    (scene,) = [c for c in ax.collections if isinstance(c, PaintedScene)]
    return scene


# What the window shows of a cell


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_the_parts_of_all_cells_fill_the_window(network: Network) -> None:
    shown = bodies(regions(network))
    assert sum(map(volume, shown.values())) == 8
    for faces in shown.values():
        sides = sum(len(face.polygon) for face in faces)
        assert len(vertices(faces)) - sides // 2 + len(faces) == 2
        for face in faces:
            heights = [height(face.row, v) for v in vertices(faces)]
            assert min(heights) == 0 < max(heights)
            assert {v for v, h in zip(vertices(faces), heights, strict=True) if not h} == set(
                face.polygon
            )


def test_without_a_cell_the_window_is_not_filled() -> None:
    shown = bodies(regions(DEEP))
    shown.pop(next(iter(shown)))
    assert sum(map(volume, shown.values())) < 8


@given(st.lists(st.tuples(*[rationals()] * 4), max_size=4))
@settings(max_examples=30)
def test_a_plane_cuts_a_polytope_into_two(rows: list[tuple[Fraction, ...]]) -> None:
    faces: tuple[Face, ...] = box_faces(CUBE)
    for row in rows:
        integers = integer_direction(row)
        if not any(integers[:3]):
            continue
        both = [cut_polytope(faces, integers), cut_polytope(faces, tuple(-e for e in integers))]
        assert sum(volume(part) for part in both if part) == volume(faces)
        faces = both[0] or both[1]


def test_a_facet_knows_its_neighbour_and_its_layer() -> None:
    complex_ = regions(DEEP)
    for cell, faces in bodies(complex_).items():
        for face in faces:
            if face.neighbour is not None:
                first = face.neighbour in complex_.neighbours[cell]
                a, b = (complex_.cells[i].pattern for i in (cell, face.neighbour))
                assert first
                assert face.layer == (0 if a[0] != b[0] else 1)
    layers = {face.layer for faces in bodies(complex_).values() for face in faces}
    assert layers == {None, 0, 1}


# Cut open


@pytest.mark.parametrize("wedge", [OCTANT[:1], OCTANT[:2], OCTANT, [(1, 1, -1, 1), (0, 2, 1, -1)]])
@pytest.mark.parametrize("name", ["deep", "degenerate", "planes"])
def test_pieces_fill_what_the_wedge_leaves(name: str, wedge: list[tuple[int, ...]]) -> None:
    # seams are no faces of a piece, so volumes are taken before they are left out
    for faces in bodies(regions(NETWORKS[name])).values():
        inside: tuple[Face, ...] = faces
        for plane in wedge:
            inside = inside and cut_polytope(inside, plane)
        left = volume(faces) - (volume(inside) if inside else 0)
        assert sum(map(_volume_outside(wedge), pieces(faces, wedge)), Fraction(0)) == left


def _volume_outside(wedge: Sequence[tuple[int, ...]]) -> Any:
    def of(piece: Piece) -> Fraction:
        body = box_faces(CUBE)
        for face in piece.faces:
            body = cut_polytope(body, face.row)
        for number in range(piece.plane + 1):
            sign = -1 if number == piece.plane else 1
            body = cut_polytope(body, tuple(sign * e for e in wedge[number]))
        return volume(body)

    return of


def test_what_a_corner_lays_bare() -> None:
    found = list(pieces(box_faces(CUBE), OCTANT))
    assert [piece.plane for piece in found] == [0, 1, 2]
    bare = [
        face
        for piece in found
        for face in piece.faces
        if not any(height(OCTANT[piece.plane], v) for v in face.polygon)
    ]
    assert [len(face.polygon) for face in bare] == [4, 4, 4]
    corners = {ordinary(v) for face in bare for v in face.polygon}
    assert len(corners) == 7
    assert (0, 0, 0) in corners


def test_seams_between_pieces_have_no_edges() -> None:
    found = list(pieces(box_faces(CUBE), OCTANT))
    lines = [e.ends for piece in found for face in piece.faces for e in edges(piece, face, OCTANT)]
    length = {frozenset(ordinary(v) for v in ends) for ends in lines}
    seam = [(Fraction(0), Fraction(-1), Fraction(-1)), (Fraction(0), Fraction(1), Fraction(-1))]
    for ends in length:
        points = list(ends)
        on_seam = all(p[0] == 0 and p[2] == -1 for p in points)
        assert not on_seam, f"an edge {points} on the seam {seam}"


# What hides what


def hides(complex_: PolyhedralComplex, one: Part, other: Part, toward: Sequence[int]) -> bool:
    """Whether some point of `one` lies on a ray from the inside of `other` to the viewer."""
    rows = [((*f.row[:3], 0), _offset(f, other)) for f in other.piece.faces]
    for face in one.piece.faces:
        along = sum(a * u for a, u in zip(face.row, toward, strict=False))
        rows.append(((*face.row[:3], along), _offset(face, one)))
    return feasibility([*rows, ((0, 0, 0, 1), 0)], 4).status == "full"


def _offset(face: Face, part: Part) -> Fraction:
    return face.row[3] - sum(
        (a * s for a, s in zip(face.row[:3], part.shift, strict=True)), Fraction(0)
    )


def sorted_parts(
    complex_: PolyhedralComplex, explode: Fraction, toward: Sequence[int]
) -> list[Part]:
    shown = parts(bodies(complex_), CUBE, [], explode)
    return sorted(shown, key=lambda part: sight_word(complex_, part.cell, toward))


VIEWS = [(3, -2, 1), (-1, 2, 5), (1, 0, 0), (-2, -2, 1)]


@pytest.mark.parametrize("toward", VIEWS)
@pytest.mark.parametrize(
    ("name", "explode"),
    [("deep", 0), ("deep", "1/2"), ("degenerate", 1), ("two kinks a neuron", 0)],
)
def test_no_part_is_painted_before_one_that_it_hides(
    name: str, explode: Any, toward: tuple[int, ...]
) -> None:
    complex_ = regions(NETWORKS[name])
    ordered = sorted_parts(complex_, Fraction(explode), toward)
    assert not any(hides(complex_, a, b, toward) for a, b in combinations(ordered, 2))


def test_the_opposite_order_is_wrong() -> None:
    complex_ = regions(PLANES)
    ordered = sorted_parts(complex_, Fraction(0), (1, 2, 3))[::-1]
    assert any(hides(complex_, a, b, (1, 2, 3)) for a, b in combinations(ordered, 2))


# The figure


def test_the_caption_counts_regions_faces_and_cuts() -> None:
    ax = solid(regions(DEEP), window=CUBE)
    counts, details = texts(ax)
    assert counts == "deep: 22 activation regions in space, 22 in this window"
    assert details.startswith("f-vector (7, 30, 44, 22); cut away: x >= 0, y <= 0, z >= 0;")
    assert details.endswith("window [-1, 1] × [-1, 1] × [-1, 1]")


def test_what_is_cut_away_whole_is_in_the_window_all_the_same() -> None:
    ax = solid(regions(PLANES), window=CUBE)
    assert texts(ax)[0].endswith("8 activation regions in space, 8 in this window")
    assert "; 7 regions shown;" in texts(ax)[1]


def test_only_faces_that_turn_to_the_viewer_are_painted() -> None:
    ax = solid(regions(PLANES), window=CUBE, explode=1, colour_by="region", view=(30, 40))
    scene = scene_of(ax)
    filled = [i for i in scene.painting_order() if scene.elements[i].face != "none"]
    assert len(filled) == 8 * 3
    assert sum(element.face != "none" for element in scene.elements) == 8 * 6


def test_faces_between_touching_cells_are_not_painted() -> None:
    ax = solid(regions(PLANES), window=CUBE, cut_away=(), colour_by="region")
    scene = scene_of(ax)
    assert sum(element.face != "none" for element in scene.elements) == 6 * 4


def test_the_order_follows_the_view() -> None:
    ax = solid(regions(PLANES), window=CUBE, explode=1, colour_by="region")
    before = scene_of(ax).painting_order()
    ax.view_init(elev=24, azim=124)
    after = scene_of(ax).painting_order()
    assert set(before) != set(after)


def test_exploded_cells_move_by_their_own_centre() -> None:
    ax = solid(regions(PLANES), window=CUBE, explode="1/2", colour_by="region")
    corners = {p for e in scene_of(ax).elements if e.face != "none" for p in e.points}
    assert {c for p in corners for c in p} == {-1.25, -0.25, 0.25, 1.25}


def test_lines_have_the_width_of_the_first_layer_that_bends() -> None:
    ax = solid(regions(DEEP), window=CUBE, level=None)
    widths = sorted({e.width for e in scene_of(ax).elements if e.face == "none"})
    assert len(widths) == 3, "two layers and the window's own edges"
    named = {h.get_label(): h.get_linewidth() for h in ax.get_legend().legend_handles}
    assert named["1st layer"] == widths[-1]
    assert named["2nd layer"] in widths
    assert named["2nd layer"] < named["1st layer"]


def test_neighbours_have_different_flat_colours() -> None:
    complex_ = regions(DEEP)
    ax = solid(complex_, window=CUBE, explode=1, colour_by="region")
    assert len({to_hex(e.face) for e in scene_of(ax).elements if e.face != "none"}) > 2


def test_colours_are_those_of_the_exact_values() -> None:
    network = Network([([[1, 0, 0]], [0], "relu"), ([[1]], [0], "linear")])
    ax = solid(regions(network), window=CUBE, cut_away=(), level=None, view=(0, -90))
    scene = scene_of(ax)
    front = [scene.elements[i] for i in scene.painting_order()]
    fills = [e for e in front if e.face != "none" and {p[1] for p in e.points} == {-1.0}]
    by_place = sorted((max(p[0] for p in e.points), sum(e.face)) for e in fills)
    tones = [tone for x, tone in by_place if x > 0]
    assert tones == sorted(tones, reverse=True), "the sequential map grows darker"
    assert len(tones) == 40
    assert len({tone for x, tone in by_place if x <= 0}) == 1


def test_the_level_set_lies_where_the_function_has_the_level() -> None:
    complex_ = regions(DEEP)
    ax = solid(complex_, window=CUBE, level="1/2")
    lines = [e for e in scene_of(ax).elements if e.edge == DECISION]
    assert lines
    for line in lines:
        for point in line.points:
            (value,) = DEEP([Fraction(c).limit_denominator(10**6) for c in point])
            assert abs(value - Fraction(1, 2)) < Fraction(1, 1000)
    assert not [
        e for e in scene_of(solid(complex_, window=CUBE, level=99)).elements if e.edge == DECISION
    ]


def test_a_function_that_touches_the_level_leaves_no_trace() -> None:
    square = ((0, 0, 0, 1), (1, 0, 0, 1), (1, 1, 0, 1), (0, 1, 0, 1))
    assert level_trace(square, (1, 1, 0, 0)) == ()
    assert level_trace(square, (1, 0, 0, 0)) == ((0, 0, 0, 1), (0, 1, 0, 1))
    assert level_trace(square, (0, 0, 1, 0)) == ()


def test_bounded_regions_alone() -> None:
    walls = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]
    complex_ = regions(Network([(walls, ["1/2"] * 6, "relu")]))
    assert (len(complex_), complex_.bounded_count) == (27, 1)
    ax = solid(complex_, window=CUBE, bounded=True, cut_away=(), colour_by="region")
    assert sum(e.face != "none" for e in scene_of(ax).elements) == 6
    assert "1 region shown" in texts(ax)[1]
    with pytest.raises(FigureError, match="no bounded region is left"):
        solid(regions(PLANES), bounded=True)


@pytest.mark.parametrize("options", [{}, {"explode": "1/3"}, {"colour_by": "linear"}])
@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_every_network_is_drawn(network: Network, options: Any, tmp_path: Any) -> None:
    ax = solid(regions(network), window=CUBE, **options)
    assert save_figure(ax, tmp_path / "solid.svg", "solid").stat().st_size > 1000
    assert scene_of(ax).painting_order()


def test_a_domain_is_a_border_like_the_windows() -> None:
    simplex = Domain.polyhedron([[1, 1, 1], [-1, 0, 0], [0, -1, 0], [0, 0, -1]], [1, 0, 0, 0])
    complex_ = regions(LINEAR, simplex)
    ax = solid(complex_, cut_away=(), colour_by="region")
    assert sum(e.face != "none" for e in scene_of(ax).elements) == 4
    assert "1 activation region in a polyhedron with 4 inequalities" in texts(ax)[0]


def test_given_axes_are_used_and_returned() -> None:
    from exactpwl.plot import new_axes_3d

    ax = new_axes_3d()
    assert solid(regions(PLANES), ax, caption=False) is ax
    assert not ax.texts


def test_a_section_serves_networks_with_more_inputs() -> None:
    section = gallery.get("max:4").section(
        (0, 0, 0, 0), [(1, 0, 0, -1), (0, 1, 0, -1), (0, 0, 1, -1)]
    )
    ax = solid(regions(section), window=CUBE)
    assert texts(ax)[0].endswith("25 activation regions in space, 25 in this window")


@pytest.mark.parametrize(
    ("inputs", "mend"),
    [(1, "derivatives"), (2, "top_down"), (4, r"network.section\(point, \[u, v, w\]\)")],
)
def test_another_dimension_names_what_serves(inputs: int, mend: str) -> None:
    network = Network([([[1] * inputs], [0], "relu")])
    with pytest.raises(FigureError, match=f"3 inputs, got {inputs} input.*{mend}"):
        solid(regions(network))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"window": [(0, 1), (0, 1)]}, "one pair"),
        ({"explode": -1}, "explode must be at least 0, got -1"),
        ({"colour_by": "pattern"}, "colour_by must be one of 'output', 'region', 'linear'"),
        ({"cut_away": [((0, 0, 0), 1)]}, "a normal of 3 numbers that is not 0"),
        ({"cut_away": [((1, 0), 1)]}, "got 2 numbers"),
        ({"cut_away": [((1, 0, 0), -9)]}, "no region is left"),
        ({"output": 3}, "output must be from 0 to 0, got 3"),
    ],
)
def test_what_cannot_be_drawn_is_said(options: dict[str, Any], message: str) -> None:
    with pytest.raises(FigureError, match=message):
        solid(regions(PLANES), **options)


def test_the_command(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from exactpwl.cli import main

    monkeypatch.chdir(tmp_path)
    line = ["plot", "solid", "braid:3", "--cut", "1,-1,0,0", "--cut", "0,0,1,0", "-o", "b.svg"]
    assert CliRunner().invoke(main, line).output == "wrote b.svg\n"
    assert "cut away: x-y &gt;= 0, z &gt;= 0" in (tmp_path / "b.svg").read_text(encoding="utf-8")
    result = CliRunner().invoke(main, ["plot", "solid", "braid:3", "--cut", "1,0,0"])
    assert "--cut takes four numbers A,B,C,D, got 3" in result.stderr


def test_frames_are_drawn_in_ink() -> None:
    complex_ = regions(LINEAR)
    height_of = [Height.of(complex_.affine_maps[0], [Fraction(1)])]
    colouring = Colouring(height_of, [], lambda cell, value: "white", None)
    shown = list(parts(bodies(complex_), CUBE, [], Fraction(0)))
    scene = Scene(complex_, shown, [], colouring, Style([(1.0, "red")], (0.0, 0.0, 1.0)))
    assert {e.edge for e in scene.elements if e.face == "none"} == {INK}
    assert len(scene.order((1.0, 1.0, 1.0))) == 3 * 5
