"""The engine against the textbook method: every subset of neurons in every parent region.

The powerset method shares neither cuts nor generators with the engine: linear programs decide the
patterns, cdd's double description finds the generators.  Both must give the same regions with the
same affine maps, facets and neighbours.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import region_text
from exactpwl.rationals import format_point

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_powerset"]

SECONDS_PER_PROGRAM = 0.0015


@named(
    "powerset",
    "the textbook method (every combination of pieces in every parent region, one exact linear "
    "program each) gives the same regions, generators, affine maps and neighbours",
)
def check_powerset(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check the complex against the powerset method.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_powerset(regions(gallery.get("xor"))).evidence)
    3 regions by 4 linear programs
    """
    from exactpwl.enumeration import regions

    programs = _programs(complex_)
    effort.require(programs, SECONDS_PER_PROGRAM, "exact linear programs")
    other = regions(complex_.network, complex_.domain, method="powerset")
    failure = _difference(complex_, other)
    evidence = f"{len(other)} regions by {programs} linear programs"
    return Finding(len(complex_), evidence, failure)


def _programs(complex_: PolyhedralComplex) -> int:
    """Count the combinations of pieces in all parent regions."""
    total = 0
    for depth, stage in enumerate(complex_.network.stages.stages):
        parents = {cell.pattern[:depth] for cell in complex_.cells}
        total += len(parents) * prod(stage.piece_counts)
    return total


def _difference(complex_: PolyhedralComplex, other: PolyhedralComplex) -> str | None:
    ours, theirs = set(complex_.index), set(other.index)
    if theirs - ours:
        return f"the powerset method finds region {min(theirs - ours)}, the complex has none"
    if ours - theirs:
        return f"the complex has region {min(ours - theirs)}, the powerset method finds none"
    if len(complex_) != len(other):
        return f"{len(complex_)} regions have only {len(ours)} patterns"
    for i, cell in enumerate(complex_.cells):
        j = other.index[cell.pattern]
        where = f"region {region_text(complex_, i)}"
        if complex_.affine_maps[i] != other.affine_maps[j]:
            return f"{where} has the map {_map(complex_, i)}, the powerset method {_map(other, j)}"
        extra = set(cell.generators) ^ set(other.cells[j].generators)
        if extra:
            one = format_point(min(extra))
            return f"{where}: only one method has the generator {one} (homogeneous, t last)"
    if _pairs(complex_) != _pairs(other):
        first, second = min(_pairs(complex_) ^ _pairs(other))
        return f"only one method has regions {first} and {second} as neighbours"
    return None


def _map(complex_: PolyhedralComplex, region: int) -> str:
    found = complex_.affine_maps[region]
    rows = ", ".join(map(format_point, found.weight))
    return f"W = ({rows}), b = {format_point(found.bias)}"


def _pairs(complex_: PolyhedralComplex) -> set[tuple[str, str]]:
    cells = complex_.cells
    named_ = (
        sorted((str(cells[a].pattern), str(cells[b].pattern))) for a, b, _ in complex_.adjacencies
    )
    return {(first, second) for first, second in named_}
