"""One stage of the array form: the kinks' functions on all its cells, and signs at all vertices.

The functions of all kinks on all cells come from one matrix product, with bounds; so do the signs
at the vertices that are there when the stage starts.  A new vertex inherits the signs on which the
ends of its edge agree; only where they differ its sign is computed, from the vertex's own
coordinates.  Those are not interpolated from vertex to vertex, for bounds would grow with each
generation: a new vertex is the kernel of its own r functions.  Where the ends and the function are
small integers the point between them is exact, and kept primitive.

What the filter cannot decide is decided in integers (`exactpwl.engine.exact`), and counted.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from exactpwl.engine.column import Column
from exactpwl.engine.exact import ExactCells
from exactpwl.engine.filtered import EXACT_BELOW, Filtered, dot, from_integers, kernel, scaled
from exactpwl.engine.vertices import VertexTable, distinct, is_direction
from exactpwl.engine.words import Ints, Words, count, lowest, pack, put, unpack

__all__ = ["FunctionTable", "StageArrays"]

BLOCK = 1 << 21
"""Numbers in one block of signs: bounds the memory."""


class FunctionTable:
    """The affine functions behind the bits of the cells' masks.

    Rows 0 .. m are t and the domain's rows, the same on all cells; then, for each stage, those of
    its kinks, cell by cell.  `base` says where a present cell finds those of each stage.
    """

    def __init__(self, constant: Filtered, stage_of_bit: Ints, kink_of_bit: Ints) -> None:
        self._value = Column(constant.value)
        self._error = Column(constant.error)
        self.stage_of_bit = stage_of_bit
        self.kink_of_bit = kink_of_bit
        self.base: npt.NDArray[np.int64] = np.zeros((0, 0), dtype=np.int64)

    def __len__(self) -> int:
        return self._value.size

    @property
    def rows(self) -> Filtered:
        """All functions."""
        return Filtered(self._value.rows, self._error.rows)

    def go_back(self, size: int, base: Ints) -> None:
        """Forget what was added after the table had `size` rows, and look at other cells."""
        self._value.shorten(size)
        self._error.shorten(size)
        self.base = base

    def add_stage(self, functions: Filtered) -> None:
        """Append the functions of a stage, of shape (cells, kinks, r + 1)."""
        cells, kinks, columns = functions.value.shape
        start = len(self) + kinks * np.arange(cells)
        self._value.append(functions.value.reshape(-1, columns))
        self._error.append(functions.error.reshape(-1, columns))
        self.base = np.concatenate([self.base, start[:, np.newaxis]], axis=1)

    def numbers(self, cell: Ints, bit: Ints) -> Ints:
        """Return the row of each bit on each cell."""
        stage = self.stage_of_bit[bit]
        own = self.base[cell, np.maximum(stage, 0)]
        found: Ints = np.where(stage < 0, 0, own) + self.kink_of_bit[bit]
        return found


class StageArrays:
    """The working state of one stage; `above` and `below` grow with the vertices.

    Parameters
    ----------
    stage, first_bit, rank : int
    table : FunctionTable
        With the functions of this stage.
    vertices : VertexTable
    exact : ExactCells
    numbers : (c,) the cells' numbers among all cells at which this stage starts
    """

    def __init__(
        self,
        stage: int,
        first_bit: int,
        rank: int,
        table: FunctionTable,
        vertices: VertexTable,
        exact: ExactCells,
        numbers: Ints,
    ) -> None:
        self.numbers = numbers
        self.stage = stage
        self.first_bit = first_bit
        self.rank = rank
        self.table = table
        self.vertices = vertices
        self.exact = exact
        self.undecided = 0
        self.decided = 0

    def look_at(self, functions: Filtered, used: Ints, owner: Ints) -> None:
        """Compute the signs of all kinks at the vertices `used`, each on the cell `owner`."""
        kinks, columns = functions.value.shape[1:]
        words = -(-kinks // 64)
        self._above = np.zeros((len(self.vertices), words), dtype=np.uint64)
        self._below = np.zeros_like(self._above)
        self._size = len(self.vertices)
        step = max(1, BLOCK // (kinks * columns))
        for low in range(0, len(used), step):
            chosen, cell = used[low : low + step], owner[low : low + step]
            vectors = self.vertices.vectors[chosen]
            spread = Filtered(vectors.value[:, np.newaxis], vectors.error[:, np.newaxis])
            values = dot(functions[cell], spread)
            sign = self._signs(values, chosen, cell, None)
            self._above[chosen] = pack(sign > 0)
            self._below[chosen] = pack(sign < 0)

    @property
    def above(self) -> Words:
        """For each vertex the kinks of the stage that it is above."""
        return self._above[: self._size]

    @property
    def below(self) -> Words:
        """For each vertex the kinks of the stage that it is below."""
        return self._below[: self._size]

    def _signs(
        self, values: Filtered, vertex: Ints, cell: Ints, kink: Ints | None
    ) -> npt.NDArray[np.float64]:
        """Return values with the right signs; row i is about a vertex on a cell.

        Its entries are about one kink each, or about all of them in order if `kink` is None.
        """
        left_open = np.argwhere(~values.is_decided)
        self.undecided += len(left_open)
        self.decided += values.value.size - len(left_open)
        sign = values.value.copy() if len(left_open) else values.value
        for place in left_open:
            row = place[0]
            asked = place[1] if kink is None else kink[row]
            sign[tuple(place)] = self._exact_sign(int(vertex[row]), int(cell[row]), int(asked))
        return sign

    def _exact_sign(self, vertex: int, cell: int, kink: int) -> int:
        row = self.exact.row(self.stage, int(self.numbers[cell]), kink)
        point = self.exact.vertex(vertex, self.vertices.recipe)
        value = sum(a * b for a, b in zip(row, point, strict=True))
        return (value > 0) - (value < 0)

    def vertices_between(self, cell: Ints, u: Ints, w: Ints, common: Words, kink: Ints) -> Ints:
        """Return the vertices where kinks of cells cut edges, each made once in a round."""
        bit = self.first_bit + kink
        names, ends = self.vertices.named(u, w, bit)
        first, number = distinct(names, ends, bit)
        cell, u, w, kink, bit = cell[first], u[first], w[first], kink[first], bit[first]
        where = np.full_like(u, self.stage), self.numbers[cell]
        made = np.stack([u, w, *where, kink], axis=1)
        vectors = self._points(cell, u, w, common[first], bit)
        numbers = self.vertices.append(vectors, names[first], ends[first], bit, made)
        self._refine(numbers, vectors)
        self._inherit(numbers, cell, u, w, kink)
        return numbers[number]

    def _points(self, cell: Ints, u: Ints, w: Ints, common: Words, bit: Ints) -> Filtered:
        """Return the coordinates of new vertices; an infinite error where floats do not do."""
        row = self.table.rows[self.table.numbers(cell, bit)]
        start, end = self.vertices.vectors[u], self.vertices.vectors[w]
        value, error, exact = _integers_between(row, start, end)
        rest = np.flatnonzero(~exact)
        if len(rest):
            simple = rest[count(common[rest]) == self.rank - 1]
            error[rest] = np.inf
            value[rest] = 0.0
            found = self._kernels(cell[simple], common[simple], bit[simple])
            found = _oriented(found, start[simple], end[simple], row[simple])
            value[simple], error[simple] = found.value, found.error
        return Filtered(value, error)

    def _kernels(self, cell: Ints, common: Words, bit: Ints) -> Filtered:
        numbers = np.empty((len(cell), self.rank), dtype=np.int64)
        left = common.copy()
        for k in range(self.rank - 1):
            place = lowest(left)
            put(left, place, on=False)
            numbers[:, k] = self.table.numbers(cell, place)
        numbers[:, -1] = self.table.numbers(cell, bit)
        flat = scaled(self.table.rows[numbers.ravel()], above=EXACT_BELOW)
        shape = (*numbers.shape, -1)
        return kernel(Filtered(flat.value.reshape(shape), flat.error.reshape(shape)))

    def _refine(self, numbers: Ints, vectors: Filtered) -> None:
        """Give exact coordinates to vertices whose float ones are worth nothing."""
        for place in np.flatnonzero(~np.isfinite(vectors.error).all(axis=1)):
            number = int(numbers[place])
            self.undecided += 1
            exact = from_integers([self.exact.vertex(number, self.vertices.recipe)])
            better = scaled(exact, above=EXACT_BELOW)
            self.vertices.replace(number, better.value[0], better.error[0])

    def _inherit(self, numbers: Ints, cell: Ints, u: Ints, w: Ints, kink: Ints) -> None:
        over, under = self.above, self.below
        high = over[u] & ~under[w] | over[w] & ~under[u]
        low = under[u] & ~over[w] | under[w] & ~over[u]
        differ = over[u] & under[w] | over[w] & under[u]
        put(differ, kink, on=False)
        place, other = np.nonzero(unpack(differ))
        if len(place):
            rows = self.table.rows[self.table.base[cell[place], self.stage] + other]
            values = dot(rows, self.vertices.vectors[numbers[place]])
            sign = self._signs(values, numbers[place], cell[place], other)
            flag = np.uint64(1) << (other & 63).astype(np.uint64)
            for target, chosen in ((high, sign > 0), (low, sign < 0)):
                where = (place[chosen], other[chosen] >> 6)
                np.bitwise_or.at(target, where, flag[chosen])
        self._grow(high, low)

    def _grow(self, high: Words, low: Words) -> None:
        end = self._size + len(high)
        if end > len(self._above):
            room = max(end, 2 * len(self._above)) - self._size
            extra = np.zeros((room, high.shape[1]), dtype=np.uint64)
            self._above = np.concatenate([self.above, extra])
            self._below = np.concatenate([self.below, extra])
        self._above[self._size : end] = high
        self._below[self._size : end] = low
        self._size = end


Exactness = npt.NDArray[np.bool_]


def _integers_between(
    row: Filtered, start: Filtered, end: Filtered
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], Exactness]:
    """Return primitive points between the ends, and where all was in small integers."""
    value = np.zeros_like(start.value)
    known: Exactness = np.asarray(~(row.error + start.error + end.error).any(axis=1))
    chosen = np.flatnonzero(known)
    if len(chosen):
        start, end = start[chosen], end[chosen]
        at_start, at_end = dot(row[chosen], start), dot(row[chosen], end)
        weights = np.abs(at_start.value), np.abs(at_end.value)
        reach = weights[0] * np.abs(end.value).max(axis=1)
        reach += weights[1] * np.abs(start.value).max(axis=1)
        small = (at_start.error == 0) & (at_end.error == 0) & (reach < EXACT_BELOW)
        known[chosen[~small]] = False
        chosen, kept = chosen[small], np.flatnonzero(small)
        point = weights[0][kept, np.newaxis] * end.value[kept]
        point += weights[1][kept, np.newaxis] * start.value[kept]
        whole = point.astype(np.int64)
        value[chosen] = whole // np.gcd.reduce(whole, axis=1)[:, np.newaxis]
    return value, np.zeros_like(value), known


def _oriented(found: Filtered, start: Filtered, end: Filtered, row: Filtered) -> Filtered:
    """Turn kernel vectors so that they lie between their ends; infinite error where undecided.

    A point has t > 0.  A direction is a positive combination of the ends, so it agrees in sign with
    the sum of both where that is decided: it is compared with the end that the kernel vector is
    not parallel to, coordinate by coordinate, where both ends have the same decided sign.
    """
    value, error = found.value.copy(), found.error.copy()
    at_infinity = is_direction(start) & is_direction(end)
    value[at_infinity, -1] = 0.0
    error[at_infinity, -1] = 0.0
    turned = Filtered(value, error)
    sure = turned.is_decided & (value != 0)
    agree = np.sign(start.value) * (start.is_decided & end.is_decided)
    agree = agree * ((np.sign(start.value) == np.sign(end.value)) | (end.value == 0))
    second = np.sign(end.value) * (start.is_decided & end.is_decided) * (start.value == 0)
    expected = np.where(agree != 0, agree, second)
    usable = sure & (expected != 0)
    usable[~at_infinity, :-1] = False
    column = usable.argmax(axis=1)
    lines = np.arange(len(value))
    sign = np.sign(value[lines, column]) * expected[lines, column]
    undecided = ~usable.any(axis=1)
    sign[undecided] = 1.0
    value *= sign[:, np.newaxis]
    better = scaled(Filtered(value, error), above=1.0)
    better.error[undecided] = np.inf
    return better
