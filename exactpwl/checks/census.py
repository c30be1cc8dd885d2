"""The census of all patterns against the complex, for small networks.

Every pattern of the network is decided by exact linear programs: full and proper, full, thin or
empty.  The proper full ones must be the regions' patterns, neither more nor fewer; and each empty
one must have a Farkas certificate, whose additions are done once more here.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort
from exactpwl.checks.named import Finding, named
from exactpwl.pattern_census import CensusBlock, census

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_census"]

SECONDS_PER_PATTERN = 0.004


@named(
    "census",
    "of all patterns the full and proper ones are the activation regions (definition R2 of "
    "arXiv:2505.16716), and each empty one has a Farkas certificate",
)
def check_census(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check the regions against the census of all patterns.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_census(regions(gallery.get("xor"))).evidence)
    4 patterns: 3 full and proper, 0 full but not proper, 0 thin, 1 empty
    """
    total = prod(count for layer in complex_.network.pieces for count in layer)
    effort.require(total, SECONDS_PER_PATTERN, "patterns to decide")
    found = census(complex_.network, complex_.domain, limit=total)
    proper = {block.prefix for block in found.blocks if block.is_proper}
    patterns = {cell.pattern for cell in complex_.cells}
    failure = None
    if proper - patterns:
        failure = f"pattern {min(proper - patterns)} is full and proper, but no region has it"
    elif patterns - proper:
        failure = f"region {min(patterns - proper)} is not a full and proper pattern"
    elif len(patterns) != len(complex_):
        failure = f"{len(complex_)} regions have only {len(patterns)} patterns"
    else:
        empty = [block for block in found.blocks if block.status == "empty"]
        _, failure = effort.first_failure(
            "census", empty, _unproved, lambda block: f"pattern {block.prefix}"
        )
    return Finding(total, str(found), failure)


def _unproved(block: CensusBlock) -> str | None:
    if block.certificate is None:
        return f"pattern {block.prefix} is called empty without a certificate"
    block.certificate.verify()
    return None
