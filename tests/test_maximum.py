"""Maxima over groups: their regions against linear programs, and everything asked of a complex."""

from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import LineCollection

import strategies
from broken import rebuilt, shifted_map, with_cell
from exactpwl import (
    Domain,
    Kink,
    Maximum,
    MaxPool,
    Network,
    PolyhedralComplex,
    census,
    check,
    count,
    layer_counts,
    pattern_polyhedron,
    powerset_patterns,
    regions,
    top_down,
)
from exactpwl.certificate.steps import steps
from exactpwl.engine.parallel import subdivide_in_parallel
from exactpwl.errors import CertificateError, NetworkError
from exactpwl.polyhedron import Polyhedron
from exactpwl.positions import PatternMasks, positions
from exactpwl.rationals import homogeneous
from exactpwl.tables import region_table

F = Fraction

THREE = ([[1, 0], [0, 1], [-1, -1]], [0, 0, 0], "linear")


def maxout(rows: Any, groups: Any, *more: Any) -> Network:
    """Maxima of affine functions (weights, then the constant)."""
    first = ([row[:-1] for row in rows], [row[-1] for row in rows], "linear")
    return Network([first, Maximum(groups, len(rows)), *more])


def full_cells(network: Network, domain: Domain) -> set[tuple[int, ...]]:
    """The choices of largest arguments whose cells are full, for one layer of maxima at the end.

    Cell by cell with exact linear programs, from the definition: argument p is largest, and the
    least of those that are identical to it.
    """
    affine, maximum = network.layers
    rows = [(*w, b) for w, b in zip(affine.weight, affine.bias, strict=True)]
    found = set()
    for choice in product(*map(range, maximum.pieces)):
        inequalities = list(domain.rows)
        proper = True
        for group, piece in zip(maximum.members, choice, strict=True):
            for other, place in enumerate(group):
                row = tuple(a - b for a, b in zip(rows[group[piece]], rows[place], strict=True))
                proper &= any(row) or piece <= other
                inequalities.append((row[:-1], row[-1]))
        if proper and Polyhedron(domain.dimension, inequalities).status == "full":
            found.add(choice)
    return found


def test_a_maximum_of_three_has_three_regions_and_no_wall_more() -> None:
    complex_ = regions(Network([THREE, Maximum([[0, 1, 2]])]))
    assert [str(region.pattern) for region in complex_.regions] == ["0", "1", "2"]
    assert complex_.f_vector == (1, 3, 3)
    assert [pair[:2] for pair in complex_.adjacencies] == [(0, 1), (0, 2), (1, 2)]
    assert complex_.neighbours == ((1, 2), (0, 2), (0, 1))
    told = [[f.inequality.kinks for f in region.facets] for region in complex_.regions]
    assert told[0] == [(Kink(1, 0, 0),), (Kink(1, 0, 1),)]
    assert [region.sign_vector for region in complex_.regions] == ["--0", "+0-", "0++"]
    assert complex_.locate((0, 0)).regions == (0, 1, 2)
    assert complex_.locate((1, 1)).regions == (0, 1)
    assert complex_.locate((-1, -1)).regions == (2,)
    assert complex_((2, 3)) == (3,)
    assert [str(p) for p in complex_.literal_patterns] == ["0", "1", "2"]
    assert len(complex_.boundary((1, 0, 0))) == 1
    assert complex_.flips(0, 1) == ((1, 0),)


def test_the_wall_of_two_arguments_ends_where_the_third_is_larger() -> None:
    complex_ = regions(Network([THREE, Maximum([[0, 1, 2]])]))
    (wall,) = complex_.boundary((1, 0, 0))
    assert complex_.directions(wall.generators) == ((1, 1),)


def test_of_identical_arguments_the_least_wins() -> None:
    net = maxout([[1, 0, 0], [1, 0, 0], [0, 1, 0]], [[1, 0, 2]])
    assert [str(cell.pattern) for cell in regions(net).cells] == ["0", "2"]
    assert str(net.pattern_at((1, 0))) == "0"
    cell = pattern_polyhedron(net, "1")
    assert (cell.status, cell.is_proper) == ("full", False)
    assert cell.improper_kinks == (Kink(1, 0, 0),)
    assert "argument 1 > argument 0 is asked for, but they are equal everywhere" in str(cell)


def test_a_tie_on_a_whole_region() -> None:
    net = Network([([[1, 0], [0, 1]], [0, 0], "relu"), Maximum([[0, 1]])])
    complex_ = regions(net)
    assert [str(cell.pattern) for cell in complex_.cells] == [
        "00|0",
        "01|1",
        "10|0",
        "11|0",
        "11|1",
    ]
    assert len(complex_.linear_regions) == 3
    assert complex_["00|0"].signs == ((-1, -1), (0,))
    assert_sound(complex_)


