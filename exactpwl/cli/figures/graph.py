"""``exactpwl plot graph``: which regions are neighbours, by position or by the graph's spectrum."""

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
from exactpwl.cli.inputs import Interval, Source
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["graph"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot graph lines:8 --patterns",
        "exactpwl plot graph braid:4 --layout spectral --colour active -o permutohedron.svg",
    ),
)
@source_and_domain
@click.option(
    "--layout",
    type=click.Choice(["position", "spectral"]),
    default="position",
    show_default=True,
    help="Where the regions stand: where they are, or by the eigenvectors of the graph's "
    "Laplacian.",
)
@click.option(
    "--colour",
    "colour_by",
    type=click.Choice(["output", "active"]),
    default="output",
    show_default=True,
    help="Colours of the output, or of the number of active neurons.",
)
@window_option
@output_option
@click.option("--patterns", is_flag=True, help="Write each region's activation pattern beside it.")
@out_option
def graph(
    source: Source,
    domain: Domain,
    layout: Any,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw the adjacency graph of the regions, in any dimension.

    Regions are dots, the larger the more neurons are active; lines are common facets, in the colour
    of the first layer of which a neuron changes. The caption says how many there are.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import region_graph

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = None
        if window or (layout == "position" and complex_.dimension == 2):
            look = seen(window, source, whole_space=domain.is_whole_space)
        ax = region_graph(complex_, layout=layout, window=look, **options)
        return write_figure(ax, out, source, "graph")
