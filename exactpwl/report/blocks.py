"""What a report consists of, as plain data; each page turns it into its own format.

A report is told once and written twice, for a browser and for a paper, so that the two cannot say
different things.  Headings, sentences and small tables are the steps of `exactpwl.proving`; these
blocks are what a proof has not.  Sentences are in the notation of `exactpwl.proving.markup`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exactpwl.checks import CheckResult
from exactpwl.proving.steps import Paragraph, Section, Tabular
from exactpwl.tables import Table

__all__ = [
    "Block",
    "Browsed",
    "Checklist",
    "Facts",
    "Files",
    "Frame",
    "Listing",
    "Picture",
    "Verdict",
]


@dataclass(frozen=True)
class Verdict:
    """Whether all holds, in one line."""

    holds: bool
    text: str


@dataclass(frozen=True)
class Facts:
    """Sentences with a name each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Checklist:
    """What the checks found."""

    results: tuple[CheckResult, ...]


@dataclass(frozen=True)
class Browsed:
    """A table that may be long: searched, sorted and paged where that is possible.

    Attributes
    ----------
    table : Table
    name : str
        What the rows are, in the plural.
    ranks : mapping
        For the names of columns, the place of each row when rows are sorted by it.
    whole : str
        The file that has all of it.
    """

    table: Table[Any]
    name: str
    whole: str
    ranks: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """A figure.

    Attributes
    ----------
    title : str
    shown : str
        The file that a browser shows.
    printed : str
        The PDF.
    wide : bool
        Whether it takes the whole width of a page.
    """

    title: str
    shown: str
    printed: str
    wide: bool = False


@dataclass(frozen=True)
class Frame:
    """A page within the page."""

    title: str
    file: str


@dataclass(frozen=True)
class Listing:
    """Text to be copied: commands, an entry of a bibliography."""

    text: str


@dataclass(frozen=True)
class Files:
    """The files of the folder: name, what it is, how many bytes; None for what is being written."""

    rows: tuple[tuple[str, str, int | None], ...]


Block = (
    Section
    | Paragraph
    | Tabular
    | Verdict
    | Facts
    | Checklist
    | Browsed
    | Picture
    | Frame
    | Listing
    | Files
)
