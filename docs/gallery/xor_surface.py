"""XOR: the surface

A demonstration of piecewise linearity in one and two inputs (roguetrainer) lifts the plan of XOR to
a roof, which is positive along its ridge only.

Here the four points stand on the surface at the heights -1, 1, 1 and -3 that the network gives
them, exactly; the decision boundary is where the roof passes 0, and the plan's kinks lie below.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions

CORNERS = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
CLASSES = [-1, 1, 1, -1]


def draw() -> Axes:
    xor = gallery.exhibit("xor")
    complex = regions(xor.network)
    return plot.surface(complex, window=xor.window, points=CORNERS, labels=CLASSES, view=(30, -35))


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "XOR, surface")
