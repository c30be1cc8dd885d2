"""The first layer against Zaslavsky's theorem and the generic formulas."""

import random
from typing import Any

import pytest

import broken
from exactpwl import Network, PolyhedralComplex, regions
from exactpwl.checks import Effort, check_generic, check_zaslavsky


def generic_network(dimension: int, hyperplanes: int) -> Network:
    draw = random.Random(dimension * 100 + hyperplanes)
    rows = [[draw.randint(-99, 99) for _ in range(dimension)] for _ in range(hyperplanes)]
    return Network([(rows, [draw.randint(-99, 99) for _ in rows], "relu")])


@pytest.mark.parametrize(
    ("dimension", "hyperplanes", "source", "count"),
    [
        (1, 5, "the sum of C(5,i) for i <= 1", 6),
        (2, 8, "A000124(8)", 37),
        (3, 6, "A000125(6)", 42),
        (4, 5, "the sum of C(5,i) for i <= 4", 31),
    ],
)
def test_generic(dimension: int, hyperplanes: int, source: str, count: int) -> None:
    complex_ = regions(generic_network(dimension, hyperplanes))
    result = check_generic(complex_)
    assert (result.status, result.checked) == ("passed", count)
    assert result.evidence.startswith(f"{source} = {count}: {count} regions, ")
    assert check_zaslavsky(complex_).passed


@pytest.mark.parametrize("activation", ["relu", "abs", "hard_tanh", "leaky_relu:1/50"])
def test_any_first_layer(activation: str) -> None:
    """Parallel, repeated and concurrent lines, and a row of zeros."""
    rows = [[1, 0], [2, 0], [0, 1], [1, 1], [-1, -1], [0, 0]]
    result = check_zaslavsky(regions(Network([(rows, [0, 1, 0, 0, 0, 3], activation)])))
    assert result.status == "passed"


def test_deeper_layers_do_not_matter(deep: PolyhedralComplex) -> None:
    assert check_zaslavsky(deep).evidence == (
        "3 hyperplanes, chi = (3, -3, 1) from the constant up: 7 regions of the first layer, 1 of "
        "them bounded"
    )
    assert check_generic(deep).checked == 7


def test_linear_layers_come_first() -> None:
    network = Network([([[1, 1], [0, 2]], [1, 0], "linear"), ([[1, 0], [0, 1]], [0, 0], "relu")])
    assert check_zaslavsky(regions(network)).checked == 4


def test_no_kink_at_all() -> None:
    line = regions(Network([([[1, 2]], [0], "linear")]))
    assert check_zaslavsky(line).passed
    assert check_generic(line).evidence == "the first layer has no hyperplane"


def test_missing_region(deep: PolyhedralComplex) -> None:
    missing = broken.missing_region(deep, 1)
    assert check_zaslavsky(missing).failure == (
        "the complex has 6 regions of the first layer, 1 of them bounded; Zaslavsky's theorem "
        "gives 7, 1 of them bounded"
    )
    assert check_generic(missing).failure == (
        "the complex has 6 regions of the first layer, 1 of them bounded; A000124(3) gives 7, 1 of "
        "them bounded"
    )


def test_bounded_region_taken_for_unbounded(deep: PolyhedralComplex) -> None:
    region = next(r for r in deep.regions if r.is_bounded)
    wrong = broken.moved_vertex(deep, region.generators[0], (-1, -1, 0), [region.index])
    assert "0 of them bounded; A000124(3) gives 7, 1" in str(check_generic(wrong).failure)


@pytest.mark.parametrize("check", [check_zaslavsky, check_generic])
def test_not_over_a_domain(check: Any, boxed: PolyhedralComplex) -> None:
    result = check(boxed)
    assert result.status == "not applicable"
    assert result.evidence == (
        "the theorem counts regions of R^d, not of the box [-2, 2] x [-2, 2]"
    )


def test_not_generic(xor: PolyhedralComplex) -> None:
    result = check_generic(xor)
    assert result.status == "not applicable"
    assert "2 hyperplanes are not in general position" in result.evidence


def test_budget(deep: PolyhedralComplex) -> None:
    result = check_zaslavsky(deep, Effort(budget=1e-6))
    assert result.evidence.startswith("7 possible flats of 3 hyperplanes would take about")
