"""The files of an atlas: which there are, and how each is made from the complex.

What cannot be made for a network is not an error: it is left out, with a remark that says why and
what to do instead.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from exactpwl.cli.inputs import Interval
from exactpwl.cli.progress import Bars
from exactpwl.complex import PolyhedralComplex
from exactpwl.errors import FigureError, MissingDependencyError
from exactpwl.pattern_census import census
from exactpwl.tables import Table, empty_pattern_table, region_table

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

MOST_PATTERNS = 1024
"""Beyond so many patterns the empty ones are not listed."""


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
) -> list[str]:
    """Write tables, atlas and figure into a folder, and return remarks on what was left out."""
    shown.doing("writing the tables")
    _write_table(region_table(complex_, columns=columns, digits=digits), folder, "regions")
    remarks = _write_empty_patterns(complex_, folder)
    shown.doing("writing the atlas")
    complex_.save(folder / "atlas.json")
    if figure:
        shown.doing("drawing the figure")
        remarks += _write_figure(complex_, folder, window, proposed_window)
    return remarks


def _write_table(table: Table[Any], folder: Path, stem: str) -> None:
    for ending in ("tex", "csv", "md"):
        table.save(folder / f"{stem}.{ending}")


def _write_empty_patterns(complex_: PolyhedralComplex, folder: Path) -> list[str]:
    network = complex_.network
    total = math.prod(chain.from_iterable(network.pieces))
    if total > MOST_PATTERNS:
        return [
            "No table of empty patterns: it is made for networks with at most "
            f"{MOST_PATTERNS} activation patterns; exactpwl pattern NET PATTERN decides one."
        ]
    try:
        found = census(network, complex_.domain)
    except MissingDependencyError as error:
        return [f"No table of empty patterns: {error}"]
    if not found.counts["empty"]:
        return [f"No table of empty patterns: none of the {total} is empty."]
    _write_table(empty_pattern_table(found), folder, "empty_patterns")
    return []


def _write_figure(
    complex_: PolyhedralComplex,
    folder: Path,
    chosen: Sequence[Interval] | None,
    proposed: Sequence[Interval] | None,
) -> list[str]:
    """Draw the figure; only a window that somebody chose is an error if nothing can be seen."""
    if complex_.dimension != 2:
        return [_no_figure(complex_.dimension)]
    from exactpwl.plot import save_top_down

    try:
        for ending in ("png", "svg", "pdf"):
            save_top_down(complex_, folder / f"top_down.{ending}", window=chosen or proposed)
    except FigureError as error:
        if chosen:
            raise
        return [f"No figure: {error}. Choose a window with --window LO HI."]
    return []


def _no_figure(dimension: int) -> str:
    start = f"No figure: it needs two inputs, this network has {dimension}."
    if dimension < 2:
        return start
    return (
        f"{start} The section by a plane can be drawn, in Python: "
        "complex.section(point, [direction, direction])."
    )
