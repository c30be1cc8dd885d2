"""``exactpwl plot activation``: an activation by its name."""

from __future__ import annotations

from pathlib import Path

import click

from exactpwl.cli.figures.options import out_option, write_figure
from exactpwl.cli.inputs import Interval, rational
from exactpwl.cli.teaching import Taught

__all__ = ["activation"]


@click.command(
    "activation",
    cls=Taught,
    examples=(
        "exactpwl plot activation relu",
        "exactpwl plot activation leaky_relu:1/50 --window -1 1 -o leaky.pdf",
    ),
)
@click.argument("name", metavar="NAME")
@click.option(
    "--window",
    type=(rational, rational),
    metavar="LO HI",
    help="What is looked at; by default an interval around all breakpoints.",
)
@out_option
def activation(name: str, window: Interval | None, out: Path | None) -> int:
    """Draw an activation, such as relu, with its breakpoints and its pieces.

    NAME is relu, leaky_relu:SLOPE, abs, linear, hard_tanh or relu6.
    """
    from exactpwl.activation import Activation
    from exactpwl.plot import function_graph

    made = Activation.parse(name)
    ax = function_graph(made, window=None if window is None else [window], maps=True)
    return write_figure(ax, out, name.replace(":", "-").replace("/", "-"), "activation")
