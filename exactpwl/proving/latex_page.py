r"""A proof as a LaTeX article that compiles as it stands.

It needs what every TeX installation has: amsmath, amssymb, amsthm, array, booktabs, geometry and
longtable.  A table that is wider than the page gets columns in which TeX breaks lines: those that
need little keep it, the others share the rest; so the width is measured first, in signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
from exactpwl.tables.latex_table import latex_text, seen_width

__all__ = ["PREAMBLE", "latex_page", "marked", "step_lines"]

PREAMBLE = r"""\documentclass[a4paper]{article}
\usepackage[utf8]{inputenc}
\usepackage[margin=25mm]{geometry}
\usepackage{amsmath,amssymb,amsthm,array,booktabs,longtable}
\newtheorem*{theorem}{Theorem}
\newcommand{\checked}[1]{\par\smallskip\noindent\hangindent=1.6em\hangafter=1
  \makebox[1.6em][l]{$\checkmark$}\emph{Checked:} #1\par}
\setlength{\parindent}{0pt}
\setlength{\parskip}{5pt plus 2pt}
\setlength{\emergencystretch}{6em}
"""
_PAGE_WIDTH = 92
"""Signs in a line of the page."""
_COMMA, _BREAKABLE_COMMA = ",\\,", ",\\allowbreak\\,"
_GAP = 3
"""Signs between two columns, and half of them at each end of a line."""
_SMALL = 1.25
"""How many more signs there are in a line of small type."""
_BREAK = re.compile(r"\s+|(?<=[^{(\s])(?=[-+])|\\allowbreak|\\[lg]e\b")


def latex_page(title: str, steps: Sequence[Step]) -> Iterator[str]:
    """Yield the parts of the article, each with its line ends."""
    yield f"{PREAMBLE}\\begin{{document}}\n"
    yield f"\\begin{{center}}\\LARGE {marked(title)}\\end{{center}}\n"
    for step in steps:
        yield "\n" + "".join(f"{line}\n" for line in step_lines(step))
    yield "\n\\end{document}\n"


def step_lines(step: Step) -> Iterator[str]:
    """Yield the lines of one step."""
    match step:
        case Section(title):
            yield f"\\section{{{marked(title)}}}"
        case Paragraph(text):
            yield marked(text)
        case Formula(latex):
            yield f"\\[\n{latex.strip()}\n\\]"
        case Theorem(text):
            yield f"\\begin{{theorem}}\n{marked(text)}\n\\end{{theorem}}"
        case Checked(statement, evidence):
            found = f" ({marked(evidence)})" if evidence else ""
            yield f"\\checked{{{marked(statement)}{found}}}"
        case Tabular():
            yield from _table(step)
        case End():
            yield "\\qed"


def marked(sentence: str) -> str:
    """Return a sentence in LaTeX."""
    write = {"words": latex_text, "code": _code, "math": _inline}
    return "".join(write[run.kind](run.text) for run in runs(sentence))


def _inline(latex: str) -> str:
    """Write mathematics; TeX breaks no line after a comma by itself."""
    return f"${latex.replace(_COMMA, _BREAKABLE_COMMA)}$"


def _code(text: str) -> str:
    return rf"\texttt{{{latex_text(text)}}}"


def _table(table: Tabular) -> Iterator[str]:
    header, *rows = ([marked(cell) for cell in row] for row in (table.header, *table.rows))
    small = sum(_least([header, *rows])) + _GAP * len(header) > _PAGE_WIDTH
    yield "{\\footnotesize" if small else "{"
    if any("\\tfrac" in cell for row in rows for cell in row):
        yield "\\linespread{1.3}\\selectfont % fractions are tall"
    room = int(_PAGE_WIDTH * (_SMALL if small else 1))
    yield f"\\begin{{longtable}}{{{_columns([header, *rows], room)}}}"
    if table.caption:
        yield f"\\caption*{{{marked(table.caption)}}}\\\\"
    heading = f"\\toprule\n{_row(header)}\n\\midrule"
    yield f"{heading}\n\\endfirsthead\n{heading}\n\\endhead\n\\bottomrule\n\\endfoot"
    yield from map(_row, rows)
    yield "\\end{longtable}}"


def _row(cells: Sequence[str]) -> str:
    return " & ".join(cells) + r" \\"


def _columns(rows: Sequence[Sequence[str]], room: int) -> str:
    """Return the column specification: ``l`` where all fit, lines that break where they do not.

    Every column has room for the longest part in which TeX breaks no line; what is left goes to
    the columns by what they still need.
    """
    wishes = [max(map(seen_width, column)) for column in zip(*rows, strict=True)]
    least = _least(rows)
    missing = sum(wishes) - sum(least)
    left = max(0, room - _GAP * len(wishes) - sum(least))
    if missing <= left:
        return "l" * len(wishes)
    found = ""
    for wish, need in zip(wishes, least, strict=True):
        share = (need + (wish - need) * left / missing) / room
        found += (
            "l" if wish == need else rf">{{\raggedright\arraybackslash}}p{{{share:.3f}\textwidth}}"
        )
    return found


def _least(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column is at least: its longest part without a place to break."""
    return [
        max(seen_width(part) for cell in column for part in _BREAK.split(cell))
        for column in zip(*rows, strict=True)
    ]
