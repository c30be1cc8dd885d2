"""The array form gives the reference form's cells: patterns, exact generators, tight masks."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Activation, Domain, Network, PolyhedralComplex, gallery, regions
from exactpwl.engine import array_facets, breadth, rounds, simple, stage_work, vertices
from exactpwl.engine.array_cells import ArrayCells
from exactpwl.engine.breadth import subdivide_arrays
from exactpwl.engine.counting import count_regions
from exactpwl.engine.subdivide import subdivide
from strategies import domains, networks

TINY = Fraction(1, 10**40)
BALL = Network([([[1, k, k * k] for k in range(6)], [k**3 + 1 for k in range(6)], "relu")])
"""Planes in general position."""
PENCIL = Network([([[k, 7 - k] for k in range(6)], [0] * 6, "relu"), ([[1] * 6], [-1], "relu")])
"""Lines through one point, bent ones around it."""


def agree(network: Network, domain: Domain | None = None) -> int:
    """Compare the two forms and return how many signs were left to integers."""
    chosen = domain or Domain.whole(network.input_dimension)
    arrays = subdivide_arrays(network.stages, chosen)
    begin, reference = subdivide(network.stages, chosen)
    slow = PolyhedralComplex(network, chosen, begin.lines, reference)
    assert count_regions(network.stages, chosen) == (len(reference), slow.bounded_count)
    if arrays is None:
        return -1
    fast = ArrayCells(arrays, network.stages)
    found = fast.cells()
    assert found == reference
    assert [tuple(pair) for pair in fast.neighbours.tolist()] == [
        (a, b) for a, b, _ in slow.adjacencies
    ]
    assert fast.bounded_count == slow.bounded_count
    return arrays.undecided


@given(st.data())
def test_forms_agree(data: st.DataObject) -> None:
    network = data.draw(networks(depth=3, width=5))
    agree(network, data.draw(domains(network.input_dimension)))


@given(st.data())
def test_forms_agree_in_four_dimensions(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.just(4), depth=2, width=5))
    agree(network, data.draw(domains(4)))


@given(st.data())
def test_small_chunks_change_nothing(data: st.DataObject) -> None:
    network = data.draw(networks(depth=3, width=5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(breadth, "MOST_NUMBERS", 20)
        patch.setattr(rounds, "MOST_CORNERS", data.draw(st.sampled_from([10, 1 << 22])))
        patch.setattr(rounds, "MOST_PAIRS", data.draw(st.sampled_from([10, 1 << 22])))
        patch.setattr(array_facets, "MOST_PAIRS", 8)
        patch.setattr(stage_work, "BLOCK", 16)
        patch.setattr(stage_work, "MOST_VERTICES", data.draw(st.sampled_from([0, 5, 1 << 18])))
        patch.setattr(simple, "MOST_CORNERS", data.draw(st.sampled_from([1, 50, 1 << 23])))
        agree(network, data.draw(domains(network.input_dimension)))


def test_more_kinks_than_short_integers_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breadth, "MOST_BITS", 3)
    network = Network([([[1, 0], [0, 1], [1, 1]], [0, 0, 1], "relu")])
    assert subdivide_arrays(network.stages, Domain.whole(2)) is None
    assert len(regions(network)) == 7


@pytest.mark.parametrize("size", [3, 4])
def test_resonance_needs_no_integers(size: int) -> None:
    """Small integers decide all signs in floats, the zeros too."""
    rows = [row for row in product((0, 1), repeat=size) if any(row)]
    assert agree(Network([(rows, [0] * len(rows), "relu")])) == 0


@pytest.mark.parametrize(
    "network",
    [
        Network([([[1, 0], [0, 1], [1, 1]], [0, 0, TINY], "relu")]),
        Network([([[1, 0], [0, 1], [1, 1], [1, 1]], [0, 0, TINY, -TINY], "relu")]),
        Network([([[1, 1], [1, 1 + Fraction(1, 2**40)], [1, 1 - TINY]], [0, 1, 2], "relu")]),
        Network(
            [
                ([[1, 1], [1, 1 + TINY**2], [3, 1]], [0, 1, 2], "relu"),
                ([[1, 2, 3]], [-(10**9)], "relu"),
            ]
        ),
        Network(
            [
                ([[0.1, 0.2], [0.3, -0.7], [0.1, 0.2]], [0.5, 0.25, 0.5 + 2.0**-52], "relu"),
                ([[1, 1, -1], [0.1, 0.1, 0.1]], [-0.75, TINY], "abs"),
            ]
        ),
        Network([([[10**320, 1], [1, 10**-9]], [10**400, -1], "relu"), ([[1, -1]], [0], "relu")]),
        Network(
            [
                ([[1, 2], [3, -1]], [0, 1], Activation.leaky_relu(Fraction(10**400, 7))),
                ([[1, -1], [2, 1]], [-1, 0], Activation.leaky_relu(-TINY)),
                ([[1, 1]], [-(10**390)], "relu"),
            ]
        ),
    ],
)
def test_float_traps(network: Network) -> None:
    agree(network)
    agree(network, Domain.box([(-2, 1), (-1, 2)]))


def test_the_counter_counts_what_is_left_to_integers() -> None:
    """Three float lines through one point of no float: their signs there are zeros."""
    third = Fraction(1, 3)
    rows = [[1, 0], [0, 1], [1, 1]]
    network = Network([(rows, [-third * 10**30, -third * 10**30, -2 * third * 10**30], "relu")])
    assert agree(network) > 0
    assert (regions(network).signs_left_to_integers or 0) > 0
    assert regions(network, method="reference").signs_left_to_integers is None


@pytest.mark.parametrize(
    ("module", "function", "network"),
    [
        (simple, "scrambled", BALL),
        (simple, "hashed", BALL),
        (rounds, "scrambled", PENCIL),
        (rounds, "hashed", PENCIL),
        (vertices, "hashed", PENCIL),
    ],
)
def test_a_collision_of_hashes_is_seen_and_mended(
    module: Any, function: str, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With hashes of three bits there is a collision at once; the last seed has whole ones."""
    tried: list[int] = []

    def seeds() -> Iterator[int]:
        for seed in range(4):
            tried.append(seed)
            yield seed

    whole = getattr(module, function)

    def short(*arguments: Any) -> Any:
        found = whole(*arguments)
        return found if tried[-1] == 3 else found % np.uint64(8)

    monkeypatch.setattr(breadth, "seeds", seeds)
    monkeypatch.setattr(module, function, short)
    box = Domain.box([(Fraction(-58, 3), Fraction(131, 6))] * network.input_dimension)
    assert subdivide_arrays(network.stages, box) is not None
    assert tried == [0, 1, 2, 3]
    monkeypatch.undo()
    agree(network, box)


def test_colliding_hashes_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simple, "hashed", lambda words, salt: np.zeros(len(words), np.uint64))
    with pytest.raises(AssertionError, match="16 seeds"):
        subdivide_arrays(BALL.stages, Domain.whole(3))


def test_counting_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of vertices stays as small as the limits say; listing needs all of them."""
    sizes: list[int] = []
    append = vertices.VertexTable.append

    def watched(table: vertices.VertexTable, *columns: Any) -> Any:
        found = append(table, *columns)
        sizes.append(len(table))
        return found

    monkeypatch.setattr(vertices.VertexTable, "append", watched)
    monkeypatch.setattr(stage_work, "MOST_VERTICES", 100)
    monkeypatch.setattr(rounds, "MOST_CORNERS", 5000)
    network = gallery.get("resonance:5")
    assert len(regions(network)) == 11292
    listing = max(sizes)
    sizes.clear()
    assert count_regions(network.stages, Domain.whole(5)) == (11292, 0)
    assert 0 < max(sizes) < listing / 4
