"""The adjacency graph of a complex as a networkx graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

    from exactpwl.complex import PolyhedralComplex
    from exactpwl.pattern import Pattern

__all__ = ["adjacency_graph"]


def adjacency_graph(complex_: PolyhedralComplex) -> networkx.Graph[Pattern]:
    """Return the graph whose nodes are patterns and whose edges are shared facets.

    See `PolyhedralComplex.graph` for the data on nodes and edges.
    """
    import networkx

    graph: networkx.Graph[Pattern] = networkx.Graph()
    for region in complex_.regions:
        graph.add_node(region.pattern, index=region.index, region=region, bounded=region.is_bounded)
    for first, second, facet in complex_.adjacencies:
        graph.add_edge(
            complex_.cells[first].pattern,
            complex_.cells[second].pattern,
            facet=facet,
            vertices=complex_.points(facet),
            rays=complex_.directions(facet),
            flips=complex_.flips(first, second),
        )
    return graph
