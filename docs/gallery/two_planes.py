"""Two planes that meet in one point of their edge

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) shows what no
network can learn: over two inputs two planes, each over its own part, without a common edge.

Here the two planes do agree, in one single point of the line x = 0, and nowhere else on it. So no
test at a few points is enough: the difference of the two maps has to vanish on the whole facet, and
that is what is asked. The red wall is the jump at every point of the facet; it is cut exactly where
it changes sign.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot


def draw() -> Axes:
    return plot.surface_pieces(gallery.piecewise("scissors"), view=(26.0, -118.0))


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Two planes")
