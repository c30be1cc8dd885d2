"""``atlas.json``: a complex on disk, for programs that have no exactpwl, and read back exactly.

The file says everything twice.  For reading it back a few fields are enough: the network, the
domain, and for each cell its pattern, its generators, which inequalities are tight where, and its
affine map.  For everybody else there is what follows from these: inequalities of facets, vertices,
volumes, neighbours, counts.  `exactpwl.io.atlas_reader` sees to it that the two agree.

Coordinates are texts ``p/q``, because JSON readers round numbers; indices and counts are JSON
numbers.  Of the inequalities only those of facets are written: the others follow from the network
and the pattern, and are ten times as many.  Each region stands on a line of its own, and is written
when it is made, so that a large complex needs no more memory than itself.  The schema is described
in ``docs/atlas-format.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from exactpwl.complex import PolyhedralComplex
from exactpwl.errors import FormatError
from exactpwl.geometry import members
from exactpwl.rationals import format_fraction
from exactpwl.region import Facet, Region
from exactpwl.summary import count

__all__ = ["ATLAS_FORMAT", "LONG_MEMBERS", "atlas_members", "save_complex"]

ATLAS_FORMAT = "exactpwl-atlas/1"
"""The value of ``format`` in an atlas."""

LONG_MEMBERS = ("generators", "regions", "adjacencies")
"""Those members of an atlas that are lists with an item a line."""


def save_complex(complex_: PolyhedralComplex, path: str | Path) -> None:
    """Write a complex as an atlas; what `load_complex` reads back is equal to it.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    path : str or Path

    Raises
    ------
    FormatError
        If the file cannot be written.
    """
    file = Path(path)
    try:
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(_lines(complex_))
    except OSError as error:
        raise FormatError(f"cannot be written: {error.strerror}", path=str(file)) from None


def _lines(complex_: PolyhedralComplex) -> Iterator[str]:
    opening = "{\n"
    for key, value in atlas_members(complex_):
        yield f"{opening}{json.dumps(key)}: "
        opening = ",\n"
        if key in LONG_MEMBERS:
            separator = "[\n"
            for item in value:
                yield separator + json.dumps(item, separators=(",", ":"))
                separator = ",\n"
            yield "\n]" if separator != "[\n" else "[]"
        else:
            yield json.dumps(value)
    yield "\n}\n"


def atlas_members(complex_: PolyhedralComplex) -> Iterator[tuple[str, Any]]:
    """Yield the members of the atlas in order.

    Parameters
    ----------
    complex_ : PolyhedralComplex

    Yields
    ------
    (key, value) : pair of str and JSON value
        The value is an iterator of JSON values for `LONG_MEMBERS`.
    """
    yield "format", ATLAS_FORMAT
    yield "network", complex_.network.as_dict()
    yield "sha256", complex_.network.sha256
    yield "domain", complex_.domain.as_dict()
    yield "dimension", complex_.dimension
    yield "lineality", [_texts(line) for line in complex_.lines]
    yield "counts", _counts(complex_)
    yield "generators", (_texts(generator) for generator in complex_.generators)
    places = {i: n for n, group in enumerate(complex_.linear_regions) for i in group}
    yield "regions", (_region(region, places[region.index]) for region in complex_.regions)
    yield (
        "adjacencies",
        (
            {
                "regions": [first, second],
                "facet": list(facet),
                "flips": [list(neuron) for neuron in complex_.flips(first, second)],
            }
            for first, second, facet in complex_.adjacencies
        ),
    )


def _counts(complex_: PolyhedralComplex) -> dict[str, Any]:
    return count(complex_) | {
        "f_vector_bounded": list(complex_.f_vector_bounded),
        "euler_characteristic": complex_.euler_characteristic,
    }


def _region(region: Region, linear_region: int) -> dict[str, Any]:
    complex_, index = region.complex, region.index
    volume = region.volume
    return {
        "pattern": str(region.pattern),
        "signs": region.sign_vector,
        "W": [_texts(row) for row in region.affine_map.weight],
        "b": _texts(region.affine_map.bias),
        "generators": list(complex_.generator_ids[index]),
        "tight": [list(members(mask)) for mask in complex_.cells[index].tight],
        "facets": [_facet(facet) for facet in region.facets],
        "vertices": [_texts(vertex) for vertex in region.vertices],
        "rays": [_texts(ray) for ray in region.rays],
        "interior_point": _texts(region.interior_point),
        "bounded": region.is_bounded,
        "volume": None if volume is None else format_fraction(volume),
        "neighbours": list(complex_.neighbours[index]),
        "linear_region": linear_region,
    }


def _facet(facet: Facet) -> dict[str, Any]:
    inequality = facet.inequality
    return {
        "normal": _texts(inequality.normal),
        "offset": format_fraction(Fraction(inequality.offset)),
        "kinks": [list(kink) for kink in inequality.kinks],
        "domain_rows": list(inequality.domain_rows),
        "generators": list(facet.generators),
        "neighbour": facet.neighbour,
    }


def _texts(numbers: Iterable[Fraction | int]) -> list[str]:
    return [format_fraction(Fraction(number)) for number in numbers]
