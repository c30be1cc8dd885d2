"""Simple cells: all kinks that cut a cell at once, level by level, without a loop over kinks.

Let the kinks that cut a cell, together with its facets, be in general position there: no more than
r of them through any vertex.  (Elsewhere other cells may be as degenerate as they like.) Then every
vertex of the cut cell is where j kinks meet a j-face of the cell, and those of level j + 1 follow
from those of level j:

* a vertex of level j leaves the facets that hold it one at a time; what stays fixed, r - j - 1
  facets and j kinks, is a segment.  Each segment has two such ends, found by sorting;
* a kink that has opposite signs at the ends of a segment cuts it, in a vertex of level j + 1.

A vertex at which j kinks vanish is a corner of the 2^j parts around it, which differ in the signs
of these j.  So the parts of a cell are the distinct masks of signs, and their corners come from one
sort.  It takes r levels, however many kinks there are.

Where a vertex turns out to lie on one kink too many, its cell is cut one kink after the other
(`exactpwl.engine.rounds`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import comb
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.engine.corner_forms import with_masks
from exactpwl.engine.corners import Corners, Finished, Waiting, joined
from exactpwl.engine.rounds import run_rounds
from exactpwl.engine.stage_work import StageWork
from exactpwl.engine.vertices import HashCollisionError
from exactpwl.engine.words import (
    Ints,
    Words,
    any_bit,
    bits_of,
    count,
    grouped,
    hashed,
    lowest,
    put,
    scrambled,
)

__all__ = ["split_simple_cells"]

Flags = npt.NDArray[np.bool_]

MOST_CORNERS = 1 << 23
"""Corners that there may be at a time, by a bound that is ten times too large in the mean."""

KINKS_AT_ONCE = {1: 64, 2: 32, 3: 24, 4: 16}
MOST_AT_ONCE = 12
"""Kinks of a cell that are taken at a time, by dimension: signs grow like their cube."""


class Level(NamedTuple):
    """The vertices of one level, a row for each cell that a vertex is in.

    Attributes
    ----------
    cell, vertex : (n,) ints
    rows : (n, r) ints
        What is tight: first the cell's facets, then the kinks, each ascending.
    """

    cell: Ints
    vertex: Ints
    rows: Ints

    def without(self, cells: Flags) -> Level:
        """Return the level without some cells."""
        if not cells.any():
            return self
        kept = ~cells[self.cell]
        return Level(self.cell[kept], self.vertex[kept], self.rows[kept])


def split_simple_cells(cells: Waiting, work: StageWork) -> Iterator[Finished | None]:
    """Split simple cells until no kink of the stage cuts any.

    Where the parts are too many for the memory, one half of the cells is finished before the other.
    Cells that are not in general position are split in rounds.

    Yields
    ------
    Finished or None
        None says that what came so far must be used now: what it is made of will be forgotten.
    """
    waiting = [cells] if len(cells.origin) else []
    left: list[Waiting] = []
    while waiting:
        cells = waiting.pop()
        if work.has_enough(cells.mark):
            yield from _in_rounds(left, work)
            yield None
            left = []
            work.go_back(cells.mark)
        over, crossing = work.sides(cells.corners)
        active = any_bit(crossing)
        if not active.all():
            yield cells.chosen(~active).finished(over[~active])
            cells = cells.chosen(active)
            crossing, over = crossing[active], over[active]
            if not len(cells.origin):
                continue
        most = _kinks_at_once(cells.corners.sizes, crossing, work.rank)
        if not most:
            waiting += cells.halves()
            continue
        chosen = _lowest_few(crossing, most)
        corners, parent, mask, bad = _split(cells.corners, cells.origin, chosen, work)
        rest = cells.chosen(bad)
        parts = Waiting(corners, cells.origin[parent], cells.share - rest.share, work.mark())
        ready = ~any_bit(crossing & ~chosen)[parent]
        above = (over & ~crossing)[parent] | mask
        if not ready.all():
            waiting.append(parts.chosen(~ready))
            parts, above = parts.chosen(ready), above[ready]
        yield parts.finished(above)
        if bad.any():
            left.append(rest)
    yield from _in_rounds(left, work)


def _in_rounds(left: list[Waiting], work: StageWork) -> Iterator[Finished | None]:
    """Split cells that are not in general position."""
    if left:
        corners = with_masks(joined([cells.corners for cells in left]), work)
        origin = np.concatenate([cells.origin for cells in left])
        share = sum(cells.share for cells in left)
        yield from run_rounds(Waiting(corners, origin, share, work.mark()), work)


def _kinks_at_once(sizes: Ints, crossing: Words, rank: int) -> int:
    """Return how many kinks each cell may be cut by at a time; 0 if there are too many cells.

    A cell with s corners has at most s C(r, j) / (j + 1) faces of dimension j, in each of which m
    kinks have at most C(m, j) vertices, and each of these is a corner of 2^j parts.
    """
    most = KINKS_AT_ONCE.get(rank, MOST_AT_ONCE)
    kinks = count(crossing)
    limit = MOST_CORNERS // crossing.shape[1]
    while True:
        grown = _growth(rank)[np.minimum(kinks, most)]
        if float((sizes * grown).sum()) < limit:
            return most
        if len(sizes) > 1:
            return 0
        if most == 1:
            return 1
        most //= 2


@cache
def _growth(rank: int) -> npt.NDArray[np.float64]:
    """Return by how much the corners of a cell may grow, for each number of kinks that cut it."""
    return np.array(
        [
            sum(comb(m, j) * comb(rank, j) * 2**j / (j + 1) for j in range(min(m, rank) + 1))
            for m in range(max(KINKS_AT_ONCE.values()) + 1)
        ]
    )


def _lowest_few(masks: Words, most: int) -> Words:
    """Return the lowest bits of each mask, `most` of them."""
    left = masks.copy()
    many = np.flatnonzero(count(left) > most)
    if len(many):
        rest = left[many]
        for _ in range(most):
            put(rest, lowest(rest), on=False)
        left[many] &= ~rest
    return left


def _split(
    corners: Corners, origin: Ints, chosen: Words, work: StageWork
) -> tuple[Corners, Ints, Words, Flags]:
    """Split cells by the chosen kinks.

    Returns the parts, their parents, which chosen kinks each is above, and which cells are bad.
    """
    level = Level(corners.cell, corners.vertex, corners.tight)
    bad = np.zeros(len(origin), dtype=bool)
    levels = [level]
    for depth in range(work.rank + 1):
        if depth:
            level = _next_level(level, depth, origin, chosen, work)
            levels.append(level)
        touched = work.zeros(level.vertex) & chosen[level.cell]
        wrong = count(touched) != depth if depth else any_bit(touched)
        bad[level.cell[wrong]] = True
        level = levels[-1] = level.without(bad)
        if not len(level.cell):
            break
    return *_parts([part.without(bad) for part in levels], chosen, work), bad


def _next_level(level: Level, depth: int, origin: Ints, chosen: Words, work: StageWork) -> Level:
    """Return the vertices where one kink more cuts the segments between those of a level."""
    u, w, rest = _segments(level, work.rank - depth + 1, work)
    cell, start, end = level.cell[u], level.vertex[u], level.vertex[w]
    cuts = (work.above[start] ^ work.above[end]) & chosen[cell]
    if depth > 1:
        cuts &= _higher(work.kinks, cuts.shape[1])[work.kink_of_row(rest[:, -1])]
    some = np.flatnonzero(any_bit(cuts))
    segment, kink = bits_of(cuts[some], work.kinks)
    segment = some[segment]
    cell, start, end = cell[segment], start[segment], end[segment]
    own = work.row_maps[work.stage][origin[cell], kink]
    rows = np.concatenate([rest[segment], own[:, np.newaxis]], axis=1)
    if depth == work.rank:
        return Level(cell, work.new_vertices(start, end, origin[cell], kink, rows), rows)
    low, high = np.minimum(start, end), np.maximum(start, end)
    order, first, sizes = grouped((low * len(work.vertices) + high) * work.kinks + kink)
    once = order[first]
    made = work.new_vertices(start[once], end[once], origin[cell[once]], kink[once], rows[once])
    vertex = np.empty_like(cell)
    vertex[order] = made.repeat(sizes)
    return Level(cell, vertex, rows)


def _segments(level: Level, facets: int, work: StageWork) -> tuple[Ints, Ints, Ints]:
    """Return the ends of all segments (as rows of the level), and what is tight on them.

    Raises
    ------
    HashCollisionError
        If a segment has not two ends: two of them have one hash.
    """
    size, rank = level.rows.shape
    kept = _all_but_one(rank)
    if rank > 2:
        names = scrambled(level.rows, work.vertices.seed)
        total = names.sum(axis=1)
        keys = np.concatenate([_in_cell(level.cell, total - names[:, i]) for i in range(facets)])
    else:
        cell = level.cell.astype(np.uint64) << np.uint64(32)
        names = level.rows.astype(np.uint64)
        keys = np.concatenate([cell | names[:, kept[i]].sum(axis=1) for i in range(facets)])
    order = np.argsort(keys)
    keys = keys[order]
    paired = len(order) % 2 == 0 and (keys[::2] == keys[1::2]).all()
    if not paired or (keys[1:-1:2] == keys[2::2]).any():
        raise HashCollisionError("segments have one hash")
    dropped, u = np.divmod(order[::2], size)
    also_dropped, w = np.divmod(order[1::2], size)
    rest = level.rows[u[:, np.newaxis], kept[dropped]]
    if rank > 2:
        other = level.rows[w[:, np.newaxis], kept[also_dropped]]
        if (rest != other).any() or (level.cell[u] != level.cell[w]).any():
            raise HashCollisionError("segments have one hash")
    return u, w, rest


def _in_cell(cell: Ints, names: Words) -> Words:
    """Return hashes that tell cells apart and keep what is in one cell together."""
    bits = np.uint64(max(1, int(cell.max(initial=0)).bit_length()))
    return cell.astype(np.uint64) << (np.uint64(64) - bits) | names >> bits


@cache
def _all_but_one(rank: int) -> Ints:
    """Return for each column the others."""
    others = [[j for j in range(rank) if j != i] for i in range(rank)]
    return np.array(others, dtype=np.int64).reshape(rank, rank - 1)


@cache
def _higher(kinks: int, width: int) -> Words:
    """Return for each kink the mask of those after it."""
    found = np.zeros((kinks, width), dtype=np.uint64)
    for kink in range(kinks):
        bits = np.zeros(64 * width, dtype=bool)
        bits[kink + 1 : kinks] = True
        found[kink] = np.packbits(bits, bitorder="little").view("<u8")
    return found


def _parts(levels: list[Level], chosen: Words, work: StageWork) -> tuple[Corners, Ints, Words]:
    """Return the parts of all cells with their corners, parents and masks of the chosen kinks."""
    cells, vertices, rows, masks = [], [], [], []
    for depth, level in enumerate(levels):
        around = [work.above[level.vertex] & chosen[level.cell]]
        for column in range(work.rank - depth, work.rank):
            kink = work.kink_of_row(level.rows[:, column])
            for mask in tuple(around):
                other = mask.copy()
                put(other, kink)
                around.append(other)
        copies = len(around)
        masks += around
        cells += [level.cell] * copies
        vertices += [level.vertex] * copies
        rows += [level.rows] * copies
    cell, mask = np.concatenate(cells), np.concatenate(masks)
    order, first, sizes = grouped(_in_cell(cell, hashed(mask, work.vertices.seed)))
    head = order[first]
    if (mask[order] != np.repeat(mask[head], sizes, axis=0)).any() or (
        cell[order] != cell[head].repeat(sizes)
    ).any():
        raise HashCollisionError("two parts have one hash")
    corners = Corners(np.concatenate(vertices)[order], np.concatenate(rows)[order], sizes)
    return corners, cell[head], mask[head]
