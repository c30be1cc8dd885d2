"""Betti numbers of level sets: closed forms, and the dual cells against the primal ones."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactpwl import Network, PolyhedralComplex, gallery, regions
from exactpwl.construct import relus_for_maxima
from exactpwl.errors import DimensionError
from exactpwl.maximum import Maximum
from exactpwl.questions.dual_cells import dual_cells, heights_of_faces
from exactpwl.questions.topology import SetTopology, Topology, described, topology_at
from primal_homology import PrimalCells, gaps
from strategies import domains, networks

SETS = {
    "sublevel": lambda t: lambda value: value <= t,
    "superlevel": lambda t: lambda value: value >= t,
    "level": lambda t: lambda value: value == t,
}


def shell(dimension: int) -> Network:
    """Return 1 - | |x_1| + ... + |x_d| - 2 |."""
    unit = [[int(i == j) for j in range(dimension)] for i in range(dimension)]
    return Network(
        [
            (unit, [0] * dimension, "abs"),
            ([[1] * dimension], [-2], "abs"),
            ([[-1]], [1], "linear"),
        ]
    )


TORUS = Network(
    [
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0], "abs"),
        ([[1, 1, 0], [0, 0, 1]], [-2, 0], ["abs", "linear"]),
        ([[-1, -1]], [1], "linear"),
    ]
)
"""1 - | |x| + |y| - 2 | - |z|, positive on the inside of a torus."""


def betti(found: Topology) -> tuple[tuple[int, ...], ...]:
    return found.sublevel.betti, found.superlevel.betti, found.level.betti


@pytest.mark.parametrize(
    ("network", "value", "numbers"),
    [
        (shell(1), 0, ((3,), (2,), (4,))),
        (shell(2), 0, ((2, 1), (1, 1), (2, 2))),
        (shell(2), 1, ((1, 0), (1, 1), (1, 1))),
        (shell(2), 2, ((1, 0), (0, 0), (0, 0))),
        (shell(2), -1, ((2, 1), (1, 0), (2, 1))),
        (shell(2), -2, ((1, 1), (1, 0), (1, 1))),
        (shell(3), 0, ((2, 0, 1), (1, 0, 1), (2, 0, 2))),
        (shell(4), 0, ((2, 0, 0, 1), (1, 0, 0, 1), (2, 0, 0, 2))),
        (TORUS, 0, ((1, 1, 1), (1, 1, 0), (1, 2, 1))),
    ],
)
def test_shells_and_a_torus(
    network: Network, value: int, numbers: tuple[tuple[int, ...], ...]
) -> None:
    assert betti(topology_at(regions(network), value)) == numbers


def test_the_l1_annulus_has_one_hole_and_two_components_outside() -> None:
    found = topology_at(regions(gallery.get("l1_annulus")))
    assert found.above == SetTopology((1, 1), 0, (1, 1))
    assert found.below == SetTopology((2, 1), 1, (2, 1))
    assert [part.is_bounded for part in found.components_above] == [True]
    assert sorted(part.is_bounded for part in found.components_below) == [False, True]


@pytest.mark.parametrize("size", [3, 10])
def test_a_box_changes_nothing_but_what_it_cuts(size: int) -> None:
    whole = topology_at(regions(shell(2)))
    found = topology_at(regions(shell(2), [(-size, size)] * 2))
    if size == 10:
        assert betti(found) == betti(whole)
        assert all(part.is_bounded for part in found.components_below)
    else:  # the closed outside holds the four corners; the open one does not reach the sides
        assert found.sublevel.betti == (2, 1)
        assert found.below.betti == (5, 0)


def test_flat_parts_belong_to_the_closed_sets_alone() -> None:
    ramp = regions(Network([([[1], [1]], [0, -1], "relu"), ([[1, -1]], [0], "linear")]))
    found = topology_at(ramp, 0)
    assert (found.sublevel.betti, found.below.betti) == ((1,), (0,))
    assert (found.level.betti, found.superlevel.betti, found.above.betti) == ((1,), (1,), (1,))


def test_lines_of_the_complex_are_no_holes() -> None:
    constant = regions(Network([([[0, 0]], [3], "linear")]))
    assert betti(topology_at(constant, 3)) == ((1, 0), (1, 0), (1, 0))
    assert betti(topology_at(constant, 4)) == ((1, 0), (0, 0), (0, 0))
    tilted = regions(
        Network([([[1, 0], [0, 1]], [0, 0], ["relu", "linear"]), ([[1, 1]], [0], "linear")])
    )
    assert tilted.lineality == 1
    assert betti(topology_at(tilted, 5)) == ((1, 0), (1, 0), (1, 0))


def test_a_maximum_layer_is_as_good_as_its_relus() -> None:
    peaks = Network(
        [
            ([[1, 0], [0, 1]], [0, 0], "abs"),
            ([[1, 0], [0, 1], [-1, -1]], [0, 0, 3], "linear"),
            Maximum([[0, 1, 2]]),
        ]
    )
    for value in (0, "3/2", 2, 3):
        first = topology_at(regions(peaks), value)
        assert betti(first) == betti(topology_at(regions(relus_for_maxima(peaks).network), value))


def test_several_outputs_need_a_functional() -> None:
    both = regions(Network([([[1], [1]], [0, -1], "abs")]))
    with pytest.raises(DimensionError, match="a functional is required"):
        topology_at(both)
    assert topology_at(both, 0, [1, -1]).level.betti == (1,)


@given(st.data())
def test_against_the_complex_cut_along_the_level(data: st.DataObject) -> None:
    complex_ = drawn_complex(data)
    vertices = list(heights_of_faces(complex_, dual_cells(complex_.faces).faces).values)
    value = data.draw(st.sampled_from([*vertices, *gaps(vertices)]))
    found = topology_at(complex_, value)
    primal = PrimalCells(complex_, [value])
    for name, holds in SETS.items():
        cells = primal.where(holds(value))
        betti = primal.betti(cells)
        expected = SetTopology(betti, primal.euler(cells), betti)
        assert getattr(found, name) == expected
    near = {value, *vertices}
    before = (max([v for v in near if v < value], default=value - 2) + value) / 2
    after = (min([v for v in near if v > value], default=value + 2) + value) / 2
    primal = PrimalCells(complex_, [before, after])
    assert found.below.betti == primal.betti(primal.where(lambda v: v <= before))
    assert found.above.betti == primal.betti(primal.where(lambda v: v >= after))
    check_consistency(found)


def drawn_complex(data: st.DataObject) -> PolyhedralComplex:
    dimension = data.draw(st.integers(1, 3))
    width = 4 if dimension < 3 else 2
    network = data.draw(networks(inputs=st.just(dimension), outputs=st.just(1), width=width))
    complex_ = regions(network, data.draw(domains(dimension)))
    assume(len(complex_) <= 40)
    return complex_


def check_consistency(found: Topology) -> None:
    """Assert what holds between the numbers of one threshold."""
    for part in (found.sublevel, found.superlevel, found.level, found.below, found.above):
        assert sum((-1) ** k * b for k, b in enumerate(part.betti)) == part.euler_characteristic
    assert found.above.betti[0] == len(found.components_above)
    assert found.below.betti[0] == len(found.components_below)
    if found.sublevel.betti[0] and found.superlevel.betti[0]:
        sums = [a + b for a, b in zip(found.sublevel.betti, found.superlevel.betti, strict=True)]
        assert found.level.betti == (sums[0] - 1, *sums[1:])


def test_a_lost_cell_is_seen() -> None:
    """Without the dual square of a vertex the plane has a hole."""
    cells = dual_cells(regions(gallery.get("l1_annulus")).faces)
    everything = [True] * len(cells.faces)
    assert described(cells, everything, 2) == SetTopology((1, 0), 1, (1, 0))
    assert described(cells, [*everything[:-1], False], 2) == SetTopology((1, 1), 0, (1, 1))


def test_the_values_are_those_of_the_vertices() -> None:
    annulus = regions(gallery.get("l1_annulus"))
    heights = heights_of_faces(annulus, dual_cells(annulus.faces).faces)
    assert heights.values == (Fraction(-1), Fraction(1))
