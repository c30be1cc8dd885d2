"""Four neurons: the surface

The demonstration of piecewise linearity (roguetrainer) turns the surface of four hidden neurons in
space, to show that it is made of flat pieces.

Here it is made of its ten regions and not of a grid's triangles, with the kinks and the level 0
drawn on it, and the plan below it on the floor.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, plot, regions

FOUR = Network(
    [
        ([[1, 1], [1, -1], [2, 1], [-1, 2]], [1, 0, -1, "1/2"], "relu"),
        ([[2, 1, "-5/2", -1]], [0], "linear"),
    ],
    name="four neurons",
)


def draw() -> Axes:
    return plot.surface(regions(FOUR), window=[(-2, 2), (-2, 2)], view=(34, -70))


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Four neurons, surface")
