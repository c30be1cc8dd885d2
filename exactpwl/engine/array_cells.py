"""The finished cells of the array form, and what is asked of them: counts, neighbours, exact cells.

Counts and neighbours need no exact coordinates.  Cells with exact generators, as the reference form
gives them, are made when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from exactpwl.engine.array_facets import facets_of_cells, neighbours
from exactpwl.engine.breadth import CellArrays
from exactpwl.engine.cell import Vector
from exactpwl.engine.flips import neighbours_by_flips, neighbours_in_one_stage
from exactpwl.engine.stage_work import recipe
from exactpwl.engine.subdivide import FinishedCell
from exactpwl.engine.words import Ints, integers
from exactpwl.pattern import Pattern
from exactpwl.rationals import primitive
from exactpwl.stages import Stage, Stages

__all__ = ["ArrayCells"]


class ArrayCells:
    """Finished cells as arrays.

    Parameters
    ----------
    arrays : CellArrays
    stages : Stages
    """

    def __init__(self, arrays: CellArrays, stages: Stages) -> None:
        self.arrays = arrays
        self.stages = stages

    def __len__(self) -> int:
        return len(self.arrays.corners.sizes)

    @cached_property
    def neighbours(self) -> Ints:
        """All pairs of cells that share a facet, one a row, the lower first, sorted."""
        arrays = self.arrays
        corners, simple = arrays.corners, arrays.simple
        if len(self.stages.stages) == 1:
            hyperplanes = _kinks_of_hyperplanes(self.stages.stages[0])
            return neighbours_in_one_stage(corners, arrays.above[0], arrays.layout, hyperplanes)
        found = neighbours_by_flips(corners, simple, arrays.above, arrays.layout)
        if simple.all():
            return found
        both = np.concatenate([found, self._neighbours_by_vertices(simple)])
        return both[np.argsort(both[:, 0] * len(self) + both[:, 1])]

    def _neighbours_by_vertices(self, simple: npt.NDArray[np.bool_]) -> Ints:
        """Return the pairs of cells that share a facet without a simple vertex."""
        arrays = self.arrays
        corners = arrays.corners
        touched = np.logical_or.reduceat(~simple, corners.starts)
        some = corners.chosen(touched)
        used, vertex = np.unique(some.vertex, return_inverse=True)
        vertices = arrays.vertices
        vertex = vertices.representatives(used, len(arrays.above))[vertex]
        facets = facets_of_cells(
            some._replace(vertex=vertex),
            ~vertices.at_infinity(slice(None)),
            arrays.layout.bit(0),
            arrays.begin.rank,
        )
        clean = np.zeros(len(vertices), dtype=bool)
        clean[used] = vertices.are_simple(used, arrays.begin.rank)
        pairs = neighbours(facets.without(clean))
        found: Ints = touched.nonzero()[0][pairs]
        return found

    @property
    def bounded_count(self) -> int:
        """The number of cells without a direction to infinity (and without lineality)."""
        if self.arrays.begin.lines:
            return 0
        corners = self.arrays.corners
        finite = ~self.arrays.vertices.at_infinity(corners.vertex)
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
        tight = self.arrays.layout.dense(corners.tight)
        cells = []
        start = 0
        for pattern, end in zip(self.patterns(), corners.sizes.cumsum().tolist(), strict=True):
            chosen = [generators[v] for v in vertex[start:end]]
            cells.append(FinishedCell.of(pattern, chosen, tight[start:end]))
            start = end
        return cells

    def _exact_generators(self) -> dict[int, Vector]:
        exact = self.arrays.exact
        made = partial(recipe, self.arrays.vertices, self.arrays.rows, self.arrays.layout)
        found = {}
        for number in np.unique(self.arrays.corners.vertex).tolist():
            whole = [0] * (self.stages.dimension + 1)
            for column, entry in zip(exact.columns, exact.vertex(number, made), strict=True):
                whole[column] = entry
            found[number] = tuple(whole)
        return found


def _kinks_of_hyperplanes(stage: Stage) -> list[int]:
    """Return for each kink of a first stage the mask of the kinks with the same hyperplane."""
    rows = [primitive(stage.kink_row(stage.rows, kink)) for kink in range(len(stage.kinks))]
    planes = [max(row, tuple(-c for c in row)) for row in rows]
    masks: dict[tuple[int, ...], int] = {}
    for kink, plane in enumerate(planes):
        masks[plane] = masks.get(plane, 0) | 1 << kink
    return [masks[plane] for plane in planes]
