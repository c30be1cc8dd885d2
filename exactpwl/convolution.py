"""Convolutions: dense layers whose rows are one small kernel, seen through windows.

The kernel is all there is to a convolution: a neuron for each filter and each window hears the
values in the window, with the filter's weights.  So evaluation and the maps at a data point never
see a table of weights, 5,760 rows of 784 for ten filters of 5 x 5 on 28 x 28, but 25 numbers a row.

What is called a convolution here, as in ONNX and torch, is a cross-correlation: the kernel is not
turned round.  Filters in `groups` hear a part of the channels each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

from exactpwl.activation import Activation
from exactpwl.errors import NetworkError
from exactpwl.layer import SparseRow, parse_activations
from exactpwl.rationals import (
    RationalLike,
    as_fraction,
    clear_denominators,
    format_fraction,
    shown,
)
from exactpwl.structured import StructuredLayer
from exactpwl.windows import Windows, whole_numbers

__all__ = ["Convolution"]

Filters = tuple[tuple[tuple[int, ...], ...], ...]
"""For each filter and each channel that it hears, the numerators of the kernel, row by row."""


class Convolution(StructuredLayer):
    """A layer that slides filters over a grid of values; immutable.

    Parameters
    ----------
    kernel : filters x (channels / groups) x height x width rationals
        As `weight` of torch's ``Conv2d`` and ``W`` of ONNX's ``Conv``.
    bias : one rational a filter, optional
        Zeros if left out.
    activation : str, mapping, Activation, or a list with one a filter
    input_shape : (channels, height, width)
        Of the values that enter, numbered channel by channel and row by row.
    stride, dilation : int or (down, right)
    padding : int, (vertical, horizontal), or (top, left, bottom, right)
        Zeros around the grid.
    groups : int
        Filters and channels are divided into as many parts, each part hearing its own.

    Attributes
    ----------
    windows : Windows
    filters : nested tuples of int
        `denominator` times the kernel.
    filter_biases : tuple of int
    filter_activations : tuple of Activation
    groups : int

    Raises
    ------
    NetworkError
        If the kernel is ragged, a number is not a finite rational, or sizes do not fit.

    Examples
    --------
    >>> edges = Convolution([[[[1, -1]]]], input_shape=(1, 2, 3))
    >>> edges.output_shape, edges.sparse_rows[3]
    ((1, 2, 2), ((4, 5), (1, -1)))
    >>> edges.text
    '1x2x2 convolution 1x2 relu'
    """

    windows: Windows
    filters: Filters
    filter_biases: tuple[int, ...]
    filter_activations: tuple[Activation, ...]
    groups: int

    _kept = ("windows", "filters", "filter_biases", "denominator", "filter_activations", "groups")

    def __init__(
        self,
        kernel: Any,
        bias: Any = None,
        activation: Any = "relu",
        *,
        input_shape: Any,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: Any = 1,
    ) -> None:
        weights, sizes = _four_deep(kernel)
        count, heard, height, width = sizes
        windows = Windows.of(input_shape, (height, width), stride, padding, dilation)
        (parts,) = whole_numbers(groups, "groups", 1, least=1)
        if windows.channels != heard * parts or count % parts:
            raise NetworkError(
                f"a kernel of {count} filters for {heard} channels each, in {parts} group(s), "
                f"needs {heard * parts} channels and filters in equal parts, got "
                f"{windows.channels} channels"
            )
        offsets = [Fraction(0)] * count if bias is None else list(_numbers(bias, "bias"))
        if len(offsets) != count:
            raise NetworkError(f"one bias a filter is required ({count}), got {len(offsets)}")
        numerators, denominator = clear_denominators([*weights, *offsets])
        area = height * width
        rows = [numerators[i : i + area] for i in range(0, len(weights), area)]
        self._keep(
            windows=windows,
            filters=tuple(tuple(rows[i : i + heard]) for i in range(0, len(rows), heard)),
            filter_biases=numerators[len(weights) :],
            denominator=denominator,
            filter_activations=parse_activations(activation, count, None, "filter"),
            groups=parts,
        )

    @property
    def input_dimension(self) -> int:
        """The number of values that enter."""
        return self.windows.inputs

    @property
    def width(self) -> int:
        """The number of neurons: one for each filter and each window."""
        return len(self.filters) * len(self.windows.places)

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(filters, windows down, windows right)."""
        return (len(self.filters), *self.windows.output_size)

    @cached_property
    def sparse_rows(self) -> tuple[SparseRow, ...]:
        """For each neuron the inputs that it hears, and the numerators of their weights."""
        heard = len(self.filters[0])
        each = len(self.filters) // self.groups
        rows: list[SparseRow] = []
        for number, kernel in enumerate(self.filters):
            first = number // each * heard * self.windows.area
            rows += self._rows_of(kernel, first)
        return tuple(rows)

    def _rows_of(self, kernel: tuple[tuple[int, ...], ...], first: int) -> Iterator[SparseRow]:
        area = self.windows.area
        flat = tuple(number for channel in kernel for number in channel)
        whole = len(kernel[0])
        for places in self.windows.places:
            inputs = tuple(
                first + channel * area + p for channel in range(len(kernel)) for _, p in places
            )
            if len(places) == whole:
                yield inputs, flat
            else:
                yield inputs, tuple(channel[k] for channel in kernel for k, _ in places)

    @cached_property
    def bias_numerators(self) -> tuple[int, ...]:
        """`denominator` times the bias of each neuron."""
        each = len(self.windows.places)
        return tuple(b for b in self.filter_biases for _ in range(each))

    @property
    def bias(self) -> tuple[Fraction, ...]:
        """The bias of each neuron."""
        return tuple(Fraction(b, self.denominator) for b in self.bias_numerators)

    @cached_property
    def activations(self) -> tuple[Activation, ...]:
        """The activation of each neuron."""
        each = len(self.windows.places)
        return tuple(a for a in self.filter_activations for _ in range(each))

    @property
    def activation_spec(self) -> Any:
        """The written form of the activations: one where all are equal, else one a filter."""
        specs = [a.spec for a in self.filter_activations]
        return specs[0] if len(set(self.filter_activations)) == 1 else specs

    @property
    def text(self) -> str:
        """Sizes and activations in a few words."""
        shape = "x".join(map(str, self.output_shape))
        size = "x".join(map(str, self.windows.size))
        kinds = "/".join(dict.fromkeys(map(str, self.filter_activations)))
        return f"{shape} convolution {size} {kinds}"

    def as_dict(self) -> dict[str, Any]:
        """Return the layer in the native JSON form."""
        q, width = self.denominator, self.windows.size[1]

        def grid(numbers: tuple[int, ...]) -> list[list[str]]:
            texts = [format_fraction(Fraction(n, q)) for n in numbers]
            return [texts[i : i + width] for i in range(0, len(texts), width)]

        return {
            "kind": "convolution",
            "kernel": [[grid(channel) for channel in kernel] for kernel in self.filters],
            "b": [format_fraction(Fraction(b, q)) for b in self.filter_biases],
            "activation": self.activation_spec,
            **self.windows.as_dict(),
            "groups": self.groups,
        }

    def __repr__(self) -> str:
        return f"<Convolution {'x'.join(map(str, self.windows.input_shape))} -> {self.text}>"


