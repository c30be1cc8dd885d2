"""The patterns that no region has, each with the proof that it has none.

A small network is done completely: the census decides every pattern, the empty ones by a Farkas
certificate, a sum of their own inequalities that is false; those without interior by a sum that
says ``0 > 0``.  So the list of regions is complete for a reason that a reader can check with a
pencil.  Of a larger network the patterns are too many.  Their number is told, the first of them are
proved as examples, and that no region is missing rests on the facets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, product
from typing import TYPE_CHECKING

from exactpwl.checks import check_facets, check_volumes
from exactpwl.farkas import FarkasCertificate
from exactpwl.pattern import Pattern
from exactpwl.pattern_cell import PatternPolyhedron, pattern_polyhedron
from exactpwl.pattern_census import MOST_LISTED, Census, CensusBlock, census
from exactpwl.proving.context import Context, pattern_code, plural
from exactpwl.rationals import format_count
from exactpwl.tables.empty_patterns import with_stars

if TYPE_CHECKING:
    from exactpwl.network import Network

__all__ = ["completeness_section", "pattern_section"]

EXAMPLES = 5
"""Empty patterns that are proved where there are too many for all."""

LOOKED_AT = 200
"""Patterns that are tried to find the examples."""


def pattern_section(page: Context) -> None:
    """Write why the other patterns have no region."""
    page.document.section("The patterns without a region")
    if page.pattern_count <= MOST_LISTED:
        _all_patterns(page, census(page.complex.network, page.complex.domain))
    else:
        _first_patterns(page)


def completeness_section(page: Context) -> None:
    """Write why no region is missing."""
    page.document.section("No region is missing")
    page.document.say(
        f"The regions are finitely many closed sets. If they missed a point inside {page.where}, "
        "they would miss a ball around it. Walk straight from a point inside a region into that "
        "ball, to a point chosen so that the walk meets no face smaller than a facet: almost every "
        "one will do. Where the walk leaves the last region, it crosses a facet with a region on "
        "one side only. But there is no such facet:"
    )
    page.run(check_facets)
    page.run(check_volumes)
    page.document.say(
        "No two regions overlap: at the first neuron on which their patterns differ, one has its "
        "pre-activation above a breakpoint throughout its interior, and the other nowhere."
    )


def _all_patterns(page: Context, found: Census) -> None:
    """Write the whole census."""
    document, regions = page.document, page.complex.regions
    counts = found.counts
    proper = {str(b.prefix) for b in found.blocks if b.status == "full" and b.is_proper}
    document.check(
        "deciding the neurons one after the other, by exact linear programs, finds the same "
        "regions: the patterns whose polyhedron has an interior, and which their points have",
        proper == {str(region.pattern) for region in regions} and len(proper) == len(regions),
        str(found),
    )
    if counts["improper"]:
        document.say(
            f"{plural(counts['improper'], 'pattern')} more call a neuron active that is "
            "zero throughout: no point has such a pattern, its polyhedron is that of another one."
        )
    for status, heading, why in (
        ("empty", "Empty patterns: no point satisfies their inequalities", "why there is no point"),
        ("thin", "Thin patterns: points, but no interior", "why there is no interior"),
    ):
        blocks = [block for block in found.blocks if block.status == status]
        if blocks:
            _blocks(page, found, blocks, heading, why)


def _blocks(
    page: Context, found: Census, blocks: Sequence[CensusBlock], heading: str, why: str
) -> None:
    document = page.document
    document.say(
        "Add up the inequalities on the right, each as often as it says: the variables cancel, and "
        "what is left is false."
        + " A star stands for any piece: the neurons before it refute all."
        * any(block.count > 1 for block in blocks)
    )
    page.shown(blocks, "rows")
    rows = [
        [pattern_code(with_stars(b, found.pieces)), str(b.count), _sentence(page, b.certificate)]
        for b in blocks[: page.most]
    ]
    document.table(["pattern", "patterns", why], rows, heading)
    document.check(
        "in each sum the multipliers are not negative, the inequalities are those of the pattern "
        "or of the domain, the variables cancel, and the number that is left contradicts",
        all(_refutes(page, found, block) for block in blocks),
        plural(len(blocks), "sum"),
    )


def _refutes(page: Context, found: Census, block: CensusBlock) -> bool:
    """Whether a block's certificate is valid and of the block's own inequalities."""
    if block.certificate is None or not block.certificate.is_valid:
        return False
    complex_ = page.complex
    completion = _completed(block.prefix, found.pieces)
    cell = pattern_polyhedron(complex_.network, completion, complex_.domain)
    return set(block.certificate.rows) <= {inequality.row for inequality in cell.inequalities}


def _completed(prefix: Pattern, pieces: Sequence[Sequence[int]]) -> Pattern:
    """Return a pattern that begins so: every neuron that is not decided on its first piece."""
    known = [*prefix, *[()] * len(pieces)]
    return Pattern(
        (*layer, *[0] * (len(counts) - len(layer)))
        for layer, counts in zip(known, pieces, strict=False)
    )


def _first_patterns(page: Context) -> None:
    """Tell how many patterns there are, and prove the first empty ones."""
    complex_, document = page.complex, page.document
    missing = page.pattern_count - len(complex_)
    document.say(
        f"Of the {format_count(page.pattern_count)} patterns {format_count(missing)} have no "
        f"region. More than {MOST_LISTED} patterns are not listed: nobody could read them, and "
        "deciding each takes a linear program. That none of them is forgotten follows in the next "
        "section without looking at them. Some examples:"
    )
    cells = list(islice(_empty_cells(page), EXAMPLES))
    rows = [[pattern_code(str(c.pattern)), _sentence(page, c.certificate)] for c in cells]
    document.table(["pattern", "why there is no point"], rows, "The first empty patterns")
    document.check(
        "in each sum the multipliers are not negative, the variables cancel, and the number that "
        "is left contradicts",
        all(c.certificate is not None and c.certificate.is_valid for c in cells),
        plural(len(cells), "sum"),
    )


def _empty_cells(page: Context) -> Iterator[PatternPolyhedron]:
    complex_ = page.complex
    patterns = islice(_patterns(complex_.network), LOOKED_AT)
    for pattern in patterns:
        if pattern not in complex_.index:
            cell = pattern_polyhedron(complex_.network, pattern, complex_.domain)
            if cell.status == "empty":
                yield cell


def _patterns(network: Network) -> Iterator[Pattern]:
    """Yield all patterns in their order."""
    ranges = map(range, chain.from_iterable(network.pieces))
    for digits in product(*ranges):
        left = iter(digits)
        yield Pattern(tuple(islice(left, len(layer))) for layer in network.pieces)


def _sentence(page: Context, certificate: FarkasCertificate | None) -> str:
    return "" if certificate is None else f"${' '.join(page.notation.proof(certificate))}$"
