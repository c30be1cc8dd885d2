"""``exactpwl robust``: the largest ball around a point in which the class does not change."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

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
from exactpwl.cli.messages import facts, width
from exactpwl.cli.numerals import number_words, point_words, tell
from exactpwl.cli.pointed import WithPoint, chosen_point, point_options
from exactpwl.cli.progress import Bars, bars
from exactpwl.cli.verdict import asked, certificate_option, last_words, texts, written
from exactpwl.errors import DomainError, TooLargeError
from exactpwl.questions.adversaries import Crossing
from exactpwl.questions.balls import BALL_NORMS, Robustness, robustness
from exactpwl.rationals import format_fraction

__all__ = ["robust"]

NAMES = {"inf": "l-infinity", "1": "l1"}


@click.command(
    cls=WithPoint,
    examples=(
        "exactpwl robust xor 1,1",
        "exactpwl robust disc-8-8-8 --row 3 --norm both",
        "exactpwl robust xor -1,1 --norm 1 --out ball.cert",
    ),
)
@network_argument
@point_options
@domain_options
@click.option(
    "--norm",
    type=click.Choice((*BALL_NORMS, "both")),
    default="inf",
    show_default=True,
    help="Which balls: l-infinity, l1, or both.",
)
@click.option(
    "--radius",
    type=rational,
    metavar="R",
    help="Look no farther than this: the answer is the exact radius, or that it is at least R.",
)
@click.option(
    "--threshold",
    type=rational,
    default="0",
    show_default=True,
    help="With one output, what lies between the two classes.",
)
@certificate_option
@json_option
def robust(
    net: str,
    point: str | None,
    points: Path | None,
    row: int | None,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    norm: str,
    radius: Fraction | None,
    threshold: Fraction,
    out: Path | None,
    as_json: bool,
) -> int:
    """Find the largest ball around a point in which the class of NET does not change.

    POINT is given by its coordinates with commas between them, or by --row. With several outputs
    the class is the largest, counted from 0; with one it is its side of the threshold. The radius
    is exact: the class changes nowhere in the open ball, and at exactly the radius is the
    adversary, a rational point where another class ties, and from which on the class changes. Only
    points of the domain count.

    A certificate is about the closed ball: no other output is larger on it. None is written where
    the radius is 0, or for an l1 ball in more than 12 dimensions; then it is said why.
    """
    source = load_source(net)
    network = source.network
    domain = domain_of(network, box, domain_file)
    x = chosen_point(source, point, points, row)
    norms = tuple(BALL_NORMS) if norm == "both" else (norm,)
    if out and norm == "both":
        raise click.UsageError("--out FILE is for one ball: take --norm inf or --norm 1")
    with bars() as shown:
        found = [
            robustness(network, x, one, domain, radius, threshold=threshold, progress=shown.doing)
            for one in norms
        ]
        lines = _written(found[0], out, shown)
    if as_json:
        balls = [one.as_dict() for one in found]
        answer = {**asked(network, domain), "outputs": texts(network(x)), "balls": balls}
        click.echo(json.dumps(answer))
        return 0
    click.echo(facts(network, domain, columns=width()))
    click.echo()
    told = [f"point: {point_words(x)}", _class(found[0]), *(t for f in found for t in _lines(f))]
    tell(told)
    last_words(lines)
    return 0


def _written(found: Robustness, out: Path | None, shown: Bars) -> list[str]:
    if out is None:
        return []
    shown.doing("proving it on the ball")
    try:
        made = found.certificate()
    except (DomainError, TooLargeError) as error:
        return [f"no certificate is written: {error}"]
    return written(made, out, shown, found.network)


def _class(found: Robustness) -> str:
    outputs = found.network(found.point)
    if len(outputs) == 1:
        level = format_fraction(found.threshold)
        if not found.label:
            return f"no class: y = {level}, the threshold"
        value = number_words(outputs[0])
        return f"class {found.label}: y = {value} {'>' if found.label > 0 else '<'} {level}"
    if found.tied:
        tied = ", ".join(map(str, (found.label, *found.tied)))
        return f"classes {tied} are tied: their outputs are {number_words(max(outputs))}"
    return f"class {found.label}: y{found.label + 1} = {format_fraction(max(outputs))} is largest"


def _lines(found: Robustness) -> list[str]:
    name = NAMES[found.norm]
    if found.radius is None:
        told = [f"{name}: the radius is infinite, the class changes nowhere in the domain"]
    elif found.is_bound:
        told = [f"{name}: the radius is at least {format_fraction(found.radius)}"]
    else:
        told = [f"{name}: the radius is exactly {format_fraction(found.radius)}"]
        if found.radius and len(format_fraction(found.radius)) > 12:
            told[0] += f", about {float(found.radius):.6g}"
    if found.adversary is not None:
        told += _adversary(found.adversary, found.label)
    if found.tie is not None:
        tie = found.tie
        told.append(
            f"  nearer, at {format_fraction(tie.distance)}, class {tie.label} only ties: "
            f"{point_words(tie.point)}"
        )
    return told


def _adversary(found: Crossing, label: int) -> list[str]:
    if not found.distance:
        return ["  there is a tie at the point itself, so it has no class to keep"]
    told = [f"  adversary: {point_words(found.point)}, where class {found.label} ties"]
    if found.beyond is not None:
        told.append(f"  from there to {point_words(found.beyond)} the class is not {label}")
    return told
