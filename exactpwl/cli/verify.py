"""``exactpwl verify``: a property in VNN-LIB decided, with a certificate or a counterexample."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from exactpwl.certificate.files import write_lines
from exactpwl.cli.destination import DESTINATION
from exactpwl.cli.inputs import json_option, load_source, network_argument
from exactpwl.cli.messages import EXACTNESS, aligned, width, wrapped
from exactpwl.cli.progress import Bars, bars
from exactpwl.cli.teaching import Taught
from exactpwl.cli.verdict import NO, UNKNOWN, YES, certificate_option, last_words, texts, written
from exactpwl.network import Network
from exactpwl.verification import Verdict, WrittenWitness, written_witness
from exactpwl.verification import verify as verified
from exactpwl.vnnlib import Query, load_query

__all__ = ["verify"]

STATUS = {"unsat": YES, "sat": NO, "unknown": UNKNOWN}


@click.command(
    cls=Taught,
    examples=(
        "exactpwl verify xor property.vnnlib",
        "exactpwl verify xor property.vnnlib --out proof.cert.gz --witness found.txt",
        "exactpwl verify xor property.vnnlib --timeout 60 --max-regions 100000",
        "exactpwl verify xor property.vnnlib --json",
    ),
)
@network_argument
@click.argument("prop", metavar="PROP.vnnlib", type=click.Path(path_type=Path))
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Answer unknown if there is no other answer by then; without it, there is no limit.",
)
@click.option(
    "--max-regions",
    type=click.IntRange(min=1),
    metavar="N",
    help="Answer unknown if N branches of the subdivision have ended without another answer.",
)
@certificate_option
@click.option(
    "--witness",
    type=DESTINATION,
    metavar="FILE",
    help="Write a counterexample in the form of the competition, rounded inside: its decimals are "
    "a counterexample themselves.",
)
@json_option
def verify(
    net: str,
    prop: Path,
    timeout: float | None,
    max_regions: int | None,
    out: Path | None,
    witness: Path | None,
    as_json: bool,
) -> int:
    """Decide a property of NET, exactly: is there an input that fulfils all of PROP.vnnlib?

    PROP.vnnlib (VNN-LIB 1.0 or 2.0) describes the violation. sat means that there is such an input,
    and it is printed; unsat that there is none. --out FILE writes the proof of either, for
    exactpwl-check. Decimals are the rationals that they spell, strict inequalities are strict, and
    no tolerance is used. unknown is the answer only where a budget has ended.

    The exit status is 0 for unsat, 10 for sat, 3 for unknown, 2 for wrong input.
    """
    network = load_source(net).network
    query = load_query(prop)
    with bars() as shown:
        found = verified(
            network,
            query,
            timeout=timeout,
            max_regions=max_regions,
            listener=shown.enumeration(),
        )
        lines = _saved(found, out, shown)
        made = None if found.witness is None else _rounded(network, query, found, shown)
    if made is not None and witness is not None:
        write_lines(witness, made.text.splitlines())
        lines.append(f"written: {witness}, a counterexample in the form of the competition")
    if as_json:
        click.echo(json.dumps({**_asked(network, prop), **_as_json(found, made, lines)}))
    else:
        _tell(network, prop, found, made)
        last_words(lines)
    return STATUS[found.answer]


def _rounded(network: Network, query: Query, found: Verdict, shown: Bars) -> WrittenWitness:
    assert found.witness is not None
    shown.doing("rounding the counterexample inside")
    return written_witness(network, query, found.witness)


def _saved(found: Verdict, out: Path | None, shown: Bars) -> list[str]:
    """Write the certificates, each into a file of its own; return the lines that say so."""
    if out is None:
        return []
    if not found.certificates:
        return [f"nothing was written to {out}: {_without_proof(found)}"]
    paths = [out]
    if len(found.certificates) > 1:
        stem, dot, ending = out.name.partition(".")
        count = len(found.certificates)
        paths = [out.with_name(f"{stem}-{i}{dot}{ending}") for i in range(1, count + 1)]
    pairs = zip(found.certificates, paths, strict=True)
    return [line for proof, path in pairs for line in written(proof, path, shown)]


def _without_proof(found: Verdict) -> str:
    if found.answer == "unknown":
        return "there is no answer to prove"
    return "no input satisfies what the property asks of the inputs alone"


def _tell(network: Network, prop: Path, found: Verdict, made: WrittenWitness | None) -> None:
    click.echo(click.style(found.answer, bold=True))
    if made is not None:
        click.echo(made.text.partition("\n")[2].rstrip())
    click.echo()
    name = f"{network.name}: " if network.name else ""
    rows = [
        ("network", name + network.architecture),
        ("sha256", network.sha256),
        ("property", str(prop)),
        ("answer", _in_words(found)),
        *(("note", note) for note in found.notes),
    ]
    click.echo(aligned(rows, indent="", columns=width()) + "\n")


def _in_words(found: Verdict) -> str:
    branches = f"{found.leaves:,} branch{'' if found.leaves == 1 else 'es'}"
    if found.answer == "unsat":
        return f"no input fulfils the property; proved on {branches} of the subdivision"
    if found.answer == "sat":
        return "the inputs above fulfil the property, with the exact outputs of the network"
    return (
        f"the budget has ended: {branches} done, about {float(100 * found.share):.4g} % of the "
        "subdivision, and no counterexample among them"
    )


def _asked(network: Network, prop: Path) -> dict[str, Any]:
    return {
        "network": network.name,
        "architecture": network.architecture,
        "sha256": network.sha256,
        "property": str(prop),
    }


def _as_json(found: Verdict, made: WrittenWitness | None, lines: list[str]) -> dict[str, Any]:
    return {
        "answer": found.answer,
        "witness": None if found.witness is None else texts(found.witness),
        "outputs": None if found.outputs is None else texts(found.outputs),
        "written": None if made is None else made.text,
        "leaves": found.leaves,
        "share": float(found.share),
        "notes": list(found.notes),
        "files": [*map(wrapped, lines)],
        "exactness": EXACTNESS,
    }
