r"""What holds of all regions together: continuity, counts against their bounds, Euler's relation.

Continuity is shown as a textbook does.  Two affine maps agree on a hyperplane ``l = 0`` iff their
difference is a multiple of l: so for each facet the multiple is written down, and the identity
``g - f = m l`` is compared coefficient by coefficient, without a look at vertices.  The check of
`exactpwl.checks` compares at the generators of the facet, and stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.checks import (
    check_bounds,
    check_continuity,
    check_definitions,
    check_euler,
    check_generic,
    check_zaslavsky,
)
from exactpwl.inequality import IntegerRow
from exactpwl.proving.context import Context, plural
from exactpwl.region import Region

__all__ = ["continuity_section", "count_section", "euler_section"]


class Crossing(NamedTuple):
    """A facet between two regions, and by which multiples of its function their maps differ."""

    region: Region
    neighbour: Region
    row: IntegerRow
    multiples: tuple[Fraction, ...] | None


def continuity_section(page: Context) -> None:
    """Write for each facet how the function changes across it."""
    document = page.document
    document.section("Continuity")
    crossings = _crossings(page)
    if not crossings:
        document.say("There is one region, on which the function is affine, hence continuous.")
        return
    document.say(
        r"Let $\ell = 0$ be the hyperplane of a facet, and $\ell \ge 0$ on the first region. Two "
        r"affine maps agree on it if and only if their difference is a multiple of $\ell$. So "
        "across the facet the value does not jump, only the slope does, by that multiple:"
    )
    page.shown(crossings, "facets")
    document.table(
        ["regions", r"$\ell$", r"second map $-$ first map"],
        [_row(page, crossing) for crossing in crossings[: page.most]],
        "Facets between two regions",
    )
    document.check(
        r"across every facet the difference of the two maps is a multiple of $\ell$",
        all(crossing.multiples is not None for crossing in crossings),
        plural(len(crossings), "facet"),
    )
    page.run(check_continuity)
    document.say(
        "Regions that meet in a smaller face only are joined by a chain of facets around it. So "
        "the function is continuous."
    )


def count_section(page: Context) -> None:
    """Write the counts, each with its definition, and what theory says of them."""
    complex_, document = page.complex, page.document
    document.section("Counts and bounds")
    document.table(
        ["count", "", "definition"],
        [
            ["activation regions", str(len(complex_)), "R2: full-dimensional cells of patterns"],
            ["bounded ones", str(complex_.bounded_count), "among these"],
            [
                "linear regions",
                str(len(complex_.linear_regions)),
                "R4: maximal open connected sets on which the function is affine",
            ],
            ["affine pieces", str(len(complex_.affine_pieces)), "R6: distinct affine maps"],
        ],
        "By the definitions of Stargalla, Hertrich and Reichman 2025, arXiv:2505.16716",
    )
    for check in (check_bounds, check_zaslavsky, check_generic, check_definitions):
        page.run(check)


def euler_section(page: Context) -> None:
    """Write the f-vector and its alternating sum."""
    complex_, document = page.complex, page.document
    document.section("Euler's relation")
    document.say(
        f"The faces of the regions cut {page.where} into relatively open cells. The Euler "
        "characteristic with compact support adds up over them; an open cell of dimension $k$ "
        f"has $(-1)^{{k}}$, and so has the whole, with $k = {complex_.dimension}$."
    )
    f = complex_.f_vector
    document.formula(_alternating([f"f_{{{k}}}" for k in range(len(f))]) + " = " + _alternating(f))
    document.check(
        rf"the sum is $(-1)^{{{complex_.dimension}}}$",
        sum((-1) ** k * n for k, n in enumerate(f)) == (-1) ** complex_.dimension,
        f"$f = ({', '.join(map(str, f))})$",
    )
    page.run(check_euler)


def _alternating(terms: Sequence[object]) -> str:
    return "".join(f" {'-' if k % 2 else '+'} {term}" for k, term in enumerate(terms))[3:]


def _crossings(page: Context) -> list[Crossing]:
    regions = page.complex.regions
    found = []
    for region in regions:
        for facet in region.facets:
            if facet.neighbour is not None and facet.neighbour > region.index:
                neighbour = regions[facet.neighbour]
                row = facet.inequality.row
                change = neighbour.affine_map - region.affine_map
                found.append(Crossing(region, neighbour, row, multiples(change, row)))
    return found


def multiples(difference: AffineMap, row: IntegerRow) -> tuple[Fraction, ...] | None:
    """Return which multiple of a function each entry of an affine map is; None if one is not.

    Examples
    --------
    >>> multiples(AffineMap.of([[2, 4], [0, 0]], [-6, 0]), ((1, 2), -3))
    (Fraction(2, 1), Fraction(0, 1))
    >>> multiples(AffineMap.of([[2, 4]], [1]), ((1, 2), -3)) is None
    True
    """
    normal, offset = row
    axis = next(i for i, c in enumerate(normal) if c)
    found = tuple(weight[axis] / normal[axis] for weight in difference.weight)
    same = AffineMap.of([[m * c for c in normal] for m in found], [m * offset for m in found])
    return found if same == difference else None


def _row(page: Context, crossing: Crossing) -> list[str]:
    normal, offset = crossing.row
    function = page.notation.affine([Fraction(c) for c in normal], Fraction(offset))
    factor = page.notation.point(crossing.multiples or ())
    pair = f"{crossing.region.index} and {crossing.neighbour.index}"
    return [pair, f"${function}$", rf"${factor} \cdot \ell$"]
