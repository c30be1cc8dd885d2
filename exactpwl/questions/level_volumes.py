r"""The volumes of {f > t}, {f = t} and {f < t}, exactly, and whether they are finite.

On a region where f is constant one of the three sets is the region.  On any other, {f = t} lies in
a hyperplane and has no volume, and the engine's cut (`exactpwl.engine.cell.cut`) splits the region
into {f >= t} and {f <= t} with their vertices, whose volumes are those of polytopes.

On an unbounded region, {f >= t} has an interior iff f > t somewhere.  Then its volume is infinite
iff it is unbounded: with a direction r it contains a ball B and B + s r for all s >= 0.  Its
directions are those of the region along which f does not fall (Rockafellar, Convex Analysis, 1970,
theorem 8.4), and there is one other than 0 iff there is a ray of the region, or a line, with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from flint import fmpq

from exactpwl.engine.cell import Cell, cut
from exactpwl.geometry import volume
from exactpwl.linear import sum_in_pairs
from exactpwl.questions.heights import Functional, Height, heights, tilt
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.engine.subdivide import FinishedCell

__all__ = ["LevelVolumes", "level_volumes"]


class LevelVolumes(NamedTuple):
    """How much of a domain a function is above, at and below a level; None is infinite.

    Attributes
    ----------
    above : Fraction or None
        The volume of {f > t}.
    level : Fraction or None
        The volume of {f = t}: that of the regions on which f is constantly t.
    below : Fraction or None
        The volume of {f < t}.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> found = level_volumes(regions(gallery.get("hat1d"), [(-1, 3)]))
    >>> found
    LevelVolumes(above=Fraction(2, 1), level=Fraction(2, 1), below=Fraction(0, 1))
    >>> found.whole, found.shares
    (Fraction(4, 1), (Fraction(1, 2), Fraction(1, 2), Fraction(0, 1)))
    """

    above: Fraction | None
    level: Fraction | None
    below: Fraction | None

    @property
    def whole(self) -> Fraction | None:
        """The volume of the domain."""
        if self.above is None or self.level is None or self.below is None:
            return None
        return self.above + self.level + self.below

    @property
    def shares(self) -> tuple[Fraction, Fraction, Fraction] | None:
        """The shares of the domain that the three are; None over an unbounded domain."""
        if self.above is None or self.level is None or self.below is None:
            return None
        whole = self.above + self.level + self.below
        return self.above / whole, self.level / whole, self.below / whole


def level_volumes(
    complex_: PolyhedralComplex, value: RationalLike = 0, functional: Functional = None
) -> LevelVolumes:
    """Return the volumes of {functional . f > value}, of {= value} and of {< value} in the domain.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    value : rational
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.

    Returns
    -------
    LevelVolumes
        Exact.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    A hat is above 1/2 on a hexagon, and zero on all of the plane but another one:

    >>> from exactpwl import gallery, regions
    >>> hat = regions(gallery.get("hat2d"))
    >>> level_volumes(hat, "1/2")
    LevelVolumes(above=Fraction(3, 4), level=Fraction(0, 1), below=None)
    >>> level_volumes(hat, 0)
    LevelVolumes(above=Fraction(3, 1), level=None, below=Fraction(0, 1))
    """
    above: list[Fraction | None] = []
    level: list[Fraction | None] = []
    below: list[Fraction | None] = []
    for i, height in enumerate(heights(complex_, functional, value)):
        if height.is_flat:
            side = height.row[-1]
            part = level if not side else above if side > 0 else below
            part.append(complex_.regions[i].volume)
        else:
            higher, lower = _halves(complex_, i, height)
            above.append(higher)
            below.append(lower)
    return LevelVolumes(*map(_added, (above, level, below)))


def _added(parts: Iterable[Fraction | None]) -> Fraction | None:
    finite = []
    for part in parts:
        if part is None:
            return None
        finite.append(fmpq(part.numerator, part.denominator))
    return sum_in_pairs(finite)


def _halves(
    complex_: PolyhedralComplex, region: int, height: Height
) -> tuple[Fraction | None, Fraction | None]:
    """Return the volumes of the parts of a region where a function is above 0, and below."""
    if tilt(complex_, height):
        return None, None
    cell = complex_.cells[region]
    signs = [height.on(g) for g in cell.generators]
    rays = [s for s, g in zip(signs, cell.generators, strict=True) if not g[-1]]
    infinite = [
        any(sign * s > 0 for s in signs)
        and (bool(complex_.lines) or any(sign * s >= 0 for s in rays))
        for sign in (1, -1)
    ]
    if all(infinite):
        return None, None
    if not min(signs) < 0 < max(signs):
        whole = complex_.regions[region].volume
        return (whole, Fraction(0)) if max(signs) > 0 else (Fraction(0), whole)
    lower, upper = _cut(cell, height, signs, complex_.dimension)
    higher = None if infinite[0] else volume(upper.generators, upper.tight)
    return higher, None if infinite[1] else volume(lower.generators, lower.tight)


def _cut(cell: FinishedCell, height: Height, signs: list[int], rank: int) -> tuple[Cell, Cell]:
    """Return the halves of a region without lines that a function splits, the lower one first."""
    bit = 1 << max(1, *(mask.bit_length() for mask in cell.tight))
    sides = tuple(int(s > 0) for s in signs), tuple(int(s < 0) for s in signs)
    halves = cut(
        Cell(cell.generators, cell.tight, *sides), height.row, 1, bit, rank, lambda *_: (0, 0)
    )
    assert halves[0] is not None
    assert halves[1] is not None
    return halves[0], halves[1]
