"""``exactpwl regions``, the main job: from a network to its complete, checked, exact atlas."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from exactpwl.checks import check as run_checks
from exactpwl.cli.check import check_options
from exactpwl.cli.files import FILES, write_atlas
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    intervals,
    jobs_option,
    json_option,
    load_source,
    names_from,
    network_argument,
    rational,
    workers,
)
from exactpwl.cli.messages import width
from exactpwl.cli.outcome import Outcome, status_of
from exactpwl.cli.progress import bars
from exactpwl.cli.staging import staged
from exactpwl.cli.teaching import Taught
from exactpwl.enumeration import regions as enumerate_regions
from exactpwl.summary import count
from exactpwl.tables import DEFAULT_COLUMNS, REGION_COLUMNS
from exactpwl.tables.regions import MOST_DIGITS

__all__ = ["regions"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl regions rings --out demo",
        "exactpwl regions net.json --box -1 1 --jobs 2",
        "exactpwl regions lines:8 --window -6 6 --columns pattern,affine_map,vertices",
    ),
)
@network_argument
@domain_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder to write into; made if it is not there. By default NET-atlas.",
)
@click.option(
    "--method",
    type=click.Choice(["subdivide", "powerset"]),
    default="subdivide",
    show_default=True,
    help="subdivide is the engine; powerset the textbook algorithm, for tiny networks.",
)
@click.option(
    "--columns",
    type=names_from("columns", tuple(REGION_COLUMNS)),
    metavar="NAME,...",
    help=f"The columns of the region tables, of {', '.join(REGION_COLUMNS)}. By default "
    f"{', '.join(DEFAULT_COLUMNS)}.",
)
@click.option(
    "--digits",
    type=click.IntRange(1, MOST_DIGITS),
    metavar="N",
    help="Round the numbers of the tables to N significant digits. Without it none is rounded.",
)
@click.option(
    "--window",
    type=(rational, rational),
    multiple=True,
    metavar="LO HI",
    help="What the figure shows, once for both coordinates or once for each. It is no domain.",
)
@click.option("--no-figure", is_flag=True, help="Draw no figure.")
@check_options
@jobs_option
@json_option
def regions(
    net: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    out: Path | None,
    method: str,
    columns: tuple[str, ...] | None,
    digits: int | None,
    window: tuple[Interval, ...],
    no_figure: bool,
    budget: float | None,
    seed: int,
    jobs: int,
    as_json: bool,
) -> int:
    """Compute the atlas of NET: every region, checked, exactly.

    The activation regions are those over the whole space, or over --box or --domain. Written are
    regions.tex, regions.csv and regions.md; atlas.json, all of it for programs; for two inputs the
    figure top_down.png, .svg and .pdf; for small networks empty_patterns.tex, .csv and .md, the
    patterns that no point has, each with its proof; and summary.txt, which is also printed. The
    folder holds one atlas: files of an earlier run are replaced. All are written, or none. The exit
    status is 1 if a check fails. Exact means exact for the real-valued function of the stored
    numbers, not for a float runtime.
    """
    begin = time.perf_counter()
    if method == "powerset" and jobs > 1:
        raise click.UsageError("--jobs is for --method subdivide: powerset is one process")
    source = load_source(net)
    network = source.network
    domain = domain_of(network, box, domain_file)
    view = _window(window, network.input_dimension, no_figure)
    folder = out or Path(f"{source.label}-atlas")
    with staged(folder, replaces=FILES) as stage, bars() as shown:
        with workers(jobs) as executor:
            complex_ = enumerate_regions(
                network, domain, method=method, executor=executor, listener=shown.enumeration()
            )
        report = run_checks(complex_, budget=budget, seed=seed, progress=shown.check)
        shown.doing("counting faces")
        counts = count(complex_)
        omissions = write_atlas(
            complex_,
            stage,
            shown,
            columns=columns,
            digits=digits,
            window=view,
            proposed_window=source.window if domain.is_whole_space else None,
            figure=not no_figure,
        )
        written = [name for name in FILES if (stage / name).exists() or name == "summary.txt"]
        outcome = Outcome(complex_, counts, report, written, omissions)
        summary = click.unstyle(outcome.text()) + "\n"
        (stage / "summary.txt").write_text(summary, encoding="utf-8")
    if as_json:
        click.echo(json.dumps({**outcome.as_dict(), "folder": str(folder)}))
    else:
        click.echo(outcome.text(columns=width(), folder=str(folder)))
        click.echo(f"{time.perf_counter() - begin:.1f} s")
    return status_of(report)


def _window(
    window: tuple[Interval, ...], dimension: int, no_figure: bool
) -> tuple[Interval, ...] | None:
    if not window:
        return None
    if no_figure or dimension != 2:
        dimensions = f"NET has input dimension {dimension}"
        why = "there is none with --no-figure" if no_figure else dimensions
        raise click.UsageError(f"--window is for the figure of a network with two inputs: {why}")
    for low, high in window:
        if low >= high:
            raise click.UsageError(f"--window LO HI needs LO < HI, got {low} {high}")
    from exactpwl.plot.window import as_window

    return as_window(intervals(window, 2, "--window"))
