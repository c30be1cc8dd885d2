"""Headings: what a panel of a sheet shows, in a few words above it, and its numbers.

A single figure has its caption below it, where there is room.  On a sheet with several panels a
reader wants to know first what a panel is, so its title and its numbers stand above it, where
matplotlib's layout keeps them apart from the panel above.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.text import Annotation

from exactpwl.plot.caption import wrapped
from exactpwl.plot.style import FONT, INK, MUTED

__all__ = ["add_heading", "without_labels"]

_NOTE_LENGTH = 52


def add_heading(
    ax: Axes, title: str, notes: Sequence[str] = (), length: int = _NOTE_LENGTH
) -> None:
    """Write a title above a panel and its numbers, smaller, between the two.

    Parameters
    ----------
    ax : Axes
    title : str
        May be empty.
    notes : sequence of str
        Phrases; a line is broken between two of them only.
    length : int
        Of a line, in letters.
    """
    below: Annotation | str = "axes fraction"
    if notes:
        text = wrapped(notes, length)
        below = _write(ax, text, 1.0, "axes fraction", 3.0, FONT["small"], MUTED)
    if title:
        _write(ax, title, 1.0, below, 2.5, FONT["title"], INK)


def _write(
    ax: Axes, text: str, level: float, above: Annotation | str, gap: float, size: float, colour: str
) -> Annotation:
    return ax.annotate(
        text,
        xy=(0.0, level),
        xycoords=("axes fraction", above),
        xytext=(0.0, gap),
        textcoords="offset points",
        ha="left",
        va="bottom",
        fontsize=size,
        color=colour,
        annotation_clip=False,
    )


def without_labels(ax: Axes) -> None:
    """Take the names of the axes and the numbers along them off a small panel."""
    ax.set_xlabel("")
    ax.set_ylabel("")
    ax.tick_params(labelbottom=False, labelleft=False, length=1.5)
