"""The first layer against theory: Zaslavsky's theorem, and the formulas for generic hyperplanes.

The kinks of the first layer are hyperplanes of R^d.  Over R^d the first layer's part of the
patterns takes as many values as this arrangement has regions, and the union of the regions that
share a value is bounded iff all of them are.  Both numbers follow from the characteristic
polynomial, for *any* arrangement (Zaslavsky 1975); for one in general position they are sums of
binomials: the central polygonal numbers in the plane, the cake numbers in space.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort, NotApplicableError
from exactpwl.checks.named import Finding, named
from exactpwl.theory import Arrangement, generic_bounded_regions, generic_regions
from exactpwl.zaslavsky import first_arrangement

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_generic", "check_zaslavsky"]

SECONDS_PER_FLAT = 3e-5


def _first_layer_counts(complex_: PolyhedralComplex) -> tuple[int, int]:
    """Count the first layer's regions in the complex, and the bounded ones."""
    bounded: dict[object, bool] = {}
    for cell in complex_.cells:
        finite = not complex_.lines and all(g[-1] for g in cell.generators)
        key = cell.pattern[:1]
        bounded[key] = bounded.get(key, True) and finite
    return len(bounded), sum(bounded.values())


def _arrangement(complex_: PolyhedralComplex, effort: Effort) -> Arrangement:
    if not complex_.domain.is_whole_space:
        raise NotApplicableError(f"the theorem counts regions of R^d, not of {complex_.domain}")
    if any(stage.takes_maxima for stage in complex_.network.stages.stages[:1]):
        raise NotApplicableError("the first layer with kinks takes maxima: no arrangement")
    arrangement = first_arrangement(complex_.network.stages)
    m = len(arrangement.hyperplanes)
    flats = sum(comb(m, k) for k in range(arrangement.rank + 1))
    effort.require(flats, SECONDS_PER_FLAT, f"possible flats of {m} hyperplanes")
    return arrangement


def _compare(
    complex_: PolyhedralComplex, source: str, regions: int, bounded: int, evidence: str
) -> Finding:
    found, found_bounded = _first_layer_counts(complex_)
    deeper = " of the first layer" if len(complex_.network.stages.stages) > 1 else ""
    failure = None
    if (found, found_bounded) != (regions, bounded):
        failure = (
            f"the complex has {found} regions{deeper}, {found_bounded} of them bounded; "
            f"{source} gives {regions}, {bounded} of them bounded"
        )
    shown = f"{evidence}: {found} regions{deeper}, {found_bounded} of them bounded"
    return Finding(found, shown, failure)


@named(
    "zaslavsky",
    "over R^d the first layer has (-1)^d chi(-1) regions, and (-1)^d chi(1) bounded ones if its "
    "normals span R^d, chi the characteristic polynomial of its hyperplanes (Zaslavsky 1975)",
)
def check_zaslavsky(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check the first layer's regions against the exact characteristic polynomial.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_zaslavsky(regions(gallery.get("disc"))).evidence)
    3 hyperplanes, chi = (3, -3, 1) from the constant up: 7 regions, 1 of them bounded
    """
    found = _arrangement(complex_, effort)
    chi = ", ".join(map(str, found.characteristic_polynomial))
    evidence = f"{len(found.hyperplanes)} hyperplanes, chi = ({chi}) from the constant up"
    return _compare(complex_, "Zaslavsky's theorem", found.regions, found.bounded_regions, evidence)


@named(
    "generic",
    "m hyperplanes in general position cut R^d into C(m,0) + ... + C(m,d) regions, C(m-1,d) of "
    "them bounded (OEIS A000124 for d = 2, A000125 for d = 3; Schlaefli 1852)",
)
def check_generic(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check a generic first layer against the central polygonal and the cake numbers.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_generic(regions(gallery.get("lines:8"))).evidence)
    A000124(8) = 37: 37 regions, 21 of them bounded
    """
    arrangement = _arrangement(complex_, effort)
    d, m = arrangement.dimension, len(arrangement.hyperplanes)
    if not m:
        raise NotApplicableError("the first layer has no hyperplane")
    if not arrangement.is_generic:
        raise NotApplicableError(
            f"the first layer's {m} hyperplanes are not in general position: some are parallel, or "
            "too many meet"
        )
    names = {2: f"A000124({m})", 3: f"A000125({m})"}
    source = names.get(d, f"the sum of C({m},i) for i <= {d}")
    regions, bounded = generic_regions(d, m), generic_bounded_regions(d, m)
    return _compare(complex_, source, regions, bounded, f"{source} = {regions}")
