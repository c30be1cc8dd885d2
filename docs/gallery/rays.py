"""Three rays and their running sum

A tutorial that builds a function from ReLUs by hand draws each ReLU's ray, scaled by its output
weight, adds them up from left to right, and then moves one weight.

Here the function is -1 + 4 relu(x+1) - 8 relu(x+1/2) + 5 relu(x), and the sum is a network. The
dashed lines show where each partial sum would have gone on, so one sees that a ray changes nothing
to the left of its breakpoint and bends everything to the right of it. On the right -8 became -6:
the breakpoints stay, the slopes after the second one change, and the first sum stands behind it in
grey.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, plot

ZIGZAG = Network(
    [([[1], [1], [1]], [1, "1/2", 0], "relu"), ([[4, -8, 5]], [-1], "linear")], name="zigzag"
)


def draw() -> tuple[Axes, ...]:
    return plot.rays(ZIGZAG, weights={1: -6}, window=[("-3/2", 1)])


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".svg"), "Rays and their running sum")
