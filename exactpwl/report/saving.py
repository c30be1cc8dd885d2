"""The folder of a report: everything that is known of one complex, written once.

First the checks.  Where none fails: counts, tables, atlas, figures, certificate; then the page and
the article, which are told what was made and what was left out.  All files lie in one folder, and
the page lists every one of them; nothing in it says when or where it was written, so equal
complexes give equal folders.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from exactpwl.checks import check
from exactpwl.domain import DomainLike, as_domain
from exactpwl.errors import DomainError, ExactPWLError, FormatError
from exactpwl.proving.markup import quoted
from exactpwl.report.blocks import Files, Picture
from exactpwl.report.definitions import counts_by_definition
from exactpwl.report.figures import FIGURES, draw_figures
from exactpwl.report.findings import Findings, Window, command
from exactpwl.report.html_page import html_page
from exactpwl.report.latex_page import latex_page
from exactpwl.report.parts import Omission, empty_patterns, save_tables
from exactpwl.report.planes import MOST_INPUTS, plane_section
from exactpwl.report.proof import CERTIFICATE, Proof, prove_partition
from exactpwl.report.sections import BIBTEX, blocks, title
from exactpwl.summary import count
from exactpwl.tables import Table, region_table

if TYPE_CHECKING:
    from exactpwl.checks import Report
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.engine.events import Listener

__all__ = ["FILES", "ReportFolder", "Watcher", "save_report"]
MOST_PROVED = 50_000
"""Regions beyond which no certificate is written."""

MOST_EXPLORED = 50_000
"""Regions beyond which no atlas to explore is written."""

FILES = {
    "index.html": "this page",
    "report.tex": "the same as an article, for pdflatex",
    "network.json": "the network with its exact weights",
    "domain.json": "the domain",
    "regions.csv": "the table of regions, for programs, every number whole",
    "regions.tex": "the table of regions, for LaTeX",
    "regions.md": "the table of regions, in Markdown",
    "empty_patterns.csv": "the empty patterns with their proofs, for programs",
    "empty_patterns.tex": "the empty patterns with their proofs, for LaTeX",
    "empty_patterns.md": "the empty patterns with their proofs, in Markdown",
    "atlas.json": "all of the complex; `exactpwl check atlas.json` checks it again",
    "atlas.html": "the regions to explore in a browser",
    **{
        f"figure-{figure.stem}.{ending}": f"{figure.title}, as {ending.upper()}"
        for figure in FIGURES
        for ending in ("svg", "png", "pdf")
    },
    CERTIFICATE: f"the certificate; `exactpwl-check {CERTIFICATE}` judges it",
    "exactpwl.bib": "how to cite the program",
}
"""All files that a report may have, in the order in which they are listed."""


class Watcher(Protocol):
    """Is told what is being done."""

    def doing(self, what: str) -> None:
        """Hear what is done now."""

    def check(self, name: str, done: int, total: int) -> None:
        """Hear from a check."""

    def enumeration(self) -> Listener | None:
        """Return what listens to regions as they come."""


class _Nobody:
    def doing(self, what: str) -> None: ...

    def check(self, name: str, done: int, total: int) -> None: ...

    def enumeration(self) -> Listener | None:
        return None


@dataclass(frozen=True)
class ReportFolder:
    """What was written.

    Attributes
    ----------
    folder : Path
    files : tuple of str
        Their names, as the page lists them.
    findings : Findings
        What the report says.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from exactpwl import gallery, regions
    >>> with TemporaryDirectory() as folder:
    ...     report = save_report(regions(gallery.get("xor")), folder, figures=False)
    >>> report.findings.proof.verdict.splitlines()[0]
    'VALID: there are exactly 3 activation regions'
    """

    folder: Path
    files: tuple[str, ...]
    findings: Findings

    @property
    def holds(self) -> bool:
        """Whether every check holds, and the certificate, where it was checked."""
        return self.findings.holds


def save_report(
    complex_: PolyhedralComplex,
    folder: str | Path,
    *,
    window: DomainLike = None,
    figures: bool = True,
    budget: float | None = None,
    seed: int = 0,
    watcher: Watcher | None = None,
) -> ReportFolder:
    """Write all that is known of a complex into a folder: a page, an article, and their files.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        From `exactpwl.regions`.
    folder : str or Path
        Made if it is not there.  Files of an earlier report in it are replaced or removed.
    window : Domain that is a box, or a pair (low, high) of rationals for each input, optional
        What the figures look at; of networks with three and more inputs they show sections.
    figures : bool
        Whether to draw figures, which takes most of the time.
    budget, seed
        Those of `exactpwl.check`.
    watcher : Watcher, optional
        Is told what is being done.

    Returns
    -------
    ReportFolder
        Where a check fails, the folder has the failure and nothing that rests on the regions.

    Raises
    ------
    DomainError
        If the window is no box of the network's dimension.
    FormatError
        If the folder cannot be made.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from exactpwl import gallery, regions
    >>> with TemporaryDirectory() as folder:
    ...     report = save_report(regions(gallery.get("tent"), [(0, 1)]), folder, figures=False)
    >>> report.holds, report.files[:3]
    (True, ('index.html', 'report.tex', 'network.json'))
    """
    place, shown = Path(folder), watcher or _Nobody()
    seen = _as_window(window, complex_.dimension)
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (place / name).unlink(missing_ok=True)
    except OSError as error:
        raise FormatError(f"cannot be written: {error.strerror}", path=str(place)) from None
    again = command(complex_.domain, seen, figures=figures, budget=budget, seed=seed)
    _write_given(complex_, place)
    checks = check(complex_, budget=budget, seed=seed, progress=shown.check)
    if checks.failures:
        findings = Findings(complex_, checks, again)
    else:
        drawn = draw_figures(complex_, place, seen, shown.doing) if figures else ()
        findings = _found(complex_, checks, again, place, seen, drawn, shown)
    shown.doing("writing the report")
    return ReportFolder(place, _write_pages(findings, place), findings)


def _as_window(window: DomainLike, dimension: int) -> Window | None:
    if window is None:
        return None
    box = as_domain(window, dimension).as_box()
    if box is None:
        raise DomainError("a window is a box: one pair (low, high) for each input")
    return box


def _found(
    complex_: PolyhedralComplex,
    checks: Report,
    again: str,
    folder: Path,
    window: Window | None,
    figures: Iterable[Picture | Omission],
    shown: Watcher,
) -> Findings:
    """Write all files but the two pages, and return what is known."""
    shown.doing("counting faces")
    counts = count(complex_)
    definitions = counts_by_definition(complex_, checks["definitions"])
    shown.doing("writing the tables")
    save_tables(region_table(complex_), folder, "regions")
    empty = empty_patterns(complex_)
    if isinstance(empty, Table):
        save_tables(empty, folder, "empty_patterns")
    shown.doing("writing the atlas")
    complex_.save(folder / "atlas.json")
    drawn = list(figures)
    explorer = _explorer(complex_, folder, window, shown)
    proof = _proof(complex_, folder, shown)
    made = [*drawn, explorer, empty, proof]
    return Findings(
        complex_,
        checks,
        again,
        counts=counts,
        definitions=definitions,
        empty=empty if isinstance(empty, Table) else None,
        pictures=tuple(thing for thing in drawn if isinstance(thing, Picture)),
        proof=proof if isinstance(proof, Proof) else None,
        explorer=explorer if isinstance(explorer, str) else None,
        omissions=tuple(thing for thing in made if isinstance(thing, Omission)),
    )


def _write_given(complex_: PolyhedralComplex, folder: Path) -> None:
    """Write what makes the report again, and how to cite the program."""
    complex_.network.save(folder / "network.json")
    domain = complex_.domain
    if not domain.is_whole_space and domain.as_box() is None:
        text = json.dumps(domain.as_dict(), indent=1)
        (folder / "domain.json").write_text(f"{text}\n", encoding="utf-8")
    (folder / "exactpwl.bib").write_text(BIBTEX, encoding="utf-8")


def _explorer(
    complex_: PolyhedralComplex, folder: Path, window: Window | None, shown: Watcher
) -> str | Omission:
    what = "atlas to explore"
    if len(complex_) > MOST_EXPLORED:
        return Omission(what, f"made of at most {MOST_EXPLORED} regions, here are {len(complex_)}")
    from exactpwl.explore import save_atlas

    shown.doing("writing the atlas to explore")
    if complex_.dimension > MOST_INPUTS:
        complex_, window = plane_section(complex_), None
    try:
        return save_atlas(complex_, folder / "atlas.html", window=window).name
    except ExactPWLError as error:
        return Omission(what, " ".join(str(error).split()))


def _proof(complex_: PolyhedralComplex, folder: Path, shown: Watcher) -> Proof | Omission:
    if len(complex_) > MOST_PROVED:
        return Omission(
            "certificate",
            f"written here of at most {MOST_PROVED} regions, there are {len(complex_)}; "
            "exactpwl certify network.json -o net.cert.gz writes it",
        )
    if any(stage.takes_maxima for stage in complex_.network.stages.stages):
        return Omission("certificate", "not written of networks that take maxima over groups")
    shown.doing("writing the certificate")
    return prove_partition(complex_, folder, shown.enumeration())


def _write_pages(findings: Findings, folder: Path) -> tuple[str, ...]:
    """Write the article and the page, and return the names of all files."""
    network = findings.complex.network
    heading = title(findings)
    below = f"{network.architecture} over {quoted(str(findings.complex.domain))}"
    _write(folder / "report.tex", latex_page(heading, below, blocks(findings, None)))
    names = tuple(n for n in FILES if n == "index.html" or (folder / n).exists())
    rows = tuple((n, FILES[n], _size(folder / n)) for n in names)
    _write(folder / "index.html", html_page(heading, below, blocks(findings, Files(rows))))
    return names


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.exists() else None


def _write(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(parts)
