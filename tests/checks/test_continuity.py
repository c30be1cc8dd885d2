"""Continuity across facets, with jumps at vertices, along rays and along lines."""

import pytest

import broken
from exactpwl import AffineMap, Network, PolyhedralComplex, regions
from exactpwl.checks import check_continuity
from exactpwl.checks.continuity import first_jump


def test_all_facets_are_compared(deep: PolyhedralComplex) -> None:
    result = check_continuity(deep)
    assert (result.status, result.checked, result.evidence) == ("passed", 18, "all 18 facets")


def test_one_region_has_no_facet() -> None:
    result = check_continuity(regions(Network([([[1, 2]], [0], "linear")])))
    assert (result.status, result.evidence) == ("not applicable", "no two regions share a facet")


def test_jump_at_a_vertex(xor: PolyhedralComplex) -> None:
    result = check_continuity(broken.shifted_map(xor, 1))
    assert (result.status, result.checked) == ("failed", 1)
    assert result.failure == (
        "regions 00 and 10 share a facet through (0, -1), where their maps have the values -1 and "
        "0: a jump of 1"
    )


def test_jump_along_a_ray_only() -> None:
    """Four quadrants: at the origin every map is 0."""
    quadrants = regions(Network([([[1, 0], [0, 1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]))
    failure = check_continuity(broken.tilted_map(quadrants, 0, 0)).failure
    assert failure is not None
    assert "through (-1, 0)" in failure
    assert failure.endswith("the values -1 and 0: a jump of 1")


def test_jump_along_a_line_only() -> None:
    """relu(x) in the plane: on x = 0 the only generator is the origin, y is the lineality."""
    fold = regions(Network([([[1, 0]], [0], "relu")]))
    assert fold.lines == ((0, 1),)
    failure = check_continuity(broken.tilted_map(fold, 1, 1)).failure
    assert failure is not None
    assert "share a facet through (0, 1)" in failure


def test_step_function_has_a_jump_at_every_facet(deep: PolyhedralComplex) -> None:
    """Not a network's function: constant on each region, another constant on each."""
    steps = [AffineMap.of([[0, 0]], [i]) for i in range(len(deep))]
    result = check_continuity(broken.rebuilt(deep, maps=steps))
    assert result.status == "failed"
    assert "their maps have the values 0 and 1: a jump of 1" in str(result.failure)


@pytest.mark.parametrize(
    ("generators", "point"),
    [([(1, 1, 1)], (1, 1)), ([(0, 3, 2), (1, 1, 0)], (1, "5/2")), ([(0, 0, 1), (0, 1, 0)], None)],
)
def test_first_jump(generators: list[tuple[int, ...]], point: tuple[int, int] | None) -> None:
    """x against 2x: they agree where x = 0."""
    first, second = AffineMap.of([[1, 0]], [0]), AffineMap.of([[2, 0]], [0])
    jump = first_jump(first, second, generators)
    assert (jump and tuple(map(str, jump.point))) == (point and tuple(map(str, point)))
