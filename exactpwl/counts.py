"""Counting linear regions, by each definition in use.

"Linear region" alone is ambiguous; Stargalla, Hertrich & Reichman 2025 (arXiv:2505.16716) sort the
definitions.  The complex counts five of their six (R3, the least number of convex pieces, is not
computed):

R1  literal patterns: non-empty sets {z > 0 or z <= 0, neuron by neuron}, of any dimension.  On the
    relative interior of a face every sign is constant, and follows from those at its generators.
R2  activation regions: the regions of the complex.
R4  linear regions: maximal open connected sets on which f is affine.  Sets that meet only in
    codimension 2 are not openly connected, so merging across facets suffices.
R5  closed linear regions: maximal closed connected sets on which f equals one affine map g.  They
    may pass through lower-dimensional slices of other regions.  {f = g} meets the relative interior
    of a face in a convex set; where it meets those of a face F and of a face of F, a segment in
    {f = g} joins the two.  So its components are those of the face lattice, on the faces it meets.
R6  affine pieces: distinct affine maps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from exactpwl.affine import AffineMap
from exactpwl.pattern import Pattern
from exactpwl.positions import PatternMasks
from exactpwl.stages import IntMatrix

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = [
    "affine_pieces",
    "closed_linear_regions",
    "components",
    "linear_regions",
    "literal_masks",
    "literal_patterns",
]

Groups = tuple[tuple[int, ...], ...]


def affine_pieces(complex_: PolyhedralComplex) -> Groups:
    """Return the regions of each distinct affine map (definition R6)."""
    groups: dict[IntMatrix, list[int]] = defaultdict(list)
    for i, integers in enumerate(complex_.integer_maps):
        groups[integers].append(i)
    return tuple(map(tuple, groups.values()))


def linear_regions(complex_: PolyhedralComplex) -> Groups:
    """Return the linear regions (definition R4) as tuples of the regions that they merge."""
    maps = complex_.integer_maps
    pairs = complex_.adjacency_array.tolist()
    links = [(a, b) for a, b in pairs if maps[a] == maps[b]]
    return components(range(len(complex_)), links)


def literal_patterns(complex_: PolyhedralComplex) -> tuple[Pattern, ...]:
    """Return the non-empty literal patterns of any dimension (definition R1), sorted."""
    return tuple(sorted(_pattern_of(complex_, mask) for mask in literal_masks(complex_)))


def _pattern_of(complex_: PolyhedralComplex, mask: int) -> Pattern:
    stages = complex_.network.stages.stages
    shifts = accumulate((len(stage.kinks) for stage in stages), initial=0)
    return Pattern(
        stage.pieces_of(mask >> shift) for stage, shift in zip(stages, shifts, strict=False)
    )


def literal_masks(complex_: PolyhedralComplex) -> set[int]:
    """Return the literal patterns as masks of the kinks that they are above.

    A kink is above zero on the relative interior of a face iff it is so at a generator of it.
    """
    above = [position.above for position in complex_.positions]
    found = set()
    for faces in complex_.faces.levels:
        for key in faces:
            mask = 0
            for i in key:
                mask |= above[i]
            found.add(mask)
    return _settled(complex_, found)


def _settled(complex_: PolyhedralComplex, masks: set[int]) -> set[int]:
    """Leave out the pairs of arguments of a maximum of which neither is the largest."""
    stages = complex_.network.stages
    if not any(stage.takes_maxima for stage in stages.stages):
        return masks
    mask_of = PatternMasks(stages)
    return {mask_of(_pattern_of(complex_, mask)) for mask in masks}


def closed_linear_regions(complex_: PolyhedralComplex) -> Groups:
    """Return the closed linear regions (definition R5) as tuples of the regions inside them."""
    open_regions = linear_regions(complex_)
    by_map: dict[IntMatrix, list[tuple[int, ...]]] = defaultdict(list)
    for group in open_regions:
        by_map[complex_.integer_maps[group[0]]].append(group)
    found: list[tuple[int, ...]] = []
    for groups in by_map.values():
        affine_map = complex_.affine_maps[groups[0][0]]
        found += groups if len(groups) == 1 else _closed_components(complex_, affine_map, groups)
    return tuple(sorted(found))


def _closed_components(
    complex_: PolyhedralComplex, affine_map: AffineMap, groups: list[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """Return how the regions of one affine map hang together in {f = that map}."""
    lattice = complex_.faces
    defects = _defects(complex_, affine_map)
    met = {
        key
        for faces in lattice.levels
        for key in faces
        if _vanishes_inside([defects[i] for i in key])
    }
    links = [
        (key, under)
        for faces in lattice.levels
        for key, facets in faces.items()
        if key in met
        for under in facets
        if under in met
    ]
    cells = {tuple(sorted(complex_.generator_ids[i])): i for group in groups for i in group}
    parts = components(sorted(met), links)
    inside = (tuple(sorted(cells[k] for k in part if k in cells)) for part in parts)
    return [part for part in inside if part]


def _defects(complex_: PolyhedralComplex, affine_map: AffineMap) -> list[tuple[Any, ...]]:
    """Return f - g at each generator of the complex, in homogeneous form."""
    differences: dict[AffineMap, AffineMap] = {}
    found: list[tuple[Any, ...]] = [()] * len(complex_.generators)
    for i, ids in enumerate(complex_.generator_ids):
        here = complex_.affine_maps[i]
        difference = differences.setdefault(here, here - affine_map)
        for g in ids:
            if not found[g]:
                *x, t = complex_.generators[g]
                linear = difference.linear_part(x)
                found[g] = tuple(v + t * b for v, b in zip(linear, difference.bias, strict=True))
    return found


def _vanishes_inside(values: list[tuple[Any, ...]]) -> bool:
    """Return whether a positive combination of all the vectors is zero.

    For one output the signs decide.  For several, a coordinate that is >= 0 (or <= 0) and not zero
    everywhere excludes it; what is left is one exact linear program (Stiemke 1915).
    """
    columns = list(zip(*values, strict=True))
    mixed = [c for c in columns if any(c)]
    if any(min(c) >= 0 or max(c) <= 0 for c in mixed):
        return False
    if len(mixed) <= 1:
        return True
    from exactpwl.feasibility import feasibility

    count = len(values)
    positive = [(tuple(Fraction(i == j) for j in range(count)), Fraction(0)) for i in range(count)]
    return (
        feasibility(positive, count, [(column, Fraction(0)) for column in mixed]).status == "full"
    )


def components(nodes: Iterable[Any], links: Iterable[tuple[Any, Any]]) -> tuple[Any, ...]:
    """Return the connected components, by merging trees (Galler & Fischer 1964)."""
    above = {node: node for node in nodes}

    def top(node: Any) -> Any:
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for first, second in links:
        above[top(first)] = top(second)
    parts: dict[Any, list[Any]] = defaultdict(list)
    for node in sorted(above):
        parts[top(node)].append(node)
    return tuple(sorted(map(tuple, parts.values())))
