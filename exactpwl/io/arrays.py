"""Networks from numpy arrays: ``W0, b0, W1, b1, ...``, as training scripts leave them behind.

A float is a dyadic rational, so nothing is rounded: the network *is* the stored numbers.  It is
the real-valued function of those numbers, which a float runtime only approximates.  Files are
opened without pickle, so reading one runs no code of its author; and an archive that would unpack
into more memory than a network that can be enumerated ever needs is refused before it is unpacked.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from exactpwl.errors import FormatError, NetworkError
from exactpwl.network import Network

__all__ = ["network_from_arrays", "network_from_npz"]

MOST_BYTES = 1 << 27
"""The most that the arrays of an archive may take, unpacked."""

_NAME = re.compile(r"[Wb](0|[1-9][0-9]*)")


def network_from_npz(path: str | Path) -> Network:
    """Read a network from an ``.npz`` file of `W0, b0, W1, b1, ...`.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Network
        With a ReLU after every layer but the last, which is linear.

    Raises
    ------
    FormatError
        If the file cannot be read or its arrays are not the ones above.
    NetworkError
        If the numbers do not make a network.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            return network_from_arrays(_read_all(stream, str(file)), path=file)
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror or error}", path=str(file)) from None


def _read_all(stream: BinaryIO, path: str) -> dict[str, Any]:
    if not zipfile.is_zipfile(stream):
        raise FormatError("an .npz archive is required, this is no zip file", path=path)
    name = None
    try:
        with zipfile.ZipFile(stream) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > MOST_BYTES:
            raise FormatError(
                f"arrays of at most {MOST_BYTES} bytes are required, these take {size}", path=path
            )
        stream.seek(0)
        arrays = {}
        with np.load(stream, allow_pickle=False) as opened:
            for name in opened.files:
                arrays[name] = opened[name]
        return arrays
    except FormatError:
        raise
    except Exception as error:  # numpy and zipfile have a dozen ways to say that a file is broken
        what = "the archive" if name is None else f"array {name}"
        raise FormatError(f"{what} cannot be read: {error}", path=path) from None


def network_from_arrays(arrays: Mapping[str, Any], path: str | Path | None = None) -> Network:
    """Make a network of named arrays.

    Parameters
    ----------
    arrays : mapping
        ``W0, W1, ...`` of shape (outputs, inputs) and ``b0, b1, ...`` of shape (outputs,), of ints
        or floats.
    path : str or Path, optional
        Where they came from, for messages.

    Returns
    -------
    Network
        With a ReLU after every layer but the last, which is linear.

    Raises
    ------
    FormatError
        If a name is missing or unknown, or an array has another shape or type.
    NetworkError
        If the numbers do not make a network.

    Examples
    --------
    >>> one, two = np.ones((2, 1)), np.array([[0.5, -2.0]])
    >>> network_from_arrays({"W0": one, "b0": np.zeros(2), "W1": two, "b1": np.zeros(1)})
    <Network 1 -> 2 relu -> 1 linear>
    """
    where = None if path is None else str(path)
    depth = _depth(arrays, where)
    weights = [_numbers(arrays, f"W{i}", 2, where) for i in range(depth)]
    biases = [_numbers(arrays, f"b{i}", 1, where) for i in range(depth)]
    try:
        return Network.from_arrays(weights, biases)
    except NetworkError as error:
        if where is None:
            raise
        raise NetworkError(f"{where}: {error}", layer=error.layer, row=error.row) from None


def _depth(arrays: Mapping[str, Any], path: str | None) -> int:
    required = "arrays named W0, b0, W1, b1, ... without a gap are required"
    unknown = [str(name) for name in arrays if not _NAME.fullmatch(str(name))]
    if unknown:
        raise FormatError(f"{required}; unknown: {', '.join(unknown)}", path=path)
    if not arrays:
        raise FormatError(f"{required}, got none", path=path)
    depth = 1 + max(int(name[1:]) for name in arrays)
    if len(arrays) != 2 * depth:
        missing = next(
            name for i in range(depth) for name in (f"W{i}", f"b{i}") if name not in arrays
        )
        raise FormatError(f"{required}; missing: {missing}", path=path)
    return depth


def _numbers(arrays: Mapping[str, Any], name: str, dimension: int, path: str | None) -> Any:
    array = np.asarray(arrays[name])
    if array.dtype.kind not in "iuf":
        raise FormatError(f"{name} must hold ints or floats, got {array.dtype}", path=path)
    if array.ndim != dimension:
        raise FormatError(
            f"{name} must have {dimension} axes, "
            f"{'(outputs, inputs)' if dimension == 2 else '(outputs,)'}, got shape {array.shape}",
            path=path,
        )
    return array.tolist()
