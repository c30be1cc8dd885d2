"""Piecewise-linear functions of one variable as networks, and networks as their pieces.

A function through points with linear pieces between them is, right of the first point, its value
there plus one ReLU for each piece: the first climbs with the first slope, and each further one
starts at a knot and adds the change of slope.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from exactpwl import Network, regions
from exactpwl.rationals import RationalLike, as_fractions

__all__ = ["Piece", "Point", "changes", "network_through", "one_layer", "pieces", "slopes"]

Point = tuple[Fraction, Fraction]


class Piece(NamedTuple):
    """A longest interval on which a function is affine; an end is None where there is none."""

    left: Fraction | None
    right: Fraction | None
    slope: Fraction
    constant: Fraction


def slopes(points: Sequence[Point]) -> list[Fraction]:
    """Return the slope between each two neighbouring points."""
    return [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]


def changes(points: Sequence[Point]) -> list[Fraction]:
    """Return the change of slope at each inner point."""
    return [after - before for before, after in pairwise(slopes(points))]


def one_layer(
    constant: RationalLike, neurons: Sequence[tuple[RationalLike, RationalLike, RationalLike]]
) -> Network:
    """Return the network x -> constant + sum of a relu(w x + b) over neurons (a, w, b)."""
    start, *_ = as_fractions([constant])
    if not neurons:
        return Network([([[0]], [start], "linear")])
    weights, rows, biases = zip(*map(as_fractions, neurons), strict=True)
    return Network([([[w] for w in rows], biases, "relu"), ([weights], [start], "linear")])


def network_through(points: Sequence[Point]) -> Network:
    """Return the function through points, constant left of the first, as one hidden layer.

    Where the slope does not change there is no neuron.
    """
    steps = [slopes(points)[0], *changes(points)]
    knots = [x for x, _ in points]
    return one_layer(points[0][1], [(a, 1, -t) for a, t in zip(steps, knots, strict=False) if a])


def pieces(
    network: Network, interval: tuple[RationalLike, RationalLike] | None = None
) -> list[Piece]:
    """Return the pieces of a network of one variable on an interval or the line, left to right."""
    found: list[Piece] = []
    complex_ = regions(network, None if interval is None else [interval])
    for region in sorted(complex_.regions, key=lambda region: region.interior_point):
        ends = sorted(vertex[0] for vertex in region.vertices)
        rays = {ray[0] for ray in region.rays} | {
            u for (line,) in region.lines for u in (line, -line)
        }
        left = None if min(rays, default=0) < 0 else ends[0]
        right = None if max(rays, default=0) > 0 else ends[-1]
        (slope,), constant = region.affine_map.weight[0], region.affine_map.bias[0]
        if found and (found[-1].slope, found[-1].constant) == (slope, constant):
            found[-1] = found[-1]._replace(right=right)
        else:
            found.append(Piece(left, right, slope, constant))
    return found
