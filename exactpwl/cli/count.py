"""``exactpwl count``: the counts alone, for people and for other programs.

With ``--json`` the output is a contract, see `exactpwl.summary`.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from exactpwl.cli.definitions import counts_text
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    jobs_option,
    json_option,
    load_source,
    names_from,
    network_argument,
    workers,
)
from exactpwl.cli.messages import EXACTNESS, facts, width, wrapped
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.summary import COUNTS, METHODS
from exactpwl.summary import count as library_count

__all__ = ["count"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl count xor",
        "exactpwl count braid:3 --json",
        "exactpwl count net.npz --box -1 1 --only activation_regions,f_vector --json",
        "exactpwl count resonance:7 --only activation_regions",
    ),
)
@network_argument
@domain_options
@click.option(
    "--only",
    type=names_from("keys", COUNTS),
    metavar="KEY,...",
    help=f"Compute these alone: {', '.join(COUNTS)}. In the JSON object the others are null.",
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="auto",
    show_default=True,
    help="Count by the characteristic polynomial of the kinks (one layer, the whole space, regions "
    "and bounded regions only), or subdivide the domain and count what is there. By default the "
    "polynomial, wherever it gives all that is asked for.",
)
@jobs_option
@json_option
def count(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    only: tuple[str, ...] | None,
    method: str,
    jobs: int,
    as_json: bool,
) -> int:
    """Count the regions, faces and neighbours of NET, exactly.

    Every count names its definition; "linear region" alone is ambiguous. Over a domain the domain
    is open: the faces on its boundary do not count. Exact means exact for the real-valued function
    of the stored numbers, not for a float runtime.

    The regions of one layer over the whole space need not be enumerated to be counted: with --only
    activation_regions (and bounded_regions) the 347 million of resonance:7 take a second
    (Zaslavsky's theorem).

    With --json the output is one JSON object with the keys activation_regions, linear_regions,
    affine_pieces, bounded_regions, adjacencies, f_vector, dimension and lineality.
    """
    source = load_source(net)
    domain = domain_of(source.network, box, domain_file)
    with workers(jobs) as executor, bars() as shown:
        found = library_count(
            source.network,
            domain,
            only=only,
            method=method,
            executor=executor,
            listener=shown.enumeration(),
        )
    if as_json:
        click.echo(json.dumps(found))
        return 0
    click.echo(facts(source.network, domain, columns=width()))
    click.echo()
    click.echo(counts_text(found, domain, columns=width()))
    click.echo()
    click.echo(wrapped(EXACTNESS, columns=width()))
    return 0
