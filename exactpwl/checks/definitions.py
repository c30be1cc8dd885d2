"""The five counts of linear regions, against the order in which the definitions are known to lie.

Stargalla, Hertrich & Reichman show that each definition is coarser than the one before: literal
patterns of any dimension (R1), activation regions (R2), open connected sets where f is affine (R4),
closed connected ones (R5), distinct affine maps (R6).  So the counts must not increase.  The groups
of R4, R5 and R6 must hold every region exactly once, with one affine map a group.

References
----------
M. Stargalla, C. Hertrich, D. Reichman, The computational complexity of counting linear regions in
ReLU neural networks, 2025, arXiv:2505.16716.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort
from exactpwl.checks.euler import require_lattice
from exactpwl.checks.named import Finding, named
from exactpwl.counts import literal_masks

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_definitions"]

Groups = tuple[tuple[int, ...], ...]


@named(
    "definitions",
    "the counts by definitions R1, R2, R4, R5, R6 of arXiv:2505.16716 do not increase, and the "
    "groups of R4, R5 and R6 hold every region once, with one affine map each",
)
def check_definitions(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check the order of the counts by the definitions in use.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_definitions(regions(gallery.get("hat2d"))).evidence)
    R1: 25, R2: 12, R4: 7, R5: 7, R6: 7
    """
    require_lattice(complex_, effort)
    entries = sum(layer.width * layer.input_dimension for layer in complex_.network.layers)
    seconds = 1e-5 + 3e-8 * entries
    effort.require(len(complex_.generators), seconds, "generators to evaluate")
    groups = {
        "R4": complex_.linear_regions,
        "R5": complex_.closed_linear_regions,
        "R6": complex_.affine_pieces,
    }
    counts = {"R1": len(literal_masks(complex_)), "R2": len(complex_)}
    counts |= {name: len(found) for name, found in groups.items()}
    failures = [_fault(complex_, name, found) for name, found in groups.items()]
    values = list(counts.values())
    if values != sorted(values, reverse=True):
        failures.append("the counts increase")
    evidence = ", ".join(f"{name}: {count}" for name, count in counts.items())
    failure = next((f"{f} ({evidence})" for f in failures if f), None)
    return Finding(len(values), evidence, failure)


def _fault(complex_: PolyhedralComplex, name: str, groups: Groups) -> str | None:
    if sorted(i for group in groups for i in group) != list(range(len(complex_))):
        return f"the groups of {name} do not hold every region exactly once"
    maps = complex_.integer_maps
    mixed = next((group for group in groups if len({maps[i] for i in group}) > 1), None)
    return f"the group {mixed} of {name} has more than one affine map" if mixed else None
