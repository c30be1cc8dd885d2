"""``exactpwl reduce``: the network without what it can do without, proved to be the same."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.destination import DESTINATION
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    json_option,
    load_source,
    network_argument,
)
from exactpwl.cli.messages import aligned, facts, width, wrapped
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import asked, cut, last_words, written
from exactpwl.questions.drafts import Fate, Place
from exactpwl.questions.reduction import Reduction, smaller_network
from exactpwl.rationals import EXACTNESS, format_fraction

__all__ = ["reduce"]

LONGEST_SUM = 80
"""Letters of a combination that is printed with its coefficients."""


@click.command(
    cls=Taught,
    examples=(
        "exactpwl reduce disc-8-8-8 -o smaller.json",
        "exactpwl reduce max:5 -o smaller.json --certificate equal.cert",
        "exactpwl reduce xor-20 --box -2 2 --json",
    ),
)
@network_argument
@domain_options
@click.option(
    "--out",
    "-o",
    type=DESTINATION,
    metavar="FILE",
    help="Write the smaller network, as native JSON.",
)
@click.option(
    "--certificate",
    "proof",
    type=DESTINATION,
    metavar="FILE",
    help="Write the proof that both are the same function on the domain, for exactpwl-check.",
)
@json_option
def reduce(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    out: Path | None,
    proof: Path | None,
    as_json: bool,
) -> int:
    """Make NET smaller without changing the function on a domain, and prove that.

    Neurons go that are dead, constant, not heard, multiples or combinations of others, and those
    without which the function is the same; always active ones become linear, pairs such as
    relu(z) - relu(-z) one linear neuron, and layers that are linear are folded into the next one.
    All of it is exact, on the closed domain: what can go there may be needed outside.

    The smaller network is then compared with NET on all regions of both; --certificate writes that
    proof. It is a network from which no single neuron can go, not a smallest one. Where NET takes
    maxima over groups, they are replaced by ReLUs first, and these are told of.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    with bars() as shown:
        shown.doing("looking for neurons that can go")
        found = smaller_network(network, domain)
        lines = written(found.certificate, proof, shown, found.given, found.smaller)
        if out is not None:
            found.smaller.save(out)
            lines.insert(0, f"written: {out}, the smaller network")
    if as_json:
        answer = {**asked(network, domain), **found.as_json(), "exactness": EXACTNESS}
        click.echo(json.dumps(answer))
        return 0
    click.echo(facts(network, domain, columns=width()))
    told = found.as_json()["after"]
    rows = [("ReLUs", found.given.architecture)] if found.given != network else []
    rows += [("smaller", told["architecture"]), ("sha256", told["sha256"])]
    click.echo(aligned(rows, indent="", columns=width()) + "\n")
    for line in _told(found):
        click.echo(wrapped(line, rest="    ", columns=width()))
    click.echo()
    last_words(lines)
    return 0


def _told(found: Reduction) -> list[str]:
    before, after = (found.as_json()[key] for key in ("before", "after"))
    changed = [(place, fate) for place, fate in found.fates.items() if fate.what != "kept"]
    regions = found.certificate.claim.as_json()["regions"]
    lines = [
        f"hidden neurons: {before['hidden_neurons']}, now {after['hidden_neurons']}; "
        f"weights and biases: {before['weights']}, now {after['weights']}",
    ]
    counts = Counter(fate.what for fate in found.fates.values())
    if changed:
        lines.append("of these " + ", ".join(f"{n} {what}" for what, n in counts.most_common()))
    lines += cut(changed, _line) or ["no hidden neuron can go"]
    where = "everywhere" if found.domain.is_whole_space else "on this domain, not beyond it"
    return [
        *lines,
        f"proved: the same function {where}, on all regions of both together: {regions}",
    ]


def _line(item: tuple[Place, Fate]) -> str:
    (layer, neuron), fate = item
    return f"  {layer}.{neuron}  {_WORDS[fate.what].format(**_parts(fate))}"


def _parts(fate: Fate) -> dict[str, Any]:
    terms = [f"{format_fraction(c)} times {i}.{j}" for c, (i, j) in fate.terms]
    if fate.constant and terms:
        terms.append(format_fraction(fate.constant))
    told = " + ".join(terms)
    if len(told) > LONGEST_SUM:
        names = ", ".join(f"{i}.{j}" for _, (i, j) in fate.terms)
        constant = " and a constant" if fate.constant else ""
        told = f"a combination of {names}{constant}, in --json exactly"
    return {"terms": told, "value": format_fraction(fate.constant)}


_WORDS = {
    "linear": "always active: kept, without its kink",
    "zero": "its pre-activation is 0 everywhere: gone, its value {value} is in the next biases",
    "constant": "constant: gone, its value {value} is in the next biases",
    "dead": "dead: gone, its value {value} is in the next biases",
    "multiple": "gone: it is {terms}",
    "combination": "gone: it is {terms}",
    "paired": "heard with another one only, and their sum is affine: one linear neuron for both",
    "unheard": "gone: nobody hears it",
    "merged": "linear on the domain: one of several that fewer linear neurons replace",
    "folded": "linear on the domain, as all of its layer, which is now a part of the next",
    "not needed": "gone: without it the function is the same",
}
