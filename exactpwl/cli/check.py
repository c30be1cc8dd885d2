"""``exactpwl check``: run every check on the complex of a network, or on a stored atlas."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from exactpwl.checks import CHECKS, Report
from exactpwl.checks import check as run_checks
from exactpwl.cli.inputs import (
    Interval,
    domain_of,
    domain_options,
    jobs_option,
    json_option,
    load_source,
    names_from,
    workers,
)
from exactpwl.cli.messages import EXACTNESS, facts, heading, width, wrapped
from exactpwl.cli.outcome import checks_text, status_of, verdict
from exactpwl.cli.progress import Bars, bars
from exactpwl.cli.teaching import Taught
from exactpwl.complex import PolyhedralComplex

__all__ = ["check", "check_options"]

F = TypeVar("F", bound=Callable[..., Any])


def _seconds(text: str) -> float:
    try:
        budget = float(text)
    except ValueError:
        budget = math.nan
    if not budget > 0:
        raise click.BadParameter(f"a positive number of seconds, or inf, is required, got {text!r}")
    return budget


def check_options(command: F) -> F:
    """Add --budget and --seed."""
    budget = click.option(
        "--budget",
        type=_seconds,
        metavar="SECONDS",
        help="What a single check may take, by estimate; beyond it a check looks at a sample, or "
        "is not applicable, and says so. inf for no limit. By default 20 for what cannot be "
        "divided, and for a sample a quarter of what the reference engine takes.",
    )
    seed = click.option(
        "--seed",
        type=int,
        default=0,
        show_default=True,
        metavar="N",
        help="Chooses samples and random points.",
    )
    return budget(seed(command))


@click.command(
    cls=Taught,
    examples=(
        "exactpwl check rings",
        "exactpwl check net.json --box -1 1 --json",
        "exactpwl check demo/atlas.json",
    ),
)
@click.argument("subject", metavar="NET|ATLAS")
@domain_options
@click.option(
    "--only",
    type=names_from("checks", tuple(CHECKS)),
    metavar="CHECK,...",
    help=f"Run these alone: {', '.join(CHECKS)}.",
)
@check_options
@jobs_option
@json_option
def check(
    subject: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    only: tuple[str, ...] | None,
    budget: float | None,
    seed: int,
    jobs: int,
    as_json: bool,
) -> int:
    """Run every check on a network or on a stored atlas.json.

    The regions of a network are enumerated first; those of an atlas are taken as they stand in the
    file. Then come, all in exact arithmetic: continuity across every facet, Euler's relation,
    volumes, counts by theory, every region against cdd.gmp, the complex against direct evaluation,
    and more; each says what it asserts and on which evidence. "not applicable" is not "passed".
    The exit status is 1 if a check fails. Exact means exact for the real-valued function of the
    stored numbers, not for a float runtime.
    (exactpwl-check is another program: it judges a certificate, which exactpwl certify writes.)
    """
    with bars() as shown:
        if _is_atlas(Path(subject)):
            complex_ = _loaded(Path(subject), box, domain_file, jobs)
        else:
            complex_ = _enumerated(subject, box, domain_file, jobs, shown)
        report = run_checks(complex_, only=only, budget=budget, seed=seed, progress=shown.check)
    click.echo(json.dumps(report.as_dict()) if as_json else _text(complex_, report))
    return status_of(report)


def _text(complex_: PolyhedralComplex, report: Report) -> str:
    columns = width()
    parts = [
        facts(complex_.network, complex_.domain, columns=columns),
        f"{heading('Checks')}\n{checks_text(report, statements=True, columns=columns)}",
        f"{verdict(report)}\n{wrapped(EXACTNESS, columns=columns)}",
    ]
    return "\n\n".join(parts)


def _is_atlas(path: Path) -> bool:
    """Whether a file calls itself an atlas; one that does not is read as a network."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    kind = data.get("format") if isinstance(data, dict) else None
    return isinstance(kind, str) and kind.startswith("exactpwl-atlas/")


def _loaded(
    path: Path, box: tuple[Interval, ...], domain_file: Path | None, jobs: int
) -> PolyhedralComplex:
    if box or domain_file or jobs > 1:
        raise click.UsageError(
            "an atlas has its domain and its regions already: --box, --domain and --jobs are for "
            "networks"
        )
    return PolyhedralComplex.load(path)


def _enumerated(
    spec: str,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    jobs: int,
    shown: Bars,
) -> PolyhedralComplex:
    from exactpwl.enumeration import regions

    network = load_source(spec).network
    domain = domain_of(network, box, domain_file)
    with workers(jobs) as executor:
        return regions(network, domain, executor=executor, listener=shown.enumeration())
