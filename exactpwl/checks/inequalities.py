"""Facets against cdd: the irredundant inequalities of each pattern, found a second way.

The inequalities of a region's pattern, with the domain's, define its closed cell.  Which of them
are facets is decided twice: by the engine, from its generators, and by cdd, which finds generators
of its own from the inequalities.  A full-dimensional polyhedron has exactly one irredundant
description up to positive factors, so the two sets of primitive integer rows must be equal.  The
engine's marks, which inequalities are tight at which generator, are looked at with them.

References
----------
K. Fukuda, cddlib reference manual (``matrix_canonicalize``), https://people.inf.ethz.ch/fukudak/ .
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort, NotApplicableError
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import at, facet_rows, region_text
from exactpwl.formula import format_inequality
from exactpwl.geometry import members
from exactpwl.inequality import IntegerRow, primitive_row
from exactpwl.pattern_cell import pattern_polyhedron
from exactpwl.rationals import format_point

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_inequalities"]


@named(
    "inequalities",
    "each region's facets are the canonical (irredundant) inequalities that cdd.gmp computes for "
    "its pattern and the domain",
)
def check_inequalities(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check every region's facets against the canonical H-representation of its pattern.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_inequalities(regions(gallery.get("xor"))).evidence)
    all 3 regions, 4 facets
    """
    if not len(complex_):
        raise NotApplicableError("the complex has no region")
    sample = effort.sample(range(len(complex_)), _seconds_each(complex_))
    count = 0

    def compare(region: int) -> str | None:
        nonlocal count
        facets = set(facet_rows(complex_, region).values())
        count += len(facets)
        return _difference(complex_, region, facets) or _wrong_mask(complex_, region)

    checked, failure = effort.first_failure(
        "inequalities",
        sample.items,
        compare,
        lambda i: f"region {region_text(complex_, i)}",
    )
    return Finding(checked, f"{sample.count('regions')}, {count} facets", failure)


def _seconds_each(complex_: PolyhedralComplex) -> float:
    rows = 10 + len(complex_.network.kinks) + len(complex_.domain.rows)
    generators = sum(len(cell.generators) for cell in complex_.cells) / len(complex_)
    return 1e-6 * complex_.dimension * rows**2 + 1e-3 * generators


def _wrong_mask(complex_: PolyhedralComplex, region: int) -> str | None:
    """Return an inequality that a mask calls tight at a generator, but that is not."""
    infinity = ((0,) * complex_.dimension, 1)
    functions = complex_.regions[region].kink_functions
    rows = [infinity, *complex_.domain.rows, *((f.normal, f.offset) for f in functions)]
    cell = complex_.cells[region]
    for generator, mask in zip(cell.generators, cell.tight, strict=True):
        for bit in members(mask):
            if bit >= len(rows) or at((*rows[bit][0], rows[bit][1]), generator):
                return (
                    f"region {region_text(complex_, region)}: the generator "
                    f"{format_point(generator)} (homogeneous, t last) has the mark of inequality "
                    f"{bit}, which is not tight there"
                )
    return None


def _difference(complex_: PolyhedralComplex, region: int, facets: set[IntegerRow]) -> str | None:
    cell = pattern_polyhedron(complex_.network, complex_.cells[region].pattern)
    polyhedron = cell.polyhedron.intersect(complex_.domain.rows)
    where = f"region {region_text(complex_, region)}"
    if polyhedron.status != "full":
        return f"{where}: the cell of its pattern is {polyhedron.status}"
    if cell.improper_kinks:
        return f"{where}: its pattern is not proper at {cell.improper_kinks[0]}"
    canonical = {primitive_row(polyhedron.rows[i]) for i in polyhedron.canonical.irredundant}
    if canonical == facets:
        told = (facet.inequality for facet in complex_.regions[region].facets)
        facets = {(inequality.normal, inequality.offset) for inequality in told}
    if canonical == facets:
        return None
    row, side = (
        (min(facets - canonical), "is a facet but no canonical inequality")
        if facets - canonical
        else (min(canonical - facets), "is a canonical inequality but no facet")
    )
    return f"{where}: {format_inequality(*row)} {side}"
