"""Connected components of {f > t}, {f < t} and {f = t}, exactly, and whether they are bounded.

On a region f is affine, so each of the three sets meets it in a convex set, or not at all.  An open
set does not fall apart when finitely many faces of codimension 2 are taken out, so two regions hang
together in {f > t} iff it meets a facet between them.  A level set is closed: there two pieces hang
together iff they share a point, and then a vertex, because they meet face to face.

A convex set {x in R : f(x) > t}, not empty, is unbounded iff f does not fall along some extreme
direction of R.  So everything is decided by signs at generators.  Along a line in all regions f has
the same slope in each; where it is not zero, {f > t} meets every region and every facet.

The heights t need not be tried one by one.  Between two neighbouring values that f takes at
vertices the picture does not change, so the values, one height between each two, one below and one
above all of them stand for every real t.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from operator import mul
from typing import NamedTuple

import networkx as nx

from exactpwl import PolyhedralComplex
from exactpwl.rationals import clear_denominators

__all__ = ["Component", "bounded_component", "components", "heights"]


class Component(NamedTuple):
    """A component of {f > t}, {f < t} or {f = t}, with the regions that it meets."""

    relation: str
    height: Fraction
    regions: tuple[int, ...]
    bounded: bool


def heights(complex_: PolyhedralComplex) -> list[Fraction]:
    """Return heights that stand for every real number; f has one output."""
    network = complex_.network
    vertices = complex_.points(range(len(complex_.generators)))
    values = sorted({network(v)[0] for v in vertices}) or [Fraction(0)]
    between = [(a + b) / 2 for a, b in pairwise(values)]
    return sorted([values[0] - 1, *values, *between, values[-1] + 1])


def components(complex_: PolyhedralComplex, relation: str, height: Fraction) -> Iterator[Component]:
    """Yield the components of {f > height}, {f < height} or {f = height} over the whole space."""
    graph = _level(complex_, height) if relation == "=" else _side(complex_, relation, height)
    for part in nx.connected_components(graph):
        nodes = [graph.nodes[key] for key in part]
        regions = sorted({i for node in nodes for i in node["regions"]})
        bounded = not any(node["unbounded"] for node in nodes)
        yield Component(relation, height, tuple(regions), bounded)


def bounded_component(complex_: PolyhedralComplex) -> Component | None:
    """Return a bounded component, of any of the three relations at any height, or None."""
    found = (
        component
        for height in heights(complex_)
        for relation in "><="
        for component in components(complex_, relation, height)
        if component.bounded
    )
    return next(found, None)


def _side(complex_: PolyhedralComplex, relation: str, height: Fraction) -> nx.Graph:
    sign = 1 if relation == ">" else -1
    rows = [_row(complex_, i, sign, height) for i in range(len(complex_))]
    slanted = any(_dot(rows[0], (*line, 0)) for line in complex_.lines)
    graph = nx.Graph()
    for i, (row, region) in enumerate(zip(rows, complex_.regions, strict=True)):
        if slanted or any(_dot(row, g) > 0 for g in region.generators):
            endless = any(_dot(row, (*ray, 0)) >= 0 for ray in region.rays)
            graph.add_node(i, regions=(i,), unbounded=bool(complex_.lines) or endless)
    for first, second, facet in complex_.adjacencies:
        if slanted or any(_dot(rows[first], complex_.generators[g]) > 0 for g in facet):
            graph.add_edge(first, second)
    return graph


def _row(complex_: PolyhedralComplex, region: int, sign: int, height: Fraction) -> tuple[int, ...]:
    """Return sign * (f - height) on a region, times a positive number, for vectors (x, t)."""
    affine = complex_.affine_maps[region]
    row, _ = clear_denominators((*affine.weight[0], affine.bias[0] - height))
    return tuple(sign * c for c in row)


def _dot(row: tuple[int, ...], vector: tuple[int, ...]) -> int:
    return sum(map(mul, row, vector))


def _level(complex_: PolyhedralComplex, height: Fraction) -> nx.Graph:
    graph = nx.Graph()
    pieces = complex_.level_set(height)
    for i, piece in enumerate(pieces):
        graph.add_node(i, regions=piece.regions, unbounded=bool(piece.rays or piece.lines))
    graph.add_edges_from(_touching([set(piece.vertices) for piece in pieces]))
    return graph


def _touching(corners: Sequence[set[tuple[Fraction, ...]]]) -> list[tuple[int, int]]:
    return [(i, j) for i, j in combinations(range(len(corners)), 2) if corners[i] & corners[j]]
