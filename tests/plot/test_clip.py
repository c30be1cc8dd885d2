"""What a window shows, exactly: clipped cells, edges and level sets, and the default window."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactpwl import (
    Domain,
    Network,
    regions,
)
from exactpwl.errors import DomainError, TooLargeError
from exactpwl.plot import regions_in_window
from exactpwl.plot.clip import as_points, clip_edge, cut_polygon, half_planes
from exactpwl.plot.decision import level_set_of
from exactpwl.plot.patches import patches
from exactpwl.plot.view import complex_view
from exactpwl.plot.window import as_window, corners, default_window, frame
from strategies import boxes, domains, networks, rationals

FAR = 10**9
QUARTER = Fraction(1, 4)
SQUARE = as_window([(0, 1), (0, 1)])
XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")], name="xor")
CROSS = Network([([[1, 0], [0, 1]], [0, 0], "relu"), ([[1, -1]], [0], "linear")], name="cross")
DEEP = Network(
    [
        ([[1, 0], [0, 1], [1, 1]], [0, 0, -1], "relu"),
        ([[1, -1, 1], [1, 1, -2]], [-1, "-1/2"], "relu"),
        ([[2, -1]], ["-1/4"], "relu"),
        ([[1]], [-1], "linear"),
    ],
    name="deep",
)


def area(polygon: Any) -> Fraction:
    points = as_points(polygon)
    pairs = pairwise([*points, points[0]])
    return sum((x * v - u * y for (x, y), (u, v) in pairs), Fraction(0)) / 2


# Clipping


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], [(0, 0), (1, 0), (1, 1), (0, 1)]),
        ([(1, 1, -1)], [(1, 0), (1, 1), (0, 1)]),
        ([(-2, -2, 1)], [(0, 0), (Fraction(1, 2), 0), (0, Fraction(1, 2))]),
        (
            [(4, 0, -1), (-4, 0, 3)],
            [(Fraction(1, 4), 0), (Fraction(3, 4), 0), (Fraction(3, 4), 1), (Fraction(1, 4), 1)],
        ),
        (
            [(3, 0, -1), (0, 3, -1), (-3, -3, 4)],
            [(Fraction(1, 3), Fraction(1, 3)), (1, Fraction(1, 3)), (Fraction(1, 3), 1)],
        ),
        ([(1, 0, 5), (0, 1, 5)], [(0, 0), (1, 0), (1, 1), (0, 1)]),
    ],
)
def test_a_cell_is_clipped_to_its_polygon(rows: Any, expected: Any) -> None:
    (patch,) = patches([rows], SQUARE)
    points = as_points(patch.polygon)
    start = points.index(expected[0])
    assert points[start:] + points[:start] == expected


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([(-1, 0, 0)], id="half-plane that touches an edge"),
        pytest.param([(-1, -1, 0)], id="half-plane that touches a corner"),
        pytest.param([(1, 0, -1), (-1, 0, 2)], id="strip that touches an edge"),
        pytest.param([(-1, 0, 0), (0, -1, 0)], id="quadrant that touches a corner"),
        pytest.param([(1, 0, -5)], id="half-plane far away"),
        pytest.param([(-1, 1, -1), (1, 1, -3)], id="wedge above"),
    ],
)
def test_a_cell_that_only_touches_the_window_is_not_shown(rows: Any) -> None:
    assert patches([rows], SQUARE) == []


def test_cutting_through_two_corners_adds_no_vertex() -> None:
    assert cut_polygon(corners(SQUARE), (1, -1, 0)) == ((0, 0, 1), (1, 0, 1), (1, 1, 1))


@pytest.mark.parametrize(
    ("generators", "lines", "expected"),
    [
        ([(0, 0, 1), (1, 1, 1)], [], [(0, 0), (1, 1)]),
        ([(-1, 1, 2), (3, 1, 2)], [], [(0, Fraction(1, 2)), (1, Fraction(1, 2))]),
        ([(1, 1, 2), (0, -1, 0)], [], [(Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 2), 0)]),
        ([(0, 7, 1)], [(1, -7)], [(Fraction(6, 7), 1), (1, 0)]),
        ([(5, 0, 1)], [(1, -1)], []),
        ([(0, 0, 1)], [(0, 1)], []),
        ([(1, 1, 1), (2, 2, 1)], [], []),
    ],
)
def test_an_edge_is_clipped_to_the_open_window(generators: Any, lines: Any, expected: Any) -> None:
    assert as_points(clip_edge(generators, lines, frame(SQUARE))) == expected


def test_half_planes_of_a_strip_and_of_the_plane() -> None:
    cells = regions(XOR)
    strip = cells["10"].index
    rows = half_planes(cells.cells[strip].generators, cells.cells[strip].tight, cells.lines)
    assert sorted(rows) == [(-1, -1, 0), (1, 1, 1)]
    plane = regions(Network([([[1, 2]], [3], "linear")]))
    assert half_planes(plane.cells[0].generators, plane.cells[0].tight, plane.lines) == []


@given(st.data())
def test_the_patches_tile_the_domain_and_are_what_the_engine_finds_in_the_window(data: Any) -> None:
    network = data.draw(networks(inputs=st.just(2)))
    domain, box = data.draw(domains(2)), data.draw(boxes(2))
    try:
        part = regions(network, domain.intersect(box))
    except DomainError:
        assume(False)
    whole = regions(network, domain)
    shown = regions_in_window(whole, box)
    assert [whole.cells[i].pattern for i in shown] == [cell.pattern for cell in part.cells]
    areas = {whole.cells[p.cell].pattern: area(p.polygon) for p in complex_view(whole, box).patches}
    assert areas == {region.pattern: region.volume for region in part.regions}


@given(st.data())
def test_the_level_set_in_a_window_is_that_of_the_complex_in_the_box(data: Any) -> None:
    network = data.draw(networks(inputs=st.just(2), outputs=st.just(1)))
    box, level = data.draw(boxes(2)), data.draw(rationals(2))
    complex_ = regions(network)
    view = complex_view(complex_, box)
    found = level_set_of(view, level, complex_.domain)
    inside = regions(network, box).level_set(level)
    assert [len(part) for part in found] == [
        sum(piece.dimension == k for piece in inside) for k in range(3)
    ]
    for part in [*found.segments, *found.areas, found.dots]:
        assert all(network(point) == (level,) for point in as_points(part))


def test_the_level_set_may_cross_the_lineality_space() -> None:
    slope = regions(Network([([[1, 0]], [0], "linear")]))
    found = level_set_of(complex_view(slope, [(-1, 1), (-1, 1)]), Fraction(0), slope.domain)
    assert [as_points(segment) for segment in found.segments] == [[(0, -1), (0, 1)]]
    assert not found.dots
    assert not found.areas


# Windows


@pytest.mark.parametrize(
    ("network", "domain", "expected"),
    [
        (CROSS, [(-3, 1), (0, "1/3")], ((-3, 1), (0, Fraction(1, 3)))),
        (CROSS, None, ((-1, 1), (-1, 1))),
        (Network([([[1, 1]], [5], "linear")]), None, ((-1, 1), (-1, 1))),
        (Network([([[1, 0], [1, 0]], [0, -2], "relu")]), None, ((-1, 3), (-2, 2))),
        (Network([([[1, 0]], [-FAR], "relu")]), None, ((FAR - 1000, FAR + 1000), (-1000, 1000))),
    ],
)
def test_default_windows(network: Network, domain: Any, expected: Any) -> None:
    assert default_window(regions(network, domain)) == expected


def test_the_default_window_shows_all_of_a_bounded_domain_with_a_margin() -> None:
    triangle = Domain.polyhedron([[-1, 0], [0, -1], [1, 1]], [0, 0, 4])
    complex_ = regions(DEEP, triangle)
    window = default_window(complex_)
    assert all(low < 0 and high > 4 for low, high in window)
    assert len(regions_in_window(complex_)) == len(complex_)


def test_the_default_window_leaves_out_the_few_vertices_far_away() -> None:
    rows = [[i, -1] for i in range(1, 8)] + [[1, -1000]]
    network = Network([(rows, [i * i for i in range(1, 8)] + [10**6], "relu")])
    window = default_window(regions(network))
    assert all(high - low < 2000 for low, high in window)


@given(networks(inputs=st.just(2)))
def test_every_complex_has_a_default_window_that_shows_something(network: Network) -> None:
    try:
        complex_ = regions(network)
    except TooLargeError:
        assume(False)
    assert regions_in_window(complex_)
