"""Convexity: against the definition at all vertices, and against the maximum of the pieces."""

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Maximum, Network, gallery, regions
from exactpwl.errors import OptionError
from exactpwl.questions.bending import convexity
from strategies import domains, networks, points


def value(network: Network, coefficients, x) -> Fraction:
    return sum((c * y for c, y in zip(coefficients, network(x), strict=True)), Fraction(0))


def is_above_every_piece(complex_, coefficients, sign: int) -> bool:
    """Whether sign * c . f >= each of its pieces at every generator of every region."""

    def row(found):
        columns = [*zip(*found.weight, strict=True), found.bias]
        return [sign * sum(c * w for c, w in zip(coefficients, q, strict=True)) for q in columns]

    pieces = [row(found) for found in set(complex_.affine_maps)]
    for region in complex_.regions:
        own = row(region.affine_map)
        lines = [(*line, 0) for line in region.lines]
        vectors = [*region.generators, *lines, *(tuple(-c for c in v) for v in lines)]
        for piece in pieces:
            for v in vectors:
                if sum((a - b) * c for a, b, c in zip(own, piece, v, strict=True)) < 0:
                    return False
    return True


@given(data=st.data())
def test_against_the_maximum_of_the_pieces(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    coefficients = data.draw(points(network.output_dimension))
    complex_ = regions(network, domain)
    found = convexity(complex_, coefficients)
    assert found.is_convex == is_above_every_piece(complex_, coefficients, 1)
    assert found.is_concave == is_above_every_piece(complex_, coefficients, -1)
    for bend, sign in ((found.downward, 1), (found.upward, -1)):
        if bend is not None:
            first, middle, last = bend.points
            assert all(domain.contains(x) for x in bend.points)
            assert middle == tuple((a + b) / 2 for a, b in zip(first, last, strict=True))
            values = tuple(value(network, coefficients, x) for x in bend.points)
            assert values == bend.values
            assert sign * bend.excess > 0


@given(data=st.data())
def test_against_the_definition_at_vertices_and_samples(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3, outputs=st.just(1)))
    domain = data.draw(domains(network.input_dimension))
    complex_ = regions(network, domain)
    found = convexity(complex_)
    inside = {x for region in complex_.regions for x in (*region.vertices, region.interior_point)}
    for x, y in combinations(sorted(inside), 2):
        middle = tuple((a + b) / 2 for a, b in zip(x, y, strict=True))
        excess = network(middle)[0] - (network(x)[0] + network(y)[0]) / 2
        assert excess <= 0 or not found.is_convex
        assert excess >= 0 or not found.is_concave
    if found.is_convex:
        for x in inside:
            assert network(x)[0] == max(piece(x)[0] for piece in found.pieces)
    if found.is_affine:
        assert len(found.pieces) == 1


@pytest.mark.parametrize(
    ("network", "box", "word", "pieces"),
    [
        (gallery.get("abs"), None, "convex", 2),
        (gallery.get("max:3"), None, "convex", 3),
        (Network([Maximum([[0, 1, 2]])]), None, "convex", 3),
        (gallery.get("tent"), None, "neither", 3),
        (gallery.get("tent"), [(0, 1)], "concave", 2),
        (gallery.get("tent"), [("1/2", 1)], "affine", 1),
        (gallery.get("xor"), None, "neither", 3),
        (gallery.get("xor"), [(0, 1), (0, 1)], "affine", 1),
        (gallery.get("hat2d"), None, "neither", 7),
        (Network([([[1, 2]], [0], "linear")]), None, "affine", 1),
        (Network([([[0, 0]], [5], "relu")]), None, "affine", 1),
        (Network([([[1], [-1]], [0, 0], "relu"), ([[1, -1]], [0], "linear")]), None, "affine", 1),
    ],
)
def test_known_shapes(network: Network, box, word: str, pieces: int) -> None:
    found = convexity(regions(network, box))
    assert (found.word, len(found.pieces)) == (word, pieces)


def test_the_facet_that_is_wrong_alone_is_found() -> None:
    """|x| + |y| with one small dent: a maximum of two subtracted far away."""
    network = Network(
        [
            ([[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1]], [0, 0, 0, 0, -10], "relu"),
            ([[1, 1, 1, 1, "-1/100"]], [0], "linear"),
        ]
    )
    found = convexity(regions(network))
    assert found.word == "neither"
    bend = found.downward
    assert bend is not None
    assert sum(bend.points[1]) == 10
    assert convexity(regions(network, [(-5, 5), (-5, 5)])).word == "convex"


def test_a_change_that_is_flat_in_the_combination_is_no_bend() -> None:
    network = Network([([[1], [1]], [0, 0], "relu")])
    assert convexity(regions(network), (1, -1)).word == "affine"
    assert [*convexity(regions(network), (1, 0)).counterexamples("affine")]
    assert convexity(regions(network), (1, 0)).counterexamples("convex") == ()
    with pytest.raises(OptionError, match="the shapes are convex, concave, affine; got 'round'"):
        convexity(regions(network), (1, 0)).counterexamples("round")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("max2", "convex"),
        ("max3_tournament", "convex"),
        ("hat1d", "neither"),
        ("hat2d_hexagon", "neither"),
        ("relu_sum_square", "convex"),
        ("telgarsky_sawtooth_k1_on_unit_interval", "concave"),
        ("telgarsky_sawtooth_k2_on_unit_interval", "neither"),
    ],
)
def test_networks_with_proven_answers(name: str, word: str, ground_truth: dict[str, Any]) -> None:
    (case,) = (case for case in ground_truth["networks"] if case["name"] == name)
    layers = [(layer["W"], layer["b"], layer["activation"]) for layer in case["layers"]]
    assert convexity(regions(Network(layers), case.get("box"))).word == word
