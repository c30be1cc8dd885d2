"""Rings: the surface

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) shows the
surface of the network that was trained on rings, as waves around a centre.

Here its 489 faces in the window are the true ones, not a grid's, and the decision boundary runs
over them. The four layers have four widths of crease.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    rings = gallery.exhibit("rings")
    return plot.surface(regions(rings.network), window=rings.window, view=(48, -60))


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".png"), "Rings, surface")
