"""Rings, and where they are highest and lowest

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) trains a
network on concentric rings. The function that it learns from has whole circles of minima and of
maxima.

Here are all local minima and maxima of a trained network in the open square, exactly: 19 and 21,
each a single point, most of them along the rings. Two of the minima lie high up, on rings of
maxima. A triangle is filled where no value in the square is lower, or higher.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, questions, regions

SQUARE = [(-1, 1), (-1, 1)]


def draw() -> Axes:
    complex_ = regions(gallery.get("rings"), SQUARE)
    kinds = [found.kind for found in questions.local_extrema(complex_)]
    assert (kinds.count("minimum"), kinds.count("maximum")) == (19, 21)
    return plot.extrema(complex_, layers=0)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".png"), "Local minima and maxima")
