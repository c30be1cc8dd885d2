"""Local minima and maxima against small boxes around points, and against known functions."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Domain, Maximum, Network, PolyhedralComplex, Polyhedron, gallery, regions
from exactpwl.errors import DimensionError
from exactpwl.questions.local_extremes import LocalExtremum, local_extrema
from strategies import boxes, domains, networks, ternary
from truth import network_of, quantities

SMALL = Fraction(1, 10**9)

VOLCANO = Network(
    [
        ([[1, 0], [0, 1]], [0, 0], "abs"),
        ([[1, 1]], [-1], "abs"),
        ([[-1]], [0], "linear"),
    ]
)
"""-| |x| + |y| - 1 |: a ring of maxima around a minimum."""

LEDGE = Network([([[1], [1]], [0, -1], "relu"), ([[-1, 1]], [0], "linear")])
"""0 up to x = 0, falling to -1 at x = 1, -1 from there."""


def short(found: tuple[LocalExtremum, ...]) -> list[tuple[Any, ...]]:
    return [(e.kind, e.value, e.shape, e.is_global, e.dimension, len(e.faces)) for e in found]


def negated(network: Network) -> Network:
    size = network.output_dimension
    rows = [[-int(i == j) for j in range(size)] for i in range(size)]
    return Network([(rows, [0] * size, "linear")]) @ network


def is_minimum(network: Network, domain: Domain, point: tuple[Fraction, ...]) -> bool:
    """Whether the least value in a small box around a point of the domain is that at the point.

    The least value is attained at a vertex of the regions inside the box.
    """
    near = domain.intersect([(c - SMALL, c + SMALL) for c in point])
    corners = {v for region in regions(network, near).regions for v in region.vertices}
    return min(network(v)[0] for v in corners) >= network(point)[0]


def holds(extremum: LocalExtremum, complex_: PolyhedralComplex, point: Any) -> bool:
    """Whether a point belongs to the set: to a face of its closure, and not to its edge."""

    def on(faces: Any) -> bool:
        return any(
            Polyhedron.from_generators(
                complex_.points(face.generators),
                complex_.directions(face.generators),
                complex_.lines,
                complex_.dimension,
            ).contains(point)
            for face in faces
        )

    return on(extremum.faces) and not on(extremum.edge)


def probes(complex_: PolyhedralComplex) -> set[tuple[Fraction, ...]]:
    """A point inside each face of each region, boundary faces among them, and some others."""
    found = set()
    for region in complex_.regions:
        vertices, rays = region.vertices, region.rays
        found |= {region.interior_point, *vertices}
        for a in vertices:
            found |= {tuple((p + q) / 2 for p, q in zip(a, b, strict=True)) for b in vertices}
            found |= {tuple(p + q for p, q in zip(a, r, strict=True)) for r in rays}
    return found


small = networks(inputs=st.integers(1, 2), outputs=st.just(1), width=3, weights=ternary())


@given(small, st.data())
def test_against_small_boxes_around_points(network: Network, data: st.DataObject) -> None:
    domain = data.draw(domains(network.input_dimension))
    complex_ = regions(network, domain)
    found = local_extrema(complex_, closed=True)
    inside = local_extrema(complex_)
    points = sorted(probes(complex_))
    for point in points[:: max(1, len(points) // 12)]:
        for kind, function in (("minimum", network), ("maximum", negated(network))):
            expected = is_minimum(function, domain, point)
            around = [e for e in found if e.kind == kind and holds(e, complex_, point)]
            assert len(around) == expected
            assert all(e.value == network(point)[0] for e in around)
            if domain.contains(point, strict=True):
                again = [e for e in inside if e.kind == kind and holds(e, complex_, point)]
                assert len(again) == expected


@given(small, st.data())
def test_minima_are_the_maxima_of_the_negative(network: Network, data: st.DataObject) -> None:
    domain = data.draw(domains(network.input_dimension))
    closed = data.draw(st.booleans())
    complex_ = regions(network, domain)
    found = local_extrema(complex_, closed=closed)
    mirrored = local_extrema(complex_, [-1], closed=closed)
    swap = {"minimum": "maximum", "maximum": "minimum"}
    turned = [e._replace(kind=swap[e.kind], value=-e.value) for e in mirrored]
    assert set(found) == set(turned)


@given(small, st.data())
def test_a_bounded_domain_has_a_least_and_a_greatest_value(
    network: Network, data: st.DataObject
) -> None:
    complex_ = regions(network, data.draw(boxes(network.input_dimension)))
    values = [network(v)[0] for region in complex_.regions for v in region.vertices]
    found = local_extrema(complex_, closed=True)
    for kind, value in (("minimum", min(values)), ("maximum", max(values))):
        best = [e for e in found if e.kind == kind and e.is_global]
        assert best
        assert {e.value for e in best} == {value}


@given(networks(inputs=st.just(1), outputs=st.just(1), weights=ternary()))
def test_on_the_line_by_slopes(network: Network) -> None:
    """On the line all is told by the slopes on either side of the breakpoints."""
    complex_ = regions(network)
    breaks = sorted({v[0] for region in complex_.regions for v in region.vertices})
    ends = [breaks[0] - 1, *breaks, breaks[-1] + 1]
    inner = [(a + b) / 2 for a, b in pairwise(ends)]
    found = local_extrema(complex_)
    for kind, sign in (("minimum", 1), ("maximum", -1)):
        slopes = [sign * complex_.region_at([x]).affine_map.weight[0][0] for x in inner]
        strict = [breaks[i] for i in range(len(breaks)) if slopes[i] < 0 < slopes[i + 1]]
        of_kind = [e for e in found if e.kind == kind]
        points = [complex_.points(e.generators)[0][0] for e in of_kind if e.shape == "strict"]
        assert sorted(points) == strict
        flags = [slopes[0] == 0]  # intervals and breakpoints, from left to right
        for before, after in pairwise(slopes):
            flags += [before <= 0 <= after, after == 0]
        groups = sum(flag and not before for before, flag in pairwise([False, *flags]))
        assert len(of_kind) == groups


def test_the_volcano_has_a_ring_of_maxima_around_a_minimum() -> None:
    complex_ = regions(VOLCANO)
    assert short(local_extrema(complex_)) == [
        ("minimum", -1, "strict", False, 0, 1),
        ("maximum", 0, "plateau", True, 1, 4),
    ]


def test_in_a_box_its_corners_are_minima_of_the_closed_domain_only() -> None:
    complex_ = regions(VOLCANO, [(-2, 2), (-2, 2)])
    inside = local_extrema(complex_)
    closed = local_extrema(complex_, closed=True)
    assert len(inside) == 2
    corners = [e for e in closed if e not in inside]
    assert short(tuple(corners)) == [("minimum", -3, "strict", True, 0, 1)] * 4


def test_a_ledge_tells_the_point_from_which_it_falls() -> None:
    complex_ = regions(LEDGE)
    found = local_extrema(complex_)
    assert short(found) == [
        ("minimum", -1, "plateau", True, 1, 1),
        ("minimum", 0, "ledge", False, 1, 1),
        ("maximum", -1, "ledge", False, 1, 1),
        ("maximum", 0, "plateau", True, 1, 1),
    ]
    assert complex_.points(found[1].edge[0].generators) == ((0,),)
    assert complex_.points(found[2].edge[0].generators) == ((1,),)


def test_the_edge_of_a_ledge_may_be_a_point() -> None:
    """relu(x) - relu(y) on a cross of hyperplanes: the quadrant x, y < 0 is flat."""
    f = Network([([[1, 0], [0, 1]], [0, 0], "relu"), ([[1, -1]], [0], "linear")])
    complex_ = regions(f)
    (low, high) = local_extrema(complex_)
    assert (low.kind, low.shape, len(low.faces), [e.dimension for e in low.edge]) == (
        "minimum",
        "ledge",
        1,
        [1],
    )
    assert (high.kind, high.shape, [e.dimension for e in high.edge]) == ("maximum", "ledge", [1])
    assert low.edge != high.edge


def test_a_saddle_has_none() -> None:
    f = Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, -1]], [0], "linear")])
    assert local_extrema(regions(f)) == ()


def test_a_constant_is_both_everywhere() -> None:
    for network in (
        Network([([[0, 0]], [1], "relu")]),
        Network([([[1, 0]], [0], "relu"), ([[0]], [1], "linear")]),
    ):
        found = local_extrema(regions(network))
        assert [(e.kind, e.value, e.shape, e.is_global) for e in found] == [
            ("minimum", 1, "plateau", True),
            ("maximum", 1, "plateau", True),
        ]


def test_lines_are_in_the_faces_of_a_complex_that_has_some() -> None:
    """|x| in the plane: a line of minima."""
    complex_ = regions(Network([([[1, 0]], [0], "abs")]))
    assert short(local_extrema(complex_)) == [("minimum", 0, "plateau", True, 1, 1)]
    tilted = Network([([[1, 0], [0, 1]], [0, 0], ["abs", "linear"]), ([[1, 1]], [0], "linear")])
    assert local_extrema(regions(tilted)) == ()


def test_outputs_and_their_combinations() -> None:
    two = regions(Network([([[1], [1]], [1, -1], "abs")]))
    assert short(local_extrema(two, [1, 0])) == [("minimum", 0, "strict", True, 0, 1)]
    assert short(local_extrema(two, [1, 1])) == [
        ("minimum", 2, "plateau", True, 1, 1),
        ("maximum", 2, "ledge", False, 1, 1),
    ]
    with pytest.raises(DimensionError, match="a coefficient for each of the 2 outputs, got none"):
        local_extrema(two)


def test_a_maximum_of_numbers() -> None:
    """max(x, y, -x - y) has its minimum at the origin."""
    rows = [[1, 0], [0, 1], [-1, -1]]
    network = Network([(rows, [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])
    complex_ = regions(network)
    (found,) = local_extrema(complex_)
    assert short((found,)) == [("minimum", 0, "strict", True, 0, 1)]
    assert (complex_.points(found.generators), found.regions) == (((0, 0),), (0, 1, 2))


def test_of_trained_networks_the_minima_are_lower_than_what_is_around() -> None:
    network = gallery.get("rings")
    domain = Domain.box([(-1, 1), (-1, 1)])
    complex_ = regions(network, domain)
    found = local_extrema(complex_, closed=True)
    assert [e.shape for e in found] == ["strict"] * len(found)
    for extremum in found:
        (point,) = complex_.points(extremum.generators)
        function = network if extremum.kind == "minimum" else negated(network)
        assert is_minimum(function, domain, point)


def test_an_answer_for_another_function_is_another_one() -> None:
    """The test by small boxes refuses what is no minimum."""
    assert is_minimum(VOLCANO, Domain.whole(2), (Fraction(0), Fraction(0)))
    assert not is_minimum(VOLCANO, Domain.whole(2), (Fraction(1), Fraction(0)))
    assert not is_minimum(negated(VOLCANO), Domain.whole(2), (Fraction(0), Fraction(0)))


@quantities("local_maxima")
def test_proven_strict_maxima(case: Any, key: str, known: Any) -> None:
    complex_ = regions(network_of(case), case.get("box"))
    tops = [
        complex_.points(found.generators)[0]
        for found in local_extrema(complex_)
        if found.kind == "maximum" and found.shape == "strict"
    ]
    assert sorted(tops) == sorted(tuple(map(Fraction, point)) for point in known)
