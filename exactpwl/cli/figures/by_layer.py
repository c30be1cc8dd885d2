"""``exactpwl plot by-layer``: how many regions each layer adds, against the bounds."""

from __future__ import annotations

from pathlib import Path

import click

from exactpwl.cli.figures.options import out_option, write_figure
from exactpwl.cli.inputs import Interval, domain_of, domain_options, load_source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught

__all__ = ["by_layer"]


@click.command(
    "by-layer",
    cls=Taught,
    examples=(
        "exactpwl plot by-layer sawtooth:5 --box 0 1",
        "exactpwl plot by-layer hat2d -o layers.pdf",
    ),
)
@click.argument("net", metavar="NET")
@domain_options
@out_option
def by_layer(
    net: str, box: tuple[Interval, ...], domain_file: Path | None, out: Path | None
) -> int:
    """Draw how many regions the first layers have, and the bounds of theory.

    The regions of the first 1, 2, ... layers are counted exactly, in any dimension, beside the
    bounds of Montufar (2017) and, for ReLU, of Serra et al. (2018), and the number of all patterns.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import regions_by_layer

    source = load_source(net)
    domain = domain_of(source.network, box, domain_file)
    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        return write_figure(regions_by_layer(complex_), out, source, "by-layer")
