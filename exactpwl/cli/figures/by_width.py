"""``exactpwl plot by-width``: how many regions networks of several sizes have, and the bounds."""

from __future__ import annotations

from pathlib import Path

import click

from exactpwl.cli.figures.options import out_option, write_figure
from exactpwl.cli.inputs import Interval, domain_of, domain_options, load_source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught

__all__ = ["by_width"]


@click.command(
    "by-width",
    cls=Taught,
    examples=(
        "exactpwl plot by-width lines:2 lines:4 lines:6 lines:8",
        "exactpwl plot by-width sawtooth:1 sawtooth:2 sawtooth:3 --box 0 1 -o teeth.svg",
    ),
)
@click.argument("nets", metavar="NET...", nargs=-1, required=True)
@domain_options
@out_option
def by_width(
    nets: tuple[str, ...], box: tuple[Interval, ...], domain_file: Path | None, out: Path | None
) -> int:
    """Draw how many regions networks have against their neurons, and the bounds.

    Every NET is a dot: its exact number of activation regions over its number of neurons, in the
    colour of its number of layers. Without --out the figure has the name of the first NET.
    """
    from exactpwl.plot import regions_by_width

    sources = [load_source(net) for net in nets]
    domain = domain_of(sources[0].network, box, domain_file)
    with bars() as shown:
        shown.doing("counting")
        ax = regions_by_width([source.network for source in sources], domain=domain)
        return write_figure(ax, out, sources[0], "by-width")
