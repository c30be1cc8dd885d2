"""Files of Keras 3, ``.keras``: a zip with the configuration and the weights, read without keras.

The weights stand in an HDF5 file, in a group for each layer, whose name is that of its class in
small letters, with a number from the second of its kind on; nested models have groups in theirs.
Within a group arrays are numbered in the order of ``get_weights()``.  The package h5py reads them,
and only arrays that are stored in the file itself: a link to another file is refused, and nothing
of the file is run.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from exactpwl.errors import FormatError, MissingDependencyError

__all__ = ["is_keras_name", "open_keras"]

MOST_BYTES = 1 << 28
"""The most that the parts of a file may take, unpacked."""

_CONFIG, _WEIGHTS = "config.json", "model.weights.h5"


def is_keras_name(path: str | Path) -> bool:
    """Return whether a file of that name is read as a file of Keras.

    Examples
    --------
    >>> is_keras_name("net.keras"), is_keras_name("net.h5")
    (True, False)
    """
    return Path(path).name.lower().endswith(".keras")


def open_keras(path: str | Path) -> tuple[Any, list[Any]]:
    """Return the configuration in a file, and its arrays in the order of ``get_weights()``.

    Raises
    ------
    FormatError
        If the file cannot be read, or its arrays are not in the places of its layers.
    MissingDependencyError
        If the package h5py is not installed.
    """
    h5py = _package()
    parts = _unpacked(Path(path))
    try:
        config = json.loads(parts[_CONFIG])
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{_CONFIG} is no JSON: {error}", path=str(path)) from None
    if isinstance(config, Mapping):
        config = config.get("config", config)
    try:
        with h5py.File(io.BytesIO(parts[_WEIGHTS]), "r") as stored:
            return config, list(_arrays(h5py, stored, config, "", str(path)))
    except OSError as error:
        raise FormatError(f"{_WEIGHTS} cannot be read: {error}", path=str(path)) from None


def _package() -> Any:
    try:
        import h5py
    except ImportError as error:
        raise MissingDependencyError(
            "to read files of Keras the package h5py is required: pip install 'exactpwl[keras]'; "
            "without it, Network.from_keras(model.get_config(), model.get_weights())"
        ) from error
    return h5py


def _unpacked(file: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(file) as archive:
            sizes = {member.filename: member.file_size for member in archive.infolist()}
            if not {_CONFIG, _WEIGHTS} <= set(sizes):
                raise FormatError(
                    f"a zip with {_CONFIG} and {_WEIGHTS} is required, as model.save('net.keras') "
                    "of Keras 3 writes it",
                    path=str(file),
                )
            if sizes[_CONFIG] + sizes[_WEIGHTS] > MOST_BYTES:
                raise FormatError(f"more than {MOST_BYTES} bytes, unpacked", path=str(file))
            return {name: archive.read(name) for name in (_CONFIG, _WEIGHTS)}
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror or error}", path=str(file)) from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FormatError(f"cannot be read: {error}", path=str(file)) from None


def _arrays(h5py: Any, stored: Any, config: Any, place: str, path: str) -> Iterator[Any]:
    """Yield the arrays of the layers of a configuration, in its order."""
    layers = config.get("layers") if isinstance(config, Mapping) else None
    if not isinstance(layers, Sequence):
        raise FormatError(f"{_CONFIG} is no Sequential or functional model", path=path)
    counts: dict[str, int] = {}
    for layer in layers:
        kind = str(layer.get("class_name")) if isinstance(layer, Mapping) else "?"
        name = _snake_case(kind)
        count = counts[name] = counts.get(name, -1) + 1
        group = f"{place}layers/{name}_{count}" if count else f"{place}layers/{name}"
        options = layer.get("config") if isinstance(layer, Mapping) else None
        if isinstance(options, Mapping) and isinstance(options.get("layers"), Sequence):
            yield from _arrays(h5py, stored, options, f"{group}/", path)
        else:
            yield from _numbered(h5py, stored, f"{group}/vars", path)


def _numbered(h5py: Any, stored: Any, place: str, path: str) -> Iterator[Any]:
    """Yield the arrays of a group in their order."""
    group = stored
    for part in place.split("/"):
        if group.get(part, getlink=True) is None:
            return
        group = _opened(h5py, group, part, place, path)
    for name in sorted(group, key=lambda text: (len(text), text)):
        array = _opened(h5py, group, name, f"{place}/{name}", path)
        if not isinstance(array, h5py.Dataset) or array.external or array.is_virtual:
            raise FormatError(f"{place}/{name} is not an array of this file", path=path)
        yield array[()]


def _opened(h5py: Any, group: Any, name: str, place: str, path: str) -> Any:
    """Return a member of a group, if it stands there itself."""
    if not isinstance(group.get(name, getlink=True), h5py.HardLink):
        raise FormatError(f"{place} is a link, and only what stands there is read", path=path)
    return group[name]


def _snake_case(kind: str) -> str:
    """Return the name of a class as Keras writes it in small letters.

    Examples
    --------
    >>> _snake_case("LeakyReLU"), _snake_case("BatchNormalization"), _snake_case("Dense")
    ('leaky_re_lu', 'batch_normalization', 'dense')
    """
    parted = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", parted).lower()
