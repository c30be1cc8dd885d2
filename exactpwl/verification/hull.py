"""The affine hull of a polyhedron and a point of its relative interior, by linear programs alone.

A linear program says of a system of inequalities that it has an interior, or gives multipliers that
sum some of its rows to 0 = 0: these vanish on the whole polyhedron.  They are made equations, and
the question is asked again for the rest, at most as often as there are dimensions.  No vertex is
computed, of which a cell with hundreds of rows may have too many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exactpwl.errors import DomainError
from exactpwl.feasibility import Point, feasibility
from exactpwl.inequality import Row, primitive_row
from exactpwl.linear import rank

__all__ = ["Hull", "affine_hull"]


@dataclass(frozen=True)
class Hull:
    """Where a polyhedron lies.

    Attributes
    ----------
    inside : tuple of Fraction
        A point of the relative interior.
    equations : tuple of (normal, offset)
        Linearly independent rows that vanish on the polyhedron, and define its affine hull.
    """

    inside: Point
    equations: tuple[Row, ...]


def affine_hull(rows: Sequence[Row], dimension: int) -> Hull:
    """Return the affine hull of ``{x : normal . x + offset >= 0}``.

    Raises
    ------
    DomainError
        If there is no point.

    Examples
    --------
    >>> found = affine_hull([((1, 1), -1), ((-1, -1), 1), ((1, 0), 0), ((0, 1), 0)], 2)
    >>> found.equations
    (((1, 1), -1),)
    >>> sum(found.inside), min(found.inside) > 0
    (Fraction(1, 1), True)
    """
    kept, equations = [row for row in rows if any(row[0])], list[Row]()
    while True:
        found = feasibility(kept, dimension, equations)
        if found.status == "empty" or found.point is None:
            raise DomainError("a polyhedron with points is required: these inequalities have none")
        if found.status == "full":
            return Hull(found.point, tuple(equations))
        vanishing = {i for i, _ in found.multipliers or () if i < len(kept)}
        for i in sorted(vanishing):
            normals = [primitive_row(row)[0] for row in (*equations, kept[i])]
            if rank(normals) > len(equations):
                equations.append(kept[i])
        kept = [row for i, row in enumerate(kept) if i not in vanishing]
