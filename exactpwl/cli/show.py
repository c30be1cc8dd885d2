"""``exactpwl show``: a network in readable form."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

import click

from exactpwl.activation import Activation
from exactpwl.cli.inputs import Source, json_option, load_source, network_argument
from exactpwl.cli.messages import aligned, heading, printable, width
from exactpwl.cli.teaching import Taught
from exactpwl.formula import format_affine, variable_names
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum
from exactpwl.naming import neuron_names
from exactpwl.network import Network
from exactpwl.rationals import format_count, format_fraction
from exactpwl.structured import MOST_DENSE

__all__ = ["network_dict", "network_text", "show"]

_MOST_TERMS = 16


@click.command(
    cls=Taught,
    examples=(
        "exactpwl show xor",
        "exactpwl show net.npz --json",
    ),
)
@network_argument
@json_option
def show(net: str, as_json: bool) -> int:
    """Show a network: layers, weights, hash and origin.

    Every neuron is written as a formula; neurons are counted from 0, a0, a1, ... in the first
    layer, b0, b1, ... in the second. A row of more than 16 terms is shortened; --json has all of
    it. Weights are the exact numbers of the file: a stored float is the rational that it is.
    """
    source = load_source(net)
    if as_json:
        click.echo(json.dumps(network_dict(source)))
    else:
        click.echo(network_text(source, columns=width()))
    return 0


def network_dict(source: Source) -> dict[str, Any]:
    """Return the facts about a network and its native form, as plain JSON values."""
    network = source.network
    return {
        "origin": source.origin,
        **({"file": [list(fact) for fact in source.facts]} if source.facts else {}),
        "architecture": network.architecture,
        "inputs": network.input_dimension,
        "outputs": network.output_dimension,
        "kinks": len(network.kinks),
        "patterns": _pattern_count(network),
        "sha256": network.sha256,
        "network": network.as_dict(),
    }


def network_text(source: Source, *, columns: int) -> str:
    """Return the facts about a network and its neurons as formulas."""
    network = source.network
    facts = [
        ("network", printable(network.name or "(no name)")),
        ("origin", printable(source.origin)),
        *((word, printable(text)) for word, text in source.facts),
        ("layers", network.architecture),
        (
            "kinks",
            f"{len(network.kinks)}, {format_count(_pattern_count(network))} activation patterns",
        ),
        ("sha256", network.sha256),
    ]
    parts = [aligned(facts, indent="", columns=columns)]
    names: Sequence[str] = variable_names(network.input_dimension)
    for index, layer in enumerate(network.layers):
        own = neuron_names(network, index)
        parts += ["", heading(f"layer {index}, from {_range(names)}")]
        parts.append(aligned(_formulas(layer, own, names), columns=columns))
        names = own
    return "\n".join(parts)


def _formulas(layer: Layer, own: Sequence[str], names: Sequence[str]) -> list[tuple[str, str]]:
    if isinstance(layer, Maximum):
        groups = zip(own, layer.members, strict=True)
        return [(name, f"= max({', '.join(names[i] for i in group)})") for name, group in groups]
    if layer.width * layer.input_dimension > MOST_DENSE:
        return [(f"{own[0]} .. {own[-1]}", f"{layer.text}, too many weights to print")]
    rows = zip(own, layer.weight, layer.bias, layer.activations, strict=True)
    return [(name, "= " + _formula(w, b, a, names)) for name, w, b, a in rows]


def _formula(
    weight: Sequence[Fraction], bias: Fraction, activation: Activation, names: Sequence[str]
) -> str:
    used = [i for i, w in enumerate(weight) if w]
    kept = used[:_MOST_TERMS]
    text = format_affine([weight[i] for i in kept], 0, [names[i] for i in kept])
    if len(used) > len(kept):
        text += f" + [{len(used) - len(kept)} more terms]"
    if bias or not used:
        text = format_affine((), bias) if not used else f"{text}{_signed(bias)}"
    return text if activation.is_linear else f"{activation}({text})"


def _signed(number: Fraction) -> str:
    return ("+" if number > 0 else "") + format_fraction(number)


def _range(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 4 else f"{names[0]} .. {names[-1]}"


def _pattern_count(network: Network) -> int:
    return math.prod(chain.from_iterable(network.pieces))
