"""From arrays to cells with exact coordinates: what the array form owes when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator

from exactpwl.engine.breadth import CellArrays
from exactpwl.engine.cell import Vector
from exactpwl.engine.exact import Recipe
from exactpwl.engine.subdivide import FinishedCell
from exactpwl.engine.words import Words
from exactpwl.pattern import Pattern
from exactpwl.stages import Stages

__all__ = ["finished_cells", "patterns"]


def masks(words: Words) -> list[int]:
    """Return rows of words as Python integers."""
    width = 8 * words.shape[1]
    data = words.astype("<u8", copy=False).tobytes()
    return [int.from_bytes(data[i : i + width], "little") for i in range(0, len(data), width)]


def patterns(arrays: CellArrays, stages: Stages) -> Iterator[Pattern]:
    """Yield the cells' patterns, in order."""
    columns = [
        [stage.pieces_of(mask) for mask in masks(above)]
        for stage, above in zip(stages.stages, arrays.above, strict=True)
    ]
    return map(Pattern, zip(*columns, strict=True))


def finished_cells(arrays: CellArrays, stages: Stages) -> list[FinishedCell]:
    """Return the cells with exact generators, as the reference form does."""
    generators = _exact_generators(arrays, stages.dimension)
    vertex = arrays.corners.vertex.tolist()
    tight = masks(arrays.corners.tight)
    ends = arrays.corners.sizes.cumsum().tolist()
    cells = []
    start = 0
    for pattern, end in zip(patterns(arrays, stages), ends, strict=True):
        chosen = tuple([generators[v] for v in vertex[start:end]])
        cells.append(FinishedCell(pattern, chosen, tuple(tight[start:end])))
        start = end
    return cells


def _exact_generators(arrays: CellArrays, dimension: int) -> dict[int, Vector]:
    made = arrays.table.made
    columns = arrays.exact.columns

    def recipe_of(number: int) -> Recipe:
        u, w, stage, cell, kink = made[number].tolist()
        return u, w, stage, cell, kink

    found = {}
    for number in sorted(set(arrays.corners.vertex.tolist())):
        shown = arrays.exact.vertex(number, recipe_of)
        whole = [0] * (dimension + 1)
        for column, entry in zip(columns, shown, strict=True):
            whole[column] = entry
        found[number] = tuple(whole)
    return found
