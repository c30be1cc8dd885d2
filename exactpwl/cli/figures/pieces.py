"""``exactpwl plot pieces``: a function given by pieces, with its jumps."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactpwl.cli.figures.options import (
    out_option,
    output_option,
    window_option,
    write_figure,
)
from exactpwl.cli.inputs import Interval, intervals
from exactpwl.cli.teaching import Taught

if TYPE_CHECKING:
    from exactpwl.piecewise import PiecewiseFunction

__all__ = ["pieces"]


@click.command(
    "pieces",
    cls=Taught,
    examples=(
        "exactpwl plot pieces torn --maps",
        "exactpwl plot pieces scissors --surface -o scissors.pdf",
    ),
)
@click.argument("file", metavar="FILE")
@click.option("--maps", is_flag=True, help="Write the affine function of each piece.")
@click.option("--surface", is_flag=True, help="Draw the graph over two inputs in space.")
@window_option
@output_option
@out_option
def pieces(
    file: str,
    maps: bool,
    surface: bool,
    window: tuple[Interval, ...],
    output: int | tuple[Fraction, ...],
    out: Path | None,
) -> int:
    """Draw a function given by pieces, with its jumps and the sentence that refuses them.

    FILE is a file of pieces, polyhedra with an affine map each; or step, torn or scissors of the
    gallery. A function of one input is drawn as a graph, one of two from above or as a surface.
    """
    from exactpwl.plot import function_graph, surface_pieces, top_down_pieces

    function, label = _loaded(file)
    dimension = function.input_dimension
    look = intervals(window, dimension, "--window") if window else None
    if surface:
        if maps:
            raise click.UsageError("--maps writes into a plan or under a graph, not on a surface")
        ax = surface_pieces(function, window=look, output=output)
    elif dimension == 1:
        ax = function_graph(function, window=look, output=output, maps=maps)
    else:
        ax = top_down_pieces(function, window=look, output=output, maps=maps)
    return write_figure(ax, out, label, "pieces")


def _loaded(spec: str) -> tuple[PiecewiseFunction, str]:
    """Return the function of a file, or of the gallery where there is no such file."""
    from exactpwl.errors import GalleryError
    from exactpwl.gallery import piecewise, piecewise_names
    from exactpwl.piecewise import PiecewiseFunction

    path = Path(spec)
    if path.is_file():
        return PiecewiseFunction.load(path), path.stem
    if spec not in piecewise_names() and (path.suffix or len(path.parts) > 1):
        names = ", ".join(piecewise_names())
        raise GalleryError(f"there is no file {spec!r}; the gallery has {names}", spec=spec)
    return piecewise(spec), spec
