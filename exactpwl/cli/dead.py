"""``exactpwl dead``: which neurons never act on a domain, which always do, and which switch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from exactpwl.certificate import Certificate, End
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    json_option,
    load_source,
    network_argument,
)
from exactpwl.cli.messages import facts, width, wrapped
from exactpwl.cli.numerals import number_words, point_words, tell
from exactpwl.cli.progress import Bars, bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import asked, cut, last_words, written
from exactpwl.questions.neurons import STATES, NeuronState, certify_stable, stable_neurons
from exactpwl.questions.provable import provable
from exactpwl.rationals import EXACTNESS

__all__ = ["dead"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl dead disc-8-8-8 --box -5/4 5/4",
        "exactpwl dead rings --box -1 1 --out claims",
        "exactpwl dead net.json --json",
    ),
)
@network_argument
@domain_options
@click.option(
    "--out",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write a certificate for each layer that has a neuron which does not switch: "
    "FOLDER/layer0.cert, ..., for exactpwl-check.",
)
@json_option
def dead(
    net: str, box: tuple[Interval, ...], domain_file: Path | None, out: Path | None, as_json: bool
) -> int:
    """Tell the neurons of NET that are dead on a domain, always active, or that switch.

    For each neuron with kinks: the exact range of its pre-activation z on the closed domain, and
    what follows. zero: z vanishes identically; constant: z has one value; dead: on a flat piece
    everywhere (ReLU: z <= 0), so one value leaves it; always active: on one piece that is not flat
    (ReLU: z >= 0); switching: on several pieces. A neuron that is dead on a box may live outside.

    A certificate is about the network cut off before the layer's activation, whose outputs are the
    pre-activations: that is the network in the file. Its claim is a property, such as y1 <= 0.
    Where NET takes maxima over groups, they are replaced by ReLUs, and these are told of.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    with bars() as shown:
        shown.doing("finding the range of every neuron")
        told = provable(network)
        found = stable_neurons(told, domain)
        claims = certify_stable(told, found, domain) if out else {}
        lines = _written(claims, out, shown)
    if as_json:
        counts = {state: sum(one.state == state for one in found) for state in STATES}
        neurons = [one.as_json() for one in found]
        answer = {**asked(told, domain), "counts": counts, "neurons": neurons}
        click.echo(json.dumps({**answer, "exactness": EXACTNESS}))
        return 0
    click.echo(facts(network, domain, columns=width()))
    if told != network:
        click.echo(wrapped(told.architecture, first="ReLUs    ", rest=" " * 9, columns=width()))
    click.echo()
    lines_told = _told(found)
    tell(lines_told, rest="    ")
    last_words(lines)
    return 0


def _written(claims: dict[int, Certificate], folder: Path | None, shown: Bars) -> list[str]:
    if folder is None:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    if not claims:
        return ["no certificate is written: every neuron switches, so there is nothing to claim"]
    lines = []
    for layer, certificate in claims.items():
        lines.append(f"layer {layer}, cut off before its activation:")
        lines += written(certificate, folder / f"layer{layer}.cert", shown)
    return lines


def _told(found: tuple[NeuronState, ...]) -> list[str]:
    if not found:
        return ["no neuron has a kink: the network is affine"]
    neurons = "1 neuron" if len(found) == 1 else f"{len(found)} neurons"
    lines = [f"of {neurons} with kinks: {_counts(found)}"]
    layers = sorted({one.layer for one in found})
    if len(layers) > 1:
        lines += [
            f"  layer {layer}: {_counts([one for one in found if one.layer == layer])}"
            for layer in layers
        ]
    ordered = sorted(found, key=lambda one: STATES.index(one.state))
    return [*lines, *cut(ordered, _line), _NAMES]


def _counts(found: Sequence[NeuronState]) -> str:
    counts = [(state, sum(one.state == state for one in found)) for state in STATES]
    return ", ".join(f"{count} {state}" for state, count in counts if count)


_NAMES = "(layer.neuron, both counted from 0; z is the pre-activation)"


def _line(one: NeuronState) -> str:
    low, high = _end(one.lower, "-infinity"), _end(one.upper, "infinity")
    pieces = ", ".join(map(str, one.pieces))
    word = "piece" if len(one.pieces) == 1 else "pieces"
    return f"  {one.layer}.{one.neuron}  {one.state}: z from {low} to {high}; {word} {pieces}"


def _end(end: End, nowhere: str) -> str:
    if end.value is None:
        return nowhere
    return f"{number_words(end.value)} at {point_words(end.point)}"
