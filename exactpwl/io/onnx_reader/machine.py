"""What a graph is run on: the interface of the two machines, and of structured values.

The operators are written once, for arrays of any entries that add and can be multiplied by
constants.  A *machine* says what an entry is and what happens at a non-linearity: `Tape` reads the
network out of the graph, `Gauge` follows floats and bounds their rounding errors.

A `Sliding` value is a convolution or a mean over windows before its activation.  As long as nothing
but a factor, a constant or an activation a channel follows, it stays what it is, and the network
gets a layer of a few numbers instead of a table.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from exactpwl.convolution import Convolution
from exactpwl.pooling import AveragePool, MaxPool

__all__ = ["Machine", "Sliding", "array_of"]


def array_of(entries: Sequence[Any], shape: Iterable[int]) -> Any:
    """Return entries as an array of objects of the given shape."""
    made = np.empty(len(entries), dtype=object)
    made[:] = entries
    return made.reshape(tuple(shape))


@dataclass(frozen=True)
class Sliding:
    """A convolution or a mean over windows of consecutive units, its activation still open.

    Attributes
    ----------
    source : int
        The first unit that enters.
    entries : array
        What enters: units of the tape.
    shape : tuple of int
        Of the result, as the graph has it.
    kernel, bias : nested lists of Fraction, or None
        None for a mean.
    options : dict
        What else the layer is made with.
    """

    source: int
    entries: Any
    shape: tuple[int, ...]
    kernel: Any
    bias: tuple[Any, ...] | None
    options: dict[str, Any]

    def layer(self, activation: Any = "linear") -> Convolution | AveragePool:
        """Return the layer with an activation: one, or of a convolution one a channel."""
        if self.kernel is None:
            return AveragePool(**self.options, activation=activation)
        return Convolution(self.kernel.tolist(), self.bias, activation, **self.options)

    @property
    def channels(self) -> int:
        """The number of channels of the result."""
        return self.shape[1]

    def scaled(self, factors: Sequence[Any], shifts: Sequence[Any]) -> Sliding | None:
        """Return factor times this plus shift, channel by channel; None for a mean."""
        if self.kernel is None or self.bias is None:
            return None
        column = array_of(factors, (len(factors), 1, 1, 1))
        bias = tuple(f * b + s for f, b, s in zip(factors, self.bias, shifts, strict=True))
        return replace(self, kernel=column * self.kernel, bias=bias)


class Machine(ABC):
    """Runs operators on arrays of entries."""

    @abstractmethod
    def numbers(self, raw: Any) -> Any:
        """Return stored floats as entries."""

    @abstractmethod
    def exact(self, entry: Any) -> Fraction | None:
        """Return the number of a constant entry, None if it depends on the input."""

    @abstractmethod
    def combine(self, weights: Iterable[Any], entries: Iterable[Any], start: Any) -> Any:
        """Return start + sum of weight times entry."""

    @abstractmethod
    def bend(self, values: Any, activations: Any) -> Any:
        """Apply activations, an array that broadcasts to the values."""

    @abstractmethod
    def largest(self, groups: Sequence[Sequence[Any]]) -> list[Any]:
        """Return the largest entry of each group."""

    def folded(self, numbers: Sequence[Fraction]) -> list[Any]:
        """Return numbers that a float runtime computes while it runs, as entries."""
        return list(numbers)

    def settle(self, values: Any) -> Any:
        """Return the values as units of their own if they are mixed of several."""
        return values

    def slide(self, value: Sliding) -> Any:
        """Return a convolution, or a mean over windows, of any entries."""
        return self.written_out(value)

    def pool(self, values: Any, layer: MaxPool) -> list[Any]:
        """Return the largest entry of each window."""
        entries = values.ravel()
        return self.largest([[entries[i] for i in group] for group in layer.members])

    def written_out(self, value: Sliding) -> Any:
        """Return a structured value entry by entry."""
        layer = value.layer()
        heard = value.entries.ravel()
        q = layer.denominator
        made = [
            self.combine(
                [Fraction(n, q) for n in numbers], [heard[i] for i in places], Fraction(b, q)
            )
            for (places, numbers), b in zip(layer.sparse_rows, layer.bias_numerators, strict=True)
        ]
        return array_of(made, value.shape)
