"""Level sets and decision boundaries as complexes: against points, segments and closed forms."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Maximum, Network, PolyhedralComplex, gallery, regions
from exactpwl.errors import DimensionError, OptionError
from exactpwl.questions import (
    LevelComplex,
    LevelFace,
    curves,
    decision_boundary,
    level_complex,
    outline,
    topology_at,
)
from exactpwl.questions.level_files import as_csv, as_json, as_obj
from strategies import domains, networks, points

ANNULUS = gallery.get("l1_annulus")
OCTAHEDRON = Network(
    [
        ([[s * (k == j) for k in range(3)] for j in range(3) for s in (1, -1)], [0] * 6, "relu"),
        ([[-1] * 6], [1], "linear"),
    ]
)


def of(network: Network, value: Any = 0, domain: Any = None) -> LevelComplex:
    return level_complex(regions(network, domain), value)


def test_the_annulus_has_two_closed_curves() -> None:
    found = of(ANNULUS)
    assert (found.f_vector, found.euler_characteristic) == ((8, 8, 0), 0)
    assert [component.is_closed for component in found.components] == [True, True]
    assert [curve.enclosed_area for curve in curves(found)] == [18, 2]
    assert {length for curve in curves(found) for length in curve.squared_lengths} == {2, 18}


def test_a_box_cuts_curves_and_their_ends_are_on_its_boundary() -> None:
    found = of(ANNULUS, 0, [(-2, 2), (-2, 2)])
    assert found.f_vector == (12, 8, 0)
    assert sum(face.is_outer for face in found.faces[0]) == 8
    assert sorted(curve.is_closed for curve in curves(found)) == [False] * 4 + [True]


def test_a_level_at_a_top_and_at_a_peak() -> None:
    ridge, peak = of(ANNULUS, 1), of(ANNULUS, -1)
    assert ridge.f_vector == (4, 4, 0)
    assert [component.f_vector for component in peak.components] == [(4, 4, 0), (1, 0, 0)]
    assert [piece.dimension for piece in peak.pieces] == [0, 1, 1, 1, 1]
    assert of(ANNULUS, 2).is_empty


def test_a_flat_region_is_a_piece_with_all_of_its_faces() -> None:
    found = of(gallery.get("hat2d"))
    assert found.f_vector == (6, 12, 6)
    assert [piece.dimension for piece in found.pieces] == [2] * 6
    assert curves(found) == ()
    assert found.components[0].is_bounded is False
    ends = outline(found, found.pieces[0])
    assert (len(ends.points), ends.is_closed) == (2, False)
    assert None not in (ends.start, ends.end)


def test_lines_without_a_vertex() -> None:
    found = of(gallery.get("xor"))
    assert (found.f_vector, len(found.lines), found.euler_characteristic) == ((0, 2, 0), 1, -2)
    assert [(len(c.points), c.start, c.end) for c in curves(found)] == [(1, (1, -1), (-1, 1))] * 2


def test_an_output_that_varies_along_the_lineality_space() -> None:
    mixed = Network([([[0, 1], [1, 0]], [0, 0], ["relu", "linear"]), ([[1, 1]], [0], "linear")])
    found = of(mixed, 3)
    assert found.f_vector == (1, 2, 0)
    (curve,) = curves(found)
    assert (curve.points, {curve.start, curve.end}) == (((3, 0),), {(0, -1), (-1, 1)})
    assert of(Network([([[1, 0]], [0], "linear")]), 5).f_vector == (0, 1, 0)


def test_a_constant_network_is_level_everywhere_or_nowhere() -> None:
    constant = Network([([[0, 0]], [3], "linear")])
    assert of(constant, 3).f_vector == (0, 0, 1)
    assert curves(of(constant, 3)) == ()
    assert of(constant, 2).is_empty
    box = of(constant, 3, [(0, 1), (0, 1)])
    assert (box.f_vector, box.euler_characteristic) == ((4, 4, 1), 1)


def test_the_octahedron_is_a_closed_surface() -> None:
    found = of(OCTAHEDRON)
    assert (found.f_vector, found.euler_characteristic) == ((6, 12, 8, 0), 2)
    (component,) = found.components
    assert component.is_closed
    assert {len(outline(found, face).points) for face in found.faces[2]} == {3}


def test_curves_that_meet_in_a_point_end_there() -> None:
    """|x| = |y|: four rays from the origin."""
    cross = Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, -1]], [0], "linear")])
    found = of(cross)
    assert found.f_vector == (1, 4, 0)
    assert len(curves(found)) == 4
    assert not found.components[0].is_closed


def test_two_lobes_at_a_pinch_are_two_closed_curves() -> None:
    """The points at l1 distance 2 from (-2, 0) or (2, 0), whichever is nearer."""
    rows = [[1, 0], [1, 0], [0, 1]]
    lobes = Network(
        [
            (rows, [-2, 2, 0], "abs"),
            ([[1, 0, 1], [0, 1, 1], [-1, 1, 0]], [0, 0, 0], ["linear", "linear", "relu"]),
            ([[0, 1, -1]], [0], "linear"),
        ]
    )
    found = of(lobes, 2)
    traced = curves(found)
    assert [curve.is_closed for curve in traced] == [True, True]
    assert [curve.enclosed_area for curve in traced] == [8, 8]
    assert not found.components[0].is_closed


def test_maxima_are_cut_like_all_else() -> None:
    tent = Network([([[1, 0], [0, 1], [-1, -1]], [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])
    found = of(tent, 1)
    assert [curve.enclosed_area for curve in curves(found)] == [Fraction(9, 2)]


def inside(found: LevelComplex, face: LevelFace, point: Any) -> bool:
    """Return whether a point of the plane is on a face of dimension 0 or 1."""
    corners, ways = found.vertices(face), list(found.rays(face))
    ways += [way for line in found.lines for way in (line, tuple(-c for c in line))]
    start = corners[0]
    if face.dimension == 0:
        return tuple(point) == start
    spans = [tuple(b - a for a, b in zip(start, other, strict=True)) for other in corners[1:]]
    for way in (*spans, *ways):
        shift = [p - a for p, a in zip(point, start, strict=True)]
        if shift[0] * way[1] == shift[1] * way[0]:
            k = next(k for k, w in enumerate(way) if w)
            at = Fraction(shift[k]) / way[k]
            if at >= 0 and (way in ways or at <= 1):
                return True
    return False


def on(found: LevelComplex, complex_: PolyhedralComplex, point: Any) -> bool:
    """Return whether a point is on some piece; a full-dimensional one is a closed region."""
    for piece in found.pieces:
        if piece.dimension == found.dimension:
            if any(complex_.regions[i].contains(point) for i in piece.regions):
                return True
        elif inside(found, piece, point):
            return True
    return False


def mixtures(found: LevelComplex, face: LevelFace) -> list[list[Fraction]]:
    """Return points of a face: its vertices, their mean, and that moved along its rays."""
    corners = found.vertices(face)
    mean = [sum(column, Fraction(0)) / len(corners) for column in zip(*corners, strict=True)]
    moved = [[m + 3 * u for m, u in zip(mean, way, strict=True)] for way in found.rays(face)]
    lines = [[m - 2 * u for m, u in zip(mean, way, strict=True)] for way in found.lines]
    return [*map(list, corners), mean, *moved, *lines]


def level_of(data: st.DataObject, network: Network, domain: Any) -> Any:
    """Return a value that is often one at a vertex."""
    at = data.draw(points(network.input_dimension))
    return network(at)[0]


@given(st.data())
@settings(max_examples=60)
def test_points_of_faces_have_the_level_and_lie_in_their_regions(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3, outputs=st.just(1)))
    domain = data.draw(domains(network.input_dimension))
    complex_ = regions(network, domain)
    value = level_of(data, network, domain)
    found = level_complex(complex_, value)
    for face in (face for faces in found.faces for face in faces):
        assert face.regions
        for point in mixtures(found, face):
            assert network(point) == (value,)
            assert domain.contains(point)
            assert all(complex_.regions[i].contains(point) for i in face.regions)
            assert not (face.is_outer and domain.contains(point, strict=True))
        for facet in face.facets:
            below = found.faces[face.dimension - 1][facet]
            assert set(below.generators) < set(face.generators)
            assert set(below.regions) >= set(face.regions)


@given(st.data())
@settings(max_examples=60)
def test_the_pieces_inside_the_domain_are_those_of_the_level_set(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3, outputs=st.just(1)))
    complex_ = regions(network, data.draw(domains(network.input_dimension)))
    value = level_of(data, network, None)
    found = level_complex(complex_, value)
    listed = complex_.level_set(value)
    inner = [piece for piece in found.pieces if not piece.is_outer]
    assert sorted(p.dimension for p in inner) == sorted(p.dimension for p in listed)
    if not found.lines:
        own = {frozenset(found.generators[i] for i in piece.generators) for piece in inner}
        assert own == {frozenset(piece.generators) for piece in listed}


@given(st.data())
@settings(max_examples=40)
def test_every_change_of_sign_along_a_segment_meets_a_piece(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.just(2), depth=2, width=3, outputs=st.just(1)))
    complex_ = regions(network)
    value = level_of(data, network, None)
    found = level_complex(complex_, value)
    a, b = data.draw(points(2)), data.draw(points(2))
    if a == b:
        return
    way = [q - p for p, q in zip(a, b, strict=True)]
    low, high = sorted(network(p)[0] for p in (a, b))
    section = regions(network.section(a, [way]), [(0, 1)])
    crossings = [point for piece in section.level_set(value) for point in piece.vertices]
    assert crossings or not low < value < high
    for (s,) in crossings:
        assert on(found, complex_, [p + s * u for p, u in zip(a, way, strict=True)])


def ridges(found: LevelComplex) -> set[int]:
    """Return in how many pieces of dimension d - 1 the inner faces of dimension d - 2 are."""
    held = found.holders[found.dimension - 2]
    faces = found.faces[found.dimension - 2]
    return {len(own) for own, face in zip(held, faces, strict=True) if not face.is_outer}


def generic(complex_: PolyhedralComplex) -> Fraction:
    """Return a value that the network has at no vertex."""
    heights = {complex_.network(p)[0] for r in complex_.regions for p in r.vertices}
    return Fraction(1, 10**6 + 3) + sum(heights, Fraction(0)) / len(heights)


@given(st.data())
@settings(max_examples=40)
def test_at_a_generic_value_every_inner_ridge_is_in_two_pieces(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.integers(2, 3), depth=2, width=3, outputs=st.just(1)))
    complex_ = regions(network, data.draw(domains(network.input_dimension)))
    value = generic(complex_)
    if value in {network(p)[0] for r in complex_.regions for p in r.vertices}:
        return
    found = level_complex(complex_, value)
    assert ridges(found) <= {2}
    assert not found.faces[-1]


def test_a_lost_piece_leaves_a_ridge_with_one() -> None:
    found = of(OCTAHEDRON)
    assert ridges(found) == {2}
    lost = replace(found, faces=(*found.faces[:2], found.faces[2][1:], ()))
    assert ridges(lost) == {1, 2}


THREE = Network([([[1, 0], [0, 1], [0, 0]], [0] * 3, "linear")])


def test_three_classes_meet_in_a_point() -> None:
    found = decision_boundary(regions(THREE))
    assert found.f_vector == (1, 3, 0)
    assert found.faces[0][0].outputs == (0, 1, 2)
    assert {face.outputs for face in found.faces[1]} == {(0, 1), (0, 2), (1, 2)}


def test_outputs_that_are_equal_on_a_region_are_a_boundary_there() -> None:
    network = Network([([[1], [0]], [0, 0], "relu")])
    found = decision_boundary(regions(network))
    assert [(piece.dimension, piece.outputs) for piece in found.pieces] == [(1, (0, 1))]
    twice = Network([([[1], [1]], [0, 0], "linear")])
    assert decision_boundary(regions(twice)).f_vector == (0, 1)


def test_one_output_has_no_decision_between_outputs() -> None:
    with pytest.raises(DimensionError, match="level_complex"):
        decision_boundary(regions(ANNULUS))


@given(st.data())
@settings(max_examples=40)
def test_the_boundary_between_two_outputs_is_a_level_set(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3, outputs=st.just(2)))
    complex_ = regions(network, data.draw(domains(network.input_dimension)))
    found = decision_boundary(complex_)
    level = level_complex(complex_, 0, [1, -1])
    assert found.f_vector == level.f_vector
    assert {face.outputs for faces in found.faces for face in faces} <= {(0, 1)}


@given(st.data())
@settings(max_examples=40)
def test_a_point_is_on_the_boundary_iff_two_outputs_are_largest(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.just(2), depth=2, width=3, outputs=st.just(3)))
    complex_ = regions(network)
    found = decision_boundary(complex_)
    for face in (face for faces in found.faces for face in faces):
        for point in mixtures(found, face):
            values = network(point)
            top = [k for k, y in enumerate(values) if y == max(values)]
            assert set(face.outputs) <= set(top)
            assert len(face.outputs) >= 2
    steps = [Fraction(k, 2) for k in range(-4, 5)]
    for point in product(steps, repeat=2):
        values = network(point)
        tie = sorted(values)[-2] == max(values)
        if tie and not any(piece.dimension == 2 for piece in found.pieces):
            assert on(found, complex_, point)
        if not tie:
            assert not any(
                inside(found, face, point) for faces in found.faces[:2] for face in faces
            )


@given(st.data())
@settings(max_examples=40)
def test_components_and_euler_characteristic_are_those_of_the_homology(
    data: st.DataObject,
) -> None:
    """The homology comes from the uncut regions, by dual cells: another way altogether."""
    complex_ = regions(data.draw(networks(depth=2, width=3, outputs=st.just(1))))
    value = level_of(data, complex_.network, None)
    found = level_complex(complex_, value)
    told = topology_at(complex_, value).level
    assert len(found.components) == (told.betti[0] if told.betti else 0)
    if not found.lines and all(component.is_bounded for component in found.components):
        assert found.euler_characteristic == told.euler_characteristic


def test_json_has_all_faces_and_curves() -> None:
    told = json.loads(json.dumps(as_json(of(ANNULUS))))
    assert told["format"] == "exactpwl-level/1"
    assert [len(faces) for faces in told["faces"]] == told["f_vector"] == [8, 8, 0]
    assert [component["closed"] for component in told["components"]] == [True, True]
    assert [curve["enclosed_area"] for curve in told["curves"]] == ["18", "2"]
    assert as_json(decision_boundary(regions(THREE)))["faces"][1][0]["outputs"] == [1, 2]


def test_csv_has_exact_points_in_order() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(of(ANNULUS, "1/2")))))
    assert {row["order"] for row in rows} == {"closed"}
    first = [(row["x1"], row["x2"]) for row in rows if row["piece"] == "0"]
    assert sorted(first) == [("-5/2", "0"), ("0", "-5/2"), ("0", "5/2"), ("5/2", "0")]
    endless = list(csv.DictReader(io.StringIO(as_csv(of(gallery.get("hat2d"))))))
    assert {row["order"] for row in endless} == {"open"}
    assert [row["kind"] for row in endless[:4]] == ["direction", "point", "point", "direction"]
    solid = list(csv.DictReader(io.StringIO(as_csv(of(gallery.get("hat1d"))))))
    assert {row["order"] for row in solid} == {"set"}


def test_obj_has_polygons_in_order_and_needs_a_domain() -> None:
    lines = as_obj(of(OCTAHEDRON)).splitlines()
    assert sum(line.startswith("v ") for line in lines) == 6
    faces = [line.split()[1:] for line in lines if line.startswith("f ")]
    assert [len(face) for face in faces] == [3] * 8
    with pytest.raises(OptionError, match="unbounded"):
        as_obj(of(gallery.get("max:3")))
    with pytest.raises(OptionError, match="two or three inputs"):
        as_obj(of(gallery.get("hat1d"), "1/2"))
    flat = as_obj(of(Network([([[0, 0, 0]], [0], "linear")]), 0, [(0, 1)] * 3)).splitlines()
    assert sum(line.startswith("f ") for line in flat) == 6
    assert sum(line.startswith("l ") for line in as_obj(of(ANNULUS)).splitlines()) == 8


def test_curves_are_of_the_plane() -> None:
    with pytest.raises(DimensionError, match="the network has 3 inputs"):
        curves(of(OCTAHEDRON))
    with pytest.raises(DimensionError, match="a polygon with a vertex"):
        outline(of(OCTAHEDRON), of(OCTAHEDRON).faces[1][0])
