"""Exact answers for the few questions that the float filter leaves open.

Every vertex of the array form remembers how it was made: on the edge between two older vertices, by
a kink of a cell.  So its exact coordinates follow from theirs and from the exact function of that
kink there, back to the vertices of the start.  Each is computed once, when it is asked for: for an
undecided sign, and for all finished cells when somebody wants coordinates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import gcd
from typing import Any

from exactpwl.engine.cell import Vector, dot
from exactpwl.stages import Stages

__all__ = ["ExactCells", "Recipe"]

Recipe = tuple[int, int, int, int, int]
"""A vertex: two older vertices, and the stage, cell and kink that cut the edge between them."""


class ExactCells:
    """Exact functions on the cells of a subdivision, and exact vertices.

    Parameters
    ----------
    stages : Stages
    columns : the coordinates that vary, and the last one
    prefix_of : callable
        The pieces of the stages before stage s on its cell c: ``prefix_of(s, c)``.
    first : sequence of Vector
        The vertices that the subdivision started from.
    """

    def __init__(
        self,
        stages: Stages,
        columns: Sequence[int],
        prefix_of: Callable[[int, int], tuple[tuple[int, ...], ...]],
        first: Sequence[Vector],
    ) -> None:
        self.stages = stages
        self.columns = tuple(columns)
        self.prefix_of = prefix_of
        self.vertices: dict[int, Vector] = dict(enumerate(first))
        self._hidden: dict[tuple[tuple[int, ...], ...], Any] = {}
        self._functions: dict[tuple[int, int], Any] = {}

    def forget(self, vertex: int) -> None:
        """Forget vertices from a number on, and all functions: cells may get other numbers."""
        for number in [n for n in self.vertices if n >= vertex]:
            del self.vertices[number]
        self._functions.clear()

    def row(self, stage: int, cell: int, kink: int) -> Vector:
        """Return the integer function of a kink on a cell, in the coordinates that vary."""
        key = (stage, cell)
        if key not in self._functions:
            hidden = self._hidden_after(self.prefix_of(stage, cell))
            self._functions[key] = self.stages.stages[stage].lift(hidden).tolist()
        found = self.stages.stages[stage].kink_row(self._functions[key], kink)
        return tuple([found[c] for c in self.columns])

    def _hidden_after(self, prefix: tuple[tuple[int, ...], ...]) -> Any:
        if prefix not in self._hidden:
            if not prefix:
                self._hidden[prefix] = self.stages.identity()
            else:
                before = self._hidden_after(prefix[:-1])
                stage = self.stages.stages[len(prefix) - 1]
                self._hidden[prefix] = stage.act(stage.lift(before).tolist(), prefix[-1])
        return self._hidden[prefix]

    def vertex(self, number: int, recipe_of: Callable[[int], Recipe]) -> Vector:
        """Return a vertex as a primitive integer vector in the coordinates that vary."""
        waiting = [number]
        while waiting:
            current = waiting[-1]
            if current in self.vertices:
                waiting.pop()
                continue
            u, w, stage, cell, kink = recipe_of(current)
            missing = [v for v in (u, w) if v not in self.vertices]
            if missing:
                waiting += missing
                continue
            self.vertices[current] = self._between(u, w, self.row(stage, cell, kink))
            waiting.pop()
        return self.vertices[number]

    def _between(self, u: int, w: int, row: Vector) -> Vector:
        start, end = self.vertices[u], self.vertices[w]
        at_start = abs(dot(row, start))
        at_end = abs(dot(row, end))
        point = [at_start * b + at_end * a for a, b in zip(start, end, strict=True)]
        divisor = gcd(*point)
        return tuple([c // divisor for c in point])
