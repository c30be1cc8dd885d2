"""A graph under construction: nodes, the tensors that they hear, and the value that flows.

Between layers there flows either a vector, of shape (batch, n), or a picture, of shape (batch,
channels, height, width).  Which of the two it is, is remembered, so that a convolution after a
pooling needs no reshape, and a chain of them reads like the file of the program that trained it.
All numbers are exact: an integer quotient becomes the float that it is, and it has been seen to
before that it is one (`exactpwl.io.rounding`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

__all__ = ["Drawing", "Value"]

Shape = tuple[int, int, int]


@dataclass(frozen=True)
class Value:
    """A tensor of the graph; `grid` is its (channels, height, width), None for a vector."""

    name: str
    width: int
    grid: Shape | None = None


class Drawing:
    """Nodes and tensors so far.

    Parameters
    ----------
    onnx : module
        The package.
    dtype : numpy type
        Of all floats.
    """

    def __init__(self, onnx: Any, dtype: Any) -> None:
        self.onnx = onnx
        self.dtype = np.dtype(dtype)
        self.nodes: list[Any] = []
        self.tensors: list[Any] = []
        self.prefix = ""

    def node(self, op_type: str, *inputs: str, **attributes: Any) -> str:
        """Add a node with one output; return the output's name."""
        name = f"{self.prefix}{op_type}_{len(self.nodes)}"
        made = self.onnx.helper.make_node(op_type, inputs, [f"{name}_out"], name, **attributes)
        self.nodes.append(made)
        return f"{name}_out"

    def floats(self, word: str, numbers: Iterable[Fraction], shape: Sequence[int]) -> str:
        """Add a tensor of floats; return its name."""
        flat = [float(number) for number in numbers]
        return self._tensor(word, np.array(flat, self.dtype).reshape(shape))

    def whole(self, word: str, numbers: Any) -> str:
        """Add a tensor of whole numbers; return its name."""
        return self._tensor(word, np.array(numbers, np.int64))

    def _tensor(self, word: str, array: Any) -> str:
        name = f"{self.prefix}{word}_{len(self.tensors)}"
        self.tensors.append(self.onnx.numpy_helper.from_array(array, name))
        return name

    def flat(self, value: Value) -> str:
        """Return the value as a vector."""
        return value.name if value.grid is None else self.node("Flatten", value.name, axis=1)

    def picture(self, value: Value, grid: Shape) -> str:
        """Return the value as a picture."""
        if value.grid == grid:
            return value.name
        return self.node("Reshape", self.flat(value), self.whole("grid", [-1, *grid]))

    def finish(self, value: Value, name: str) -> None:
        """Give the last value, as a vector, a name of its own."""
        last = self.flat(value)
        for node in self.nodes:
            if list(node.output) == [last]:
                node.output[0] = name
