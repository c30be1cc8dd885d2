"""``exactpwl plot rays``: a one-layer network with one input as a running sum of its terms."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from exactpwl.cli.figures.options import (
    out_option,
    output_option,
    seen,
    window_option,
    write_figure,
)
from exactpwl.cli.inputs import Interval, load_source, network_argument, rational
from exactpwl.cli.teaching import Taught

__all__ = ["rays"]

Move = tuple[int, Fraction]


@click.command(
    "rays",
    cls=Taught,
    examples=(
        "exactpwl plot rays hat1d",
        "exactpwl plot rays hat1d --weight 1 -1 -o moved.pdf",
    ),
)
@network_argument
@click.option(
    "--weight",
    "weights",
    type=(int, rational),
    multiple=True,
    metavar="J W",
    help="Draw it again with W as the output weight of neuron J, counted from 0.",
)
@click.option(
    "--bias",
    "biases",
    type=(int, rational),
    multiple=True,
    metavar="J B",
    help="Draw it again with B as the bias of neuron J.",
)
@window_option
@output_option
@out_option
def rays(
    net: str,
    weights: tuple[Move, ...],
    biases: tuple[Move, ...],
    window: tuple[Interval, ...],
    output: int | tuple[Fraction, ...],
    out: Path | None,
) -> int:
    """Draw each ReLU's ray, scaled by its output weight, and their running sum.

    The network has one input and one layer with kinks; other activations are drawn alike. With
    --weight or --bias the same stands beside it, after the change.
    """
    from exactpwl.plot import rays

    source = load_source(net)
    axes = rays(
        source.network,
        weights=dict(weights),
        biases=dict(biases),
        window=seen(window, source),
        output=output,
    )
    return write_figure(axes[0], out, source, "rays")
