"""``exactpwl bounds``: what theory says about the number of regions, and what is there.

With ``--json`` the output is one object with the same numbers; whole numbers of any length.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.bounds import (
    Bound,
    architecture_bounds,
    network_bounds,
    parse_architecture,
    used_layers,
)
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    jobs_option,
    json_option,
    load_source,
    workers,
)
from exactpwl.cli.messages import EXACTNESS, aligned, facts, heading, width, wrapped
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.feasible import FeasibleCounts, feasible_counts
from exactpwl.rationals import format_fraction
from exactpwl.report.definitions import DEFINITIONS, SOURCE

__all__ = ["bounds"]

COUNTED = {"R2": "activation_regions", "R4": "linear_regions", "R6": "affine_pieces"}

_SHORT = 10**24
_LONGEST = 10**4000

UPPER = (
    "Every network of these widths has at most so many activation regions (R2), over R^d and hence "
    "over every convex domain; its linear regions (R4, R5) and affine pieces (R6) are no more."
)
LOWER = (
    "Some network of ReLUs of these widths has at least so many activation regions (R2) over R^d; "
    "a given one may have fewer."
)


@click.command(
    cls=Taught,
    examples=(
        'exactpwl bounds "2;8,8,8"',
        "exactpwl bounds disc-8-8-8",
        "exactpwl bounds rings --box -1 1",
        'exactpwl bounds "784;100,100" --json',
    ),
)
@click.argument("subject", metavar="ARCHITECTURE|NET")
@domain_options
@click.option(
    "--most",
    type=click.IntRange(min=0),
    default=100_000,
    show_default=True,
    metavar="N",
    help="Give up counting the regions of NET when there are more than N; 0 counts nothing.",
)
@jobs_option
@json_option
def bounds(
    subject: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    most: int,
    jobs: int,
    as_json: bool,
) -> int:
    """Print theory's bounds for the number of regions, and NET's own number beside them.

    An architecture is written inputs;width,width,... with the widths of the hidden layers, all
    ReLUs: "2;8,8,8". Quote it, because ; means something to the shell. Of a network the layers and
    their activations are read, and its regions are counted exactly where that is feasible.

    Upper bounds hold for every network of these widths: Raghu et al. 2017 and Montufar 2017 for any
    activation, Serra et al. 2018 and Hinz & van de Geer 2019 for ReLU only. Lower bounds, Montufar
    et al. 2014 and Serra et al. 2018, say what some network of ReLUs reaches. All speak about
    activation regions (R2). Where one does not apply, the table says why; docs/bounds.md has each
    formula.

    With --json the output is one JSON object with the keys inputs, widths, bounds, domain and
    counts. Exact means exact for the real-valued function of the stored numbers, not for a float
    runtime.
    """
    written = parse_architecture(subject)
    if written is None:
        return _of_network(subject, box, domain_file, most, jobs, as_json=as_json)
    if box or domain_file is not None:
        raise click.UsageError(
            "--box and --domain are for the count of a network; the bounds of an architecture are "
            "for the whole space, hence for every convex domain"
        )
    found = architecture_bounds(*written)
    if as_json:
        click.echo(json.dumps(_as_dict(*written, found)))
        return 0
    widths = ", ".join(map(str, written[1]))
    click.echo(aligned([("inputs", str(written[0])), ("ReLUs", widths)], indent=""))
    click.echo(_bounds_text(found))
    return 0


def _of_network(
    spec: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    most: int,
    jobs: int,
    *,
    as_json: bool,
) -> int:
    network = load_source(spec).network
    domain = domain_of(network, box, domain_file)
    found = network_bounds(network)
    with workers(jobs) as executor, bars() as shown:
        listener = shown.enumeration()
        counts = feasible_counts(network, domain, most, executor=executor, listener=listener)
    if as_json:
        widths = [layer.width for layer in used_layers(network)]
        known = _as_dict(network.input_dimension, widths, found)
        known |= {"domain": domain.as_dict(), "counts": _numbers(counts.as_dict())}
        click.echo(json.dumps(known))
        return 0
    click.echo(facts(network, domain, columns=width()))
    click.echo(_bounds_text(found))
    click.echo(f"\n{heading('This network')}")
    click.echo(_counts_text(counts, found))
    click.echo(f"\n{wrapped(EXACTNESS, columns=width())}")
    return 0


def _as_dict(inputs: int, widths: Sequence[int], found: Sequence[Bound]) -> dict[str, Any]:
    return {
        "inputs": inputs,
        "widths": list(widths),
        "bounds": [_numbers(bound.as_dict()) for bound in found],
        "domain": None,
        "counts": None,
    }


def _numbers(entries: dict[str, Any]) -> dict[str, Any]:
    """Write whole numbers that are too long for decimal digits as hexadecimal texts."""
    return {
        key: format_fraction(value) if isinstance(value, int) and value >= _LONGEST else value
        for key, value in entries.items()
    }


def readable(number: int) -> str:
    """Write a whole number with commas, or its first digits and its power of ten.

    Examples
    --------
    >>> readable(50653), readable(2**100)
    ('50,653', '1.267... x 10^30')
    """
    if number < _SHORT:
        return f"{number:,}"
    power = (number.bit_length() - 1) * 30_102 // 100_000  # log10(2) is a little more
    while 10 ** (power + 1) <= number:
        power += 1
    first = str(number // 10 ** (power - 3))
    return f"{first[0]}.{first[1:]}... x 10^{power}"


def _bounds_text(found: Sequence[Bound]) -> str:
    parts = []
    for side, title, meaning in (("upper", "At most", UPPER), ("lower", "At least", LOWER)):
        rows = [_row(bound) for bound in found if bound.side == side]
        size = max(len(row[1]) for row in rows)
        lines = [(name, number.rjust(size), *rest) for name, number, *rest in rows]
        explained = wrapped(meaning, columns=width())
        parts.append(f"\n{heading(title)}\n{aligned(lines, columns=width())}\n\n{explained}")
    return "\n".join(parts)


def _row(bound: Bound) -> tuple[str, str, str, str]:
    if bound.value is None:
        return bound.name, "-", bound.holds_for, f"not applicable: {bound.why_not}"
    return bound.name, readable(bound.value), bound.holds_for, bound.source


def _counts_text(counts: FeasibleCounts, found: Sequence[Bound]) -> str:
    lowest = min(b.value for b in found if b.side == "upper" and b.value is not None)
    rows = []
    for definition, key in COUNTED.items():
        number = getattr(counts, key)
        name, meaning = DEFINITIONS[definition]
        text = "not counted" if number is None else readable(number)
        rows.append((name, text, f"{definition}: {meaning}"))
    text = aligned(rows, columns=width())
    if counts.why_not:
        text += f"\n\n{wrapped(f'Not counted: {counts.why_not}.', columns=width())}"
    if counts.activation_regions is not None:
        share = _share(counts.activation_regions, lowest)
        text += (
            f"\n\nThe activation regions are {share} the lowest upper bound, {readable(lowest)}."
        )
    cited = wrapped(f"R2, R4, R5, R6: {SOURCE}.", columns=width())
    return f"{text}\n\n{cited}"


def _share(number: int, bound: int) -> str:
    if number == bound:
        return "as many as"
    percent = Fraction(100 * number, bound)
    return f"{float(percent):.3g}% of" if percent >= Fraction(1, 1000) else "less than 0.001% of"
