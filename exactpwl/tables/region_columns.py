"""What a table can say about a region: one function a column.

A column is made for one complex, because some need more than the region at hand: which linear
region it belongs to, or whether its volume is called a length, an area or a volume.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from exactpwl.tables.notation import Notation
from exactpwl.tables.table import Column

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.region import Region, RegionInequality

__all__ = ["DEFAULT_COLUMNS", "REGION_COLUMNS"]

RegionColumn = Column["Region"]

DEFAULT_COLUMNS = ("pattern", "affine_map", "facets", "vertices", "bounded", "volume")
"""The columns of a region table where none are chosen."""


def _region(_: PolyhedralComplex) -> RegionColumn:
    return Column("region", "region", "words", lambda region, _: [str(region.index)])


def _pattern(_: PolyhedralComplex) -> RegionColumn:
    return Column("pattern", "pattern", "code", lambda r, _: by_layer(str(r.pattern)), joint="")


def _signs(_: PolyhedralComplex) -> RegionColumn:
    return Column("signs", "sign vector", "code", lambda r, _: by_layer(r.sign_vector), joint="")


def by_layer(text: str) -> list[str]:
    """Split a pattern behind each bar, where a line may be broken."""
    return re.findall(r"[^|]*\||[^|]+", text)


def _affine_map(_: PolyhedralComplex) -> RegionColumn:
    return Column("affine_map", "affine map", "math", _functions, has_numbers=True)


def _functions(region: Region, notation: Notation) -> list[str]:
    weight, bias = region.affine_map.weight, region.affine_map.bias
    names = [f"f{i}" for i in range(1, len(bias) + 1)] if len(bias) > 1 else [""]
    return [notation.affine(*row) for row in zip(weight, bias, names, strict=True)]


def _facets(_: PolyhedralComplex) -> RegionColumn:
    def items(region: Region, notation: Notation) -> list[str]:
        rows = (facet.inequality for facet in region.facets)
        return [notation.inequality(row.normal, row.offset) for row in rows]

    return Column("facets", "facets", "math", items, has_numbers=True)


def _neurons(_: PolyhedralComplex) -> RegionColumn:
    def items(region: Region, _: Notation) -> list[str]:
        return [_behind(facet.inequality) for facet in region.facets]

    return Column("neurons", "neurons behind each facet (layer:neuron)", "words", items)


def _behind(inequality: RegionInequality) -> str:
    kinks = (
        f"{layer}:{neuron}:{bend}" if bend else f"{layer}:{neuron}"
        for layer, neuron, bend in inequality.kinks
    )
    return "=".join([*kinks, *(f"domain:{row}" for row in inequality.domain_rows)])


def _vertices(_: PolyhedralComplex) -> RegionColumn:
    def items(region: Region, notation: Notation) -> list[str]:
        return [notation.vertex(generator) for generator in region.generators if generator[-1]]

    return Column("vertices", "vertices", "math", items, has_numbers=True)


def _rays(_: PolyhedralComplex) -> RegionColumn:
    def items(region: Region, notation: Notation) -> list[str]:
        return [notation.point(ray) for ray in region.rays]

    return Column("rays", "rays", "math", items, has_numbers=True)


def _interior_point(_: PolyhedralComplex) -> RegionColumn:
    def items(region: Region, notation: Notation) -> list[str]:
        return [notation.point(region.interior_point)]

    return Column("interior_point", "interior point", "math", items, has_numbers=True)


def _bounded(_: PolyhedralComplex) -> RegionColumn:
    def items(region: Region, _: Notation) -> list[str]:
        return ["yes" if region.is_bounded else "no"]

    return Column("bounded", "bounded", "words", items)


def _volume(complex_: PolyhedralComplex) -> RegionColumn:
    def items(region: Region, notation: Notation) -> list[str]:
        return [notation.infinity if region.volume is None else notation.number(region.volume)]

    heading = {1: "length", 2: "area"}.get(complex_.dimension, "volume")
    return Column("volume", heading, "math", items, has_numbers=True)


def _neighbours(complex_: PolyhedralComplex) -> RegionColumn:
    def items(region: Region, _: Notation) -> list[str]:
        return [str(i) for i in complex_.neighbours[region.index]]

    return Column("neighbours", "neighbours (numbers of regions)", "words", items)


def _linear_region(complex_: PolyhedralComplex) -> RegionColumn:
    places = {i: n for n, group in enumerate(complex_.linear_regions) for i in group}

    def items(region: Region, _: Notation) -> Sequence[str]:
        return [str(places[region.index])]

    return Column("linear_region", "linear region", "words", items)


REGION_COLUMNS: dict[str, Callable[[PolyhedralComplex], RegionColumn]] = {
    "region": _region,
    "pattern": _pattern,
    "signs": _signs,
    "affine_map": _affine_map,
    "facets": _facets,
    "neurons": _neurons,
    "vertices": _vertices,
    "rays": _rays,
    "interior_point": _interior_point,
    "bounded": _bounded,
    "volume": _volume,
    "neighbours": _neighbours,
    "linear_region": _linear_region,
}
"""Every column that a region table can have, by name."""
