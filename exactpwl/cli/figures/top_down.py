"""``exactpwl plot top-down``: a network with two inputs, from above."""

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
from exactpwl.cli.figures.plan_options import (
    colour_option,
    label_options,
    layers_option,
    level_option,
    points_option,
)
from exactpwl.cli.inputs import Interval, Source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["top_down"]


@click.command(
    "top-down",
    cls=Taught,
    examples=(
        "exactpwl plot top-down rings --layers 2",
        "exactpwl plot top-down xor --colour region --patterns --maps -o xor.pdf",
        "exactpwl plot top-down max:4 --along 1,0,-1,0 --along 0,1,0,-1",
    ),
)
@source_and_domain
@window_option
@output_option
@colour_option
@level_option
@layers_option
@label_options
@points_option
@out_option
def top_down(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw a network with two inputs from above.

    Every region has the colours of its exact affine function. The boundaries of each layer have
    their own line width, the first layer's the thickest; the decision boundary lies on top. The
    caption says how many activation regions there are, and how many of them the window shows.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import top_down

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        ax = top_down(complex_, window=look, **options)
        return write_figure(ax, out, source, "top-down")
