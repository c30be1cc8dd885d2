"""Zaslavsky's counts, generic arrangements and the bounds for deep networks."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

import pytest

from exactpwl.errors import TooLargeError
from exactpwl.theory import (
    Arrangement,
    arrangement,
    cake,
    characteristic,
    generic_bounded_regions,
    generic_regions,
    lazy_caterer,
    montufar_bound,
    serra_bound,
)


def moment_curve(dimension: int, count: int) -> Arrangement:
    """Return generic hyperplanes: normals on the moment curve, all offsets 1."""
    normals = [[i**k for k in range(1, dimension + 1)] for i in range(1, count + 1)]
    return Arrangement.from_rows(normals, [1] * count, dimension)


def resonance(n: int) -> Arrangement:
    normals = [v for v in itertools.product((0, 1), repeat=n) if any(v)]
    return Arrangement.from_rows(normals, [0] * len(normals))


def whitney_polynomial(rows: Arrangement) -> tuple[int, ...]:
    """Return the characteristic polynomial by Whitney's theorem: over all central subsets."""
    coefficients = [0] * (rows.dimension + 1)
    for size in range(len(rows.hyperplanes) + 1):
        for subset in itertools.combinations(rows.hyperplanes, size):
            part = Arrangement(rows.dimension, subset)
            if part.is_central:
                coefficients[rows.dimension - part.rank] += (-1) ** size
    return tuple(coefficients)


def test_every_arrangement_of_the_ground_truth(ground_truth: dict[str, Any]) -> None:
    for case in ground_truth["arrangements"]:
        rows = Arrangement.from_rows(case["normals"], case["offsets"], case["dim"])
        name = case["name"]
        polynomial = case["characteristic_polynomial_low_to_high"]
        assert list(rows.characteristic_polynomial) == polynomial, name
        assert rows.regions == case["regions"], name
        assert rows.bounded_regions == case["bounded_regions"], name
        assert rows.relatively_bounded_regions == case["relatively_bounded_regions"], name
        if "f_vector" in case:
            assert list(rows.f_vector) == case["f_vector"], name
        if "f_vector_bounded" in case:
            assert list(rows.bounded_f_vector) == case["f_vector_bounded"], name
        if "facet_adjacencies" in case:
            assert rows.f_vector[-2] == case["facet_adjacencies"], name


@pytest.mark.parametrize("seed", range(25))
def test_random_degenerate_arrangements_against_whitney(seed: int) -> None:
    rng = random.Random(seed)
    dimension = rng.randint(1, 4)
    count = rng.randint(0, 7)
    normals = [[rng.randint(-1, 1) for _ in range(dimension)] for _ in range(count)]
    offsets = [rng.choice((0, 0, 1, Fraction(-1, 2))) for _ in range(count)]
    rows = Arrangement.from_rows(normals, offsets, dimension)
    assert rows.characteristic_polynomial == whitney_polynomial(rows)
    assert sum((-1) ** k * f for k, f in enumerate(rows.f_vector)) == (-1) ** dimension
    bounded = sum((-1) ** k * f for k, f in enumerate(rows.bounded_f_vector))
    assert bounded == (1 if rows.rank == dimension else 0)


@pytest.mark.parametrize(("dimension", "count"), [(1, 5), (2, 8), (2, 24), (3, 20), (6, 9)])
def test_generic_arrangements(dimension: int, count: int) -> None:
    rows = moment_curve(dimension, count)
    assert rows.is_generic
    assert rows.regions == generic_regions(dimension, count)
    assert rows.bounded_regions == generic_bounded_regions(dimension, count)


@pytest.mark.parametrize(
    ("normals", "offsets"),
    [
        ([[1, 0], [1, 0]], [0, 1]),
        ([[1, 0], [0, 1], [1, 1]], [0, 0, 0]),
        ([[1, 0, 0], [0, 1, 0], [1, 1, 0]], [0, 0, 1]),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], [0, 0, 0, 0]),
    ],
    ids=["parallel", "concurrent", "dependent normals", "four planes through a point"],
)
def test_special_position_is_not_generic(normals: list[list[int]], offsets: list[int]) -> None:
    assert not Arrangement.from_rows(normals, offsets).is_generic


def test_repeated_and_constant_rows_are_dropped() -> None:
    rows = Arrangement.from_rows(
        [[1, 2], ["1/2", 1], [-2, -4], [0, 0], [0, 0]], [1, "1/2", -2, 0, 5]
    )
    assert rows.hyperplanes == ((1, 2, 1),)
    assert rows.characteristic_polynomial == (0, -1, 1)


def test_no_hyperplane_at_all() -> None:
    space = Arrangement.from_rows([], [], dimension=3)
    assert space.characteristic_polynomial == (0, 0, 0, 1)
    assert (space.regions, space.relatively_bounded_regions, space.bounded_regions) == (1, 1, 0)
    assert space.f_vector == (0, 0, 0, 1)
    assert space.is_central


