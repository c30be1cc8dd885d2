"""A table: columns, the things that its rows are about, and four ways to write it.

A cell is not stored.  A column knows how to say its cell of one subject (a region, a block of empty
patterns) in a given notation, and a writer asks for it when it is there: so one table serves every
format.  What many cells share, a vertex or a hyperplane, a notation writes once.

For reading: LaTeX, Markdown, HTML.  A number of more than 24 digits is shortened there, visibly,
and a note says so.  For programs: CSV, where every number is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, Literal, TypeVar

from exactpwl.collector import collector_paused
from exactpwl.errors import FormatError
from exactpwl.tables.csv_table import csv_table
from exactpwl.tables.html_table import html_page, html_table
from exactpwl.tables.latex_table import latex_document, latex_table
from exactpwl.tables.markdown_table import markdown_table
from exactpwl.tables.notation import Notation, PlainNotation
from exactpwl.tables.numbers import LONGEST, Numbers

__all__ = ["Column", "Table"]

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Column(Generic[Subject]):
    """One column of a table.

    Attributes
    ----------
    name : str
        How it is asked for; its heading in CSV.
    heading : str
        Its heading for readers.
    kind : {"math", "code", "words"}
        What its items are: written by the notation already; patterns; or plain words.
    items : callable
        Takes a subject and a notation, and returns the items of the cell.
    joint : str
        Stands between two items; a line may be broken there.
    has_numbers : bool
        Whether digits, where they are asked for, change it.

    Examples
    --------
    >>> length = Column("length", "length", "words", lambda word, notation: [str(len(word))])
    >>> print(Table("Words", (length,), ("facet", "cell")).to_csv())
    length
    5
    4
    """

    name: str
    heading: str
    kind: Literal["math", "code", "words"]
    items: Callable[[Subject, Notation], Sequence[str]]
    joint: str = ", "
    has_numbers: bool = False


@dataclass(frozen=True, repr=False)
class Table(Generic[Subject]):
    """A table that can be written in several formats; made by `region_table` and its like.

    Attributes
    ----------
    title : str
    columns : tuple of Column
    subjects : sequence
        What each row is about.
    digits : int or None
        Significant digits to round to; None leaves every number exact.
    remarks : tuple of str
        Sentences beneath the table.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.tables import region_table
    >>> table = region_table(regions(gallery.get("xor")), ["pattern", "affine_map"])
    >>> table
    <Table of 3 rows: pattern, affine_map>
    >>> print(table.to_csv())
    pattern,affine_map
    00,-1
    10,2x+2y+1
    11,-2x-2y+1
    """

    title: str
    columns: tuple[Column[Subject], ...]
    subjects: Sequence[Subject]
    digits: int | None = None
    remarks: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.subjects)

    def __repr__(self) -> str:
        names = ", ".join(column.name for column in self.columns)
        return f"<Table of {len(self)} rows: {names}>"

    def __str__(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        return "".join(html_table(self))

    def rows(self, notation: Notation) -> Iterator[list[Sequence[str]]]:
        """Yield the rows; a cell is a sequence of items in the notation."""
        for subject in self.subjects:
            yield [column.items(subject, notation) for column in self.columns]

    @cached_property
    def plain(self) -> PlainNotation:
        """The notation of Markdown and HTML, which keeps what it has written for both."""
        return PlainNotation(Numbers(self.digits))

    def notes(self, numbers: Numbers) -> list[str]:
        """Return the sentences beneath the table, once `numbers` has spelled all of it."""
        found = list(self.remarks)
        if numbers.rounded_any:
            found.append(f"≈ marks numbers rounded to {numbers.digits} significant digits.")
        if numbers.shortened_any:
            found.append(
                f"Dots in a number stand for digits left out: it has more than {LONGEST}. "
                "Shortened numbers are whole in the CSV."
            )
        return found

    @collector_paused()
    def to_latex(self, *, standalone: bool = False) -> str:
        r"""Return the table in LaTeX, with booktabs; a longtable where it is long.

        Parameters
        ----------
        standalone : bool
            Whether to wrap it into a document that compiles, on paper wide enough.  Otherwise the
            document needs ``\\usepackage{amsmath,booktabs,longtable}``.
        """
        return "".join(latex_document(self) if standalone else latex_table(self))

    @collector_paused()
    def to_markdown(self) -> str:
        """Return the table in Markdown, for GitHub and its like."""
        return "".join(markdown_table(self))

    @collector_paused()
    def to_csv(self) -> str:
        """Return the table as CSV with every number whole, unless digits were asked for.

        Items of one cell stand between semicolons.  A column of rounded numbers says so in its
        heading.
        """
        return "".join(csv_table(self))

    @collector_paused()
    def to_html(self) -> str:
        """Return a web page of its own: no script, nothing to fetch."""
        return "".join(html_page(self))

    @collector_paused()
    def save(self, path: str | Path) -> None:
        """Write the table in the format that the name's ending says.

        Parameters
        ----------
        path : str or Path
            Ends in ``.tex`` (no document of its own), ``.md``, ``.csv`` or ``.html``.

        Raises
        ------
        FormatError
            If it ends in something else, or cannot be written.
        """
        writers = {
            ".tex": latex_table,
            ".md": markdown_table,
            ".csv": csv_table,
            ".html": html_page,
        }
        file = Path(path)
        if file.suffix not in writers:
            raise FormatError(
                f"a table's name ends in {', '.join(writers)}, got {file.suffix or 'no ending'}",
                path=str(file),
            )
        try:
            with file.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(writers[file.suffix](self))
        except OSError as error:
            raise FormatError(f"cannot be written: {error.strerror}", path=str(file)) from None
