"""An array that grows at its end, in amortised constant time a row."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Column"]


class Column:
    """An array that grows at its end; its buffer doubles."""

    def __init__(self, first: npt.NDArray[Any]) -> None:
        self.buffer = first
        self.size = len(first)

    def append(self, block: npt.NDArray[Any]) -> None:
        """Append rows."""
        end = self.size + len(block)
        if end > len(self.buffer):
            grown = np.empty((max(end, 2 * len(self.buffer)), *self.buffer.shape[1:]), block.dtype)
            grown[: self.size] = self.buffer[: self.size]
            self.buffer = grown
        self.buffer[self.size : end] = block
        self.size = end

    def shorten(self, size: int) -> None:
        """Keep the first `size` rows."""
        self.size = min(size, self.size)

    @property
    def rows(self) -> Any:
        """The rows so far."""
        return self.buffer[: self.size]
