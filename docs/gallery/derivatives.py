"""A function of one input and its two derivatives

The demonstration of piecewise linearity (roguetrainer) draws a small network with one input in four
panels: the function, its pieces, the first and the second derivative.

Here the derivatives are not differences of sampled values. The steps are the slopes, as exact
rationals; the second derivative is 0 inside every piece and is drawn as that. At a bend neither of
them exists, so the steps end in rings and nothing stands between them. Asked for (`impulses=True`),
the second derivative as a distribution is drawn too: arrows, as high as the change of slope.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, plot, regions

ZIGZAG = Network(
    [([[1], [1], [1]], [1, "1/2", 0], "relu"), ([[4, -8, 5]], [-1], "linear")], name="zigzag"
)


def draw() -> tuple[Axes, ...]:
    return plot.derivatives(regions(ZIGZAG), window=[("-3/2", 1)])


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".svg"), "Derivatives")
