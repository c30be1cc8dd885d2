"""A second layer: lines that bend, and one that ends

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) draws a second
layer over the first, in thinner lines: straight inside each piece of the plane, and bent where they
cross a line of the first layer.

Here three such neurons are drawn over the eight lines, and the regions are counted: 37 of the first
layer become 63. The third neuron is the difference of two of the first layer. Where both of these
are inactive it vanishes, and where one is active it has a sign, so its line is a ray: it ends where
the two lines cross, at (3/8, 1/4), exactly.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    bent = gallery.exhibit("bent_lines")
    complex = regions(bent.network)
    return plot.top_down(complex, window=bent.window, colour_by="region", level=None)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "A second layer")
