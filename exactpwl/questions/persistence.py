"""The barcode of the sublevel filtration: at which value a feature of {f <= t} is born, and dies.

As t grows, components of {f <= t} appear and merge, holes open and are filled.  A *bar* of
dimension k is a class of the k-th homology with the values at which it appears and disappears:
b_k of {f <= t} is the number of bars of dimension k with birth <= t < death.  That of {f < t} is
the number with birth < t <= death.  Bars of no length are left out.  The theorem in
`exactpwl.questions.dual_cells` makes the sublevel filtration one of a finite cell complex, which is
right for all t at once and over the whole space; its bars are read off one reduction
(`exactpwl.questions.homology`).

Over F2.  A bar may have no birth (the set is there for every t, as f falls without bound) or no
death.  Since the domain is convex, and is {f <= t} in the limit, exactly one bar never dies; it has
dimension 0, and is born at the infimum of f.

All births and deaths are values of f at vertices: the homotopy type of {f <= t} changes nowhere
else.  The elder rule holds: where two components merge, the one that was born later dies.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.questions.dual_cells import Heights, dual_cells, heights_of_faces
from exactpwl.questions.homology import paired
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Bar", "barcode"]


class Bar(NamedTuple):
    """A feature of the sublevel sets: a component (dimension 0), a hole (1), a cavity (2) ...

    Attributes
    ----------
    dimension : int
    birth : Fraction or None
        None: it is there for every value below its death.
    death : Fraction or None
        None: it is there for every value from its birth on.

    Examples
    --------
    >>> Bar(1, Fraction(-1), Fraction(3, 2)).length
    Fraction(5, 2)
    """

    dimension: int
    birth: Fraction | None
    death: Fraction | None

    @property
    def length(self) -> Fraction | None:
        """How long it lives; None for infinitely long."""
        if self.birth is None or self.death is None:
            return None
        return self.death - self.birth

    def is_alive_at(self, value: Fraction) -> bool:
        """Return whether birth <= value < death.

        Examples
        --------
        >>> bar = Bar(0, Fraction(1), None)
        >>> bar.is_alive_at(Fraction(1)), bar.is_alive_at(Fraction(1, 2))
        (True, False)
        """
        born = self.birth is None or self.birth <= value
        return born and (self.death is None or value < self.death)


def barcode(
    complex_: PolyhedralComplex, functional: Sequence[RationalLike] | None = None
) -> tuple[Bar, ...]:
    """Return the barcode of {functional . f <= t} in the closed domain, over F2.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.  That of the sets
        {f >= t} is the barcode of ``[-1]``, with the signs of births and deaths changed.

    Returns
    -------
    tuple of Bar
        By dimension, births, deaths; infinite ones at either end.  Exact.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    1 - | |x| + |y| - 2 |: the outside of the annulus is there for every value, the pit in the
    middle is born at -1, and the two merge at the rim, at 1.  The hole, which is the annulus
    itself, is there for all values below 1.

    >>> from exactpwl import gallery, regions
    >>> annulus = regions(gallery.get("l1_annulus"))
    >>> for bar in barcode(annulus):
    ...     print(bar.dimension, bar.birth, bar.death)
    0 None None
    0 -1 1
    1 None 1
    """
    cells = dual_cells(complex_.faces)
    heights = heights_of_faces(complex_, cells.faces, functional)
    lowest = heights.lowest
    order = sorted(range(len(lowest)), key=lambda i: (lowest[i], cells.dimensions[i]))
    found = paired(cells, order)
    ends = [(i, lowest[i], lowest[j]) for i, j in found.pairs if lowest[i] < lowest[j]]
    ends += [(i, lowest[i], len(heights.values)) for i in found.unfilled]
    sorted_ends = sorted((cells.dimensions[i], birth, death) for i, birth, death in ends)
    return tuple(
        Bar(dimension, _value(heights, birth), _value(heights, death))
        for dimension, birth, death in sorted_ends
    )


def _value(heights: Heights, place: int) -> Fraction | None:
    return heights.values[place] if 0 <= place < len(heights.values) else None
