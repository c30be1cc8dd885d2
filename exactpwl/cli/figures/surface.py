"""``exactpwl plot surface``: the graph of a network with two inputs, in space."""

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
    layers_option,
    level_option,
    points_option,
    view_option,
)
from exactpwl.cli.inputs import Interval, Source, rational
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["surface"]


@click.command(
    "surface",
    cls=Taught,
    examples=(
        "exactpwl plot surface xor",
        "exactpwl plot surface hat2d --view 40 -120 --exaggeration 1 -o hat.svg",
        "exactpwl plot surface max:4 --along 1,0,-1,0 --along 0,1,0,-1",
    ),
)
@source_and_domain
@window_option
@output_option
@colour_option
@level_option
@layers_option
@points_option
@click.option(
    "--exaggeration",
    type=rational,
    metavar="R",
    help="How long a unit of the output is, in units of the inputs. By default the surface fills "
    "its box.",
)
@click.option(
    "--no-floor",
    "floor",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Do not draw the boundaries once more, flat, below the surface.",
)
@view_option
@out_option
def surface(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw the graph of a network with two inputs in space.

    Each region is one flat face, in the colours of the plan; kinks have the width of their layer,
    and the decision boundary lies on the surface. Which face hides which is decided exactly.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import surface

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        ax = surface(complex_, window=look, **options)
        return write_figure(ax, out, source, "surface")
