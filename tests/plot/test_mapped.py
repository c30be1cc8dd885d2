"""Mapped networks: the jumps that figures show are those of the functions, and where they are."""

from fractions import Fraction
from typing import Any

import pytest
from matplotlib.colors import same_color

from exactpwl import AffineMap, Network, gallery, plot, regions
from exactpwl.errors import FigureError
from exactpwl.linearmaps import LocalMaps, MappedFunction, grid_points, local_maps, maps_between
from exactpwl.plot.mapped import leaps, tears
from exactpwl.plot.style import INK, JUMP
from exactpwl.plot.view import complex_view

SQUARE = [(-1, 1), (-1, 1)]
GRID = grid_points(11, SQUARE)
CREASE = Network([([[1, 0]], [0], "relu")], name="crease")


def crossing() -> MappedFunction:
    """A function that is -x - y - 1/2 left of x = 0 and 1 - y right of it, torn along x = 0."""
    sides = [AffineMap.of([[-1, -1]], ["-1/2"]), AffineMap.of([[0, -1]], [1])]
    between = maps_between(local_maps(CREASE, [(-1, 0), (1, 0)]), LocalMaps(tuple(sides), (0, 1)))
    return between.on(regions(CREASE))


def xor_pair() -> MappedFunction:
    networks = [gallery.run(name).networks[-1] for name in ("xor-20", "xor-2")]
    between = maps_between(*(local_maps(network, GRID) for network in networks))
    return between.on(regions(networks[0]))


def elements(ax: Any) -> Any:
    return next(c for c in ax.collections if hasattr(c, "elements")).elements


def test_a_jump_is_as_large_as_at_the_worse_end_of_the_visible_facet() -> None:
    (tear,) = tears(complex_view(crossing().complex, [(-1, 1), (-1, 1)]))
    assert tear.size == Fraction(3, 2)
    (none,) = tears(complex_view(regions(CREASE), SQUARE))
    assert (none.size, none.facet.torn) == (0, False)


def test_red_is_where_the_sign_jumps_and_no_farther() -> None:
    seen = complex_view(crossing().complex, [(-1, 1), (-2, 2)])
    (tear,) = tears(seen)
    # left -y - 1/2 and right 1 - y have different signs for -1/2 < y < 1
    ((start, end),) = leaps(seen, tear, Fraction(0))
    assert {start, end} == {(0, -1, 2), (0, 1, 1)}
    assert leaps(seen, tear, Fraction(10)) == []


def test_each_torn_facet_has_a_wall_and_each_other_one_an_edge() -> None:
    mapped = xor_pair()
    seen = complex_view(mapped.complex, SQUARE)
    drawn = elements(plot.mapped_wireframe(mapped, window=SQUARE, level=None))
    reds = [e for e in drawn if e.face != "none" and same_color(e.face[:3], JUMP)]
    inks = [e for e in drawn if e.edge == INK]
    facets = tears(seen)
    torn = [tear for tear in facets if tear.size]
    assert len(facets) == len(torn) == 98
    assert len(torn) <= len(reds) <= 2 * len(torn)
    assert len(inks) == 2 * len(torn)


def test_a_network_mapped_to_itself_has_no_wall() -> None:
    network = gallery.run("xor-20").networks[-1]
    maps = local_maps(network, GRID)
    mapped = maps_between(maps, maps).on(regions(network))
    drawn = elements(plot.mapped_wireframe(mapped, window=SQUARE))
    assert not [e for e in drawn if e.face != "none" and same_color(e.face[:3], JUMP)]
    assert len(plot.jumps(mapped, window=SQUARE).child_axes) == 0


def test_the_darkest_facet_is_the_one_with_the_largest_jump() -> None:
    mapped = xor_pair()
    ax = plot.jumps(mapped, window=SQUARE)
    lines = ax.collections[0]
    sizes = sorted(tear.size for tear in tears(complex_view(mapped.complex, SQUARE)))
    assert len(lines.get_segments()) == len(sizes)
    assert same_color(lines.get_colors()[-1], "#5c0a2b")
    (bar,) = ax.child_axes
    assert bar.get_ylim() == pytest.approx((0.0, float(sizes[-1])))
    half = plot.jumps(mapped, window=SQUARE, largest=2 * sizes[-1]).collections[0]
    assert not same_color(half.get_colors()[-1], "#5c0a2b")


def test_a_sheet_has_the_networks_on_its_diagonal() -> None:
    run = gallery.run("xor-2")
    complexes = [
        regions(Network(gallery.run(name).networks[-1].layers, name=name))
        for name in ("xor-2", "xor-20")
    ]
    options: Any = {"window": SQUARE, "points": run.points, "labels": run.labels}
    for show in ("decisions", "jumps", "dual points", "wireframes"):
        axes = plot.mapped_pairs(complexes, GRID, show=show, **options)
        titles = [ax.texts[-1].get_text() for ax in axes]
        assert titles == ["xor-2", "xor-2 → xor-20", "xor-20 → xor-2", "xor-20"]
    notes = [
        ax.texts[-2].get_text()
        for ax in plot.mapped_pairs(complexes, GRID, show="jumps", **options)
    ]
    assert notes[0] == "jumps on 0 of 1 facet"
    assert notes[2].startswith("jumps on 98 of 98 facets, at most 0.")


def test_decisions_count_the_points_that_the_mapped_function_has_right() -> None:
    networks = [CREASE, Network([([[-1, 0]], [0], "relu"), ([[1]], [-1], "linear")])]
    options: Any = {"window": SQUARE, "points": [(1, 0)], "labels": [1]}
    axes = plot.mapped_pairs([regions(n) for n in networks], GRID, **options)
    assert [ax.texts[-2].get_text() for ax in axes] == [
        "1 of 1 points right (100%)",
        "0 of 1 points right (0%)",
        "1 of 1 points right (100%)",
        "0 of 1 points right (0%)",
    ]


def test_what_makes_no_sense_is_refused() -> None:
    crease = regions(CREASE)
    with pytest.raises(FigureError, match=r"two networks or more .* got 1"):
        plot.mapped_pairs([crease], GRID)
    with pytest.raises(FigureError, match=r"show must be one of decisions, .* got 'all'"):
        plot.mapped_pairs([crease, crease], GRID, show="all")
    with pytest.raises(FigureError, match="a surface needs axes in space"):
        plot.mapped_wireframe(crossing(), plot.new_panels(1, 1)[0])