def test_central() -> None:
    assert resonance(3).is_central
    assert not moment_curve(2, 3).is_central


def test_polygonal_numbers() -> None:
    assert [lazy_caterer(n) for n in (8, 24)] == [37, 301]
    assert cake(20) == 1351
    assert generic_bounded_regions(2, 0) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Arrangement.from_rows([], []), "the dimension is required"),
        (
            lambda: Arrangement.from_rows([[1, 2], [1]], [0, 0]),
            "normal 1: 2 entries are required, got 1",
        ),
        (lambda: Arrangement.from_rows([[1, 2]], []), "1 normals, 0 offsets"),
        (lambda: generic_regions(-1, 3), "must be 0 or more"),
        (lambda: montufar_bound(-1, [2]), "input dimension must be 0 or more, got -1"),
        (lambda: montufar_bound(2, [2], []), "pieces of 1 layers are required, got 0"),
        (lambda: montufar_bound(2, [2], [[2]]), "layer 0: .* got width 2 and 1 numbers"),
        (lambda: montufar_bound(2, [2, 0]), "layer 1: a width of 1 or more"),
        (lambda: montufar_bound(2, [2], [[2, 0]]), "1 piece or more, got 0"),
        (lambda: serra_bound(2, [2], [[2, 3]]), "layer 0: Serra's bound is for ReLUs"),
    ],
)
def test_messages(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_too_many_flats_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(characteristic, "FLAT_LIMIT", 210)
    assert moment_curve(3, 20).regions == 1351
    monkeypatch.setattr(characteristic, "FLAT_LIMIT", 209)
    with pytest.raises(TooLargeError, match=r"at most 209 flats of rank 2, .* 21 hyperplanes .* 4"):
        _ = moment_curve(3, 20).regions


def test_flats_of_many_dimensions_take_more_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the 21 hyperplanes of the cone in R^4 has a kernel of 3 x 4 numbers."""
    monkeypatch.setattr(characteristic, "KERNEL_LIMIT", 210 * 2 * 4)
    assert moment_curve(3, 20).regions == 1351
    monkeypatch.setattr(characteristic, "KERNEL_LIMIT", 210 * 2 * 4 - 1)
    with pytest.raises(TooLargeError, match="at most 209 flats of rank 2"):
        _ = moment_curve(3, 20).regions


def test_too_many_flats_for_faces_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrangement, "RESTRICTION_LIMIT", 26)
    assert moment_curve(3, 5).f_vector == (10, 40, 55, 26)
    monkeypatch.setattr(arrangement, "RESTRICTION_LIMIT", 25)
    with pytest.raises(TooLargeError, match=r"at most 25 flats .* 5 hyperplanes in dimension 3"):
        _ = moment_curve(3, 5).f_vector


@pytest.mark.parametrize(
    ("inputs", "widths", "montufar", "serra"),
    [
        (1, [1, 1], 4, 3),
        (2, [3, 3], 49, 40),
        (4, [5, 3], 248, 218),
        (10, [5, 10], 20416, 4944),
        (3, [], 1, 1),
    ],
)
def test_bounds(inputs: int, widths: list[int], montufar: int, serra: int) -> None:
    assert montufar_bound(inputs, widths) == montufar
    assert serra_bound(inputs, widths) == serra


def test_one_layer_of_more_pieces_reaches_the_bound() -> None:
    """Parallel families, generic to each other: k pieces are k - 1 parallel hyperplanes."""
    pieces = [3, 2, 4]
    normals = [
        n for n, k in zip(([1, 0], [0, 1], [1, 1]), pieces, strict=True) for _ in range(k - 1)
    ]
    families = Arrangement.from_rows(normals, [0, 1, 0, "1/3", "1/7", "1/11"])
    assert families.regions == montufar_bound(2, [3], [pieces]) == 18


def test_linear_layers_only_narrow() -> None:
    plain = montufar_bound(3, [4, 2, 5], [[2] * 4, [1] * 2, [2] * 5])
    assert plain == generic_regions(3, 4) * generic_regions(2, 5)
    assert serra_bound(3, [1, 5], [[1], [2] * 5]) == 6


def test_absolute_values_pass_serras_number() -> None:
    """|x|, |y| and two more lines make 16 regions, where Serra's number is 11."""
    grid = [Fraction(i, 4) for i in range(-23, 24, 2)]
    patterns = set()
    for x, y in itertools.product(grid, grid):
        u, v = abs(x), abs(y)
        patterns.add((x > 0, y > 0, u + 2 * v > 4, 2 * u + v > 4))
    assert len(patterns) == 16 == montufar_bound(2, [2, 2])
    assert serra_bound(2, [2, 2]) == 11
