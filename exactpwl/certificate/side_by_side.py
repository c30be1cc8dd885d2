"""Two networks as one: their layers side by side, so that one tree decides the neurons of both.

The shorter one is continued by layers that hand on what comes in, which have no kinks.
"""

from __future__ import annotations

from collections.abc import Sequence

from exactpwl.errors import NetworkError
from exactpwl.layer import Layer
from exactpwl.network import Kink, Network

__all__ = ["joined", "own_kink", "side_by_side"]


def side_by_side(first: Network, second: Network) -> Network:
    """Return x -> (first(x), second(x)).

    Raises
    ------
    NetworkError
        If the networks have different numbers of inputs or of outputs.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> xor = gallery.get("xor")
    >>> side_by_side(xor, xor)([1, 0])
    (Fraction(-1, 1), Fraction(-1, 1))
    """
    sizes = [(n.input_dimension, n.output_dimension) for n in (first, second)]
    if sizes[0] != sizes[1]:
        raise NetworkError(
            "two networks with the same numbers of inputs and outputs are required, got "
            f"{sizes[0][0]} -> {sizes[0][1]} and {sizes[1][0]} -> {sizes[1][1]}"
        )
    return joined(first, second)


def joined(first: Network, second: Network) -> Network:
    """Return x -> (first(x), second(x)) for any numbers of outputs.

    Raises
    ------
    NetworkError
        If the networks have different numbers of inputs.
    """
    if first.input_dimension != second.input_dimension:
        raise NetworkError(
            "networks with the same number of inputs are required to stand side by side, got "
            f"{first.input_dimension} and {second.input_dimension}"
        )
    layers: list[tuple[list[list[object]], list[object], list[object]]] = []
    depth = max(len(first.layers), len(second.layers))
    for index in range(depth):
        pair = [_layer(network.layers, index) for network in (first, second)]
        widths = [len(weight[0]) for weight, _, _ in pair]
        weight: list[list[object]] = []
        for place, (rows, _, _) in enumerate(pair):
            before = widths[0] if place and index else 0
            after = widths[1] if not place and index else 0
            weight += [[0] * before + list(row) + [0] * after for row in rows]
        layers.append((weight, [*pair[0][1], *pair[1][1]], [*pair[0][2], *pair[1][2]]))
    return Network(layers)


def _layer(
    layers: Sequence[Layer], index: int
) -> tuple[list[list[object]], list[object], list[object]]:
    """Return weight, bias and activations of a layer, or of the identity after the last."""
    if index < len(layers):
        layer = layers[index]
        return [list(row) for row in layer.weight], list(layer.bias), list(layer.activations)
    size = layers[-1].width
    unit: list[list[object]] = [[int(i == j) for j in range(size)] for i in range(size)]
    return unit, [0] * size, ["linear"] * size


def own_kink(kink: Kink, first: Network) -> Kink:
    """Return a kink of two networks side by side as the certificate counts it.

    The layers of the second network follow those of the first.
    """
    layer, neuron, breakpoint_ = kink
    width = first.layers[layer].width if layer < len(first.layers) else first.output_dimension
    if neuron < width:
        return kink
    return Kink(len(first.layers) + layer, neuron - width, breakpoint_)
