"""Linear programs over a box with many inputs and a few other rows, exactly.

Is there a point of the box at which some functions are >= 0 and others positive?  A point of the
box is a mean of its corners, so the unknowns are the corners' weights, of which only a few are ever
needed: the others enter when they would help (Dantzig and Wolfe 1960).  Which corner helps most is
read off from the signs of one function, the sum of all functions with the multipliers at hand, and
if its greatest value on the box says that none helps, these multipliers are the proof.  So the
program has as many rows as there are functions, however many inputs there are.

References
----------
G. B. Dantzig, P. Wolfe, Decomposition principle for linear programs, Operations Research 8 (1960).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import mul
from typing import NamedTuple

from exactpwl.certificate.enclosure import Box
from exactpwl.engine.cell import Vector, dot
from exactpwl.rationals import clear_denominators
from exactpwl.simplex import GrowingProgram

__all__ = ["Answer", "positive_together"]


class Answer(NamedTuple):
    """A point, or multipliers that show that there is none.

    Attributes
    ----------
    point : tuple of Fraction or None
        All positive functions are positive there, and the others >= 0.
    multipliers : tuple of int
        Without a point: of the positive functions, then of the others.  They sum to a function that
        is nowhere positive on the box; `total` is that sum.
    """

    point: tuple[Fraction, ...] | None
    multipliers: tuple[int, ...]
    total: Vector


def positive_together(positive: Sequence[Vector], others: Sequence[Vector], box: Box) -> Answer:
    """Return a point of a box where functions are positive and others >= 0, or why there is none.

    Parameters
    ----------
    positive, others : sequences of d + 1 ints
        Functions w.x + w_0; there is at least one positive one.
    box : Box

    Examples
    --------
    >>> unit = Box({(0, False): 0, (0, True): 1, (1, False): 0, (1, True): 1}, 1)
    >>> positive_together([(1, 1, -1)], [(-1, 0, 0)], unit)
    Answer(point=None, multipliers=(1, 1), total=(0, 1, -1))
    >>> positive_together([(2, 2, -1)], [(-1, 0, 0)], unit).point
    (Fraction(0, 1), Fraction(1, 1))
    """
    functions = [*positive, *others]
    program = GrowingProgram()
    for _ in functions:
        program.add_row([], 0)
    program.add_row([], 1)
    program.add_variable([1] * len(positive) + [0] * (len(others) + 1), 1)
    corners = list[Vector]()
    while True:
        program.solve()
        *found, top = program.multipliers
        multipliers, scale = clear_denominators(found)
        total = tuple(sum(map(mul, multipliers, column)) for column in zip(*functions, strict=True))
        corner = box.corner(total)
        if dot(total, corner) <= top * scale * box.unit:
            break
        corners.append(corner)
        program.add_variable([*(-dot(f, corner) for f in functions), box.unit], 0)
    if not program.value:
        return Answer(None, multipliers, total)
    _, *weights = program.point
    *means, size = (sum(map(mul, weights, c), Fraction(0)) for c in zip(*corners, strict=True))
    return Answer(tuple(mean / size for mean in means), (), total)
