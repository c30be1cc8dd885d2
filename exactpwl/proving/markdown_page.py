r"""A proof in Markdown, with its mathematics between dollars, as GitHub and Jupyter read it.

Markdown looks at a sentence before the mathematics in it is found: a backslash before a punctuation
mark is gone then, and ``<`` may begin HTML.  So inside mathematics the commands that consist of
such signs are replaced by their names: ``\,`` by ``\thinspace``, ``\{`` by ``\lbrace``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from exactpwl.proving.markup import runs
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
from exactpwl.tables.markdown_table import markdown_cell_code, markdown_line, markdown_text

__all__ = ["markdown_page"]

_NAMED = {
    "\\,": "thinspace",
    "\\;": "enspace",
    "\\:": "thinspace",
    "\\{": "lbrace",
    "\\}": "rbrace",
    "\\|": "Vert",
    "\\\\": "cr",
    "<": "lt",
    ">": "gt",
    "|": "vert",
    "*": "ast",
}
_PUNCTUATION = re.compile(r"\\[,;:{}|\\!]|[<>|*]")


def markdown_page(title: str, steps: Sequence[Step]) -> Iterator[str]:
    """Yield the parts of the Markdown text, each with its line ends."""
    yield f"# {_marked(title)}\n"
    for step in steps:
        yield "\n" + "".join(f"{line}\n" for line in _lines(step))


def _lines(step: Step) -> Iterator[str]:
    match step:
        case Section(title):
            yield f"## {_marked(title)}"
        case Paragraph(text):
            yield _marked(text)
        case Formula(latex):
            yield f"$$\n{_math(latex.strip())}\n$$"
        case Theorem(text):
            yield f"> **Theorem.** {_marked(text)}"
        case Checked(statement, evidence):
            found = f" *({_marked(evidence)})*" if evidence else ""
            yield f"- ✓ checked: {_marked(statement)}{found}"
        case Tabular(header, rows, caption):
            yield from [f"**{_marked(caption)}**", ""] if caption else []
            yield _row([_cell(cell) for cell in header])
            yield _row(["---"] * len(header))
            yield from (_row([_cell(cell) for cell in row]) for row in rows)
        case End():
            yield "∎"


def _row(cells: Sequence[str]) -> str:
    return markdown_line(cells).rstrip()


def _marked(sentence: str, code: Callable[[str], str] = "`{}`".format) -> str:
    write = {"words": markdown_text, "code": code, "math": _inline}
    return "".join(write[run.kind](run.text) for run in runs(sentence))


def _inline(latex: str) -> str:
    return f"${_math(latex)}$"


def _cell(sentence: str) -> str:
    return _marked(sentence, markdown_cell_code)


def _math(latex: str) -> str:
    """Write mathematics so that Markdown leaves it alone."""
    return _PUNCTUATION.sub(
        lambda m: f"\\{_NAMED[m[0]]} " if m[0] in _NAMED else "", latex
    ).replace("  ", " ")
