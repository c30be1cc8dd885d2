"""The files of an atlas: which there are, and how each is made from the complex.

What cannot be made for a network is not an error: it is left out, and the summary says why and
what to do instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exactpwl.cli.inputs import Interval
from exactpwl.cli.progress import Bars
from exactpwl.complex import PolyhedralComplex
from exactpwl.errors import FigureError
from exactpwl.report.parts import Omission, empty_patterns, save_tables
from exactpwl.tables import region_table

__all__ = ["FILES", "write_atlas"]

FILES = (
    "regions.tex",
    "regions.csv",
    "regions.md",
    "empty_patterns.tex",
    "empty_patterns.csv",
    "empty_patterns.md",
    "atlas.json",
    "top_down.png",
    "top_down.svg",
    "top_down.pdf",
    "summary.txt",
)
"""All files that an atlas may have, in the order in which they are listed."""


def write_atlas(
    complex_: PolyhedralComplex,
    folder: Path,
    shown: Bars,
    *,
    columns: Sequence[str] | None,
    digits: int | None,
    window: Sequence[Interval] | None,
    proposed_window: Sequence[Interval] | None,
    figure: bool,
) -> list[Omission]:
    """Write tables, atlas and figure into a folder, and return what was left out."""
    shown.doing("writing the tables")
    save_tables(region_table(complex_, columns=columns, digits=digits), folder, "regions")
    omissions = _write_empty_patterns(complex_, folder)
    shown.doing("writing the atlas")
    complex_.save(folder / "atlas.json")
    if figure:
        shown.doing("drawing the figure")
        omissions += _write_figure(complex_, folder, window, proposed_window)
    return omissions


def _write_empty_patterns(complex_: PolyhedralComplex, folder: Path) -> list[Omission]:
    table = empty_patterns(complex_)
    if isinstance(table, Omission):
        return [table]
    save_tables(table, folder, "empty_patterns")
    return []


def _write_figure(
    complex_: PolyhedralComplex,
    folder: Path,
    chosen: Sequence[Interval] | None,
    proposed: Sequence[Interval] | None,
) -> list[Omission]:
    """Draw the figure; only a window that somebody chose is an error if nothing can be seen."""
    if complex_.dimension != 2:
        return [Omission("figure", _why_no_figure(complex_.dimension))]
    from exactpwl.plot import save_top_down

    try:
        for ending in ("png", "svg", "pdf"):
            save_top_down(complex_, folder / f"top_down.{ending}", window=chosen or proposed)
    except FigureError as error:
        if chosen:
            raise
        return [Omission("figure", f"{error}; --window LO HI chooses a window")]
    return []


def _why_no_figure(dimension: int) -> str:
    if dimension < 2:
        return "it needs two inputs, this network has one: exactpwl plot function draws it"
    return (
        f"it needs two inputs, this network has {dimension}; the section by a plane can be drawn, "
        "in Python: top_down(complex.section(point, [direction, direction]))"
    )
