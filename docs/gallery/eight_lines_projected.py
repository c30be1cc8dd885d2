"""Eight lines: eight outputs, projected

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) takes the layer
of eight neurons as a map with eight outputs. Its graph lies in ten dimensions, and a picture shows
a linear projection of it.

Here any three rows of weights may be given, and the picture is exact: each of the 32 regions of the
window is one flat face, also where the image folds and crosses itself, and which face hides which
is decided exactly. The caption says the formulas. The window's border is bent where a neuron bends
it, because the coordinates u and v have outputs in them, and the colours are the sum of all eight.
"""

from fractions import Fraction
from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, gallery, plot, regions

WEIGHTS = [(1, 0, 1, 0, -1, 0, 0, 0), (0, 1, 1, 0, 0, -1, 0, 0), (0, -1, 0, -1, 1, -1, 1, 1)]


def draw() -> Axes:
    lines = gallery.exhibit("lines:8")
    layer = regions(Network(lines.network.layers[:1], name="eight neurons"))
    inputs = [(1, 0), (0, 1), (0, 0)]
    rows = [(*xy, *(Fraction(w, 8) for w in row)) for xy, row in zip(inputs, WEIGHTS, strict=True)]
    return plot.projection(layer, rows, window=lines.window, output=(1,) * 8, level=None)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Eight lines, projected")
