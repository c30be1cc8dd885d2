"""``exactpwl lipschitz``: the least Lipschitz constant, exactly, and which regions attain it."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    json_option,
    load_source,
    network_argument,
)
from exactpwl.cli.messages import facts, width
from exactpwl.cli.numerals import map_words, number_words, point_words, tell
from exactpwl.cli.outputs import pattern_words
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import (
    YES,
    asked,
    certificate_option,
    cut,
    last_words,
    map_json,
    texts,
    written,
)
from exactpwl.domain import Domain
from exactpwl.questions.steepness import LIPSCHITZ_NORMS, LipschitzConstant, lipschitz_constant
from exactpwl.rationals import EXACTNESS, format_fraction
from exactpwl.region import Region

__all__ = ["lipschitz"]

_NAMES = {"1": "l1", "inf": "l-infinity", "2": "Euclidean"}


@click.command(
    cls=Taught,
    examples=(
        "exactpwl lipschitz xor",
        "exactpwl lipschitz disc --norm 2 --out lipschitz.cert",
        "exactpwl lipschitz sawtooth:5 --box 0 1 --norm 1 --json",
    ),
)
@network_argument
@domain_options
@click.option(
    "--norm",
    type=click.Choice(tuple(LIPSCHITZ_NORMS)),
    default="inf",
    show_default=True,
    help="Of the inputs, and of the outputs where there are several. For one output it is the dual "
    "norm of the gradient: the sum of its absolute values for inf, the largest for 1. 2 is for one "
    "output.",
)
@certificate_option
@json_option
def lipschitz(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    norm: str,
    out: Path | None,
    as_json: bool,
) -> int:
    """Compute the least Lipschitz constant of NET, exactly, and where it is attained.

    It is the largest norm of the linear maps of the full-dimensional regions; maps of patterns that
    only a face has do not count. For the norm 2 the square is rational; its root is given exactly
    if it is rational, too, and between two decimals if not. Exact means exact for the real-valued
    function of the stored numbers, not for a float runtime.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    with bars() as shown:
        shown.doing("looking for the steepest region")
        found = lipschitz_constant(network, norm, domain)
        lines = written(found.certificate, out, shown, network)
        if as_json:
            click.echo(json.dumps(_as_dict(found, domain)))
            return YES
        answer = _lines(found)
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    tell(answer)
    last_words(lines)
    return YES


def _lines(found: LipschitzConstant) -> list[str]:
    name = _NAMES[found.norm]
    what = f"the least Lipschitz constant in the {name} norm"
    if found.value is not None:
        answer = f"{what} is {number_words(found.value)}"
    else:
        low, high = map(_decimal, found.enclosure())
        root = f"the square root of {number_words(found.square)}"
        answer = f"{what} is {root}, which is between {low} and {high}"
    count = f"{len(found.regions)} of {len(found.complex)} regions"
    return [answer, f"it is attained on {count}:", *cut(found.regions, _line)]


def _line(region: Region) -> str:
    place, pattern = point_words(region.interior_point), pattern_words(region.pattern)
    return f"  around {place}, pattern {pattern}: f = {map_words(region.affine_map)}"


def _decimal(value: Fraction) -> str:
    """Return the end of an enclosure, a decimal of few digits."""
    return str(Decimal(value.numerator) / Decimal(value.denominator))


def _as_dict(found: LipschitzConstant, domain: Domain) -> dict[str, Any]:
    return {
        **asked(found.network, domain),
        "norm": found.norm,
        "value": None if found.value is None else format_fraction(found.value),
        "square": format_fraction(found.square),
        "between": texts(found.enclosure()),
        "regions": [
            {
                "pattern": str(region.pattern),
                "witness": texts(region.interior_point),
                "map": map_json(region.affine_map),
            }
            for region in found.regions
        ],
        "exactness": EXACTNESS,
    }
