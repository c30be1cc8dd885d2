"""``exactpwl plot solid``: a network with three inputs, cut open or exploded."""

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
from exactpwl.cli.inputs import Interval, Source, rational
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["solid"]


@click.command(
    "solid",
    cls=Taught,
    examples=(
        "exactpwl plot solid resonance:3 --explode 1/2 --colour region",
        "exactpwl plot solid threshold:2 --cut 1,-1,0,0 -o threshold.svg",
        "exactpwl plot solid max:4 --along 1,0,0,-1 --along 0,1,0,-1 --along 0,0,1,-1",
    ),
)
@source_and_domain
@window_option
@output_option
@click.option(
    "--colour",
    "colour_by",
    type=click.Choice(["output", "region", "linear"]),
    default="output",
    show_default=True,
    help="Colours of the output; or flat ones, different for neighbouring activation regions, or "
    "for neighbouring linear regions.",
)
@click.option(
    "--level",
    type=rational,
    default="0",
    show_default=True,
    help="Draw {output = LEVEL} on all faces.",
)
@click.option(
    "--cut",
    type=vector,
    multiple=True,
    metavar="A,B,C,D",
    help="Take {A x + B y + C z >= D} away; given again, what both take away. By default the "
    "nearest corner of the window, unless the figure is exploded.",
)
@click.option(
    "--explode",
    type=rational,
    default="0",
    show_default=True,
    metavar="R",
    help="Move each region away from the middle, by R times the distance of its own centre.",
)
@click.option("--bounded", is_flag=True, help="Show the bounded regions only.")
@click.option(
    "--view",
    type=(float, float),
    default=(24, -56),
    show_default=True,
    metavar="UP AROUND",
    help="Where the viewer is: degrees above the plane z = 0, and around the z-axis from x.",
)
@out_option
def solid(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    cut: tuple[tuple[Fraction, ...], ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw a network with three inputs, cut open or exploded.

    Unbounded regions are cut off at the window, exactly. The cut faces show the regions of a plane
    through the network, in the colours of its output; which face hides which is decided exactly.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import solid

    for row in cut:
        if len(row) != 4:
            raise click.UsageError(f"--cut takes four numbers A,B,C,D, got {len(row)}")
    wedge = [(row[:3], row[3]) for row in cut] or None
    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        ax = solid(complex_, window=look, cut_away=wedge, **options)
        return write_figure(ax, out, source, "solid")
