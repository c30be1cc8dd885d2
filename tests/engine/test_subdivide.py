"""The engine against the powerset method and against direct evaluation, on degenerate networks."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Domain, Network, PolyhedralComplex, regions
from exactpwl.engine.counting import count_regions
from exactpwl.engine.events import Listener
from exactpwl.errors import DomainError, TooLargeError
from strategies import domains, networks, points

RESONANCE = [row for row in product((0, 1), repeat=4) if any(row)]


def described(found: PolyhedralComplex) -> Any:
    """Everything about a complex that must not depend on how it was computed."""
    cells = {c.pattern: sorted(c.generators) for c in found.cells}
    walls = {
        (found.cells[a].pattern, found.cells[b].pattern): sorted(found.generators[i] for i in facet)
        for a, b, facet in found.adjacencies
    }
    return cells, walls, found.lines


@given(st.data())
def test_engine_equals_powerset(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3))
    domain = data.draw(domains(network.input_dimension))
    first = regions(network, domain)
    second = regions(network, domain, method="powerset")
    assert described(first) == described(second)


@given(st.data())
def test_every_point_is_in_its_region(data: st.DataObject) -> None:
    network = data.draw(networks(depth=3, width=4))
    found = regions(network)
    for point in data.draw(st.lists(points(network.input_dimension), min_size=1, max_size=5)):
        around = found.locate(point)
        assert all(found.regions[i].contains(point) for i in around.regions)
        values = {found.affine_maps[i](point) for i in around.regions}
        assert values == {network(point)}
    for region in found.regions:
        inside = region.interior_point
        assert network.pattern_at(inside) == region.pattern
        assert found.locate(inside).regions == (region.index,)


@given(st.data())
def test_euler_and_two_sides(data: st.DataObject) -> None:
    network = data.draw(networks(depth=3, width=4))
    domain = data.draw(domains(network.input_dimension))
    found = regions(network, domain)
    assert not found.lonely_facets
    assert found.euler_characteristic == (-1) ** network.input_dimension
    assert found.f_vector[-2] == len(found.adjacencies)
    assert found.f_vector[-1] == len(found)


@given(st.data())
def test_patterns_come_in_order(data: st.DataObject) -> None:
    found = regions(data.draw(networks(depth=3, width=4)))
    patterns = [cell.pattern for cell in found.cells]
    assert patterns == sorted(set(patterns))


def test_edge_at_infinity() -> None:
    """Without the inequality t >= 0 an edge between two directions is missed: 8 regions, not 9."""
    lines = Network([([[1, 1], [0, 1], [1, 0], [0, 1]], [0, 0, 0, -1], "relu")])
    assert len(regions(lines)) == 9


def test_three_lines_that_miss_a_common_point_by_1e_40() -> None:
    tiny = Fraction(1, 10**40)
    concurrent = Network([([[1, 0], [0, 1], [1, 1]], [0, 0, 0], "relu")])
    missed = Network([([[1, 0], [0, 1], [1, 1]], [0, 0, tiny], "relu")])
    assert (len(regions(concurrent)), len(regions(missed))) == (6, 7)


@pytest.mark.parametrize("shift", [Fraction(1, 2**40), Fraction(1, 2**400)])
def test_nearly_parallel_lines_meet_far_away(shift: Fraction) -> None:
    network = Network([([[1, 1], [1, 1 + shift]], [0, 1], "relu")])
    found = regions(network)
    assert (len(found), found.f_vector) == (4, (1, 4, 4))
    assert len(regions(network, [(-1, 1), (-1, 1)])) == 3


@pytest.mark.parametrize("scale", [Fraction(10**300), Fraction(1, 10**300)])
def test_huge_and_tiny_weights_change_nothing(scale: Fraction) -> None:
    small = Network([([[1, 2], [3, -1], [1, 1]], [1, 0, -1], "relu"), ([[1, 1, 1]], [-1], "relu")])
    scaled = Network(
        [
            (
                [[scale * w for w in row] for row in small.layers[0].weight],
                [scale * b for b in small.layers[0].bias],
                "relu",
            ),
            ([[1, 1, 1]], [-scale], "relu"),
        ]
    )
    assert [c.pattern for c in regions(small).cells] == [c.pattern for c in regions(scaled).cells]


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_executor_changes_nothing(pool: Any) -> None:
    network = Network(
        [(RESONANCE, [0] * 15, "relu"), ([[1, -2] * 7 + [1], [1] * 15], [-1, -2], "abs")]
    )
    alone = regions(network)
    with pool(2) as executor:
        shared = regions(network, executor=executor)
        counted = count_regions(network.stages, Domain.whole(4), executor=executor)
    assert shared.cells == alone.cells
    assert counted == (len(alone), alone.bounded_count)


def test_executor_on_a_network_without_kinks() -> None:
    with ThreadPoolExecutor(1) as executor:
        flat = Network([([[1]], [0], "linear")])
        assert len(regions(flat, executor=executor)) == 1
        assert count_regions(flat.stages, Domain.whole(1), executor=executor) == (1, 0)


@pytest.mark.parametrize("method", ["subdivide", "reference", "powerset"])
def test_listener_hears_of_all_regions_and_shares_add_up(method: str) -> None:
    class Memory(Listener):
        def __init__(self) -> None:
            self.count = 0
            self.share = 0.0
            self.total = -1

        def regions(self, count: int, share: float) -> None:
            self.count += count
            self.share += share

        def finished(self, count: int) -> None:
            self.total = count

    memory = Memory()
    rows = [row for row in product((0, 1), repeat=3) if any(row)]
    regions(Network([(rows, [0] * 7, "relu")]), method=method, listener=memory)
    assert (memory.count, memory.total) == (32, 32)
    assert memory.share == pytest.approx(1)


@pytest.mark.parametrize(
    ("domain", "words"),
    [
        (Domain.polyhedron([[1, 0], [-1, 0]], [0, -1]), "has no interior"),
        (Domain.polyhedron([[1, 0], [-1, 0]], [0, 0]), "use a section instead"),
        (Domain.whole(3), r"the network has 2 inputs, so a domain of R\^2 is required"),
        ([(0, 0), (0, 1)], "a box needs low < high"),
    ],
)
def test_domains_that_are_refused(domain: Any, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        regions(Network([([[1, 1]], [0], "relu")]), domain)


def test_too_many_inputs_for_the_whole_space() -> None:
    size = 17
    identity = [[int(i == j) for j in range(size)] for i in range(size)]
    network = Network([(identity, [0] * size, "relu")])
    with pytest.raises(TooLargeError, match=r"at least 2\^17 regions; a domain"):
        regions(network)
    below = Domain.polyhedron([*identity, [-1] * size], [-1] * size + [size + 1])
    assert len(regions(network, below)) == 1


def test_too_many_vertices_of_the_domain() -> None:
    network = Network([([[1] * 17], [0], "relu")])
    with pytest.raises(TooLargeError, match="more than 65536 vertices"):
        regions(network, [(-1, 1)] * 17)


def test_unknown_method() -> None:
    with pytest.raises(ValueError, match="'subdivide', 'reference' or 'powerset', got 'magic'"):
        regions(Network([([[1]], [0], "relu")]), method="magic")


def test_powerset_refuses_wide_layers() -> None:
    network = Network([([[1]] * 17, list(range(17)), "relu")])
    with pytest.raises(TooLargeError, match="131072 combinations of pieces"):
        regions(network, method="powerset")
