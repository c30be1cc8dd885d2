"""Complexes that are wrong in one way each, for tests that see the checks fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from exactpwl import AffineMap, Domain, Network, PolyhedralComplex
from exactpwl.engine.subdivide import FinishedCell

Vector = tuple[int, ...]


def rebuilt(
    complex_: PolyhedralComplex,
    *,
    cells: Sequence[FinishedCell] | None = None,
    maps: Sequence[AffineMap] | None = None,
    domain: Domain | None = None,
    network: Network | None = None,
) -> PolyhedralComplex:
    """The same complex with some of its parts replaced."""
    return PolyhedralComplex(
        network or complex_.network,
        domain or complex_.domain,
        complex_.lines,
        complex_.cells if cells is None else cells,
        maps,
    )


def with_cell(complex_: PolyhedralComplex, region: int, **changes: Any) -> PolyhedralComplex:
    """One cell changed: its pattern, generators or masks."""
    cells = list(complex_.cells)
    cells[region] = cells[region]._replace(**changes)
    return rebuilt(complex_, cells=cells)


def with_map(
    complex_: PolyhedralComplex, region: int, change: Callable[[AffineMap], AffineMap]
) -> PolyhedralComplex:
    """One region's affine map changed."""
    maps = list(complex_.affine_maps)
    maps[region] = change(maps[region])
    return rebuilt(complex_, maps=maps)


def shifted_map(complex_: PolyhedralComplex, region: int) -> PolyhedralComplex:
    """One region's function is too large by 1."""
    return with_map(complex_, region, lambda m: AffineMap(m.weight, (m.bias[0] + 1, *m.bias[1:])))


def tilted_map(complex_: PolyhedralComplex, region: int, axis: int) -> PolyhedralComplex:
    """One region's function grows faster by 1 along an axis."""

    def tilted(m: AffineMap) -> AffineMap:
        row = tuple(w + (j == axis) for j, w in enumerate(m.weight[0]))
        return AffineMap((row, *m.weight[1:]), m.bias)

    return with_map(complex_, region, tilted)


def missing_region(complex_: PolyhedralComplex, region: int) -> PolyhedralComplex:
    """One region is left out."""
    cells = complex_.cells
    return rebuilt(complex_, cells=cells[:region] + cells[region + 1 :])


def doubled_region(complex_: PolyhedralComplex, region: int) -> PolyhedralComplex:
    """One region is there twice."""
    return rebuilt(complex_, cells=(*complex_.cells, complex_.cells[region]))


def swapped_patterns(complex_: PolyhedralComplex, i: int, j: int) -> PolyhedralComplex:
    """Two regions have each other's pattern."""
    cells = list(complex_.cells)
    cells[i], cells[j] = (
        cells[i]._replace(pattern=cells[j].pattern),
        cells[j]._replace(pattern=cells[i].pattern),
    )
    return rebuilt(complex_, cells=cells)


def moved_vertex(
    complex_: PolyhedralComplex, old: Vector, new: Vector, regions: Sequence[int] | None = None
) -> PolyhedralComplex:
    """A generator is somewhere else, in all regions that have it or in some of them."""
    cells = [
        cell._replace(generators=tuple(new if g == old else g for g in cell.generators))
        if regions is None or i in regions
        else cell
        for i, cell in enumerate(complex_.cells)
    ]
    return rebuilt(complex_, cells=cells)


def flipped_bit(
    complex_: PolyhedralComplex, region: int, generator: int, bit: int
) -> PolyhedralComplex:
    """One bit of a mask of tight inequalities is wrong."""
    tight = list(complex_.cells[region].tight)
    tight[generator] ^= 1 << bit
    return with_cell(complex_, region, tight=tuple(tight))
