"""A table as a web page of its own: no script, no font to fetch, light and dark.

Items that should not be broken (a point, an inequality) are held together, and a cell wraps between
them; only one that is wider than a cell wraps between its terms.  The heading stays in sight.
`html_table` is the table alone, for a notebook or another page; `html_rows` are its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exactpwl.tables.table import Column, Table

__all__ = ["html_page", "html_rows", "html_table"]

_WIDEST = 60
_TERM = re.compile(r"(?<=[\w)])(?=[+-])")
"""Where a formula has its next term."""

_STYLE = """\
:root { color-scheme: light dark; --line: #d5d5da; --soft: #f5f6f8; --quiet: #666a73; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3b3d44; --soft: #1f2025; --quiet: #a0a4ad; }
}
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; background: Canvas; color: CanvasText; }
table { border-collapse: collapse; border-bottom: 2px solid currentColor; }
caption { text-align: left; font-size: 1.2em; font-weight: 600; padding-bottom: 0.6em; }
th { position: sticky; top: 0; background: Canvas; text-align: left; font-weight: 600; }
th { box-shadow: inset 0 2px currentColor, inset 0 -1px currentColor; }
th, td { padding: 0.4em 1.2em 0.4em 0.4em; vertical-align: top; }
td { border-top: 1px solid var(--line); font-variant-numeric: tabular-nums; max-width: 46em; }
tbody tr:nth-child(even) { background: var(--soft); }
td span { white-space: nowrap; }
td.math { font-family: "STIX Two Text", "Cambria Math", Georgia, serif; font-size: 1.05em; }
code { font: 0.92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
p { color: var(--quiet); max-width: 60em; }
"""


def html_page(table: Table[Any]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(table.title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
    yield from html_table(table)
    yield "</body>\n</html>\n"


def html_table(table: Table[Any]) -> Iterator[str]:
    """Yield the lines of the table and of the notes beneath it."""
    heads = "".join(f"<th>{escape(column.heading)}</th>" for column in table.columns)
    yield f"<table>\n<caption>{escape(table.title)}</caption>\n"
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for row in html_rows(table):
        yield f"<tr>{row}</tr>\n"
    yield "</tbody>\n</table>\n"
    for note in table.notes(table.plain.numbers):
        yield f"<p>{escape(note)}</p>\n"


def html_rows(table: Table[Any]) -> Iterator[str]:
    """Yield the cells of each row."""
    for row in table.rows(table.plain):
        yield "".join(_cell(c, items) for c, items in zip(table.columns, row, strict=True))


def _cell(column: Column[Any], items: Sequence[str]) -> str:
    written = [escape(item) for item in items]
    joint = escape(column.joint)
    if column.kind == "code":
        inner = f"{joint}<wbr>".join(written)
        return f"<td>{f'<code>{inner}</code>' if inner else ''}</td>"
    if column.kind == "words":
        return f"<td>{joint.join(written)}</td>"
    signed = (item.replace("&gt;=", "≥").replace("&lt;=", "≤") for item in written)
    return f'<td class="math">{joint.join(map(_held_together, signed))}</td>'


def _held_together(item: str) -> str:
    """Return an item that lines do not break; only one wider than a cell, between its terms."""
    parts = [item] if len(item) <= _WIDEST else _TERM.split(item)
    return "<wbr>".join(f"<span>{part}</span>" for part in parts)
