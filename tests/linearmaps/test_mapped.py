"""Maps between networks: what they are, what becomes of a network, and where it is torn."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exactpwl import AffineMap, Network, PolyhedralComplex, gallery, regions
from exactpwl.checks import check
from exactpwl.errors import DimensionError, OptionError
from exactpwl.inequality import dot
from exactpwl.linear import rank
from exactpwl.linearmaps import (
    LocalMaps,
    MapsBetween,
    check_least_squares,
    grid_points,
    local_maps,
    maps_between,
)
from exactpwl.maximum import Maximum
from exactpwl.rationals import clear_denominators
from strategies import networks, points, relu_networks

SQUARE = [(-1, 1), (-1, 1)]
FOLD = Network([([[1]], [0], "relu")])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Network, Network, list[Any]]:
    """Two networks of the plane with as many outputs, and samples."""
    outputs = st.just(draw(st.integers(1, 2)))
    options: dict[str, Any] = {"inputs": st.just(2), "outputs": outputs}
    first, second = (draw(relu_networks(**options)) for _ in range(2))
    return first, second, draw(st.lists(points(2), min_size=1, max_size=8))


@given(networks(), st.data())
def test_the_map_at_a_sample_has_the_networks_value_there(
    network: Network, data: st.DataObject
) -> None:
    samples = data.draw(st.lists(points(network.input_dimension), min_size=1, max_size=4))
    found = local_maps(network, samples)
    for sample, number in zip(samples, found.numbers, strict=True):
        assert found.maps[number] == network.affine_map(network.pattern_at(sample))
        assert found.maps[number](sample) == network(sample)
    assert len(set(found.maps)) == len(found.maps)


def test_on_a_boundary_the_map_is_that_of_the_literal_pattern() -> None:
    ridge = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    found = local_maps(ridge, [(-1,), (0,), (1,)])
    assert [tuple(map(int, row)) for row in found.matrix(0)] == [(-1, 0), (0, 0), (1, 0)]


def test_maxima_and_their_ties_have_rows_too() -> None:
    largest = Network([Maximum([(0, 1)])])
    found = local_maps(largest, [(0, 1), (2, 2), (3, -1)])
    assert [tuple(map(int, row)) for row in found.matrix(0)] == [(0, 1, 0), (1, 0, 0), (1, 0, 0)]


def test_rows_as_floats_are_the_exact_ones_rounded() -> None:
    network = gallery.get("hat2d")
    found = local_maps(network, grid_points(5, SQUARE))
    assert found.floats().shape == (1, 25, 3)
    assert np.array_equal(found.floats()[0], np.array(found.matrix(0), dtype=float))


@pytest.mark.parametrize("intercept", [True, False])
@given(pair=pairs())
def test_the_matrices_are_least_squares_for_all_samples(
    intercept: bool, pair: tuple[Network, Network, list[Any]]
) -> None:
    first, second, samples = pair
    sources, targets = (local_maps(network, samples) for network in (first, second))
    between = maps_between(sources, targets, intercept=intercept)
    for output, fit in enumerate(between.fits):
        rows = [(*row, 1) if intercept else row for row in sources.matrix(output)]
        assert check_least_squares(rows, targets.matrix(output), fit.solution)


@given(pairs())
def test_from_a_network_to_itself_every_sample_keeps_its_map(
    pair: tuple[Network, Network, list[Any]],
) -> None:
    network, _, samples = pair
    maps = local_maps(network, samples)
    between = maps_between(maps, maps)
    assert [between(found) for found in maps.maps] == list(maps.maps)
    assert all(fit.residual == 0 for fit in between.fits)


def torn(between: MapsBetween, complex_: PolyhedralComplex) -> set[tuple[int, int]]:
    """Return the neighbours whose facet's row is no left eigenvector where the network bends."""
    found = set()
    for first, second, _ in complex_.adjacencies:
        bend = complex_.affine_maps[second] - complex_.affine_maps[first]
        for fit, weights, constant in zip(between.fits, bend.weight, bend.bias, strict=True):
            row = (*weights, constant)
            columns = zip(*fit.solution[: len(row)], strict=True)
            image = [dot(row, column) for column in columns]
            if any(image) and rank([clear_denominators(v)[0] for v in (row, image)]) > 1:
                found.add((first, second))
    return found


@settings(max_examples=40)
@given(pairs())
def test_facets_are_torn_unless_their_row_is_an_eigenvector(
    pair: tuple[Network, Network, list[Any]],
) -> None:
    first, second, samples = pair
    between = maps_between(local_maps(first, samples), local_maps(second, samples))
    complex_ = regions(first)
    jumps = between.on(complex_).continuity.jumps
    assert {jump.regions for jump in jumps} == torn(between, complex_)


