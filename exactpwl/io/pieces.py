"""Functions given by their pieces, in JSON: polyhedra, each with its affine map.

A piece is a domain, in the form of the domain file, with W and b beside it, in the form of a layer.
So nothing has to be learned twice, and the strict reading is that of the other files.  Whether the
pieces overlap is found when they are put together; whether they meet is not asked here: a function
with jumps is a good file.  The form is described in ``docs/piecewise-format.md``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from exactpwl.affine import AffineMap
from exactpwl.domain import Domain
from exactpwl.errors import DomainError, FormatError
from exactpwl.io.domains import domain_from_dict
from exactpwl.io.strict import Place, check_keys, read_json
from exactpwl.piecewise import PiecewiseFunction
from exactpwl.polyhedron import Polyhedron
from exactpwl.rationals import format_fraction, shown

__all__ = ["PIECES_FORMAT", "load_pieces", "pieces_as_dict", "pieces_from_dict", "save_pieces"]

PIECES_FORMAT = "exactpwl-pieces/1"
"""The value of ``format`` in a file of pieces."""

_KEYS = {"pieces": True, "format": False, "name": False}
_PIECE = {"domain": True, "W": True, "b": True}


def load_pieces(path: str | Path) -> PiecewiseFunction:
    """Read a function given by pieces from a JSON file.

    Parameters
    ----------
    path : str or Path
        ``{"pieces": [{"domain": ..., "W": rows, "b": numbers}, ...]}``; optional ``format`` and
        ``name``.

    Returns
    -------
    PiecewiseFunction

    Raises
    ------
    FormatError
        If the file cannot be read or is not of its format; the place is named.
    DomainError
        If a piece is empty or flat, two of them overlap, or their dimensions differ.
    """
    return pieces_from_dict(read_json(path), path)


def pieces_from_dict(data: Any, path: str | Path | None = None) -> PiecewiseFunction:
    """Make a function of the JSON form, already parsed.

    Parameters
    ----------
    data : mapping
    path : str or Path, optional
        Where it came from, for messages.

    Raises
    ------
    FormatError, DomainError
        As `load_pieces`.

    Examples
    --------
    >>> left = {"domain": {"rows": [{"a": [1], "b": 0}]}, "W": [[0]], "b": [0]}
    >>> right = {"domain": {"rows": [{"a": [-1], "b": 0}]}, "W": [[0]], "b": ["1/2"]}
    >>> step = pieces_from_dict({"pieces": [left, right]})
    >>> step, step((1,))
    (<PiecewiseFunction R^1 -> R^1, 2 pieces>, (Fraction(1, 2),))
    """
    place = Place(None if path is None else str(path))
    members = place.object(data)
    check_keys(members, _KEYS, "a function given by pieces", place.path)
    if members.get("format", PIECES_FORMAT) != PIECES_FORMAT:
        raise place.part("format").refuse(repr(PIECES_FORMAT), shown(members["format"]))
    if "name" in members:
        place.part("name").text(members["name"])
    listed = place.part("pieces").list(members["pieces"])
    read = [_piece(piece, place.part("pieces", i)) for i, piece in enumerate(listed)]
    try:
        return PiecewiseFunction([domain for domain, _ in read], [affine for _, affine in read])
    except DomainError as error:
        raise DomainError(f"{place.path}: {error}" if place.path else str(error)) from None


def _piece(piece: Any, place: Place) -> tuple[Domain, AffineMap]:
    members = place.object(piece)
    check_keys(members, _PIECE, place.where, place.path)
    domain = domain_from_dict(members["domain"], place.path, f"{place.where}.domain")
    bias = _numbers(members["b"], place.part("b"))
    rows = place.part("W").list(members["W"], len(bias))
    weight = [
        _numbers(row, place.part("W", i), length=domain.dimension) for i, row in enumerate(rows)
    ]
    return domain, AffineMap(tuple(weight), bias)


def _numbers(values: Any, place: Place, length: int | None = None) -> tuple[Fraction, ...]:
    listed = place.list(values, length)
    if not listed:
        raise place.refuse("a list of one number or more", "an empty one")
    return tuple(place.part(i).number(value) for i, value in enumerate(listed))


def pieces_as_dict(function: PiecewiseFunction) -> dict[str, Any]:
    """Return a function in the JSON form, numbers as texts.

    Examples
    --------
    >>> half_line = PiecewiseFunction([[((1,), 0)]], [([[2]], [1])])
    >>> pieces_as_dict(half_line)["pieces"][0]["W"]
    [['2']]
    """
    return {
        "format": PIECES_FORMAT,
        "pieces": [
            {
                "domain": _domain_as_dict(polyhedron),
                "W": [[*map(format_fraction, row)] for row in affine.weight],
                "b": [*map(format_fraction, affine.bias)],
            }
            for polyhedron, affine in zip(function.polyhedra, function.maps, strict=True)
        ],
    }


def _domain_as_dict(polyhedron: Polyhedron) -> dict[str, Any]:
    normals: Sequence[Any] = [[-c for c in normal] for normal, _ in polyhedron.rows]
    bounds = [offset for _, offset in polyhedron.rows]
    written = Domain.polyhedron(normals, bounds, dimension=polyhedron.dimension).as_dict()
    return {key: value for key, value in written.items() if key != "format"}


def save_pieces(function: PiecewiseFunction, path: str | Path) -> None:
    """Write a function as JSON, a piece a line; `load_pieces` reads it back.

    Raises
    ------
    FormatError
        If the name does not end in ``.json`` or the file cannot be written.
    """
    file = Path(path)
    if file.suffix != ".json":
        raise FormatError(
            "a function is saved under a name that ends in .json, "
            f"got {file.suffix or 'no ending'}",
            path=str(file),
        )
    data = pieces_as_dict(function)
    listed = ",\n    ".join(map(json.dumps, data["pieces"]))
    text = f'{{\n  "format": "{PIECES_FORMAT}",\n  "pieces": [\n    {listed}\n  ]\n}}\n'
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FormatError(f"cannot be written: {error.strerror}", path=str(file)) from None
