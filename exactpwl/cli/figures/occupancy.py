"""``exactpwl plot occupancy``: which regions of a network hold data, from above."""

from __future__ import annotations

from pathlib import Path

import click

from exactpwl.cli.figures.options import (
    out_option,
    seen,
    source_and_domain,
    window_option,
    write_figure,
)
from exactpwl.cli.figures.plan_options import layers_option, level_option
from exactpwl.cli.inputs import Interval, Source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain
from exactpwl.rationals import RationalLike

__all__ = ["occupancy"]


@click.command(
    "occupancy",
    cls=Taught,
    examples=(
        "exactpwl plot occupancy disc-8-8-8",
        "exactpwl plot occupancy xor-20 --no-points -o xor.pdf",
    ),
)
@source_and_domain
@click.option(
    "--points",
    "points_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The data: .csv, .json, .npy or .npz, each point with its class or without; by default "
    "those of a training run.",
)
@click.option("--no-points", is_flag=True, help="Colour the regions, and draw no point.")
@window_option
@level_option
@layers_option
@out_option
def occupancy(
    source: Source,
    domain: Domain,
    points_file: Path | None,
    no_points: bool,
    window: tuple[Interval, ...],
    level: RationalLike,
    layers: int | None,
    out: Path | None,
) -> int:
    """Draw which regions of a network with two inputs hold data.

    A region is the darker, the more points are inside it, and white where there is none. The
    caption says how many regions hold data, how many hold none, and how many points are alone in
    their region.
    """
    from exactpwl.cli.data import data_of
    from exactpwl.data.tally import region_occupancy
    from exactpwl.enumeration import regions
    from exactpwl.plot import occupancy

    data = data_of(source, points_file)
    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        found = region_occupancy(complex_, data.points, data.labels)
        drawn = False if no_points else None
        ax = occupancy(found, window=look, level=level, layers=layers, points=drawn)
        return write_figure(ax, out, source, "occupancy")
