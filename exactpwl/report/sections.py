"""The sections of a report, in their order: each turns findings into blocks.

The order is that of a laboratory report: what was examined, what was found, on which evidence, the
material itself, and how anybody can do it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import TYPE_CHECKING

import exactpwl
from exactpwl.bounds import HINZ, MONTUFAR, PATTERNS, RAGHU, SERRA, network_bounds
from exactpwl.growth import layer_counts, region_bounds
from exactpwl.naming import printable
from exactpwl.proving.context import plural
from exactpwl.proving.markup import quoted
from exactpwl.proving.neuron_formulas import MOST_WEIGHTS, neuron_formulas, weight_count
from exactpwl.proving.steps import Paragraph, Section, Tabular
from exactpwl.rationals import EXACTNESS, format_count
from exactpwl.report.blocks import (
    Block,
    Browsed,
    Checklist,
    Facts,
    Files,
    Frame,
    Listing,
    Verdict,
)
from exactpwl.report.definitions import DEFINITIONS, SOURCE
from exactpwl.report.findings import Findings
from exactpwl.report.planes import MOST_INPUTS, plane_name
from exactpwl.report.proof import CERTIFICATE
from exactpwl.report.region_browser import browsed_regions

if TYPE_CHECKING:
    from exactpwl.domain import Domain

__all__ = ["BIBTEX", "blocks", "title"]

BIBTEX = f"""@software{{exactpwl,
  author  = {{{{exactpwl}}}},
  title   = {{{{exactpwl}}: the exact atlas of a piecewise-linear neural network}},
  version = {{{exactpwl.__version__}}},
  license = {{GPL-3.0-or-later}}
}}
"""
"""How the program is cited."""

_BOUNDS = {
    PATTERNS: "a region has one pattern, and no two have the same",
    RAGHU: "on each region a layer is an arrangement of hyperplanes in as many dimensions as there "
    "are inputs; any activation",
    MONTUFAR: "the same in no more dimensions than a layer before is wide; any activation",
    SERRA: "ReLUs that are off lower the dimension; theorem 1",
    HINZ: "the same by a matrix for each layer, which counts regions by dimension",
}


def title(findings: Findings) -> str:
    """Return the title of a report."""
    name = printable(findings.complex.network.name or "")
    return f"The regions of {quoted(name)}" if name else "The regions of a network"


def blocks(findings: Findings, files: Files | None) -> Iterator[Block]:
    """Yield the whole report; `files` is None for a paper, which needs no list of them."""
    yield from _summary(findings)
    yield from _network(findings)
    if findings.checks.passed:
        yield from _counts(findings)
        yield from _bounds(findings)
    yield from _checks(findings)
    if findings.checks.passed:
        yield from _figures(findings)
        yield from _explorer(findings)
        yield Section("Regions")
        yield browsed_regions(findings.complex)
        yield from _empty_patterns(findings)
        yield from _certificate(findings)
    if findings.omissions:
        yield Section("Left out")
        yield Facts(tuple((quoted(what), quoted(why)) for what, why in findings.omissions))
    yield from _again(findings)
    yield from _citing()
    if files is not None:
        yield Section("Files")
        yield files


def _summary(findings: Findings) -> Iterator[Block]:
    complex_ = findings.complex
    yield Section("Summary")
    yield Verdict(findings.holds, _verdict(findings))
    if findings.checks.passed:
        linear = plural(len(complex_.linear_regions), "linear region")
        unbounded = len(complex_) - complex_.bounded_count
        yield Paragraph(
            f"Over {_place(complex_.domain)} the network has exactly "
            f"{plural(len(complex_), 'activation region')}, {complex_.bounded_count} of them "
            f"bounded and {unbounded} unbounded. They make {linear} (R4) with "
            f"{plural(len(complex_.affine_pieces), 'affine map')} (R6), and share "
            f"{plural(len(complex_.adjacency_array), 'facet')}."
        )
    yield Paragraph(EXACTNESS)


def _verdict(findings: Findings) -> str:
    checks = findings.checks
    if checks.failures:
        names = ", ".join(result.name for result in checks.failures)
        return (
            f"A check fails: {names} ({checks.summary}). The list of regions is wrong, so nothing "
            "else was made of it."
        )
    if not findings.holds:
        return f"The independent checker rejects the certificate; the checks: {checks.summary}."
    proved = findings.proof is not None and findings.proof.valid
    also = ", and the independent checker finds the certificate valid" if proved else ""
    return f"Every check that applies holds ({checks.summary}){also}."


def _place(domain: Domain) -> str:
    return quoted(str(domain))


def _network(findings: Findings) -> Iterator[Block]:
    network = findings.complex.network
    total = format_count(prod(count for layer in network.pieces for count in layer))
    yield Section("Network")
    yield Facts(
        (
            *([("name", quoted(printable(network.name or "")))] if network.name else []),
            ("architecture", network.architecture),
            ("inputs, outputs", f"{network.input_dimension}, {network.output_dimension}"),
            ("kinks", f"{len(network.kinks)}, hence {total} activation patterns"),
            ("domain", _place(findings.complex.domain)),
            ("SHA-256", f"`{network.sha256}`"),
        )
    )
    weights = weight_count(network)
    if weights > MOST_WEIGHTS:
        yield Paragraph(f"Its {weights} weights are not printed; `network.json` has them, exactly.")
        return
    formulas = tuple((f"${name}$", f"${value}$") for name, value in neuron_formulas(network))
    yield Tabular(("neuron", "value"), formulas, "The neurons, layer by layer, with exact weights")


def _counts(findings: Findings) -> Iterator[Block]:
    yield Section("Counts")
    yield Paragraph(
        '"Linear region" alone is ambiguous, so each number stands beside its definition: R1 to R6 '
        f"are {SOURCE}."
    )
    rows = []
    for key, (count, why) in findings.definitions.items():
        name, meaning = DEFINITIONS[key]
        rows.append((key, name, "–" if count is None else str(count), meaning + _because(why)))
    yield Tabular(("", "what", "count", "definition"), tuple(rows), "Counts by definition")
    counts, d = findings.counts, findings.complex.dimension
    where = "" if findings.complex.domain.is_whole_space else ", none on the domain's boundary"
    vector = ", ".join(map(str, counts["f_vector"]))
    yield Tabular(
        ("what", "count", "definition"),
        (
            ("bounded regions", str(counts["bounded_regions"]), "among the activation regions"),
            (
                "adjacencies",
                str(counts["adjacencies"]),
                "pairs of activation regions that share a facet",
            ),
            ("f-vector", vector, f"k-faces for k = 0 .. {d}{where}"),
            (
                "lineality",
                str(counts["lineality"]),
                "independent directions on which no kink and no row of the domain depends",
            ),
        ),
        "What else is counted",
    )


def _because(why: str) -> str:
    return f" ({quoted(why)})" if why else ""


def _bounds(findings: Findings) -> Iterator[Block]:
    count = len(findings.complex)
    yield Section("Bounds of theory")
    yield Paragraph(
        f"No network of this architecture has more activation regions than this; here are {count}."
    )
    found = region_bounds(findings.complex.network)
    rows = tuple(
        (name, format_count(bound), _share(count, bound), _BOUNDS[name])
        for name, bound in sorted(found.items(), key=lambda item: item[1])
    )
    yield Tabular(("bound", "at most", "share reached", "why"), rows, "Upper bounds")
    yield from _lower_bounds(findings)
    counts = layer_counts(findings.complex)
    if len(counts) > 1:
        yield Tabular(
            ("layers", "neurons", "activation regions", "at most", "share reached", "bound"),
            tuple(_layers(findings, counts)),
            "The first layers with kinks",
        )
    told = [findings.checks[name] for name in ("zaslavsky", "generic")]
    facts = tuple((r.name, quoted(r.evidence)) for r in told if r.passed)
    if facts:
        yield Paragraph("Of the arrangement of the first layer, theory says the number exactly:")
        yield Facts(facts)


def _lower_bounds(findings: Findings) -> Iterator[Block]:
    found = network_bounds(findings.complex.network)
    lower = [(b.name, b.value, b.source) for b in found if b.side == "lower"]
    known = tuple((name, format_count(n), source) for name, n, source in lower if n is not None)
    if known:
        yield Paragraph("Some network of ReLUs of these widths has this many over the whole space:")
        yield Tabular(("bound", "at least", "source"), known, "Lower bounds of the largest number")


def _layers(findings: Findings, counts: Sequence[int]) -> Iterator[tuple[str, ...]]:
    network = findings.complex.network
    for number, (found, width) in enumerate(zip(counts, network.widths, strict=True), 1):
        bounds = region_bounds(network, number)
        name = min(bounds, key=lambda name: bounds[name])
        share = _share(found, bounds[name])
        yield str(number), str(width), str(found), format_count(bounds[name]), share, name


def _share(count: int, bound: int) -> str:
    """Return a share in per cent; no more than three digits of it mean anything."""
    if count == bound:
        return "all"
    percent = 100 * count / bound
    return f"{percent:.3g}%" if percent >= 0.001 else "below 0.001%"


def _checks(findings: Findings) -> Iterator[Block]:
    yield Section("Checks")
    yield Paragraph(
        "Each check looks at the complex again by other means, in exact arithmetic and without any "
        "tolerance. One that does not apply says why, and does not count as passed."
    )
    yield Checklist(findings.checks.results)


def _figures(findings: Findings) -> Iterator[Block]:
    if findings.pictures:
        yield Section("Figures")
        yield from findings.pictures


def _explorer(findings: Findings) -> Iterator[Block]:
    if findings.explorer is not None:
        yield Section("Atlas to explore")
        complex_ = findings.complex
        if complex_.dimension > MOST_INPUTS:
            plane = quoted(plane_name(complex_))
            yield Paragraph(f"A page shows two inputs, so this is the section where {plane}.")
        yield Frame("The regions, to move over, search and compare", findings.explorer)


def _empty_patterns(findings: Findings) -> Iterator[Block]:
    if findings.empty is not None:
        yield Section("Empty patterns")
        yield Paragraph(
            "No point has these patterns. Add up the inequalities on the right, each as often as "
            "it says (Farkas): the variables cancel, and what is left is false."
        )
        yield Browsed(findings.empty, "rows", "empty_patterns.csv")


def _certificate(findings: Findings) -> Iterator[Block]:
    proof = findings.proof
    if proof is None:
        return
    yield Section("Certificate")
    yield Paragraph(
        f"`{CERTIFICATE}` ({proof.size:,} bytes) holds the network, the domain, the claim that "
        f"these are all activation regions, {proof.regions} of them, and its proof: a tree of "
        "splits in which every side that is left out is refuted by multipliers, and every region "
        "has a witness. A program of 600 lines that shares no code with this library checks it:"
    )
    yield Listing(f"exactpwl-check {CERTIFICATE}\n")
    if proof.valid is None:
        yield Paragraph(f"It was {quoted(proof.verdict)}.")
    else:
        yield Paragraph(
            "It was run when this report was made, and said (a certificate spells the network "
            "in its own way, so the SHA-256 there is that of another text):"
        )
        yield Listing(f"{proof.verdict}\n")


def _again(findings: Findings) -> Iterator[Block]:
    yield Section("How to reproduce this")
    yield Paragraph(
        f"With exactpwl {exactpwl.__version__}, in this folder, where `network.json` is the "
        "network; the same version writes the same files:"
    )
    yield Listing(f"{findings.command}\n")


def _citing() -> Iterator[Block]:
    yield Section("How to cite")
    yield Paragraph("The entry is in `exactpwl.bib`, too.")
    yield Listing(BIBTEX)
