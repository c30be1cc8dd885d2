"""Betti numbers over the rational numbers, where those over two elements may be others.

By the universal coefficient theorem b_k over F2 is b_k over Q, plus one for each summand of even
order in the integral homology of dimension k, plus one for each in that of dimension k - 1.  The
homology of a set in R^d has torsion in the dimensions 1 to d - 3 alone (Alexander duality, Hatcher
2002, section 3.3).  So the two agree unless for some such k both b_k and b_(k+1) over F2 are
positive; only then is anything computed here.  The smallest example is the projective plane, which
is a sublevel set of a network with five inputs (see the tests).

Over Q the boundary needs signs.  The boundary of a dual cell is a sphere of cells, and a cell of
codimension 2 lies in exactly two of them, Q and Q' (the diamond property); going from Q to Q' the
sign follows from the condition that the boundary of the boundary is zero.  The sphere is connected
across such cells and orientable, so one walk gives all signs, whichever is chosen first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from exactpwl.questions.dual_cells import DualCells

__all__ = ["may_have_torsion", "rational_betti_numbers", "signed_boundaries"]

Column = dict[int, int]


def may_have_torsion(betti: Sequence[int], dimension: int) -> bool:
    """Return whether a set in R^dimension with these Betti numbers over F2 may have others over Q.

    Examples
    --------
    >>> may_have_torsion((1, 1, 1), 3), may_have_torsion((1, 1, 1, 0), 4)
    (False, True)
    """
    return any(betti[k] and betti[k + 1] for k in range(1, dimension - 2))


def signed_boundaries(cells: DualCells, chosen: Iterable[int]) -> dict[int, Column]:
    """Return for each chosen cell the signs of the cells in its boundary.

    Parameters
    ----------
    cells : DualCells
    chosen : iterable of int
        Cells, in an order that keeps the boundaries before; with each its boundary.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> from exactpwl.questions.dual_cells import dual_cells
    >>> cross = dual_cells(regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")])).faces)
    >>> signs = signed_boundaries(cross, range(9))
    >>> sorted(signs[4].values())
    [-1, 1]
    >>> [sum(signs[8][e] * signs[e].get(p, 0) for e in signs[8]) for p in range(4)]
    [0, 0, 0, 0]
    """
    found: dict[int, Column] = {}
    for cell in chosen:
        boundary = cells.boundaries[cell]
        if cells.dimensions[cell] < 2:
            found[cell] = dict(zip(boundary, (1, -1), strict=False))
        else:
            found[cell] = _signs(boundary, found)
    return found


def _signs(boundary: Sequence[int], known: dict[int, Column]) -> Column:
    """Return signs of the cells of a sphere with which their boundaries cancel."""
    holders: dict[int, list[int]] = {}
    for cell in boundary:
        for under in known[cell]:
            holders.setdefault(under, []).append(cell)
    signs = {boundary[0]: 1}
    stack = [boundary[0]]
    while stack:
        cell = stack.pop()
        for under, sign in known[cell].items():
            first, second = holders[under]
            other = second if cell == first else first
            if other not in signs:
                signs[other] = -signs[cell] * sign * known[other][under]
                stack.append(other)
    return signs


def rational_betti_numbers(cells: DualCells, chosen: Sequence[int], count: int) -> tuple[int, ...]:
    """Return the first Betti numbers over Q of a subcomplex.

    Parameters
    ----------
    cells : DualCells
    chosen : sequence of int
        Its cells; with each its boundary, in an order that keeps the boundaries before.
    count : int
        How many numbers.
    """
    signs = signed_boundaries(cells, chosen)
    sizes = [0] * (count + 2)
    columns: list[list[Column]] = [[] for _ in range(count + 2)]
    for cell in chosen:
        sizes[cells.dimensions[cell]] += 1
        columns[cells.dimensions[cell]].append(signs[cell])
    ranks = [0, *(_rank(columns[k]) for k in range(1, count + 2))]
    return tuple(sizes[k] - ranks[k] - ranks[k + 1] for k in range(count))


def _rank(columns: Iterable[Column]) -> int:
    """Return the rank over Q, by columns with different last entries."""
    kept: dict[int, dict[int, Fraction]] = {}
    for column in columns:
        rest = {i: Fraction(c) for i, c in column.items()}
        while rest:
            last = max(rest)
            if last not in kept:
                kept[last] = rest
                break
            _subtract(rest, rest[last] / kept[last][last], kept[last])
    return len(kept)


def _subtract(column: dict[int, Fraction], factor: Fraction, other: dict[int, Fraction]) -> None:
    for i, c in other.items():
        value = column.get(i, Fraction(0)) - factor * c
        if value:
            column[i] = value
        else:
            del column[i]
