r"""A proof that is written and checked at the same time.

A page of mathematics says "hence" and "one sees that"; nothing happens if it is wrong.  Here every
step that can be computed is computed when it is written: `Document.check` takes the statement and
the truth value of a computation, and without `True` there is no proof, but a `ProofError` that says
which statement failed.  So a reader of the page has all checks behind it, and a theorem that is
altered takes its proof with it.

One text serves three formats.  Sentences hold mathematics in LaTeX between dollars and code between
backticks (`exactpwl.proving.markup`); `Document.to_text` makes the mathematics readable on a
terminal, `to_markdown` leaves it to a browser, `to_latex` is an article that compiles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from exactpwl.errors import FormatError, ProofError
from exactpwl.proving.latex_page import latex_page
from exactpwl.proving.markdown_page import markdown_page
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
from exactpwl.proving.text_page import text_page

__all__ = ["Document"]

Page = Callable[[str, Sequence[Step]], Iterator[str]]

PAGES: dict[str, Page] = {".md": markdown_page, ".tex": latex_page, ".txt": text_page}
"""For each ending of a file's name what writes it."""


class Document:
    r"""A readable proof, every step of which is checked when it is written.

    Parameters
    ----------
    title : str
        With mathematics between dollars and code between backticks, as every sentence.

    Attributes
    ----------
    steps : list
        What has been written so far.

    Examples
    --------
    >>> proof = Document("The sum of the first $n$ odd numbers")
    >>> proof.theorem(r"$1 + 3 + \ldots + (2n-1) = n^2$ for $n \le 100$.")
    >>> sums = [sum(range(1, 2 * n, 2)) for n in range(1, 101)]
    >>> proof.check("so it is for each of them", sums == [n**2 for n in range(1, 101)])
    >>> proof.qed()
    >>> print(proof.to_text())
    The sum of the first n odd numbers
    ==================================
    <BLANKLINE>
    Theorem. 1 + 3 + ... + (2n-1) = n^2 for n <= 100.
    <BLANKLINE>
      checked: so it is for each of them
    <BLANKLINE>
    Q.E.D.
    <BLANKLINE>
    >>> proof.check("the last is 9999", sums[-1] == 9999, evidence=f"it is {sums[-1]}")
    Traceback (most recent call last):
    ...
    exactpwl.errors.ProofError: not proved: the last is 9999 (it is 10000)
    """

    def __init__(self, title: str) -> None:
        self.title = _sound(title)
        self.steps: list[Step] = []

    def __repr__(self) -> str:
        return f"<Document {self.title!r}, {len(self.checks)} statements checked>"

    def __str__(self) -> str:
        return self.to_text()

    @property
    def checks(self) -> tuple[str, ...]:
        """The statements that have been checked, in order."""
        return tuple(step.statement for step in self.steps if isinstance(step, Checked))

    def section(self, title: str) -> None:
        """Begin a section."""
        self.steps.append(Section(_sound(title)))

    def say(self, text: str) -> None:
        """Add a paragraph."""
        self.steps.append(Paragraph(_sound(text)))

    def formula(self, latex: str) -> None:
        """Add displayed mathematics: what stands between the signs of a display, in LaTeX."""
        self.steps.append(Formula(latex))

    def theorem(self, text: str) -> None:
        """State what is to be proved."""
        self.steps.append(Theorem(_sound(text)))

    def check(self, statement: str, holds: bool, evidence: str = "") -> None:
        """Add a statement that has just been checked.

        Parameters
        ----------
        statement : str
        holds : bool
            `True` itself: neither 1 nor a list that happens not to be empty proves anything.
        evidence : str, optional
            What the computation found.

        Raises
        ------
        ProofError
            If `holds` is not `True`.
        """
        _sound(statement + evidence)
        if holds is not True:
            raise ProofError(
                f"not proved: {statement}" + f" ({evidence})" * bool(evidence),
                statement=statement,
                evidence=evidence,
            )
        self.steps.append(Checked(statement, evidence))

    def table(
        self, header: Sequence[str], rows: Iterable[Sequence[str]], caption: str = ""
    ) -> None:
        """Add a table.

        Parameters
        ----------
        header : sequence of str
        rows : iterable of sequences of str
            Sentences, as everywhere.
        caption : str, optional

        Raises
        ------
        FormatError
            If a row has not as many cells as the header.
        """
        cells = tuple(tuple(row) for row in rows)
        for row in (tuple(header), *cells):
            if len(row) != len(header):
                raise FormatError(f"{len(header)} cells in each row are required, got {len(row)}")
            for cell in row:
                _sound(cell)
        self.steps.append(Tabular(tuple(header), cells, _sound(caption)))

    def qed(self) -> None:
        """Say that the proof is complete."""
        self.steps.append(End())

    def to_text(self) -> str:
        """Return the proof as plain text, for a terminal."""
        return "".join(text_page(self.title, self.steps))

    def to_markdown(self) -> str:
        """Return the proof in Markdown, with its mathematics between dollars."""
        return "".join(markdown_page(self.title, self.steps))

    def to_latex(self) -> str:
        """Return the proof as a LaTeX article that compiles as it stands."""
        return "".join(latex_page(self.title, self.steps))

    def save(self, path: str | Path) -> None:
        """Write the proof in the format that the name's ending says.

        Parameters
        ----------
        path : str or Path
            Ends in ``.md``, ``.tex`` or ``.txt``.

        Raises
        ------
        FormatError
            If it ends in something else, or cannot be written.
        """
        file = Path(path)
        page = PAGES.get(file.suffix)
        if page is None:
            raise FormatError(
                f"a proof's name ends in {', '.join(PAGES)}, got {file.suffix or 'no ending'}",
                path=str(file),
            )
        try:
            with file.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(page(self.title, self.steps))
        except OSError as error:
            raise FormatError(f"cannot be written: {error.strerror}", path=str(file)) from None


def _sound(sentence: str) -> str:
    """Return a sentence that can be read in every format; one that cannot is an error at once."""
    runs(sentence)
    return sentence
