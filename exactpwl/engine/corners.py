"""Cells as runs of corners: a vertex's number, and what is tight there.

Most cells are *simple*: at each corner exactly r inequalities are tight, so a corner has r numbers
of rows.  At the corners of the others more may be tight; these carry masks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.engine.words import Ints, Words

__all__ = ["Corners", "Finished", "Waiting", "joined", "ragged"]


class Corners(NamedTuple):
    """The corners of many cells, cell after cell.

    Attributes
    ----------
    vertex : (n,) numbers of vertices
    tight : array of n rows
        Of simple cells the r tight rows' numbers, ascending; of others a mask in words.
    sizes : (c,) the number of corners of each cell
    """

    vertex: Ints
    tight: npt.NDArray[Any]
    sizes: Ints

    @property
    def starts(self) -> Ints:
        """Where each cell's corners start."""
        found: Ints = np.cumsum(self.sizes) - self.sizes
        return found

    @property
    def have_masks(self) -> bool:
        """Whether the corners carry masks, and not rows."""
        return self.tight.dtype == np.uint64

    @property
    def cell(self) -> Ints:
        """The cell of each corner."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def chosen(self, cells: npt.NDArray[np.bool_]) -> Corners:
        """Return the corners of some cells."""
        kept = cells.repeat(self.sizes)
        return Corners(self.vertex[kept], self.tight[kept], self.sizes[cells])

    def between(self, low: int, high: int) -> Corners:
        """Return the corners of the cells from `low` up to `high`."""
        if (low, high) == (0, len(self.sizes)):
            return self
        ends = np.concatenate([[0], np.cumsum(self.sizes)])
        part = slice(int(ends[low]), int(ends[high]))
        return Corners(self.vertex[part], self.tight[part], self.sizes[low:high])


class Finished(NamedTuple):
    """Cells that no kink of the stage cuts any more.

    Attributes
    ----------
    corners : Corners
    origin : (c,) the cell of the stage before that it is a part of
    above : (c, w) the kinks of the stage that it is above
    share : float
        These cells' part of the whole, for progress.
    """

    corners: Corners
    origin: Ints
    above: Words
    share: float


class Waiting(NamedTuple):
    """Cells of a stage that are still to be split, and how large the tables were before them."""

    corners: Corners
    origin: Ints
    share: float
    mark: tuple[int, int]

    def chosen(self, cells: npt.NDArray[np.bool_]) -> Waiting:
        """Return some of the cells."""
        share = self.share * np.count_nonzero(cells) / max(1, len(cells))
        return Waiting(self.corners.chosen(cells), self.origin[cells], share, self.mark)

    def finished(self, above: Words) -> Finished:
        """Return the cells, which no kink cuts any more."""
        return Finished(self.corners, self.origin, above, self.share)

    def halves(self) -> list[Waiting]:
        """Return the cells in two parts, the second first."""
        second = np.arange(len(self.origin)) >= len(self.origin) // 2
        return [self.chosen(second), self.chosen(~second)]


def joined(parts: Sequence[Corners]) -> Corners:
    """Return the corners of all parts, which must be of one kind."""
    if len(parts) == 1:
        return parts[0]
    return Corners(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def ragged(sizes: Ints) -> tuple[Ints, Ints]:
    """Return, for groups of the given sizes, the group and the place in it of each member.

    Examples
    --------
    >>> ragged(np.array([2, 0, 1]))
    (array([0, 0, 2]), array([0, 1, 0]))
    """
    group = np.repeat(np.arange(len(sizes)), sizes)
    return group, np.arange(len(group)) - (np.cumsum(sizes) - sizes)[group]
