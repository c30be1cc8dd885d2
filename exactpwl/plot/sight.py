r"""Which region hides which: the exact order of a complex in space, seen from any direction.

Sorting by mean depth, as libraries of figures do, is wrong where cells are of different size.  But
a network brings the right order with it.  Take two regions, and the first kink on which their
patterns differ.  Up to there the patterns agree, so on both sides it is the same affine function f,
at most 0 on one region and at least 0 on the other.  The plane f = 0 separates the two, and only
the region on the viewer's side of it can hide the other.  So regions are sorted by their patterns,
as words of which each letter says *away* or *toward* the viewer: for parallel light in direction u
the region above f lies toward the viewer iff normal(f) . u > 0.  The letters of the first kink
where two words differ are of one function, so the lexicographic order is right for every pair, and
being lexicographic it has no circles.

**Moved apart** it stays right.  If every region moves by s (c - m), s >= 0, with c a point of its
interior, then f(c) > 0 > f(c') for regions above and below f, and f grows on the upper one by
s normal . (c - m), which is more than on the lower one.  A plane parallel to f = 0 separates them.

**Cut open** by planes, a region falls into pieces.  They move together, so they are sorted after
the kinks by the sides of these planes on which they lie.

The idea of painting from the back by separating planes is that of H. Fuchs, Z. M. Kedem and
B. F. Naylor, On visible surface generation by a priori tree structures, SIGGRAPH 1980.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from operator import mul
from typing import TYPE_CHECKING

from exactpwl.rationals import clear_denominators

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["faces_viewer", "integer_direction", "sight_word"]


def integer_direction(toward: Iterable[float]) -> tuple[int, ...]:
    """Return an integer vector in the direction of floats, exactly.

    Examples
    --------
    >>> integer_direction((0.5, -0.25, 0.0))
    (2, -1, 0)
    """
    return clear_denominators([Fraction(c) for c in toward])[0]


def faces_viewer(row: Sequence[int], toward: Sequence[int]) -> bool:
    """Return whether the face of a half-space (a, b, c, e) turns to the viewer.

    Examples
    --------
    >>> faces_viewer((-1, 0, 0, 1), (1, 0, 0)), faces_viewer((1, 0, 0, 1), (1, 0, 0))
    (True, False)
    """
    return sum([a * u for a, u in zip(row, toward, strict=False)]) < 0


def sight_word(complex_: PolyhedralComplex, cell: int, toward: Sequence[int]) -> tuple[bool, ...]:
    """Return a region's word; sorted by their words, no region comes before one that it can hide.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with three inputs.
    cell : int
    toward : three ints
        The direction to the viewer.

    Returns
    -------
    tuple of bool
        For each kink whether the region is on the viewer's side of it.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> half = regions(Network([([[1, 0, 0]], [0], "relu")]))
    >>> [str(half.cells[i].pattern) for i in range(2)]
    ['0', '1']
    >>> sight_word(half, 1, (1, 0, 0)), sight_word(half, 1, (-1, 0, 0))
    ((True,), (False,))
    """
    pattern = complex_.cells[cell].pattern
    stages = complex_.shared_kink_functions.by_stage(pattern)
    return tuple(
        [
            (pieces[kink.neuron] > kink.breakpoint) == (sum(map(mul, kink.normal, toward)) >= 0)
            for kinks, pieces in zip(stages, pattern, strict=True)
            for kink in kinks
        ]
    )
