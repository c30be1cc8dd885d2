"""Exact second differences of a network, inside its regions and across its facets.

The network is evaluated layer by layer at three points on a line; its regions only say where the
points may lie.  So a region, or a map, that is wrong does not pass unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exactpwl import Network, PolyhedralComplex, Region
from proofs.p03_continuity import bend

__all__ = ["fits_across", "second_difference", "vanishes_inside"]


def second_difference(
    network: Network, x: Sequence[Fraction], u: Sequence[Fraction | int], h: Fraction
) -> Fraction:
    """Return f(x + hu) - 2 f(x) + f(x - hu), by evaluating the network."""
    before, here, after = (network(_moved(x, u, step * h))[0] for step in (-1, 0, 1))
    return after - 2 * here + before


def _moved(
    x: Sequence[Fraction], u: Sequence[Fraction | int], step: Fraction
) -> tuple[Fraction, ...]:
    return tuple(a + step * b for a, b in zip(x, u, strict=True))


def vanishes_inside(network: Network, region: Region) -> bool:
    """Whether the second differences along axes and a diagonal vanish around an inner point."""
    x = region.interior_point
    axes = [tuple(int(i == j) for j in range(len(x))) for i in range(len(x))]
    for u in (*axes, tuple(range(1, len(x) + 1))):
        h = _step([region, region], x, u)
        if second_difference(network, x, u, h) or second_difference(network, x, u, h / 3):
            return False
    return True


def _step(sides: Sequence[Region], x: Sequence[Fraction], u: Sequence[Fraction | int]) -> Fraction:
    """Return a step h with x + hu in the first region and x - hu in the second."""
    h = Fraction(1)
    first, second = sides
    while not (first.contains(_moved(x, u, h)) and second.contains(_moved(x, u, -h))):
        h /= 2
    return h


def fits_across(complex_: PolyhedralComplex, index: int) -> bool:
    """Whether the second difference across a facet is -c |u|^2 h."""
    pair = complex_.adjacencies[index]
    first, second = complex_.regions[pair.first], complex_.regions[pair.second]
    u = next(f for f in first.facets if f.neighbour == pair.second).inequality.normal
    c = bend(complex_, pair)
    x = _inner_point(complex_, pair.generators)
    h = _step([first, second], x, u)
    square = sum(a * a for a in u)
    return c is not None and all(
        second_difference(complex_.network, x, u, step) == -c[0] * square * step
        for step in (h, h / 3)
    )


def _inner_point(complex_: PolyhedralComplex, ids: Sequence[int]) -> tuple[Fraction, ...]:
    """Return the mean of a facet's vertices, moved along all of its rays."""
    vertices, rays = complex_.points(ids), complex_.directions(ids)
    mean = [sum(column) / len(vertices) for column in zip(*vertices, strict=True)]
    return tuple(m + sum(ray[i] for ray in rays) for i, m in enumerate(mean))
