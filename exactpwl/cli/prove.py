"""``exactpwl prove``: a document for a lecture that proves what is said of a network."""

from __future__ import annotations

import json
from pathlib import Path

import click

from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    jobs_option,
    json_option,
    load_source,
    network_argument,
    workers,
)
from exactpwl.cli.messages import EXACTNESS, one_line, width, wrapped
from exactpwl.cli.progress import bars
from exactpwl.cli.staging import write_whole
from exactpwl.cli.teaching import Taught
from exactpwl.enumeration import regions
from exactpwl.errors import ProofError
from exactpwl.proving.document import PAGES
from exactpwl.proving.network_document import MOST_ROWS
from exactpwl.proving.network_document import prove as library_prove

__all__ = ["prove"]

A_CHECK_FAILS = 1


@click.command(
    cls=Taught,
    examples=(
        "exactpwl prove xor",
        "exactpwl prove disc --box -1 1 -o disc.tex",
        "exactpwl prove lines:8 --most 10 -o lines.md",
    ),
)
@network_argument
@domain_options
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The document: FILE.md for Markdown, FILE.tex for LaTeX (an article that compiles), "
    "FILE.txt for plain text. Without it the plain text is printed.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=MOST_ROWS,
    show_default=True,
    metavar="N",
    help="Rows of each table. What is checked is checked for all regions, however many are shown.",
)
@jobs_option
@json_option
def prove(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    out: Path | None,
    most: int,
    jobs: int,
    as_json: bool,
) -> int:
    """Write a document that proves what is said of NET, for a lecture.

    It tells what the network is and what is claimed of it; its regions with their inequalities and
    affine maps; the patterns that no point has, each with a sum of its inequalities that is false
    (of more than 1024 patterns the first ones, as examples); why no region is missing; how the
    slope jumps across every facet while the value does not; its counts against the bounds of the
    theory; and Euler's relation.

    Every statement is checked while it is written, in exact arithmetic. If one does not hold there
    is no document, and the status is 1. Exact means exact for the real-valued function of the
    stored numbers, not for a float runtime.
    """
    if out is not None and out.suffix not in PAGES:
        raise click.UsageError(
            f"-o FILE ends in {', '.join(PAGES)}, got {out.suffix or 'no ending'}"
        )
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    with bars() as shown:
        with workers(jobs) as executor:
            complex_ = regions(network, domain, executor=executor, listener=shown.enumeration())
        shown.doing("proving")
        try:
            document = library_prove(complex_, most=most)
        except ProofError as error:
            click.echo(f"Error: {one_line(str(error))}", err=True)
            return A_CHECK_FAILS
    if out is not None:
        write_whole(out, "".join(PAGES[out.suffix](document.title, document.steps)))
    if as_json:
        facts = {"title": document.title, "checks": list(document.checks)}
        click.echo(json.dumps({**facts, "file": None if out is None else str(out)}))
    elif out is None:
        click.echo(document.to_text(), nl=False)
    else:
        count = len(document.checks)
        click.echo(f"{count} statements checked while they were written into {out}")
        click.echo(wrapped(EXACTNESS, columns=width()))
    return 0
