"""``exactpwl plot mapped``: networks mapped to one another by least squares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from exactpwl.cli.figures.options import out_option, seen, window_option, write_figure
from exactpwl.cli.inputs import Interval, load_source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught

__all__ = ["mapped"]

PANELS = ("decisions", "wireframes", "dual-points", "jumps")


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot mapped xor-2 xor-20",
        "exactpwl plot mapped xor-2 xor-20 --show jumps -o jumps.svg",
    ),
)
@click.argument("nets", nargs=-1, required=True, metavar="NET NET...")
@click.option(
    "--show",
    type=click.Choice(PANELS),
    default=PANELS[0],
    show_default=True,
    help="What the panels show.",
)
@click.option(
    "--grid", type=int, default=101, show_default=True, help="So many samples a side of [-1, 1]^2."
)
@window_option
@out_option
def mapped(
    nets: tuple[str, ...], show: Any, grid: int, window: tuple[Interval, ...], out: Path | None
) -> int:
    """Draw networks with two inputs, each mapped to each of the others.

    Least squares take the local linear maps of the network of a row, at the samples, to those of
    the network of a column. Window and data are the first one's for all.
    """
    from exactpwl.enumeration import regions
    from exactpwl.linearmaps import grid_points
    from exactpwl.plot import mapped_pairs

    sources = [load_source(net) for net in nets]
    first = sources[0]
    samples = grid_points(grid, [(-1, 1), (-1, 1)])
    with bars() as shown:
        complexes = [regions(s.network, listener=shown.enumeration()) for s in sources]
        shown.doing("drawing the figure")
        axes = mapped_pairs(
            complexes,
            samples,
            show=show.replace("-", " "),
            window=seen(window, first),
            points=first.points,
            labels=first.labels,
            grid=grid,
        )
        return write_figure(axes[0], out, first, "mapped")
