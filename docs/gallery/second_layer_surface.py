"""A second layer: the surface

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) shows the
surface of two layers: each face of the first layer's surface is creased again.

Here the creases keep the widths of their layers, on the surface and below it on the floor, and the
ray that ends can be followed up to its end.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    bent = gallery.exhibit("bent_lines")
    return plot.surface(regions(bent.network), window=bent.window, level=None, view=(36, 30))


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "A second layer, surface")
