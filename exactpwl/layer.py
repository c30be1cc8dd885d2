"""One layer: an affine map, then one activation a neuron.

The weights are integers over one positive common denominator, the form in which everything exact is
cheap: positive scaling keeps signs, so the engine never meets a fraction.  `Layer.of` is the one
place where numbers from outside become weights, and where they are refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from exactpwl.activation import Activation, IntegerPieces
from exactpwl.affine import AffineMap
from exactpwl.errors import NetworkError
from exactpwl.rationals import (
    RationalLike,
    as_fraction,
    clear_denominators,
    format_fraction,
    shown,
)

__all__ = ["Layer", "SparseRow", "as_layer", "parse_activations"]

SparseRow = tuple[tuple[int, ...], tuple[int, ...]]
"""The places of a row's weights that are not zero, and their numerators."""


@dataclass(frozen=True)
class Layer:
    """h -> s(W h + b): integer matrices over one positive denominator, one activation a neuron.

    Parameters
    ----------
    numerators : n rows of m ints
        `denominator` times the weights.
    bias_numerators : n ints
    denominator : int, positive
        Reduced, so that equal layers compare equal.
    activations : n activations

    Notes
    -----
    The sizes are taken as they come; `Layer.of` checks them.

    Examples
    --------
    >>> layer = Layer.of([["1/2", "1/3"]], [1], "relu")
    >>> layer.numerators, layer.bias_numerators, layer.denominator
    (((3, 2),), (6,), 6)
    """

    numerators: tuple[tuple[int, ...], ...]
    bias_numerators: tuple[int, ...]
    denominator: int
    activations: tuple[Activation, ...]

    def __post_init__(self) -> None:
        flat = [w for row in self.numerators for w in row] + list(self.bias_numerators)
        common = math.gcd(self.denominator, *flat)
        if common > 1:
            rows = tuple(tuple(w // common for w in row) for row in self.numerators)
            object.__setattr__(self, "numerators", rows)
            biases = tuple(b // common for b in self.bias_numerators)
            object.__setattr__(self, "bias_numerators", biases)
            object.__setattr__(self, "denominator", self.denominator // common)

    @classmethod
    def of(
        cls,
        weight: Iterable[Iterable[RationalLike]],
        bias: Iterable[RationalLike],
        activation: Any = "relu",
        *,
        index: int = 0,
    ) -> Layer:
        """Make a layer of anything that spells rationals.

        Parameters
        ----------
        weight : n rows of m rationals
        bias : n rationals
        activation : str, mapping, Activation, or a list of n of them
            One for all neurons, or one a neuron.
        index : int
            The layer's place, for messages.

        Raises
        ------
        NetworkError
            If rows are ragged, a number is not a finite rational, or sizes do not fit.
        """
        rows = [_rationals(row, index, j, "row") for j, row in enumerate(_rows(weight, index))]
        offsets = _rationals(bias, index, None, "bias")
        if not rows:
            raise NetworkError(f"layer {index}: at least one neuron is required", layer=index)
        for j, row in enumerate(rows):
            if len(row) != len(rows[0]) or not row:
                raise NetworkError(
                    f"layer {index}, row {j}: every row needs the same positive number of weights "
                    f"({len(rows[0])} in row 0), got {len(row)}",
                    layer=index,
                    row=j,
                )
        if len(offsets) != len(rows):
            raise NetworkError(
                f"layer {index}: one bias a row is required ({len(rows)}), got {len(offsets)}",
                layer=index,
            )
        flat, denominator = clear_denominators([*(w for row in rows for w in row), *offsets])
        width = len(rows[0])
        return cls(
            tuple(tuple(flat[j * width : (j + 1) * width]) for j in range(len(rows))),
            tuple(flat[len(rows) * width :]),
            denominator,
            parse_activations(activation, len(rows), index),
        )

    @property
    def input_dimension(self) -> int:
        """The number of inputs of the layer."""
        return len(self.numerators[0])

    @property
    def width(self) -> int:
        """The number of neurons."""
        return len(self.numerators)

    @cached_property
    def affine(self) -> AffineMap:
        """The map before the activation, with rational weights."""
        q = self.denominator
        return AffineMap(
            tuple(tuple(Fraction(w, q) for w in row) for row in self.numerators),
            tuple(Fraction(b, q) for b in self.bias_numerators),
        )

    @property
    def weight(self) -> tuple[tuple[Fraction, ...], ...]:
        """The weights, rows = neurons."""
        return self.affine.weight

    @property
    def bias(self) -> tuple[Fraction, ...]:
        """The biases."""
        return self.affine.bias

    @property
    def is_linear(self) -> bool:
        """Whether no neuron of the layer has a breakpoint."""
        return all(a.is_linear for a in self.activations)

    @property
    def pieces(self) -> tuple[int, ...]:
        """The number of pieces of each neuron."""
        return tuple(len(a.slopes) for a in self.activations)

    @property
    def kink_counts(self) -> tuple[int, ...]:
        """The number of kinks of each neuron."""
        return tuple(len(a.breakpoints) for a in self.activations)

    @cached_property
    def sparse_rows(self) -> tuple[SparseRow, ...]:
        """For each neuron the inputs that it hears, and the numerators of their weights."""
        places = (tuple(k for k, w in enumerate(row) if w) for row in self.numerators)
        return tuple(
            (heard, tuple(row[k] for k in heard))
            for heard, row in zip(places, self.numerators, strict=True)
        )

    @cached_property
    def integer_activations(self) -> tuple[tuple[IntegerPieces, ...], int]:
        """Each neuron's activation in integers over one common denominator, and that."""
        distinct = {id(a): a for a in self.activations}
        common = math.lcm(*(a.integers.denominator for a in distinct.values()))
        scaled = {key: a.integers.over(common) for key, a in distinct.items()}
        return tuple([scaled[id(a)] for a in self.activations]), common

    @property
    def text(self) -> str:
        """The width and the activations, such as ``8 relu``."""
        kinds = dict.fromkeys(map(str, dict.fromkeys(self.activations)))
        shown_kinds = list(kinds)[:3] + (["..."] if len(kinds) > 3 else [])
        return f"{self.width} {'/'.join(shown_kinds)}"

    @property
    def activation_spec(self) -> Any:
        """The written form of the activations: one where all are equal, else a list."""
        if len(set(self.activations)) == 1:
            return self.activations[0].spec
        return [a.spec for a in self.activations]

    def as_dict(self) -> dict[str, Any]:
        """Return the layer in the native JSON form, weights as texts."""
        return {
            "W": [[format_fraction(w) for w in row] for row in self.weight],
            "b": [format_fraction(b) for b in self.bias],
            "activation": self.activation_spec,
        }


def as_layer(layer: Any, index: int) -> Layer:
    """Return a layer, or the layer of (weight, bias, activation); `index` is for messages."""
    if isinstance(layer, Layer):
        return layer
    if not isinstance(layer, (tuple, list)) or len(layer) not in (2, 3):
        raise NetworkError(
            f"layer {index}: a Layer or (weight, bias, activation) is required, got {shown(layer)}",
            layer=index,
        )
    return Layer.of(*layer, index=index)


def _rows(weight: Any, index: int) -> list[Any]:
    if not _is_listed(weight):
        raise NetworkError(
            f"layer {index}: W must be a list of rows of numbers, got {shown(weight)}", layer=index
        )
    return list(weight)


def _is_listed(values: Any) -> bool:
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        return False
    return getattr(values, "ndim", 1) > 0


def _rationals(values: Any, index: int, row: int | None, what: str) -> tuple[Fraction, ...]:
    where = f"layer {index}, " + (f"{what} {row}" if row is not None else what)
    if not _is_listed(values):
        raise NetworkError(
            f"{where}: a list of numbers is required, got {shown(values)}", layer=index, row=row
        )
    numbers = []
    for k, value in enumerate(values):
        try:
            numbers.append(as_fraction(value))
        except (TypeError, ValueError) as error:
            raise NetworkError(f"{where}, entry {k}: {error}", layer=index, row=row) from None
    return tuple(numbers)


def parse_activations(
    spec: Any, width: int, index: int | None, noun: str = "neuron"
) -> tuple[Activation, ...]:
    """Return `width` activations of one written form for all, or of a list with one for each.

    Raises
    ------
    NetworkError
        If one is unknown, or their number does not fit.
    """
    place = "" if index is None else f"layer {index}"
    start = place and f"{place}: "
    listed = isinstance(spec, Sequence) and not isinstance(spec, str)
    specs = list(spec) if listed else [spec] * width
    if len(specs) != width:
        raise NetworkError(
            f"{start}one activation for all or one a {noun} ({width}) is required, "
            f"got {len(specs)}",
            layer=index,
        )
    made = []
    for neuron, one in enumerate(specs if listed else specs[:1]):
        try:
            made.append(Activation.parse(one))
        except (TypeError, ValueError) as error:
            where = f"{place and place + ', '}activation" + (f" {neuron}" if listed else "")
            raise NetworkError(f"{where}: {error}", layer=index) from None
    return tuple(made if listed else made * width)
