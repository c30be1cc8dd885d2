"""Rings, layer by layer

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) trains a
network on concentric rings and draws the lines of its layers, one after the other: circular
structures appear in the deeper layers and are refined.

Here each panel counts the regions that its layers have alone, and gives each of them one colour:
the mean of the network's output over it. That is the best that a function can do which is constant
on the regions, so one sees when a layer's regions can hold a ring: the innermost after two layers,
the next after three, all after four.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> tuple[Axes, ...]:
    rings = gallery.exhibit("rings")
    return plot.layers(regions(rings.network), window=rings.window)


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "Rings, layer by layer")
