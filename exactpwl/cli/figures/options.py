"""What the figures share on the command line: where they are written, and what they look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exactpwl.cli.inputs import Interval, Source, intervals, rational
from exactpwl.cli.staging import written_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["functional", "out_option", "output_option", "seen", "window_option", "write_figure"]

F = TypeVar("F", bound=Callable[..., Any])


def out_option(command: F) -> F:
    """Add -o."""
    return click.option(
        "-o",
        "--out",
        type=_figure_file,
        metavar="FILE",
        help="The figure: FILE.pdf, FILE.svg or FILE.png. By default NET-FIGURE.png.",
    )(command)


def _figure_file(text: str) -> Path:
    from exactpwl.plot.canvas import checked_path

    return checked_path(text)


def window_option(command: F) -> F:
    """Add --window."""
    return click.option(
        "--window",
        type=(rational, rational),
        multiple=True,
        metavar="LO HI",
        help="What is looked at: once for all coordinates, or once for each. It is no domain.",
    )(command)


def output_option(command: F) -> F:
    """Add --output."""
    return click.option(
        "--output",
        type=functional,
        default="0",
        show_default=True,
        metavar="J|W,W,...",
        help="The output that is shown, counted from 0; or a weight for each output, with commas: "
        "1,-1 is the first minus the second.",
    )(command)


def functional(text: str) -> int | tuple[Any, ...]:
    """Read an output's number, or the weights of a sum of outputs.

    Examples
    --------
    >>> functional("2"), functional("1,-1/2")
    (2, (Fraction(1, 1), Fraction(-1, 2)))
    """
    if "," in text:
        return tuple(rational(part.strip()) for part in text.split(","))
    try:
        return int(text)
    except ValueError:
        raise click.BadParameter(
            f"the number of an output, or weights with commas between them, got {text!r}"
        ) from None


def seen(
    window: Sequence[Interval], source: Source, *, whole_space: bool = True
) -> tuple[Interval, ...] | None:
    """Return the window that the option asks for, else the gallery's, else None.

    Parameters
    ----------
    window : pairs (low, high)
    source : Source
    whole_space : bool
        Whether the domain is the whole space; over another one the gallery proposes nothing.
    """
    if window:
        return intervals(window, source.network.input_dimension, "--window")
    return source.window if whole_space else None


def write_figure(
    axes: Axes, out: Path | None, source: Source, figure: str, title: str | None = None
) -> int:
    """Write the figure around some axes, say where, and return the exit status.

    Parameters
    ----------
    axes : Axes
        Any of the figure.
    out : Path or None
        None stands for NET-FIGURE.png.
    source : Source
    figure : str
        Its name.
    title : str, optional
        Goes into the file's own description.
    """
    from exactpwl.plot import save_figure

    path = out or Path(f"{source.label}-{figure}.png")
    with written_whole(path) as file:
        save_figure(axes, file, title or f"{source.label}: {figure}")
    click.echo(f"wrote {path}")
    return 0
