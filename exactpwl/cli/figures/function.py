"""``exactpwl plot function``: the graph of a network with one input."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exactpwl.cli.figures.options import (
    out_option,
    output_option,
    seen,
    source_and_domain,
    window_option,
    write_figure,
)
from exactpwl.cli.figures.plan_options import label_options, points_option
from exactpwl.cli.inputs import Interval, Source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught

if TYPE_CHECKING:
    from exactpwl.domain import Domain

__all__ = ["function"]

Point = tuple[Fraction, Fraction]


@click.command(
    "function",
    cls=Taught,
    examples=(
        "exactpwl plot function hat1d --maps",
        "exactpwl plot function sawtooth:4 -o sawtooth.pdf",
        "exactpwl plot function xor --at 0,1 --along 1,1",
    ),
)
@source_and_domain
@window_option
@output_option
@label_options
@points_option
@out_option
def function(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    points: tuple[Point, ...] | None,
    labels: tuple[int, ...] | None,
    **options: Any,
) -> int:
    """Draw the graph of a network with one input.

    A dot is a bend, a ring a breakpoint of a neuron at which the function does not bend. Above the
    frame stand the breakpoints, exactly, with the neurons that switch there.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import function_graph

    if labels is not None:
        raise click.UsageError("data points of a graph are lines X,Y: heights, without a class")
    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        ax = function_graph(complex_, window=look, points=points or (), **options)
        return write_figure(ax, out, source, "function")
