"""Data points from files: CSV of exact texts, JSON, and arrays of numpy.

A number is taken for exactly what it is: ``0.1`` in a text is a tenth, a float of an array is the
dyadic rational that it stores.  A class is a whole number.  In a CSV, and in an ``.npy`` array, it
is one more column, the last; in JSON and ``.npz`` it has a name of its own:

=========  ========================================================================
``.csv``   a line a point, ``1/2,-0.25`` or with its class ``1/2,-0.25,1``; a first
           line of names and lines that begin with ``#`` are passed over
``.json``  ``{"points": [["1/2", 0.25], ...], "labels": [1, ...]}``, or a list of points
``.npy``   an array with a row a point; axes after the second are laid out row by row
``.npz``   arrays ``points`` and, if there are classes, ``labels``
=========  ========================================================================
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from exactpwl.errors import FormatError
from exactpwl.io.strict import Place, check_keys, kind_of, read_json
from exactpwl.rationals import as_fraction

__all__ = ["DataPoints", "load_points"]

MOST_BYTES = 1 << 30
"""The most that arrays of data points may take, unpacked."""

_ENDINGS = (".csv", ".txt", ".json", ".npy", ".npz")
_MEMBERS = {"points": True, "labels": False}

Point = tuple[Fraction, ...]


class DataPoints(NamedTuple):
    """Data points and their classes.

    Attributes
    ----------
    points : tuple of points
        Each a tuple of Fraction, all of one length.
    labels : tuple of int, or None
    """

    points: tuple[Point, ...]
    labels: tuple[int, ...] | None


def load_points(
    path: str | Path, *, inputs: int | None = None, labelled: bool | None = None
) -> DataPoints:
    """Read data points, and their classes if the file has them.

    Parameters
    ----------
    path : str or Path
        Ends in ``.csv``, ``.txt``, ``.json``, ``.npy`` or ``.npz``.
    inputs : int, optional
        The number of coordinates that points must have.
    labelled : bool, optional
        Whether the last column of a CSV or of an ``.npy`` array is the class.  Left out, it is if
        there is one column more than `inputs`.

    Returns
    -------
    DataPoints

    Raises
    ------
    FormatError
        If the file cannot be read or is not of its format; line and column, or the place in JSON,
        are named.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "points.csv"
    ...     _ = file.write_text("x,y,class\\n1/2,0.1,1\\n-1,0,-1\\n")
    ...     load_points(file, inputs=2)[1]
    (1, -1)
    """
    file = Path(path)
    name = str(file)
    if file.suffix.lower() not in _ENDINGS:
        raise FormatError(
            f"data points end in {', '.join(_ENDINGS)}, got {file.suffix or 'no ending'}", path=name
        )
    if file.suffix.lower() == ".json":
        found = _from_json(read_json(file), name)
    elif file.suffix.lower() in (".csv", ".txt"):
        found = _split(_rows_of_csv(file), inputs, labelled, name)
    else:
        found = _from_arrays(_read(file), inputs, labelled, name)
    _check_sizes(found, inputs, name)
    return found


def _check_sizes(found: DataPoints, inputs: int | None, path: str) -> None:
    if not found.points:
        raise FormatError("at least one data point is required, got none", path=path)
    required = len(found.points[0]) if inputs is None else inputs
    for i, point in enumerate(found.points):
        if len(point) != required:
            as_there = "as the first point has" if inputs is None else "as the network has inputs"
            raise FormatError(
                f"point {i}: {required} coordinates are required, {as_there}, got {len(point)}",
                path=path,
            )
    if found.labels is not None and len(found.labels) != len(found.points):
        raise FormatError(
            f"one label for each of {len(found.points)} points is required, "
            f"got {len(found.labels)}",
            path=path,
        )


def _rows_of_csv(file: Path) -> list[tuple[str, list[Fraction]]]:
    """Return the numbers of each line, with the words that say which line it is."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"a text in UTF-8 is required, byte {error.start} is not", path=str(file)
        ) from None
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=str(file)) from None
    found: list[tuple[str, list[Fraction]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        (parts,) = csv.reader([line], skipinitialspace=True)
        if not found and not any(map(_is_number, parts)):
            continue  # names of columns
        found.append((f"line {number}", _numbers(parts, number, str(file))))
    return found


def _is_number(text: str) -> bool:
    try:
        as_fraction(text)
    except ValueError:
        return False
    return True


def _numbers(parts: Sequence[str], line: int, path: str) -> list[Fraction]:
    found = []
    for column, part in enumerate(parts, start=1):
        try:
            found.append(as_fraction(part))
        except ValueError as error:
            raise FormatError(f"line {line}, column {column}: {error}", path=path) from None
    return found


def _split(
    rows: Sequence[tuple[str, Sequence[Fraction]]],
    inputs: int | None,
    labelled: bool | None,
    path: str,
) -> DataPoints:
    """Return points and classes of rows whose last number may be the class."""
    if not rows:
        return DataPoints((), None)
    width = len(rows[0][1])
    has_class = labelled if labelled is not None else inputs is not None and width == inputs + 1
    required = width if inputs is None else inputs + has_class
    for where, row in rows:
        if len(row) != required:
            raise FormatError(
                f"{where}: {_wanted(required, inputs, has_class)}, got {len(row)}", path=path
            )
    if not has_class:
        return DataPoints(tuple(tuple(row) for _, row in rows), None)
    labels = tuple(_label(row[-1], where, path) for where, row in rows)
    return DataPoints(tuple(tuple(row[:-1]) for _, row in rows), labels)


def _wanted(required: int, inputs: int | None, has_class: bool) -> str:
    if inputs is None:
        return f"{required} numbers are required, as the first point has"
    extra = " and the class" if has_class else ", and optionally the class,"
    return f"a number for each of the {inputs} inputs{extra} is required"


def _label(number: Fraction, where: str, path: str) -> int:
    if number.denominator != 1:
        raise FormatError(
            f"{where}: a class is a whole number, got {number}; is the last column a class?",
            path=path,
        )
    return int(number)


def _from_json(data: Any, path: str) -> DataPoints:
    place = Place(path)
    if isinstance(data, list):
        return DataPoints(_json_points(data, place), None)
    members = place.object(data)
    check_keys(members, _MEMBERS, "a file of data points", path)
    points = _json_points(members["points"], place.part("points"))
    if members.get("labels") is None:
        return DataPoints(points, None)
    spot = place.part("labels")
    listed = spot.list(members["labels"], len(points))
    return DataPoints(points, tuple(spot.part(i).integer(x) for i, x in enumerate(listed)))


def _json_points(data: Any, place: Place) -> tuple[Point, ...]:
    return tuple(
        tuple(_entry(c, place.part(i, k)) for k, c in enumerate(place.part(i).list(point)))
        for i, point in enumerate(place.list(data))
    )


def _entry(entry: Any, place: Place) -> Fraction:
    if not isinstance(entry, str):  # a number of the file is a text, too
        raise place.refuse("a number", kind_of(entry))
    return place.number(entry)


def _read(file: Path) -> dict[str, Any]:
    """Return the arrays of a file of numpy, opened without pickle."""
    path = str(file)
    try:
        with file.open("rb") as stream:
            packed = zipfile.is_zipfile(stream)
            stream.seek(0)
            if packed:
                with zipfile.ZipFile(stream) as archive:
                    size = sum(member.file_size for member in archive.infolist())
                if size > MOST_BYTES:
                    raise FormatError(
                        f"arrays of at most {MOST_BYTES} bytes are required, these take {size}",
                        path=path,
                    )
                stream.seek(0)
            opened = np.load(stream, allow_pickle=False)
            return {name: opened[name] for name in opened.files} if packed else {"": opened}
    except FormatError:
        raise
    except FileNotFoundError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=path) from None
    except Exception as error:  # numpy and zipfile have a dozen ways to say that a file is broken
        raise FormatError(f"arrays of numpy are required: {error}", path=path) from None


def _from_arrays(
    arrays: dict[str, Any], inputs: int | None, labelled: bool | None, path: str
) -> DataPoints:
    if "" not in arrays:
        check_keys(arrays, _MEMBERS, "an archive of data points", path)
        points = _table(arrays["points"], "points", path)
        rows = tuple(tuple(map(as_fraction, row)) for row in points)
        if "labels" not in arrays:
            return DataPoints(rows, None)
        labels = np.asarray(arrays["labels"])
        if labels.ndim != 1 or labels.dtype.kind not in "iu":
            raise FormatError(
                "labels must be whole numbers with one axis, got shape "
                f"{labels.shape} of {labels.dtype}",
                path=path,
            )
        return DataPoints(rows, tuple(map(int, labels)))
    table = _table(arrays[""], "the array", path)
    numbered = [(f"row {i}", [as_fraction(c) for c in row]) for i, row in enumerate(table)]
    return _split(numbered, inputs, labelled, path)


def _table(array: Any, name: str, path: str) -> list[list[Any]]:
    made = np.asarray(array)
    if made.dtype.kind not in "iuf" or made.ndim < 2:
        raise FormatError(
            f"{name} must hold ints or floats with a row for each point, got shape {made.shape} "
            f"of {made.dtype}",
            path=path,
        )
    if made.dtype.kind == "f" and not np.isfinite(made).all():
        row = int(np.argwhere(~np.isfinite(made))[0][0])
        raise FormatError(f"{name}, row {row}: finite numbers are required", path=path)
    listed: list[list[Any]] = made.reshape(len(made), -1).tolist()
    return listed
