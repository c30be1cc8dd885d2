"""Neighbouring regions, by position

A study of linear regions (Frontiers, 2023/24) looks at regions as the nodes of a graph, two of them
joined where they share a boundary.

Here every node stands in its region and every edge goes through the facet that it stands for, so
the drawing is plane, as the exact complex says that it must be. The colour of an edge is that of
the first layer of which a neuron changes: who goes around the centre crosses the first two layers,
who goes outwards the last two, which make the rings. All adjacencies come from common facets, none
from a guess by flipping one bit.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    rings = gallery.exhibit("rings")
    return plot.region_graph(regions(rings.network, rings.window))


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "The adjacency graph of rings")