def test_two_maxima_in_a_layer_and_one_after() -> None:
    rows = [[1, 0, 0], [0, 1, 0], [-1, -1, 1], [1, 1, -2], [0, 0, 0]]
    net = maxout(rows, [[0, 1, 2], [3, 4]], ([[1, -2], [0, 1]], [0, -1], "relu"), Maximum([[0, 1]]))
    complex_ = regions(net, [(-3, 3), (-3, 3)])
    assert_sound(complex_)
    assert complex_ == regions(net, [(-3, 3), (-3, 3)], method="reference")


def test_maxima_with_lines_in_every_cell() -> None:
    net = maxout([[1, 1, 0, 0], [2, 2, 0, -1], [-1, -1, 0, 0]], [[0, 1, 2]])
    complex_ = regions(net)
    assert (len(complex_), complex_.lineality, complex_.f_vector) == (3, 2, (0, 0, 2, 3))
    assert_sound(complex_)


def assert_sound(complex_: Any) -> None:
    report = check(complex_)
    assert report.failures == ()
    assert {
        "inequalities",
        "witnesses",
        "facets",
        "powerset",
        "census",
        "evaluation",
        "bounds",
    } <= {r.name for r in report.results if r.passed}


small = st.integers(-2, 2)


@st.composite
def maxima(draw: st.DrawFn) -> tuple[Network, Domain]:
    """A layer of maxima of affine functions of one or two variables, ties among them, and a box."""
    d = draw(st.integers(1, 2))
    rows = draw(st.lists(st.tuples(*[small] * (d + 1)), min_size=2, max_size=6))
    places = st.lists(st.integers(0, len(rows) - 1), min_size=1, max_size=4, unique=True)
    groups = draw(st.lists(places, min_size=1, max_size=2))
    domain = draw(st.one_of(st.just(Domain.whole(d)), strategies.boxes(d)))
    return maxout(rows, groups), domain


@given(maxima())
@settings(max_examples=60)
def test_regions_are_the_full_cells(made: tuple[Network, Domain]) -> None:
    network, domain = made
    complex_ = regions(network, domain)
    if network.layers[1].is_linear:
        assert len(complex_) == 1
        return
    patterns = [cell.pattern[0] for cell in complex_.cells]
    assert sorted(full_cells(network, domain)) == patterns
    assert complex_.euler_characteristic == (-1) ** domain.dimension
    assert not complex_.lonely_facets


@st.composite
def mixed(draw: st.DrawFn) -> Network:
    """ReLU, maxima, and a ReLU layer after."""
    width = draw(st.integers(2, 3))
    net = draw(strategies.relu_networks(inputs=st.integers(1, 2), depth=1, outputs=st.just(width)))
    places = st.lists(st.integers(0, width - 1), min_size=1, max_size=3, unique=True)
    groups = draw(st.lists(places, min_size=1, max_size=2))
    last = [[draw(small) for _ in groups] for _ in range(2)]
    return Network([*net.layers, Maximum(groups, width), (last, [draw(small), 0], "relu")])


@given(mixed())
@settings(max_examples=25, deadline=None)
def test_maxima_among_relus(network: Network) -> None:
    report = check(regions(network))
    assert report.failures == ()
    assert report["powerset"].passed


@given(maxima(), st.data())
def test_masks_and_positions(made: tuple[Network, Domain], data: Any) -> None:
    network, _ = made
    x = data.draw(strategies.points(network.input_dimension))
    signs = [s for stage in network.signs_at(x) for s in stage]
    stages = network.stages
    assert [s for stage in stages.evaluate(x).signs for s in stage] == signs
    (position,) = positions(stages, [homogeneous(x)])
    assert [position.above >> k & 1 for k in range(len(signs))] == [s > 0 for s in signs]
    mask_of = PatternMasks(stages)
    pattern = network.pattern_at(x)
    told = ~mask_of.silent(pattern)
    assert position.above & told == mask_of(pattern)


def test_broken_complexes_of_maxima_are_found() -> None:
    complex_ = regions(Network([THREE, Maximum([[0, 1, 2]])]))
    swapped = with_cell(complex_, 0, pattern=complex_.cells[1].pattern)
    missing = rebuilt(complex_, cells=complex_.cells[:2])
    for broken, names in (
        (shifted_map(complex_, 1), {"continuity", "evaluation"}),
        (swapped, {"inequalities", "witnesses"}),
        (missing, {"facets"}),
    ):
        failed = {r.name for r in check(broken).failures}
        assert names <= failed


