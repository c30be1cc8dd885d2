"""From masks of tight inequalities to rows of simple corners, and back."""

from __future__ import annotations

from typing import Any

import numpy as np

from exactpwl.engine.corners import Corners, Waiting, joined
from exactpwl.engine.layout import Layout
from exactpwl.engine.rows import RowTable
from exactpwl.engine.stage_work import StageWork
from exactpwl.engine.words import Ints, Words, count, lowest, put

__all__ = ["masks_of_rows", "sorted_by_kind", "tight_kinks", "with_masks"]


def masks_of_rows(numbers: Ints, rows: RowTable, layout: Layout) -> Words:
    """Return for each corner the mask of its tight rows."""
    bits = rows.bits.rows[numbers]
    found = np.zeros((len(numbers), layout.words), dtype=np.uint64)
    for column in range(bits.shape[1]):
        put(found, bits[:, column])
    return found


def with_masks(corners: Corners, work: StageWork) -> Corners:
    """Return corners with masks for simple ones with rows."""
    return corners._replace(tight=masks_of_rows(corners.tight, work.rows, work.layout))


def sorted_by_kind(simple: Corners, general: Corners, work: StageWork) -> tuple[Waiting, Waiting]:
    """Return the cells with simple corners alone, with rows, and the others.

    Their origins number the simple ones first.
    """
    first = np.arange(len(simple.sizes))
    second = np.arange(len(first), len(first) + len(general.sizes))
    plain = np.zeros(len(second), dtype=bool)
    if len(second):
        plain = np.logical_and.reduceat(count(general.tight) == work.rank, general.starts)
    if plain.any():
        found = general.chosen(plain)
        owner = second[plain].repeat(found.sizes)
        found = found._replace(tight=_rows_of_masks(found.tight, owner, work))
        simple = joined([simple, found])
        first = np.concatenate([first, second[plain]])
        general, second = general.chosen(~plain), second[~plain]
    total = len(first) + len(second)
    mark = work.mark()
    return (
        Waiting(simple, first, len(first) / total, mark),
        Waiting(general, second, len(second) / total, mark),
    )


def _rows_of_masks(masks: Words, cell: Ints, work: StageWork) -> Ints:
    left = masks.copy()
    rows = np.empty((len(masks), work.rank), dtype=np.int64)
    for column in range(work.rank):
        bit: Any = lowest(left)
        put(left, bit, on=False)
        rows[:, column] = work.row_of(cell, bit)
    return rows


def tight_kinks(corners: Corners, work: StageWork) -> Words:
    """Return for each cell the kinks of the stage that are tight already."""
    tight = corners.tight[:, work.words]
    found: Words = np.bitwise_or.reduceat(tight, corners.starts, axis=0)
    return found
