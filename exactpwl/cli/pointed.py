"""A point on the command line: given by its coordinates, or as a row of data points.

A coordinate may be negative, and a point that begins with a minus sign would be taken for an
option; so a word of numbers is told apart before the options are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.inputs import Source, rational
from exactpwl.cli.teaching import Taught
from exactpwl.inequality import as_point
from exactpwl.io.points import load_points

__all__ = ["WithPoint", "chosen_point", "point_options"]

_NUMBER = re.compile(r"-\.?\d")


class WithPoint(Taught):
    """A command with examples, an argument of which may begin with a negative number."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; those that begin with a negative number are no options."""
        return super().parse_args(ctx, [f" {a}" if _NUMBER.match(a) else a for a in args])


def point_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument POINT, ``--points FILE`` and ``--row N``."""
    row = click.option(
        "--row",
        type=click.IntRange(min=0),
        metavar="N",
        help="Take point N, counted from 0, of --points, or of the training run's data.",
    )
    points = click.option(
        "--points",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="A file of data points, as for exactpwl data.",
    )
    argument = click.argument("point", metavar="[POINT]", required=False)
    return argument(points(row(command)))


def chosen_point(
    source: Source, text: str | None, points: Path | None, row: int | None
) -> tuple[Fraction, ...]:
    """Return the point that was asked for.

    Raises
    ------
    click.UsageError
        If it is given in two ways or in none, or there is no such row.
    DimensionError
        If it has not as many coordinates as the network has inputs.
    """
    inputs = source.network.input_dimension
    if text is not None:
        if points is not None or row is not None:
            raise click.UsageError("POINT and --row both give a point; take one of them")
        return as_point(map(rational, re.split(r"[,\s]+", text.strip(" ,()"))), inputs)
    if row is None:
        raise click.UsageError(
            "a point is required: its coordinates with commas between them, such as 1/2,-1/3, or "
            "--row N of --points FILE or of a training run's data"
        )
    known = source.points if points is None else load_points(points, inputs=inputs).points
    if known is None:
        raise click.UsageError("--row N needs --points FILE, or the name of a training run")
    if row >= len(known):
        raise click.UsageError(f"there are {len(known)} points, counted from 0; got --row {row}")
    return known[row]
