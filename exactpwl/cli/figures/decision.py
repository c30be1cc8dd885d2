"""``exactpwl plot decision``: which class a network decides for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from exactpwl.cli.figures.options import (
    functional,
    out_option,
    seen,
    source_and_domain,
    window_option,
    write_figure,
)
from exactpwl.cli.figures.plan_options import label_options
from exactpwl.cli.inputs import Interval, Source, rational
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["decision"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot decision xor-20",
        "exactpwl plot decision disc-8-8-8@40 --no-kinks -o epoch40.svg",
    ),
)
@source_and_domain
@window_option
@click.option(
    "--output",
    type=functional,
    metavar="J|W,W,...",
    help="Decide by the sign of this output, or of a sum with a weight for each output. By default "
    "by the only output's, and several outputs decide for the largest of them.",
)
@click.option(
    "--level", type=rational, default="0", show_default=True, help="What lies between the classes."
)
@click.option(
    "--no-kinks",
    "kinks",
    flag_value=False,
    default=True,
    help="Leave the boundaries of the layers out.",
)
@label_options
@out_option
def decision(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw which class a network with two inputs decides for.

    The classes have flat colours, cut exactly. The name of a training run shows the run's data on
    them, and how many points are classified right.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import decision_regions

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        options["window"] = seen(window, source, whole_space=domain.is_whole_space)
        ax = decision_regions(complex_, points=source.points, labels=source.labels, **options)
        return write_figure(ax, out, source, "decision")