def test_counts_tables_and_census() -> None:
    net = Network([THREE, Maximum([[0, 1, 2]])])
    assert count(net)["activation_regions"] == 3
    assert count(net, [(-1, 1), (-1, 1)])["bounded_regions"] == 3
    assert "0" in region_table(regions(net)).to_markdown()
    found = census(net)
    assert [str(p) for p in powerset_patterns(net)] == ["0", "1", "2"]
    assert "3 full and proper" in str(found)


def test_parallel_leaves_maxima_to_the_reference_form() -> None:
    from concurrent.futures import ThreadPoolExecutor

    net = Network([THREE, Maximum([[0, 1, 2]])])
    with ThreadPoolExecutor(2) as executor:
        assert regions(net, executor=executor) == regions(net)
        assert subdivide_in_parallel(net.stages, Domain.whole(2), executor, None) is None


def test_what_maxima_are_refused_for() -> None:
    net = Network([THREE, Maximum([[0, 1, 2]])])
    with pytest.raises(CertificateError, match="but layer 1 takes maxima over groups"):
        list(steps(net.stages, Domain.whole(2)))
    with pytest.raises(CertificateError, match="but a layer takes maxima over groups"):
        list(regions(net).certificate().lines())
    with pytest.raises(NetworkError, match="has no weights and activations: this is for layers"):
        _ = net.layers[1].weight


def test_maxima_of_the_inputs_themselves() -> None:
    net = Network([MaxPool((1, 2, 2), 2), Maximum([[0]]), ([[1]], [-1], "relu")])
    assert net.stages.stages[0].rows == ()
    complex_ = regions(net, [(0, 2)] * 4)
    assert [str(cell.pattern) for cell in complex_.cells][:3] == ["0|0", "0|1", "1|0"]
    assert sum(region.volume for region in complex_.regions) == 16
    assert complex_.volumes[0] == F(1, 4)
    assert net.stages.evaluate((F(1), F(3), F(2), F(0))).output == (2,)
    alone = Network([Maximum([[1], [0]]), ([[1, -1]], [0], "relu")])
    assert regions(alone)["1"].affine_map.weight == ((-1, 1),)


def test_what_a_complex_of_maxima_can_do(tmp_path: Path) -> None:
    net = Network([THREE, Maximum([[0, 1, 2]])], name="three")
    complex_ = regions(net)
    complex_.save(tmp_path / "atlas.json")
    assert PolyhedralComplex.load(tmp_path / "atlas.json") == complex_
    along = complex_.section((0, 1), [(1, 0)])
    assert [str(cell.pattern) for cell in along.cells] == ["0", "1", "2"]
    pieces = complex_.level_set(1)
    assert sorted(piece.regions for piece in pieces) == [(0,), (1,), (2,)]
    assert len(complex_.superlevel_components(1)) == 1
    assert {tuple(map(len, p)) for p in complex_.graph.nodes} == {(1,)}
    assert layer_counts(complex_) == (3,)
    box = complex_.restrict([(-1, 1), (-1, 1)])
    assert [region.volume for region in box.regions] == [F(5, 4), F(5, 4), F(3, 2)]


def test_a_figure_draws_no_wall_beyond_the_point_where_three_meet() -> None:
    complex_ = regions(Network([THREE, Maximum([[0, 1, 2]])]))
    axes = top_down(complex_, window=[(-1, 1), (-1, 1)])
    ends = set()
    for collection in axes.collections:
        if isinstance(collection, LineCollection):
            ends |= {tuple(map(float, p)) for one in collection.get_segments() for p in one}
    assert {(0.0, 0.0), (1.0, 1.0), (0.5, -1.0), (-1.0, 0.5)} <= ends
    assert (-1.0, -1.0) not in ends


def test_a_maximum_of_one_is_linear() -> None:
    net = Network([THREE, Maximum([[2], [0]]), ([[1, 1]], [0], "relu")])
    assert (net.widths, net.pieces) == ((1,), ((2,),))
    assert net((1, 2)) == (0,)
    assert net.stages.evaluate((F(-1), F(-2))).output == (2,)
    assert len(regions(net)) == 2


def test_max_pool_of_a_picture_in_the_plane() -> None:
    net = Network([([[1, 0], [0, 1], [1, 1], [0, 0]], [0] * 4, "linear"), MaxPool((1, 2, 2), 2)])
    assert len(regions(net)) == 4
    assert_sound(regions(net, [(-1, 2), (-1, 1)]))
