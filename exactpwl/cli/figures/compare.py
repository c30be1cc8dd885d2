"""``exactpwl plot compare``: several networks below each other."""

from __future__ import annotations

from pathlib import Path

import click

from exactpwl.cli.figures.options import out_option, seen, window_option, write_figure
from exactpwl.cli.inputs import Interval, load_source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught

__all__ = ["compare"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot compare xor-2 xor-20",
        "exactpwl plot compare disc-3@0 disc-3@400 -o training.svg",
    ),
)
@click.argument("nets", nargs=-1, required=True, metavar="NET...")
@window_option
@click.option("--grid", type=int, default=101, show_default=True, help="As in exactpwl plot dual.")
@out_option
def compare(
    nets: tuple[str, ...], window: tuple[Interval, ...], grid: int, out: Path | None
) -> int:
    """Draw networks with two inputs below each other, in three panels each.

    What they decide, their graphs as wireframes, their affine functions as points. Window and data
    are the first one's for all.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import compare

    sources = [load_source(net) for net in nets]
    first = sources[0]
    with bars() as shown:
        complexes = [regions(s.network, listener=shown.enumeration()) for s in sources]
        shown.doing("drawing the figure")
        axes = compare(
            complexes,
            window=seen(window, first),
            points=first.points,
            labels=first.labels,
            grid=grid,
        )
        return write_figure(axes[0], out, first, "compare")
