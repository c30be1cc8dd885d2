"""The layers of the native form: dense ones, and those with a ``kind``.

A layer without a ``kind`` is ``{"W", "b", "activation"}``.  Convolutions, poolings, maxima and
sparse layers have one, and keys of their own; what may be left out is what their constructors take
for granted.  `exactpwl.io.native` reads files, this module what stands in their ``layers``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from exactpwl.convolution import Convolution
from exactpwl.errors import FormatError, NetworkError
from exactpwl.io.strict import check_keys, kind_of
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum
from exactpwl.pooling import AveragePool, MaxPool
from exactpwl.rationals import shown
from exactpwl.sparse import SparseLayer

__all__ = ["layer_from_dict"]

_DENSE = {"W": True, "b": True, "activation": True}
_AFTER = {"b": True, "activation": True}
_GRID = {"kind": True, "input_shape": True, "stride": False, "padding": False, "dilation": False}


class _Kind(NamedTuple):
    """The keys of a kind of layer, each with whether it must be there, and what makes it."""

    keys: dict[str, bool]
    make: Callable[[dict[str, Any]], Layer]


def _convolution(data: dict[str, Any]) -> Layer:
    head = data.pop("kernel"), data.pop("b"), data.pop("activation")
    return Convolution(*head, **data)


def _average_pool(data: dict[str, Any]) -> Layer:
    if not isinstance(data.get("count_padding", True), bool):
        raise NetworkError(f"count_padding must be true or false, got {data['count_padding']!r}")
    return AveragePool(data.pop("input_shape"), data.pop("window"), **data)


def _max_pool(data: dict[str, Any]) -> Layer:
    return MaxPool(data.pop("input_shape"), data.pop("window"), **data)


def _sparse(data: dict[str, Any]) -> Layer:
    head = data.pop("rows"), data.pop("b"), data.pop("activation")
    return SparseLayer(*head, **data)


_KINDS = {
    "convolution": _Kind(
        {"kernel": True, "b": True, "activation": True, **_GRID, "groups": False}, _convolution
    ),
    "average_pool": _Kind(
        {"window": True, **_GRID, "count_padding": False, "activation": False}, _average_pool
    ),
    "max_pool": _Kind({"window": True, **_GRID}, _max_pool),
    "sparse": _Kind({"kind": True, "inputs": True, "rows": True, **_AFTER}, _sparse),
    "maximum": _Kind({"kind": True, "groups": True, "inputs": False}, lambda data: Maximum(**data)),
}


def layer_from_dict(data: Any, index: int, path: str | None = None) -> Layer:
    """Return the layer of the native form.

    Parameters
    ----------
    data : mapping
    index : int
        The layer's place, for messages.
    path : str, optional
        The file, for messages.

    Raises
    ------
    FormatError
        If a key is missing or unknown, or there is no such kind.
    NetworkError
        If the numbers do not make a layer.

    Examples
    --------
    >>> layer_from_dict({"kind": "maximum", "groups": [[0, 1], [2]]}, 0)
    <Maximum 3 -> 2 maximum>
    """
    if not isinstance(data, Mapping):
        raise FormatError(
            f"layer {index}: an object with W, b and activation is required, got {kind_of(data)}",
            path=path,
        )
    if "kind" not in data:
        check_keys(data, _DENSE, f"layer {index}", path)
        return Layer.of(data["W"], data["b"], data["activation"], index=index)
    name = data["kind"]
    if not isinstance(name, str) or name not in _KINDS:
        raise FormatError(
            f"layer {index}: a kind is one of {', '.join(_KINDS)}, got {shown(name)}", path=path
        )
    kind = _KINDS[name]
    check_keys(data, kind.keys, f"layer {index}", path)
    try:
        return kind.make({key: value for key, value in data.items() if key != "kind"})
    except NetworkError as error:
        raise NetworkError(f"layer {index}, {name}: {error}", layer=index) from None
