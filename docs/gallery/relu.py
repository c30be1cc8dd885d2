"""The ReLU, and five more activations

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) begins with the
graph of the ReLU: two straight parts that meet at the origin.

Here an activation is any continuous piecewise-linear function of one variable: its breakpoints, its
slopes, its value at 0, all rational. So leaky ReLU, |z| and hard tanh are not cases of their own
but other numbers, and one function draws them all, with the breakpoints and the formula of each
piece as they are stored. The last one is given by its numbers alone.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Activation, plot

SHOWN = (
    "relu",
    "leaky_relu:1/5",
    "abs",
    "hard_tanh",
    "relu6",
    {"breakpoints": [-1, 0, 2], "slopes": [1, "-1/2", 2, 0]},
)


def draw() -> tuple[Axes, ...]:
    panels = plot.new_panels(2, 3, size=(3.5, 3.0))
    for ax, spec in zip(panels, SHOWN, strict=True):
        plot.function_graph(Activation.parse(spec), ax, maps=True)
    return panels


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".svg"), "Activations")
