"""Euler's relation: the faces of a subdivision of R^d, or of an open convex domain, cancel.

The faces inside an open convex set of R^d are relatively open cells that partition it.  The Euler
characteristic with compact support is additive, and that of an open convex set is (-1)^d; hence
``f_0 - f_1 + f_2 - ... = (-1)^d``.  Over the whole space the bounded faces form a contractible
complex if there is a vertex, so their alternating sum is 1; with lineality none is bounded and the
sum is 0.  Over a domain there is no such relation for the bounded faces.

The f-vector must also end in the number of adjacencies and the number of regions.

References
----------
G. M. Ziegler, Lectures on Polytopes, 1995, section 8.2.
T. Zaslavsky, Facing up to arrangements, Memoirs AMS 154, 1975 (the bounded complex).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exactpwl.checks.effort import Effort
from exactpwl.checks.named import Finding, named

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["check_euler", "require_lattice"]


def require_lattice(complex_: PolyhedralComplex, effort: Effort) -> None:
    """Raise `NotApplicableError` if finding all faces would exceed the budget.

    A simple vertex of a cell of rank r lies in 2^r of its faces.
    """
    rank = complex_.dimension - complex_.lineality
    incidences = sum(len(cell.generators) for cell in complex_.cells) << rank
    effort.require(incidences, 2e-6, "pairs of a generator and a face")


@named(
    "euler",
    "the alternating sum of the f-vector is (-1)^d; over the whole space that of the bounded faces "
    "is 1 where there are vertices, and 0 with lineality (Euler's relation)",
)
def check_euler(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check Euler's relation for all faces, and for the bounded ones over the whole space.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_euler(regions(gallery.get("disc"))).evidence)
    f = (3, 9, 7): 3 - 9 + 7 = 1; bounded faces (3, 3, 1): 3 - 3 + 1 = 1
    """
    require_lattice(complex_, effort)
    d, f = complex_.dimension, complex_.f_vector
    found, evidence = _alternating(f)
    failures = []
    if found != (-1) ** d:
        failures.append(f"f = {f} has the alternating sum {evidence}, not {(-1) ** d}")
    if d and f[d - 1] != len(complex_.adjacencies):
        failures.append(f"f_{d - 1} = {f[d - 1]}, but {len(complex_.adjacencies)} adjacencies")
    if f[d] != len(complex_):
        failures.append(f"f_{d} = {f[d]}, but {len(complex_)} regions")
    evidence = f"f = {f}: {evidence}"
    if complex_.domain.is_whole_space:
        bounded = complex_.f_vector_bounded
        expected = 0 if complex_.lineality else 1
        found, text = _alternating(bounded)
        if found != expected:
            failures.append(f"bounded f = {bounded} has the sum {text}, not {expected}")
        evidence += f"; bounded faces {bounded}: {text}"
    else:
        evidence += "; no relation for the bounded faces over a domain"
    return Finding(sum(f), evidence, failures[0] if failures else None)


def _alternating(numbers: Sequence[int]) -> tuple[int, str]:
    total = sum((-1) ** k * n for k, n in enumerate(numbers))
    terms = "".join(f" {'-' if k % 2 else '+'} {n}" for k, n in enumerate(numbers))
    return total, f"{terms[3:]} = {total}"
