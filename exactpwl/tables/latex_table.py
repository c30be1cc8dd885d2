r"""A table in LaTeX: booktabs, a longtable where it is long, and a document that compiles.

LaTeX does not break a line inside a cell by itself, and a region may have dozens of vertices.  So
the items of a cell are packed into lines here, and a cell of several lines becomes a small array.
Widths are estimated by what is seen: commands count as one sign, a ``\tfrac`` as its longer half.
Lines are shorter, and then the type is smaller, where the table would not fit a page in landscape.

The alternative, columns of a fixed width, would need to know the paper, and breaks formulas where
TeX likes; a table float with a caption is what a paper wants, so that is what comes out.

References
----------
S. Fear, *Publication quality tables in LaTeX* (the booktabs manual).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from exactpwl.tables.notation import LatexNotation
from exactpwl.tables.numbers import Numbers

if TYPE_CHECKING:
    from exactpwl.tables.table import Column, Table

__all__ = ["latex_document", "latex_table", "latex_text"]

MOST_LINES = 36
"""A table of more lines than fit on a page is a longtable."""

_CELL_WIDTHS = 44, 32, 20
"""Signs in a line of a cell: the first of these with which the table fits the page, or the last."""
_PAGE_WIDTH = 135
"""Signs in a line of a page in landscape."""
_WIDEST_PAPER = 5000  # millimetres; TeX ends at 5758
_SIGNS = {
    "->": r"$\to$",
    " x ": r" $\times$ ",
    "-": "$-$",
    "≈": r"$\approx$",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_SPECIAL = re.compile(r"R\^(\d+)|->|(?<=\]) x (?=\[)|(?<=[\[(, ])-(?=\d)|[≈\\~^<>|&%$#_{}]")

Row = list[list[str]]
"""For each cell its lines, ready for LaTeX."""


def latex_table(table: Table[Any]) -> Iterator[str]:
    """Yield the lines of the table, for a document that loads amsmath, booktabs and longtable."""
    numbers = Numbers(table.digits)
    rows = _rows(table, numbers)
    yield "% needs \\usepackage{amsmath,booktabs,longtable}\n"
    long = sum(max(map(len, row)) for row in rows) > MOST_LINES
    yield "\\begingroup\n" if long else "\\begin{table}[htbp]\n\\centering\n"
    if sum(_widths(table, rows)) > _PAGE_WIDTH:
        yield "\\footnotesize\n"
    if any("\\tfrac" in line for row in rows for lines in row for line in lines):
        yield "\\renewcommand{\\arraystretch}{1.4}% fractions are tall\n"
    yield from (_longtable if long else _tabular)(table, rows)
    for note in table.notes(numbers):
        yield f"\\par\\smallskip\\noindent{{\\footnotesize {latex_text(note)}\\par}}\n"
    yield "\\endgroup\n" if long else "\\end{table}\n"


def latex_document(table: Table[Any]) -> Iterator[str]:
    """Yield the lines of a document with this table alone, on paper as wide as it needs."""
    widths = _widths(table, _rows(table, Numbers(table.digits)))
    paper = min(max(210, 50 + sum(2 * width + 5 for width in widths)), _WIDEST_PAPER)
    yield "\\documentclass{article}\n"
    yield f"\\usepackage[paperwidth={paper}mm,paperheight=297mm,margin=20mm]{{geometry}}\n"
    yield "\\usepackage{amsmath,booktabs,longtable}\n\\begin{document}\n"
    yield from latex_table(table)
    yield "\\end{document}\n"


def latex_text(text: str) -> str:
    r"""Escape plain text for LaTeX; R^2, arrows and minus signs become mathematics.

    Examples
    --------
    >>> print(latex_text("100% of a_1 over R^2"))
    100\% of a\_1 over $\mathbf{R}^{2}$
    """
    return _SPECIAL.sub(
        lambda found: rf"$\mathbf{{R}}^{{{found[1]}}}$" if found[1] else _SIGNS[found[0]], text
    )


def _tabular(table: Table[Any], rows: Sequence[Row]) -> Iterator[str]:
    yield f"\\caption{{{latex_text(table.title)}}}\n"
    yield f"\\begin{{tabular}}{{{'l' * len(table.columns)}}}\n\\toprule\n"
    yield f"{_heading(table)}\\midrule\n"
    yield from _body(rows)
    yield "\\bottomrule\n\\end{tabular}\n"


def _longtable(table: Table[Any], rows: Sequence[Row]) -> Iterator[str]:
    heading = f"\\toprule\n{_heading(table)}\\midrule\n"
    yield f"\\begin{{longtable}}{{{'l' * len(table.columns)}}}\n"
    yield f"\\caption{{{latex_text(table.title)}}}\\\\\n{heading}\\endfirsthead\n"
    yield f"{heading}\\endhead\n\\bottomrule\n\\endfoot\n"
    yield from _body(rows)
    yield "\\end{longtable}\n"


def _heading(table: Table[Any]) -> str:
    return " & ".join(latex_text(column.heading) for column in table.columns) + r" \\" + "\n"


def _body(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the rows, with a little more space between them where they have several lines."""
    spaced = any(len(lines) > 1 for row in rows for lines in row)
    for i, row in enumerate(rows):
        if i and spaced:
            yield "\\addlinespace\n"
        yield " & ".join(_stacked(lines) for lines in row) + " \\\\\n"


def _stacked(lines: Sequence[str]) -> str:
    if len(lines) <= 1:
        return "".join(lines)
    stack = " \\\\ ".join(lines)
    return rf"\begin{{tabular}}[t]{{@{{}}l@{{}}}}{stack}\end{{tabular}}"


def _rows(table: Table[Any], numbers: Numbers) -> list[Row]:
    """Return the cells, packed so that the table fits a page in landscape, if it can."""
    written = [list(row) for row in table.rows(LatexNotation(numbers))]
    rows: list[Row] = []
    for width in _CELL_WIDTHS:
        rows = [
            [_lines(c, items, width) for c, items in zip(table.columns, row, strict=True)]
            for row in written
        ]
        if sum(_widths(table, rows)) <= _PAGE_WIDTH:
            break
    return rows


def _widths(table: Table[Any], rows: Sequence[Row]) -> list[int]:
    """Return about how many signs wide each column is."""
    columns = zip(*([[column.heading] for column in table.columns], *rows), strict=True)
    return [max(_seen(line) for lines in cells for line in lines) for cells in columns]


def _lines(column: Column[Any], items: Sequence[str], width: int) -> list[str]:
    """Pack the items of a cell into lines, and make LaTeX of each."""
    packed: list[str] = []
    for i, item in enumerate(items):
        text = item + (column.joint if i + 1 < len(items) else "")
        if packed and _seen(packed[-1] + text) <= width:
            packed[-1] += text
        else:
            packed.append(text)
    stripped = (line.strip() for line in packed)
    if column.kind == "math":
        return ["$" + line.replace(", ", ",\\; ") + "$" for line in stripped]
    if column.kind == "code":
        return [rf"\texttt{{{line}}}" for line in stripped]
    return [latex_text(line) for line in stripped]


def _seen(line: str) -> int:
    """Return about how many signs wide a line of LaTeX is."""
    halves = re.sub(r"\\tfrac\{(.*?)\}\{(.*?)\}", lambda m: max(m[1], m[2], key=len), line)
    return len(re.sub(r"\\[a-zA-Z]+|[{}$]|\\.", "-", halves))
