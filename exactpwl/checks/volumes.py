"""Volumes add up: over a bounded domain the regions have its volume together.

The volumes are those that the regions tell, from their generators alone (`exactpwl.volumes`).  The
domain's own comes from elsewhere: the product of the sides of a box, or the vertices that cdd finds
for a polyhedron.  A missing region makes the sum too small, an overlap too large.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from flint import fmpq

from exactpwl.checks.effort import Effort, NotApplicableError
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import at, region_text
from exactpwl.domain import Domain
from exactpwl.geometry import volume
from exactpwl.linear import sum_in_pairs
from exactpwl.rationals import format_fraction, homogeneous

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_volumes", "domain_volume"]


@named("volumes", "the exact volumes of the regions add up to that of the bounded domain")
def check_volumes(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check that the volumes of the regions add up to the domain's.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_volumes(regions(gallery.get("xor"), [(-1, 1), (-1, 1)])).evidence)
    3 regions and the domain have volume 4 (product of the sides)
    """
    domain = complex_.domain
    if domain.is_whole_space:
        raise NotApplicableError(f"the domain {domain} is not bounded")
    effort.require(_measures(complex_), 1e-6, "pairs of a generator and a face")
    expected, source = domain_volume(domain)
    volumes = []

    def add(region: int) -> str | None:
        found = complex_.regions[region].volume
        if found is None:
            return f"region {region_text(complex_, region)} is unbounded in a bounded domain"
        if found <= 0:
            return f"region {region_text(complex_, region)} has volume {format_fraction(found)}"
        volumes.append(fmpq(found.numerator, found.denominator))
        return None

    checked, failure = effort.first_failure(
        "volumes",
        range(len(complex_)),
        add,
        lambda i: f"region {region_text(complex_, i)}",
    )
    total = sum_in_pairs(volumes)
    if failure is None and total != expected:
        failure = (
            f"the regions have volume {format_fraction(total)}, {domain} has "
            f"{format_fraction(expected)}"
        )
    evidence = f"{len(complex_)} regions and the domain have volume {format_fraction(expected)}"
    return Finding(checked, f"{evidence} ({source})", failure)


def domain_volume(domain: Domain) -> tuple[Fraction, str]:
    """Return the exact volume of a bounded domain, and where it comes from.

    Raises
    ------
    NotApplicableError
        If the domain is not bounded.

    Examples
    --------
    >>> domain_volume(Domain.polyhedron([[-1, 0], [0, -1], [1, 1]], [0, 0, 1]))
    (Fraction(1, 2), '3 vertices by cdd')
    """
    box = domain.as_box()
    if box is not None:
        return prod((high - low for low, high in box), start=Fraction(1)), "product of the sides"
    from exactpwl.generators import generators

    found = generators(domain.rows, domain.dimension)
    if not found.is_bounded:
        raise NotApplicableError(f"{domain} is not bounded")
    vectors = [homogeneous(vertex) for vertex in found.vertices]
    rows = [(*normal, offset) for normal, offset in domain.rows]
    tight = [sum(1 << k for k, row in enumerate(rows) if not at(row, v)) for v in vectors]
    return volume(vectors, tight), f"{len(vectors)} vertices by cdd"


def _measures(complex_: PolyhedralComplex) -> int:
    """Estimate the work: a simple vertex of a region lies in 2^d of its faces."""
    return sum(len(cell.generators) for cell in complex_.cells) << complex_.dimension