def _four_deep(kernel: Any) -> tuple[list[Fraction], tuple[int, int, int, int]]:
    """Return the numbers of a kernel in order, and its four sizes."""
    level: list[Any] = [kernel]
    sizes = []
    for depth in range(4):
        lists = [_listed(item, depth) for item in level]
        if len({len(one) for one in lists}) != 1 or not lists[0]:
            raise NetworkError(
                "the kernel: filters x channels x height x width numbers are required, got "
                f"{('filters', 'channels', 'rows', 'columns')[depth]} of different or no length"
            )
        sizes.append(len(lists[0]))
        level = [item for one in lists for item in one]
    return list(_numbers(level, "kernel")), (sizes[0], sizes[1], sizes[2], sizes[3])


def _listed(values: Any, depth: int) -> list[Any]:
    nested = isinstance(values, Iterable) and not isinstance(values, (str, bytes, dict))
    if not nested or getattr(values, "ndim", 1) < 1:
        raise NetworkError(
            "the kernel: filters x channels x height x width numbers are required, in lists four "
            f"deep, got {shown(values)} at depth {depth}"
        )
    return list(values)


def _numbers(values: Iterable[RationalLike], what: str) -> Iterator[Fraction]:
    for k, value in enumerate(_listed(values, 0) if what == "bias" else values):
        try:
            yield as_fraction(value)
        except (TypeError, ValueError) as error:
            raise NetworkError(f"{what}, entry {k}: {error}") from None
