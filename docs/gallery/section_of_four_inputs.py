"""A section: the maximum of four numbers on a plane

The demonstration of piecewise linearity (roguetrainer) shows functions of one and two inputs; none
of the sources draws more.

A plane through the inputs can be drawn: its points are P + x U + y V, and the network on it is
again a network, with a linear layer before it. So every figure of two inputs serves, on the command
line by `--at P --along U --along V`. The maximum of four numbers has four affine pieces; the
network that computes it, a tournament of three matches, bends in 12 regions of this plane.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, gallery, plot, regions


def draw() -> Axes:
    point, u, v = (0, "1/2", "1/4", "-1/4"), (1, -1, 0, 0), (0, 0, 1, -1)
    section = gallery.get("max:4").section(point, [u, v])
    named = Network(section.layers, name="max:4 on a plane")
    return plot.top_down(regions(named), window=[(-1, 1)] * 2, level=None)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "A section of the maximum of four")
