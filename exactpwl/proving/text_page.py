"""A proof as plain text, for a terminal: wrapped lines, mathematics made readable."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from exactpwl.proving.markup import runs
from exactpwl.proving.readable import readable
from exactpwl.proving.steps import (
    Checked,
    End,
    Formula,
    Paragraph,
    Section,
    Step,
    Tabular,
    Theorem,
)

__all__ = ["text_page"]

WIDTH = 88
"""Signs in a line; a table or a formula may be wider."""


def text_page(title: str, steps: Sequence[Step]) -> Iterator[str]:
    """Yield the parts of the text, each with its line ends."""
    heading = _plain(title)
    yield f"{heading}\n{'=' * len(heading)}\n"
    for before, step in zip((None, *steps), steps, strict=False):
        tight = isinstance(before, Checked) and isinstance(step, Checked)
        yield "" if tight else "\n"
        yield "\n".join(_lines(step)) + "\n"


def _lines(step: Step) -> Iterator[str]:
    match step:
        case Section(title):
            yield _plain(title)
            yield "-" * len(_plain(title))
        case Paragraph(text):
            yield _wrapped(text)
        case Formula(latex):
            yield textwrap.indent(readable(latex), "    ")
        case Theorem(text):
            yield _wrapped(f"Theorem. {text}")
        case Checked(statement, evidence):
            found = f" ({evidence})" if evidence else ""
            yield _wrapped(f"checked: {statement}{found}", first="  ", rest="           ")
        case Tabular():
            yield from _table(step)
        case End():
            yield "Q.E.D."


def _wrapped(sentence: str, *, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        _plain(sentence),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plain(sentence: str) -> str:
    parts = (readable(run.text) if run.kind == "math" else run.text for run in runs(sentence))
    return "".join(parts).replace("\n", " ")


def _table(table: Tabular) -> Iterator[str]:
    """Yield the lines of a table: a caption, the header, a rule, the rows, in aligned columns."""
    cells = [[_plain(cell) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    if table.caption:
        yield _wrapped(table.caption)
    for index, row in enumerate(cells):
        aligned = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield ("  " + "  ".join(aligned)).rstrip()
        if index == 0:
            yield "  " + "  ".join("-" * width for width in widths)
