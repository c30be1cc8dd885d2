"""XOR: the plan

A demonstration of piecewise linearity in one and two inputs (roguetrainer) solves XOR with two
ReLUs, and colours the plane by the class that the network decides for.

Here the strip between the two classes is exact, the kinks are drawn in black, and the four points
of the task lie on it, all right. Each region says its pattern and its affine map; the pattern 01 is
missing, because it is empty: x + y cannot be above 0 and below -1.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions

CORNERS = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
CLASSES = [-1, 1, 1, -1]


def draw() -> Axes:
    xor = gallery.exhibit("xor")
    complex = regions(xor.network)
    return plot.decision_regions(
        complex, window=xor.window, patterns=True, maps=True, points=CORNERS, labels=CLASSES
    )


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "XOR")
