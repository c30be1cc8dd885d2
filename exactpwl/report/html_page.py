"""A report as one web page beside its files: no server, nothing to fetch, light, dark and on paper.

The page is whole without a script; a script of the library's own searches, sorts and pages the long
tables.  It needs no framework: a table's rows lie in the page as data, and so many of them as are
looked at are in the document.  All text is escaped, all links are names of files in the folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files as resources
from typing import Any
from urllib.parse import quote

from exactpwl.proving.steps import Paragraph, Section, Tabular
from exactpwl.report.blocks import (
    Block,
    Browsed,
    Checklist,
    Facts,
    Files,
    Frame,
    Listing,
    Picture,
    Verdict,
)
from exactpwl.report.html_words import code, sentence, words
from exactpwl.tables.html_table import html_rows

__all__ = ["PAGE_ROWS", "html_page"]

PAGE_ROWS = 25
"""Rows of a long table that are seen at a time."""

MOST_ROWS = 20_000
"""A table has no more rows in the page; the file beside it has all."""

_NUMBER = re.compile(r"[\d^.%, ]+|–|all")
_MARKS = {"passed": "✓", "failed": "✗", "not applicable": "–"}


def html_page(title: str, subtitle: str, blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the parts of the page.

    Parameters
    ----------
    title, subtitle : str
        Sentences.
    blocks : iterable of Block
    """
    told = list(blocks)
    sections = [block.title for block in told if isinstance(block, Section)]
    plain = re.sub(r"\\([$`])", r"\1", title)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{escape(plain)}</title>\n"
    yield f"<style>\n{_asset('page.css')}</style>\n</head>\n<body>\n"
    yield f"<header>\n<h1>{sentence(title)}</h1>\n<p>{sentence(subtitle)}</p>\n</header>\n"
    yield '<nav aria-label="Sections">\n<ol>\n'
    yield from (f'<li><a href="#{_anchor(s)}">{sentence(s)}</a></li>\n' for s in sections)
    yield "</ol>\n</nav>\n<main>\n"
    begun = False
    for number, block in enumerate(told):
        if isinstance(block, Section):
            yield "</section>\n" * begun + f'<section id="{_anchor(block.title)}">\n'
            begun = True
        yield from _written(block, number)
    yield "</section>\n" * begun + "</main>\n"
    yield f"<script>\n{_asset('page.js')}</script>\n</body>\n</html>\n"


def _asset(name: str) -> str:
    return resources("exactpwl.report").joinpath("assets", name).read_text(encoding="utf-8")


