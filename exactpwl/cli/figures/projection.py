"""``exactpwl plot projection``: the graph of several outputs, projected into space."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.figures.options import (
    out_option,
    output_option,
    seen,
    source_and_domain,
    vector,
    window_option,
    write_figure,
)
from exactpwl.cli.figures.plan_options import (
    colour_option,
    layers_option,
    level_option,
    view_option,
)
from exactpwl.cli.inputs import Interval, Source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["projection"]


@click.command(
    "projection",
    cls=Taught,
    examples=(
        "exactpwl plot projection xor --row 1,0,1/4 --row 0,1,-1/4 --row 0,0,1",
        "exactpwl plot projection hat2d --row 1,0,1 --row 0,1,0 --row 0,0,1 -o hat.svg",
    ),
)
@source_and_domain
@window_option
@click.option(
    "--row",
    "rows",
    type=vector,
    multiple=True,
    required=True,
    metavar="W,W,...",
    help="The weights of a coordinate of the picture: for x, for y and for each output. Three "
    "times.",
)
@output_option
@colour_option
@level_option
@layers_option
@view_option
@out_option
def projection(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    rows: tuple[tuple[Fraction, ...], ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw a linear projection of the graph of all outputs.

    The graph of a network with two inputs is the set of all (x, y, f1, f2, ...). Three rows of
    weights take it into space, where each region is one flat face.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import projection

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        ax = projection(complex_, rows, window=look, **options)
        return write_figure(ax, out, source, "projection")
