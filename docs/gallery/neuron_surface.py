"""One neuron over two inputs

A demonstration of piecewise linearity in one and two inputs (roguetrainer) starts with the surface
of one ReLU: two half-planes that meet in a crease.

Here the neuron is relu(x/2 + y - 1/2). Its line lies below it on the floor, and heights have the
scale of the inputs, so that the slope is seen as it is: half the square root of 5. There is no
grid: the surface is two faces, each exact.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, plot, regions

NEURON = Network([([["1/2", 1]], ["-1/2"], "relu")], name="relu(x/2+y-1/2)")


def draw() -> Axes:
    return plot.surface(regions(NEURON), window=[(-2, 2), (-2, 2)], exaggeration=1, level=None)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "One neuron")
