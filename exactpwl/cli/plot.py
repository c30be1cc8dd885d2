"""``exactpwl plot FIGURE NET``: every figure of the library by one command.

A figure is a command of its own, with the options that it understands, in the module of its name in
`exactpwl.cli.figures`.
"""

from __future__ import annotations

import click

from exactpwl.cli.late import LateCommands
from exactpwl.cli.teaching import write_examples

__all__ = ["FIGURES", "plot"]

FIGURES = {
    "contours": "Draw the contours of a network with two inputs over its regions.",
    "layers": "Draw the regions of the first layer, of the first two layers, and so on.",
    "activation": "Draw an activation, such as relu, with its breakpoints and its pieces.",
    "barcode": "Draw at which values the components and holes of the sublevel sets live.",
    "by-layer": "Draw how many regions the first layers have, and the bounds of theory.",
    "by-width": "Draw how many regions networks have against their neurons, and the bounds.",
    "compare": "Draw networks with two inputs below each other, in three panels each.",
    "decision": "Draw which class a network with two inputs decides for.",
    "diagram": "Draw the network with its weights, and what one pattern makes of it.",
    "cross-section": "Draw a network along straight lines through its inputs.",
    "derivatives": "Draw a network with one input, its pieces, and its two derivatives.",
    "dual": "Draw the affine functions of a network with two inputs as points.",
    "function": "Draw the graph of a network with one input.",
    "extrema": "Mark all local minima and maxima of a network with two inputs.",
    "mapped": "Draw networks with two inputs, each mapped to each of the others.",
    "moved-weights": "Draw what moving each ReLU's output weight does, a panel each.",
    "neurons": "Draw each neuron's boundary in its own colour, one panel a layer.",
    "occupancy": "Draw which regions of a network with two inputs hold data.",
    "portrait": "Draw decision, output, dual points and layers of a network with two inputs.",
    "robustness": "Draw the balls around a point in which the class does not change.",
    "solid": "Draw a network with three inputs, cut open or exploded.",
    "pieces": "Draw a function given by pieces, with its jumps and the sentence that refuses them.",
    "projection": "Draw a linear projection of the graph of all outputs.",
    "rays": "Draw each ReLU's ray, scaled by its output weight, and their running sum.",
    "surface": "Draw the graph of a network with two inputs in space.",
    "gradient": "Draw the gradient of an output, at a point or of a pattern, as an image.",
    "graph": "Draw the adjacency graph of the regions, in any dimension.",
    "top-down": "Draw a network with two inputs from above.",
    "training": "Draw the training RUN of the gallery in stills of six panels.",
    "wireframe": "Draw the edges of the graph of a network with two inputs.",
}
"""For each figure its line in the help, which is the first sentence of its own."""

EXAMPLES = (
    "exactpwl plot top-down rings",
    "exactpwl plot top-down --help",
)


class Figures(click.Group):
    """A group that lists its figures without loading them, and ends with examples."""

    examples = EXAMPLES

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of each figure."""
        if isinstance(self.commands, LateCommands):
            self.commands.write_lines(formatter, "Figures")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        write_examples(self.examples, formatter)


@click.group(cls=Figures, commands=LateCommands(FIGURES, "exactpwl.cli.figures"))
def plot() -> None:
    """Draw one figure of NET, from exact data: exactpwl plot FIGURE NET.

    NET is a file or a name of the gallery, as everywhere. A figure is written as PDF, SVG or PNG,
    and has options of its own: exactpwl plot FIGURE --help.
    """
