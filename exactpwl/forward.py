"""One forward pass in integers, along the weights that are not zero.

The engine's stages (`exactpwl.stages`) are dense matrices, made for thousands of cells of few
inputs.  For one point of a network with convolutions they would be millions of zeros; here each
neuron hears its own inputs only.  A layer's values are integers over one positive scale, which is
divided by what they have in common after each layer, so that float32 weights stay short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd
from operator import mul
from typing import NamedTuple

from exactpwl.layer import Layer
from exactpwl.maximum import Maximum, pairs
from exactpwl.pattern import Pattern
from exactpwl.rationals import homogeneous
from exactpwl.stages import Evaluation

__all__ = ["LayerPass", "evaluate", "passes"]

Integers = tuple[int, ...]


class LayerPass(NamedTuple):
    """What happens at one point in one layer.

    Attributes
    ----------
    pieces : tuple of int
        The piece of each neuron; of a maximum the place of its largest argument.
    signs : tuple of int
        -1, 0 or +1 for each kink of the layer.
    values : tuple of int
        The values that leave the layer, times `scale`.
    scale : int
        Positive.
    """

    pieces: Integers
    signs: Integers
    values: Integers
    scale: int


def passes(layers: Sequence[Layer], point: Sequence[Fraction]) -> Iterator[LayerPass]:
    """Yield what happens at a rational point, layer by layer.

    Examples
    --------
    >>> layer = Layer.of([["1/2"], [-1]], [1, 0], "relu")
    >>> next(passes([layer], (Fraction(3),)))
    LayerPass(pieces=(1, 0), signs=(1, -1), values=(5, 0), scale=2)
    """
    *numbers, scale = homogeneous(point)
    for layer in layers:
        if isinstance(layer, Maximum):
            found = LayerPass(*_maxima(layer, numbers), scale)
        else:
            found = _affine_then_pieces(layer, numbers, scale)
        common = gcd(found.scale, *found.values)
        if common > 1:
            values = tuple(value // common for value in found.values)
            found = found._replace(values=values, scale=found.scale // common)
        yield found
        numbers, scale = list(found.values), found.scale


def _affine_then_pieces(layer: Layer, numbers: Sequence[int], scale: int) -> LayerPass:
    below = layer.denominator * scale
    at = numbers.__getitem__
    activations, common = layer.integer_activations
    chosen, signs, values = [], [], []
    for (inputs, weights), bias, (breakpoints, lines, _) in zip(
        layer.sparse_rows, layer.bias_numerators, activations, strict=True
    ):
        z = sum(map(mul, weights, map(at, inputs))) + bias * scale
        place = 0
        for p, q in breakpoints:
            difference = q * z - p * below if p else z
            place += difference > 0
            signs.append((difference > 0) - (difference < 0))
        slope, shift = lines[place]
        chosen.append(place)
        values.append(slope * z + shift * below if shift else slope * z)
    return LayerPass(tuple(chosen), tuple(signs), tuple(values), common * below)


def _maxima(layer: Maximum, numbers: Sequence[int]) -> tuple[Integers, Integers, Integers]:
    chosen, signs, values = [], [], []
    for group in layer.members:
        arguments = [numbers[i] for i in group]
        largest = max(arguments)
        chosen.append(arguments.index(largest))
        values.append(largest)
        differences = [arguments[j] - arguments[i] for i, j in pairs(len(group))]
        signs += [(d > 0) - (d < 0) for d in differences]
    return tuple(chosen), tuple(signs), tuple(values)


def evaluate(layers: Sequence[Layer], point: Sequence[Fraction]) -> Evaluation:
    """Run layers at a rational point: outputs, pattern and signs, as `Stages.evaluate` does.

    Examples
    --------
    >>> from exactpwl.maximum import Maximum
    >>> evaluate([Maximum([[0, 1], [2]])], (Fraction(1), Fraction(2), Fraction(1, 2))).output
    (Fraction(2, 1), Fraction(1, 2))
    """
    steps = list(passes(layers, point))
    told = [step for layer, step in zip(layers, steps, strict=True) if not layer.is_linear]
    last = steps[-1]
    return Evaluation(
        tuple(Fraction(value, last.scale) for value in last.values),
        Pattern(step.pieces for step in told),
        tuple(step.signs for step in told),
    )
