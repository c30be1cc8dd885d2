"""Texts on a terminal: one line for an error, aligned columns, wrapped sentences.

Nothing is printed here.  What is written to a file is the same text without colours.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

import click

from exactpwl.domain import Domain
from exactpwl.naming import printable
from exactpwl.network import Network
from exactpwl.rationals import EXACTNESS

__all__ = ["EXACTNESS", "aligned", "facts", "heading", "one_line", "printable", "width", "wrapped"]

_WIDEST = 100
_LONGEST_LINE = 1000


def one_line(message: str) -> str:
    """Return a message as one line that a terminal can show; its middle goes if it is too long.

    Examples
    --------
    >>> one_line("W must be a list," + chr(10) + "got 3")
    'W must be a list, got 3'
    """
    line = printable(" ".join(message.split()))
    if len(line) <= _LONGEST_LINE:
        return line
    half = _LONGEST_LINE // 2
    return f"{line[:half]} [...] {line[-half:]}"


def width() -> int:
    """Return how wide a line may be: the terminal's width, 100 at most and where there is none."""
    if not sys.stdout.isatty():
        return _WIDEST
    return min(shutil.get_terminal_size().columns, _WIDEST)


def heading(text: str) -> str:
    """Return a heading: bold on a terminal."""
    return click.style(text, bold=True)


def wrapped(text: str, *, first: str = "", rest: str = "", columns: int = _WIDEST) -> str:
    """Return a sentence in lines of at most `columns`, with the indents given.

    `first` may hold colours: they count for nothing.
    """
    bare = click.unstyle(first)
    lines = textwrap.wrap(
        text,
        max(columns, len(bare) + 20),
        initial_indent=bare,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )
    whole = "\n".join(lines) or bare
    return first + whole[len(bare) :]


def aligned(rows: Iterable[Sequence[str]], *, indent: str = "  ", columns: int = _WIDEST) -> str:
    """Return rows in columns two blanks apart; the last column is wrapped under its own beginning.

    Examples
    --------
    >>> print(aligned([("xor", "two ReLUs"), ("lines:n", "n lines")]))
      xor      two ReLUs
      lines:n  n lines
    """
    table = [tuple(row) for row in rows]
    widths = [max(len(click.unstyle(row[i])) for row in table) for i in range(len(table[0]) - 1)]
    lines = []
    for row in table:
        cells = [
            cell + " " * (size - len(click.unstyle(cell)) + 2)
            for cell, size in zip(row[:-1], widths, strict=True)
        ]
        first = indent + "".join(cells)
        rest = " " * len(click.unstyle(first))
        lines.append(wrapped(row[-1], first=first, rest=rest, columns=columns).rstrip())
    return "\n".join(lines)


def facts(network: Network, domain: Domain, *, columns: int = _WIDEST) -> str:
    """Return the network, its hash and the domain: what the numbers below are the numbers of."""
    name = f"{printable(network.name)}: " if network.name else ""
    rows = [
        ("network", name + network.architecture),
        ("sha256", network.sha256),
        ("domain", str(domain)),
    ]
    return aligned(rows, indent="", columns=columns)
