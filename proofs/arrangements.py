"""Small arrangements of hyperplanes, in ways that share nothing with the library's polynomial.

Regions are enumerated by the readable form of the subdivision; the characteristic polynomial is
Whitney's sum over all subsets, one rank for each; deletion and restriction are made by hand.  All
of it is exponential and meant for a dozen hyperplanes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import sympy
from sympy import Expr, Symbol

from exactpwl import Network, PolyhedralComplex, regions
from exactpwl.linear import rank
from exactpwl.theory import Arrangement

__all__ = [
    "Row",
    "T",
    "arrangement",
    "bounded_count",
    "crossing_points",
    "deletion",
    "hyperplanes",
    "random_arrangements",
    "region_count",
    "restriction",
    "whitney",
]

T = Symbol("t")
"""The variable of the characteristic polynomial."""

Row = tuple[int, ...]
"""``(normal, offset)``: the hyperplane ``normal . x + offset = 0``."""


def arrangement(rows: Sequence[Row], dimension: int) -> Arrangement:
    """Return the arrangement of the rows (normal, offset)."""
    return Arrangement.from_rows([r[:-1] for r in rows], [r[-1] for r in rows], dimension)


def whitney(given: Arrangement) -> Expr:
    """Return the characteristic polynomial, by the sum over all subsets with a common point."""
    total = sympy.Integer(0)
    for size in range(len(given.hyperplanes) + 1):
        for subset in combinations(given.hyperplanes, size):
            codimension = rank([row[:-1] for row in subset])
            if rank(subset) == codimension:
                total += (-1) ** size * T ** (given.dimension - codimension)
    return total


def deletion(given: Arrangement) -> Arrangement:
    """Return the arrangement without its last hyperplane."""
    return Arrangement(given.dimension, given.hyperplanes[:-1])


def restriction(given: Arrangement) -> Arrangement:
    """Return what the others cut in the last hyperplane, in coordinates of that hyperplane."""
    *others, last = given.hyperplanes
    pivot = next(i for i, entry in enumerate(last) if entry)
    rows = []
    for row in others:
        image = [last[pivot] * a - row[pivot] * b for a, b in zip(row, last, strict=True)]
        rows.append(tuple(image[:pivot] + image[pivot + 1 :]))
    return arrangement(rows, given.dimension - 1)


def _complex(given: Arrangement) -> PolyhedralComplex | None:
    """Return the regions as those of a layer with one ReLU for each hyperplane, if there is one."""
    if not given.hyperplanes:
        return None
    weight, bias = [r[:-1] for r in given.hyperplanes], [r[-1] for r in given.hyperplanes]
    return regions(Network([(weight, bias, "relu")]), method="reference")


def region_count(given: Arrangement) -> int:
    """Return the number of regions, by enumerating them."""
    found = _complex(given)
    return 1 if found is None else len(found)


def bounded_count(given: Arrangement) -> int:
    """Return how many regions are relatively bounded, by enumerating them."""
    found = _complex(given)
    return 1 if found is None else sum(all(g[-1] for g in c.generators) for c in found.cells)


def random_arrangements(count: int) -> list[Arrangement]:
    """Return degenerate arrangements in dimensions 1 to 4, always the same."""
    draw = random.Random(2)
    found: list[Arrangement] = []
    while len(found) < count:
        d = 1 + len(found) % 4
        size = draw.randint(1, 7)
        rows = [tuple(draw.randint(-1, 1) for _ in range(d + 1)) for _ in range(size)]
        if arrangement(rows, d).hyperplanes:
            found.append(arrangement(rows, d))
    return found


def crossing_points(lines: Sequence[Row], line: Row) -> set[tuple[Fraction, Fraction]]:
    """Return the points in which a line of the plane meets others (Cramer's rule)."""
    c, d, f = line
    points = set()
    for a, b, e in lines:
        determinant = a * d - b * c
        if determinant:
            x, y = b * f - d * e, c * e - a * f
            points.add((Fraction(x, determinant), Fraction(y, determinant)))
    return points


def hyperplanes(network: Network) -> list[Row]:
    """Return the rows of a network's first layer."""
    layer = network.layers[0]
    rows = zip(layer.weight, layer.bias, strict=True)
    return [tuple(int(a) for a in (*weight, bias)) for weight, bias in rows]
