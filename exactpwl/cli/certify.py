"""``exactpwl certify``: a claim about a network with its proof, for ``exactpwl-check`` to judge."""

from __future__ import annotations

from pathlib import Path

import click

from exactpwl.certificate import (
    Certificate,
    Counterexample,
    Equal,
    Lipschitz,
    Partition,
    Property,
    Range,
    certify_equality,
    certify_lipschitz,
    certify_partition,
    certify_property,
    certify_range,
    save_coq,
    save_smtlib,
)
from exactpwl.certificate.question import parse_combination, parse_inequality
from exactpwl.cli.destination import DESTINATION
from exactpwl.cli.inputs import (
    Interval,
    Source,
    domain_of,
    domain_options,
    load_source,
    network_argument,
)
from exactpwl.cli.messages import EXACTNESS, facts, width, wrapped
from exactpwl.cli.progress import bars
from exactpwl.cli.teaching import Taught
from exactpwl.domain import Domain
from exactpwl.questions.provable import provable
from exactpwl.questions.steepness import LIPSCHITZ_NORMS
from exactpwl.rationals import format_fraction

__all__ = ["certify"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl certify rings -o rings.cert.gz",
        'exactpwl certify xor --box 0 1 --property "y <= 1" -o below.cert',
        "exactpwl certify net.json --equal disc -o equal.cert",
        "exactpwl certify xor --lipschitz inf -o lipschitz.cert",
        "exactpwl certify xor --box 0 1 --range y -o range.cert",
        "exactpwl certify xor --coq xor.v --smtlib xor.smt2",
    ),
)
@network_argument
@domain_options
@click.option(
    "--property",
    "properties",
    multiple=True,
    metavar="TEXT",
    help="Claim that this holds everywhere on the closed domain, such as 'y <= 1' or "
    "'y1 - 2 y2 < 3/4'; given several times, all of them. If it fails, a point shows it.",
)
@click.option(
    "--equal",
    "other",
    metavar="NET",
    help="Claim that NET is the same function, or show where not.",
)
@click.option(
    "--lipschitz",
    "norm",
    type=click.Choice(tuple(LIPSCHITZ_NORMS)),
    help="Claim the least Lipschitz constant, in this norm; 2 gives its square, for one output.",
)
@click.option(
    "--range",
    "spread",
    metavar="TEXT",
    help="Claim the range of an output, such as y or 'y1 - y2'.",
)
@click.option(
    "--out",
    "-o",
    type=DESTINATION,
    metavar="FILE",
    help="The certificate's file; compressed by gzip if its name ends in .gz.",
)
@click.option(
    "--coq",
    type=DESTINATION,
    metavar="FILE",
    help="Write the claim that these are all regions as a theorem for coqc, with its proof.",
)
@click.option(
    "--smtlib",
    type=DESTINATION,
    metavar="FILE",
    help="Write each refutation and each witness of that claim as an SMT-LIB 2 problem.",
)
def certify(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    properties: tuple[str, ...],
    other: str | None,
    norm: str | None,
    spread: str | None,
    out: Path | None,
    coq: Path | None,
    smtlib: Path | None,
) -> int:
    """Write a certificate: a claim about NET with a proof that anyone can check.

    Without an option the claim is that these are all activation regions of NET, N of them. The file
    holds the network, the domain, the claim and a tree of splits: every side that is left out is
    refuted by multipliers (Farkas), every region has a witness. Check it by

        exactpwl-check FILE

    which shares no code with exactpwl. (exactpwl check is another thing: the checks on a complex.)
    The claim is about the real-valued function of the stored numbers, not about a float runtime.
    """
    claims = sum(claim is not None for claim in (properties or None, other, norm, spread))
    if claims > 1:
        raise click.UsageError(
            "--property, --equal, --lipschitz and --range are one claim each: choose one"
        )
    if claims and (coq or smtlib):
        raise click.UsageError(
            "--coq and --smtlib are for the claim that these are all regions, without an option"
        )
    chosen = [
        (path, save, program)
        for path, save, program in (
            (out, Certificate.save, "exactpwl-check"),
            (coq, save_coq, "coqc"),
            (smtlib, save_smtlib, "z3"),
        )
        if path
    ]
    if not chosen or len({path for path, _, _ in chosen}) < len(chosen):
        raise click.UsageError(
            "at least one of --out, --coq and --smtlib is required, and each needs its own file"
        )
    source = load_source(net)
    domain = domain_of(source.network, box, domain_file)
    with bars() as shown:
        shown.doing("looking for the answer")
        made = _certificate(source, domain, properties, other, norm, spread)
        for path, save, _ in chosen:
            save(made, path, shown.enumeration())
    click.echo(facts(source.network, made.domain, columns=width()))
    click.echo()
    click.echo(wrapped(f"certified: {told(made)}", columns=width()))
    for path, _, _ in chosen:
        click.echo(wrapped(f"written: {path}, {path.stat().st_size:,} bytes", columns=width()))
    for name in made.sha256:
        click.echo(wrapped(f"the network in it has the SHA-256 {name}", columns=width()))
    for path, _, program in chosen:
        click.echo(wrapped(f"check it by: {program} {path}", columns=width()))
    click.echo()
    click.echo(wrapped(EXACTNESS, columns=width()))
    return 0


def _certificate(
    source: Source,
    domain: Domain,
    properties: tuple[str, ...],
    other: str | None,
    norm: str | None,
    spread: str | None,
) -> Certificate:
    network = provable(source.network)
    if properties:
        asked = [parse_inequality(text, network.output_dimension) for text in properties]
        return certify_property(network, asked, domain)
    if other is not None:
        return certify_equality(network, provable(load_source(other).network), domain)
    if norm:
        return certify_lipschitz(network, LIPSCHITZ_NORMS[norm], domain)
    if spread is not None:
        coefficients = parse_combination(spread, network.output_dimension)
        return certify_range(network, coefficients, domain)
    return certify_partition(source.network, domain)


def told(certificate: Certificate) -> str:
    """Return the claim of a certificate in words."""
    claim = certificate.claim
    if isinstance(claim, Partition):
        return f"these are all activation regions, {claim.regions} of them"
    if isinstance(claim, Property):
        leaves = "1 leaf" if claim.leaves == 1 else f"{claim.leaves} leaves"
        return f"the property holds on the whole domain (its proof has {leaves})"
    if isinstance(claim, Equal):
        return f"the two networks are the same function on the domain ({claim.regions} regions)"
    if isinstance(claim, Lipschitz):
        square = "the square of " if claim.norm == "2 squared" else ""
        return f"{square}the least Lipschitz constant is {format_fraction(claim.value)}"
    if isinstance(claim, Range):
        ends = [
            "unbounded" if end.value is None else format_fraction(end.value)
            for end in (claim.lower, claim.upper)
        ]
        return f"the output goes from {ends[0]} to {ends[1]}"
    assert isinstance(claim, Counterexample)
    place = ", ".join(map(format_fraction, claim.point))
    what = "the two networks differ" if claim.clauses is None else "the property fails"
    return f"{what} at ({place})"
