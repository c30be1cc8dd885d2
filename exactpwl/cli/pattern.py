"""``exactpwl pattern``: one activation pattern as a polyhedron, or the proof that it is empty."""

from __future__ import annotations

import json
from pathlib import Path

import click

from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    json_option,
    load_source,
    network_argument,
)
from exactpwl.cli.messages import EXACTNESS, width, wrapped
from exactpwl.cli.teaching import Taught
from exactpwl.formula import latex_affine
from exactpwl.pattern_cell import PatternPolyhedron, pattern_polyhedron

__all__ = ["pattern"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl pattern xor 10",
        "exactpwl pattern xor 01 --latex",
        "exactpwl pattern sawtooth:2 '10|11' --box 0 1 --json",
    ),
)
@network_argument
@click.argument("pattern", metavar="PATTERN")
@domain_options
@click.option("--latex", is_flag=True, help="Print LaTeX (amsmath) instead.")
@json_option
def pattern(
    net: str,
    pattern: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    latex: bool,
    as_json: bool,
) -> int:
    """Show the polyhedron of one activation pattern of NET, exactly.

    PATTERN has one piece a neuron (for ReLU 0 inactive, 1 active), | between layers, a piece of 10
    or more in parentheses: 10 or '101|01'. Quote it, because | means something to the shell.

    Shown are all inequalities with the neuron that each comes from, those that are facets, the
    status (full, thin or empty), and a point inside with vertices and rays, or, where there is no
    such point, a Farkas certificate: a sum of the inequalities that is false. Exact means exact for
    the real-valued function of the stored numbers, not for a float runtime.
    """
    if latex and as_json:
        raise click.UsageError("--latex and --json are two forms of the answer; take one of them")
    network = load_source(net).network
    cell = pattern_polyhedron(network, pattern, domain_of(network, box, domain_file))
    if as_json:
        click.echo(json.dumps(cell.as_dict()))
    elif latex:
        click.echo(_latex(cell))
    else:
        click.echo(str(cell))
        click.echo()
        click.echo(wrapped(EXACTNESS, columns=width()))
    return 0


def _latex(cell: PatternPolyhedron) -> str:
    """Return the inequalities with their origins, and the map or the certificate."""
    rows = [rf"{i.latex()} && \text{{{_prose(i.origin)}}}" for i in cell.inequalities]
    system = "\\begin{align*}\n" + " \\\\\n".join(f"  & {row}" for row in rows) + "\n\\end{align*}"
    head = f"% pattern {cell.pattern}: {cell.status}"
    parts = [head, system] if rows else [head]
    if cell.certificate is not None:
        parts.append(f"\\[ {cell.certificate.latex()} \\]")
    if cell.status == "full":
        entries = zip(cell.affine_map.weight, cell.affine_map.bias, strict=True)
        outputs = r",\ ".join(latex_affine(w, b) for w, b in entries)
        parts.append(f"\\[ f = {outputs} \\]")
    return "\n".join(parts)


def _prose(origin: str) -> str:
    """Return the origin of an inequality as LaTeX text."""
    where, colon, condition = origin.partition(": ")
    if not colon:
        return where
    return f"{where}: ${condition.replace('<=', chr(92) + 'le')}$"
