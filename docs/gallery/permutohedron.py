"""Regions of four inputs: the permutohedron

The sources draw regions of two inputs.

The graph of the regions needs no plane. The six differences of four numbers cut R^4 into 24
regions, one for each order of the numbers; neighbours differ by one swap. So the graph is that of
the permutohedron, 24 nodes and 36 edges, and the spectral layout shows it as the polyhedron that it
is, although the layout knows nothing of polyhedra. The colour counts the active neurons: the pairs
that stand in descending order.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    braid = regions(gallery.get("braid:4"))
    return plot.region_graph(braid, layout="spectral", colour_by="active")


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "The permutohedron")
