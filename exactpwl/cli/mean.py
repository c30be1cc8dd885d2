"""``exactpwl mean``: the exact mean of each output over a bounded domain."""

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
from exactpwl.cli.messages import facts, width
from exactpwl.cli.numerals import number_words, tell
from exactpwl.cli.outputs import combinations, outputs_option
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import YES, asked, last_words, texts
from exactpwl.enumeration import regions
from exactpwl.questions.integration import means
from exactpwl.rationals import EXACTNESS, format_fraction

__all__ = ["mean"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl mean max:3 --box 0 1",
        "exactpwl mean disc --box -1 1",
        'exactpwl mean xor --box 0 1 --output "y" --output "2 y" --json',
    ),
)
@network_argument
@domain_options
@outputs_option
@jobs_option
@json_option
def mean(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    outputs: tuple[str, ...],
    jobs: int,
    as_json: bool,
) -> int:
    """Compute the exact mean of each output of NET over a bounded domain.

    It is the integral divided by the volume: the expected output where inputs are uniform. An
    unbounded domain has no mean, and is refused; exactpwl integral tells whether there is an
    integral. Exact means exact for the real-valued function of the stored numbers, not for a float
    runtime.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    chosen = combinations(outputs, network.output_dimension)
    with workers(jobs) as executor, bars() as shown:
        complex_ = regions(network, domain, executor=executor, listener=shown.enumeration())
        shown.doing("integrating")
        found = means(complex_, [coefficients for _, coefficients in chosen])
    if as_json:
        answers = [
            {"output": name, "coefficients": texts(coefficients), "mean": format_fraction(value)}
            for (name, coefficients), value in zip(chosen, found, strict=True)
        ]
        told = {**asked(network, domain), "means": answers, "exactness": EXACTNESS}
        click.echo(json.dumps(told))
        return YES
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    pairs = zip(chosen, found, strict=True)
    lines = [f"mean of {name}: {number_words(value)}" for (name, _), value in pairs]
    tell(lines)
    last_words([])
    return YES
