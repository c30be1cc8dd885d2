"""``exactpwl injective``: whether distinct inputs have distinct outputs, or two that have not."""

from __future__ import annotations

import json
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
from exactpwl.cli.numerals import point_words, tell
from exactpwl.cli.outputs import region_words
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import (
    NO,
    YES,
    asked,
    certificate_option,
    last_words,
    texts,
    written,
)
from exactpwl.complex import PolyhedralComplex
from exactpwl.enumeration import regions
from exactpwl.questions.injective_maps import Injectivity, injectivity
from exactpwl.questions.shape_certificates import certify_injectivity

__all__ = ["injective"]

NETWORK = "the certificate is about the network (x, y) -> f(x) - f(y), in twice as many inputs"


@click.command(
    cls=Taught,
    examples=(
        "exactpwl injective sawtooth:3",
        "exactpwl injective tent --box 0 1/2 --out injective.cert",
        "exactpwl injective tent --box 0 1/2 --json",
    ),
)
@network_argument
@domain_options
@certificate_option
@json_option
def injective(
    net: str, box: tuple[Interval, ...], domain_file: Path | None, out: Path | None, as_json: bool
) -> int:
    """Decide whether NET is injective, or show two points with the same outputs.

    All outputs count together. It is decided by ranks and determinants of the regions' linear maps,
    by the degree where there are as many outputs as inputs on the whole space, and else by asking
    all pairs of regions whose images come near each other.

    A certificate is about f(x) - f(y) in twice as many inputs, and has a leaf for each pair of
    regions; without --out none is looked for.

    The exit status is 0 if NET is injective on the closed domain, 10 if not. Exact means exact for
    the real-valued function of the stored numbers, not for a float runtime.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    with bars() as shown:
        complex_ = regions(network, domain, listener=shown.enumeration())
        found = injectivity(complex_, shown.step)
        lines = []
        if out:
            shown.doing("proving it for all pairs of points")
            made = certify_injectivity(network, domain, found.collision)
            lines = [NETWORK, *written(made, out, shown)]
    status = YES if found.is_injective else NO
    if as_json:
        click.echo(json.dumps({**asked(network, domain), **_as_dict(found, complex_)}))
        return status
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    told = _lines(found, complex_)
    tell(told)
    last_words(lines)
    return status


def _lines(found: Injectivity, complex_: PolyhedralComplex) -> list[str]:
    if found.collision is None:
        return [f"yes, injective: {found.sentence}", f"regions: {len(complex_)}"]
    collision = found.collision
    first, second, image = map(point_words, (collision.first, collision.second, collision.image))
    places = [region_words(complex_.regions[i]) for i in dict.fromkeys(collision.regions)]
    return [
        f"no, not injective: {found.sentence}",
        f"{first} and {second} both go to {image} ({' and '.join(places)})",
    ]


def _as_dict(found: Injectivity, complex_: PolyhedralComplex) -> dict[str, Any]:
    collision = found.collision
    return {
        "holds": found.is_injective,
        "reason": found.reason,
        "regions": len(complex_),
        "pairs": found.pairs,
        "points": collision and [texts(collision.first), texts(collision.second)],
        "image": collision and texts(collision.image),
    }
