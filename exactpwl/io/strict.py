"""JSON read strictly: numbers as the text that stands in the file, no key twice, none misspelt.

JSON itself has no idea what a number is, and readers that pass it through a float turn 0.1 into
another number without a word.  Here a number stays the text of the file (`NumberText`), and whoever
reads it takes it for that decimal.  All files of the package are read through this one door:
networks, domains, atlases.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from exactpwl.errors import FormatError
from exactpwl.rationals import as_fraction, shown

__all__ = ["NumberText", "Place", "check_keys", "kind_of", "read_json"]


class NumberText(str):
    """A number of a JSON file, as the text that stands there."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def read_json(path: str | Path) -> Any:
    """Return the parsed contents of a JSON file.

    Raises
    ------
    FormatError
        If the file cannot be read, is no JSON in UTF-8, or repeats a key.
    """
    return _parse(_read(Path(path)), str(path))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"a text in UTF-8 is required, byte {error.start} is not", path=str(file)
        ) from None
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=str(file)) from None


def _parse(text: str, path: str) -> Any:
    repeated: list[tuple[dict[str, Any], str]] = []

    def as_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in pairs:
            if key in made:
                repeated.append((made, key))
            made[key] = value
        return made

    try:
        data = json.loads(
            text,
            parse_float=NumberText,
            parse_int=NumberText,
            parse_constant=NumberText,
            object_pairs_hook=as_object,
        )
        if repeated:
            raise _repetition(data, *repeated[0], path)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"line {error.lineno}, column {error.colno}: JSON is required: {error.msg}", path=path
        ) from None
    except RecursionError:
        raise FormatError("the brackets are nested too deeply", path=path) from None
    return data


def _repetition(data: Any, holder: dict[str, Any], key: str, path: str) -> FormatError:
    place = _place_of(holder, data, Place(path)) or Place(path)
    where = f"{place.where}: " if place.where else ""
    return FormatError(
        f"{where}every key may stand once in an object, {shown(key)} is repeated", path=path
    )


def _place_of(wanted: object, data: Any, place: Place) -> Place | None:
    """Return where an object stands in the parsed contents; None where it was overwritten."""
    if data is wanted:
        return place
    if isinstance(data, dict):
        parts = [(key, value) for key, value in data.items()]
    else:
        parts = list(enumerate(data)) if isinstance(data, list) else []
    found = (_place_of(wanted, value, place.part(key)) for key, value in parts)
    return next(filter(None, found), None)


def check_keys(
    data: Mapping[str, Any], keys: Mapping[str, bool], what: str, path: str | None
) -> None:
    """Refuse missing and unknown keys.

    Parameters
    ----------
    data : mapping
    keys : mapping from a key to whether it is needed
    what : str
        What `data` is, for the message.
    path : str or None
        The file.

    Raises
    ------
    FormatError
    """
    listed = ", ".join(key if needed else f"{key} (optional)" for key, needed in keys.items())
    for kind, found in (
        ("missing", [key for key, needed in keys.items() if needed and key not in data]),
        ("unknown", [key for key in data if key not in keys]),
    ):
        if found:
            raise FormatError(
                f"{what} has the keys {listed}; {kind}: {', '.join(map(str, found))}", path=path
            )


def kind_of(value: Any) -> str:
    """Return what a message says of a wrong value: its kind, and itself where it is short."""
    if isinstance(value, NumberText):
        return f"the number {shown(value)}"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    kinds = {list: "a list", dict: "an object", bool: "a truth value", type(None): "null"}
    return kinds.get(type(value), f"a {type(value).__name__}")


@dataclass(frozen=True)
class Place:
    """A place in a file, for messages, and what may be required there.

    Examples
    --------
    >>> Place("net.json", "rows[0]").part(2, "b").integer(None)
    Traceback (most recent call last):
    ...
    exactpwl.errors.FormatError: net.json: rows[0][2].b: an integer is required, got null
    """

    path: str | None
    where: str = ""

    def part(self, *keys: str | int) -> Place:
        """Return a place inside this one."""
        where = self.where
        for key in keys:
            where += f"[{key}]" if isinstance(key, int) else f".{key}" if where else key
        return Place(self.path, where)

    def refuse(self, required: str, came: str) -> FormatError:
        """Return the error to raise."""
        where = f"{self.where}: " if self.where else ""
        return FormatError(f"{where}{required} is required, got {came}", path=self.path)

    def object(self, value: Any) -> Mapping[str, Any]:
        """Return `value` if it is an object."""
        if not isinstance(value, Mapping):
            raise self.refuse("an object", kind_of(value))
        return value

    def list(self, value: Any, length: int | None = None) -> Sequence[Any]:
        """Return `value` if it is a list, of the given length."""
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.refuse("a list", kind_of(value))
        if length is not None and len(value) != length:
            raise self.refuse(f"a list of {length}", f"{len(value)}")
        return value

    def text(self, value: Any) -> str:
        """Return `value` if it is a text, and no number."""
        if isinstance(value, NumberText) or not isinstance(value, str):
            raise self.refuse("a text", kind_of(value))
        return value

    def number(self, value: Any) -> Fraction:
        """Return the rational that `value` spells."""
        try:
            return as_fraction(value)
        except (TypeError, ValueError) as error:
            raise FormatError(f"{self.where}: {error}", path=self.path) from None

    def integer(self, value: Any) -> int:
        """Return the integer that `value` spells."""
        if value is None or isinstance(value, (bool, list, dict)):
            raise self.refuse("an integer", kind_of(value))
        found = self.number(value)
        if found.denominator != 1:
            raise self.refuse("an integer", kind_of(value))
        return found.numerator

    def index(self, value: Any, count: int) -> int:
        """Return the integer from 0 to `count` - 1 that `value` spells."""
        found = self.integer(value)
        if not 0 <= found < count:
            raise self.refuse(f"an integer from 0 to {count - 1}", kind_of(value))
        return found
