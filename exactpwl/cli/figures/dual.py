"""``exactpwl plot dual``: the affine functions of a network as points."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from exactpwl.cli.figures.options import (
    out_option,
    output_option,
    source_and_domain,
    write_figure,
)
from exactpwl.cli.inputs import Interval, Source, intervals, rational
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["dual"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot dual xor-20",
        "exactpwl plot dual disc --colour bias --grid 0",
        "exactpwl plot dual xor-2 --space -o xor.pdf",
    ),
)
@source_and_domain
@output_option
@click.option(
    "--grid",
    type=int,
    default=101,
    show_default=True,
    help="How many points a side a grid has; 0 for no grid.",
)
@click.option(
    "--over",
    type=(rational, rational),
    multiple=True,
    default=[("-1", "1")],
    metavar="LO HI",
    help="The box of the grid: once for both coordinates, or once for each. By default [-1, 1]^2.",
)
@click.option(
    "--colour",
    "colour_by",
    type=click.Choice(["met", "bias"]),
    default="met",
    show_default=True,
    help="Colours of what meets a point: data, the grid only, neither; or of its bias b.",
)
@click.option("--space", is_flag=True, help="Draw (w1, w2, b) in space instead of (w1, w2).")
@click.option("--no-edges", "edges", flag_value=False, default=True, help="Do not join neighbours.")
@out_option
def dual(
    source: Source,
    domain: Domain,
    over: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw the affine functions of a network with two inputs as points.

    The function w1 x + w2 y + b of a region is the point (w1, w2) or (w1, w2, b). Which of them a
    grid or data points meet is exact; a point on a boundary meets those of all regions around it.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import dual_points

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        box = intervals(over, 2, "--over")
        ax = dual_points(complex_, over=box, points=source.points, **options)
        return write_figure(ax, out, source, "dual")
