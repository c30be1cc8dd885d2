"""What the hostile tests change in valid certificates, and how."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from cases import BOUNDED, KINDS, POINTS, TREES, case, judge, nodes, written

every_claim = pytest.mark.parametrize("kind", KINDS)
every_tree = pytest.mark.parametrize("kind", TREES)
every_point = pytest.mark.parametrize("kind", POINTS)
every_refutation = pytest.mark.parametrize(
    "kind", [kind for kind in TREES if nodes(case(kind), "below", "above")]
)
every_domain = pytest.mark.parametrize("kind", [kind for kind in KINDS if case(kind)[0]["domain"]])
every_leaf_proof = pytest.mark.parametrize(
    "kind", [kind for kind in TREES if any(len(node) > 2 for node in nodes(case(kind), "leaf"))]
)

every_bounded = pytest.mark.parametrize("kind", BOUNDED)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each value inside a JSON value."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


def put(lines: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return the lines with another value at a path."""
    changed = list(lines)
    holder: Any = changed
    changed[path[0]] = copy.deepcopy(lines[path[0]])
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return changed


def at(lines: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        lines = lines[key]
    return lines


def refused(lines: Any, why: str = "") -> None:
    """Assert that a certificate is not valid, for a reason that the message tells."""
    found = judge(lines)
    assert found, "the checker accepts it"
    assert why in found


def with_lines(lines: list[Any], number: int, text: str) -> bytes:
    """Return the certificate with one line spelt otherwise."""
    rows = written(lines).splitlines(keepends=True)
    rows[number] = text.encode() + b"\n"
    return b"".join(rows)


def is_number(value: Any) -> bool:
    return isinstance(value, str) and value.strip("-/0123456789") == "" and value not in ("", "1")


def refutations(lines: list[Any], *, exact: bool = False) -> list[tuple[int, tuple[Any, ...]]]:
    """Return the line and the place in it of every set of multipliers; `exact`: but for bounds."""
    return [
        (number, path)
        for number, line in enumerate(lines[1:-1], 1)
        for path in places(line)
        if isinstance(at(line, path), dict) and not (exact and path[0] == 3)
    ]
