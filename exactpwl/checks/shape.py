"""The regions seen as hulls of their generators: the hyperplane of each facet, and words for both.

The engine knows a facet as a set of generators.  Here the hyperplane through them (and through the
lineality directions) is found anew, as a kernel vector, and turned so that the region's generators
lie on its non-negative side.  No pattern and no kink takes part, so what is built on this is a
second opinion on everything that the patterns say.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import TYPE_CHECKING

from flint import fmpz_mat

from exactpwl.formula import format_inequality
from exactpwl.geometry import members
from exactpwl.inequality import IntegerRow, Row, opposite
from exactpwl.rationals import format_point, primitive

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "at",
    "facet_rows",
    "facet_text",
    "region_text",
    "seconds_of_rows",
]

Vector = tuple[int, ...]
Key = tuple[int, ...]


def facet_rows(complex_: PolyhedralComplex, region: int) -> dict[Key, IntegerRow]:
    """Return, for each facet of a region (sorted generators), the inequality that it spans.

    Raises
    ------
    ValueError
        If a facet's generators do not span a hyperplane that has the region on one side, or are
        not all that lie on it.
    """
    ids = complex_.generator_ids[region]
    found = {}
    for mask in complex_.facet_masks[region]:
        on = list(members(mask))
        found[tuple(sorted(ids[i] for i in on))] = _spanned(complex_, region, on)
    return found


def seconds_of_rows(complex_: PolyhedralComplex) -> float:
    """Estimate the seconds that `facet_rows` takes for all regions."""
    masks = [mask for region in complex_.facet_masks for mask in region]
    incidences = sum(mask.bit_count() for mask in masks)
    return 2e-5 * len(masks) + 2.5e-7 * complex_.dimension**2 * incidences


def _spanned(complex_: PolyhedralComplex, region: int, on: Sequence[int]) -> IntegerRow:
    generators = complex_.cells[region].generators
    lines = [(*line, 0) for line in complex_.lines]
    kernel, nullity = fmpz_mat(
        [list(generators[i]) for i in on] + list(map(list, lines))
    ).nullspace()
    if int(nullity) != 1:
        raise ValueError(f"{_facet_by_generators(generators, on)} does not span a hyperplane")
    row = primitive([int(entry) for (entry, *_) in kernel.tolist()])
    values = [at(row, g) for g in generators]
    if not any(row[:-1]) or not any(values) or min(values) < 0 < max(values):
        where = _facet_by_generators(generators, on)
        raise ValueError(f"{where} does not have the region on one side of it")
    if sum(not v for v in values) != len(on):
        where = _facet_by_generators(generators, on)
        raise ValueError(f"{where} lacks generators that lie on its hyperplane")
    if min(values) < 0:
        row = tuple(-c for c in row)
    return row[:-1], row[-1]


def _facet_by_generators(generators: Sequence[Vector], on: Sequence[int]) -> str:
    listed = ", ".join(format_point(generators[i]) for i in on)
    return f"the facet with the generators {listed} (homogeneous, t last)"


def at(row: Sequence[int], vector: Sequence[int]) -> int:
    """Return the scalar product of two homogeneous vectors."""
    return sum(map(mul, row, vector))


def region_text(complex_: PolyhedralComplex, region: int) -> str:
    """Name a region by its pattern."""
    return str(complex_.cells[region].pattern) or "(the only one)"


def facet_text(row: Row) -> str:
    """Write the hyperplane of a facet, the first coefficient positive, such as ``x+y-1 = 0``."""
    normal, offset = row if next(c for c in row[0] if c) > 0 else opposite(row)
    return format_inequality(normal, offset, relation="=")
