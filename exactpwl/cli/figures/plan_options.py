"""What plans and surfaces share on the command line: colours, level, layers, data points."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from exactpwl.cli.inputs import rational

__all__ = [
    "colour_option",
    "label_options",
    "layers_option",
    "level_option",
    "points_option",
    "view_option",
]

F = TypeVar("F", bound=Callable[..., Any])
Data = tuple[tuple[tuple[Any, ...], ...], tuple[int, ...] | None]


def colour_option(command: F) -> F:
    """Add --colour."""
    return click.option(
        "--colour",
        "colour_by",
        type=click.Choice(["output", "region", "linear"]),
        default="output",
        show_default=True,
        help="Colours of the output; or flat ones, different for neighbouring activation regions, "
        "or for neighbouring linear regions.",
    )(command)


def level_option(command: F) -> F:
    """Add --level."""
    return click.option(
        "--level",
        type=rational,
        default="0",
        show_default=True,
        help="Draw {output = LEVEL}, the decision boundary.",
    )(command)


def layers_option(command: F) -> F:
    """Add --layers."""
    return click.option(
        "--layers",
        type=int,
        metavar="K",
        help="Draw the boundaries of the first K layers only, and count their regions.",
    )(command)


def label_options(command: F) -> F:
    """Add --patterns and --maps."""
    maps = click.option(
        "--maps", is_flag=True, help="Write into each region the exact affine function there."
    )
    patterns = click.option(
        "--patterns", is_flag=True, help="Write each region's activation pattern into it."
    )
    return patterns(maps(command))


def points_option(command: F) -> F:
    """Add --points, and hand over `points` and `labels`."""

    @wraps(command)
    def with_data(*, data: Data | None, **options: Any) -> Any:
        points, labels = data or (None, None)
        return command(points=points, labels=labels, **options)

    option: Any = click.option(
        "--points",
        "data",
        type=data_points,
        metavar="FILE",
        help="Data points: .csv with a line for each, X,Y or X,Y,CLASS; or .json, .npy, .npz.",
    )
    marked: F = option(with_data)
    return marked


def view_option(command: F) -> F:
    """Add --view."""
    return click.option(
        "--view",
        type=(float, float),
        default=(32.0, -60.0),
        show_default=True,
        metavar="UP AROUND",
        help="Where the viewer is: degrees above the plane of the inputs, and around from the "
        "x-axis.",
    )(command)


def data_points(name: str) -> Data:
    """Read data points of the plane, with their classes or without, as `exactpwl.load_points`."""
    from exactpwl.errors import FormatError
    from exactpwl.io.points import load_points

    try:
        points, labels = load_points(name, inputs=2)
    except FormatError as error:
        raise click.BadParameter(str(error)) from None
    return points, labels
