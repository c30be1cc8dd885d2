"""Distances to the decision boundary: by balls that it misses and meets, and cases by hand."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactpwl import Domain, Network, decision_distances, gallery, regions
from exactpwl.domain import as_domain
from exactpwl.errors import DimensionError
from strategies import networks, rationals

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")], name="xor")
HALF = Fraction(1, 2)


def ball(norm: str, point: tuple[Fraction, ...], radius: Fraction) -> Domain:
    if norm == "linf":
        return Domain.box([(c - radius, c + radius) for c in point])
    signs = list(product((1, -1), repeat=len(point)))
    bounds = [sum(s * c for s, c in zip(row, point, strict=True)) + radius for row in signs]
    return Domain.polyhedron(signs, bounds)


@given(st.data(), networks(inputs=st.integers(1, 2), outputs=st.just(1)))
def test_smaller_balls_miss_the_boundary_and_larger_ones_meet_it(
    data: st.DataObject, network: Network
) -> None:
    complex_ = regions(network)
    point = data.draw(st.tuples(*[rationals(3, 3)] * network.input_dimension))
    (found,) = decision_distances(complex_, [point])
    if found is None:
        assert complex_.level_set() == ()
        return
    for norm, distance in (("linf", found.linf), ("l1", found.l1)):
        if distance:
            assert regions(network, ball(norm, point, distance)).level_set() == ()
        larger = regions(network, ball(norm, point, distance * Fraction(101, 100) + HALF**20))
        assert larger.level_set() != ()
    for place in (found.nearest_linf, found.nearest_l1, found.nearest_l2):
        assert network(place) == (0,)
    assert found.linf**2 <= found.l2_squared <= found.l1**2
    for piece in complex_.level_set():
        for vertex in piece.vertices:
            gap = [a - b for a, b in zip(vertex, point, strict=True)]
            assert sum(c * c for c in gap) >= found.l2_squared


@given(st.data(), networks(inputs=st.just(2), outputs=st.just(1), depth=1))
def test_l2_by_the_nearest_points_of_all_edges(data: st.DataObject, network: Network) -> None:
    """In the plane: feet of perpendiculars on segments, rays and lines, and their ends."""
    complex_ = regions(network)
    point = data.draw(st.tuples(rationals(3, 3), rationals(3, 3)))
    pieces = complex_.level_set()
    assume(all(piece.dimension <= 1 for piece in pieces))
    (found,) = decision_distances(complex_, [point])
    squares = []
    for piece in pieces:
        start = piece.vertices[0]
        ways = [*piece.rays, *piece.lines]
        ways += [tuple(b - a for a, b in zip(start, v, strict=True)) for v in piece.vertices[1:]]
        low = None if piece.lines else Fraction(0)
        high = Fraction(1) if len(piece.vertices) == 2 else None
        for u in ways or [(0, 0)]:
            length = sum(c * c for c in u)
            s = Fraction(0)
            if length:
                s = (
                    sum(
                        (Fraction(p - a) * c for p, a, c in zip(point, start, u, strict=True)),
                        Fraction(0),
                    )
                    / length
                )
            s = s if low is None else max(s, low)
            s = s if high is None else min(s, high)
            foot = [a + s * c for a, c in zip(start, u, strict=True)]
            squares.append(sum((a - b) ** 2 for a, b in zip(foot, point, strict=True)))
    assert (found.l2_squared if found else None) == min(squares, default=None)


def test_a_point_inside_a_plateau_is_on_the_boundary() -> None:
    flat = Network([([[1, 0]], [0], "relu"), ([[1]], [0], "linear")])
    inside, beyond = decision_distances(regions(flat), [(-2, 3), (3, 1)])
    assert inside is not None
    assert beyond is not None
    assert (inside.linf, inside.l1, inside.l2_squared) == (0, 0, 0)
    assert (beyond.linf, beyond.l1, beyond.l2_squared) == (3, 3, 9)


def test_none_without_a_boundary_and_outside_the_domain() -> None:
    assert decision_distances(regions(Network([([[0, 0]], [1], "linear")])), [(0, 0)]) == (None,)
    complex_ = regions(XOR, [(-1, 1), (-1, 1)])
    assert decision_distances(complex_, [(5, 5)]) == (None,)
    assert decision_distances(regions(XOR, [(2, 3), (2, 3)]), [(2, 2)]) == (None,)


def test_another_level_and_a_functional() -> None:
    (found,) = decision_distances(regions(XOR), [(1, 1)], value=-1, functional=[1])
    assert found is not None
    assert (found.linf, found.nearest_linf) == (HALF, (HALF, HALF))
    with pytest.raises(DimensionError, match="1 coefficients is required"):
        decision_distances(regions(XOR), [(1, 1)], functional=[1, 1])


def test_of_several_outputs_the_largest_decides() -> None:
    """Three sectors: from (0, 4) the nearest change is to the first output, not the third."""
    sectors = Network([([[1, 0], [0, 1], [-1, -1]], [0, 0, 0], "linear")])
    complex_ = regions(sectors)
    found, tie = decision_distances(complex_, [(0, 4), (2, 2)])
    assert found is not None
    assert tie is not None
    assert (found.linf, found.l1, found.l2_squared) == (2, 4, 8)
    assert found.nearest_l2 == (2, 2)
    assert tie.linf == 0


@given(st.data(), networks(inputs=st.just(2), outputs=st.just(2), depth=1))
def test_the_class_is_constant_in_smaller_boxes(data: st.DataObject, network: Network) -> None:
    point = data.draw(st.tuples(rationals(3, 3), rationals(3, 3)))
    (found,) = decision_distances(regions(network), [point])
    first, second = network(point)
    if found is None:
        assert first != second
        return
    assert (found.linf == 0) == (first == second)
    if found.linf:
        inner = regions(network, as_domain(ball("linf", point, found.linf), 2))
        assert inner.level_set(0, [1, -1]) == ()


def test_three_inputs() -> None:
    tent = Network(
        [([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0] * 3, "abs"), ([[1] * 3], [-1], "linear")]
    )
    far, centre = decision_distances(regions(tent), [(2, 2, 2), (0, 0, 0)])
    assert far is not None
    assert centre is not None
    assert (far.linf, far.l1, far.l2_squared) == (Fraction(5, 3), 5, Fraction(25, 3))
    assert (centre.linf, centre.l1, centre.l2_squared) == (Fraction(1, 3), 1, Fraction(1, 3))


def test_a_trained_network() -> None:
    run = gallery.run("disc-3")
    network = run.networks[-1]
    found = decision_distances(regions(network), run.points[:40])
    for point, distance in zip(run.points, found, strict=False):
        assert distance is not None
        reach = distance.linf * Fraction(99, 100)
        positive = network(point)[0] > 0
        for a, b in product((-1, 0, 1), repeat=2):
            moved = (point[0] + a * reach, point[1] + b * reach)
            assert (network(moved)[0] > 0) == positive
