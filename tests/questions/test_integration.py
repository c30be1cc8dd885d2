"""Integrals against bodies under graphs, boxes that grow, and known values."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import broken
from exactpwl import Domain, Maximum, Network, PolyhedralComplex, Region, gallery, regions
from exactpwl.checks.volumes import domain_volume
from exactpwl.errors import DimensionError, DomainError
from exactpwl.geometry import vertex_weights, volume
from exactpwl.questions.integration import Integral, integral, integrals, mean
from strategies import boxes, domains, networks, ternary
from test_ground_truth import CASES, needs_truth, of_network

small = networks(inputs=st.integers(1, 2), outputs=st.just(1), width=3, weights=ternary())


def quantities(name: str) -> Any:
    entries = [case for case in CASES.get("networks", []) if name in case.get("quantities", {})]
    return pytest.mark.parametrize("case", entries, ids=[case["name"] for case in entries])


def under_the_graph(region: Region) -> Fraction:
    """The integral over a bounded region as volumes found by cdd: a prism, and what is on it."""
    function = region.affine_map
    low = min(function(v)[0] for v in region.vertices)
    walls = [([-c for c in q.normal], q.offset) for q in region.inequalities]
    base, _ = domain_volume(Domain.polyhedron(*zip(*walls, strict=True)))
    (slope,), (offset,) = function.weight, function.bias
    if not any(slope):
        return low * base
    rows = [([*normal, 0], bound) for normal, bound in walls]
    rows += [([0] * len(slope) + [-1], 0), ([*(-w for w in slope), 1], offset - low)]
    body, _ = domain_volume(Domain.polyhedron(*zip(*rows, strict=True)))
    return body + low * base


@given(small, st.data())
def test_as_the_body_under_the_graph(network: Network, data: st.DataObject) -> None:
    complex_ = regions(network, data.draw(boxes(network.input_dimension)))
    expected = sum(map(under_the_graph, complex_.regions))
    assert integral(complex_).value == expected
    assert mean(complex_) == expected / domain_volume(complex_.domain)[0]


@given(networks(inputs=st.just(1), outputs=st.just(1)), st.data())
def test_on_the_line_by_trapezoids(network: Network, data: st.DataObject) -> None:
    domain = data.draw(boxes(1))
    complex_ = regions(network, domain)
    places = sorted({v[0] for region in complex_.regions for v in region.vertices})
    parts = ((b - a) * (network([a])[0] + network([b])[0]) / 2 for a, b in pairwise(places))
    assert integral(complex_).value == sum(parts)


def part(network: Network, sign: int) -> Network:
    """The positive, or the negative, part of a network with one output."""
    return Network([([[sign]], [0], "relu")]) @ network


def over_a_box(network: Network, domain: Domain, size: Fraction) -> Fraction:
    """The integral over what of the domain is in a box around the origin."""
    box = domain.intersect([(-size, size)] * network.input_dimension)
    found = integral(regions(network, box)).value
    assert found is not None
    return found


def size_of(complex_: PolyhedralComplex) -> Fraction:
    entries: Iterable[Fraction] = (
        abs(c) for region in complex_.regions for v in region.vertices for c in v
    )
    return max(entries) + 1


@given(small, st.data())
def test_a_part_is_infinite_iff_it_grows_with_the_box(
    network: Network, data: st.DataObject
) -> None:
    """A box around all vertices of a part holds all of it, unless it has no end."""
    domain = data.draw(domains(network.input_dimension))
    found = integral(regions(network, domain))
    parts = []
    for sign, reason in ((1, found.positive), (-1, found.negative)):
        alone = part(network, sign)
        size = size_of(regions(alone, domain))
        near, far = (over_a_box(alone, domain, factor * size) for factor in (1, 2))
        assert (far > near) == (reason is not None)
        parts.append(near)
    assert found.value == (None if found.positive or found.negative else parts[0] - parts[1])


@given(small, st.data())
def test_the_reason_for_an_infinite_part_is_one(network: Network, data: st.DataObject) -> None:
    complex_ = regions(network, data.draw(domains(network.input_dimension)))
    found = integral(complex_)
    for sign, reason in ((1, found.positive), (-1, found.negative)):
        if reason:
            region = complex_.regions[reason.region]
            far = [
                c + 10**9 * r for c, r in zip(region.interior_point, reason.direction, strict=True)
            ]
            assert region.contains(far, strict=True)
            assert sign * reason.slope >= 0
            assert (reason.slope,) == region.affine_map.linear_part(reason.direction)
            if not reason.slope:
                values = [sign * region.affine_map(v)[0] for v in region.vertices]
                values += [sign * region.affine_map.linear_part(r)[0] for r in region.rays]
                assert max(values) > 0


@given(small, st.data())
def test_of_the_negative(network: Network, data: st.DataObject) -> None:
    complex_ = regions(network, data.draw(domains(network.input_dimension)))
    found, turned = integral(complex_), integral(complex_, [-1])
    assert turned.value == (None if found.value is None else -found.value)
    assert [bool(turned.negative), bool(turned.positive)] == [
        bool(found.positive),
        bool(found.negative),
    ]


@pytest.mark.parametrize(
    ("layers", "text"),
    [
        ([([[1]], [0], "relu")], "+infinity"),
        ([([[1]], [0], "linear")], "does not exist"),
        ([([[1]], [0], "relu"), ([[-1]], [1], "linear")], "does not exist"),
        ([([[1]], [0], "abs"), ([[-1]], [1], "linear")], "-infinity"),
        ([([[0]], [0], "relu")], "0"),
        ([([[0]], [0], "relu"), ([[1]], [-1], "linear")], "-infinity"),
        ([([[1, 0]], [0], "abs"), ([[-1]], [1], "relu")], "+infinity"),
        ([([[1]], [0], "abs"), ([[-1]], [1], "relu")], "1"),
    ],
)
def test_over_the_whole_space(layers: list[Any], text: str) -> None:
    """The last but one is a wall in the plane: a strip on which it is positive, along a line."""
    assert str(integral(regions(Network(layers)))) == text


def test_over_a_half_line_a_bounded_positive_part_does_not_matter() -> None:
    falling = Network([([[1]], [0], "abs"), ([[-1]], [1], "linear")])
    found = integral(regions(falling, Domain.polyhedron([[-1]], [0])))
    assert (str(found), found.positive) == ("-infinity", None)


@pytest.mark.parametrize("name", ["hat1d", "hat2d"])
def test_hats_have_integral_one_over_the_whole_space(name: str) -> None:
    found = integral(regions(gallery.get(name)))
    assert found == Integral(Fraction(1), None)
    assert found.mean is None


@needs_truth
@quantities("integral")
def test_known_integrals(case: dict[str, Any]) -> None:
    assert integral(of_network(case)).value == Fraction(case["quantities"]["integral"])


@needs_truth
@quantities("integral_on_box")
def test_known_integrals_over_boxes(case: dict[str, Any]) -> None:
    assert integral(of_network(case)).value == Fraction(case["quantities"]["integral_on_box"])


@needs_truth
@quantities("mean_on_unit_box")
def test_known_means(case: dict[str, Any]) -> None:
    network = of_network(case).network
    complex_ = regions(network, [(0, 1)] * network.input_dimension)
    assert mean(complex_) == Fraction(case["quantities"]["mean_on_unit_box"])


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_largest_of_n_numbers_is_n_by_n_plus_one(count: int) -> None:
    units = [[int(i == j) for j in range(count)] for i in range(count)]
    network = Network([(units, [0] * count, "linear"), Maximum([list(range(count))])])
    assert mean(regions(network, [(0, 1)] * count)) == Fraction(count, count + 1)


def test_several_outputs_and_their_difference() -> None:
    two = regions(Network([([[1], [-1]], [0, 0], "relu")]), [(-1, 2)])
    first, second = integrals(two)
    (difference,) = integrals(two, [[1, -1]])
    assert difference.value == first.value - second.value == Fraction(3, 2)
    assert difference.mean == Fraction(1, 2)
    with pytest.raises(DimensionError, match="a coefficient for each of the 2 outputs, got none"):
        integral(two)


def test_a_mean_needs_a_bounded_domain() -> None:
    with pytest.raises(DomainError, match=r"a bounded domain, got R\^2, whose volume is infinite"):
        mean(regions(gallery.get("hat2d")))
    strip = Domain.polyhedron([[1, 0], [-1, 0]], [1, 1])
    with pytest.raises(DomainError, match="take a box"):
        mean(regions(gallery.get("hat2d"), strip))


def test_a_wrong_function_has_another_integral() -> None:
    complex_ = regions(gallery.get("xor"), [(-1, 1), (-1, 1)])
    wrong = broken.shifted_map(complex_, 2)
    assert integral(wrong).value == integral(complex_).value + complex_.regions[2].volume
    assert sum(map(under_the_graph, wrong.regions)) != integral(complex_).value


@given(networks(depth=2, width=3, inputs=st.just(3)))
def test_weights_of_vertices_add_up_to_the_volume(network: Network) -> None:
    for cell in regions(network, [(-2, 3)] * 3).cells:
        weights, scale = vertex_weights(cell.generators, cell.tight)
        assert min(weights) > 0
        assert Fraction(sum(weights), scale) == volume(cell.generators, cell.tight)
