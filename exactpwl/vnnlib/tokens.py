"""A VNN-LIB text as tokens, with a position for every message.

The format is made of parentheses, names, operators, numbers, and in version 2.0 of brackets,
quoted names and a version mark ``<2.0>``; a semicolon begins a comment that ends with its line.
A number must be followed by a delimiter, so that ``1.2.3`` and ``3x`` are no numbers.  A token
keeps only where it begins: lines and columns are counted when there is something to complain of.

A `Cursor` walks along the tokens.  The readers above it never recurse, so no nesting is too deep.

References
----------
The grammar of version 2.0 is ``grammar.cf`` of the standard, https://www.vnnlib.org; version 1.0
is a part of SMT-LIB 2.6, https://smt-lib.org.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from exactpwl.errors import FormatError, VNNLIBError
from exactpwl.rationals import shown

__all__ = ["Cursor", "Source", "Token", "read_source"]

_END = r"(?=[\s()\[\],;]|\Z)"
_TOKEN = re.compile(
    r"(?P<blank>\s+|;[^\n]*)"
    r"|(?P<version><[0-9]+\.[0-9]+>)"
    rf"|(?P<number>-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?{_END})"
    r"|(?P<operator><=|>=|==|!=|=>|[<>=+*-])"
    r'|(?P<string>"[^"]*")'
    r"|(?P<mark>[()\[\],])"
    r'|(?P<word>[^\s()\[\],;"<>=!+*-][^\s()\[\],;"<>=]*)'
)


class Token(NamedTuple):
    """A token: its kind, its text, and the offset where it begins.

    The kind is ``number``, ``operator``, ``string``, ``mark``, ``word``, ``version`` or ``end``.
    """

    kind: str
    text: str
    start: int

    def __str__(self) -> str:
        return "the end of the text" if self.kind == "end" else shown(self.text)


@dataclass(frozen=True)
class Source:
    """A text and the file that it came from."""

    text: str
    path: str | None = None

    def error(self, start: int, message: str) -> VNNLIBError:
        """Return the error to raise about the place at an offset."""
        line = self.text.count("\n", 0, start) + 1
        column = start - (self.text.rfind("\n", 0, start) + 1) + 1
        return VNNLIBError(message, path=self.path, line=line, column=column)

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens, and one for the end."""
        start = 0
        while start < len(self.text):
            found = _TOKEN.match(self.text, start)
            if found is None or found.lastgroup is None:
                raise self._unreadable(start)
            if found.lastgroup != "blank":
                yield Token(found.lastgroup, found[0], start)
            start = found.end()
        yield Token("end", "", start)

    def _unreadable(self, start: int) -> VNNLIBError:
        if self.text[start] == '"':
            return self.error(start, "a quoted name needs a closing quotation mark")
        return self.error(
            start,
            "a parenthesis, name, operator or number is required, "
            f"got {shown(self.text[start : start + 20])}",
        )


def read_source(path: str | Path) -> Source:
    """Read a text file; gzip-compressed if its name ends in ``.gz``.

    Raises
    ------
    FormatError
        If it cannot be read, is not compressed as its name says, or is no UTF-8.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
        if file.suffix == ".gz":
            data = gzip.decompress(data)
        return Source(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise FormatError(
            f"a text in UTF-8 is required, byte {error.start} is not", path=str(path)
        ) from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise FormatError(
            "a name that ends in .gz requires a file compressed by gzip, this one is not, or is "
            "cut off; rename it or compress it anew",
            path=str(path),
        ) from None
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=str(path)) from None


class Cursor:
    """A place among the tokens of a text."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._tokens = source.tokens()
        self._ahead: list[Token] = []

    def peek(self, distance: int = 0) -> Token:
        """Return a token ahead without taking it."""
        while len(self._ahead) <= distance:
            last = self._ahead[-1] if self._ahead else None
            self._ahead.append(last if last and last.kind == "end" else next(self._tokens))
        return self._ahead[distance]

    def take(self) -> Token:
        """Return the next token and go past it; the end stays."""
        token = self.peek()
        if token.kind != "end":
            self._ahead.pop(0)
        return token

    def at(self, text: str) -> bool:
        """Whether the next token is this mark."""
        return self.peek().kind == "mark" and self.peek().text == text

    def mark(self, text: str, where: str, mend: str = "") -> Token:
        """Take a parenthesis, bracket or comma."""
        if not self.at(text):
            raise self.refuse(self.peek(), f"'{text}' {where}", mend)
        return self.take()

    def word(self, what: str) -> Token:
        """Take a name or keyword."""
        return self.kind("word", what)

    def kind(self, kind: str, what: str) -> Token:
        """Take a token of a kind."""
        if self.peek().kind != kind:
            raise self.refuse(self.peek(), what)
        return self.take()

    def refuse(self, token: Token, required: str, mend: str = "") -> VNNLIBError:
        """Return the error that says what was required in place of `token`."""
        tail = f"; {mend}" if mend else ""
        return self.error(token, f"{required} is required, got {token}{tail}")

    def error(self, token: Token, message: str) -> VNNLIBError:
        """Return the error to raise about a token."""
        return self.source.error(token.start, message)
