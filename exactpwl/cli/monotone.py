"""``exactpwl monotone``: in which inputs or directions the outputs rise or fall everywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from fractions import Fraction
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
    rational,
)
from exactpwl.cli.messages import aligned, facts, width, wrapped
from exactpwl.cli.numerals import note_words, number_words, point_words
from exactpwl.cli.outputs import (
    NOTHING_WRITTEN,
    combinations,
    outputs_option,
    region_words,
    value_words,
)
from exactpwl.cli.progress import Bars, bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import (
    NO,
    YES,
    asked,
    certificate_option,
    cut,
    last_words,
    texts,
    written,
)
from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import Domain
from exactpwl.enumeration import regions
from exactpwl.network import Network
from exactpwl.questions.rising import SENSES, Monotonicity, Slope, monotonicity
from exactpwl.questions.shape_certificates import certify_monotonicity
from exactpwl.rationals import format_fraction, format_point

__all__ = ["monotone"]

Direction = tuple[str, tuple[Fraction, ...]]


class Asked(NamedTuple):
    """What is asked of each combination of outputs along each direction."""

    sense: str | None
    strictly: bool

    def counterexamples(self, found: Monotonicity) -> list[Slope]:
        """Return the slopes that say no: none if it is as was asked."""
        senses = SENSES if self.sense is None else (self.sense,)
        slopes = [found.counterexample(sense, strictly=self.strictly) for sense in senses]
        return list(dict.fromkeys(slope for slope in slopes if slope)) if all(slopes) else []

    def __str__(self) -> str:
        """Say in words what is asked."""
        if self.strictly:
            return f"strictly {self.sense or 'monotone'}"
        weak = {"increasing": "non-decreasing", "decreasing": "non-increasing", None: "monotone"}
        return weak[self.sense]


class Answer(NamedTuple):
    """What was found for one combination along one direction."""

    name: str
    way: str
    found: Monotonicity
    against: list[Slope]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl monotone max:3",
        "exactpwl monotone max:3 --increasing --json",
        'exactpwl monotone hat2d --box 0 1 --direction "1,1" --decreasing',
        "exactpwl monotone tent --box 0 1/2 --strictly --out rising.cert",
    ),
)
@network_argument
@domain_options
@outputs_option
@click.option(
    "--input",
    "inputs",
    type=click.IntRange(min=1),
    multiple=True,
    metavar="K",
    help="Ask along this input, counted from 1; may be given several times. Without it and "
    "--direction each input is asked about.",
)
@click.option(
    "--direction",
    "directions",
    multiple=True,
    metavar="TEXT",
    help="Ask along this direction, such as '1,0' or '1 -1/2'; may be given several times.",
)
@click.option("--increasing", is_flag=True, help="Ask whether all are non-decreasing.")
@click.option("--decreasing", is_flag=True, help="Ask whether all are non-increasing.")
@click.option("--strictly", is_flag=True, help="Ask for strictly increasing, or decreasing.")
@certificate_option
@json_option
def monotone(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    outputs: tuple[str, ...],
    inputs: tuple[int, ...],
    directions: tuple[str, ...],
    increasing: bool,
    decreasing: bool,
    strictly: bool,
    out: Path | None,
    as_json: bool,
) -> int:
    """Decide whether outputs of NET rise or fall everywhere, in its inputs or along directions.

    Where an output is not, two points of the domain show it: x, and x + s u with s > 0, where u is
    the direction. It is non-decreasing along u iff its slope along u is >= 0 on each
    full-dimensional region, and strictly increasing iff all those slopes are > 0.

    The exit status is 0 if each output is as was asked along each direction, or without
    --increasing or --decreasing monotone in some sense, and 10 if not. A certificate is written of
    a yes; of a no the two points are the proof. Exact means exact for the
    real-valued function of the stored numbers, not for a float runtime.
    """
    network = load_source(net).network
    domain = domain_of(network, box, domain_file)
    chosen = combinations(outputs, network.output_dimension)
    ways = _ways(inputs, directions, network.input_dimension)
    question = Asked(_sense(increasing, decreasing), strictly)
    if out and len(chosen) * len(ways) > 1:
        raise click.UsageError(
            "--out writes a certificate of one output along one direction: choose them by "
            "--output and by --input or --direction"
        )
    with bars() as shown:
        complex_ = regions(network, domain, listener=shown.enumeration())
        shown.doing("comparing slopes")
        answers = [
            _answer(name, way, monotonicity(complex_, direction, coefficients), question)
            for name, coefficients in chosen
            for way, direction in ways
        ]
        lines = _written(answers[0], question, network, domain, out, shown) if out else []
    holds = not any(answer.against for answer in answers)
    if as_json:
        found = {
            **asked(network, domain),
            "sense": question.sense,
            "strictly": strictly,
            "holds": holds,
            "answers": [_as_dict(answer, complex_) for answer in answers],
        }
        click.echo(json.dumps(found))
        return YES if holds else NO
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    rows = aligned([_row(answer) for answer in answers], columns=width())
    told = _verdict(answers, question, complex_)
    click.echo("\n".join(cut(rows.splitlines(), str)))
    click.echo()
    for line in [*told, *note_words([rows, *told])]:
        click.echo(wrapped(line, rest="  ", columns=width()))
    click.echo()
    last_words(lines)
    return YES if holds else NO


def _sense(increasing: bool, decreasing: bool) -> str | None:
    if increasing and decreasing:
        raise click.UsageError(
            "one of --increasing and --decreasing is required; what is both is constant along the "
            "direction, which the answer without them tells"
        )
    return "increasing" if increasing else "decreasing" if decreasing else None


def _ways(inputs: Sequence[int], directions: Sequence[str], size: int) -> list[Direction]:
    """Return the directions that are asked about; without one, each input."""
    for k in inputs:
        if k > size:
            raise click.UsageError(f"--input counts from 1, and NET has {size}; got {k}")
    named = inputs or (() if directions else range(1, size + 1))
    units = [(f"input {k}", tuple(Fraction(int(i == k - 1)) for i in range(size))) for k in named]
    return [*units, *(_way(text) for text in directions)]


def _way(text: str) -> Direction:
    found = tuple(rational(part) for part in re.split(r"[,\s]+", text.strip(" ,()")))
    return format_point(found), found


def _answer(name: str, way: str, found: Monotonicity, question: Asked) -> Answer:
    return Answer(name, way, found, question.counterexamples(found))


def _written(
    answer: Answer,
    question: Asked,
    network: Network,
    domain: Domain,
    out: Path,
    shown: Bars,
) -> list[str]:
    """Write the slope that proves a yes; return the lines that say so."""
    if answer.against:
        return [NOTHING_WRITTEN]
    found = answer.found
    holding = (s for s in SENSES if found.holds(s, strictly=question.strictly))
    made = certify_monotonicity(
        network, found.direction, question.sense or next(holding), found.coefficients, domain
    )
    return written(made, out, shown, network)


def _row(answer: Answer) -> tuple[str, str, str]:
    least, greatest = answer.found.least.value, answer.found.greatest.value
    slopes = f"slopes from {number_words(least)} to {number_words(greatest)}"
    if least == greatest:
        slopes = f"slope {number_words(least)}"
    return f"{answer.name} along {answer.way}", answer.found.word, slopes


def _verdict(answers: Sequence[Answer], question: Asked, complex_: PolyhedralComplex) -> list[str]:
    failing = [(answer, slope) for answer in answers for slope in answer.against]
    if not failing:
        return [f"yes: {question} on the whole domain"]
    return [
        f"no, not {question}: these points show it",
        *cut(failing, lambda pair: _against(pair[0], pair[1], complex_)),
    ]


def _against(answer: Answer, slope: Slope, complex_: PolyhedralComplex) -> str:
    goes = "rises" if slope.value > 0 else "falls" if slope.value < 0 else "stays"
    before = value_words(answer.name, slope.start, slope.at_start)
    after = value_words(answer.name, slope.end, slope.at_end)
    where = region_words(complex_.regions[slope.region])
    gradient = point_words(slope.gradient)
    return f"along {answer.way} it {goes}: {before}, {after} ({where}, gradient {gradient})"


def _as_dict(answer: Answer, complex_: PolyhedralComplex) -> dict[str, Any]:
    found = answer.found
    return {
        "output": answer.name,
        "coefficients": texts(found.coefficients),
        "direction": texts(found.direction),
        "answer": found.word,
        "holds": not answer.against,
        "least": _slope_json(found.least, complex_),
        "greatest": _slope_json(found.greatest, complex_),
    }


def _slope_json(slope: Slope, complex_: PolyhedralComplex) -> dict[str, Any]:
    return {
        "slope": format_fraction(slope.value),
        "region": slope.region,
        "pattern": str(complex_.regions[slope.region].pattern),
        "gradient": texts(slope.gradient),
        "points": [texts(slope.start), texts(slope.end)],
        "values": texts((slope.at_start, slope.at_end)),
    }
