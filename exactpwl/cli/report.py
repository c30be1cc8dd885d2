"""``exactpwl report``: everything that is known of a network, as a page, an article and files."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from exactpwl.cli.check import check_options
from exactpwl.cli.definitions import counts_text
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    intervals,
    jobs_option,
    json_option,
    load_source,
    network_argument,
    rational,
    workers,
)
from exactpwl.cli.messages import EXACTNESS, aligned, facts, heading, width, wrapped
from exactpwl.cli.outcome import verdict
from exactpwl.cli.progress import bars
from exactpwl.cli.staging import staged
from exactpwl.cli.teaching import Taught
from exactpwl.enumeration import regions
from exactpwl.report import FILES, ReportFolder, save_report

__all__ = ["report"]

DOES_NOT_HOLD = 1


@click.command(
    cls=Taught,
    examples=(
        "exactpwl report xor",
        "exactpwl report lines:8 --no-figures -o lines",
        "exactpwl report net.json --box -1 1 --window 0 1 -o inside",
    ),
)
@network_argument
@domain_options
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder to write into; made if it is not there. By default NET-report.",
)
@click.option(
    "--window",
    type=(rational, rational),
    multiple=True,
    metavar="LO HI",
    help="What the figures look at: once for all coordinates, or once for each. It is no domain.",
)
@click.option("--no-figures", is_flag=True, help="Draw no figures, which takes most of the time.")
@check_options
@jobs_option
@json_option
def report(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    out: Path | None,
    window: tuple[Interval, ...],
    no_figures: bool,
    budget: float | None,
    seed: int,
    jobs: int,
    as_json: bool,
) -> int:
    """Write all that is known of NET into a folder: a page, an article, and their files.

    index.html shows the network, its counts under each definition, the bounds of theory, every
    check with its evidence, figures, the atlas to explore, the table of regions, the empty patterns
    with their proofs, the certificate with the independent checker's verdict, and how to reproduce
    and to cite all this. It needs no server and loads nothing. report.tex says the same for a
    paper, and compiles.

    What cannot be made for a network is left out with the reason. The status is 1 if a check fails;
    then nothing is made that rests on the regions. Exact means exact for the real-valued function
    of the stored numbers, not for a float runtime.
    """
    begin = time.perf_counter()
    source = load_source(net)
    network = source.network
    domain = domain_of(network, box, domain_file)
    view = intervals(window, network.input_dimension, "--window") if window else None
    if view is None and domain.is_whole_space:
        view = source.window
    folder = out or Path(f"{source.label}-report")
    with staged(folder, replaces=tuple(FILES)) as stage, bars() as shown:
        with workers(jobs) as executor:
            complex_ = regions(network, domain, executor=executor, listener=shown.enumeration())
        made = save_report(
            complex_,
            stage,
            window=view,
            figures=not no_figures,
            budget=budget,
            seed=seed,
            watcher=shown,
        )
    if as_json:
        click.echo(json.dumps(_as_dict(made, folder)))
    else:
        click.echo(_text(made, folder))
        click.echo(f"{time.perf_counter() - begin:.1f} s")
    return 0 if made.holds else DOES_NOT_HOLD


def _text(made: ReportFolder, folder: Path) -> str:
    found, columns = made.findings, width()
    network, domain = found.complex.network, found.complex.domain
    parts = [facts(network, domain, columns=columns)]
    if found.counts:
        counts = counts_text(found.counts, domain, columns=columns)
        parts.append(f"{heading('Counts')}\n{counts}")
    parts += [
        f"{heading(f'Files in {folder}')}\n{aligned([(', '.join(made.files),)], columns=columns)}",
    ]
    if found.omissions:
        parts.append(f"{heading('Left out')}\n{aligned(found.omissions, columns=columns)}")
    told = [verdict(found.checks)]
    if found.proof is not None:
        told.append(wrapped(found.proof.verdict.splitlines()[0], first="exactpwl-check: "))
    told += [wrapped(EXACTNESS, columns=columns), f"Open {folder / 'index.html'} in a browser."]
    return "\n\n".join([*parts, "\n".join(told)])


def _as_dict(made: ReportFolder, folder: Path) -> dict[str, object]:
    """Return what was found as plain JSON values."""
    found = made.findings
    return {
        "folder": str(folder),
        "files": list(made.files),
        "holds": made.holds,
        "counts": dict(found.counts),
        "definitions": {name: count for name, (count, _) in found.definitions.items()},
        "checks": found.checks.as_dict(),
        "certificate": None if found.proof is None else found.proof.valid,
        "left_out": [omission._asdict() for omission in found.omissions],
        "exactness": EXACTNESS,
    }
