"""``exactpwl volume``: how much of the domain an output is above, or below, a level."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import click

from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    jobs_option,
    json_option,
    load_source,
    network_argument,
    rational,
    workers,
)
from exactpwl.cli.messages import facts, width
from exactpwl.cli.numerals import share_words, tell, volume_words
from exactpwl.cli.outputs import Combination, combinations, outputs_option
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import YES, asked, last_words, texts
from exactpwl.enumeration import regions
from exactpwl.questions.level_volumes import LevelVolumes, level_volumes
from exactpwl.rationals import EXACTNESS, format_fraction

__all__ = ["volume"]


class Answer(NamedTuple):
    """What was found for a combination of outputs and a level."""

    combination: Combination
    relation: str
    level: Fraction
    found: LevelVolumes

    @property
    def volume(self) -> Fraction | None:
        """Of the set with a strict inequality."""
        return self.found.above if self.relation == ">" else self.found.below


@click.command(
    cls=Taught,
    examples=(
        "exactpwl volume hat2d --above 1/2",
        "exactpwl volume disc --above 0 --box -1 1",
        "exactpwl volume hat2d --above 0 --below 0 --box -2 2 --json",
    ),
)
@network_argument
@click.option(
    "--above",
    type=rational,
    multiple=True,
    metavar="T",
    help="Measure {x : f(x) > T}; T is an exact text such as 1/2 or 0.1.",
)
@click.option("--below", type=rational, multiple=True, metavar="T", help="Measure {x : f(x) < T}.")
@domain_options
@outputs_option
@jobs_option
@json_option
def volume(
    net: str,
    above: tuple[Fraction, ...],
    below: tuple[Fraction, ...],
    box: tuple[Interval, ...],
    domain_file: Path | None,
    outputs: tuple[str, ...],
    jobs: int,
    as_json: bool,
) -> int:
    """Measure where outputs of NET are above or below a level: exact volumes, and shares.

    Each --above and each --below is a set of its own. The volumes of {f > T} and of {f >= T} are
    the same but for the flat regions at height T; where they differ, both are printed. Over an
    unbounded domain a volume may be infinite, which is decided exactly. Exact means exact for the
    real-valued function of the stored numbers, not for a float runtime.
    """
    if not above and not below:
        raise click.UsageError("a level is required: --above T, or --below T")
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    chosen = combinations(outputs, network.output_dimension)
    levels = [(">", level) for level in above] + [("<", level) for level in below]
    with workers(jobs) as executor, bars() as shown:
        complex_ = regions(network, domain, executor=executor, listener=shown.enumeration())
        shown.doing("measuring")
        answers = [
            Answer(one, relation, level, level_volumes(complex_, level, one[1]))
            for one in chosen
            for relation, level in levels
        ]
    if as_json:
        found = [_as_dict(answer) for answer in answers]
        told = {**asked(network, domain), "volumes": found, "exactness": EXACTNESS}
        click.echo(json.dumps(told))
        return YES
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    lines = [line for answer in answers for line in _lines(answer)]
    tell(lines)
    last_words([])
    return YES


def _lines(answer: Answer) -> list[str]:
    (name, _), relation, level, found = answer
    place = f"{relation} {format_fraction(level)}"
    strict = volume_words(answer.volume) + share_words(answer.volume, found.whole)
    lines = [f"volume of {{{name} {place}}}: {strict}"]
    if found.level != 0:
        both = _with_level(answer)
        weak = volume_words(both) + share_words(both, found.whole)
        lines.append(
            f"volume of {{{name} {relation}= {format_fraction(level)}}}: {weak}; "
            f"{name} = {format_fraction(level)} on flat regions"
        )
    return lines


def _with_level(answer: Answer) -> Fraction | None:
    level = answer.found.level
    return None if answer.volume is None or level is None else answer.volume + level


def _as_dict(answer: Answer) -> dict[str, Any]:
    (name, coefficients), relation, level, found = answer
    shares = found.shares
    return {
        "output": name,
        "coefficients": texts(coefficients),
        "relation": relation,
        "level": format_fraction(level),
        "volume": _text(answer.volume),
        "volume_of_level": _text(found.level),
        "volume_of_domain": _text(found.whole),
        "share": None if shares is None else format_fraction(shares[0 if relation == ">" else 2]),
    }


def _text(found: Fraction | None) -> str | None:
    """Return a volume as JSON has it; an infinite one is null."""
    return None if found is None else format_fraction(found)
