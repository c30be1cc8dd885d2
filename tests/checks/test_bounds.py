"""Upper bounds of Serra et al. and Montufar."""

import pytest

import broken
from exactpwl import Network, PolyhedralComplex, regions
from exactpwl.checks import check_bounds


def test_relu_has_serra(deep: PolyhedralComplex, boxed: PolyhedralComplex) -> None:
    assert check_bounds(deep).evidence == "13 regions, at most 25 (Serra et al. 2018)"
    assert check_bounds(boxed).passed


@pytest.mark.parametrize(("activation", "bound"), [("abs", 7), ("hard_tanh", 19)])
def test_others_have_montufar(activation: str, bound: int) -> None:
    rows = [[1, 0], [0, 1], [1, 1]]
    one = Network([(rows, [0, 0, 1], activation)])
    assert check_bounds(regions(one)).evidence.endswith(f"at most {bound} (Montufar 2017)")


def test_absolute_values_reach_16_where_serra_says_11() -> None:
    """|x|, |y| fold the plane four times onto a quadrant, which two more lines cut in 4."""
    fold = Network(
        [
            ([[1, 0], [0, 1]], [0, 0], "abs"),
            ([[2, 1], [1, 2]], [-2, -2], "relu"),
            ([[1, 1]], [0], "linear"),
        ]
    )
    assert check_bounds(regions(fold)).evidence == "16 regions, at most 16 (Montufar 2017)"


def test_a_narrow_linear_layer_lowers_the_bound() -> None:
    narrow = Network([([[1, 1]], [0], "linear"), ([[1]] * 3, [0, 1, 2], "relu")])
    assert check_bounds(regions(narrow)).evidence == "4 regions, at most 4 (Serra et al. 2018)"


def test_too_many_regions(xor: PolyhedralComplex) -> None:
    cells = xor.cells * 2
    result = check_bounds(broken.rebuilt(xor, cells=cells))
    assert result.status == "failed"
    assert result.failure == ("6 regions, but between 1 and 4 are possible (Serra et al. 2018)")


def test_too_few_regions(xor: PolyhedralComplex) -> None:
    assert not check_bounds(broken.rebuilt(xor, cells=())).passed
