"""``exactpwl plot barcode``: at which value components and holes of {f <= t} are born and die."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.figures.options import out_option, output_option, write_figure
from exactpwl.cli.inputs import Interval, domain_of, domain_options, load_source, rational
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught

__all__ = ["barcode"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot barcode l1_annulus --level 0",
        "exactpwl plot barcode rings --box -2 2 --window -2 3 -o barcode.pdf",
    ),
)
@click.argument("net", metavar="NET")
@domain_options
@output_option
@click.option(
    "--level",
    type=rational,
    metavar="T",
    help="Draw this threshold, and write the Betti numbers there.",
)
@click.option(
    "--window",
    type=(rational, rational),
    metavar="LO HI",
    help="Which values t are shown; by default all at which something is born or dies.",
)
@out_option
def barcode(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    output: int | tuple[Any, ...],
    level: Fraction | None,
    window: Interval | None,
    out: Path | None,
) -> int:
    """Draw at which values the components and holes of the sublevel sets live.

    A bar for each component, hole, cavity ... of f <= t, from the t at which it is born to the t at
    which it dies, over the field of two elements; in any dimension, over the whole space as well.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import barcode as draw

    source = load_source(net)
    domain = domain_of(source.network, box, domain_file)
    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        ax = draw(complex_, output=output, value=level, window=window)
        return write_figure(ax, out, source, "barcode")
