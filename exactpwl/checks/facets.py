"""Every facet has two sides, or lies on the domain's boundary.

For each facet of each region the hyperplane through its generators is found anew.  Either it is a
row of the domain, and nobody is behind it; or exactly one other region has the same facet, and lies
on the other side of the same hyperplane.  A path that crosses facets then never leaves the regions
inside the domain, so no region is missing; the neighbours that the complex tells are those pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort, NotApplicableError
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import Hulls, facet_text, region_text, seconds_of_rows
from exactpwl.inequality import IntegerRow, opposite

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_facets"]

Key = tuple[int, ...]
Sides = dict[Key, list[tuple[int, IntegerRow]]]


@named(
    "facets",
    "every facet is shared by exactly two regions on opposite sides of its hyperplane, or lies on "
    "the domain's boundary",
)
def check_facets(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check that every facet has two sides or lies on the domain's boundary.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_facets(regions(gallery.get("xor"), [(-1, 1), (-1, 1)])).evidence)
    2 facets with two sides, 6 on the domain's boundary
    """
    count = sum(map(len, complex_.facet_masks))
    if not len(complex_):
        return Finding(0, "", "the complex has no region, but every domain has one")
    if not count and len(complex_) == 1:
        raise NotApplicableError("the only region has no facet: nothing bends")
    effort.require(count, seconds_of_rows(complex_) / max(1, count), "facets to compare")
    sides: Sides = {}
    hulls = effort.shared(complex_, Hulls)
    checked, failure = effort.first_failure(
        "facets",
        range(len(complex_)),
        lambda i: _collect(complex_, hulls, sides, i),
        lambda i: f"region {region_text(complex_, i)}",
    )
    if failure is None:
        checked, failure = effort.first_failure(
            "facets", list(sides), lambda key: _fault(complex_, key, sides[key])
        )
    told = {(a.first, a.second, a.generators) for a in complex_.adjacencies}
    found = {(s[0][0], s[1][0], key) for key, s in sides.items() if len(s) == 2}
    if failure is None and told != found:
        failure = f"the complex tells {len(told)} pairs of neighbours, its facets {len(found)}"
    outer = len(sides) - len(found)
    evidence = f"{len(found)} facets with two sides, {outer} on the domain's boundary"
    return Finding(checked, evidence, failure)


def _collect(complex_: PolyhedralComplex, hulls: Hulls, sides: Sides, region: int) -> str | None:
    rows = hulls[region]
    if not rows and len(complex_) > 1:
        return f"region {region_text(complex_, region)} has no facet, but it is not the only region"
    for key, row in rows.items():
        sides.setdefault(key, []).append((region, row))
    return None


def _fault(
    complex_: PolyhedralComplex, key: Key, sides: list[tuple[int, IntegerRow]]
) -> str | None:
    (_, row), *others = sides
    is_outer = row in complex_.domain.rows
    if is_outer and not others:
        return None
    if not is_outer and len(others) == 1 and opposite(others[0][1]) == row:
        return None
    patterns = ", ".join(region_text(complex_, i) for i, _ in sides)
    if is_outer:
        return f"the facet on {facet_text(row)}, on the domain's boundary, has regions {patterns}"
    if len(others) != 1:
        word = "only one side" if not others else f"{len(sides)} sides"
        return f"the facet on {facet_text(row)} inside the domain has {word}: {patterns}"
    return f"regions {patterns} lie on the same side of their common facet on {facet_text(row)}"
