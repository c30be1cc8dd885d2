"""Connected components of {f > t}, {f < t} and {f = t}, exactly, and whether they are bounded.

The components of the open sets are those of `exactpwl.superlevel`.  A level set is closed: there
two pieces hang together iff they share a point, and then a vertex, because they meet face to face.

The heights t need not be tried one by one.  Between two neighbouring values that f takes at
vertices the picture does not change, so the values, one height between each two, one below and one
above all of them stand for every real t.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

import networkx as nx

from exactpwl import PolyhedralComplex

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
    if relation == "=":
        yield from _level(complex_, height)
        return
    sign = 1 if relation == ">" else -1
    for part in complex_.superlevel_components(sign * height, [sign]):
        yield Component(relation, height, part.regions, part.is_bounded)


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


def _level(complex_: PolyhedralComplex, height: Fraction) -> Iterator[Component]:
    graph = nx.Graph()
    pieces = complex_.level_set(height)
    graph.add_nodes_from(range(len(pieces)))
    graph.add_edges_from(_touching([set(piece.vertices) for piece in pieces]))
    for part in nx.connected_components(graph):
        found = [pieces[i] for i in part]
        regions = sorted({i for piece in found for i in piece.regions})
        bounded = not any(piece.rays or piece.lines for piece in found)
        yield Component("=", height, tuple(regions), bounded)


def _touching(corners: Sequence[set[tuple[Fraction, ...]]]) -> list[tuple[int, int]]:
    return [(i, j) for i, j in combinations(range(len(corners)), 2) if corners[i] & corners[j]]
