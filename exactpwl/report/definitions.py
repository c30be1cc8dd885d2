"""What each count is called and what exactly is counted: no number is printed without it.

"Linear region" alone is ambiguous in the literature; Stargalla, Hertrich & Reichman 2025
(arXiv:2505.16716) sort the definitions in use, and call them R1 to R6.  Each is coarser than the
one before, so the counts do not increase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from exactpwl.counts import literal_masks

if TYPE_CHECKING:
    from exactpwl.checks import CheckResult
    from exactpwl.complex import PolyhedralComplex

__all__ = ["DEFINITIONS", "SOURCE", "Definition", "counts_by_definition"]


class Definition(NamedTuple):
    """What a count is called, and what it counts."""

    name: str
    meaning: str


DEFINITIONS = {
    "R1": Definition(
        "literal patterns",
        "non-empty sets of all points with one pattern, each neuron above 0 or not, of any "
        "dimension",
    ),
    "R2": Definition("activation regions", "proper full-dimensional cells of activation patterns"),
    "R3": Definition(
        "convex pieces", "the least number of convex sets on each of which f is affine"
    ),
    "R4": Definition("linear regions", "maximal open connected sets on which f is affine"),
    "R5": Definition(
        "closed linear regions", "maximal closed connected sets on which f is one affine map"
    ),
    "R6": Definition("affine pieces", "distinct affine maps"),
}
"""The definitions in use, by the names of arXiv:2505.16716."""

SOURCE = "the definitions of Stargalla, Hertrich & Reichman 2025, arXiv:2505.16716"


def counts_by_definition(
    complex_: PolyhedralComplex, check: CheckResult
) -> dict[str, tuple[int | None, str]]:
    """Return for each definition the count, or None with the reason.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    check : CheckResult
        That of the check called "definitions": where it is too dear, so are R1 and R5.

    Examples
    --------
    >>> from exactpwl import checks, gallery, regions
    >>> hat = regions(gallery.get("hat2d"))
    >>> counts_by_definition(hat, checks.check_definitions(hat))["R1"]
    (25, '')
    """
    found: dict[str, tuple[int | None, str]] = {
        "R2": (len(complex_), ""),
        "R3": (None, "not computed: finding it is a search of its own"),
        "R4": (len(complex_.linear_regions), ""),
        "R6": (len(complex_.affine_pieces), ""),
    }
    if check.status == "not applicable":
        found |= dict.fromkeys(("R1", "R5"), (None, f"not computed: {check.evidence}"))
    else:
        found["R1"] = len(literal_masks(complex_)), ""
        found["R5"] = len(complex_.closed_linear_regions), ""
    return {name: found[name] for name in DEFINITIONS}
