"""Reading an atlas: the complex that it stands for, or the first place where it is wrong.

An atlas says everything twice (see `exactpwl.io.atlas`), so a file can contradict itself.  A few
fields are read: network, domain, and each cell's pattern, generators, tight inequalities and affine
map.  All else is computed anew from the cells and must be what the file says; the first difference
is refused by its place.

What is *not* decided here is whether the cells are the network's regions and the maps are right.
That is a theorem about the network, not about the file, and `exactpwl.check` answers it.  So a file
whose affine map was changed is read, and fails its checks; one whose volume was changed is not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd
from operator import mul, or_
from pathlib import Path
from typing import Any

from exactpwl.affine import AffineMap
from exactpwl.complex import PolyhedralComplex
from exactpwl.engine.cell import AT_INFINITY
from exactpwl.engine.start import start
from exactpwl.engine.subdivide import FinishedCell
from exactpwl.errors import FormatError, PatternError
from exactpwl.geometry import members
from exactpwl.io.atlas import ATLAS_FORMAT, LONG_MEMBERS, atlas_members
from exactpwl.io.domains import domain_from_dict
from exactpwl.io.native import network_from_dict
from exactpwl.io.strict import NumberText, Place, check_keys, kind_of, read_json
from exactpwl.network import Network
from exactpwl.rationals import shown

__all__ = ["load_complex"]

_KEYS = dict.fromkeys(
    [
        "format",
        "network",
        "sha256",
        "domain",
        "dimension",
        "lineality",
        "counts",
        "generators",
        "regions",
        "adjacencies",
    ],
    True,
)
_REGION_KEYS = dict.fromkeys(
    [
        "pattern",
        "signs",
        "W",
        "b",
        "generators",
        "tight",
        "facets",
        "vertices",
        "rays",
        "interior_point",
        "bounded",
        "volume",
        "neighbours",
        "linear_region",
    ],
    True,
)


def load_complex(path: str | Path) -> PolyhedralComplex:
    """Read a complex from an atlas.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    PolyhedralComplex
        With the affine maps that stand in the file; `exactpwl.check` says whether they are right.

    Raises
    ------
    FormatError
        If the file cannot be read, its shape is wrong, its network does not have its SHA-256, or
        what follows from its cells is not what it says; the message names the place.
    NetworkError, DomainError
        If the numbers make no network or no domain.
    """
    file = str(path)
    data = Place(file).object(read_json(path))
    if data.get("format") != ATLAS_FORMAT:
        came = shown(data["format"]) if "format" in data else "none"
        raise Place(file, "format").refuse(repr(ATLAS_FORMAT), came)
    check_keys(data, _KEYS, "an atlas", file)
    network = network_from_dict(data["network"], file)
    if data["sha256"] != network.sha256:
        raise Place(file, "sha256").refuse(
            f"the SHA-256 of the network in the file, {network.sha256},", kind_of(data["sha256"])
        )
    complex_ = _complex(data, network, file)
    _check_tight(complex_, Place(file, "regions"))
    for key, value in atlas_members(complex_):
        _compare(list(value) if key in LONG_MEMBERS else value, data[key], Place(file, key))
    return complex_


def _complex(data: Mapping[str, Any], network: Network, file: str) -> PolyhedralComplex:
    """Make the complex of the fields that determine it."""
    size = network.input_dimension
    domain = domain_from_dict(data["domain"], file, "domain")
    if domain.dimension != size:
        raise Place(file, "domain").refuse(f"a domain of R^{size}", f"one of R^{domain.dimension}")
    lines = start(network.stages, domain).lines
    generators = _generators(data["generators"], size + 1, Place(file, "generators"))
    place = Place(file, "regions")
    tight_count = 1 + len(domain.rows) + len(network.kinks)
    cells, maps = [], []
    for i, region in enumerate(place.list(data["regions"])):
        spot = place.part(i)
        check_keys(spot.object(region), _REGION_KEYS, spot.where, file)
        cells.append(_cell(region, network, generators, tight_count, spot))
        maps.append(_affine_map(region, network, spot))
    if not cells:
        raise place.refuse("at least one region", "none")
    return PolyhedralComplex(network, domain, lines, cells, maps)


def _generators(rows: Any, size: int, place: Place) -> list[tuple[int, ...]]:
    found = []
    for i, row in enumerate(place.list(rows)):
        spot = place.part(i)
        vector = tuple(spot.part(j).integer(c) for j, c in enumerate(spot.list(row, size)))
        if gcd(*vector) != 1 or vector[-1] < 0:
            raise spot.refuse("coprime integers, the last one not negative,", shown(vector))
        found.append(vector)
    return found


def _cell(
    region: Mapping[str, Any],
    network: Network,
    generators: Sequence[tuple[int, ...]],
    tight_count: int,
    place: Place,
) -> FinishedCell:
    spot = place.part("pattern")
    try:
        pattern = network.pattern(spot.text(region["pattern"]))
    except PatternError as error:
        raise FormatError(f"{spot.where}: {error}", path=spot.path) from None
    spot = place.part("generators")
    ids = [spot.index(g, len(generators)) for g in spot.list(region["generators"])]
    if not any(generators[i][-1] > 0 for i in ids):
        raise spot.refuse("at least one point (a last coordinate above 0)", "none")
    spot = place.part("tight")
    masks = []
    for j, bits in enumerate(spot.list(region["tight"], len(ids))):
        numbers = {spot.part(j).index(bit, tight_count) for bit in spot.part(j).list(bits)}
        masks.append(sum(1 << number for number in numbers))
    return FinishedCell(pattern, tuple(generators[i] for i in ids), tuple(masks))


def _affine_map(region: Mapping[str, Any], network: Network, place: Place) -> AffineMap:
    rows = place.part("W").list(region["W"], network.output_dimension)
    bias = place.part("b").list(region["b"], network.output_dimension)
    return AffineMap(
        tuple(
            _rationals(row, network.input_dimension, place.part("W", i))
            for i, row in enumerate(rows)
        ),
        _rationals(bias, network.output_dimension, place.part("b")),
    )


def _rationals(values: Any, size: int, place: Place) -> tuple[Fraction, ...]:
    return tuple(place.part(i).number(v) for i, v in enumerate(place.list(values, size)))


def _check_tight(complex_: PolyhedralComplex, place: Place) -> None:
    """Refuse inequalities that are said to be tight where they are not, or not where they are."""
    domain_rows = [(*normal, offset) for normal, offset in complex_.domain.rows]
    infinity = (0,) * complex_.dimension + (1,)
    for i, (cell, region) in enumerate(zip(complex_.cells, complex_.regions, strict=True)):
        rows = [infinity, *domain_rows, *((*f.normal, f.offset) for f in region.kink_functions)]
        used = list(members(reduce(or_, cell.tight, AT_INFINITY)))
        for j, (generator, mask) in enumerate(zip(cell.generators, cell.tight, strict=True)):
            zero = [bit for bit in used if not sum(map(mul, rows[bit], generator))]
            if zero != list(members(mask)):
                spot = place.part(i, "tight", j)
                raise spot.refuse(
                    f"{zero}, the inequalities that are 0 there,", str(list(members(mask)))
                )


def _compare(made: Any, came: Any, place: Place) -> None:
    """Refuse the first place where the file says something else than its cells do."""
    if isinstance(made, dict):
        check_keys(place.object(came), dict.fromkeys(made, True), place.where, place.path)
        for key, value in made.items():
            _compare(value, came[key], place.part(key))
    elif isinstance(made, list):
        for i, pair in enumerate(zip(made, place.list(came, len(made)), strict=True)):
            _compare(*pair, place.part(i))
    elif not _same(made, came):
        followed = shown(made) if isinstance(made, str) else json.dumps(made)
        raise place.refuse(f"{followed}, as follows from the cells of the file,", kind_of(came))


def _same(made: Any, came: Any) -> bool:
    if made is None or isinstance(made, bool):
        return made is came
    if isinstance(made, int):
        return isinstance(came, NumberText) and str(came) == str(made)
    return isinstance(came, str) and not isinstance(came, NumberText) and came == made
