"""Volumes above, at and below a level against those of polyhedra found by cdd."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import broken
from exactpwl import Domain, Network, Polyhedron, Region, gallery, regions
from exactpwl.checks.volumes import domain_volume
from exactpwl.errors import DimensionError
from exactpwl.questions.level_volumes import LevelVolumes, level_volumes
from strategies import boxes, domains, networks, ternary

small = networks(inputs=st.integers(1, 2), outputs=st.just(1), width=3, weights=ternary())
levels = st.sampled_from([Fraction(n, 2) for n in range(-3, 4)])
INFINITE = None


def part_of(region: Region, value: Fraction, sign: int) -> Fraction | None:
    """The volume of where sign * (f - value) >= 0, if it has an interior."""
    (slope,), (offset,) = region.affine_map.weight, region.affine_map.bias
    rows = [(q.normal, q.offset) for q in region.inequalities]
    rows.append(([sign * w for w in slope], sign * (offset - value)))
    body = Polyhedron(len(slope), tuple(rows))
    if body.status != "full":
        return Fraction(0)
    if not body.is_bounded:
        return INFINITE
    walls = [([-c for c in a], b) for a, b in body.rows]
    return domain_volume(Domain.polyhedron(*zip(*walls, strict=True)))[0]


def added(parts: list[Fraction | None]) -> Fraction | None:
    finite = [part for part in parts if part is not None]
    return sum(finite, Fraction(0)) if len(finite) == len(parts) else INFINITE


def by_cdd(network: Network, domain: Domain, value: Fraction) -> LevelVolumes:
    all_regions = regions(network, domain).regions
    level = [r for r in all_regions if r.affine_map.weight[0] == (0,) * domain.dimension]
    level = [r for r in level if r.affine_map.bias[0] == value]
    others = [r for r in all_regions if r not in level]
    above, below = ([part_of(r, value, sign) for r in others] for sign in (1, -1))
    return LevelVolumes(*map(added, (above, [part_of(r, value, 1) for r in level], below)))


@given(small, levels, st.data())
def test_as_by_cdd(network: Network, value: Fraction, data: st.DataObject) -> None:
    domain = data.draw(domains(network.input_dimension))
    assert level_volumes(regions(network, domain), value) == by_cdd(network, domain, value)


@given(small, levels, st.data())
def test_the_negative_is_above_where_the_function_is_below(
    network: Network, value: Fraction, data: st.DataObject
) -> None:
    complex_ = regions(network, data.draw(domains(network.input_dimension)))
    above, level, below = level_volumes(complex_, value)
    assert level_volumes(complex_, -value, [-1]) == (below, level, above)


@given(networks(inputs=st.integers(2, 3), outputs=st.just(1)), levels, st.data())
def test_the_three_are_the_domain(network: Network, value: Fraction, data: st.DataObject) -> None:
    domain = data.draw(boxes(network.input_dimension))
    found = level_volumes(regions(network, domain), value)
    assert found.whole == domain_volume(domain)[0]
    assert sum(found.shares) == 1


@pytest.mark.parametrize(
    ("value", "above", "level"),
    [("-1", INFINITE, 0), (0, 2, INFINITE), ("1/3", Fraction(4, 3), 0), (1, 0, 0), (2, 0, 0)],
)
def test_a_hat_on_the_line(value: object, above: object, level: object) -> None:
    found = level_volumes(regions(gallery.get("hat1d")), value)
    assert (found.above, found.level) == (above, level)
    assert found.below == (0 if value in ("-1", 0) else INFINITE)
    assert (found.whole, found.shares) == (None, None)


def test_a_wall_in_the_plane_is_infinite_along_its_line() -> None:
    """max(1 - |x|, 0): positive on a strip, and the lines of the complex are in all parts."""
    wall = Network([([[1, 0]], [0], "abs"), ([[-1]], [1], "relu")])
    assert level_volumes(regions(wall), 0) == (INFINITE, INFINITE, 0)
    assert level_volumes(regions(wall), "1/2") == (INFINITE, 0, INFINITE)
    assert level_volumes(regions(wall), 1) == (0, 0, INFINITE)
    strip = Domain.polyhedron([[0, 1], [0, -1]], [1, 1])
    assert level_volumes(regions(wall, strip), "1/2") == (2, 0, INFINITE)


def test_a_function_that_rises_along_the_lines() -> None:
    rising = Network([([[1, 0], [0, 1]], [0, 0], ["relu", "linear"]), ([[1, 1]], [0], "linear")])
    for network in (rising, Network([([[1]], [0], "linear")])):
        assert level_volumes(regions(network), 7) == (INFINITE, 0, INFINITE)


def test_constants() -> None:
    zero = regions(Network([([[0, 0]], [0], "relu")]), [(0, 1), (0, 2)])
    assert level_volumes(zero, 0) == (0, 2, 0)
    assert level_volumes(zero, 1) == (0, 0, 2)
    assert level_volumes(zero, -1).shares == (1, 0, 0)


def test_the_l1_annulus() -> None:
    """1 < |x| + |y| < 3 has the area 18 - 2."""
    assert level_volumes(regions(gallery.get("l1_annulus"))).above == 16


def test_outputs_and_their_combinations() -> None:
    two = regions(Network([([[1], [-1]], [0, 0], "relu")]), [(-1, 3)])
    assert level_volumes(two, 0, [1, -1]) == (3, 0, 1)
    with pytest.raises(DimensionError, match="a coefficient for each of the 2 outputs, got none"):
        level_volumes(two)


def test_a_wrong_function_has_other_volumes() -> None:
    complex_ = regions(gallery.get("xor"), [(-1, 1), (-1, 1)])
    expected = by_cdd(complex_.network, complex_.domain, Fraction(0))
    assert level_volumes(complex_) == expected
    assert level_volumes(broken.shifted_map(complex_, 2)) != expected
