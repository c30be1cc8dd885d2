"""Rings: what the training meant, and its noise

The sources draw trained networks, and how many parts a class has is counted by eye. Here the same
network is read as a landscape that is flooded: a bar for each lake, and for each island in a lake,
from the height at which it appears to that at which it is gone.

Eight bars are longer than 3/2, and the decision boundary, the broken line, meets these alone: f < 0
on two rings and in the four corners, and the rings have a hole each. The other forty are shorter
than 2/5: wrinkles of the training, which nobody sees in a surface. No grid is laid and nothing is
smoothed; births and deaths are rational numbers.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    rings = gallery.exhibit("rings")
    return plot.barcode(regions(rings.network, rings.window), value=0)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Rings: barcode")
