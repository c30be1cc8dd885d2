"""Any cells: each is cut by its own lowest kink, in rounds.

In a round every cell that some kink of the stage cuts is split by the lowest-numbered one.  So a
stage takes as many rounds as its most-cut cell has cuts, each of them a few dozen array operations.
The rules are those of `exactpwl.engine.cell`; only the loops are numpy's.

Cells need not know of each other.  A face is cut by the same kinks in the same order from all
sides, so a vertex gets the same *name* everywhere: a hash of the names of the ends of the edge that
is cut and of the kink.  Within a round vertices with one name are made once; those that are found
again in a later round are known by their sign vectors in the end (`exactpwl.engine.vertices`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from exactpwl.engine.column import Column
from exactpwl.engine.corners import Corners, Finished, Waiting, ragged
from exactpwl.engine.stage_work import StageWork
from exactpwl.engine.vertices import HashCollisionError
from exactpwl.engine.words import (
    Ints,
    Words,
    any_bit,
    count,
    get,
    grouped,
    hashed,
    lowest,
    put,
    scrambled,
)

__all__ = ["run_rounds"]


MOST_CORNERS = 1 << 22
MOST_PAIRS = 1 << 22
"""Corners, and pairs of corners that may span an edge, that are worked on at a time."""

Flags = npt.NDArray[np.bool_]


def run_rounds(cells: Waiting, work: StageWork) -> Iterator[Finished | None]:
    """Split cells, whose corners carry masks, until no kink of the stage cuts any.

    Cells do not wait for each other, so where there are too many corners or pairs of them for the
    memory one half of the cells is finished before the other.

    Yields
    ------
    Finished or None
        None says that what came so far must be used now: what it is made of will be forgotten.
    """
    if not len(cells.origin):
        return
    rounds = _Rounds(work)
    waiting = [cells]
    while waiting:
        cells = waiting.pop()
        if work.has_enough(cells.mark):
            yield None
            rounds.go_back(cells.mark)
        if len(cells.origin) > 1 and _is_too_much(cells.corners):
            waiting += cells.halves()
            continue
        over, crossing = work.sides(cells.corners)
        active = any_bit(crossing)
        if not active.all():
            yield cells.chosen(~active).finished(over[~active])
            cells = cells.chosen(active)
        if len(cells.origin):
            parts = rounds.split(cells.corners, cells.origin, lowest(crossing[active]))
            waiting.append(Waiting(parts, np.repeat(cells.origin, 2), cells.share, work.mark()))
    rounds.check_names()


def _is_too_much(corners: Corners) -> bool:
    pairs = int((corners.sizes**2).sum()) // 4
    return len(corners.vertex) > MOST_CORNERS or pairs > MOST_PAIRS


class _Rounds:
    """The rounds of one stage, with the names of its vertices."""

    def __init__(self, work: StageWork) -> None:
        self.work = work
        self.names = Column(np.zeros(0, dtype=np.uint64))

    def split(self, corners: Corners, origin: Ints, kink: Ints) -> Corners:
        """Split each cell by its kink; cell c becomes the cells 2c (below) and 2c + 1 (above)."""
        work = self.work
        cell = corners.cell
        own = kink[cell]
        plus = get(work.above[corners.vertex], own)
        minus = get(work.below[corners.vertex], own)
        u, w, at, common = _edges(corners, plus, minus, work.rank)
        bit = work.layout.bit(work.stage) + kink
        ends = corners.vertex[u], corners.vertex[w]
        new = self._vertices_between(*ends, origin[at], common, kink[at])
        put(common, bit[at])
        touched = np.flatnonzero(~(plus | minus))
        tight = corners.tight[touched]
        put(tight, bit[cell[touched]])
        low, high = minus.nonzero()[0], plus.nonzero()[0]
        target = np.concatenate(
            [
                *(2 * cell[low], 2 * cell[high] + 1),
                *(2 * cell[touched], 2 * cell[touched] + 1),
                *(2 * at, 2 * at + 1),
            ]
        )
        vertex = [corners.vertex[part] for part in (low, high, touched, touched)]
        masks = [corners.tight[low], corners.tight[high], tight, tight, common, common]
        order = np.argsort(target)
        return Corners(
            np.concatenate([*vertex, new, new])[order],
            np.concatenate(masks)[order],
            np.bincount(target, minlength=2 * len(kink)),
        )

    def _vertices_between(self, u: Ints, w: Ints, cell: Ints, common: Words, kink: Ints) -> Ints:
        """Return the vertices where kinks of cells cut edges, each made once in a round."""
        first, second = self._names_of(u), self._names_of(w)
        ends = np.minimum(first, second), np.maximum(first, second)
        code = np.stack([*ends, kink.astype(np.uint64)], axis=1)
        names = hashed(code, self.work.vertices.seed)
        order, begins, sizes = grouped(names)
        once = order[begins]
        if (code[order] != np.repeat(code[once], sizes, axis=0)).any():
            raise HashCollisionError("two vertices have one name")
        rows, known = self._rows(cell[once], common[once])
        own = self.work.row_maps[self.work.stage][cell[once], kink[once]]
        rows = np.concatenate([rows, own[:, np.newaxis]], axis=1)
        made = self.work.new_vertices(u[once], w[once], cell[once], kink[once], rows, known)
        self._extend_names()
        self.names.rows[made] = names[once]
        found = np.empty_like(u)
        found[order] = made.repeat(sizes)
        return found

    def _names_of(self, vertex: Ints) -> Words:
        self._extend_names()
        found: Words = self.names.rows[vertex]
        return found

    def _extend_names(self) -> None:
        """Give vertices from elsewhere names of their own."""
        missing = np.arange(self.names.size, len(self.work.vertices))
        self.names.append(scrambled(missing, self.work.vertices.seed))

    def go_back(self, mark: tuple[int, int]) -> None:
        """Forget what was made since the mark."""
        self.check_names()
        self.work.go_back(mark)
        self.names.shorten(len(self.work.vertices))

    def check_names(self) -> None:
        """Raise HashCollisionError if two vertices with different sign vectors have one name."""
        self._extend_names()
        order, first, sizes = grouped(self.names.rows)
        several = np.repeat(sizes > 1, sizes)
        same = order[first].repeat(sizes)[several]
        again = order[several]
        for signs in (self.work.vertices.above, self.work.vertices.below):
            known = signs[:, : self.work.words.stop]
            if (known[again] != known[same]).any():
                raise HashCollisionError("two vertices have one name")

    def _rows(self, cell: Ints, common: Words) -> tuple[Ints, Flags]:
        """Return the r - 1 rows that are tight on each edge, and where there are just as many."""
        rank = self.work.rank
        simple = count(common) == rank - 1
        rows = np.zeros((len(cell), rank - 1), dtype=np.int64)
        some = simple.nonzero()[0]
        left = common[some]
        for k in range(rank - 1):
            bit: Any = lowest(left)
            put(left, bit, on=False)
            rows[some, k] = self.work.row_of(cell[some], bit)
        return rows, simple


def _edges(
    corners: Corners, plus: Flags, minus: Flags, rank: int
) -> tuple[Ints, Ints, Ints, Words]:
    """Return the edges between the two sides of each cell: two corners, the cell, what they share.

    As in `exactpwl.engine.cell`: an edge shares at least rank - 1 inequalities; where an end is
    simple, exactly that many suffice, elsewhere no third corner may share them all.
    """
    cell = corners.cell
    high, low = plus.nonzero()[0], minus.nonzero()[0]
    cells = len(corners.sizes)
    highs, lows = np.bincount(cell[high], minlength=cells), np.bincount(cell[low], minlength=cells)
    at, place = ragged(highs * lows)
    u = high[(np.cumsum(highs) - highs)[at] + place // lows[at]]
    w = low[(np.cumsum(lows) - lows)[at] + place % lows[at]]
    common = corners.tight[u] & corners.tight[w]
    shared = count(common)
    simple = count(corners.tight) == rank
    easy = simple[u] | simple[w]
    edge = easy & (shared == rank - 1)
    hard = np.flatnonzero(~easy & (shared >= rank - 1))
    if len(hard):
        edge[hard] = _shared_by_two(corners, at[hard], common[hard])
    return u[edge], w[edge], at[edge], common[edge]


def _shared_by_two(corners: Corners, cell: Ints, common: Words) -> Flags:
    """Return for each mask whether exactly two corners of its cell have it all."""
    pair, place = ragged(corners.sizes[cell])
    other = corners.tight[corners.starts[cell][pair] + place]
    wanted = common[pair]
    holders = np.bincount(pair[((other & wanted) == wanted).all(axis=1)], minlength=len(cell))
    found: Flags = holders == 2
    return found
