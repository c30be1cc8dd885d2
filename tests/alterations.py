"""Networks with one number altered: what a proof of equality must refuse."""

from __future__ import annotations

from collections.abc import Iterator

from exactpwl import Network


def alterations(network: Network, by: int = 1) -> Iterator[Network]:
    """Yield the network with each of its weights and biases, in turn, made larger."""
    for i, layer in enumerate(network.layers):
        for j, row in enumerate(layer.weight):
            for k in range(len(row) + 1):
                weight = [list(r) for r in layer.weight]
                bias = list(layer.bias)
                if k < len(row):
                    weight[j][k] += by
                else:
                    bias[j] += by
                altered = (weight, bias, list(layer.activations))
                yield Network([*network.layers[:i], altered, *network.layers[i + 1 :]])
