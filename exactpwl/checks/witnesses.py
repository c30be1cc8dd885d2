"""Witnesses: each region has an interior point that lies in it and in no other region.

Two ways of being in a region are asked, which share nothing.  By the network: a forward pass at the
witness gives the region's pattern, and no kink is zero there except those that vanish identically
on the region; no two regions have the same pattern.  By geometry: the witness is strictly inside
every facet's hyperplane of its own region, and outside one of any other region's.

Only regions whose extent along the first axis holds the witness need to be looked at for the last
question, so witnesses are sorted by their first coordinate.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import at, facet_rows, facet_text, region_text, seconds_of_rows
from exactpwl.rationals import format_point, homogeneous, ordinary

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_witnesses"]

SECONDS_PER_PAIR = 3e-6

Vector = tuple[int, ...]
Witness = tuple[tuple[Fraction, ...], int]


@named(
    "witnesses",
    "each region's interior point lies strictly in it, by a forward pass and by its facets, and "
    "in no other region",
)
def check_witnesses(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check that interior points lie in their own region and in no other.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_witnesses(regions(gallery.get("xor"))).evidence)
    strictly in their own region: all 3 witnesses; without another's witness: all 3 regions
    """
    if not len(complex_):
        return Finding(0, "", "the complex has no region, but every domain has one")
    seen: dict[object, int] = {}
    for i, cell in enumerate(complex_.cells):
        if seen.setdefault(cell.pattern, i) != i:
            text = region_text(complex_, i)
            return Finding(i, "", f"regions {seen[cell.pattern]} and {i} both have pattern {text}")
    sample = effort.sample(range(len(complex_)), _seconds_each(complex_))
    found: list[Witness] = []
    checked, failure = effort.first_failure(
        "witnesses",
        sample.items,
        lambda i: _outside(complex_, i, found),
        lambda i: f"region {region_text(complex_, i)}",
    )
    evidence = f"strictly in their own region: {sample.count('witnesses')}"
    if failure is None:
        evidence, failure = _in_others(complex_, effort, sorted(found), evidence)
    return Finding(checked, evidence, failure)


def _seconds_each(complex_: PolyhedralComplex) -> float:
    count, d = len(complex_), complex_.dimension
    generators = sum(len(cell.generators) for cell in complex_.cells)
    passes = 1e-5 * (20 + len(complex_.network.kinks))
    return passes + (2e-5 * d * generators + seconds_of_rows(complex_)) / count


def _outside(complex_: PolyhedralComplex, region: int, found: list[Witness]) -> str | None:
    point = complex_.regions[region].interior_point
    fault = _fault(complex_, region, homogeneous(point))
    if fault is None:
        found.append((point, region))
        return None
    return f"region {region_text(complex_, region)}: the witness {format_point(point)} {fault}"


def _fault(complex_: PolyhedralComplex, region: int, vector: Vector) -> str | None:
    """Return why a point is not strictly inside a region."""
    if any(at((*normal, offset), vector) <= 0 for normal, offset in complex_.domain.rows):
        return f"is not in the interior of {complex_.domain}"
    passed = complex_.network.stages.evaluate_at(vector)
    if passed.pattern != complex_.cells[region].pattern:
        return f"has the pattern {passed.pattern}"
    signs = [s for layer in passed.signs for s in layer]
    if not all(signs):
        functions = complex_.network.stages.kink_functions(passed.pattern)
        for sign, f in zip(signs, functions, strict=True):
            if not sign and (any(f.normal) or f.offset):
                return f"lies on the kink of layer {f.layer}, neuron {f.neuron}"
    for normal, offset in facet_rows(complex_, region).values():
        if at((*normal, offset), vector) <= 0:
            return f"is not strictly inside the facet on {facet_text((normal, offset))}"
    return None


def _in_others(
    complex_: PolyhedralComplex, effort: Effort, found: Sequence[Witness], evidence: str
) -> tuple[str, str | None]:
    """Look for a witness, of those sorted by their points, in another region than its own."""
    first = [point[0] for point, _ in found]
    vectors = [(homogeneous(point), i) for point, i in found]
    ranges = [_range(complex_, i, first) for i in range(len(complex_))]
    pairs = sum(b - a for a, b in ranges)
    work = SECONDS_PER_PAIR * (complex_.dimension + 1) * pairs + seconds_of_rows(complex_)
    sample = effort.sample(range(len(complex_)), work / len(complex_))
    _, failure = effort.first_failure(
        "witnesses",
        sample.items,
        lambda i: _intruder(complex_, i, vectors[slice(*ranges[i])]),
        lambda i: f"region {region_text(complex_, i)}",
    )
    return f"{evidence}; without another's witness: {sample.count('regions')}", failure


def _range(complex_: PolyhedralComplex, region: int, first: Sequence[Fraction]) -> tuple[int, int]:
    """Return which of the sorted first coordinates lie in the region's extent."""
    generators = complex_.cells[region].generators
    directions = {g[0] > 0 for g in generators if not g[-1] and g[0]}
    if any(line[0] for line in complex_.lines):
        return 0, len(first)
    ends = [Fraction(g[0], g[-1]) for g in generators if g[-1]]
    low = 0 if False in directions else bisect_left(first, min(ends))
    high = len(first) if True in directions else bisect_right(first, max(ends))
    return low, high


def _intruder(
    complex_: PolyhedralComplex, region: int, vectors: Sequence[tuple[Vector, int]]
) -> str | None:
    rows = [(*normal, offset) for normal, offset in facet_rows(complex_, region).values()]
    for vector, owner in vectors:
        if owner != region and all(at(row, vector) >= 0 for row in rows):
            point = format_point(ordinary(vector))
            return (
                f"the witness {point} of region {region_text(complex_, owner)} lies in region "
                f"{region_text(complex_, region)} as well"
            )
    return None
