"""``exactpwl plot extrema``: all local minima and maxima of a network with two inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from exactpwl.cli.figures.options import (
    out_option,
    output_option,
    seen,
    source_and_domain,
    window_option,
    write_figure,
)
from exactpwl.cli.figures.plan_options import layers_option
from exactpwl.cli.inputs import Interval, Source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["extrema"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot extrema rings --box -1 1",
        "exactpwl plot extrema hat2d -o extrema.svg",
    ),
)
@source_and_domain
@window_option
@output_option
@click.option(
    "--closed", is_flag=True, help="Mark those on the domain's boundary, too, if it has one."
)
@layers_option
@out_option
def extrema(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Mark all local minima and maxima of a network with two inputs.

    Points are triangles, filled where they are global; lines are thick; regions are hatched, and
    dotted where they are a ledge, from whose edge the output falls, or rises. The command exactpwl
    extrema tells their values.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import extrema

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        ax = extrema(complex_, window=look, **options)
        return write_figure(ax, out, source, "extrema")
