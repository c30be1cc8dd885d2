"""``exactpwl plot gradient``: a region's affine map as an image, for image-like inputs."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.figures.options import out_option, output_option, vector, write_figure
from exactpwl.cli.inputs import load_source, rational
from exactpwl.cli.teaching import Taught

__all__ = ["gradient"]


def shape(text: str) -> tuple[int, int]:
    """Read rows and columns.

    Examples
    --------
    >>> shape("8x4")
    (8, 4)
    """
    rows, cross, columns = text.lower().partition("x")
    if not (cross and rows.isdecimal() and columns.isdecimal()):
        raise click.BadParameter(f"rows and columns such as 8x8 are required, got {text!r}")
    return int(rows), int(columns)


def numbers_of(path: Path) -> tuple[Fraction, ...]:
    """Read a text of numbers with blanks, commas or line ends between them."""
    try:
        words = path.read_text(encoding="utf-8").replace(",", " ").split()
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"a text file of numbers is required; {error}") from None
    return tuple(map(rational, words))


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot gradient digits --shape 8x8 --point 1/2 --numbers",
        "exactpwl plot gradient hat2d --point 1/4,-1/2 -o hat.svg",
        "exactpwl plot gradient digits --pattern 1111100000",
    ),
)
@click.argument("net", metavar="NET")
@click.option(
    "--shape",
    type=shape,
    metavar="ROWSxCOLUMNS",
    help="The image's shape, 8x8; by default a square where the inputs make one, else a row.",
)
@click.option(
    "--point",
    type=vector,
    metavar="P,P,...",
    help="The point at which the gradient is taken; one number stands for all coordinates.",
)
@click.option(
    "--image",
    "image_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The point as a text file: its numbers row by row, as exact texts such as 1/2.",
)
@click.option("--pattern", metavar="PATTERN", help="The gradient of an activation pattern instead.")
@output_option
@click.option("--numbers", is_flag=True, help="Write each number into its cell.")
@out_option
def gradient(
    net: str,
    point: tuple[Fraction, ...] | None,
    image_file: Path | None,
    pattern: str | None,
    out: Path | None,
    **options: Any,
) -> int:
    """Draw the gradient of an output, at a point or of a pattern, as an image.

    No region is enumerated, so NET may have any number of inputs. The caption has the exact
    extremes, and by how much all inputs may change at once before the pattern can.
    """
    from exactpwl.plot import gradient_image

    if sum(given is not None for given in (point, image_file, pattern)) != 1:
        raise click.UsageError(
            "the gradient is that at one place: give --point, --image or --pattern"
        )
    source = load_source(net)
    where = point if image_file is None else numbers_of(image_file)
    if where is not None and len(where) == 1:
        where *= source.network.input_dimension
    ax = gradient_image(source.network, point=where, pattern=pattern, **options)
    return write_figure(ax, out, source, "gradient")
