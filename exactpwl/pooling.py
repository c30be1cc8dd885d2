"""Pooling: windows that hand on the mean, or the largest, of what they see.

The mean is a linear layer.  The largest is a `Maximum` over one group of inputs a window.  Cells in
the padding are no arguments of a maximum; of a mean they are zeros that count, or do not.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

from exactpwl.activation import Activation
from exactpwl.errors import NetworkError
from exactpwl.layer import SparseRow, parse_activations
from exactpwl.maximum import Maximum
from exactpwl.structured import StructuredLayer
from exactpwl.windows import Windows

__all__ = ["AveragePool", "MaxPool"]


class AveragePool(StructuredLayer):
    """The mean over windows, channel by channel; immutable.

    Parameters
    ----------
    input_shape : (channels, height, width)
    window : int or (height, width)
    stride : int or (down, right), optional
        As the window if left out.
    padding : int, (vertical, horizontal), or (top, left, bottom, right)
    dilation : int or (down, right)
    count_padding : bool
        Whether a mean is over the whole window, zeros in the padding included.
    activation : str, mapping, Activation
        After the mean.

    Raises
    ------
    NetworkError
        If sizes do not fit, or a window is in the padding altogether.

    Examples
    --------
    >>> AveragePool((1, 2, 4), 2).weight[1]
    (Fraction(0, 1), Fraction(0, 1), Fraction(1, 4), Fraction(1, 4), Fraction(0, 1), \
Fraction(0, 1), Fraction(1, 4), Fraction(1, 4))
    """

    windows: Windows
    count_padding: bool
    activation: Activation

    _kept = ("windows", "count_padding", "activation")

    def __init__(
        self,
        input_shape: Any,
        window: Any,
        *,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        count_padding: bool = True,
        activation: Any = "linear",
    ) -> None:
        self._keep(
            windows=_pool_windows(input_shape, window, stride, padding, dilation),
            count_padding=bool(count_padding),
            activation=parse_activations(activation, 1, None)[0],
        )

    @property
    def input_dimension(self) -> int:
        """The number of values that enter."""
        return self.windows.inputs

    @property
    def width(self) -> int:
        """The number of windows, in all channels."""
        return self.windows.channels * len(self.windows.places)

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(channels, windows down, windows right)."""
        return (self.windows.channels, *self.windows.output_size)

    def _divisor(self, places: int) -> int:
        return self.windows.size[0] * self.windows.size[1] if self.count_padding else places

    @cached_property
    def denominator(self) -> int:
        """The common denominator of all weights."""
        return lcm(*(self._divisor(len(places)) for places in self.windows.places))

    @cached_property
    def sparse_rows(self) -> tuple[SparseRow, ...]:
        """For each window the inputs in it, and the numerators of their weights."""
        return tuple(
            (
                tuple(channel * self.windows.area + p for _, p in places),
                (self.denominator // self._divisor(len(places)),) * len(places),
            )
            for channel in range(self.windows.channels)
            for places in self.windows.places
        )

    @property
    def bias_numerators(self) -> tuple[int, ...]:
        """Zeros."""
        return (0,) * self.width

    @property
    def bias(self) -> tuple[Fraction, ...]:
        """Zeros."""
        return (Fraction(0),) * self.width

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The activation of each window."""
        return (self.activation,) * self.width

    @property
    def text(self) -> str:
        """Sizes and activation in a few words."""
        shape = "x".join(map(str, self.output_shape))
        size = "x".join(map(str, self.windows.size))
        return f"{shape} average pool {size} {self.activation}"

    def as_dict(self) -> dict[str, Any]:
        """Return the layer in the native JSON form."""
        return {
            "kind": "average_pool",
            "window": list(self.windows.size),
            **self.windows.as_dict(),
            "count_padding": self.count_padding,
            "activation": self.activation.spec,
        }

    def __repr__(self) -> str:
        return f"<AveragePool {'x'.join(map(str, self.windows.input_shape))} -> {self.text}>"


class MaxPool(Maximum):
    """The maximum over windows, channel by channel; immutable.

    Parameters
    ----------
    input_shape : (channels, height, width)
    window : int or (height, width)
    stride : int or (down, right), optional
        As the window if left out.
    padding : int, (vertical, horizontal), or (top, left, bottom, right)
        Cells there are no arguments.
    dilation : int or (down, right)

    Raises
    ------
    NetworkError
        If sizes do not fit, or a window is in the padding altogether.

    Examples
    --------
    >>> MaxPool((1, 2, 4), 2).members
    ((0, 1, 4, 5), (2, 3, 6, 7))
    """

    windows: Windows

    _kept = ("windows",)

    def __init__(
        self,
        input_shape: Any,
        window: Any,
        *,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
    ) -> None:
        self._keep(windows=_pool_windows(input_shape, window, stride, padding, dilation))

    @property
    def input_dimension(self) -> int:
        """The number of values that enter."""
        return self.windows.inputs

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(channels, windows down, windows right)."""
        return (self.windows.channels, *self.windows.output_size)

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """For each window the numbers of its inputs, in order."""
        return tuple(
            tuple(channel * self.windows.area + p for _, p in places)
            for channel in range(self.windows.channels)
            for places in self.windows.places
        )

    @property
    def text(self) -> str:
        """Sizes in a few words."""
        shape = "x".join(map(str, self.output_shape))
        return f"{shape} max pool {'x'.join(map(str, self.windows.size))}"

    def as_dict(self) -> dict[str, Any]:
        """Return the layer in the native JSON form."""
        return {
            "kind": "max_pool",
            "window": list(self.windows.size),
            **self.windows.as_dict(),
        }


def _pool_windows(
    input_shape: Any, window: Any, stride: Any, padding: Any, dilation: Any
) -> Windows:
    steps = window if stride is None else stride
    windows = Windows.of(input_shape, window, steps, padding, dilation)
    if not all(windows.places):
        raise NetworkError(
            "every window of a pooling needs a value, but with the padding "
            f"{', '.join(map(str, windows.padding))} one sees none"
        )
    return windows
