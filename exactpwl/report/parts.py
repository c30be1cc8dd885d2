"""What an atlas and a report are both made of: tables in each format, and what is left out.

What cannot be made for a network is not an error: it is left out, and whoever asked is told why and
what to do instead.
"""

from __future__ import annotations

import math
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from exactpwl.errors import MissingDependencyError, TooLargeError
from exactpwl.pattern_census import MOST_LISTED, CensusBlock, census
from exactpwl.tables import Table, empty_pattern_table

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["TABLE_ENDINGS", "Omission", "empty_patterns", "save_tables"]

TABLE_ENDINGS = ("tex", "csv", "md")
"""The formats in which a table is written beside others."""

_EMPTY = "table of empty patterns"


class Omission(NamedTuple):
    """A part that was not made, and why."""

    what: str
    why: str


def save_tables(table: Table[Any], folder: Path, stem: str) -> None:
    """Write a table in each format."""
    for ending in TABLE_ENDINGS:
        table.save(folder / f"{stem}.{ending}")


def empty_patterns(complex_: PolyhedralComplex) -> Table[CensusBlock] | Omission:
    """Return the table of the patterns that no point has, or why there is none.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> len(empty_patterns(regions(gallery.get("xor"))))
    1
    >>> empty_patterns(regions(gallery.get("lines:2"))).why
    'none of the 4 activation patterns is empty'
    """
    network = complex_.network
    total = math.prod(chain.from_iterable(network.pieces))
    if total > MOST_LISTED:
        return Omission(
            _EMPTY,
            f"made for networks with at most {MOST_LISTED} activation patterns; "
            "exactpwl pattern NET PATTERN decides one",
        )
    try:
        found = census(network, complex_.domain)
    except (MissingDependencyError, TooLargeError) as error:
        return Omission(_EMPTY, " ".join(str(error).split()))
    if not found.counts["empty"]:
        return Omission(_EMPTY, f"none of the {total} activation patterns is empty")
    return empty_pattern_table(found)
