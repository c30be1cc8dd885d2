"""All vertices of an array subdivision: coordinates with bounds, sign vectors, recipes.

A vertex is a point or a direction, homogeneous.  On which sides of t = 0, of the domain's rows and
of all kinks so far it lies is its *sign vector*, two masks (above, below; neither bit: on it).
Because every pre-activation is continuous, the signs do not depend on the cell that they are
computed in, and no two vertices have the same sign vector (proofs/subdivision.md, section 9).  So
vertices that cells found on their own, in whatever order, are one vertex iff their sign vectors are
equal; a hash of them only proposes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from exactpwl.engine.column import Column
from exactpwl.engine.filtered import Filtered
from exactpwl.engine.layout import Layout
from exactpwl.engine.words import Ints, Words, count, grouped, hashed

__all__ = ["HashCollisionError", "VertexTable"]


class HashCollisionError(Exception):
    """Two different things have the same 64-bit hash; another seed mends it."""


class VertexTable:
    """A growing table of vertices, by number.

    Parameters
    ----------
    vectors : Filtered of shape (n, r + 1)
        The vertices of the start.
    above : Words
        On which of t and the domain's rows these are not 0; below none of them, being inside.
    layout : Layout
    seed : int
        Of the hash.
    """

    def __init__(self, vectors: Filtered, above: Words, layout: Layout, seed: int) -> None:
        self.layout = layout
        self.seed = np.uint64(0x9E3779B97F4A7C15 + seed & 0xFFFFFFFFFFFFFFFF)
        size = len(vectors)
        self._value = Column(vectors.value)
        self._error = Column(vectors.error)
        self._reach = Column(vectors.reach)
        self._above = Column(above)
        self._below = Column(np.zeros_like(above))
        self._made = Column(np.full((size, 3), -1, dtype=np.int64))

    def __len__(self) -> int:
        return self._error.size

    @property
    def above(self) -> Words:
        """For each vertex the bits whose function is positive there; can be written to."""
        found: Words = self._above.rows
        return found

    @property
    def below(self) -> Words:
        """For each vertex the bits whose function is negative there; can be written to."""
        found: Words = self._below.rows
        return found

    def zeros(self, numbers: Any) -> Words:
        """Return the bits whose functions vanish at some vertices."""
        signed = self.above[numbers] | self.below[numbers]
        found: Words = self.layout.used & ~signed
        return found

    def __getitem__(self, numbers: Any) -> Filtered:
        return Filtered(self._value.rows[numbers], self._error.rows[numbers])

    def reach(self, numbers: Any) -> npt.NDArray[np.float64]:
        """Return the largest entries of some vertices."""
        found: npt.NDArray[np.float64] = self._reach.rows[numbers]
        return found

    def errors(self, numbers: Any) -> npt.NDArray[np.float64]:
        """Return the bounds of the errors of some vertices."""
        found: npt.NDArray[np.float64] = self._error.rows[numbers]
        return found

    def at_infinity(self, numbers: Any) -> npt.NDArray[np.bool_]:
        """Return which of some vertices are directions: those whose t is truly 0."""
        found: npt.NDArray[np.bool_] = self.above[numbers, 0] & np.uint64(1) == 0
        return found

    def recipe(self, number: int) -> tuple[int, int, int]:
        """Return the ends of the edge on which a vertex was made, and the row that cut it."""
        u, w, row = self._made.rows[number].tolist()
        return u, w, row

    def append(
        self, vectors: Filtered, above: Words, below: Words, u: Ints, w: Ints, row: Ints
    ) -> Ints:
        """Append vertices and return their numbers."""
        start = len(self)
        self._value.append(vectors.value)
        self._error.append(vectors.error)
        self._reach.append(vectors.reach)
        self._above.append(above)
        self._below.append(below)
        self._made.append(np.stack([u, w, row], axis=1))
        return np.arange(start, len(self))

    def replace(self, number: int, vector: Filtered) -> None:
        """Replace coordinates by better ones."""
        self._value.rows[number] = vector.value[0]
        self._error.rows[number] = vector.error[0]
        self._reach.rows[number] = vector.reach[0]

    def shorten(self, size: int) -> None:
        """Keep the first `size` vertices."""
        for column in (
            *(self._value, self._error, self._reach),
            *(self._above, self._below, self._made),
        ):
            column.shorten(size)

    def are_simple(self, numbers: Ints, rank: int) -> npt.NDArray[np.bool_]:
        """Return at which vertices exactly `rank` functions vanish."""
        found: npt.NDArray[np.bool_] = count(self.zeros(numbers)) == rank
        return found

    def representatives(self, used: Ints, stages: int) -> Ints:
        """Return, for each number in `used`, one number in it with the same sign vector.

        Parameters
        ----------
        used : (n,) ints
        stages : int
            The signs of how many stages are known at all of these.

        Raises
        ------
        HashCollisionError
            If two vertices with one hash have different sign vectors.
        """
        words = self.layout.first_word[stages]
        above, below = self.above[used, :words], self.below[used, :words]
        order, first, sizes = grouped(hashed(below, hashed(above, self.seed)))
        same = order[first].repeat(sizes)
        if (above[order] != above[same]).any() or (below[order] != below[same]).any():
            raise HashCollisionError("two vertices have one hash")
        found = np.empty_like(used)
        found[order] = used[same]
        return found
