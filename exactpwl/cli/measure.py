"""``exactpwl measure``: what layers add, what random lines meet, what the decision can spare.

With ``--json`` the output is one object with the same numbers, exact ones as texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.inputs import (
    Interval,
    Source,
    domain_of,
    domain_options,
    intervals,
    json_option,
    load_source,
    names_from,
    network_argument,
)
from exactpwl.cli.messages import EXACTNESS, facts, heading, width, wrapped
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain
from exactpwl.growth import layer_counts, regions_along_lines
from exactpwl.network import Network
from exactpwl.rationals import format_fraction
from exactpwl.redundancy import removals

__all__ = ["measure"]

MEASURES = ("layers", "lines", "decision")

Found = dict[str, Any]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl measure disc-3",
        "exactpwl measure disc-8-8-8 --box -5/4 5/4",
        "exactpwl measure xor-20@0 --only lines --lines 20 --json",
        "exactpwl measure sawtooth:5 --box 0 1 --only layers",
    ),
)
@network_argument
@domain_options
@click.option(
    "--only",
    type=names_from("measures", MEASURES),
    metavar="NAME,...",
    help=f"Measure these alone: {', '.join(MEASURES)}.",
)
@click.option(
    "--lines",
    "count",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    metavar="N",
    help="So many random lines, each through two random points of the box.",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    metavar="N",
    help="Chooses the lines.",
)
@json_option
def measure(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    only: tuple[str, ...] | None,
    count: int,
    seed: int,
    as_json: bool,
) -> int:
    """Measure what layers of NET add, what lines meet, and what the decision can spare.

    layers: the activation regions (R2) of the first layer, and how many each later one adds.

    lines: how many regions random lines meet in the box, or in the gallery's window.

    decision, for one output: which neurons and layers can be left out, one at a time, without
    changing where f > 0 on the domain, which is proved on all regions; and without changing it at
    the data points of a training run.

    With --json the output is one JSON object with the keys layers, lines and decision; what was
    not measured is null.
    """
    source = load_source(net)
    domain = domain_of(source.network, box, domain_file)
    chosen = only or MEASURES
    found: Found = dict.fromkeys(MEASURES)
    if "layers" in chosen:
        found["layers"] = _layers(source.network, domain)
    if "lines" in chosen:
        sides = intervals(box, source.network.input_dimension, "--box") if box else source.window
        found["lines"] = None if sides is None else _lines(source.network, sides, count, seed)
    if "decision" in chosen and source.network.output_dimension == 1:
        found["decision"] = _decision(source, domain)
    if as_json:
        click.echo(json.dumps(found))
        return 0
    click.echo(facts(source.network, domain, columns=width()))
    for name in chosen:
        click.echo()
        click.echo(heading(name))
        lines = _TEXTS[name](found[name]) if found[name] else [_MISSING[name]]
        click.echo("\n".join(wrapped(x, first="  ", rest="  ", columns=width()) for x in lines))
    click.echo()
    click.echo(wrapped(EXACTNESS, columns=width()))
    return 0


def _layers(network: Network, domain: Domain) -> list[int]:
    from exactpwl.enumeration import regions

    return list(layer_counts(regions(network, domain)))


def _lines(network: Network, box: Sequence[Interval], count: int, seed: int) -> Found:
    counts = regions_along_lines(network, box, count, seed)
    return {
        "box": [[format_fraction(end) for end in side] for side in box],
        "lines": count,
        "neurons": sum(network.widths),
        "mean": format_fraction(Fraction(sum(counts), count)),
        "least": min(counts),
        "most": max(counts),
    }


def _decision(source: Source, domain: Domain) -> Found:
    found = removals(source.network, domain, source.points or ())
    neurons = [r for r in found if r.neuron is not None]
    return {
        "neurons": len(neurons),
        "without_changing_the_function": [[r.layer, r.neuron] for r in neurons if r.keeps_function],
        "without_changing_the_decision": [[r.layer, r.neuron] for r in neurons if r.keeps_decision],
        "without_changing_it_at_the_points": [
            [r.layer, r.neuron] for r in neurons if r.keeps_points
        ]
        if source.points
        else None,
        "layers": [
            {
                "layer": r.layer,
                "way": r.way,
                "keeps_decision": r.keeps_decision,
                "keeps_points": r.keeps_points if source.points else None,
            }
            for r in found
            if r.neuron is None
        ],
    }


def _layers_text(counts: Sequence[int]) -> list[str]:
    return [
        f"layer {k + 1} with kinks: "
        + (f"{after} regions" if k == 0 else f"{after - before} more, {after} in all")
        for k, (before, after) in enumerate(zip((0, *counts), counts, strict=False))
    ]


def _lines_text(found: Found) -> list[str]:
    box = " x ".join(f"[{low}, {high}]" for low, high in found["box"])
    mean = float(Fraction(found["mean"]))
    return [
        f"{found['lines']} random lines in the box {box} meet {mean:.4g} regions on the average "
        f"(exactly {found['mean']}), from {found['least']} to {found['most']}; there are "
        f"{found['neurons']} neurons"
    ]


def _decision_text(found: Found) -> list[str]:
    ways = {
        "without_changing_the_function": "without changing the function",
        "without_changing_the_decision": "without changing where f > 0",
        "without_changing_it_at_the_points": "without changing it at the data points",
    }
    lines = [f"of {found['neurons']} neurons can go, one at a time:"]
    for key, words in ways.items():
        if found[key] is not None:
            names = ", ".join(f"{layer}.{neuron}" for layer, neuron in found[key])
            lines.append(f"{len(found[key])} {words}{': ' if names else ''}{names}")
    for layer in found["layers"]:
        kept = "keeps" if layer["keeps_decision"] else "changes"
        at = {True: ", not at the data points", False: ", at the data points too", None: ""}
        data = "" if layer["keeps_decision"] else at[layer["keeps_points"]]
        lines.append(f"layer {layer['layer']} {layer['way']} {kept} the decision{data}")
    return [*lines, "layer.neuron, both counted from 0"]


_TEXTS: Mapping[str, Any] = {
    "layers": _layers_text,
    "lines": _lines_text,
    "decision": _decision_text,
}
_MISSING = {
    "layers": "no layer has a kink",
    "lines": "not measured, because there is no box: give one by --box LO HI",
    "decision": "not measured, because it is the sign of one output, and there are several",
}
