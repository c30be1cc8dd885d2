"""The native file format: a network as JSON whose numbers are exact.

A JSON number is read as the decimal that stands in the file (`exactpwl.io.strict`); a rational that
is no decimal is written as the string ``"p/q"``.  The reader is strict, because a misspelt key that
is silently ignored is a wrong theorem later: unknown, missing and repeated keys are refused, and
every message names the file, the layer and the row.

The format is described, with an example of each activation, in ``docs/network-format.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

from exactpwl.errors import FormatError, NetworkError, OptionError
from exactpwl.io.arrays import network_from_npz
from exactpwl.io.keras_file import is_keras_name
from exactpwl.io.keras_reader import read_keras
from exactpwl.io.layers import layer_from_dict
from exactpwl.io.nnet import is_nnet_name, read_nnet
from exactpwl.io.onnx_reader import is_onnx_name, read_onnx
from exactpwl.io.onnx_writer import write_onnx
from exactpwl.io.strict import NumberText, check_keys, kind_of, read_json
from exactpwl.network import Network
from exactpwl.rationals import shown

__all__ = ["FORMAT", "dumps", "load_network", "network_from_dict", "save_network"]

FORMAT = "exactpwl-network/1"
"""The value of ``format`` in a native file."""

_NETWORK_KEYS = {"layers": True, "format": False, "name": False}


def load_network(path: str | Path, *, normalization: str | None = None) -> Network:
    """Read a network from a file.

    Parameters
    ----------
    path : str or Path
        ``.json``: the native format.  ``.npz``: arrays ``W0, b0, W1, b1, ...``, see
        `network_from_npz`.  ``.onnx`` and ``.onnx.gz``: see `exactpwl.io.read_onnx`.  ``.nnet``:
        see `exactpwl.io.read_nnet`.  ``.keras``: see `exactpwl.io.read_keras`.
    normalization : ``"fold"`` or ``"ignore"``
        Of ``.nnet`` files, and required there: whether inputs are physical or normalised.

    Returns
    -------
    Network

    Raises
    ------
    FormatError
        If the file cannot be read or is not of its format.
    NetworkError
        If its numbers do not make a network.
    OptionError
        If a normalization is missing, or given for a file that has none.
    """
    file = Path(path)
    if is_nnet_name(file):
        return read_nnet(file, normalization=normalization).network
    if normalization is not None:
        raise OptionError(f"{file}: a normalization is for .nnet files, others have none")
    if file.suffix == ".npz":
        return network_from_npz(file)
    if file.suffix == ".json":
        return network_from_dict(read_json(file), path=file)
    if is_onnx_name(file):
        return read_onnx(file).network
    if is_keras_name(file):
        return read_keras(file).network
    raise FormatError(
        "a file name that ends in .json, .npz, .onnx, .onnx.gz, .nnet or .keras is required, "
        f"got {file.suffix or 'no ending'}",
        path=str(file),
    )


def network_from_dict(data: Mapping[str, Any], path: str | Path | None = None) -> Network:
    """Make a network of the native form, already parsed.

    Parameters
    ----------
    data : mapping
        ``layers``: a list of ``{"W": rows, "b": numbers, "activation": ...}``, or of layers with a
        ``kind`` (see `exactpwl.io.layers`); optional ``format`` (``"exactpwl-network/1"``) and
        ``name``.
    path : str or Path, optional
        Where it came from, for messages.

    Returns
    -------
    Network

    Raises
    ------
    FormatError
        If a key is missing, unknown or of the wrong kind.
    NetworkError
        If the numbers do not make a network; the message names layer and row.

    Examples
    --------
    >>> network_from_dict({"layers": [{"W": [["1/2", 1]], "b": ["0.1"], "activation": "abs"}]})
    <Network 2 -> 1 abs>
    """
    where = None if path is None else str(path)
    if not isinstance(data, Mapping):
        raise FormatError(
            f"an object with the key layers is required, got {kind_of(data)}", path=where
        )
    check_keys(data, _NETWORK_KEYS, "a network", where)
    _check_head(data, where)
    layers = data["layers"]
    if isinstance(layers, str) or not isinstance(layers, Sequence):
        raise FormatError(f"layers must be a list, got {kind_of(layers)}", path=where)
    try:
        made = [layer_from_dict(layer, index, where) for index, layer in enumerate(layers)]
        return Network(made, name=data.get("name"))
    except NetworkError as error:
        if where is None:
            raise
        raise NetworkError(f"{where}: {error}", layer=error.layer, row=error.row) from None


def _check_head(data: Mapping[str, Any], path: str | None) -> None:
    if data.get("format", FORMAT) != FORMAT:
        raise FormatError(
            f"the format {FORMAT!r} is required, got {shown(data['format'])}", path=path
        )
    name = data.get("name")
    if name is not None and (isinstance(name, NumberText) or not isinstance(name, str)):
        raise FormatError(f"the name must be a text, got {kind_of(name)}", path=path)


def dumps(network: Network) -> str:
    """Return the network as the text of a native file, a row of weights a line.

    Examples
    --------
    >>> print(dumps(Network([([[1, "1/2"]], [0], "relu")], name="half")), end="")
    {
      "format": "exactpwl-network/1",
      "name": "half",
      "layers": [
        {
          "W": [
            ["1", "1/2"]
          ],
          "b": ["0"],
          "activation": "relu"
        }
      ]
    }
    """
    data = network.as_dict()
    layers = _listed(_object(_with_lines(layer)) for layer in data["layers"])
    return _object({**data, "layers": layers}) + "\n"


def _with_lines(layer: Mapping[str, Any]) -> dict[str, Any]:
    """Return a layer with a line for each row of weights, filter or group."""
    long = {"W", "kernel", "groups", "rows"}
    return {
        key: _listed(map(json.dumps, value)) if key in long and isinstance(value, list) else value
        for key, value in layer.items()
    }


class _JsonText(str):
    """A text that is JSON already."""

    __slots__ = ()


def _object(members: Mapping[str, Any]) -> _JsonText:
    return _block(
        "{", (f"{json.dumps(key)}: {_as_json(value)}" for key, value in members.items()), "}"
    )


def _listed(items: Iterable[str]) -> _JsonText:
    return _block("[", items, "]")


def _block(opening: str, items: Iterable[str], closing: str) -> _JsonText:
    inner = indent(",\n".join(items), "  ")
    return _JsonText(f"{opening}\n{inner}\n{closing}")


def _as_json(value: Any) -> str:
    return value if isinstance(value, _JsonText) else json.dumps(value)


def save_network(network: Network, path: str | Path) -> None:
    """Write the network into a file, exactly.

    Parameters
    ----------
    network : Network
    path : str or Path
        ``.json``: the native format, which holds every network; what `load_network` reads back is
        equal to it.  ``.onnx`` and ``.onnx.gz``: see `exactpwl.io.write_onnx`.

    Raises
    ------
    FormatError
        If the name has another ending or the file cannot be written.
    NetworkError
        If the file is to hold floats, and a number is none.
    """
    file = Path(path)
    if is_onnx_name(file):
        write_onnx(network, file)
        return
    if file.suffix != ".json":
        raise FormatError(
            "a network is saved under a name that ends in .json, .onnx or .onnx.gz, got "
            f"{file.suffix or 'no ending'}",
            path=str(file),
        )
    try:
        file.write_text(dumps(network), encoding="utf-8")
    except OSError as error:
        raise FormatError(f"cannot be written: {error.strerror}", path=str(file)) from None
