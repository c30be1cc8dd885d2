"""The table of regions as a page shows it: searched, sorted by exact numbers, paged.

A browser would sort numbers as texts or as floats.  So the order by each column is computed here,
from rational numbers, and the page gets ranks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from exactpwl.report.blocks import Browsed
from exactpwl.tables import region_table

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.region import Region

__all__ = ["browsed_regions", "ranks"]

MANY_INPUTS = 4
"""From so many inputs on a region has too many vertices for a row."""


def browsed_regions(complex_: PolyhedralComplex) -> Browsed:
    """Return the region table of a report.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> browsed_regions(regions(gallery.get("disc"))).ranks["volume"]
    (0, 1, 1, 1, 1, 1, 1)
    """
    shown = ["region", "pattern", "affine_map", "facets", "vertices", "volume", "neighbours"]
    if complex_.dimension == 1 or complex_.dimension >= MANY_INPUTS:
        shown.remove("vertices")
    if complex_.dimension >= MANY_INPUTS:
        shown.remove("volume")
        shown.insert(4, "bounded")
    regions = complex_.regions
    places = {name: ranks(map(_KEYS[name], regions)) for name in shown if name in _KEYS}
    return Browsed(region_table(complex_, shown), "regions", "regions.csv", places)


def ranks(keys: Iterable[Any]) -> tuple[int, ...]:
    """Return the place of each key among the distinct ones.

    Examples
    --------
    >>> ranks([30, 10, 30, 20])
    (2, 0, 2, 1)
    """
    found = list(keys)
    places = {key: place for place, key in enumerate(sorted(set(found)))}
    return tuple(places[key] for key in found)


def _volume(region: Region) -> tuple[bool, Any]:
    volume = region.volume
    return volume is None, volume or 0


def _map(region: Region) -> Sequence[Any]:
    return region.affine_map.weight, region.affine_map.bias


_KEYS: dict[str, Callable[[Region], Any]] = {
    "region": lambda region: region.index,
    "pattern": lambda region: region.pattern,
    "affine_map": _map,
    "facets": lambda region: len(region.facets),
    "vertices": lambda region: len(region.vertices),
    "bounded": lambda region: region.is_bounded,
    "volume": _volume,
    "neighbours": lambda region: len(region.complex.neighbours[region.index]),
}
"""By what the rows are sorted, for each column; facets, vertices and neighbours by their number."""
