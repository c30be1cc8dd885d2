"""A network and its weights

The sources explain what a pattern does on a diagram of a small network, neurons as circles and
weights as arrows.

Here every weight is written, exactly: the trained `disc` network has multiples of 1/64. The labels
stand where they cannot meet: with n neurons on one side and m on the other at 1/(m+1) of their
edges, so that all n m of them have equal distances. Orange is positive; blue, and dashed, negative.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot


def draw() -> Axes:
    return plot.diagram(gallery.get("disc"))


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "The network disc")
