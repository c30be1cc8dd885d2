"""The barcode: closed forms, and the ranks of all inclusions, computed directly."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactpwl import Network, gallery, regions
from exactpwl.questions.dual_cells import DualCells, dual_cells, heights_of_faces
from exactpwl.questions.homology import betti_numbers, paired
from exactpwl.questions.persistence import Bar, barcode
from primal_homology import PrimalCells, gaps, pairs_of
from strategies import domains, networks


def bars(network: Network, box: object = None) -> list[tuple[int, object, object]]:
    return [tuple(bar) for bar in barcode(regions(network, box))]


def test_the_annulus() -> None:
    assert bars(gallery.get("l1_annulus")) == [(0, None, None), (0, -1, 1), (1, None, 1)]


def test_in_a_box_the_outside_begins_in_four_corners() -> None:
    """They are at height -3; at 0 the sides' midpoints join them, and a hole is enclosed."""
    found = bars(gallery.get("l1_annulus"), [(-3, 3)] * 2)
    corners = [(0, Fraction(-3), None)] + [(0, Fraction(-3), Fraction(0))] * 3
    assert found == sorted(
        [*corners, (0, Fraction(-1), Fraction(1)), (1, Fraction(0), Fraction(1))],
        key=lambda bar: (bar[0], bar[1], bar[2] is None, bar[2]),
    )


def test_the_elder_of_two_pits_stays() -> None:
    """W has the pits f(-1) = 0 and f(1) = 1, and the ridge f(0) = 2 between them."""
    rows = [[1], [1], [1], [-1]]
    w = Network([(rows, [1, 0, -1, -1], "relu"), ([[2, -3, 4, 3]], [0], "linear")])
    assert bars(w) == [(0, 0, None), (0, 1, 2)]
    assert bars(w, [(-2, 0)]) == [(0, 0, None)]
    upside_down = [tuple(bar) for bar in barcode(regions(w), [-1])]
    assert upside_down == [(0, None, 0), (0, None, None), (0, -2, -1)]


def test_a_line_and_a_constant_have_one_bar() -> None:
    assert bars(Network([([[2, 1]], [1], "linear")])) == [(0, None, None)]
    assert bars(Network([([[0, 0]], [3], "linear")])) == [(0, 3, None)]
    assert bars(Network([([[2]], [1], "linear")]), [(0, 1)]) == [(0, 1, None)]


def test_a_bar_knows_its_length() -> None:
    assert Bar(0, Fraction(1), Fraction(3)).length == 2
    assert Bar(0, Fraction(1), None).length is None
    assert Bar(1, None, Fraction(1)).length is None


@given(st.data())
def test_against_the_ranks_of_inclusions(data: st.DataObject) -> None:
    dimension = data.draw(st.integers(1, 3))
    width = 4 if dimension < 3 else 2
    network = data.draw(networks(inputs=st.just(dimension), outputs=st.just(1), width=width))
    complex_ = regions(network, data.draw(domains(dimension)))
    assume(len(complex_) <= 40)
    vertices = list(heights_of_faces(complex_, dual_cells(complex_.faces).faces).values)
    some = st.lists(st.sampled_from([*vertices, *gaps(vertices)]), min_size=1, max_size=3)
    levels = sorted(set(data.draw(some)))
    primal = PrimalCells(complex_, levels)
    found = barcode(complex_)
    assert [bar.dimension for bar in found if bar.death is None] == [0]
    sets = {t: primal.where(lambda value, t=t: value <= t) for t in levels}
    for t in levels:
        assert primal.betti(sets[t]) == counted(found, t, t, dimension)
    for s, t in pairs_of(levels):
        kept = tuple(primal.kept(sets[s], sets[t], k) for k in range(dimension))
        assert kept == counted(found, s, t, dimension)


def counted(found: tuple[Bar, ...], first: Fraction, last: Fraction, count: int) -> tuple[int, ...]:
    alive = [b.dimension for b in found if b.is_alive_at(first) and b.is_alive_at(last)]
    return tuple(alive.count(k) for k in range(count))


SPHERE = DualCells(
    faces=((0,), (1,), (2,), (3,), (4,), (5,)),
    dimensions=(0, 0, 1, 1, 2, 2),
    boundaries=((), (), (0, 1), (0, 1), (2, 3), (2, 3)),
)
"""Two points, two arcs between them, two discs between these."""


def test_a_sphere_of_six_cells() -> None:
    assert betti_numbers(SPHERE, range(6), 3) == (1, 0, 1)
    assert betti_numbers(SPHERE, range(5), 3) == (1, 0, 0)
    assert betti_numbers(SPHERE, range(4), 3) == (1, 1, 0)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (1, 0, 3, 2, 5, 4), (0, 1, 3, 2, 4, 5)])
def test_each_cell_makes_or_fills_a_cycle(order: tuple[int, ...]) -> None:
    found = paired(SPHERE, order)
    cells = [cell for pair in found.pairs for cell in pair] + list(found.unfilled)
    assert sorted(cells) == list(range(6))
    assert found.unfilled == (order[0], order[5])
