"""``exactpwl flat``: where a network is constant, and how much of the domain that is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.certificate.question import parse_combination
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
from exactpwl.cli.messages import facts, width
from exactpwl.cli.numerals import number_words, share_words, tell, volume_words
from exactpwl.cli.outputs import region_words
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import YES, asked, cut, last_words, texts
from exactpwl.complex import PolyhedralComplex
from exactpwl.enumeration import regions
from exactpwl.questions.flatness import FlatPiece, flat_pieces, flat_volumes
from exactpwl.rationals import EXACTNESS, format_fraction

__all__ = ["flat"]

_MOST_REGIONS = 3


@click.command(
    cls=Taught,
    examples=(
        "exactpwl flat hat2d --box -2 2",
        "exactpwl flat disc",
        'exactpwl flat disc --output "2 y" --json',
    ),
)
@network_argument
@domain_options
@click.option(
    "--output",
    metavar="TEXT",
    help="Tell where this output or combination is constant, such as y2 or 'y1 - y2'. Without it, "
    "where all outputs are.",
)
@jobs_option
@json_option
def flat(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    output: str | None,
    jobs: int,
    as_json: bool,
) -> int:
    """List the regions of NET on which its gradient vanishes, joined across facets.

    There the outputs are constant: the network does not see its input, and gradients say nothing.
    Each piece has its value, its regions, its volume and its share of the domain. Exact means exact
    for the real-valued function of the stored numbers, not for a float runtime.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    chosen = None if output is None else parse_combination(output, network.output_dimension)
    with workers(jobs) as executor, bars() as shown:
        complex_ = regions(network, domain, executor=executor, listener=shown.enumeration())
        shown.doing("comparing gradients")
        found = flat_pieces(complex_, chosen)
        inside, whole = flat_volumes(complex_, found)
    if as_json:
        told = {
            **asked(network, domain),
            "output": output,
            "pieces": [_as_dict(piece, complex_) for piece in found],
            "regions": len(complex_),
            "volume": _text(inside),
            "volume_of_domain": _text(whole),
            "exactness": EXACTNESS,
        }
        click.echo(json.dumps(told))
        return YES
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    name = output or ("the output" if network.output_dimension == 1 else "the vector of outputs")
    lines = _lines(name, found, complex_, inside, whole)
    tell(lines)
    last_words([])
    return YES


def _lines(
    name: str,
    found: Sequence[FlatPiece],
    complex_: PolyhedralComplex,
    inside: Fraction | None,
    whole: Fraction | None,
) -> list[str]:
    count = len(complex_)
    if not found:
        return [f"flat nowhere: the gradient of {name} vanishes on none of {count} regions"]
    flat_regions = sum(len(piece.regions) for piece in found)
    share = f"volume {volume_words(inside)}{share_words(inside, whole)}"
    return [
        f"flat: {name} is constant on {flat_regions} of {count} regions, {share}",
        *cut(found, lambda piece: _line(piece, complex_, whole)),
    ]


def _line(piece: FlatPiece, complex_: PolyhedralComplex, whole: Fraction | None) -> str:
    value = ", ".join(map(number_words, piece.value))
    size = f"volume {volume_words(piece.volume)}{share_words(piece.volume, whole)}"
    named = [region_words(complex_.regions[i]) for i in piece.regions[:_MOST_REGIONS]]
    more = len(piece.regions) - len(named)
    places = "; ".join(named) + (f"; and {more} more" if more else "")
    return f"value {value}, {size}: {places}"


def _as_dict(piece: FlatPiece, complex_: PolyhedralComplex) -> dict[str, Any]:
    return {
        "value": texts(piece.value),
        "regions": list(piece.regions),
        "patterns": [str(complex_.regions[i].pattern) for i in piece.regions],
        "volume": _text(piece.volume),
    }


def _text(found: Fraction | None) -> str | None:
    """Return a volume as JSON has it; an infinite one is null."""
    return None if found is None else format_fraction(found)
