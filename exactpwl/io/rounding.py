"""Networks whose numbers are floats: which are, and the nearest one to a network whose are not.

A file of floats holds a network exactly where each of its numbers, the weights, the biases and what
the activations are made of, is a float of the file's precision.  Where one is not, somebody has to
decide to round, and what is then written is another network.  So rounding is a map from networks to
networks, with a report of what it changed, and whatever writes floats writes a network that needs
none.

A number is rounded to the nearest float, of two to the even one, by integer arithmetic: a float of
p bits is m 2^e with |m| < 2^p and e bounded from below, so it is enough to round the quotient by
the right power of two to an integer (IEEE Std 754-2019, section 4.3.1).  Converting to a double
first and to a float from there would round twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from exactpwl.activation import Activation
from exactpwl.convolution import Convolution
from exactpwl.errors import NetworkError, OptionError
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum
from exactpwl.network import Network
from exactpwl.pooling import AveragePool
from exactpwl.rationals import format_count, shown
from exactpwl.sparse import SparseLayer

__all__ = ["PRECISIONS", "Rounded", "Rounding", "nearest_float", "rounded_network"]

PRECISIONS = {"float32": (24, -149, 128), "float64": (53, -1074, 1024)}
"""Bits of the significand, the least exponent, and the exponent that is too large."""

Change = Callable[[Fraction, int, str], Fraction]
"""What becomes of a number of a neuron; the text says which of its numbers it is."""


def nearest_float(value: Fraction, precision: str) -> Fraction | None:
    """Return the float nearest to a number, of two the even one; None beyond the largest float.

    Examples
    --------
    >>> nearest_float(Fraction(1, 3), "float32")
    Fraction(11184811, 33554432)
    >>> nearest_float(Fraction(2) ** 128, "float32") is None
    True
    """
    bits, least, beyond = PRECISIONS[precision]
    below = value.denominator
    length = value.numerator.bit_length()
    power = below.bit_length() - 1
    if below == 1 << power and length <= bits and power <= -least and length - power <= beyond:
        return value  # most numbers of most networks
    size = abs(value)
    exponent = size.numerator.bit_length() - size.denominator.bit_length() - 1
    exponent += size >= Fraction(2) ** (exponent + 1)
    unit = Fraction(2) ** max(exponent - bits + 1, least)
    found = round(value / unit) * unit
    return None if abs(found) >= Fraction(2) ** beyond else found


class Rounded(NamedTuple):
    """A number that is none of the floats, where it is, and the nearest float."""

    place: str
    value: Fraction
    nearest: Fraction

    @property
    def change(self) -> Fraction:
        """How far it moves."""
        return abs(self.nearest - self.value)

    def __str__(self) -> str:
        return f"{self.place}: {shown(str(self.value)).strip(chr(39))}"


@dataclass(frozen=True)
class Rounding:
    """What became of a network's numbers when they were rounded.

    Attributes
    ----------
    precision : str
        ``"float32"`` or ``"float64"``.
    numbers : int
        How many the network has: weights, biases, and those of the activations.
    rounded : int
        How many of them were no floats.
    first, largest_absolute, largest_relative : Rounded or None
        The first of them, and those that moved farthest; None where nothing was rounded.
    """

    precision: str
    numbers: int
    rounded: int
    first: Rounded | None = None
    largest_absolute: Rounded | None = None
    largest_relative: Rounded | None = None

    def __str__(self) -> str:
        many = f"{format_count(self.numbers)} numbers"
        farthest, worst = self.largest_absolute, self.largest_relative
        if farthest is None or worst is None:
            return f"nothing: all {many} are {self.precision}"
        return (
            f"{format_count(self.rounded)} of {many}, each to the nearest {self.precision}; the "
            f"largest change is {float(farthest.change):.2g} ({farthest}), the largest relative "
            f"one {float(worst.change / abs(worst.value)):.2g} ({worst})"
        )


def rounded_network(network: Network, precision: str) -> tuple[Network, Rounding]:
    """Return the network with each number replaced by the nearest float, and what that changed.

    Parameters
    ----------
    network : Network
    precision : ``"float32"`` or ``"float64"``

    Returns
    -------
    Network
        Equal to `network` where all its numbers are floats.
    Rounding

    Raises
    ------
    OptionError
        If there is no such precision.
    NetworkError
        If a number is beyond the largest float, or two breakpoints of an activation become one.

    Examples
    --------
    >>> third = Network([([["1/3", 1]], ["1/2"], "relu")])
    >>> made, report = rounded_network(third, "float32")
    >>> made.layers[0].weight[0][0], report.rounded, report.numbers
    (Fraction(11184811, 33554432), 1, 7)
    """
    if precision not in PRECISIONS:
        raise OptionError(f"rounding to float32 or float64 is required, got {shown(precision)}")
    log = _Log(precision)
    layers = [log.layer(layer, index) for index, layer in enumerate(network.layers)]
    return Network(layers, name=network.name), log.report()


class _Log:
    """The numbers met so far, and what became of them."""

    def __init__(self, precision: str) -> None:
        self.precision = precision
        self.numbers = 0
        self.found: list[Rounded] = []

    def layer(self, layer: Layer, index: int) -> Layer:
        """Return a layer with its numbers rounded."""

        def change(value: Fraction, neuron: int, what: str) -> Fraction:
            self.numbers += 1
            nearest = nearest_float(value, self.precision)
            if nearest is value:
                return value
            place = f"layer {index}, {_noun(layer)} {neuron}, {what}"
            if nearest is None:
                raise NetworkError(
                    f"{place}: a number below the largest {self.precision} is required, got "
                    f"{shown(str(value))}",
                    layer=index,
                    row=neuron,
                )
            if nearest != value:
                self.found.append(Rounded(place, value, nearest))
            return nearest

        return _rebuilt(layer, index, change)

    def report(self) -> Rounding:
        """Return what was found."""
        if not self.found:
            return Rounding(self.precision, self.numbers, 0)
        return Rounding(
            self.precision,
            self.numbers,
            len(self.found),
            self.found[0],
            max(self.found, key=lambda one: one.change),
            max(self.found, key=lambda one: one.change / abs(one.value)),
        )


def _noun(layer: Layer) -> str:
    return "filter" if isinstance(layer, Convolution) else "neuron"


def _rebuilt(layer: Layer, index: int, change: Change) -> Layer:
    """Return the layer whose numbers are the changed ones."""
    if isinstance(layer, Maximum):
        return layer
    if isinstance(layer, AveragePool):
        grid = layer.windows
        (kind,) = _activations([layer.activation], index, change)
        return AveragePool(
            grid.input_shape,
            grid.size,
            stride=grid.stride,
            padding=grid.padding,
            dilation=grid.dilation,
            count_padding=layer.count_padding,
            activation=kind,
        )
    if isinstance(layer, Convolution):
        return _convolution(layer, index, change)
    q = layer.denominator
    bias = [change(b, j, "bias") for j, b in enumerate(layer.bias)]
    kinds = _activations(layer.activations, index, change)
    rows = [
        [(i, change(Fraction(n, q), j, f"weight {i}")) for i, n in zip(*row, strict=True)]
        for j, row in enumerate(layer.sparse_rows)
    ]
    if isinstance(layer, SparseLayer):
        return SparseLayer(rows, bias, kinds, inputs=layer.input_dimension)
    table = [[Fraction(0)] * layer.input_dimension for _ in rows]
    for full, row in zip(table, rows, strict=True):
        for i, weight in row:
            full[i] = weight
    return Layer.of(table, bias, kinds, index=index)


def _convolution(layer: Convolution, index: int, change: Change) -> Layer:
    q, grid = layer.denominator, layer.windows
    columns = grid.size[1]
    kernel = []
    for j, channels in enumerate(layer.filters):
        flat = [
            [change(Fraction(n, q), j, f"weight {k} of channel {c}") for k, n in enumerate(numbers)]
            for c, numbers in enumerate(channels)
        ]
        kernel.append([[c[i : i + columns] for i in range(0, len(c), columns)] for c in flat])
    return Convolution(
        kernel,
        [change(Fraction(b, q), j, "bias") for j, b in enumerate(layer.filter_biases)],
        _activations(layer.filter_activations, index, change),
        input_shape=grid.input_shape,
        stride=grid.stride,
        padding=grid.padding,
        dilation=grid.dilation,
        groups=layer.groups,
    )


def _activations(kinds: Sequence[Activation], index: int, change: Change) -> list[Activation]:
    """Return the activations with their numbers changed; equal ones are looked at once."""
    made: dict[Activation, Activation] = {}
    for j, kind in enumerate(kinds):
        if kind not in made:
            try:
                made[kind] = Activation(
                    tuple(change(c, j, f"breakpoint {i}") for i, c in enumerate(kind.breakpoints)),
                    tuple(change(m, j, f"slope {i}") for i, m in enumerate(kind.slopes)),
                    change(kind.value_at_zero, j, "value at 0"),
                )
            except NetworkError as error:
                if str(error).startswith("layer"):
                    raise
                raise NetworkError(
                    f"layer {index}, activation of {j}: rounded, its {error}", layer=index, row=j
                ) from None
    return [made[kind] for kind in kinds]
