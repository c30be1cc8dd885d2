"""Where a subdivision starts: the domain as one cell, modulo the lineality space.

Functions that do not depend on some direction leave whole lines in every cell.  The lineality space
L holds the directions on which no domain row and no kink depends.  It is known before the first
cut: along a direction that no kink of the first stages depends on, only the neurons without a
breakpoint change, by the same slope everywhere, so whether a later kink depends on it is one matrix
product, the same for all cells.

With r = d - dim L, the d - r pivot coordinates of L are fixed to 0: finished cells are pointed,
points stay points of R^d, and equal faces have equal generators.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpz_mat

from exactpwl.domain import Domain
from exactpwl.engine.cell import Cell, Vector, cut, dot, whole_space
from exactpwl.errors import DomainError, TooLargeError
from exactpwl.linear import rank
from exactpwl.rationals import primitive
from exactpwl.stages import Stages

__all__ = ["Start", "lineality_space", "start"]

MOST_START_DIRECTIONS = 16
MOST_DOMAIN_GENERATORS = 1 << 16


@dataclass(frozen=True)
class Start:
    """The domain as a cell, and the lineality space.

    Attributes
    ----------
    cell : Cell
    axes : tuple of int
        The r coordinates that vary; the others are 0 on every generator.
    rank : int
        d less the dimension of the lineality space.
    lines : tuple of primitive integer vectors of R^d
        A basis of the lineality space.
    """

    cell: Cell
    axes: tuple[int, ...]
    rank: int
    lines: tuple[tuple[int, ...], ...]


def start(stages: Stages, domain: Domain) -> Start:
    """Return the domain as the first cell.

    Raises
    ------
    DomainError
        If the domain is empty or flat.
    TooLargeError
        If there must be more than 2^16 regions because of as many directions with a kink, or the
        domain has more than 2^16 vertices and directions.
    """
    lines = lineality_space(stages, domain)
    axes = _other_coordinates(lines, stages.dimension)
    free = len(axes) - rank(normal for normal, _ in domain.rows)
    if free > MOST_START_DIRECTIONS:
        raise TooLargeError(
            f"{free} independent directions are not bounded by the domain and each has a kink, so "
            f"there are at least 2^{free} regions; a domain (a box: --box LO HI) would help"
        )
    cell = whole_space(stages.dimension, axes)
    for index, (normal, offset) in enumerate(domain.rows):
        cell = _keep_inside(cell, (*normal, offset), index, len(axes), domain)
    return Start(cell, axes, len(axes), lines)


def _keep_inside(cell: Cell, row: Vector, index: int, rank: int, domain: Domain) -> Cell:
    def sides(point: Vector, mask: int) -> tuple[int, int]:
        value = dot(row, point)
        return (int(value > 0) & mask, int(value < 0) & mask)

    looked = cell.with_sides([sides(g, 1) for g in cell.generators])
    _, inside = cut(looked, row, 1, domain_bit(index), rank, sides)
    if inside is None:
        raise DomainError(
            f"a full-dimensional domain is required, but {domain} has no interior: row {index} "
            "and the rows before it leave none; for a flat domain use a section instead"
        )
    if len(inside.generators) > MOST_DOMAIN_GENERATORS:
        raise TooLargeError(
            f"the domain has more than {MOST_DOMAIN_GENERATORS} vertices and directions; "
            "take fewer inputs (a section) or a domain with fewer vertices, such as a simplex"
        )
    return inside


def domain_bit(index: int) -> int:
    """Return the bit in `tight` of the domain's row; bit 0 is t >= 0."""
    return 2 << index


def lineality_space(stages: Stages, domain: Domain) -> tuple[Vector, ...]:
    """Return a basis of the directions on which neither the domain nor a kink depends."""
    size = stages.dimension
    rows = [list(normal) for normal, _ in domain.rows]
    basis = _kernel(rows, size)
    hidden = fmpz_mat(
        size + 1, len(basis), [v[i] for i in range(size) for v in basis] + [0] * len(basis)
    )
    for stage in stages.stages:
        if not basis:
            break
        pre = stage.lift(hidden).tolist()
        combinations = _kernel(list(stage.kink_values(pre)), len(basis))
        basis = _combined(basis, combinations, size)
        kept = fmpz_mat(
            len(pre[0]), len(basis), [c[i] for i in range(len(pre[0])) for c in combinations]
        )
        hidden = stage.act((fmpz_mat(pre) * kept).tolist(), [0] * stage.width)
    return tuple(map(primitive, basis))


def _combined(basis: Sequence[Vector], combinations: Sequence[Vector], size: int) -> list[Vector]:
    return [
        tuple(sum(c * v[i] for c, v in zip(combination, basis, strict=True)) for i in range(size))
        for combination in combinations
    ]


def _kernel(rows: Sequence[Sequence[Any]], size: int) -> list[Vector]:
    """Return a basis of {v : rows v = 0}."""
    if not any(any(row) for row in rows):
        return [tuple(int(i == j) for i in range(size)) for j in range(size)]
    table, pivots, denominator = _reduced(rows)
    kernel = []
    for column in (j for j in range(size) if j not in pivots):
        vector = [0] * size
        vector[column] = denominator
        for row, pivot in zip(table, pivots, strict=True):
            vector[pivot] = -row[column]
        kernel.append(primitive(vector))
    return kernel


def _other_coordinates(lines: Sequence[Vector], size: int) -> tuple[int, ...]:
    """Return coordinates such that the lines and these axes span R^d."""
    pivots = _reduced(lines)[1] if lines else []
    return tuple(j for j in range(size) if j not in pivots)


def _reduced(rows: Sequence[Sequence[Any]]) -> tuple[list[list[int]], list[int], int]:
    reduced, denominator, rank = fmpz_mat([list(row) for row in rows]).rref()
    table = [[int(v) for v in row] for row in reduced.tolist()[:rank]]
    return table, [next(j for j, v in enumerate(row) if v) for row in table], int(denominator)