def _anchor(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _written(block: Block, number: int) -> Iterator[str]:
    match block:
        case Section(title):
            yield f"<h2>{sentence(title)}</h2>\n"
        case Paragraph(text):
            yield f"<p>{sentence(text)}</p>\n"
        case Verdict(holds, text):
            kind, mark = ("passed", "✓") if holds else ("failed", "✗")
            yield f'<p class="verdict {kind}"><b aria-hidden="true">{mark}</b> '
            yield f"{sentence(text)}</p>\n"
        case Facts(rows):
            entries = (f"<dt>{sentence(a)}</dt><dd>{sentence(b)}</dd>\n" for a, b in rows)
            yield f"<dl>\n{''.join(entries)}</dl>\n"
        case Tabular():
            yield from _table(block)
        case Checklist():
            yield from _checklist(block)
        case Browsed():
            yield from _browsed(block, number)
        case Picture():
            yield from _picture(block)
        case Frame(title, file):
            yield f'<p><a href="{_link(file)}">Open it on a page of its own</a></p>\n'
            yield f'<iframe src="{_link(file)}" title="{escape(title)}" loading="lazy"></iframe>\n'
        case Listing(text):
            yield f'<pre tabindex="0">{escape(text)}</pre>\n'
        case Files():
            yield from _files(block)


def _table(table: Tabular) -> Iterator[str]:
    columns = list(zip(*table.rows, strict=True))
    kinds = [" class=number" if all(map(_NUMBER.fullmatch, c)) else "" for c in columns]
    heads = (
        f'<th scope="col"{k}>{sentence(h)}</th>' for h, k in zip(table.header, kinds, strict=True)
    )
    yield '<div class="scroll" tabindex="0"><table>\n'
    yield f"<caption>{sentence(table.caption)}</caption>\n" if table.caption else ""
    yield f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>\n"
    for row in table.rows:
        cells = (f"<td{kind}>{sentence(c)}</td>" for c, kind in zip(row, kinds, strict=True))
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody>\n</table></div>\n"


def _checklist(block: Checklist) -> Iterator[str]:
    yield '<div class="scroll" tabindex="0"><table class="checks">\n<thead><tr>'
    yield '<th scope="col">check</th><th scope="col">what must hold, and what was found</th>'
    yield "</tr></thead>\n<tbody>\n"
    for result in block.results:
        kind = result.status.replace(" ", "-")
        yield f'<tr class="{kind}"><th scope="row">{escape(result.name)}<br><span class="status">'
        yield f'<b aria-hidden="true">{_MARKS[result.status]}</b> {result.status}</span></th>'
        yield f"<td><p>{words(result.statement)}</p>"
        yield f'<p class="evidence">{words(result.failure or result.evidence)}</p></td></tr>\n'
    yield "</tbody>\n</table></div>\n"


def _browsed(block: Browsed, number: int) -> Iterator[str]:
    """Write the first rows, and all of them as data for the script."""
    table = block.table
    rows = [row for row, _ in zip(html_rows(table), range(MOST_ROWS), strict=False)]
    name = f"table-{number}"
    yield f'<div class="browsed" id="{name}" data-rows="{PAGE_ROWS}" data-noun="{block.name}">\n'
    yield '<div class="scroll" tabindex="0"><table>\n'
    yield f"<caption>{words(table.title)}</caption>\n<thead><tr>"
    for column in table.columns:
        sorts = f' data-sort="{column.name}"' if column.name in block.ranks else ""
        yield f'<th scope="col"{sorts}>{words(column.heading)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    yield from (f"<tr>{row}</tr>\n" for row in rows[:PAGE_ROWS])
    yield "</tbody>\n</table></div>\n</div>\n"
    yield from (f'<p class="note">{words(note)}</p>\n' for note in table.notes(table.plain.numbers))
    yield f'<p class="note">{_where(len(rows), len(table), block)}</p>\n'
    ranks = {column: list(places[:MOST_ROWS]) for column, places in block.ranks.items()}
    yield f'<script type="application/json" data-table="{name}">'
    yield f"{_json({'rows': rows, 'ranks': ranks})}</script>\n"


def _where(here: int, total: int, block: Browsed) -> str:
    """Tell where the whole table is."""
    whole = f'<a href="{_link(block.whole)}">{code(block.whole)}</a>'
    also = f" This page has the first {here} of them." if here < total else ""
    unscripted = (
        f"<noscript> Without scripts the first {PAGE_ROWS} are shown.</noscript>"
        if here > PAGE_ROWS
        else ""
    )
    return f"All {total} {words(block.name)}, with every number whole: {whole}.{also}{unscripted}"


def _json(value: Any) -> str:
    """Return JSON that cannot end the script that it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", "<\\/").replace("<!--", "\\u003c!--")


def _picture(block: Picture) -> Iterator[str]:
    yield f'<figure{" class=wide" if block.wide else ""}>\n<a href="{_link(block.shown)}">'
    yield f'<img src="{_link(block.shown)}" alt="{escape(block.title)}" loading="lazy"></a>\n'
    yield f"<figcaption>{words(block.title)} "
    links = (f'<a href="{_link(name)}">{_kind(name)}</a>' for name in (block.shown, block.printed))
    yield f'<span class="note">{" · ".join(links)}</span></figcaption>\n</figure>\n'


def _kind(name: str) -> str:
    return name.rpartition(".")[2].upper()


def _files(block: Files) -> Iterator[str]:
    yield '<div class="scroll" tabindex="0"><table>\n<thead><tr><th scope="col">file</th>'
    yield '<th scope="col">bytes</th><th scope="col">what it is</th></tr></thead>\n<tbody>\n'
    for name, what, size in block.rows:
        bytes_ = "" if size is None else f"{size:,}"
        yield f'<tr><td><a href="{_link(name)}">{code(name)}</a></td>'
        yield f"<td class=number>{bytes_}</td><td>{sentence(what)}</td></tr>\n"
    yield "</tbody>\n</table></div>\n"


def _link(name: str) -> str:
    return escape(quote(name))
