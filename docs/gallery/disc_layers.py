"""A disc against an annulus: what each layer adds

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) takes a network
with three layers of eight neurons apart: data and decision boundary, output, dual points, and then,
layer by layer, the boundary of each neuron in its own colour on the layers before it.

Here every boundary is the exact zero set of a pre-activation: straight inside the regions of the
earlier layers, bent where it crosses their boundaries, closed where it closes. The second layer
makes the first loops, the third one rings, and the decision boundary runs between them. The numbers
are counted and not estimated: the activation regions in the plane and in the window, the distinct
affine maps, and the data points that are right, by exact evaluation.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> tuple[Axes, ...]:
    run = gallery.run("disc-8-8-8")
    complex = regions(run.networks[-1])
    return plot.portrait(complex, window=run.window, points=run.points, labels=run.labels)


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "Layers of a network")
