"""A table in Markdown, as GitHub and most others read it.

A bar in a cell ends the cell, even in code, so the bars of patterns are escaped; so are the signs
that Markdown takes for emphasis, links or HTML.  Columns are not padded: the source of a long table
is not read, and a diff stays small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exactpwl.tables.table import Column, Table

__all__ = ["markdown_table"]


def markdown_table(table: Table[Any]) -> Iterator[str]:
    """Yield the lines of the Markdown text."""
    yield f"**{_escaped(table.title)}**\n\n"
    yield _line([_escaped(column.heading) for column in table.columns])
    yield _line(["---"] * len(table.columns))
    for row in table.rows(table.plain):
        yield _line([_cell(c, items) for c, items in zip(table.columns, row, strict=True)])
    for note in table.notes(table.plain.numbers):
        yield f"\n{_escaped(note)}\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(column: Column[Any], items: Sequence[str]) -> str:
    text = column.joint.join(items)
    if column.kind == "code" and text:
        return "`" + text.replace("|", r"\|") + "`"
    return _escaped(text)


def _escaped(text: str) -> str:
    safe = re.sub(r"&(?=#|\w)|<(?=[/!?\w])", lambda m: {"&": "&amp;", "<": "&lt;"}[m[0]], text)
    return re.sub(r"([\\`*_|])", r"\\\1", safe)
