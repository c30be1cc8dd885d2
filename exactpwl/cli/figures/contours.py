"""``exactpwl plot contours``: the contours of a network with two inputs."""

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
from exactpwl.cli.figures.plan_options import label_options, layers_option, points_option
from exactpwl.cli.inputs import Interval, Source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["contours"]


@click.command(
    "contours",
    cls=Taught,
    examples=(
        "exactpwl plot contours disc --maps",
        "exactpwl plot contours hat2d --levels 1/4,1/2,3/4 -o hat.svg",
    ),
)
@source_and_domain
@window_option
@output_option
@click.option(
    "--lines",
    type=click.IntRange(1, 200),
    default=12,
    show_default=True,
    metavar="N",
    help="About how many contours there are, at round values.",
)
@click.option(
    "--levels",
    type=vector,
    metavar="C,C,...",
    help="The values of the contours, instead of --lines.",
)
@layers_option
@label_options
@points_option
@out_option
def contours(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    lines: int,
    levels: tuple[Fraction, ...] | None,
    out: Path | None,
    **options: Any,
) -> int:
    """Draw the contours of a network with two inputs over its regions.

    They are exact level sets, straight in each region, so they bend at kinks and nowhere else; the
    values on them are exact.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import contours

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        ax = contours(complex_, window=look, levels=lines if levels is None else levels, **options)
        return write_figure(ax, out, source, "contours")
