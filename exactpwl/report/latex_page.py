r"""A report as a LaTeX article, with its figures as PDFs beside it; it compiles as it stands.

Headings, sentences and small tables are written as those of a proof; what is wide, the regions and
the empty patterns, stands in landscape.  A paper has room for the first `MOST_ROWS` of a long
table, and names the file that has all.  A name from a file may hold signs that pdflatex does not
know: they are written by their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from exactpwl.proving.latex_page import PREAMBLE, marked, step_lines
from exactpwl.proving.markup import quoted
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
from exactpwl.tables import Table
from exactpwl.tables.latex_table import PAGE_WIDTH, latex_table, latex_text, latex_width

__all__ = ["MOST_ROWS", "latex_page"]

MOST_ROWS = 200
"""Rows of a table in the article."""

DROPPED = ("vertices", "neighbours", "volume", "facets", "affine_map")
"""Columns that are left out, one after the other, where a table is wider than the page."""

_MORE = r"""\usepackage{graphicx,pdflscape,fancyvrb,xcolor}
\newcommand{\fact}[2]{\par\noindent\makebox[38mm][l]{#1}%
  \begin{minipage}[t]{\dimexpr\linewidth-38mm}\raggedright\sloppy #2\end{minipage}\par}
\definecolor{passed}{HTML}{1B6E45}
\definecolor{failed}{HTML}{B3261E}
\setcounter{secnumdepth}{1}
"""
_SIGNS = {
    "≤": r"$\le$",
    "≥": r"$\ge$",
    "−": "$-$",
    "×": r"$\times$",
    "→": r"$\to$",
    "∞": r"$\infty$",
    "–": "--",
}
_POWER = re.compile(r"(\bR|\(-1\))\^(\w+)")
_FOREIGN = re.compile(r"[^\n\t\x20-\x7e\xa1-\xff]")


def latex_page(title: str, subtitle: str, blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the parts of the article.

    Parameters
    ----------
    title, subtitle : str
        Sentences.
    blocks : iterable of Block
    """
    yield f"{PREAMBLE}{_MORE}\\begin{{document}}\n"
    yield f"\\begin{{center}}{{\\LARGE {_known(marked(title))}\\par}}\n\\medskip\n"
    yield f"{_known(marked(subtitle))}\\end{{center}}\n"
    for section in _sections(blocks):
        wide = any(isinstance(block, Browsed) for block in section)
        yield "\n\\begin{landscape}\n" if wide else ""
        for block in section:
            yield "\n" + "".join(f"{_known(line)}\n" for line in _lines(block))
        yield "\\end{landscape}\n" if wide else ""
    yield "\n\\end{document}\n"


def _sections(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of each section, its heading first."""
    section: list[Block] = []
    for block in blocks:
        if isinstance(block, Section) and section:
            yield section
            section = []
        section.append(block)
    yield section


def _known(line: str) -> str:
    """Return a line without signs that pdflatex does not know."""
    return _FOREIGN.sub(lambda sign: _SIGNS.get(sign[0], f"[U+{ord(sign[0]):04X}]"), line)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Section() | Paragraph():
            yield from step_lines(block)
        case Tabular():
            yield from step_lines(block)
            yield "\\addtocounter{table}{-1}% its caption has no number"
        case Verdict(holds, text):
            colour = "passed" if holds else "failed"
            yield f"{{\\color{{{colour}}}\\textbf{{{marked(text)}}}}}"
        case Facts(rows):
            yield from (f"\\fact{{{marked(name)}}}{{{_breakable(fact)}}}" for name, fact in rows)
        case Checklist(results):
            for result in results:
                found = _with_powers(result.failure or result.evidence)
                yield f"\\paragraph{{{latex_text(result.name)}: {result.status}.}}"
                yield f"{_with_powers(_sentence(result.statement))} \\emph{{Found:}} {found}."
        case Browsed():
            yield from _browsed(block)
        case Picture():
            yield from _picture(block)
        case Frame(_, file):
            yield f"The page \\texttt{{{latex_text(file)}}} beside this article has the regions to"
            yield "move over, to search and to compare, in a browser."
        case Listing(text):
            yield "\\begin{Verbatim}[fontsize=\\small,frame=leftline,framesep=3mm]"
            yield from _broken(text)
            yield "\\end{Verbatim}"
        case Files():
            pass


def _with_powers(text: str) -> str:
    """Return plain text in LaTeX, with ``R^d`` and ``(-1)^d`` as mathematics."""
    sentence = _POWER.sub(r"$\1^{\2}$", quoted(text))
    return marked(sentence.replace("$R^", "$\\mathbf{R}^"))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _breakable(fact: str) -> str:
    """Return a fact in LaTeX; a long hash may be broken in its middle."""
    return re.sub(r"([0-9a-f]{32})([0-9a-f]{32})", r"\1\\allowbreak{}\2", marked(fact))


def _broken(text: str, width: int = 84) -> Iterator[str]:
    """Yield the lines of a listing; LaTeX breaks none, so a long one is broken here."""
    for line in text.rstrip("\n").split("\n"):
        while len(line) > width:
            place = line.rfind(" ", 20, width)
            place = width if place < 0 else place
            yield line[:place]
            line = f"    {line[place:].lstrip()}"
        yield line


def _browsed(block: Browsed) -> Iterator[str]:
    table = block.table
    if len(table) > MOST_ROWS:
        yield from step_lines(
            Paragraph(
                f"The table has the first {MOST_ROWS} of {len(table)} {block.name}; "
                f"all of them, with every number whole, are in `{block.whole}`."
            )
        )
        table = replace(table, subjects=table.subjects[:MOST_ROWS])
    table, dropped = _narrowed(table)
    if dropped:
        told = f"There is no room here for {', '.join(dropped)}: see `{block.whole}`."
        yield from step_lines(Paragraph(told))
    yield "".join(latex_table(table, floats=False)).rstrip("\n")


def _narrowed(table: Table[Any]) -> tuple[Table[Any], list[str]]:
    """Return a table that fits the page, if one does, and the headings of what is left out."""
    dropped: list[str] = []
    for name in DROPPED:
        if latex_width(table) <= PAGE_WIDTH:
            break
        dropped += [column.heading for column in table.columns if column.name == name]
        table = replace(table, columns=tuple(c for c in table.columns if c.name != name))
    return table, dropped


def _picture(block: Picture) -> Iterator[str]:
    size = "width=\\linewidth" if block.wide else "width=.7\\linewidth"
    yield "\\begin{center}"
    yield f"\\includegraphics[{size},height=.41\\textheight,keepaspectratio]{{{block.printed}}}"
    yield f"\\par\\nopagebreak\\medskip {marked(quoted(block.title))}\\par"
    yield "\\end{center}"
