"""``exactpwl plot neurons``: each neuron's boundary, one panel a layer."""

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
from exactpwl.cli.inputs import Interval, Source, rational
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain

__all__ = ["neurons"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot neurons disc-8-8-8",
        "exactpwl plot neurons rings -o rings.pdf",
    ),
)
@source_and_domain
@window_option
@output_option
@click.option(
    "--level", type=rational, default="0", show_default=True, help="Draw {output = LEVEL} last."
)
@out_option
def neurons(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw each neuron's boundary in its own colour, one panel a layer.

    Earlier layers are light grey; the last panel has all of them and the decision boundary.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import neuron_boundaries

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        axes = neuron_boundaries(complex_, window=look, **options)
        return write_figure(axes[0], out, source, "neurons")
