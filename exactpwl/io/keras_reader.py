"""Dense models of Keras as exact networks, by configuration and weights, without importing keras.

A configuration is plain JSON and the weights are a list of arrays, so a model can be taken over
where keras is not installed, and none of its code is run: from a model, or from what
``model.get_config()`` and ``model.get_weights()`` gave elsewhere.  Of a model that can be called,
the network is compared with what the model itself computes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from exactpwl.errors import FormatError, NetworkError, OptionError
from exactpwl.io.agreement import Agreement, compare_floats
from exactpwl.io.keras_config import layers_of
from exactpwl.io.keras_file import is_keras_name, open_keras
from exactpwl.io.keras_layers import KerasStack
from exactpwl.io.rounding import PRECISIONS
from exactpwl.network import Network
from exactpwl.rationals import shown

__all__ = ["KerasReading", "network_from_keras", "read_keras"]

BITS = 64


@dataclass(frozen=True)
class KerasReading:
    """A network read from a Keras model, and what there is to say about it.

    Attributes
    ----------
    network : Network
    layers : tuple of str
        The model's layers, each by its name and class.
    roundings : tuple of str
        What was rounded, and how far: square roots of normalisations, nothing else.
    comparison : Agreement or None
        With the model's own float evaluation; None where there is none.
    """

    network: Network
    layers: tuple[str, ...]
    roundings: tuple[str, ...]
    comparison: Agreement | None

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What was read, as pairs of a word and a sentence."""
        compared = (
            str(self.comparison) if self.comparison else "not at all: there is nothing to call"
        )
        count = f"{len(self.layers)} layer" + "s" * (len(self.layers) != 1)
        return (
            ("format", f"Keras, {count}: {', '.join(self.layers)}"),
            *(("rounded", text) for text in self.roundings),
            ("compared", compared),
        )


def network_from_keras(config: Any, weights: Any = None, *, logits: bool = False) -> Network:
    """Take over a dense model from Keras, float by float, exactly; see `read_keras`."""
    return read_keras(config, weights, logits=logits).network


def read_keras(
    config: Any, weights: Any = None, *, logits: bool = False, bits: int = BITS
) -> KerasReading:
    """Take over a dense model from Keras, float by float, exactly.

    Parameters
    ----------
    config : mapping, str, model, or path
        What ``model.get_config()`` gives, or the JSON of ``model.to_json()``, of a Sequential or of
        a functional model that is a chain; or the model itself; or the name of a ``.keras`` file,
        for which the package h5py is required.
    weights : sequence of arrays
        What ``model.get_weights()`` gives; left out for a model and a file.
    logits : bool
        Leave out a softmax or sigmoid at the end: the network gives the scores that enter it.
    bits : int, default 64
        The relative error of rounded square roots (BatchNormalization) is below 2^-bits.

    Returns
    -------
    KerasReading

    Raises
    ------
    OperatorError
        If a layer cannot be read; it has the layer's name and class.
    FormatError
        If there is no such configuration, arrays are left over, or the model itself disagrees.

    Examples
    --------
    >>> dense = {"class_name": "Dense", "config": {"name": "first", "activation": "relu"}}
    >>> read_keras({"layers": [dense]}, [[[1.0], [-2.0]], [0.5]]).network
    <Network 2 -> 1 relu>
    """
    if bits < 1:
        raise OptionError(f"bits: at least 1 is required, got {bits}")
    model = None
    if isinstance(config, (str, Path)) and is_keras_name(config):
        config, weights = open_keras(config)
    if hasattr(config, "get_config") and hasattr(config, "get_weights"):
        model, config, weights = config, config.get_config(), config.get_weights()
    if isinstance(weights, (str, bytes)) or not isinstance(weights, Sequence):
        raise FormatError(f"a list of arrays is required as the weights, got {shown(weights)}")
    layers = layers_of(config)
    stack = KerasStack(weights, bits)
    marks = []
    for index, layer in enumerate(layers):
        stack.add(layer, without_end=logits and index == len(layers) - 1)
        if layer.kind != "InputLayer":
            marks.append(len(stack.stack.steps))
    left = sum(1 for _ in stack.weights)
    if left:
        raise FormatError(
            f"{len(weights)} arrays are given, and the last {left} belong to no layer; pass the "
            "arrays of this model, in the order of model.get_weights()"
        )
    made = stack.finished()
    if not made:
        raise NetworkError("the model has no layer with weights or an activation")
    name = config.get("name") if isinstance(config, dict) else None
    network = Network(made, name=name if isinstance(name, str) else None)
    compared = _compared(model, network, stack, marks, logits)
    told = tuple(f"{layer.name} ({layer.kind})" for layer in layers)
    return KerasReading(network, told, tuple(stack.roundings), compared)


def _compared(
    model: Any, network: Network, stack: KerasStack, marks: Sequence[int], logits: bool
) -> Agreement | None:
    """Return how the network compares with what the model's layers compute, if they can be called.

    `marks` tells for each layer how many steps there are after it.
    """
    parts = list(_parts(model))
    shape = getattr(model, "input_shape", None) or (None, network.input_dimension)
    precision = str(getattr(model, "compute_dtype", "float32"))
    if len(parts) != len(marks) or not all(map(callable, parts)) or precision not in PRECISIONS:
        return None
    if not isinstance(shape, tuple) or not all(isinstance(size, int) for size in shape[1:]):
        return None
    steps = Network(stack.stack.steps)

    def evaluate(point: list[float]) -> list[list[float] | None]:
        value: Any = np.array(point, dtype=precision).reshape(1, *shape[1:])
        found: list[list[float] | None] = [None] * len(steps.layers)
        for part, mark in list(zip(parts, marks, strict=True))[: len(parts) - logits]:
            value = part(value)
            if mark:
                found[mark - 1] = _listed(value)
        return found

    return compare_floats(
        network, steps, evaluate, source=network.name or "the model", precision=precision
    )


def _parts(model: Any) -> Iterator[Any]:
    """Yield the layers of a model that do something, those of nested models in their place."""
    for layer in getattr(model, "layers", ()):
        if hasattr(layer, "layers"):
            yield from _parts(layer)
        elif type(layer).__name__ != "InputLayer":
            yield layer


def _listed(tensor: Any) -> list[float]:
    """Return the numbers of a tensor of any backend."""
    for step in ("detach", "cpu"):
        tensor = getattr(tensor, step)() if hasattr(tensor, step) else tensor
    found: list[float] = np.asarray(tensor).ravel().tolist()
    return found
