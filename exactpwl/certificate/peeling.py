"""Multipliers without a linear program: peeling a function off facet by facet.

Let f >= 0 on a cell whose generators are known.  By Farkas' lemma f is a non-negative combination
of the cell's inequalities and of t >= 0.  While f is not 0 at all generators, take an inequality g
that vanishes wherever f does, let m be the least f/g over the generators with g > 0, and go on with
f - m g.  That is still >= 0 everywhere, and it vanishes where f did and at one generator more.  So
the face on which it vanishes grows in each step, and after at most r + 1 steps nothing is left: f
is the sum of the m g.  It makes no difference whether the cell is degenerate or unbounded, or
whether lines go through it, on which f and all g vanish.

Where f vanishes on no point of the cell the inequality is t >= 0 itself, the constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from math import gcd
from operator import and_

from exactpwl.engine.cell import AT_INFINITY, Vector, dot

__all__ = ["peeled"]


def peeled(
    function: Vector,
    generators: Sequence[Vector],
    tight: Sequence[int],
    rows: Mapping[int, Vector],
) -> tuple[int, dict[int, int], int]:
    """Return positive integers w, c_b and an integer s >= 0 with w f = sum of c_b g_b + s t.

    Parameters
    ----------
    function : d + 1 ints
        Non-negative at all generators, and 0 on the cell's lines.
    generators : sequence of integer vectors
    tight : sequence of int
        For each generator the mask of inequalities that vanish there, t >= 0 among them.
    rows : mapping
        For each bit of the masks the function g_b that is >= 0 on the cell.

    Returns
    -------
    w : int
    c : dict
        By bit; what is not there is 0.
    s : int

    Examples
    --------
    x + y is the sum of x and y on the quadrant:

    >>> quadrant = [(0, 0, 1), (1, 0, 0), (0, 1, 0)], [6, 5, 3], {2: (1, 0, 0), 4: (0, 1, 0)}
    >>> peeled((1, 1, 0), *quadrant)
    (1, {2: 1, 4: 1}, 0)
    """
    values = [dot(function, g) for g in generators]
    own, taken, constant = 1, dict[int, int](), 0
    while any(values):
        flag = _vanishing_with(values, tight)
        others = (
            [g[-1] for g in generators]
            if flag == AT_INFINITY
            else [dot(rows[flag], g) for g in generators]
        )
        value, other = _least_quotient(values, others)
        values = [other * v - value * o for v, o in zip(values, others, strict=True)]
        own *= other
        taken = {bit: other * count for bit, count in taken.items()}
        constant *= other
        if flag == AT_INFINITY:
            constant += value
        else:
            taken[flag] = taken.get(flag, 0) + value
        divisor = gcd(own, constant, *taken.values())
        if divisor > 1:
            own, constant = own // divisor, constant // divisor
            taken = {bit: count // divisor for bit, count in taken.items()}
            values = [v // divisor for v in values]
    return own, taken, constant


def _vanishing_with(values: Sequence[int], tight: Sequence[int]) -> int:
    """Return the bit of an inequality that vanishes wherever the values do."""
    common = reduce(and_, [mask for v, mask in zip(values, tight, strict=True) if not v], -1)
    if common < 0 or common & AT_INFINITY:
        return AT_INFINITY
    return common & -common


def _least_quotient(values: Sequence[int], others: Sequence[int]) -> tuple[int, int]:
    """Return the value and the other one, both of one generator, with the least quotient."""
    pairs = [(v, o) for v, o in zip(values, others, strict=True) if o > 0]
    best = pairs[0]
    for value, other in pairs[1:]:
        if value * best[1] < best[0] * other:
            best = value, other
    return best