@settings(max_examples=20)
@given(pairs())
def test_facets_and_pieces_find_the_same_jumps(pair: tuple[Network, Network, list[Any]]) -> None:
    first, second, samples = pair
    complex_ = regions(first, SQUARE)
    assume(len(complex_) < 12)
    mapped = maps_between(local_maps(first, samples), local_maps(second, samples)).on(complex_)
    failures = mapped.piecewise().check_continuity().failures
    found = {failure.face.pieces for failure in failures if failure.face.is_facet}
    assert found == {jump.regions for jump in mapped.continuity.jumps}
    assert bool(failures) is not bool(mapped.continuity)
    for jump in mapped.continuity.jumps:
        (low, high), (below, above) = jump.regions, jump.values
        assert mapped.affine_maps[low](jump.point) == below != above
        assert mapped.affine_maps[high](jump.point) == above
        ends = complex_.points(jump.generators)
        difference = mapped.affine_maps[high] - mapped.affine_maps[low]
        assert jump.size == max(abs(value) for end in ends for value in difference(end))


def step(height: int) -> LocalMaps:
    return LocalMaps((AffineMap.of([[0]], [0]), AffineMap.of([[0]], [height])), (0, 1))


def test_a_fold_that_becomes_a_step_is_torn_and_fails_the_checks() -> None:
    mapped = maps_between(local_maps(FOLD, [(-1,), (1,)]), step(3)).on(regions(FOLD))
    (jump,) = mapped.continuity.jumps
    assert (jump.point, jump.values, jump.size) == ((0,), ((0,), (3,)), 3)
    assert mapped.continuity.largest == jump
    failed = {result.name for result in check(mapped.complex).results if result.passed is False}
    assert {"continuity", "evaluation"} <= failed


def test_a_jump_that_grows_along_a_facet_has_no_bound() -> None:
    crease = Network([([[1, 0]], [0], "relu")])
    slope = LocalMaps((AffineMap.of([[0, 0]], [0]), AffineMap.of([[0, 1]], [0])), (0, 1))
    between = maps_between(local_maps(crease, [(-1, 0), (1, 0)]), slope)
    (jump,) = between.on(regions(crease)).continuity.jumps
    assert jump.size is None
    assert jump.point[0] == 0
    assert jump.values[0] != jump.values[1]
    (bounded,) = between.on(regions(crease, SQUARE)).continuity.jumps
    assert bounded.size == 1
    assert "differ without bound" in str(jump)


def test_a_constant_network_has_no_facets_and_is_continuous() -> None:
    flat = Network([([[0, 0]], [1], "linear")])
    maps = local_maps(flat, [(0, 0)])
    mapped = maps_between(maps, maps).on(regions(flat))
    assert mapped.continuity
    assert str(mapped.continuity) == "continuous: the maps agree on all 0 facets"
    assert mapped.continuity.largest is None
    assert mapped((5, 7)) == (1,)


def test_xor_with_two_units_is_torn_along_its_only_facet_of_the_square() -> None:
    small, wide = (gallery.run(name).networks[-1] for name in ("xor-2", "xor-20"))
    samples = grid_points(21, SQUARE)
    between = maps_between(local_maps(small, samples), local_maps(wide, samples))
    (fit,) = between.fits
    assert (fit.rank, fit.is_unique) == (3, False)
    continuity = between.on(regions(small, SQUARE)).continuity
    assert (continuity.facets, continuity.bends, len(continuity.jumps)) == (1, 1, 1)
    assert not continuity


def test_the_value_on_a_boundary_is_that_of_the_literal_pattern() -> None:
    mapped = maps_between(local_maps(FOLD, [(-1,), (1,)]), step(1)).on(regions(FOLD))
    assert [mapped((x,)) for x in (Fraction(-1, 9), 0, Fraction(1, 9))] == [(0,), (0,), (1,)]


def test_samples_and_networks_that_do_not_fit_are_refused() -> None:
    one, two = local_maps(FOLD, [(0,)]), local_maps(FOLD, [(0,), (1,)])
    with pytest.raises(OptionError, match=r"the same samples .* got 1 and 2"):
        maps_between(one, two)
    plane = local_maps(gallery.get("xor"), [(0, 0)])
    with pytest.raises(DimensionError, match="got 1 -> 1 and 2 -> 1"):
        maps_between(one, plane)
    with pytest.raises(OptionError, match="one sample or more"):
        local_maps(FOLD, [])
    with pytest.raises(DimensionError, match="sample 1: "):
        local_maps(FOLD, [(0,), (0, 1)])
    between = maps_between(one, one)
    with pytest.raises(DimensionError, match="with 1 outputs is required, got 2"):
        between(AffineMap.of([[1], [1]], [0, 0]))
    with pytest.raises(DimensionError, match="with 1 inputs is required, got 2"):
        between(AffineMap.of([[1, 1]], [0]))
    with pytest.raises(OptionError, match="2 points a side or more, got 1"):
        grid_points(1, [(0, 1)])
