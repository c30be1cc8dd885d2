"""Neighbouring regions, by the spectrum of their graph

A study of linear regions (Frontiers, 2023/24) draws the graph of the regions by a spectral layout,
in which only the neighbourhoods count and no longer the shapes.

Here it is the graph of the figure before, placed by the eigenvectors of the Laplacian's second and
third eigenvalue. They are unique up to sign only, and up to a rotation where an eigenvalue is
multiple; they are turned towards the plan, so that both figures lie alike and come out the same
every time.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    rings = gallery.exhibit("rings")
    return plot.region_graph(regions(rings.network, rings.window), layout="spectral")


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "The spectrum of rings")
