"""``exactpwl plot portrait``: all panels of one network."""

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

__all__ = ["portrait"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot portrait disc-8-8-8",
        "exactpwl plot portrait disc -o disc.svg",
    ),
)
@source_and_domain
@window_option
@output_option
@out_option
def portrait(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw decision, output, dual points and layers of a network with two inputs.

    There is a panel for each layer with kinks, and a last one with the decision boundary over all
    of them. The name of a training run shows the run's data, too.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import portrait

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        options["window"] = seen(window, source, whole_space=domain.is_whole_space)
        axes = portrait(complex_, points=source.points, labels=source.labels, **options)
        return write_figure(axes[0], out, source, "portrait")
