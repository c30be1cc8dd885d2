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

__all__ = ["markdown_cell_code", "markdown_line", "markdown_table", "markdown_text"]


def markdown_table(table: Table[Any]) -> Iterator[str]:
    """Yield the lines of the Markdown text."""
    yield f"**{markdown_text(table.title)}**\n\n"
    yield markdown_line([markdown_text(column.heading) for column in table.columns])
    yield markdown_line(["---"] * len(table.columns))
    for row in table.rows(table.plain):
        yield markdown_line([_cell(c, items) for c, items in zip(table.columns, row, strict=True)])
    for note in table.notes(table.plain.numbers):
        yield f"\n{markdown_text(note)}\n"


def markdown_line(cells: Sequence[str]) -> str:
    """Return a row of cells that are Markdown already."""
    return f"| {' | '.join(cells)} |\n"


def _cell(column: Column[Any], items: Sequence[str]) -> str:
    text = column.joint.join(items)
    if column.kind == "code" and text:
        return markdown_cell_code(text)
    return markdown_text(text)


def markdown_cell_code(text: str) -> str:
    """Return code for a cell, which a bare bar would end."""
    return "`" + text.replace("|", r"\|") + "`"


def markdown_text(text: str) -> str:
    """Escape plain text for Markdown."""
    safe = re.sub(r"&(?=#|\w)|<(?=[/!?\w])", lambda m: {"&": "&amp;", "<": "&lt;"}[m[0]], text)
    return re.sub(r"([\\`*_|])", r"\\\1", safe)
