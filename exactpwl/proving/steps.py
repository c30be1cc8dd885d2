"""The kinds of steps that a proof consists of, as plain data; a page turns each into its format."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Checked", "End", "Formula", "Paragraph", "Section", "Step", "Theorem", "Tabular"]


@dataclass(frozen=True)
class Section:
    """A heading."""

    title: str


@dataclass(frozen=True)
class Paragraph:
    """Sentences."""

    text: str


@dataclass(frozen=True)
class Formula:
    """Displayed mathematics, in LaTeX."""

    latex: str


@dataclass(frozen=True)
class Theorem:
    """What is claimed."""

    text: str


@dataclass(frozen=True)
class Checked:
    """A statement that a computation has found true, and what it found."""

    statement: str
    evidence: str


@dataclass(frozen=True)
class Tabular:
    """Rows of sentences."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str


@dataclass(frozen=True)
class End:
    """What was to be proved is proved."""


Step = Section | Paragraph | Formula | Theorem | Checked | Tabular | End
