"""``exactpwl plot layers``: a network with two inputs, layer by layer."""

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
from exactpwl.cli.figures.plan_options import level_option, points_option
from exactpwl.cli.inputs import Interval, Source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["layers"]


@click.command(
    "layers",
    cls=Taught,
    examples=(
        "exactpwl plot layers rings",
        "exactpwl plot layers hat2d --colour output -o hat.svg",
    ),
)
@source_and_domain
@window_option
@output_option
@click.option(
    "--colour",
    "colour_by",
    type=click.Choice(["mean", "output"]),
    default="mean",
    show_default=True,
    help="Each region of the first layers in the colour of the mean of the output over it; or the "
    "colours of the output itself.",
)
@level_option
@points_option
@out_option
def layers(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw the regions of the first layer, of the first two layers, and so on.

    Above each panel stands how many regions these layers have alone. Decision boundary and data
    points are drawn in the last one.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import layers

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        panels = layers(complex_, window=look, **options)
        return write_figure(panels[0], out, source, "layers")
