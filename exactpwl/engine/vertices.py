"""All vertices of an array subdivision: float coordinates with bounds, names, signs, recipes.

A vertex (a point or a direction, homogeneous) is found by every cell around it on its own, in
different rounds.  It gets the same *name* everywhere: a 64-bit hash of the names of the two ends of
the edge that it cuts and of the kink that cuts it.  The kinks that cut a face are the same for all
cells around it and come in the same order, so the edge and the kink are the same for all of them.
Equal names are checked to have equal recipes when vertices are merged; a collision of the hash
raises `NameCollisionError`, and the subdivision is run again with another seed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from exactpwl.engine.column import Column
from exactpwl.engine.exact import Recipe
from exactpwl.engine.filtered import Filtered
from exactpwl.engine.words import Ints

__all__ = ["NameCollisionError", "Names", "VertexTable", "is_direction", "mixed"]

Names = npt.NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
KINKS = np.uint64(0xD1B54A32D192ED03)


class NameCollisionError(Exception):
    """Two different vertices have the same 64-bit name; another seed mends it."""


def mixed(numbers: Names) -> Names:
    """Return a one-to-one scrambling of 64-bit numbers (splitmix64, Steele et al. 2014)."""
    x = numbers ^ (numbers >> np.uint64(30))
    x = x * np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(27)
    x = x * np.uint64(0x94D049BB133111EB)
    found: Names = x ^ (x >> np.uint64(31))
    return found


class VertexTable:
    """A growing table of vertices, by number.

    Parameters
    ----------
    vectors : Filtered of shape (n, r + 1)
        The vertices of the start.
    seed : int
        Of the names.

    Attributes
    ----------
    names : (n,) names
    """

    def __init__(self, vectors: Filtered, seed: int) -> None:
        count = len(vectors.value)
        self.seed = np.uint64(seed)
        self._value = Column(vectors.value)
        self._error = Column(vectors.error)
        self._names = Column(mixed(np.arange(1, count + 1, dtype=np.uint64)))
        self._ends = Column(np.arange(2 * count, dtype=np.uint64).reshape(count, 2))
        self._bits = Column(np.full(count, -1, dtype=np.int64))
        self._made = Column(np.full((count, 5), -1, dtype=np.int64))

    def __len__(self) -> int:
        return self._names.size

    @property
    def vectors(self) -> Filtered:
        """The coordinates."""
        return Filtered(self._value.rows, self._error.rows)

    @property
    def at_infinity(self) -> npt.NDArray[np.bool_]:
        """Which are directions: a point may be so far away that its t is 0 but for the error."""
        return is_direction(self.vectors)

    @property
    def names(self) -> Names:
        """The names."""
        found: Names = self._names.rows
        return found

    def recipe(self, number: int) -> Recipe:
        """Return how a vertex was made."""
        u, w, stage, cell, kink = self._made.rows[number].tolist()
        return u, w, stage, cell, kink

    def named(self, u: Ints, w: Ints, bit: Ints) -> tuple[Names, Names]:
        """Return the names of the vertices on the edges u w, and the ordered names of the ends."""
        ends = np.sort(np.stack([self.names[u], self.names[w]], axis=1), axis=1)
        inner = mixed(ends[:, 0] * GOLDEN + ends[:, 1] + self.seed)
        return mixed(inner + (bit.astype(np.uint64) + np.uint64(1)) * KINKS), ends

    def append(self, vectors: Filtered, names: Names, ends: Names, bit: Ints, made: Ints) -> Ints:
        """Append vertices and return their numbers."""
        start = len(self)
        self._value.append(vectors.value)
        self._error.append(vectors.error)
        self._names.append(names)
        self._ends.append(ends)
        self._bits.append(bit)
        self._made.append(made)
        return np.arange(start, len(self))

    def replace(self, number: int, value: npt.NDArray[Any], error: npt.NDArray[Any]) -> None:
        """Replace coordinates by better ones."""
        self._value.rows[number] = value
        self._error.rows[number] = error

    def representatives(self, used: Ints) -> Ints:
        """Return, for each number in `used`, the least number in it with the same name.

        Raises
        ------
        NameCollisionError
            If two vertices with one name were not made in the same way.
        """
        first, number = distinct(self.names[used], self._ends.rows[used], self._bits.rows[used])
        found: Ints = used[first][number]
        return found


def is_direction(vectors: Filtered) -> npt.NDArray[np.bool_]:
    """Return for each vector whether its last coordinate is truly 0."""
    last = vectors[:, -1]
    return np.asarray((last.value == 0) & (last.error == 0))


def distinct(names: Names, ends: Names, bit: Ints) -> tuple[Ints, Ints]:
    """Return the first place of each name, and for each entry the number of its name.

    Raises
    ------
    NameCollisionError
        If two entries with one name have different ends or kinks.
    """
    _, first, number = np.unique(names, return_index=True, return_inverse=True)
    same = first[number]
    if not (np.array_equal(ends, ends[same]) and np.array_equal(bit, bit[same])):
        raise NameCollisionError("two vertices have one name")
    return first, number
