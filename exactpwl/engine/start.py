"""Where a subdivision starts: the domain as one cell, modulo the lineality space.

Functions that do not depend on some direction leave whole lines in every cell.  Let r be the rank
of the domain's rows and of the first kinks' rows together, L their kernel (the lineality space).
The d - r coordinates outside r pivot columns are fixed to 0: every cell is then pointed once the
first stage is done, points stay points of R^d, and equal faces have equal generators.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import mul
from typing import Any

from flint import fmpz_mat

from exactpwl.domain import Domain
from exactpwl.engine.cell import Cell, Vector, cut, whole_space
from exactpwl.errors import DomainError, TooLargeError
from exactpwl.stages import Stages

__all__ = ["Start", "start"]

MOST_START_DIRECTIONS = 16
MOST_DOMAIN_GENERATORS = 1 << 16


@dataclass(frozen=True)
class Start:
    """The domain as a cell, and the lineality space.

    Attributes
    ----------
    cell : Cell
    axes : tuple of int
        The r pivot coordinates; the others are 0 on every generator.
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
        If the first stage alone must give more than 2^16 regions, or the domain has more than
        2^16 vertices and directions.
    """
    size = stages.dimension
    domain_rows = [list(normal) for normal, _ in domain.rows]
    kink_rows = (
        [list(stages.stages[0].rows[i][:-1]) for i, _, _ in stages.stages[0].kinks]
        if (stages.stages)
        else []
    )
    used = [row for row in domain_rows + kink_rows if any(row)]
    pivots, lines = _pivots_and_kernel(used, size)
    free = len(pivots) - _rank(domain_rows)
    if free > MOST_START_DIRECTIONS:
        raise TooLargeError(
            f"{free} independent hyperplanes of the first layer are not bounded by the domain, so "
            f"there are at least 2^{free} regions; a domain (a box: --box LO HI) would help"
        )
    cell = whole_space(size, pivots)
    for index, (normal, offset) in enumerate(domain.rows):
        cell = _keep_inside(cell, (*normal, offset), index, len(pivots), domain)
    return Start(cell, tuple(pivots), len(pivots), lines)


def _keep_inside(cell: Cell, row: Vector, index: int, rank: int, domain: Domain) -> Cell:
    def sides(point: Vector, mask: int) -> tuple[int, int]:
        value = sum(map(mul, row, point))
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


def _rank(rows: list[list[int]]) -> int:
    return int(fmpz_mat(rows).rank()) if rows else 0


def _pivots_and_kernel(
    rows: list[list[int]], size: int
) -> tuple[list[int], tuple[tuple[int, ...], ...]]:
    if not rows:
        return [], tuple(tuple(int(i == j) for i in range(size)) for j in range(size))
    reduced, denominator, rank = fmpz_mat(rows).rref()
    table = [[int(v) for v in row] for row in reduced.tolist()[:rank]]
    pivots = [next(j for j, v in enumerate(row) if v) for row in table]
    kernel = [
        _kernel_vector(table, pivots, j, int(denominator), size)
        for j in range(size)
        if j not in pivots
    ]
    return pivots, tuple(kernel)


def _kernel_vector(
    table: list[list[int]], pivots: list[int], column: int, denominator: int, size: int
) -> tuple[int, ...]:
    from exactpwl.rationals import primitive

    vector: list[Any] = [0] * size
    vector[column] = denominator
    for row, pivot in zip(table, pivots, strict=True):
        vector[pivot] = -row[column]
    return primitive(vector)
