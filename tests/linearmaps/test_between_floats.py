"""Least squares in floating point: the same as the exact ones, where floats can tell the rank."""

import numpy as np
import pytest

from exactpwl import Network, gallery
from exactpwl.errors import DimensionError, OptionError
from exactpwl.linearmaps import (
    LocalMaps,
    float_maps_between,
    grid_points,
    local_maps,
    maps_between,
)

SAMPLES = grid_points(21, [(-1, 1), (-1, 1)])


def runs(*names: str) -> list[LocalMaps]:
    return [local_maps(gallery.run(name).networks[-1], SAMPLES) for name in names]


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("names", [("xor-2", "xor-20"), ("xor-20", "xor-2"), ("xor-2", "xor-2")])
def test_floats_find_the_exact_matrices(names: tuple[str, str], intercept: bool) -> None:
    first, second = runs(*names)
    exact = maps_between(first, second, intercept=intercept)
    (found,) = float_maps_between(first, second, intercept=intercept)
    assert found.ranks == tuple(fit.rank for fit in exact.fits)
    expected = np.array([fit.solution for fit in exact.fits], dtype=float)
    assert np.allclose(found.matrices, expected, atol=1e-9)


def test_values_at_samples_are_those_of_the_mapped_rows() -> None:
    first, second = runs("xor-20", "xor-2")
    exact = maps_between(first, second)
    (found,) = float_maps_between(first, second)
    values = found.values(first, np.array(SAMPLES, dtype=float))
    expected = [
        exact(first.maps[number])(point)
        for number, point in zip(first.numbers, SAMPLES, strict=True)
    ]
    assert values.shape == (441, 1)
    assert np.allclose(values, np.array(expected, dtype=float))


def test_each_target_has_its_own_matrices() -> None:
    first, second, third = runs("xor-20", "xor-2", "xor-20")
    both = float_maps_between(first, second, third)
    for target, found in zip((second, third), both, strict=True):
        (alone,) = float_maps_between(first, target)
        assert np.allclose(found.matrices, alone.matrices)
    assert np.allclose(both[1].matrices[0], np.eye(4, 3), atol=1e-9)


def test_rows_that_do_not_fit_are_refused() -> None:
    first = local_maps(gallery.get("xor"), [(0, 0), (1, 1)])
    line = local_maps(Network([([[1]], [0], "relu")]), [(0,), (1,)])
    with pytest.raises(DimensionError, match="rows of one shape"):
        float_maps_between(first, line)
    (found,) = float_maps_between(first, first)
    with pytest.raises(DimensionError, match=r"rows of shape \(1, samples, 3\) are required"):
        found.rows(line.floats())
    with pytest.raises(OptionError, match=r"points of shape \(2, 2\) are required"):
        found.values(first, np.zeros((3, 2)))
