"""What the figures share on the command line: where they are written, and what they look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exactpwl.cli.inputs import (
    Interval,
    Source,
    domain_of,
    domain_options,
    intervals,
    load_source,
    rational,
)
from exactpwl.cli.staging import written_whole
from exactpwl.rationals import format_fraction

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from exactpwl.domain import Domain

__all__ = [
    "figure_file",
    "functional",
    "out_option",
    "output_option",
    "section_of",
    "seen",
    "source_and_domain",
    "vector",
    "window_option",
    "write_figure",
]

F = TypeVar("F", bound=Callable[..., Any])
Vector = tuple[Fraction, ...]


def source_and_domain(command: Callable[..., int]) -> Callable[..., int]:
    """Add NET, --box, --domain, --at and --along; hand over `source` and `domain` made of them.

    With --along it is the section of both, so that a figure of two inputs serves any network.
    """

    @wraps(command)
    def with_source(
        *,
        net: str,
        box: tuple[Interval, ...],
        domain_file: Path | None,
        at: Vector | None,
        along: tuple[Vector, ...],
        **options: Any,
    ) -> int:
        source = load_source(net)
        domain = domain_of(source.network, box, domain_file)
        if along:
            source, domain = section_of(source, domain, at, along)
        elif at is not None:
            raise click.UsageError("--at P is the point of a section; give its directions: --along")
        return command(source=source, domain=domain, **options)

    at_option = click.option(
        "--at",
        type=vector,
        metavar="P,P,...",
        help="The point of a section; by default the origin.",
    )
    along_option = click.option(
        "--along",
        type=vector,
        multiple=True,
        metavar="V,V,...",
        help="A direction of a section, a number for each input; once for each input of the "
        "figure. It shows x -> f(P + x U + y V).",
    )
    argument = click.argument("net", metavar="NET")
    return argument(domain_options(at_option(along_option(with_source))))


def vector(text: str) -> Vector:
    """Read rational numbers with commas between them.

    Examples
    --------
    >>> vector("1,-1/2")
    (Fraction(1, 1), Fraction(-1, 2))
    """
    return tuple(rational(part.strip()) for part in text.split(","))


def section_of(
    source: Source, domain: Domain, at: Vector | None, along: Sequence[Vector]
) -> tuple[Source, Domain]:
    """Return a network and its domain on a line, a plane or a space through its inputs.

    The section's network tells in its name where it lies.

    Raises
    ------
    DimensionError
        If point or directions do not fit the inputs, or the directions are dependent.
    DomainError
        If the section misses the interior of the domain.

    Examples
    --------
    >>> from exactpwl.domain import Domain
    >>> source = load_source("max:4")
    >>> e1, e2 = vector("1,0,0,0"), vector("0,1,0,0")
    >>> section_of(source, Domain.whole(4), None, [e1, e2])[0].network.name
    'max:4 on (0, 0, 0, 0) + x (1, 0, 0, 0) + y (0, 1, 0, 0)'
    """
    from exactpwl.formula import variable_names
    from exactpwl.network import Network

    network = source.network
    point = (Fraction(0),) * network.input_dimension if at is None else at
    section = network.section(point, along)
    parts = [_text(point)]
    parts += [f"{x} {_text(v)}" for x, v in zip(variable_names(len(along)), along, strict=True)]
    name = f"{network.name or source.label} on {' + '.join(parts)}"
    named = Source(Network(section.layers, name=name), source.origin, f"{source.label}-section")
    return named, domain.section(point, along)


def _text(point: Vector) -> str:
    return f"({', '.join(map(format_fraction, point))})"


def out_option(command: F) -> F:
    """Add -o."""
    return click.option(
        "-o",
        "--out",
        type=figure_file,
        metavar="FILE",
        help="The figure: FILE.pdf, FILE.svg or FILE.png. By default NET-FIGURE.png.",
    )(command)


def figure_file(text: str) -> Path:
    """Read the name of a figure; an error before the work if it cannot be one."""
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
        return vector(text)
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
    axes: Axes, out: Path | None, source: Source | str, figure: str, title: str | None = None
) -> int:
    """Write the figure around some axes, say where, and return the exit status.

    Parameters
    ----------
    axes : Axes
        Any of the figure.
    out : Path or None
        None stands for NET-FIGURE.png.
    source : Source or str
        What is drawn, or its label.
    figure : str
        Its name.
    title : str, optional
        Goes into the file's own description.
    """
    from exactpwl.plot import save_figure

    label = source if isinstance(source, str) else source.label
    path = out or Path(f"{label}-{figure}.png")
    with written_whole(path) as file:
        save_figure(axes, file, title or f"{label}: {figure}")
    click.echo(f"wrote {path}")
    return 0
