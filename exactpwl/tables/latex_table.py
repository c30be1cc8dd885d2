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
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from exactpwl.tables.notation import LatexNotation
from exactpwl.tables.numbers import Numbers

if TYPE_CHECKING:
    from exactpwl.tables.table import Table

__all__ = [
    "PAGE_WIDTH",
    "latex_document",
    "latex_table",
    "latex_text",
    "latex_width",
    "seen_width",
]

MOST_LINES = 36
"""A table of more lines than fit on a page is a longtable."""

_CELL_WIDTHS = 44, 32, 20
"""Signs in a line of a cell: the first of these with which the table fits the page, or the last."""
PAGE_WIDTH = 135
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


class Line(NamedTuple):
    """A line of a cell, ready for LaTeX, and about how many signs wide it is."""

    text: str
    width: int


Row = list[list[Line]]
"""For each cell its lines."""

Items = Sequence[tuple[str, int]]
"""The items of a cell, each with about how many signs wide it is."""


def latex_table(table: Table[Any], *, floats: bool = True) -> Iterator[str]:
    """Yield the lines of the table, for a document that loads amsmath, booktabs and longtable.

    Parameters
    ----------
    table : Table
    floats : bool
        Whether a table that fits on a page may move to another one.
    """
    numbers = Numbers(table.digits)
    rows = _rows(table, numbers)
    yield "% needs \\usepackage{amsmath,booktabs,longtable}\n"
    long = not floats or sum(max(map(len, row)) for row in rows) > MOST_LINES
    yield "\\begingroup\n" if long else "\\begin{table}[htbp]\n\\centering\n"
    if sum(_widths(table, rows)) > PAGE_WIDTH:
        yield "\\footnotesize\n"
    if any("\\tfrac" in line.text for row in rows for lines in row for line in lines):
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


def latex_width(table: Table[Any]) -> int:
    """Return about how many signs wide a table is; `PAGE_WIDTH` fit a page in landscape.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.tables import region_table
    >>> latex_width(region_table(regions(gallery.get("xor")), ["pattern", "bounded"]))
    14
    """
    return sum(_widths(table, _rows(table, Numbers(table.digits))))


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


def _stacked(lines: Sequence[Line]) -> str:
    stack = " \\\\ ".join([line.text for line in lines])
    if len(lines) <= 1:
        return stack
    return rf"\begin{{tabular}}[t]{{@{{}}l@{{}}}}{stack}\end{{tabular}}"


def _rows(table: Table[Any], numbers: Numbers) -> list[Row]:
    """Return the cells, packed so that the table fits a page in landscape, if it can."""
    seen = _Seen()
    written = [
        [[(item, seen[item]) for item in items] for items in row]
        for row in table.rows(LatexNotation(numbers))
    ]
    joints = [(column.joint, seen[column.joint]) for column in table.columns]
    for width in _CELL_WIDTHS[:-1] if _least(written) <= PAGE_WIDTH else ():
        rows = _packed(table, joints, written, width, PAGE_WIDTH)
        if rows is not None:
            return rows
    return _packed(table, joints, written, _CELL_WIDTHS[-1]) or []


def _least(written: Sequence[Sequence[Items]]) -> int:
    """Return how wide the columns are at least: no line is shorter than the items on it."""
    columns = zip(*written, strict=True)
    return sum(max((size for items in c for _, size in items), default=0) for c in columns)


def _packed(
    table: Table[Any],
    joints: Sequence[tuple[str, int]],
    written: Sequence[Sequence[Items]],
    width: int,
    most: float = inf,
) -> list[Row] | None:
    """Return the rows in lines of that width, or None as soon as they are wider than the page."""
    widest = _widths(table, ())
    rows = []
    for row in written:
        cells = [
            _lines(column.kind, joint, items, width)
            for column, joint, items in zip(table.columns, joints, row, strict=True)
        ]
        for i, lines in enumerate(cells):
            widest[i] = max([widest[i], *(line.width for line in lines)])
        if sum(widest) > most:
            return None
        rows.append(cells)
    return rows


def _widths(table: Table[Any], rows: Sequence[Row]) -> list[int]:
    """Return about how many signs wide each column is."""
    widest = [seen_width(column.heading) for column in table.columns]
    for row in rows:
        for i, lines in enumerate(row):
            widest[i] = max([widest[i], *(line.width for line in lines)])
    return widest


def _lines(kind: str, joint: tuple[str, int], items: Items, width: int) -> list[Line]:
    """Pack the items of a cell into lines, and make LaTeX of each."""
    packed: list[tuple[str, int]] = []
    last = len(items) - 1
    for i, (item, size) in enumerate(items):
        text, own = (item + joint[0], size + joint[1]) if i < last else (item, size)
        if packed and packed[-1][1] + own <= width:
            packed[-1] = packed[-1][0] + text, packed[-1][1] + own
        else:
            packed.append((text, own))
    return [_line(kind, *line) for line in packed]


def _line(kind: str, packed: str, width: int) -> Line:
    """Make LaTeX of a line; its width is that of its items and of what is put around them."""
    line = packed.strip()
    width -= len(packed) - len(line)
    if kind == "math":
        return Line("$" + line.replace(", ", ",\\; ") + "$", width + line.count(", ") + 2)
    if kind == "code":
        return Line(rf"\texttt{{{line}}}", width + 3)
    text = latex_text(line)
    return Line(text, seen_width(text))


class _Seen(dict[str, int]):
    """About how many signs wide each item is; most stand in several cells."""

    def __missing__(self, item: str) -> int:
        self[item] = found = seen_width(item)
        return found


_FRACTION = re.compile(r"\\tfrac\{(.*?)\}\{(.*?)\}")
_SIGN = re.compile(r"\\[a-zA-Z]+|[{}$]|\\.")


def seen_width(line: str) -> int:
    """Return about how many signs wide a line of LaTeX is."""
    if "\\tfrac" in line:
        line = _FRACTION.sub(lambda m: max(m[1], m[2], key=len), line)
    return len(_SIGN.sub("-", line))
