"""``exactpwl replay``: is what another tool printed a counterexample, exactly?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.certificate.files import write_lines
from exactpwl.cli.destination import DESTINATION
from exactpwl.cli.inputs import json_option, load_source, network_argument
from exactpwl.cli.messages import EXACTNESS, aligned, heading, width, wrapped
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import NO, YES
from exactpwl.network import Network
from exactpwl.rationals import format_fraction
from exactpwl.verification import Replay, WrittenWitness, written_witness
from exactpwl.verification import replay as replayed
from exactpwl.verification.replaying import MOST_REGIONS
from exactpwl.vnnlib import Query, load_query, load_witness

__all__ = ["replay"]

_SHORT_NUMBER, _LONGEST_NUMBER = 8, 44
_LONGEST_LIST = 20


@click.command(
    cls=Taught,
    examples=(
        "exactpwl replay xor property.vnnlib found.txt",
        "exactpwl replay xor property.vnnlib found.txt --out true.txt --floats binary32",
        "exactpwl replay xor property.vnnlib found.txt --json",
    ),
)
@network_argument
@click.argument("prop", metavar="PROP.vnnlib", type=click.Path(path_type=Path))
@click.argument("witness", metavar="WITNESS", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "-o",
    type=DESTINATION,
    metavar="FILE",
    help="Write the counterexample, as printed or repaired, in the form of the competition: with "
    "decimals that are a counterexample themselves.",
)
@click.option(
    "--floats",
    type=click.Choice(("binary32", "binary64")),
    help="In FILE, write inputs that this format of floats holds, to the last digit.",
)
@click.option(
    "--max-regions",
    type=click.IntRange(min=1),
    default=MOST_REGIONS,
    show_default=True,
    metavar="N",
    help="Search so many regions around the printed point for a true counterexample.",
)
@json_option
def replay(
    net: str,
    prop: Path,
    witness: Path,
    out: Path | None,
    floats: Any,
    max_regions: int,
    as_json: bool,
) -> int:
    """Check a counterexample that another tool printed, exactly, and repair it if it misses.

    PROP.vnnlib describes the violation, WITNESS holds what was found: ((X_0 0.5) (Y_0 1.25)), with
    or without the line sat and the outputs. The inputs are taken for the rationals that they spell.
    What fails is told with its exact excess. Then the nearest true counterexample is looked for, in
    all regions around the point of the input set that is nearest to the printed one.

    The exit status is 0 if it holds exactly as printed, 10 if not, even if it could be repaired.
    """
    if floats and out is None:
        raise click.UsageError("--floats is about the file to write; give one by --out FILE")
    network = load_source(net).network
    query = load_query(prop)
    said = load_witness(witness, query)
    with bars() as shown:
        shown.doing("replaying")
        found = replayed(network, query, said, most_regions=max_regions)
        made = _written(network, query, found, floats) if out is not None else None
    if out is not None and made is not None:
        write_lines(out, made.text.splitlines())
    if as_json:
        click.echo(json.dumps(_as_json(query, found, made)))
    else:
        _tell(query, found, prop, witness)
        _tell_file(made, out)
        click.echo()
        click.echo(wrapped(EXACTNESS, columns=width()))
    return YES if found.holds else NO


def _written(network: Network, query: Query, found: Replay, floats: Any) -> WrittenWitness | None:
    """Round the counterexample inside: what holds stays as printed, what is repaired stays near."""
    point = found.counterexample
    if point is None:
        return None
    if floats:
        return written_witness(network, query, point, floats=floats)
    moved = Fraction(0) if found.repair is None else found.repair.distance
    return written_witness(network, query, point, within=moved)


def _tell(query: Query, found: Replay, prop: Path, witness: Path) -> None:
    click.echo(aligned([("property", str(prop)), ("witness", str(witness))], indent=""))
    click.echo()
    if found.holds:
        click.echo(click.style("Holds exactly: this is a counterexample, as printed.", bold=True))
    else:
        click.echo(click.style("Fails: this is no counterexample, as printed.", bold=True))
        reasons = [_miss_text(miss.condition, miss.excess) for miss in found.misses]
        _list(reasons or ["the property's conditions contradict each other: nothing fulfils them"])
    click.echo()
    click.echo(heading("Outputs"))
    _list(_output_texts(query, found))
    if found.repair is not None:
        click.echo()
        click.echo(heading("Repair"))
        _tell_repair(query, found)


def _miss_text(condition: str, excess: Fraction) -> str:
    by = f"by {number(excess)}" if excess else "because the two sides are equal"
    return f"{condition} fails {by}"


def _output_texts(query: Query, found: Replay) -> list[str]:
    errors = found.output_errors
    if errors is None:
        return [
            f"{name} = {number(value)}; none was printed"
            for name, value in zip(query.output_names, found.outputs, strict=True)
        ]
    return [
        f"{name} = {number(value)}; "
        + (f"printed with the error {number(error)}" if error else "printed exactly")
        for name, value, error in zip(query.output_names, found.outputs, errors, strict=True)
    ]


def _tell_repair(query: Query, found: Replay) -> None:
    repair = found.repair
    assert repair is not None
    searched = f"{repair.regions} region{'s'[: repair.regions != 1]} around it"
    if repair.point is None or repair.distance is None or repair.outputs is None:
        more = "" if repair.is_complete else "; there are more, raise --max-regions"
        where = f"none in the {searched}{more}" if repair.regions else "the input set is empty"
        _list([f"not a counterexample, and {where}"])
        return
    if repair.regions:
        place = f"in the {searched} the nearest true counterexample"
    else:
        place = "the nearest point of the input set is a true counterexample and"
    said = f"{place} is {number(repair.distance)} away:"
    if repair.infimum != repair.distance:
        least = number(repair.infimum or 0)
        said += f" (strict inequalities have no nearest point; it must be more than {least})"
    values = (*repair.point, *repair.outputs)
    names = (*query.input_names, *query.output_names)
    pairs = zip(names, values, strict=True)
    _list([said, *(f"{name} = {number(value)}" for name, value in pairs)])


def _tell_file(made: WrittenWitness | None, out: Path | None) -> None:
    if out is None:
        return
    click.echo()
    if made is None:
        click.echo(wrapped(f"nothing was written to {out}: there is no counterexample"))
        return
    how = "decimals that are a counterexample themselves"
    if not made.is_decimal:
        how = "quotients (/ p q), because no decimals near it are a counterexample"
    moved = f", {number(made.moved)} from it" if made.moved else ""
    click.echo(wrapped(f"written: {out}, {how}{moved}", columns=width()))


def _list(lines: Sequence[str]) -> None:
    for line in lines[:_LONGEST_LIST]:
        click.echo(wrapped(line, first="  ", rest="    ", columns=width()))
    if len(lines) > _LONGEST_LIST:
        click.echo(f"  and {len(lines) - _LONGEST_LIST} more; --json shows all")


def number(value: Fraction | int) -> str:
    """Return a rational exactly unless it is long, and its beginning unless it is short.

    Examples
    --------
    >>> number(Fraction(1, 3)), number(Fraction(1, 10**8)), number(Fraction(10**50, 3**100))
    ('1/3', '1/100000000 (about 1e-8)', 'about 194.0')
    """
    text = format_fraction(value)
    if len(text) <= _SHORT_NUMBER:
        return text
    exact = Fraction(value)
    quotient = Context(prec=4).divide(Decimal(exact.numerator), Decimal(exact.denominator))
    about = f"about {quotient}".replace("E", "e")
    return about if len(text) > _LONGEST_NUMBER else f"{text} ({about})"


def _as_json(query: Query, found: Replay, made: WrittenWitness | None) -> dict[str, Any]:
    repair = found.repair
    return {
        "verdict": "holds exactly" if found.holds else "fails",
        "input_names": list(query.input_names),
        "output_names": list(query.output_names),
        "inputs": _texts(found.witness.inputs),
        "outputs": _texts(found.outputs),
        "printed_outputs": _texts(found.witness.outputs),
        "output_errors": _texts(found.output_errors),
        "misses": [
            {"condition": miss.condition, "excess": format_fraction(miss.excess)}
            for miss in found.misses
        ],
        "repair": None
        if repair is None
        else {
            "inputs": _texts(repair.point),
            "outputs": _texts(repair.outputs),
            "distance": None if repair.distance is None else format_fraction(repair.distance),
            "infimum": None if repair.infimum is None else format_fraction(repair.infimum),
            "regions": repair.regions,
            "is_complete": repair.is_complete,
        },
        "written": None
        if made is None
        else {
            "inputs": _texts(made.inputs),
            "outputs": _texts(made.outputs),
            "moved": format_fraction(made.moved),
            "is_decimal": made.is_decimal,
        },
        "exactness": EXACTNESS,
    }


def _texts(numbers: Sequence[Fraction] | None) -> list[str] | None:
    return None if numbers is None else list(map(format_fraction, numbers))
