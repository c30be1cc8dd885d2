"""The finished cells of the array form, and what is asked of them: counts, neighbours, exact cells.

Counts and neighbours need no exact coordinates.  Cells with exact generators, as the reference form
gives them, are made when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from exactpwl.engine.array_facets import FacetArrays, facets_of_cells, neighbours
from exactpwl.engine.breadth import CellArrays
from exactpwl.engine.cell import Vector
from exactpwl.engine.subdivide import FinishedCell
from exactpwl.engine.words import Ints, integers
from exactpwl.pattern import Pattern
from exactpwl.stages import Stages

__all__ = ["ArrayCells"]


class ArrayCells:
    """Finished cells as arrays.

    Parameters
    ----------
    arrays : CellArrays
    stages : Stages
    domain_rows : int
    """

    def __init__(self, arrays: CellArrays, stages: Stages, domain_rows: int) -> None:
        self.arrays = arrays
        self.stages = stages
        self.domain_rows = domain_rows

    def __len__(self) -> int:
        return len(self.arrays.corners.sizes)

    @cached_property
    def facets(self) -> FacetArrays:
        """The facets inside the domain."""
        finite = ~self.arrays.table.at_infinity
        rank = self.arrays.begin.rank
        return facets_of_cells(self.arrays.corners, finite, 1 + self.domain_rows, rank)

    @cached_property
    def neighbours(self) -> Ints:
        """All pairs of cells that share a facet, one a row, the lower first, sorted."""
        return neighbours(self.facets)

    @property
    def bounded_count(self) -> int:
        """The number of cells without a direction to infinity (and without lineality)."""
        if self.arrays.begin.lines:
            return 0
        corners = self.arrays.corners
        finite = ~self.arrays.table.at_infinity[corners.vertex]
        return int(np.logical_and.reduceat(finite, corners.starts).sum())

    def patterns(self) -> Iterator[Pattern]:
        """Yield the cells' patterns, in order."""
        columns = [
            [stage.pieces_of(mask) for mask in integers(above)]
            for stage, above in zip(self.stages.stages, self.arrays.above, strict=True)
        ]
        return map(Pattern, zip(*columns, strict=True))

    def cells(self) -> list[FinishedCell]:
        """Return the cells with exact generators, as the reference form does."""
        corners = self.arrays.corners
        generators = self._exact_generators()
        vertex = corners.vertex.tolist()
        tight = integers(corners.tight)
        cells = []
        start = 0
        for pattern, end in zip(self.patterns(), corners.sizes.cumsum().tolist(), strict=True):
            chosen = [generators[v] for v in vertex[start:end]]
            cells.append(FinishedCell.of(pattern, chosen, tight[start:end]))
            start = end
        return cells

    def _exact_generators(self) -> dict[int, Vector]:
        exact, recipe = self.arrays.exact, self.arrays.table.recipe
        found = {}
        for number in np.unique(self.arrays.corners.vertex).tolist():
            whole = [0] * (self.stages.dimension + 1)
            for column, entry in zip(exact.columns, exact.vertex(number, recipe), strict=True):
                whole[column] = entry
            found[number] = tuple(whole)
        return found
