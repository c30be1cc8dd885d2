"""The layers of a network in integers, scaled as whoever checks a certificate scales them.

A bound that is written down must be the one that the checker finds, to the last digit.  So the
numbers here are defined as in the format (docs/certificate.md): the matrix of a layer times the
least common denominator of its entries, biases times the scale of the inputs; then the pieces of
its activations, brought to their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from exactpwl.activation import Activation
from exactpwl.network import Network

__all__ = ["IntegerLayer", "integer_layers", "over_one_denominator"]


class IntegerLayer(NamedTuple):
    """A layer whose inputs are integers over a scale that depends on the layer alone.

    Attributes
    ----------
    matrix : rows (w, b) of ints
    scale : int
        Of the pre-activations.
    bends : for each neuron its breakpoints times `scale`
    pieces : for each neuron s, v, s', v', ..: on a piece it hands on s z + v
    """

    matrix: list[list[int]]
    scale: int
    bends: list[list[Fraction]]
    pieces: list[list[int]]


def integer_layers(network: Network) -> tuple[list[IntegerLayer], int]:
    """Return the layers, and the scale of the outputs.

    Examples
    --------
    >>> layers, scale = integer_layers(Network([([["1/2"]], ["1/3"], "relu")]))
    >>> layers[0].matrix, scale
    ([[3, 2]], 6)
    """
    found, scale = [], 1
    for layer in network.layers:
        rows = zip(layer.weight, layer.bias, strict=True)
        matrix, factor = over_one_denominator([[*row, b * scale] for row, b in rows])
        scale *= factor
        known = {a: _pieces(a, scale) for a in layer.activations}
        pieces, factor = over_one_denominator([known[a] for a in layer.activations])
        bends = [[c * scale for c in a.breakpoints] for a in layer.activations]
        found.append(IntegerLayer(matrix, scale, bends, pieces))
        scale *= factor
    return found, scale


def _pieces(activation: Activation, scale: int) -> list[Fraction]:
    return [x for slope, value in activation.pieces for x in (slope, value * scale)]


def over_one_denominator(rows: Sequence[Sequence[Fraction]]) -> tuple[list[list[int]], int]:
    """Return numbers times their least common denominator, and that.

    Examples
    --------
    >>> over_one_denominator([[Fraction(1, 2)], [Fraction(1, 3)]])
    ([[3], [2]], 6)
    """
    common = lcm(*(x.denominator for row in rows for x in row))
    return [[x.numerator * (common // x.denominator) for x in row] for row in rows], common
