"""What a network is around one point: its affine map there, and what bounds its region.

One forward pass (`exactpwl.forward`) tells the piece of every neuron at the point, and with the
pieces fixed the network is affine.  Its few output rows are composed *backward*: a row runs through
the layers from the last to the first, and where a neuron is silent, or an argument not the largest,
it ends.  The inequalities need every neuron's own row, so they are composed *forward*, layer by
layer, each row as the inputs that it hears and nothing else: a neuron behind two convolutions of
5 x 5 and a pooling hears 196 of 784 inputs.  All is integers; nothing is rounded.

The region is the closed cell of the literal pattern at the point: where a pre-activation is zero
there, the point is on the boundary, and the cell may be thin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.forward import LayerPass, passes
from exactpwl.inequality import Inequality, IntegerRow
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum, pairs
from exactpwl.rationals import format_fraction

__all__ = ["LocalInequality", "affine_map_at", "inequalities_at", "maximum_origin"]

Entries = dict[int, int]
"""The weights of a row that are not zero, by input."""

Row = tuple[Entries, int]
"""An affine function times a positive scale: its weights and its constant."""


@dataclass(frozen=True)
class LocalInequality:
    """An inequality of the region of a point, and where it comes from.

    Attributes
    ----------
    inputs : tuple of int
        The inputs that it depends on, in order.
    coefficients : tuple of int
        Their coefficients: sum of coefficients x inputs + offset >= 0, in coprime integers.
    offset : int
    layer, neuron, breakpoint : int
        The kink, as in `Network.kinks`.
    value : Fraction or None
        The breakpoint itself; None for a maximum.
    arguments : (int, int) or None
        Of a maximum the two arguments i < j that are compared.
    above : bool
        Whether the point is above the kink: z > breakpoint, or argument j > argument i.

    Examples
    --------
    >>> layer = Layer.of([[0, 4, 0, -6]], [2], "relu")
    >>> (one,) = inequalities_at([layer], (Fraction(0),) * 4)
    >>> one.inputs, one.coefficients, one.offset, one.origin
    ((1, 3), (2, -3), 1, 'layer 0, neuron 0: z > 0')
    """

    inputs: tuple[int, ...]
    coefficients: tuple[int, ...]
    offset: int
    layer: int
    neuron: int
    breakpoint: int
    value: Fraction | None
    arguments: tuple[int, int] | None
    above: bool

    def at(self, point: Sequence[Fraction]) -> Fraction:
        """Return the left side at a point."""
        total, below = self.offset, 1
        for coefficient, place in zip(self.coefficients, self.inputs, strict=True):
            number = point[place]
            if number.denominator != below:
                common = lcm(below, number.denominator)
                total, below = total * (common // below), common
            total += coefficient * number.numerator * (below // number.denominator)
        return Fraction(total, below)

    def row(self, dimension: int) -> IntegerRow:
        """Return the pair (normal, offset) in full, for so many inputs."""
        normal = [0] * dimension
        for place, number in zip(self.inputs, self.coefficients, strict=True):
            normal[place] = number
        return tuple(normal), self.offset

    @property
    def origin(self) -> str:
        """Where it comes from, such as ``layer 0, neuron 1: z > 0``."""
        if self.arguments is not None:
            return maximum_origin((self.layer, self.neuron), self.arguments, self.above)
        extra = f", breakpoint {self.breakpoint}" if self.breakpoint else ""
        side = f"z {'>' if self.above else '<='} {format_fraction(self.value or 0)}"
        return f"layer {self.layer}, neuron {self.neuron}{extra}: {side}"

    def __str__(self) -> str:
        return str(Inequality(*self.row(1 + max(self.inputs))))


def maximum_origin(place: Sequence[int], arguments: tuple[int, int], above: bool) -> str:
    """Return which arguments of a maximum an inequality compares, in words.

    Examples
    --------
    >>> maximum_origin((1, 0), (0, 2), False)
    'layer 1, maximum 0: argument 0 >= argument 2'
    """
    low, high = arguments
    said = f"argument {high} > argument {low}" if above else f"argument {low} >= argument {high}"
    return f"layer {place[0]}, maximum {place[1]}: {said}"


def affine_map_at(layers: Sequence[Layer], point: Sequence[Fraction]) -> AffineMap:
    """Return the affine map of the network under its pattern at a point.

    Examples
    --------
    >>> layers = [Layer.of([[1], [-1]], [0, 0], "relu"), Layer.of([[1, 2]], [3], "linear")]
    >>> affine_map_at(layers, (Fraction(-5),))
    AffineMap(weight=((Fraction(-2, 1),),), bias=(Fraction(3, 1),))
    """
    steps = list(passes(layers, point))
    weight, bias = [], []
    for output in range(layers[-1].width):
        entries, constant, scale = {output: 1}, 0, 1
        for layer, step in zip(reversed(layers), reversed(steps), strict=True):
            entries, constant, scale = _before(layer, step, entries, constant, scale)
        zero = Fraction(0)
        weight.append(
            tuple(Fraction(entries[i], scale) if i in entries else zero for i in range(len(point)))
        )
        bias.append(Fraction(constant, scale))
    return AffineMap(tuple(weight), tuple(bias))


def _before(
    layer: Layer, step: LayerPass, entries: Entries, constant: int, scale: int
) -> tuple[Entries, int, int]:
    """Return a function of what leaves a layer as a function of what enters it."""
    found: Entries = {}
    if isinstance(layer, Maximum):
        for neuron, number in entries.items():
            place = layer.members[neuron][step.pieces[neuron]]
            found[place] = found.get(place, 0) + number
        return found, constant, scale
    activations, common = layer.integer_activations
    constant *= common * layer.denominator
    for neuron, number in entries.items():
        slope, shift = activations[neuron].lines[step.pieces[neuron]]
        constant += number * shift * layer.denominator
        if slope:
            factor = number * slope
            constant += factor * layer.bias_numerators[neuron]
            for place, weight in zip(*layer.sparse_rows[neuron], strict=True):
                found[place] = found.get(place, 0) + factor * weight
    return _reduced(found, constant, scale * common * layer.denominator)


def _reduced(entries: Entries, constant: int, scale: int) -> tuple[Entries, int, int]:
    common = gcd(scale, constant, *entries.values())
    kept = {place: number // common for place, number in entries.items() if number}
    return kept, constant // common, scale // common


class _Values(NamedTuple):
    """The values that enter a layer, as affine functions of the inputs over one scale."""

    rows: Sequence[Row]
    scale: int


def inequalities_at(
    layers: Sequence[Layer], point: Sequence[Fraction]
) -> Iterator[LocalInequality]:
    """Yield all inequalities with variables of the region of a point, layer by layer.

    Of a neuron these are the breakpoints at the ends of its piece; of a maximum its largest
    argument against each other one.

    Examples
    --------
    >>> layers = [Layer.of([[2, 0], [1, 1]], [0, -1], "relu")]
    >>> for one in inequalities_at(layers, (Fraction(1), Fraction(-1))):
    ...     print(one, one.origin, sep="; ")
    x >= 0; layer 0, neuron 0: z > 0
    -x-y+1 >= 0; layer 0, neuron 1: z <= 0
    """
    values = _Values([({i: 1}, 0) for i in range(len(point))], 1)
    last = max((i for i, layer in enumerate(layers) if not layer.is_linear), default=-1)
    for index, step in zip(range(last + 1), passes(layers, point), strict=False):
        layer = layers[index]
        if isinstance(layer, Maximum):
            yield from _of_maxima(index, layer, step, values)
            chosen = zip(layer.members, step.pieces, strict=True)
            values = _Values([values.rows[group[piece]] for group, piece in chosen], values.scale)
            continue
        pre = [
            _combined(values, heard, bias)
            for heard, bias in zip(layer.sparse_rows, layer.bias_numerators, strict=True)
        ]
        scale = values.scale * layer.denominator
        yield from _of_neurons(index, layer, step, pre, scale)
        if index < last:
            values = _acted(layer, step, pre, scale)


def _combined(values: _Values, heard: tuple[tuple[int, ...], tuple[int, ...]], bias: int) -> Row:
    entries: Entries = {}
    constant = bias * values.scale
    for place, weight in zip(*heard, strict=True):
        row, shift = values.rows[place]
        constant += weight * shift
        for i, number in row.items():
            entries[i] = entries.get(i, 0) + weight * number
    return entries, constant


def _acted(layer: Layer, step: LayerPass, pre: Sequence[Row], scale: int) -> _Values:
    """Return what leaves a layer, given its pre-activations over `scale`."""
    activations, common = layer.integer_activations
    rows: list[Row] = []
    for (entries, constant), own, piece in zip(pre, activations, step.pieces, strict=True):
        slope, shift = own.lines[piece]
        acted = {i: slope * number for i, number in entries.items() if number} if slope else {}
        rows.append((acted, slope * constant + shift * scale))
    whole = gcd(common * scale, *(number for row, c in rows for number in (c, *row.values())))
    return _Values(
        [({i: n // whole for i, n in row.items()}, c // whole) for row, c in rows],
        common * scale // whole,
    )


def _of_neurons(
    index: int, layer: Layer, step: LayerPass, pre: Sequence[Row], scale: int
) -> Iterator[LocalInequality]:
    for neuron, (activation, piece) in enumerate(zip(layer.activations, step.pieces, strict=True)):
        for bend in (piece - 1, piece):
            if 0 <= bend < len(activation.breakpoints):
                value = activation.breakpoints[bend]
                entries, constant = pre[neuron]
                row = entries, constant
                if value:
                    factor = value.denominator
                    scaled = {i: factor * number for i, number in entries.items()}
                    row = scaled, factor * constant - value.numerator * scale
                place = (index, neuron, bend)
                yield from _inequality(row, place, value, None, bend < piece)


def _of_maxima(
    index: int, layer: Maximum, step: LayerPass, values: _Values
) -> Iterator[LocalInequality]:
    for neuron, (group, piece) in enumerate(zip(layer.members, step.pieces, strict=True)):
        for number, (i, j) in enumerate(pairs(len(group))):
            if piece in (i, j):
                row = _difference(values.rows[group[j]], values.rows[group[i]])
                place = (index, neuron, number)
                yield from _inequality(row, place, None, (i, j), piece == j)


def _difference(first: Row, second: Row) -> Row:
    entries = dict(first[0])
    for i, number in second[0].items():
        entries[i] = entries.get(i, 0) - number
    return entries, first[1] - second[1]


def _inequality(
    row: Row,
    place: tuple[int, int, int],
    value: Fraction | None,
    arguments: tuple[int, int] | None,
    above: bool,
) -> Iterator[LocalInequality]:
    """Yield the side of a kink that the point is on, if it depends on the inputs at all."""
    entries, constant = row
    inputs = tuple(sorted(i for i, number in entries.items() if number))
    if inputs:
        common = gcd(constant, *(entries[i] for i in inputs))
        divisor = common if above else -common
        numbers = tuple(entries[i] // divisor for i in inputs)
        yield LocalInequality(inputs, numbers, constant // divisor, *place, value, arguments, above)
