"""Counts by each definition of a linear region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Network, PolyhedralComplex, powerset_patterns, regions
from exactpwl.errors import OptionError
from strategies import networks


def bridge(outputs: int = 1) -> Network:
    """f = clip(y, -h, h), h = relu(1 - |x|): zero for |x| >= 1 and on the segment y = 0 between.

    A second output is 2 clip(y, -h, h), a third relu(x - 5).
    """
    head = [[1, -1, -1], [2, -2, -2], [0, 0, 0]][:outputs]
    far = [[0], [0], [1]][:outputs]
    return Network(
        [
            ([[1, 0], [-1, 0], [0, 1], [0, -1], [1, 0]], [0, 0, 0, 0, -5], "relu"),
            (
                [[-1, -1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]],
                [1, 0, 0, 0],
                "relu",
            ),
            ([[1, 1, -1, 0], [-1, 1, -1, 0], [1, 0, 0, 0], [0, 0, 0, 1]], [0] * 4, "relu"),
            ([h + f for h, f in zip(head, far, strict=True)], [0] * outputs, "linear"),
        ]
    )


def zero_parts(found: PolyhedralComplex, groups: tuple[tuple[int, ...], ...]) -> int:
    """How many groups have the affine map 0."""
    maps = [found.affine_maps[group[0]] for group in groups]
    return sum(not any(map(any, m.weight)) and not any(m.bias) for m in maps)


@pytest.mark.parametrize("outputs", [1, 2])
def test_closed_linear_region_passes_through_a_slice(outputs: int) -> None:
    found = regions(bridge(outputs))
    assert zero_parts(found, found.linear_regions) == 2
    assert zero_parts(found, found.closed_linear_regions) == 1
    assert len(found.closed_linear_regions) == len(found.linear_regions) - 1


def test_the_slice_is_cut_off_where_the_domain_ends() -> None:
    found = regions(bridge(), [(-2, 2), (0, 1)])
    assert zero_parts(found, found.closed_linear_regions) == 2


def test_several_outputs_must_agree_on_the_slice() -> None:
    """The third output tells x > 5 apart, and no slice leads there with the map 0."""
    found = regions(bridge(3))
    assert zero_parts(found, found.linear_regions) == 2
    assert zero_parts(found, found.closed_linear_regions) == 1
    assert len(found.affine_pieces) < len(found.linear_regions)


@given(st.data())
def test_definitions_are_ordered(data: st.DataObject) -> None:
    """R1 >= R2 >= R4 >= R5 >= R6 (Stargalla et al. 2025), and every region is in one group."""
    found = regions(data.draw(networks(depth=2, width=3)))
    counts = [
        len(found.literal_patterns),
        len(found),
        len(found.linear_regions),
        len(found.closed_linear_regions),
        len(found.affine_pieces),
    ]
    assert counts == sorted(counts, reverse=True)
    for groups in (found.linear_regions, found.closed_linear_regions, found.affine_pieces):
        assert sorted(i for group in groups for i in group) == list(range(len(found)))


@given(st.data())
def test_literal_patterns_equal_the_powerset(data: st.DataObject) -> None:
    network = data.draw(networks(depth=2, width=3))
    found = regions(network)
    assert found.literal_patterns == powerset_patterns(network, feasibility="literal")


def test_unknown_feasibility() -> None:
    with pytest.raises(OptionError, match="'interior' or 'literal', got 'thin'"):
        powerset_patterns(bridge(), feasibility="thin")


def test_the_powerset_takes_pairs_as_a_domain() -> None:
    network = Network([([[1], [1]], [0, -1], "relu")])
    assert powerset_patterns(network, [(2, 3)]) == ((((1, 1)),),)
