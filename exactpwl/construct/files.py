"""What networks are built from, as JSON files: a max-min form, and a triangulation with values.

The reading is strict, as for networks: numbers are exact, and a key that is missing, unknown or
repeated is refused.  Both forms are described in ``docs/construction-format.md``.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from exactpwl.construct.max_min import Affine, MaxMin
from exactpwl.construct.triangulation import Triangulation
from exactpwl.errors import DimensionError, DomainError, FormatError
from exactpwl.io.strict import Place, check_keys, read_json
from exactpwl.rationals import shown

__all__ = ["MAX_MIN_FORMAT", "TRIANGULATION_FORMAT", "load_max_min", "load_triangulation"]

MAX_MIN_FORMAT = "exactpwl-max-min/1"
"""The value of ``format`` in a file with a max-min form."""

TRIANGULATION_FORMAT = "exactpwl-triangulation/1"
"""The value of ``format`` in a file with a triangulation."""

_MAX_MIN = {"max": True, "format": False}
_GROUP = {"min": True}
_AFFINE = {"w": True, "b": True}
_TRIANGULATION = {"points": True, "simplices": True, "values": True, "format": False}


def load_max_min(path: str | Path) -> MaxMin:
    """Read a max-min form: ``{"max": [{"min": [{"w": [...], "b": ...}, ...]}, ...]}``.

    Raises
    ------
    FormatError
        If the file cannot be read or is not of its format; the place in it is named.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "abs.json"
    ...     _ = file.write_text('{"max": [{"min": [{"w": [1], "b": 0}]}, '
    ...                         '{"min": [{"w": [-1], "b": 0}]}]}')
    ...     print(load_max_min(file))
    max(x, -x)
    """
    data, place = _opened(path, _MAX_MIN, MAX_MIN_FORMAT, "a max-min form")
    groups = []
    for i, group in enumerate(place.part("max").list(data["max"])):
        here = place.part("max", i)
        check_keys(here.object(group), _GROUP, here.where, here.path)
        listed = here.part("min").list(group["min"])
        groups.append([_affine(g, here.part("min", j)) for j, g in enumerate(listed)])
    try:
        return MaxMin(groups)
    except DimensionError as error:
        raise FormatError(str(error), path=str(path)) from None


def load_triangulation(path: str | Path) -> tuple[Triangulation, tuple[Fraction, ...]]:
    """Read a triangulation and the values at its points.

    ``{"points": [[x, y], ...], "simplices": [[0, 1, 2], ...], "values": [...]}``.

    Raises
    ------
    FormatError
        If the file cannot be read or is not of its format; the place in it is named.
    DimensionError, DomainError
        If it is no triangulation, see `Triangulation`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "one.json"
    ...     _ = file.write_text('{"points": [[0, 0], [1, 0], [0, 1]], '
    ...                         '"simplices": [[0, 1, 2]], "values": [1, 0, "1/2"]}')
    ...     load_triangulation(file)[1]
    (Fraction(1, 1), Fraction(0, 1), Fraction(1, 2))
    """
    data, place = _opened(path, _TRIANGULATION, TRIANGULATION_FORMAT, "a triangulation")
    points = [
        _numbers(point, place.part("points", i))
        for i, point in enumerate(place.part("points").list(data["points"]))
    ]
    simplices = [
        [
            place.part("simplices", k, i).index(j, len(points))
            for i, j in enumerate(place.part("simplices", k).list(simplex))
        ]
        for k, simplex in enumerate(place.part("simplices").list(data["simplices"]))
    ]
    place.part("values").list(data["values"], len(points))
    values = _numbers(data["values"], place.part("values"))
    try:
        return Triangulation(points, simplices), values
    except (DimensionError, DomainError) as error:
        raise type(error)(f"{path}: {error}") from None


def _opened(path: str | Path, keys: dict[str, bool], format_: str, what: str) -> tuple[Any, Place]:
    place = Place(str(path))
    data = place.object(read_json(path))
    check_keys(data, keys, what, place.path)
    if data.get("format", format_) != format_:
        raise place.part("format").refuse(repr(format_), shown(data["format"]))
    return data, place


def _affine(data: Any, place: Place) -> Affine:
    members = place.object(data)
    check_keys(members, _AFFINE, place.where, place.path)
    return _numbers(members["w"], place.part("w")), place.part("b").number(members["b"])


def _numbers(data: Any, place: Place) -> tuple[Fraction, ...]:
    return tuple(place.part(i).number(entry) for i, entry in enumerate(place.list(data)))
