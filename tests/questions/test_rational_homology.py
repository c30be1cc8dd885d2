"""Homology over Q: signs whose boundaries cancel, and a projective plane in a network."""

from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactpwl import Domain, Network, regions
from exactpwl.maximum import Maximum
from exactpwl.questions.dual_cells import dual_cells, heights_of_faces
from exactpwl.questions.homology import betti_numbers
from exactpwl.questions.rational_homology import rational_betti_numbers, signed_boundaries
from exactpwl.questions.topology import topology_at
from strategies import domains, networks

TRIANGLES = ["012", "023", "034", "045", "015", "124", "235", "134", "245", "135"]
"""Half of the icosahedron: the projective plane with six vertices, of which all are neighbours."""


def projective_plane() -> tuple[Network, Domain]:
    """Return a network on the simplex of R^5 that vanishes on the projective plane.

    With barycentric coordinates x_0, ..., x_5 it is the maximum over all triples that are no
    triangle of the least of the three coordinates: zero iff those that are positive span a face.
    """
    faces = {tuple(map(int, text)) for text in TRIANGLES}
    others = [triple for triple in combinations(range(6), 3) if triple not in faces]
    unit = [[int(i == j) for j in range(5)] for i in range(5)]
    minus = [[-c for c in row] for row in unit]
    negated = [[-int(i == j) for j in range(10)] for i in range(10)]
    network = Network(
        [
            ([*minus, [1] * 5], [0, 0, 0, 0, 0, -1], "linear"),
            Maximum(others),
            (negated, [0] * 10, "linear"),
            Maximum([list(range(10))]),
        ]
    )
    return network, Domain.polyhedron([*minus, [1] * 5], [0, 0, 0, 0, 0, 1])


def test_a_projective_plane_has_other_numbers_over_q() -> None:
    assert {pair for t in TRIANGLES for pair in combinations(t, 2)} == set(
        combinations("012345", 2)
    )
    found = topology_at(regions(*projective_plane()))
    assert found.sublevel == found.level == ((1, 1, 1, 0, 0), 1, (1, 0, 0, 0, 0))
    assert found.below.betti == (0,) * 5
    above = topology_at(regions(*projective_plane()), "1/12")
    assert above.sublevel.rational_betti == (1, 0, 0, 0, 0)


@pytest.mark.parametrize(("value", "betti"), [("1/6", (1, 0, 0, 0, 0)), ("1/7", (1, 1, 1, 0, 0))])
def test_it_is_filled_at_the_middle(value: str, betti: tuple[int, ...]) -> None:
    assert topology_at(regions(*projective_plane()), value).sublevel.betti == betti


@given(st.data())
def test_boundaries_of_boundaries_cancel_and_nothing_has_torsion(data: st.DataObject) -> None:
    dimension = data.draw(st.integers(1, 4))
    width = 4 if dimension < 3 else 3
    network = data.draw(networks(inputs=st.just(dimension), outputs=st.just(1), width=width))
    complex_ = regions(network, data.draw(domains(dimension)))
    assume(len(complex_) <= 60)
    cells = dual_cells(complex_.faces)
    signs = signed_boundaries(cells, range(len(cells.faces)))
    for boundary in signs.values():
        total: dict[int, int] = {}
        for cell, sign in boundary.items():
            for under, inner in signs[cell].items():
                total[under] = total.get(under, 0) + sign * inner
        assert not any(total.values())
    heights = heights_of_faces(complex_, cells.faces)
    for value in heights.values[:3]:
        for met in (heights.at_most(value), heights.equal_to(value)):
            kept = [cell for cell, here in enumerate(met) if here]
            over_q = rational_betti_numbers(cells, kept, dimension)
            assert over_q == betti_numbers(cells, kept, dimension)


def test_a_lost_square_is_seen() -> None:
    cross = dual_cells(regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")])).faces)
    assert rational_betti_numbers(cross, range(9), 2) == (1, 0)
    assert rational_betti_numbers(cross, range(8), 2) == (1, 1)
