"""One stage of the array form: signs at the vertices that are there, and new vertices with theirs.

The functions of all kinks on all cells come from one matrix product, with bounds; so do the signs
at the vertices that are there when the stage starts.  A new vertex lies between two older ones and
inherits the signs on which they agree; only where they differ its sign is computed, from the
vertex's own coordinates.  Those are not interpolated from vertex to vertex, for bounds would grow
with each generation: a new vertex is the kernel of its own r functions.  Where the ends and the
function are small integers the point between them is exact, and kept primitive.

What the filter cannot decide is decided in integers (`exactpwl.engine.exact`), and counted.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from exactpwl.engine.corners import Corners
from exactpwl.engine.exact import ExactCells, Recipe
from exactpwl.engine.filtered import (
    EXACT_BELOW,
    Filtered,
    are_open,
    between,
    from_integers,
    kernel,
    normalised,
)
from exactpwl.engine.layout import Layout
from exactpwl.engine.rows import RowTable
from exactpwl.engine.stage_functions import StageFunctions
from exactpwl.engine.vertices import VertexTable
from exactpwl.engine.words import Ints, Words, bits_of, mask_of, pack_columns, put

__all__ = ["StageWork"]

BLOCK = 1 << 17
"""Signs that are computed at a time: few enough to stay near the processor."""

MOST_VERTICES = 1 << 18
"""Vertices that are made before they are forgotten, where they need not be kept."""

Floats = npt.NDArray[np.float64]


class StageWork:
    """The working state of one stage.

    Parameters
    ----------
    stage, rank : int
    layout : Layout
    rows : RowTable
    vertices : VertexTable
    exact : ExactCells
    numbers : (c,) the cells' numbers among all cells at which this stage starts
    ancestors : (c, s) ints
        The cells of the stages before, in the arrays of these, that each cell is a part of.
    row_maps : tuple of (cells, kinks) arrays
        For each stage before, and by `keep_rows` for this one too, the row of each kink on each
        cell; -1 for those that do not cut it.

    Attributes
    ----------
    undecided, decided : int
        Signs that the filter left to integers, and that it decided.
    """

    def __init__(
        self,
        stage: int,
        rank: int,
        layout: Layout,
        rows: RowTable,
        vertices: VertexTable,
        exact: ExactCells,
        numbers: Ints,
        ancestors: Ints,
        row_maps: tuple[Ints, ...],
        *,
        keep: bool,
    ) -> None:
        self.stage = stage
        self.rank = rank
        self.layout = layout
        self.words = layout.stage(stage)
        self.kinks = layout.kinks[stage]
        self.rows = rows
        self.vertices = vertices
        self.exact = exact
        self.numbers = numbers
        self.ancestors = ancestors
        self.row_maps = row_maps
        self.keep = keep
        self.undecided = 0
        self.decided = 0

    def mark(self) -> tuple[int, int]:
        """Return how many vertices and rows there are."""
        return len(self.vertices), len(self.rows)

    def has_enough(self, mark: tuple[int, int]) -> bool:
        """Whether so much was made since the mark that it must be forgotten."""
        return not self.keep and len(self.vertices) - mark[0] > MOST_VERTICES

    def go_back(self, mark: tuple[int, int]) -> None:
        """Forget what was made since the mark."""
        self.vertices.shorten(mark[0])
        self.rows.shorten(mark[1])
        self.exact.forget(mark[0])

    @property
    def above(self) -> Words:
        """For each vertex the kinks of the stage that it is above."""
        return self.vertices.above[:, self.words]

    @property
    def below(self) -> Words:
        """For each vertex the kinks of the stage that it is below."""
        return self.vertices.below[:, self.words]

    def zeros(self, numbers: Ints) -> Words:
        """Return the kinks of the stage that vanish at some vertices."""
        signed = self.above[numbers] | self.below[numbers]
        found: Words = self.layout.used[:, self.words] & ~signed
        return found

    def kink_of_row(self, rows: Ints) -> Ints:
        """Return the kinks of rows of this stage."""
        found: Ints = self.rows.bits.rows[rows] - self.layout.bit(self.stage)
        return found

    def row_of(self, cell: Ints, bit: Ints) -> Ints:
        """Return the rows of bits of any stage so far, each on a cell of this stage."""
        found = bit.copy()
        stage_of = self.layout.stage_of_bit[bit]
        for stage, rows in enumerate(self.row_maps):
            here = np.flatnonzero(stage_of == stage)
            if len(here):
                owner = cell[here] if stage == self.stage else self.ancestors[cell[here], stage]
                found[here] = rows[owner, bit[here] - self.layout.bit(stage)]
        return found

    def sides(self, corners: Corners) -> tuple[Words, Words]:
        """Return the kinks that each cell has something above, and those that cut it."""
        if not len(corners.sizes):
            none = np.zeros((0, self._width), dtype=np.uint64)
            return none, none
        starts = corners.starts
        over: Words = np.bitwise_or.reduceat(self.above[corners.vertex], starts, axis=0)
        under: Words = np.bitwise_or.reduceat(self.below[corners.vertex], starts, axis=0)
        return over, over & under

    def look_at(self, functions: StageFunctions, used: Ints, owner: Ints) -> None:
        """Compute the signs of all kinks at the vertices `used`, each on the cell `owner`."""
        length = np.abs(functions.value).sum(axis=1)
        step = max(1, BLOCK // max(1, self.kinks))
        for low in range(0, len(used), step):
            chosen, cell = used[low : low + step], owner[low : low + step]
            above, below = self._signs_of_all(functions, length, chosen, cell)
            self.vertices.above[chosen, self.words] = pack_columns(above, self._width)
            self.vertices.below[chosen, self.words] = pack_columns(below, self._width)

    @property
    def _width(self) -> int:
        return -(-self.kinks // 64)

    def _signs_of_all(
        self, functions: StageFunctions, length: Floats, vertex: Ints, cell: Ints
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        points = self.vertices[vertex]
        columns = points.value.shape[1]
        coefficients = functions.value.take(cell, axis=2)
        value = coefficients[:, 0] * points.value[:, 0]
        for column in range(1, columns):
            value += coefficients[:, column] * points.value[:, column]
        sizes = length.take(cell, axis=1), functions.error.take(cell, axis=1)
        reach = self.vertices.reach(vertex)
        left_open = are_open(value, sizes, (reach, points.error), columns)
        self.decided += value.size
        for kink, place in np.argwhere(left_open):
            value[kink, place] = self._exact_sign(
                self._exact_vertex(int(vertex[place])), int(cell[place]), int(kink)
            )
        return value > 0, value < 0

    def _exact_sign(self, point: tuple[int, ...], cell: int, kink: int) -> int:
        self.undecided += 1
        self.decided -= 1
        row = self.exact.row(self.stage, int(self.numbers[cell]), kink)
        value = sum(a * b for a, b in zip(row, point, strict=True))
        return (value > 0) - (value < 0)

    def _exact_vertex(self, number: int) -> tuple[int, ...]:
        return self.exact.vertex(number, self._recipe)

    def _recipe(self, number: int) -> Recipe:
        return recipe(self.vertices, self.rows, self.layout, number)

    def keep_rows(self, functions: StageFunctions, crossing: Words) -> None:
        """Add the functions of the kinks that cut their cells to the table of rows.

        Parameters
        ----------
        functions : StageFunctions
        crossing : (c, w) masks
        """
        cell, kink = bits_of(crossing, self.kinks)
        row_of = np.full((len(crossing), self.kinks), -1, dtype=np.int64)
        row_of[cell, kink] = np.arange(len(self.rows), len(self.rows) + len(cell))
        self.row_maps = (*self.row_maps, row_of)
        cut = Filtered(functions.value[kink, :, cell], functions.error[kink, cell])
        self.rows.append(cut, self.layout.bit(self.stage) + kink, self.numbers[cell])

    def new_vertices(
        self,
        u: Ints,
        w: Ints,
        cell: Ints,
        kink: Ints,
        rows: Ints,
        known: npt.NDArray[np.bool_] | None = None,
    ) -> Ints:
        """Return the vertices at which kinks cut the edges between u and w.

        Parameters
        ----------
        u, w, cell, kink : (n,) ints
        rows : (n, r) ints
            Independent rows of the table that vanish at each vertex, the kink's own last.
        known : (n,) bool, optional
            Where the rows are known, all if left out; elsewhere a vertex is found in integers.
        """
        if known is None:
            known = np.ones(len(u), dtype=bool)
        own = self.row_maps[self.stage][cell, kink]
        points = self._points(u, w, own, rows, known)
        high, low, differ = self._inherited(u, w, kink)
        numbers = self.vertices.append(points, high, low, u, w, own)
        self._refine(numbers, points)
        self._evaluate(numbers, cell, differ)
        return numbers

    def _points(
        self, u: Ints, w: Ints, own: Ints, rows: Ints, known: npt.NDArray[np.bool_]
    ) -> Filtered:
        """Return the coordinates of new vertices; an infinite error where floats do not do."""
        whole = self.rows.errors(own) == 0
        whole &= (self.vertices.errors(u) == 0) & (self.vertices.errors(w) == 0)
        if whole.any():
            reach = self.vertices.reach(u) * self.vertices.reach(w)
            whole &= 2 * self.rows.lengths(own) * reach < EXACT_BELOW
        some = whole.nonzero()[0]
        if not len(some) and known.all():
            return self._kernels(rows, u, w)
        value = np.zeros((len(u), self.rank + 1))
        ends = (self.vertices[vertex[some]] for vertex in (u, w))
        value[some] = between(self.rows[own[some]], *ends).value
        error = np.where(whole, 0.0, np.inf)
        rest = (known & ~whole).nonzero()[0]
        found = self._kernels(rows[rest], u[rest], w[rest])
        value[rest], error[rest] = found.value, found.error
        return Filtered(value, error)

    def _kernels(self, rows: Ints, u: Ints, w: Ints) -> Filtered:
        """Return the kernels of rows, turned so that they lie between their ends.

        A point has t > 0.  What may not be a point for its error is one all the same unless both
        ends are directions.
        """
        found = normalised(kernel(self.rows.values(rows), self.rows.errors(rows)))
        last = found.value[:, -1]
        value = found.value * np.where(last < 0, -1.0, 1.0)[:, np.newaxis]
        error = found.error
        rest = np.flatnonzero(~(np.abs(last) > error))
        if len(rest):
            error = error.copy()
            ends = [self.vertices[v[rest]] for v in (u, w)]
            value[rest], error[rest] = _direction(found[rest], *ends)
            flat = self.vertices.at_infinity(u[rest]) & self.vertices.at_infinity(w[rest])
            error[rest[~flat]] = np.inf
        return Filtered(value, error)

    def _inherited(self, u: Ints, w: Ints, kink: Ints) -> tuple[Words, Words, Words]:
        """Return the signs on which the ends agree, and the kinks where they differ."""
        over, under = self.vertices.above, self.vertices.below
        over_u, over_w, under_u, under_w = over[u], over[w], under[u], under[w]
        high = over_u & ~under_w | over_w & ~under_u
        low = under_u & ~over_w | under_w & ~over_u
        part = self.words
        differ = over_u[:, part] & under_w[:, part] | over_w[:, part] & under_u[:, part]
        put(differ, kink, on=False)
        return high, low, differ

    def _refine(self, numbers: Ints, points: Filtered) -> None:
        """Give exact coordinates to vertices whose float ones are worth nothing."""
        for place in np.flatnonzero(~np.isfinite(points.error)):
            self.undecided += 1
            exact = from_integers([self._exact_vertex(int(numbers[place]))])
            self.vertices.replace(int(numbers[place]), normalised(exact))

    def _evaluate(self, numbers: Ints, cell: Ints, differ: Words) -> None:
        """Find the signs of the kinks on which the ends differ."""
        place, kink = bits_of(differ, self.kinks)
        if not len(place):
            return
        rows, vertex = self.row_maps[self.stage][cell[place], kink], numbers[place]
        points = self.vertices[vertex]
        columns = points.value.shape[1]
        value = np.einsum("ij,ij->i", self.rows.values(rows), points.value)
        row_sizes = self.rows.lengths(rows), self.rows.errors(rows)
        left_open = are_open(value, row_sizes, (self.vertices.reach(vertex), points.error), columns)
        self.decided += len(value)
        for i in left_open.nonzero()[0]:
            point = self._exact_vertex(int(vertex[i]))
            value[i] = self._exact_sign(point, int(cell[place[i]]), int(kink[i]))
        for signs, chosen in ((self.vertices.above, value > 0), (self.vertices.below, value < 0)):
            signs[numbers, self.words] |= mask_of(place[chosen], kink[chosen], differ.shape)


def recipe(vertices: VertexTable, rows: RowTable, layout: Layout, number: int) -> Recipe:
    """Return how a vertex was made: its ends; the stage, cell and kink that cut between."""
    u, w, row = vertices.recipe(number)
    bit = int(rows.bits.rows[row])
    stage = int(layout.stage_of_bit[bit])
    return u, w, stage, int(rows.cells.rows[row]), bit - layout.bit(stage)


def _direction(found: Filtered, start: Filtered, end: Filtered) -> tuple[Floats, Floats]:
    """Turn directions so that they lie between their ends; infinite error where undecided.

    A direction is a positive combination of the ends, so in each coordinate in which their signs
    agree it has that sign.
    """
    value = found.value.copy()
    value[:, -1] = 0.0
    signs = [
        np.sign(v.value) * (np.abs(v.value) > v.error[:, np.newaxis]) for v in (found, start, end)
    ]
    agree = np.where(signs[1] == signs[2], signs[1], 0.0) * signs[0]
    agree[:, -1] = 0.0
    sign = agree[np.arange(len(value)), np.abs(agree).argmax(axis=1)]
    value *= sign[:, np.newaxis]
    return value, np.where(sign != 0, found.error, np.inf)
