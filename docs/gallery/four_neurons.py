"""Four neurons: contours over the regions

The demonstration of piecewise linearity (roguetrainer) shows a network with two inputs and four
hidden neurons as a surface with its contours over the regions, interpolated on a grid.

Here a contour is an exact level set: straight in each region, bent where it crosses a neuron's
line, and nowhere else. The values are exact, and each region says its affine map, so the contours
can be checked by hand.
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
    return plot.contours(regions(FOUR), window=[(-2, 2), (-2, 2)], levels=16, maps=True)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Four neurons, contours")
