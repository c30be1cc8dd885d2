r"""A proof as a LaTeX article that compiles as it stands.

It needs what every TeX installation has: amsmath, amssymb, amsthm, array, booktabs, geometry and
longtable.  A table that is wider than the page gets columns in which TeX breaks lines: those that
need little keep it, the others share the rest; so the width is measured first, in signs.
"""

from __future__ import annotations

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

__all__ = ["latex_page"]

_PREAMBLE = r"""\documentclass[a4paper]{article}
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
_GAP = 3
"""Signs between two columns."""
_LEAST = 12
"""Signs in a line of a column that is broken, at least."""


def latex_page(title: str, steps: Sequence[Step]) -> Iterator[str]:
    """Yield the parts of the article, each with its line ends."""
    yield f"{_PREAMBLE}\\title{{{_marked(title)}}}\n\\author{{}}\n\\date{{}}\n"
    yield "\\begin{document}\n\\maketitle\n"
    for step in steps:
        yield "\n" + "".join(f"{line}\n" for line in _lines(step))
    yield "\n\\end{document}\n"


def _lines(step: Step) -> Iterator[str]:
    match step:
        case Section(title):
            yield f"\\section{{{_marked(title)}}}"
        case Paragraph(text):
            yield _marked(text)
        case Formula(latex):
            yield f"\\[\n{latex.strip()}\n\\]"
        case Theorem(text):
            yield f"\\begin{{theorem}}\n{_marked(text)}\n\\end{{theorem}}"
        case Checked(statement, evidence):
            found = f" ({_marked(evidence)})" if evidence else ""
            yield f"\\checked{{{_marked(statement)}{found}}}"
        case Tabular():
            yield from _table(step)
        case End():
            yield "\\qed"


def _marked(sentence: str) -> str:
    write = {"words": latex_text, "code": _code, "math": _inline}
    return "".join(write[run.kind](run.text) for run in runs(sentence))


def _inline(latex: str) -> str:
    return f"${latex}$"


def _code(text: str) -> str:
    return rf"\texttt{{{latex_text(text)}}}"


def _table(table: Tabular) -> Iterator[str]:
    header, *rows = ([_marked(cell) for cell in row] for row in (table.header, *table.rows))
    if any("\\tfrac" in cell for row in rows for cell in row):
        yield "{\\renewcommand{\\arraystretch}{1.4}% fractions are tall"
    else:
        yield "{"
    yield f"\\begin{{longtable}}{{{_columns([header, *rows])}}}"
    if table.caption:
        yield f"\\caption*{{{_marked(table.caption)}}}\\\\"
    heading = f"\\toprule\n{_row(header)}\n\\midrule"
    yield f"{heading}\n\\endfirsthead\n{heading}\n\\endhead\n\\bottomrule\n\\endfoot"
    yield from map(_row, rows)
    yield "\\end{longtable}}"


def _row(cells: Sequence[str]) -> str:
    return " & ".join(cells) + r" \\"


def _columns(rows: Sequence[Sequence[str]]) -> str:
    """Return the column specification: ``l`` where all fit, lines that break where they do not."""
    widths = [max(map(seen_width, column)) for column in zip(*rows, strict=True)]
    room = _PAGE_WIDTH - _GAP * (len(widths) - 1)
    if sum(widths) <= room:
        return "l" * len(widths)
    most = _widest_alike(widths, room)
    broken = rf">{{\raggedright\arraybackslash}}p{{{most / 100:.2f}\textwidth}}"
    return "".join("l" if width <= most else broken for width in widths)


def _widest_alike(widths: Sequence[int], room: int) -> int:
    """Return the width that all wider columns get, so that together they fill the room."""
    left = sorted(widths)
    while left and left[0] * len(left) <= room:
        room -= left.pop(0)
    return max(_LEAST, room // len(left))
