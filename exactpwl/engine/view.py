"""What one stage looks like on one cell of the stages before it: affine functions and their signs.

All signs at the cell's generators come from one integer matrix product.  A function becomes a row
of Python ints only when it cuts, which most never do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import fmpz_mat

from exactpwl.engine.cell import Cell, Vector, dot
from exactpwl.stages import Stage

__all__ = ["StageView"]


class StageView:
    """The kinks of a stage as exact affine functions on a cell where earlier pieces are known.

    Parameters
    ----------
    stage : Stage
    hidden : fmpz_mat
        H of the stage before (see `exactpwl.stages`).
    """

    def __init__(self, stage: Stage, hidden: Any) -> None:
        self.stage = stage
        self.matrix = stage.lift(hidden)
        self.pre = self.matrix.tolist()
        self._rows: dict[int, Vector] = {}

    def row(self, kink: int) -> Vector:
        """Return the integer function that is positive above the kink."""
        found = self._rows.get(kink)
        if found is None:
            found = self._rows[kink] = self.stage.kink_row(self.pre, kink)
        return found

    def sides(self, point: Vector, mask: int) -> tuple[int, int]:
        """Return the masks of those kinks of `mask` that `point` is above and below."""
        above = below = 0
        mask &= (1 << len(self.stage.kinks)) - 1
        while mask:
            flag = mask & -mask
            mask ^= flag
            value = dot(self.row(flag.bit_length() - 1), point)
            if value > 0:
                above |= flag
            elif value < 0:
                below |= flag
        return above, below

    def look_at(self, cell: Cell) -> Cell:
        """Return the cell with the signs of all kinks at its generators."""
        return cell.with_sides(self._all_sides(cell.generators))

    def crossed_by_lines(self, lines: Sequence[Vector]) -> int:
        """Return the mask of the kinks that do not vanish on every line."""
        return sum(
            1 << kink
            for kink in range(len(self.stage.kinks))
            if any(dot(self.row(kink), line) for line in lines)
        )

    def _all_sides(self, points: Sequence[Vector]) -> list[tuple[int, int]]:
        size, count = len(points[0]), len(points)
        columns = fmpz_mat(size, count, [point[i] for i in range(size) for point in points])
        values = (self.matrix * columns).tolist()
        above, below = [0] * count, [0] * count
        flag = 1
        for row in self.stage.kink_values(values):
            for i, value in enumerate(row):
                if value > 0:
                    above[i] |= flag
                elif value < 0:
                    below[i] |= flag
            flag <<= 1
        return list(zip(above, below, strict=True))
