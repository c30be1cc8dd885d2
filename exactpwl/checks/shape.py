"""The regions seen as hulls of their generators: the hyperplane of each facet, and words for both.

The engine knows a facet as a set of generators.  Here the hyperplane through them (and through the
lineality directions) is found anew, as a kernel vector, and turned so that the region's generators
lie on its non-negative side.  No pattern and no kink takes part, so what is built on this is a
second opinion on everything that the patterns say.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import TYPE_CHECKING, Any

from flint import fmpz_mat

from exactpwl.formula import format_inequality
from exactpwl.geometry import hyperplane, members
from exactpwl.inequality import IntegerRow, Row, opposite
from exactpwl.rationals import format_point, primitive

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "Hulls",
    "at",
    "facet_text",
    "region_text",
    "seconds_of_rows",
]

Vector = tuple[int, ...]
Key = tuple[int, ...]


class Hulls:
    """The facets of all regions as inequalities, each region's found when it is first asked for.

    Neighbours share a facet's hyperplane: it is solved for once, and turned for each of them.
    """

    def __init__(self, complex_: PolyhedralComplex) -> None:
        self.complex = complex_
        self._rows: dict[int, dict[Key, IntegerRow]] = {}
        self._hyperplanes: dict[Key, Vector] = {}
        self._lines = [[*line, 0] for line in complex_.lines]

    def __getitem__(self, region: int) -> dict[Key, IntegerRow]:
        """Return, for each facet (sorted generators) of a region, the inequality that it spans.

        Raises
        ------
        ValueError
            If a facet's generators do not span a hyperplane that has the region on one side, or
            are not all that lie on it.
        """
        if region not in self._rows:
            self._rows[region] = self._of_region(region)
        return self._rows[region]

    def _of_region(self, region: int) -> dict[Key, IntegerRow]:
        generators = self.complex.cells[region].generators
        facets = [members(mask) for mask in self.complex.facet_masks[region]]
        if not facets:
            return {}
        keys = self.complex.facet_ids[region]
        rows = [self._hyperplane(region, key, on) for key, on in zip(keys, facets, strict=True)]
        columns = fmpz_mat([list(column) for column in zip(*generators, strict=True)])
        values = (fmpz_mat([list(row) for row in rows]) * columns).tolist()
        return {
            key: _turned(row, own, generators, on)
            for key, row, own, on in zip(keys, rows, values, facets, strict=True)
        }

    def _hyperplane(self, region: int, key: Key, on: Sequence[int]) -> Vector:
        """Return the hyperplane through a facet's generators, as a row without a side.

        A corner and those that share as many inequalities with it as its neighbours do mostly span
        it; where they do not, all of them are taken.
        """
        found = self._hyperplanes.get(key)
        if found is None:
            _, generators, tight = self.complex.cells[region]
            enough = len(generators[0]) - 1 - len(self._lines)
            near = on
            if len(on) > enough:
                corner = tight[on[0]]
                near = [i for i in on if (tight[i] & corner).bit_count() >= enough - 1]
            row = self._through([generators[i] for i in near])
            if row is None:
                row = self._through([generators[i] for i in on])
            if row is None:
                where = _facet_by_generators(generators, on)
                raise ValueError(f"{where} does not span a hyperplane")
            found = self._hyperplanes[key] = primitive([int(entry) for entry in row])
        return found

    def _through(self, points: Sequence[Vector]) -> tuple[Any, ...] | None:
        return hyperplane([*points, *self._lines])


def _turned(
    row: Vector, values: Sequence[Any], generators: Sequence[Vector], on: Sequence[int]
) -> IntegerRow:
    """Return the inequality that holds on the region, from the row's values at its generators."""
    low, high = min(values), max(values)
    if not any(row[:-1]) or (not low and not high) or low < 0 < high:
        where = _facet_by_generators(generators, on)
        raise ValueError(f"{where} does not have the region on one side of it")
    if any(values[i] for i in on) or values.count(0) != len(on):
        where = _facet_by_generators(generators, on)
        raise ValueError(f"{where} lacks generators that lie on its hyperplane")
    if low < 0:
        row = tuple([-c for c in row])
    return row[:-1], row[-1]


def seconds_of_rows(complex_: PolyhedralComplex) -> float:
    """Estimate the seconds that `Hulls` takes for all regions."""
    masks = [mask for region in complex_.facet_masks for mask in region]
    incidences = sum(mask.bit_count() for mask in masks)
    return 2e-5 * len(masks) + 2.5e-7 * complex_.dimension**2 * incidences


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
