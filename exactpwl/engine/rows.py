"""The affine functions that cut cells in an array subdivision, by number, with their bounds.

A kink has one function on each cell of the stages before.  Only those that cut their cell are kept:
new vertices are kernels of them, and signs at new vertices are dot products with them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from exactpwl.engine.column import Column
from exactpwl.engine.filtered import Filtered, normalised
from exactpwl.engine.words import Ints

__all__ = ["RowTable"]


class RowTable:
    """A growing table of homogeneous affine functions.

    Parameters
    ----------
    constant : Filtered of shape (m, r + 1)
        t and the rows of the domain, which are the same on all cells.

    Attributes
    ----------
    bits, cells : Column
        For each row its bit in the masks, and the number of the cell that it belongs to among
        those at which its stage starts.
    """

    def __init__(self, constant: Filtered) -> None:
        count, columns = constant.value.shape
        self.columns = columns
        self._value = Column(np.zeros((0, columns)))
        self._error = Column(np.zeros(0))
        self._length = Column(np.zeros(0))
        self.bits = Column(np.zeros(0, dtype=np.int64))
        self.cells = Column(np.zeros(0, dtype=np.int64))
        self.append(constant, np.arange(count), np.full(count, -1))

    def __len__(self) -> int:
        return self._error.size

    def append(self, rows: Filtered, bits: Ints, cells: Ints) -> None:
        """Append rows; they are scaled by powers of two where they are not exact."""
        rows = normalised(rows)
        self._value.append(rows.value)
        self._error.append(rows.error)
        self._length.append(np.abs(rows.value).sum(axis=1))
        self.bits.append(bits)
        self.cells.append(cells)

    def shorten(self, size: int) -> None:
        """Keep the first `size` rows."""
        for column in (self._value, self._error, self._length, self.bits, self.cells):
            column.shorten(size)

    def __getitem__(self, numbers: Ints) -> Filtered:
        return Filtered(self.values(numbers), self.errors(numbers))

    def values(self, numbers: Ints) -> npt.NDArray[np.float64]:
        """Return the entries of rows; the shape is that of `numbers` and one axis more."""
        found: npt.NDArray[np.float64] = self._value.rows.take(numbers, axis=0)
        return found

    def errors(self, numbers: Ints) -> npt.NDArray[np.float64]:
        """Return the bounds of the errors of rows."""
        found: npt.NDArray[np.float64] = self._error.rows.take(numbers)
        return found

    def lengths(self, numbers: Ints) -> npt.NDArray[np.float64]:
        """Return the sums of absolute entries of rows."""
        found: npt.NDArray[np.float64] = self._length.rows.take(numbers)
        return found
