"""``exactpwl plot top-down``: a network with two inputs, from above."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from exactpwl.cli.figures.options import (
    out_option,
    output_option,
    seen,
    window_option,
    write_figure,
)
from exactpwl.cli.inputs import Interval, domain_of, domain_options, load_source, rational
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught

__all__ = ["top_down"]


@click.command(
    "top-down",
    cls=Taught,
    examples=(
        "exactpwl plot top-down rings",
        "exactpwl plot top-down xor --colour region --patterns -o xor.pdf",
    ),
)
@click.argument("net", metavar="NET")
@domain_options
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
    help="Draw {output = LEVEL}, the decision boundary.",
)
@click.option("--patterns", is_flag=True, help="Write each region's activation pattern into it.")
@out_option
def top_down(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
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

    source = load_source(net)
    domain = domain_of(source.network, box, domain_file)
    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        ax = top_down(complex_, window=look, **options)
        return write_figure(ax, out, source, "top-down")
