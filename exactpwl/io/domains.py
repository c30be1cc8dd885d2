"""Domains in JSON: rows ``a . x <= b``, or a box.

The same strict reading as for networks: numbers are exact, and a key that is missing, unknown or
repeated is refused.  The form is described in ``docs/domain-format.md``; `Domain.as_dict` writes
the one with rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from exactpwl.domain import Domain
from exactpwl.errors import DomainError
from exactpwl.io.strict import Place, check_keys, read_json
from exactpwl.rationals import shown

__all__ = ["DOMAIN_FORMAT", "domain_from_dict", "load_domain"]

DOMAIN_FORMAT = "exactpwl-domain/1"
"""The value of ``format`` in a domain file."""

MOST_INPUTS = 1_000_000
"""No network has so many inputs that its regions could be looked at."""

_WITH_ROWS = {"rows": True, "dimension": False, "format": False}
_WITH_BOX = {"box": True, "dimension": False, "format": False}
_ROW = {"a": True, "b": True}


def load_domain(path: str | Path) -> Domain:
    """Read a domain from a JSON file.

    Parameters
    ----------
    path : str or Path
        ``{"rows": [{"a": [...], "b": ...}, ...]}`` for {x : a . x <= b, row by row}, or
        ``{"box": [[low, high], ...]}``; optional ``dimension`` and ``format``.

    Returns
    -------
    Domain

    Raises
    ------
    FormatError
        If the file cannot be read or is not of its format.
    DomainError
        If a row without variables fails, or a box is flat.
    """
    return domain_from_dict(read_json(path), path)


def domain_from_dict(data: Any, path: str | Path | None = None, where: str = "") -> Domain:
    """Make a domain of the JSON form, already parsed.

    Parameters
    ----------
    data : mapping
    path : str or Path, optional
        Where it came from, for messages.
    where : str
        The place inside the file, for messages.

    Returns
    -------
    Domain

    Raises
    ------
    FormatError, DomainError
        As `load_domain`.

    Examples
    --------
    >>> print(domain_from_dict({"box": [[0, 1], ["-1/2", "0.5"]]}))
    the box [0, 1] x [-1/2, 1/2]
    >>> domain_from_dict({"rows": [{"a": [1, 1], "b": "1/2"}]}).rows
    (((-2, -2), 1),)
    """
    place = Place(None if path is None else str(path), where)
    members = place.object(data)
    what = f"{where}: a domain" if where else "a domain"
    check_keys(members, _WITH_BOX if "box" in members else _WITH_ROWS, what, place.path)
    if members.get("format", DOMAIN_FORMAT) != DOMAIN_FORMAT:
        raise place.part("format").refuse(repr(DOMAIN_FORMAT), shown(members["format"]))
    try:
        return _box(members, place) if "box" in members else _polyhedron(members, place)
    except DomainError as error:
        raise DomainError(f"{place.path}: {error}" if place.path else str(error)) from None


def _box(data: Mapping[str, Any], place: Place) -> Domain:
    sides = place.part("box").list(data["box"])
    dimension = _dimension(data, place, len(sides))
    place.part("box").list(sides, dimension)
    return Domain.box(_side(side, place.part("box", i)) for i, side in enumerate(sides))


def _side(side: Any, place: Place) -> tuple[Fraction, Fraction]:
    low, high = place.list(side, 2)
    return place.part(0).number(low), place.part(1).number(high)


def _polyhedron(data: Mapping[str, Any], place: Place) -> Domain:
    listed = place.part("rows").list(data["rows"])
    rows = [_row(row, place.part("rows", i)) for i, row in enumerate(listed)]
    dimension = _dimension(data, place, len(rows[0][0]) if rows else None)
    for i, (normal, _) in enumerate(rows):
        place.part("rows", i, "a").list(normal, dimension)
    return Domain.polyhedron([a for a, _ in rows], [b for _, b in rows], dimension=dimension)


def _row(row: Any, place: Place) -> tuple[list[Fraction], Fraction]:
    members = place.object(row)
    check_keys(members, _ROW, place.where, place.path)
    normal = place.part("a").list(members["a"])
    numbers = [place.part("a", j).number(entry) for j, entry in enumerate(normal)]
    return numbers, place.part("b").number(members["b"])


def _dimension(data: Mapping[str, Any], place: Place, seen: int | None) -> int:
    spot = place.part("dimension")
    if "dimension" not in data and seen is None:
        raise spot.refuse("without rows the number of inputs", "none")
    dimension = spot.integer(data["dimension"]) if "dimension" in data else seen
    if dimension is None or not 1 <= dimension <= MOST_INPUTS:
        raise spot.refuse(f"a number of inputs from 1 to {MOST_INPUTS}", shown(dimension))
    return dimension
