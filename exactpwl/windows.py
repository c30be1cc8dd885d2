"""Where the windows of a convolution or a pooling stand on a grid of values.

The values of a layer on a grid are numbered channel by channel, row by row: (c, y, x) has the
number (c H + y) W + x, as ``numpy.ravel`` and ``torch.flatten`` number them.  A window slides over
one channel.  What of it stands in the padding has no number: for a sum it is zero, for a maximum it
is not there.  Everything is four pairs and a shape, the attributes of ONNX's Conv and pools.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from exactpwl.errors import NetworkError
from exactpwl.rationals import as_fraction, shown

__all__ = ["Windows", "whole_numbers"]

Place = tuple[int, int]
"""The number of a window's cell, and the number of the value in the channel that stands there."""


@dataclass(frozen=True)
class Windows:
    """The windows on a grid; `Windows.of` checks the numbers.

    Parameters
    ----------
    input_shape : (channels, height, width)
    size : (height, width) of the window
    stride : (down, right)
    padding : (top, left, bottom, right)
    dilation : (down, right)
        Steps between the cells of a window.

    Examples
    --------
    >>> windows = Windows.of((1, 4, 5), 2, stride=(2, 1))
    >>> windows.output_size, windows.places[0]
    ((2, 4), ((0, 0), (1, 1), (2, 5), (3, 6)))
    """

    input_shape: tuple[int, int, int]
    size: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int, int, int]
    dilation: tuple[int, int]

    @classmethod
    def of(
        cls, input_shape: Any, size: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1
    ) -> Windows:
        """Make windows of whole numbers: one for both directions, or one for each.

        Raises
        ------
        NetworkError
            If a number is not whole or too small, or no window fits into the padded grid.
        """
        shape = whole_numbers(input_shape, "the input shape (channels, height, width)", 3, least=1)
        ends = whole_numbers(padding, "the padding", 4, 2, least=0)
        made = cls(
            (shape[0], shape[1], shape[2]),
            _pair(size, "the window"),
            _pair(stride, "the stride"),
            (ends[0], ends[1], ends[-2], ends[-1]),
            _pair(dilation, "the dilation"),
        )
        if min(made.output_size) < 1:
            raise NetworkError(
                f"a window of {made.size[0]} x {made.size[1]} with dilation {made.dilation[0]}, "
                f"{made.dilation[1]} does not fit into a grid of {shape[1]} x {shape[2]} with the "
                f"padding {', '.join(map(str, made.padding))}"
            )
        return made

    @property
    def channels(self) -> int:
        """The number of channels that enter."""
        return self.input_shape[0]

    @property
    def area(self) -> int:
        """The number of values of one channel that enter."""
        return self.input_shape[1] * self.input_shape[2]

    @property
    def inputs(self) -> int:
        """The number of values that enter."""
        return self.channels * self.area

    @property
    def output_size(self) -> tuple[int, int]:
        """The number of windows, down and right."""
        _, height, width = self.input_shape
        top, left, bottom, right = self.padding
        return (
            _steps(height + top + bottom, self.size[0], self.stride[0], self.dilation[0]),
            _steps(width + left + right, self.size[1], self.stride[1], self.dilation[1]),
        )

    @cached_property
    def places(self) -> tuple[tuple[Place, ...], ...]:
        """For each window the cells that are on the grid: number in the window, in the channel."""
        rows, columns = self.output_size
        down = [self._along(i, 0, self.padding[0]) for i in range(rows)]
        right = [self._along(j, 1, self.padding[1]) for j in range(columns)]
        width = self.input_shape[2]
        return tuple(
            tuple((a * self.size[1] + b, y * width + x) for a, y in ys for b, x in xs)
            for ys in down
            for xs in right
        )

    def _along(self, window: int, axis: int, padding: int) -> list[Place]:
        first = window * self.stride[axis] - padding
        at = ((a, first + a * self.dilation[axis]) for a in range(self.size[axis]))
        return [(a, y) for a, y in at if 0 <= y < self.input_shape[1 + axis]]

    def as_dict(self) -> dict[str, Any]:
        """Return what is written of it beside the window itself."""
        return {
            "input_shape": list(self.input_shape),
            "stride": list(self.stride),
            "padding": list(self.padding),
            "dilation": list(self.dilation),
        }


def _steps(length: int, size: int, stride: int, dilation: int) -> int:
    return (length - dilation * (size - 1) - 1) // stride + 1


def whole_numbers(values: Any, what: str, *counts: int, least: int) -> tuple[int, ...]:
    """Return `values` as the first of `counts` whole numbers; a single one stands for all.

    With fewer numbers, as one of the other counts allows, they are repeated.

    Raises
    ------
    NetworkError
        If there are others.

    Examples
    --------
    >>> whole_numbers((1, 2), "the padding", 4, 2, least=0)
    (1, 2, 1, 2)
    """
    listed = isinstance(values, Iterable) and not isinstance(values, str)
    given = list(values) if listed else [values] * counts[-1]
    try:
        numbers = [as_fraction(value) for value in given]
    except (TypeError, ValueError) as error:
        raise NetworkError(f"{what}: {error}") from None
    if len(numbers) not in counts or any(n.denominator > 1 or n < least for n in numbers):
        many = " or ".join(map(str, counts))
        raise NetworkError(
            f"{what}: {many} whole numbers of at least {least} are required, got {shown(values)}"
        )
    return tuple(map(int, numbers)) * (counts[0] // len(numbers))


def _pair(values: Any, what: str) -> tuple[int, int]:
    down, right = whole_numbers(values, what, 2, least=1)
    return down, right
