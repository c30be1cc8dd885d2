"""``exactpwl plot moved-weights``: what each output weight of a one-layer network can do."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from exactpwl.cli.figures.options import (
    out_option,
    output_option,
    seen,
    vector,
    window_option,
    write_figure,
)
from exactpwl.cli.inputs import Interval, load_source, network_argument
from exactpwl.cli.teaching import Taught

__all__ = ["moved_weights"]


@click.command(
    "moved-weights",
    cls=Taught,
    examples=(
        "exactpwl plot moved-weights hat1d",
        "exactpwl plot moved-weights tent --by=-1/4,1/4 -o fan.pdf",
    ),
)
@network_argument
@click.option(
    "--by",
    type=vector,
    default="-1/2,-1/4,1/4,1/2",
    show_default=True,
    metavar="S,S,...",
    help="By what share of itself each weight is moved: 1/2 is half as much again.",
)
@window_option
@output_option
@out_option
def moved_weights(
    net: str,
    by: tuple[Fraction, ...],
    window: tuple[Interval, ...],
    output: int | tuple[Fraction, ...],
    out: Path | None,
) -> int:
    """Draw what moving each ReLU's output weight does, a panel each.

    The network has one input and one layer with kinks. The side that moves is shaded; exactpwl
    build tells the same in numbers.
    """
    from exactpwl.plot import moved_weights

    source = load_source(net)
    axes = moved_weights(source.network, by=by, window=seen(window, source), output=output)
    return write_figure(axes[0], out, source, "moved-weights")
