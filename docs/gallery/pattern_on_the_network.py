"""What a pattern makes of a network

The sources cross out the neurons that are off and the rows of the weight matrices that become zero;
what is left is one affine map.

Here the same is drawn for a network 2-3-2-1, with the map multiplied out and with the region on
which it holds: every inequality is exact and has the neuron that asks for it, and those that follow
from the others are told from the facets.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, plot

NETWORK = Network(
    [
        ([[1, 0], [0, 1], [1, 1]], [0, 0, -1], "relu"),
        ([[1, -1, 1], [1, 1, -2]], [-1, "-1/2"], "relu"),
        ([[2, -1]], ["-1/4"], "linear"),
    ],
    name="deep",
)


def draw() -> tuple[Axes, ...]:
    return plot.pattern_diagram(NETWORK, "101|10")


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".svg"), "A pattern on a network")
