"""``exactpwl plot wireframe``: the edges of a network's graph."""

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
from exactpwl.cli.figures.plan_options import level_option, view_option
from exactpwl.cli.inputs import Interval, Source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["wireframe"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot wireframe xor-20",
        "exactpwl plot wireframe disc --through --view 32 30 -o disc.pdf",
    ),
)
@source_and_domain
@window_option
@output_option
@level_option
@click.option(
    "--through",
    "hidden",
    flag_value=False,
    default=True,
    help="Show the edges behind the surface, too.",
)
@view_option
@out_option
def wireframe(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw the edges of the graph of a network with two inputs.

    These are the exact edges of its faces, in the width of the layer that bends there.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import wireframe

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        ax = wireframe(complex_, window=look, **options)
        return write_figure(ax, out, source, "wireframe")
