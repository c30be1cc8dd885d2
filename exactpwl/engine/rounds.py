"""The array form: all cells of a stage at once, each split by its own lowest kink, in rounds.

In a round every cell that some kink of the stage cuts is split by the lowest-numbered one.  So a
stage takes as many rounds as its most-cut cell has cuts, each of them a few dozen array operations.
The rules are those of `exactpwl.engine.cell`; only the loops are numpy's.  Cells need not know of
each other: a face is cut by the same kinks in the same order from all sides, so cells that share a
face end up with the same vertices on it (`exactpwl.engine.vertices`).

A cell is a run of *corners*: a vertex's number and its mask of tight inequalities there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.engine.stage_arrays import StageArrays
from exactpwl.engine.words import Ints, Words, count, get, lowest, put

__all__ = ["Corners", "Finished", "joined", "ragged", "run_rounds"]


MOST_CORNERS = 1 << 22
MOST_PAIRS = 1 << 22
"""Corners, and pairs of corners that may span an edge, that are worked on at a time."""


class Corners(NamedTuple):
    """The corners of many cells, cell after cell.

    Attributes
    ----------
    vertex : (n,) numbers of vertices
    tight : (n, w) masks of tight inequalities
    sizes : (c,) the number of corners of each cell
    """

    vertex: Ints
    tight: Words
    sizes: Ints

    @property
    def starts(self) -> Ints:
        """Where each cell's corners start."""
        found: Ints = np.cumsum(self.sizes) - self.sizes
        return found

    @property
    def cell(self) -> Ints:
        """The cell of each corner."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def chosen(self, cells: npt.NDArray[np.bool_]) -> Corners:
        """Return the corners of some cells."""
        kept = np.repeat(cells, self.sizes)
        return Corners(self.vertex[kept], self.tight[kept], self.sizes[cells])


class Finished(NamedTuple):
    """Cells that no kink of the stage cuts any more.

    Attributes
    ----------
    corners : Corners
    origin : (c,) the cell of the stage before that it is a part of
    above : (c, w) the kinks of the stage that it is above
    """

    corners: Corners
    origin: Ints
    above: Words


def ragged(sizes: Ints) -> tuple[Ints, Ints]:
    """Return, for groups of the given sizes, the group and the place in it of each member.

    Examples
    --------
    >>> ragged(np.array([2, 0, 1]))
    (array([0, 0, 2]), array([0, 1, 0]))
    """
    group = np.repeat(np.arange(len(sizes)), sizes)
    return group, np.arange(len(group)) - (np.cumsum(sizes) - sizes)[group]


def run_rounds(corners: Corners, arrays: StageArrays) -> Finished:
    """Split cells until no kink of the stage cuts any.

    Cells do not wait for each other, so where there are too many corners or pairs of them for the
    memory one half of the cells is finished before the other.
    """
    done: list[Finished] = []
    waiting = [(corners, np.arange(len(corners.sizes)))]
    while waiting:
        corners, origin = waiting.pop()
        if len(origin) > 1 and _is_too_much(corners):
            first = np.arange(len(origin)) < len(origin) // 2
            waiting += [(corners.chosen(~first), origin[~first])]
            corners, origin = corners.chosen(first), origin[first]
        rest = _one_round(corners, origin, arrays, done)
        if rest is not None:
            waiting.append(rest)
    return _joined(done)


def _is_too_much(corners: Corners) -> bool:
    pairs = int((corners.sizes**2).sum()) // 4
    return len(corners.vertex) > MOST_CORNERS or pairs > MOST_PAIRS


def _one_round(
    corners: Corners, origin: Ints, arrays: StageArrays, done: list[Finished]
) -> tuple[Corners, Ints] | None:
    """Split every cell that is cut once; put the others into `done`."""
    above, below = arrays.above[corners.vertex], arrays.below[corners.vertex]
    over: Words = np.bitwise_or.reduceat(above, corners.starts, axis=0)
    under: Words = np.bitwise_or.reduceat(below, corners.starts, axis=0)
    crossing: Words = over & under
    active = np.asarray(crossing.any(axis=1))
    if not active.all():
        rest = ~active
        done.append(Finished(corners.chosen(rest), origin[rest], over[rest]))
        if not active.any():
            return None
        kept = np.repeat(active, corners.sizes)
        above, below = above[kept], below[kept]
        corners, origin = corners.chosen(active), origin[active]
        crossing = crossing[active]
    parts = _split(corners, origin, above, below, lowest(crossing), arrays)
    return parts, np.repeat(origin, 2)


def joined(parts: list[Corners]) -> Corners:
    """Return the corners of all parts."""
    return Corners(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _joined(parts: list[Finished]) -> Finished:
    return Finished(
        joined([p.corners for p in parts]),
        np.concatenate([p.origin for p in parts]),
        np.concatenate([p.above for p in parts]),
    )


def _split(
    corners: Corners, origin: Ints, above: Words, below: Words, kink: Ints, arrays: StageArrays
) -> Corners:
    """Split each cell by its kink; cell c becomes the cells 2c (below) and 2c + 1 (above)."""
    cell = corners.cell
    own = kink[cell]
    plus, minus = get(above, own), get(below, own)
    u, w, at, common = _edges(corners, plus, minus, arrays.rank)
    bit = arrays.first_bit + kink
    ends = corners.vertex[u], corners.vertex[w]
    new = arrays.vertices_between(origin[at], *ends, common, kink[at])
    put(common, bit[at])
    touched = np.flatnonzero(~(plus | minus))
    tight = corners.tight[touched]
    put(tight, bit[cell[touched]])
    low, high = np.flatnonzero(minus), np.flatnonzero(plus)
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


def _edges(
    corners: Corners, plus: npt.NDArray[np.bool_], minus: npt.NDArray[np.bool_], rank: int
) -> tuple[Ints, Ints, Ints, Words]:
    """Return the edges between the two sides of each cell: two corners, the cell, what they share.

    As in `exactpwl.engine.cell`: an edge shares at least rank - 1 inequalities; where an end is
    simple, exactly that many suffice, elsewhere no third corner may share them all.
    """
    cell = corners.cell
    high, low = np.flatnonzero(plus), np.flatnonzero(minus)
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


def _shared_by_two(corners: Corners, cell: Ints, common: Words) -> npt.NDArray[np.bool_]:
    """Return for each mask whether exactly two corners of its cell have it all."""
    pair, place = ragged(corners.sizes[cell])
    other = corners.tight[corners.starts[cell][pair] + place]
    wanted = common[pair]
    holders = np.bincount(pair[((other & wanted) == wanted).all(axis=1)], minlength=len(cell))
    found: npt.NDArray[np.bool_] = holders == 2
    return found
