"""Signs on whole rings: tangents count, and samples agree."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, gallery, regions
from exactpwl.errors import DimensionError, DomainError, OptionError
from exactpwl.ring_signs import sign_on_ring, squared_distances
from strategies import networks

ANNULUS = regions(gallery.get("l1_annulus"))
HALF_PLANE = regions(Network([([[1, 0]], [-1], "relu"), ([[1]], [0], "linear")]))
"""relu(x - 1): it vanishes on x <= 1."""
BASIN = regions(
    Network(
        [
            ([[1, 0], [-1, 0], [0, 1], [0, -1]], ["-1/4"] * 4, "relu"),
            ([[1] * 4], [0], "linear"),
        ]
    )
)
"""It vanishes on the square |x|, |y| <= 1/4, and is positive outside."""

CIRCLE = [
    (Fraction(1 - t * t) / (1 + t * t), Fraction(2 * t) / (1 + t * t))
    for t in (Fraction(k, 4) for k in range(-16, 17))
] + [(Fraction(-1), Fraction(0))]
"""Rational points of the unit circle."""


@pytest.mark.parametrize(
    ("inner", "outer", "sign"),
    [
        (0, "0.7", -1),
        (0, "0.71", None),
        (1, 2, None),
        ("1.01", "2.1", 1),
        ("1.01", "2.2", None),
        (3, 4, None),
        ("3.01", 4, -1),
    ],
)
def test_rings_in_the_annulus_of_the_other_norm(inner: object, outer: object, sign: int) -> None:
    """F > 0 on 1 < |x| + |y| < 3; the ring has 1-norms from inner to outer times sqrt(2)."""
    assert sign_on_ring(ANNULUS, (0, 0), inner, outer) == sign


def test_a_circle_that_only_touches_is_met() -> None:
    line = regions(Network([([[1, 0]], [-1], "linear")]))
    assert sign_on_ring(line, (0, 0), 0, 1) is None
    assert sign_on_ring(line, (0, 0), 0, "0.999") == -1
    assert sign_on_ring(line, (2, 5), 0, "0.999") == 1
    assert sign_on_ring(line, (3, 0), 0, "1.5", value=2) is None
    assert sign_on_ring(line, (4, 0), 0, "0.5", value=2) == 1


def test_where_the_network_vanishes_on_a_region() -> None:
    assert sign_on_ring(HALF_PLANE, (3, 0), 0, 1) == 1
    assert sign_on_ring(HALF_PLANE, (3, 0), 0, 2) is None
    assert sign_on_ring(HALF_PLANE, (-5, 0), 0, 1) is None
    assert sign_on_ring(BASIN, (0, 0), "1/2", 3) == 1
    assert sign_on_ring(BASIN, (0, 0), "1/3", 3) is None
    assert sign_on_ring(BASIN, (0, 0), 0, "1/8") is None
    zero = regions(Network([([[0, 0]], [0], "relu"), ([[1]], [0], "linear")]))
    assert sign_on_ring(zero, (7, 7), 1, 2) is None
    assert sign_on_ring(zero, (7, 7), 1, 2, value=-1) == 1


def test_distances_of_segments_rays_and_polygons() -> None:
    (edge,) = {p for p in ANNULUS.level_set() if set(p.vertices) == {(0, 1), (1, 0)}}
    assert squared_distances(edge, (0, 0)) == (Fraction(1, 2), 1)
    assert squared_distances(edge, (3, 0)) == (4, 10)
    (square,) = BASIN.level_set()
    assert squared_distances(square, (0, 0)) == (0, Fraction(1, 8))
    assert squared_distances(square, (1, 0)) == (Fraction(9, 16), Fraction(13, 8))
    (half,) = HALF_PLANE.level_set()
    assert squared_distances(half, (3, 4)) == (4, None)
    assert squared_distances(half, (0, 4)) == (0, None)


@given(networks(inputs=st.just(2), outputs=st.just(1)), st.integers(1, 3), st.integers(0, 2))
def test_all_points_of_the_ring_have_the_sign(network: Network, outer: int, inner: int) -> None:
    centre, radii = (Fraction(1, 3), Fraction(-1)), sorted({min(inner, outer), outer})
    found = sign_on_ring(regions(network), centre, radii[0], radii[-1])
    values = [
        network((centre[0] + r * x, centre[1] + r * y))[0]
        for r, (x, y) in product([radii[0], sum(radii) / Fraction(len(radii)), radii[-1]], CIRCLE)
    ]
    if found is None:
        squares = [squared_distances(piece, centre) for piece in regions(network).level_set()]
        assert any(low <= radii[-1] ** 2 for low, _ in squares)
    else:
        assert all(value * found > 0 for value in values)
    if min(values) <= 0 <= max(values):
        assert found is None


def test_right_at_all_points_of_the_data_is_not_right_everywhere() -> None:
    """Four corners of three units reach into the annulus, between the points of the data."""
    for name, annulus in (("disc-3", None), ("disc-8-8-8", -1)):
        run = gallery.run(name)
        assert run.accuracy(-1) == 1
        complex_ = regions(run.networks[-1])
        assert sign_on_ring(complex_, (0, 0), 0, "1/2") == 1
        assert sign_on_ring(complex_, (0, 0), "3/4", 1) == annulus
        assert sign_on_ring(complex_, (0, 0), 0, "1/2", functional=[-1]) == -1


def test_what_is_refused() -> None:
    with pytest.raises(DimensionError, match="two inputs are required for a ring, got 1"):
        sign_on_ring(regions(gallery.get("abs")), (0,), 0, 1)
    for radii in ((2, 1), (-1, 1), (0, 0)):
        with pytest.raises(OptionError, match="radii 0 <= inner <= outer with outer > 0"):
            sign_on_ring(ANNULUS, (0, 0), *radii)
    box = regions(gallery.get("l1_annulus"), [(-2, 2), (-2, 2)])
    assert sign_on_ring(box, (0, 0), 0, "1/2") == -1
    with pytest.raises(DomainError, match="the ring of radius 2 must lie inside the domain"):
        sign_on_ring(box, (0, 0), 1, 2)
    with pytest.raises(DomainError, match="the ring of radius 1/2 must lie inside the domain"):
        sign_on_ring(box, (5, 0), 0, "1/2")
