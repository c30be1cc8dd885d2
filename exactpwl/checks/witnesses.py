"""Witnesses: each region has an interior point that lies in it and in no other region.

Two ways of being in a region are asked, which share nothing.  By the network: a forward pass at the
witness gives the region's pattern, and no kink is zero there except those that vanish identically
on the region; no two regions have the same pattern.  By geometry: the witness is strictly inside
every facet's hyperplane of its own region, and outside one of any other region's.

Only regions whose extent along the first axis holds the witness need to be looked at for the last
question, so witnesses are sorted by their first coordinate.  Of these most are far outside: floats
with an error bound say so for many at a time, and integers decide the rest.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from exactpwl.checks.effort import INCONSISTENT, Effort, seconds_of_reference
from exactpwl.checks.floats import Floats, error_bound, nearly
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import Hulls, at, facet_text, region_text, seconds_of_rows
from exactpwl.geometry import members
from exactpwl.positions import PatternMasks, Position, positions
from exactpwl.rationals import format_point, ordinary

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_witnesses"]

SECONDS_PER_PRODUCT = 2e-9
SECONDS_PER_REGION = 5e-5

Vector = tuple[int, ...]


class Witness(NamedTuple):
    """A region's interior point, and what the network says of it."""

    region: int
    vector: Vector
    position: Position


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
    found, fault = _witnesses(complex_, sample.items)
    hulls, masks = effort.shared(complex_, Hulls), PatternMasks(complex_.network.stages)
    checked, failure = effort.first_failure(
        "witnesses",
        range(len(found)),
        lambda i: _outside(complex_, hulls, masks, found[i]),
        lambda i: f"region {region_text(complex_, found[i].region)}",
    )
    if failure is None and fault is not None:
        checked, failure = checked + 1, fault
    evidence = f"strictly in their own region: {sample.count('witnesses')}"
    if failure is None:
        evidence, failure = _in_others(complex_, effort, found, evidence)
    return Finding(checked, evidence, failure)


def _seconds_each(complex_: PolyhedralComplex) -> float:
    layers = complex_.network.layers
    weights = sum(layer.width * layer.input_dimension for layer in layers)
    return 5e-5 + 2e-8 * weights + seconds_of_rows(complex_) / len(complex_)


def _witnesses(
    complex_: PolyhedralComplex, regions: Sequence[int]
) -> tuple[list[Witness], str | None]:
    """Return the witnesses up to the first that cannot be made, and what was wrong with that."""
    vectors: list[Vector] = []
    fault = None
    for region in regions:
        try:
            vectors.append(complex_.regions[region].interior_vector)
        except INCONSISTENT as error:
            fault = f"region {region_text(complex_, region)}: {str(error) or type(error).__name__}"
            break
    stages = complex_.network.stages
    found = zip(regions, vectors, positions(stages, vectors), strict=False)
    return [Witness(*one) for one in found], fault


def _outside(
    complex_: PolyhedralComplex, hulls: Hulls, masks: PatternMasks, witness: Witness
) -> str | None:
    fault = _fault(complex_, hulls, masks, witness)
    if fault is None:
        return None
    where = region_text(complex_, witness.region)
    return f"region {where}: the witness {format_point(ordinary(witness.vector))} {fault}"


def _fault(
    complex_: PolyhedralComplex, hulls: Hulls, masks: PatternMasks, witness: Witness
) -> str | None:
    """Return why a point is not strictly inside a region."""
    region, vector, position = witness
    if any(at((*normal, offset), vector) <= 0 for normal, offset in complex_.domain.rows):
        return f"is not in the interior of {complex_.domain}"
    stages = complex_.network.stages
    pattern = complex_.cells[region].pattern
    kinks = complex_.network.kinks
    told = ~masks.silent(pattern)
    if position.above & told != masks(pattern):
        return f"has the pattern {stages.evaluate_at(vector).pattern}"
    zero = (1 << len(kinks)) - 1 & told & ~(position.above | position.below)
    if zero:
        functions = stages.kink_functions(pattern)
        for f in (functions[kink] for kink in members(zero)):
            if any(f.normal) or f.offset:
                return f"lies on the kink of layer {f.layer}, neuron {f.neuron}"
    for normal, offset in hulls[region].values():
        if at((*normal, offset), vector) <= 0:
            return f"is not strictly inside the facet on {facet_text((normal, offset))}"
    return None


def _in_others(
    complex_: PolyhedralComplex, effort: Effort, found: Sequence[Witness], evidence: str
) -> tuple[str, str | None]:
    """Look for a witness in another region than its own."""
    ordered = sorted(found, key=lambda one: _first(one.vector))
    first = [_first(one.vector) for one in ordered]
    points = nearly([one.vector for one in ordered])
    hulls = effort.shared(complex_, Hulls)
    ranges = [_range(complex_, i, first) for i in range(len(complex_))]
    pairs = sum(b - a for a, b in ranges)
    facets = sum(map(len, complex_.facet_masks)) / len(complex_)
    work = SECONDS_PER_PRODUCT * (complex_.dimension + 1) * facets * pairs
    each = work / len(complex_) + SECONDS_PER_REGION
    usual = seconds_of_reference(complex_) / 4
    sample = effort.sample(range(len(complex_)), each, usual=usual)
    _, failure = effort.first_failure(
        "witnesses",
        sample.items,
        lambda i: _intruder(complex_, hulls, i, ordered, points, ranges[i]),
        lambda i: f"region {region_text(complex_, i)}",
    )
    return f"{evidence}; without another's witness: {sample.count('regions')}", failure


def _first(vector: Vector) -> float:
    """Return the first coordinate of a point, rounded: correctly, so the order stays."""
    try:
        return vector[0] / vector[-1]
    except OverflowError:
        return inf if vector[0] > 0 else -inf


def _range(complex_: PolyhedralComplex, region: int, first: Sequence[float]) -> tuple[int, int]:
    """Return which of the sorted first coordinates lie in the region's extent."""
    generators = complex_.cells[region].generators
    directions = {g[0] > 0 for g in generators if not g[-1] and g[0]}
    if any(line[0] for line in complex_.lines):
        return 0, len(first)
    ends = [_first(g) for g in generators if g[-1]]
    low = 0 if False in directions else bisect_left(first, min(ends))
    high = len(first) if True in directions else bisect_right(first, max(ends))
    return low, high


def _intruder(
    complex_: PolyhedralComplex,
    hulls: Hulls,
    region: int,
    ordered: Sequence[Witness],
    points: Floats,
    reach: tuple[int, int],
) -> str | None:
    rows = [(*normal, offset) for normal, offset in hulls[region].values()]
    start, end = reach
    near = list(range(start, end))
    if rows:
        values = points[start:end] @ nearly(rows).T
        near = [start + int(i) for i in np.flatnonzero((values >= -error_bound(rows)).all(axis=1))]
    for i in near:
        owner, vector, _ = ordered[i]
        if owner != region and all(at(row, vector) >= 0 for row in rows):
            point = format_point(ordinary(vector))
            return (
                f"the witness {point} of region {region_text(complex_, owner)} lies in region "
                f"{region_text(complex_, region)} as well"
            )
    return None
