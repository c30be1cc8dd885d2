"""``exactpwl plot cross-section``: a network along straight lines."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from exactpwl.cli.figures.options import (
    out_option,
    output_option,
    seen,
    vector,
    window_option,
    write_figure,
)
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    load_source,
    network_argument,
    rational,
)
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught

__all__ = ["cross_section"]

Vector = tuple[Fraction, ...]


@click.command(
    "cross-section",
    cls=Taught,
    examples=(
        "exactpwl plot cross-section xor --line 0,0 1,1 --line 0,1 1,0",
        "exactpwl plot cross-section max:5 --line 0,0,0,0,0 1,2,3,4,5 -o line.pdf",
    ),
)
@network_argument
@click.option(
    "--line",
    "lines",
    type=(vector, vector),
    multiple=True,
    required=True,
    metavar="P,P,... V,V,...",
    help="A point and a direction, a number for each input; once for each line.",
)
@click.option(
    "--span",
    type=(rational, rational),
    metavar="LO HI",
    help="The range of s in P + s V; by default what lies in the plan's window, or an interval "
    "around all bends.",
)
@domain_options
@window_option
@output_option
@click.option("--no-plan", is_flag=True, help="Draw no plan beside the graph.")
@out_option
def cross_section(
    net: str,
    lines: tuple[tuple[Vector, Vector], ...],
    span: Interval | None,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    window: tuple[Interval, ...],
    output: int | Vector,
    no_plan: bool,
    out: Path | None,
) -> int:
    """Draw a network along straight lines through its inputs.

    A line is s -> P + s V. A dot is a bend, a ring a place where a neuron switches and the output
    goes straight on. With two inputs a plan with the lines stands beside the graph.
    """
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.enumeration import regions
    from exactpwl.network import Network
    from exactpwl.plot import cross_section

    source = load_source(net)
    domain = domain_of(source.network, box, domain_file)
    plan = source.network.input_dimension == 2 and not no_plan
    with bars() as shown:
        subject: Network | PolyhedralComplex = source.network
        if plan:
            subject = regions(source.network, domain, listener=shown.enumeration())
        shown.doing("drawing the figure")
        axes = cross_section(
            subject,
            lines,
            domain=domain,
            span=None if span is None else [span],
            window=seen(window, source, whole_space=domain.is_whole_space) if plan else None,
            output=output,
            plan=plan,
        )
        return write_figure(axes[0], out, source, "cross-section")
