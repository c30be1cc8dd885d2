"""Homology of a filtered cell complex over the field of two elements: what is born, what dies.

The cells are put into an order in which each stands after its boundary.  A cell that enters either
makes a new cycle or fills an old one: the columns of the boundary matrix, in this order, are
reduced from left to right until no two have their last entry in the same row; then a column with
its last entry in row i pairs cell i, which made the cycle, with the cell that fills it
(Edelsbrunner, Letscher & Zomorodian 2002; Zomorodian & Carlsson 2005).  Columns are sets, a sum is
a symmetric difference.

Dimensions are taken from the highest down: what a column of dimension k shows to make a cycle of
dimension k - 1 needs no reduction of its own (Chen & Kerber 2011, persistent homology computation
with a twist).

**The field.**  Over F2 no signs are needed.  Betti numbers over Q are the same where homology has
no torsion, as for all sets here up to three inputs; see `exactpwl.questions.rational_homology`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exactpwl.questions.dual_cells import DualCells

__all__ = ["Pairing", "betti_numbers", "paired"]


class Pairing(NamedTuple):
    """Which cell fills the cycle that which cell made.

    Attributes
    ----------
    pairs : tuple of (int, int)
        The cell that makes a cycle, and the one that fills it.
    unfilled : tuple of int
        Cells whose cycle nothing fills.
    """

    pairs: tuple[tuple[int, int], ...]
    unfilled: tuple[int, ...]


def paired(cells: DualCells, order: Sequence[int]) -> Pairing:
    """Return how the cells of a subcomplex pair when they enter in some order.

    Parameters
    ----------
    cells : DualCells
    order : sequence of int
        Cells, each after those of its boundary.

    Examples
    --------
    The square of four quadrants: a point that stays, three edges that join the other three, one
    that closes a circle, and the square that fills it.

    >>> from exactpwl import Network, regions
    >>> from exactpwl.questions.dual_cells import dual_cells
    >>> cross = dual_cells(regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")])).faces)
    >>> found = paired(cross, range(9))
    >>> len(found.pairs), found.unfilled, found.pairs[0]
    (4, (0,), (7, 8))
    """
    place = {cell: i for i, cell in enumerate(order)}
    by_dimension: dict[int, list[int]] = {}
    for i, cell in enumerate(order):
        by_dimension.setdefault(cells.dimensions[cell], []).append(i)
    makers: set[int] = set()
    pairs: list[tuple[int, int]] = []
    unfilled: list[int] = []
    for dimension in sorted(by_dimension, reverse=True):
        columns: dict[int, set[int]] = {}
        for i in by_dimension[dimension]:
            if i in makers:
                continue
            last = _reduce({place[c] for c in cells.boundaries[order[i]]}, columns)
            if last is None:
                unfilled.append(order[i])
            else:
                pairs.append((order[last], order[i]))
        makers = set(columns)
    return Pairing(tuple(pairs), tuple(reversed(unfilled)))


def _reduce(column: set[int], columns: dict[int, set[int]]) -> int | None:
    """Add columns until the last entry is a new one, and keep the sum under it."""
    while column:
        last = max(column)
        other = columns.get(last)
        if other is None:
            columns[last] = column
            return last
        column ^= other
    return None


def betti_numbers(cells: DualCells, chosen: Iterable[int], count: int) -> tuple[int, ...]:
    """Return the first Betti numbers over F2 of a subcomplex.

    Parameters
    ----------
    cells : DualCells
    chosen : iterable of int
        Its cells; with each its boundary, in an order that keeps the boundaries before.
    count : int
        How many numbers.
    """
    dimensions = [cells.dimensions[cell] for cell in paired(cells, list(chosen)).unfilled]
    return tuple(dimensions.count(k) for k in range(count))
