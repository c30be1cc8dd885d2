"""Each region is what its pattern's inequalities say: by its corners, and again by cdd.

The inequalities of a region's pattern, with the domain's, define its closed cell.  That the cell is
the hull of the region's generators is proved for every region.  No generator violates any of the
inequalities, so the hull lies in the cell; on each facet of the hull one of the inequalities is
tight that is not tight everywhere, so the cell lies in the hull.  The signs come from one forward
pass for each generator (`exactpwl.positions`).  The engine's marks, which inequalities are tight
where, are held against the same signs.

For a sample the facets are found a second way: cdd makes generators of its own from the
inequalities and tells which are irredundant.  A full-dimensional polyhedron has exactly one
irredundant description up to positive factors, so the two sets of primitive integer rows must be
equal.

References
----------
K. Fukuda, cddlib reference manual (``matrix_canonicalize``), https://people.inf.ethz.ch/fukudak/ .
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from exactpwl.cddlib import canonicalize
from exactpwl.checks.effort import Effort, NotApplicableError, seconds_of_reference
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import Hulls, at, region_text
from exactpwl.formula import format_inequality
from exactpwl.geometry import chosen
from exactpwl.inequality import IntegerRow
from exactpwl.positions import PatternMasks
from exactpwl.rationals import format_point

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_inequalities"]


@named(
    "inequalities",
    "each region is the set that the inequalities of its pattern and the domain define, and its "
    "facets are the canonical (irredundant) ones that cdd.gmp computes",
)
def check_inequalities(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check every region against its inequalities, and facets against cdd.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_inequalities(regions(gallery.get("xor"))).evidence)
    all 3 regions by their corners; by cdd all 3 regions, 4 facets
    """
    if not len(complex_):
        raise NotApplicableError("the complex has no region")
    usual = seconds_of_reference(complex_) / 4
    sample = effort.sample(range(len(complex_)), _seconds_each(complex_), usual=usual)
    corners = Corners(complex_)
    checked, failure = effort.first_failure(
        "inequalities",
        range(len(complex_)),
        corners.fault,
        lambda i: f"region {region_text(complex_, i)}",
    )
    evidence = f"all {len(complex_)} regions by their corners"
    if failure is not None:
        return Finding(checked, evidence, failure)
    hulls = effort.shared(complex_, Hulls)
    count = 0

    def compare(region: int) -> str | None:
        nonlocal count
        facets = set(hulls[region].values())
        count += len(facets)
        return _difference(complex_, region, facets)

    _, failure = effort.first_failure(
        "inequalities",
        sample.items,
        compare,
        lambda i: f"region {region_text(complex_, i)}",
    )
    return Finding(
        checked, f"{evidence}; by cdd {sample.count('regions')}, {count} facets", failure
    )


def _seconds_each(complex_: PolyhedralComplex) -> float:
    rows = 10 + len(complex_.network.kinks) + len(complex_.domain.rows)
    generators = sum(len(cell.generators) for cell in complex_.cells) / len(complex_)
    return complex_.dimension * (3e-7 * rows**2 + 1.6e-4 * generators)


class Corners:
    """The generators of a complex against the inequalities of the regions around them.

    Inequalities are numbered as in `FinishedCell.tight`: t >= 0, the domain's rows, the kinks.
    """

    def __init__(self, complex_: PolyhedralComplex) -> None:
        self.complex = complex_
        self.mask_of = PatternMasks(complex_.network.stages)
        self.first_kink = 1 + len(complex_.domain.rows)
        self.whole = (1 << self.first_kink + len(complex_.network.kinks)) - 1
        rows = [(*normal, offset) for normal, offset in complex_.domain.rows]
        self.inside: list[int] = []
        self.outside: list[int] = []
        for generator in complex_.generators:
            values = [generator[-1], *(at(row, generator) for row in rows)]
            self.inside.append(sum(1 << k for k, value in enumerate(values) if value > 0))
            self.outside.append(sum(1 << k for k, value in enumerate(values) if value < 0))

    def fault(self, region: int) -> str | None:
        """Return why a region is not the set that its inequalities define, or None."""
        complex_ = self.complex
        cell = complex_.cells[region]
        above = self.mask_of(cell.pattern) << self.first_kink
        silent = self.mask_of.silent(cell.pattern) << self.first_kink
        below = self.whole & ~above & ~silent & -1 << self.first_kink
        used = reduce(or_, cell.tight)
        tight = []
        for i, mark in zip(complex_.generator_ids[region], cell.tight, strict=True):
            position = complex_.positions[i]
            over, under = position.above << self.first_kink, position.below << self.first_kink
            wrong = self.outside[i] | (over & below) | (under & above)
            zero = self.whole & ~(self.inside[i] | self.outside[i] | over | under | silent)
            if wrong:
                return f"{self._text(region, i)} violates inequality {_lowest(wrong)} of its region"
            if mark & ~zero:
                return (
                    f"{self._text(region, i)} has the mark of inequality {_lowest(mark & ~zero)}, "
                    "which is not tight there"
                )
            if used & zero & ~mark:
                lacking = _lowest(used & zero & ~mark)
                return f"{self._text(region, i)} lacks the mark of inequality {lacking}"
            tight.append(zero)
        everywhere = reduce(and_, tight)
        if everywhere & above:
            kink = complex_.network.kinks[_lowest(everywhere & above) - self.first_kink]
            return f"region {region_text(complex_, region)}: its pattern is not proper at {kink}"
        return self._bare_facet(region, tight, everywhere)

    def _bare_facet(self, region: int, tight: Sequence[int], everywhere: int) -> str | None:
        for mask in self.complex.facet_masks[region]:
            common = reduce(and_, chosen(tight, mask))
            if not common & ~everywhere & ~1:
                where = region_text(self.complex, region)
                return f"region {where}: on one of its facets no inequality is tight"
        return None

    def _text(self, region: int, generator: int) -> str:
        vector = format_point(self.complex.generators[generator])
        where = region_text(self.complex, region)
        return f"region {where}: the generator {vector} (homogeneous, t last)"


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _difference(complex_: PolyhedralComplex, region: int, facets: set[IntegerRow]) -> str | None:
    one = complex_.regions[region]
    where = f"region {region_text(complex_, region)}"
    rows = [inequality.row for inequality in one.inequalities]
    if not rows:
        return None
    found = canonicalize([(offset, *normal) for normal, offset in rows])
    if found.implicit:
        return f"{where}: the cell of its pattern is thin"
    canonical = {rows[i] for i in found.kept}
    if canonical == facets:
        facets = {facet.inequality.row for facet in one.facets}
    if canonical == facets:
        return None
    row, side = (
        (min(facets - canonical), "is a facet but no canonical inequality")
        if facets - canonical
        else (min(canonical - facets), "is a canonical inequality but no facet")
    )
    return f"{where}: {format_inequality(*row)} {side}"
