"""``exactpwl plot diagram``: the network with its weights, and what one pattern makes of it."""

from __future__ import annotations

from pathlib import Path

import click

from exactpwl.cli.figures.options import out_option, write_figure
from exactpwl.cli.inputs import Interval, domain_of, domain_options, load_source
from exactpwl.cli.teaching import Taught

__all__ = ["diagram"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl plot diagram xor",
        "exactpwl plot diagram xor --pattern 10 -o xor-10.pdf",
        "exactpwl plot diagram xor --pattern 01",
    ),
)
@click.argument("net", metavar="NET")
@click.option(
    "--pattern",
    metavar="PATTERN",
    help="Cross out the neurons that this activation pattern turns off, strike out their rows, "
    "and write the affine map and the region, or why there is none: 10 or '101|01'.",
)
@domain_options
@out_option
def diagram(
    net: str,
    pattern: str | None,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    out: Path | None,
) -> int:
    """Draw the network with its weights, and what one pattern makes of it.

    Where there is room each edge has its exact weight and each neuron its bias; in a larger network
    an edge shows sign and size by colour and width. With a pattern the neurons that are off are
    crossed out, the rows that they make zero struck out, and beside it are W and b and the
    inequalities of the region; for an empty pattern a Farkas certificate.
    """
    from exactpwl.plot import diagram, pattern_diagram

    source = load_source(net)
    if pattern is None:
        if box or domain_file is not None:
            raise click.UsageError(
                "--box and --domain bound the region of a pattern: add --pattern"
            )
        return write_figure(diagram(source.network), out, source, "diagram")
    domain = domain_of(source.network, box, domain_file)
    axes = pattern_diagram(source.network, pattern, domain=domain)
    return write_figure(axes[0], out, source, "diagram")
