"""``exactpwl plot robustness``: the balls around a point in which the class does not change."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.figures.options import (
    out_option,
    seen,
    source_and_domain,
    window_option,
    write_figure,
)
from exactpwl.cli.inputs import Interval, Source, rational
from exactpwl.cli.pointed import WithPoint, chosen_point, point_options
from exactpwl.cli.progress import bars
from exactpwl.domain import Domain
from exactpwl.questions.balls import BALL_NORMS

__all__ = ["robustness"]


@click.command(
    cls=WithPoint,
    examples=(
        "exactpwl plot robustness l1_annulus 1/4,1/3",
        "exactpwl plot robustness disc-8-8-8 --row 3 -o ball.svg",
    ),
)
@source_and_domain
@point_options
@window_option
@click.option(
    "--norm",
    type=click.Choice((*BALL_NORMS, "both")),
    default="both",
    show_default=True,
    help="Which balls are drawn.",
)
@click.option(
    "--level",
    type=rational,
    default="0",
    show_default=True,
    help="With one output, what lies between the classes.",
)
@click.option("--radius", type=rational, metavar="R", help="Look no farther than this.")
@click.option(
    "--no-kinks",
    "kinks",
    flag_value=False,
    default=True,
    help="Leave the boundaries of the layers out.",
)
@out_option
def robustness(
    source: Source,
    domain: Domain,
    point: str | None,
    points: Path | None,
    row: int | None,
    window: tuple[Interval, ...],
    norm: str,
    level: Fraction,
    out: Path | None,
    **options: Any,
) -> int:
    """Draw the balls around a point in which the class does not change.

    On the decision regions of a network with two inputs: the l-infinity ball, a square, and the l1
    ball, a diamond, with the nearest adversaries. The command exactpwl robust tells the exact
    numbers.
    """
    from exactpwl.enumeration import regions
    from exactpwl.plot import robust_ball

    x = chosen_point(source, point, points, row)
    with bars() as shown:
        complex_ = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        options["window"] = seen(window, source, whole_space=False)
        options["norms"] = tuple(BALL_NORMS) if norm == "both" else (norm,)
        ax = robust_ball(complex_, x, level=level, **options)
        return write_figure(ax, out, source, "robustness")
