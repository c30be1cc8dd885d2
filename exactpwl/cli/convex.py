"""``exactpwl convex``: whether outputs are convex, concave or affine; three points if not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

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
from exactpwl.cli.numerals import map_words, number_words, tell
from exactpwl.cli.outputs import (
    NOTHING_WRITTEN,
    combinations,
    outputs_option,
    region_words,
    value_words,
)
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import (
    NO,
    YES,
    asked,
    certificate_option,
    cut,
    last_words,
    map_json,
    texts,
    written,
)
from exactpwl.complex import PolyhedralComplex
from exactpwl.enumeration import regions
from exactpwl.questions.bending import Bend, Convexity, convexity
from exactpwl.questions.shape_certificates import certify_convexity
from exactpwl.rationals import format_fraction

__all__ = ["convex"]


class Answer(NamedTuple):
    """What was found for one combination of outputs."""

    name: str
    found: Convexity
    against: tuple[Bend, ...]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl convex max:3 --out convex.cert",
        "exactpwl convex tent --box 0 1 --concave",
        "exactpwl convex xor --box 0 1 --affine --json",
    ),
)
@network_argument
@domain_options
@outputs_option
@click.option("--concave", is_flag=True, help="Ask whether they are concave instead.")
@click.option(
    "--affine",
    is_flag=True,
    help="Ask whether each is one affine function on the whole domain instead.",
)
@certificate_option
@json_option
def convex(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    outputs: tuple[str, ...],
    concave: bool,
    affine: bool,
    out: Path | None,
    as_json: bool,
) -> int:
    """Decide whether outputs of NET are convex, or show three points where they are not.

    It is decided at the facets between neighbouring regions: a function is convex iff it bends
    upwards across each. A convex one is printed as the maximum of its affine pieces, a concave one
    as their minimum. Where it is not what was asked, two points x, y and their middle show it.

    The exit status is 0 if all outputs that are asked about are convex (or concave, or affine), and
    10 if not. A certificate is written of a yes; of a no the three points are the proof. Exact
    means exact for the real-valued function of the stored numbers, not for a float runtime.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    chosen = combinations(outputs, network.output_dimension)
    if concave and affine:
        raise click.UsageError("one of --concave and --affine is required; what is affine is both")
    wanted = "concave" if concave else "affine" if affine else "convex"
    if out and len(chosen) > 1:
        raise click.UsageError(
            "--out writes a certificate of one output or combination: choose it by --output"
        )
    with bars() as shown:
        complex_ = regions(network, domain, listener=shown.enumeration())
        shown.doing("comparing neighbours")
        answers = []
        for name, coefficients in chosen:
            found = convexity(complex_, coefficients)
            answers.append(Answer(name, found, found.counterexamples(wanted)))
        lines = []
        if out and answers[0].against:
            lines = [NOTHING_WRITTEN]
        elif out:
            made = certify_convexity(network, answers[0].found, wanted, domain)
            lines = written(made, out, shown, network)
    holds = not any(answer.against for answer in answers)
    if as_json:
        told = [_as_dict(answer) for answer in answers]
        whole = {**asked(network, domain), "shape": wanted, "holds": holds, "answers": told}
        click.echo(json.dumps(whole))
        return YES if holds else NO
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    words = [line for answer in answers for line in _lines(answer, complex_)]
    tell(words)
    click.echo(f"yes: {wanted}" if holds else f"no, not {wanted}: the points above show it")
    click.echo()
    last_words(lines)
    return YES if holds else NO


def _lines(answer: Answer, complex_: PolyhedralComplex) -> list[str]:
    name, found, against = answer
    pieces = found.pieces
    if found.is_affine:
        lines = [f"{name} is affine: {map_words(pieces[0])}"]
    elif found.word == "neither":
        lines = [f"{name} is neither convex nor concave; it has {len(pieces)} affine pieces"]
    else:
        extreme = "maximum" if found.is_convex else "minimum"
        lines = [f"{name} is {found.word}: the {extreme} of {len(pieces)} affine functions"]
        lines += [f"  {text}" for text in cut(pieces, map_words)]
    return [*lines, *(_against(name, bend, complex_) for bend in against)]


def _against(name: str, bend: Bend, complex_: PolyhedralComplex) -> str:
    first, middle, last = (
        value_words(name, point, value)
        for point, value in zip(bend.points, bend.values, strict=True)
    )
    way = "above" if bend.excess > 0 else "below"
    where = " and ".join(region_words(complex_.regions[i]) for i in bend.regions)
    return (
        f"{first}, and {last}; between them {middle}, which is {number_words(abs(bend.excess))} "
        f"{way} their mean ({where})"
    )


def _as_dict(answer: Answer) -> dict[str, Any]:
    found = answer.found
    return {
        "output": answer.name,
        "coefficients": texts(found.coefficients),
        "answer": found.word,
        "holds": not answer.against,
        "pieces": [map_json(piece) for piece in found.pieces],
        "upward": _bend_json(found.upward),
        "downward": _bend_json(found.downward),
    }


def _bend_json(bend: Bend | None) -> dict[str, Any] | None:
    if bend is None:
        return None
    return {
        "regions": list(bend.regions),
        "points": list(map(texts, bend.points)),
        "values": texts(bend.values),
        "excess": format_fraction(bend.excess),
    }
