"""The configuration of a Keras model as a chain of layers, without importing keras.

``model.get_config()`` tells each layer's class and options.  Keras 2 and 3 spell it differently: a
class may be named by ``class_name`` alone or with ``module`` and ``registered_name``; what a layer
of a functional model hears stands in ``inbound_nodes`` as ``[[[name, 0, 0, {}]]]`` or as a tensor
with a ``keras_history``.  Both come down to the same list.  A functional model is taken where each
layer hears the one before it and nothing else; nested models are laid out in their place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

from exactpwl.errors import FormatError, OperatorError
from exactpwl.io.strict import kind_of
from exactpwl.rationals import shown

__all__ = ["BY_ONNX", "KerasLayer", "layers_of"]

BY_ONNX = (
    "export it: model.export('net.onnx', format='onnx') with Keras 3, or tf2onnx; "
    "Network.load('net.onnx') reads residual and convolutional networks"
)

_MODELS = ("Sequential", "Functional", "Model")


class KerasLayer(NamedTuple):
    """A layer of a configuration.

    Attributes
    ----------
    name : str
        Those of nested models with the model's before a slash.
    kind : str
        Its class.
    options : mapping
    """

    name: str
    kind: str
    options: Mapping[str, Any]

    def refuse(self, why: str, help_: str) -> NoReturn:
        """Raise the error that names this layer."""
        raise OperatorError(
            f"layer {self.name!r}: {self.kind}: {why}; {help_}",
            path=None,
            node=self.name,
            op_type=self.kind,
        )


def layers_of(config: Any) -> list[KerasLayer]:
    """Return the layers of a configuration, in the order in which they act.

    Parameters
    ----------
    config : mapping, list or str
        What ``get_config()`` of a Sequential or functional model gives, or ``to_json()``.

    Raises
    ------
    FormatError
        If it is no configuration of a model.
    OperatorError
        If the layers are no chain.

    Examples
    --------
    >>> dense = {"class_name": "Dense", "config": {"name": "first", "units": 2}}
    >>> [layer.kind for layer in layers_of({"name": "net", "layers": [dense]})]
    ['Dense']
    """
    if isinstance(config, str):
        try:
            config = json.loads(config)
        except (ValueError, RecursionError) as error:
            raise FormatError(f"the configuration is no JSON: {error}") from None
    if isinstance(config, Mapping) and "layers" not in config and "config" in config:
        config = config["config"]
    try:
        return list(_walk(config, ""))
    except RecursionError:
        raise FormatError("the configuration is nested too deeply") from None


def _walk(config: Any, place: str) -> Iterator[KerasLayer]:
    layers = config.get("layers") if isinstance(config, Mapping) else config
    if not isinstance(layers, Sequence) or isinstance(layers, str) or not layers:
        raise FormatError(
            "the configuration of a Keras model with layers is required, as model.get_config() "
            f"gives it, got {kind_of(config)}"
        )
    before: str | None = None
    for entry in layers:
        layer = _layer(entry, place)
        if "inbound_nodes" in entry:
            _check_chain(layer, entry, before)
            before = layer.options.get("name", entry.get("name"))
        if layer.kind in _MODELS:
            yield from _walk(layer.options, f"{layer.name}/")
        else:
            yield layer
    if isinstance(config, Mapping):
        _check_end(config, before, place)


def _layer(entry: Any, place: str) -> KerasLayer:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("class_name"), str):
        raise FormatError(f"a layer with a class_name is required, got {shown(entry)}")
    options = entry.get("config", {})
    if not isinstance(options, Mapping):
        raise FormatError(f"a layer's config is an object, got {shown(options)}")
    kind = entry["class_name"]
    name = options.get("name", entry.get("name", kind))
    layer = KerasLayer(f"{place}{name}", kind, options)
    registered = str(entry.get("registered_name") or kind)
    if ">" in registered and not registered.startswith("keras"):
        layer.refuse(f"a class of one's own ({registered})", "only Keras' own layers are read")
    return layer


def _check_chain(layer: KerasLayer, entry: Mapping[str, Any], before: str | None) -> None:
    """Refuse a layer of a functional model that hears anything but the layer before it."""
    nodes = entry["inbound_nodes"]
    if not isinstance(nodes, Sequence):
        layer.refuse(f"its inbound_nodes are {shown(nodes)}", "a list of nodes is required")
    heard = list(_heard(nodes))
    if layer.kind == "InputLayer":
        if before is not None:
            layer.refuse("the model has several inputs", BY_ONNX)
    elif len(nodes) != 1 or heard != [before]:
        what = f"it hears {', '.join(map(repr, heard)) or 'nothing'}"
        if len(nodes) > 1:
            what = "it is used several times"
        layer.refuse(f"{what}, and only chains are read", BY_ONNX)


def _heard(node: Any) -> Iterator[str]:
    """Yield the names of the layers whose outputs a node hears, as Keras 2 and 3 write them."""
    if isinstance(node, Mapping):
        told = node.get("keras_history", list(node.values()))
        yield from _heard(told)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        if len(node) >= 3 and isinstance(node[0], str) and isinstance(node[1], int):
            yield node[0]
        else:
            for value in node:
                yield from _heard(value)


def _check_end(config: Mapping[str, Any], last: str | None, place: str) -> None:
    """Refuse a functional model whose output is not what its last layer makes."""
    ends = list(_heard(config.get("output_layers", [])))
    if ends and ends != [last]:
        raise OperatorError(
            f"the model{' ' + place.rstrip('/') if place else ''}: its outputs are "
            f"{', '.join(map(repr, ends))}, its last layer is {last!r}, and only chains are read; "
            f"{BY_ONNX}",
            path=None,
            node=ends[0],
            op_type="Functional",
        )
