"""``exactpwl plot derivatives``: a network with one input, its pieces and its derivatives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from exactpwl.domain import Domain

__all__ = ["derivatives"]


@click.command(
    "derivatives",
    cls=Taught,
    examples=(
        "exactpwl plot derivatives hat1d",
        "exactpwl plot derivatives tent --impulses -o tent.pdf",
    ),
)
@source_and_domain
@window_option
@output_option
@click.option(
    "--impulses",
    is_flag=True,
    help="Draw the second derivative as a distribution: an arrow at each bend, as high as the "
    "change of slope.",
)
@out_option
def derivatives(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    **options: Any,
) -> int:
    """Draw a network with one input, its pieces, and its two derivatives.

    The first derivative is a step function of the exact slopes; the second one is 0 inside the
    pieces. At a bend neither of them is defined, and nothing is drawn there but rings.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import derivatives

    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        look = seen(window, source, whole_space=domain.is_whole_space)
        axes = derivatives(complex_, window=look, **options)
        return write_figure(axes[0], out, source, "derivatives")
