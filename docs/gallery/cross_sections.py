"""Four neurons along three lines

The demonstration of piecewise linearity (roguetrainer) cuts a network with two inputs and four
hidden neurons along a few lines, and shows that a cut is piecewise linear again.

Here a cut is a network of one input and computed as one, so each bend is known exactly, with the
neuron that makes it: a0 to a3 beside the dots. The output bends where the line crosses a neuron's
line on the plan, at the same dots, and nowhere else. Two of the lines are parallel, so they cross
the lines of the neurons at the same angles, and a neuron changes both slopes alike. With more
inputs there is no plan, but `plot.cross_section` takes lines in any number of them.
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
LINES = [((0, 0), (1, "-1/4")), ((0, -1), (1, "-1/4")), ((-1, 0), ("1/2", 1))]


def draw() -> tuple[Axes, ...]:
    return plot.cross_section(regions(FOUR), LINES, window=[(-2, 2), (-2, 2)])


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "Cross-sections")
