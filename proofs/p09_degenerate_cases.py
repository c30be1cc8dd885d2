r"""Theorem 9: What degenerates, and what each definition of region counts there.

Stargalla, Hertrich and Reichman sort the definitions of a linear region in the literature.  Of a
network with ReLUs one may count

    R1  patterns: non-empty sets {z > 0 or z <= 0, neuron by neuron}, of any dimension;
    R2  activation regions: those of full dimension (and proper: z is not identically 0 on one
        that calls the neuron active);
    R4  linear regions: maximal open connected sets on which f is affine;
    R5  closed linear regions: the same with closed sets, which may hang together by a point;
    R6  affine pieces: distinct affine maps.

Then R1 >= R2 >= R4 >= R5 >= R6.  In general position, with one hidden layer, all five are equal.
Each degeneracy splits the chain in another place: concurrent lines and opposite neurons make
patterns of low dimension, an identically vanishing pre-activation makes patterns that are full and
yet not proper, kinks that cancel make regions that merge, and equal maps may touch in a point or
not at all.  (R3, the least number of convex pieces, is not computed here.)

R1 and R2 belong to the network, R4 to R6 to its function.  A function that is affine on two
half-spaces is a network iff the two maps differ by a multiple of the equation of the wall between
them; else it jumps, and has no regions by any definition.

Sources
-------
M. Stargalla, C. Hertrich, D. Reichman, The computational complexity of counting linear regions in
ReLU neural networks, 2025, arXiv:2505.16716.
M. Masden, Algorithmic determination of the combinatorial structure of the linear regions of ReLU
neural networks, 2022, arXiv:2207.07696 (sign vectors, and what vanishes identically).
B. Hanin, D. Rolnick, Complexity of linear regions in deep networks, 2019, arXiv:1901.09021.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from exactpwl import Network, PiecewiseFunction, census, regions
from exactpwl.affine import AffineMap
from exactpwl.feasibility import feasible
from exactpwl.formula import format_inequality
from exactpwl.inequality import Row, dot, opposite
from exactpwl.linear import rank
from exactpwl.pattern import Pattern
from exactpwl.proving import Document
from exactpwl.rationals import clear_denominators, format_point
from exactpwl.theory import lazy_caterer
from proofs.degenerate_networks import CASES, Case, hidden, random_network

DEFINITIONS = ("R1", "R2", "R4", "R5", "R6")


def counts(network: Network) -> tuple[int, ...]:
    """Return R1, R2, R4, R5 and R6 by the complex."""
    found = regions(network)
    groups = found.linear_regions, found.closed_linear_regions, found.affine_pieces
    return len(found.literal_patterns), len(found), *map(len, groups)


def literal_patterns(network: Network) -> list[tuple[Pattern, tuple[Fraction, ...]]]:
    """Return each non-empty literal pattern with a point, by a linear program for each of 2^n.

    It knows nothing of the complex, only what each pre-activation is under the pattern.
    """
    found = []
    shape = network.widths
    for bits in product((0, 1), repeat=sum(shape)):
        places = iter(bits)
        pattern = Pattern([[next(places) for _ in range(width)] for width in shape])
        rows: list[Row] = [(f.normal, f.offset) for f in network.kink_functions(pattern)]
        turned = [row if on else opposite(row) for row, on in zip(rows, bits, strict=True)]
        answer = feasible(turned, list(map(bool, bits)), network.input_dimension)
        if answer.point is not None:
            found.append((pattern, answer.point))
    return found


def the_chain(doc: Document, cases: Sequence[Case]) -> None:
    """State the definitions and why their counts decrease."""
    doc.section("Five definitions")
    doc.say(
        "R1 counts non-empty patterns of any dimension, R2 activation regions, R4 linear regions "
        "(open connected), R5 closed linear regions, R6 affine pieces (distinct maps). Every "
        "activation region has a literal pattern, that of its inner points, and no two have the "
        "same: R1 $\\ge$ R2. A linear region is made of whole activation regions: R2 $\\ge$ R4. A "
        "closed linear region holds at least one open one, and no open one is in two: R4 $\\ge$ "
        "R5. Each has one map, and each map occurs: R5 $\\ge$ R6."
    )
    doc.check(
        "In all cases below R1 $\\ge$ R2 $\\ge$ R4 $\\ge$ R5 $\\ge$ R6, and each inequality is "
        "strict somewhere",
        all(a >= b for case in cases for a, b in pairwise(case.counts))
        and all(any(case.counts[k] > case.counts[k + 1] for case in cases) for k in range(4)),
    )


def the_case(doc: Document, case: Case) -> None:
    """Check the five counts of a case, and the first two by programs that know no complex."""
    doc.say(f"{case.title[0].upper()}{case.title[1:]}. {case.reason}")
    found = counts(case.network)
    told = ", ".join(f"{name} = {n}" for name, n in zip(DEFINITIONS, case.counts, strict=True))
    doc.check(told, found == case.counts, "" if found == case.counts else f"computed: {found}")
    literal = literal_patterns(case.network)
    total = census(case.network)
    doc.check(
        f"Again without the complex, of {total.total} patterns: {case.counts[0]} are not empty, "
        f"and {case.counts[1]} full and proper",
        len(literal) == case.counts[0] and total.counts["proper"] == case.counts[1],
        f"{total.counts['improper']} full, but not proper",
    )
    full = {region.pattern for region in regions(case.network).regions}
    low = [(pattern, point) for pattern, point in literal if pattern not in full]
    if low:
        shown = ", ".join(f"`{pattern}` at {format_point(point)}" for pattern, point in low[:3])
        doc.say(f"Patterns of lower dimension: {shown}{', ...' if len(low) > 3 else ''}.")


def the_cases(doc: Document, cases: Sequence[Case]) -> None:
    """Check all cases and show them in a table."""
    doc.section("The cases")
    for case in cases:
        the_case(doc, case)
    doc.table(
        ["", *DEFINITIONS],
        [[case.title, *map(str, case.counts)] for case in cases],
        "the same network by five definitions",
    )


def random_networks(doc: Document, networks: Sequence[Network]) -> None:
    """Check the chain, and R1 and R2 by linear programs, on other networks."""
    found = list(map(counts, networks))
    doc.check(
        f"The counts of {len(networks)} random networks, most of them degenerate, decrease so, too",
        all(a >= b for row in found for a, b in pairwise(row)),
        "in all " + ", ".join(f"{name} = {sum(n)}" for name, n in _columns(found)),
    )
    doc.check(
        "And R1 and R2 are what the linear programs find",
        all(
            (len(literal_patterns(network)), census(network).counts["proper"]) == row[:2]
            for network, row in zip(networks, found, strict=True)
        ),
    )


def _columns(rows: Sequence[tuple[int, ...]]) -> list[tuple[str, tuple[int, ...]]]:
    return list(zip(DEFINITIONS, zip(*rows, strict=True), strict=True))


def concurrent_lines(doc: Document, most: int, regions_of: Any = None) -> None:
    """Check that n lines through a point make 2n regions, where generic ones make more."""
    doc.section("Lines through a point")
    expected = regions_of or (lambda n: 2 * n)
    doc.say(
        "$n$ lines through a point are crossed by a small circle around it $2n$ times. In general "
        "position they would make $1 + n + \\binom{n}{2}$ regions; the "
        "$\\binom{n-1}{2}$ bounded ones have shrunk to the point."
    )
    found = {n: len(regions(hidden(*[(1, k, 0) for k in range(n)]))) for n in range(1, most + 1)}
    doc.check(
        f"$2n$ regions for $n = 1, \\ldots, {most}$",
        all(count == expected(n) for n, count in found.items()),
        ", ".join(map(str, found.values())),
    )
    doc.check(
        "The difference to general position is $\\binom{n-1}{2}$",
        all(lazy_caterer(n) - count == (n - 1) * (n - 2) // 2 for n, count in found.items()),
    )


def glued(first: AffineMap, second: AffineMap, wall: Row) -> PiecewiseFunction:
    """Return the function that is `first` where the wall is <= 0, and `second` where it is >= 0."""
    return PiecewiseFunction([[opposite(wall)], [wall]], [first, second])


def differ_by_the_wall(first: AffineMap, second: AffineMap, wall: Row) -> bool:
    """Return whether second - first is a multiple of the wall's equation."""
    change = second - first
    row, _ = clear_denominators((*change.weight[0], change.bias[0]))
    equation, _ = clear_denominators((*map(Fraction, wall[0]), Fraction(wall[1])))
    return rank([row, equation]) == 1


def as_network(first: AffineMap, second: AffineMap, wall: Row) -> Network:
    """Return first + c relu(wall) as a network; the first map passes as relu(u) - relu(-u)."""
    place = next(i for i, a in enumerate(wall[0]) if a)
    factor = (second - first).weight[0][place] / Fraction(wall[0][place])
    row = first.weight[0]
    return Network(
        [
            ([wall[0], row, [-w for w in row]], [wall[1], 0, 0], "relu"),
            ([[factor, 1, -1]], first.bias, "linear"),
        ]
    )


def two_pieces(doc: Document, first: AffineMap, second: AffineMap, wall: Row) -> None:
    """Check that two maps that differ by a multiple of the wall are a network."""
    doc.check(
        f"On either side of {format_inequality(*wall, relation='=')}: the maps differ by a "
        "multiple of this equation, and the function is continuous",
        differ_by_the_wall(first, second, wall)
        and bool(glued(first, second, wall).check_continuity()),
    )
    made = as_network(first, second, wall)
    doc.check(
        f"It is the network `{made.architecture}`, on each of its regions",
        all(
            region.affine_map
            == (second if dot((*wall[0], wall[1]), region.interior_vector) > 0 else first)
            for region in regions(made).regions
        ),
    )


def two_pieces_apart(doc: Document, first: AffineMap, second: AffineMap, wall: Row) -> None:
    """Check that two maps that do not differ so make a jump, and say where."""
    failures = glued(first, second, wall).check_continuity().failures
    doc.check(
        f"On either side of {format_inequality(*wall, relation='=')}: the maps do not differ by a "
        "multiple of this equation, and the function jumps",
        not differ_by_the_wall(first, second, wall) and len(failures) == 1,
        str(failures[0]) if failures else "",
    )


def the_two_pieces(doc: Document) -> None:
    """Prove when two affine pieces are a network."""
    doc.section("Two pieces that do not meet")
    doc.say(
        "Let a function be $g$ where $m \\cdot x \\le c$ and $h$ where $m \\cdot x \\ge c$, both "
        "affine. They agree on the wall iff $h - g$ vanishes wherever $m \\cdot x - c$ does, that "
        "is iff it is a multiple of it. Then the function is a network:"
    )
    doc.formula(
        r"h - g = \lambda (m \cdot x - c), \quad f = g + \lambda \operatorname{relu}(m \cdot x - c)"
    )
    wall: Row = ((1, 1), -1)
    two_pieces(doc, AffineMap.of([[1, 0]], [2]), AffineMap.of([[4, 3]], [-1]), wall)
    doc.say(
        "Else it jumps somewhere on the wall, and a network, being continuous, is never it. It may "
        "still agree in some points of the wall: what counts is the whole of it."
    )
    two_pieces_apart(doc, AffineMap.of([[0, 0]], [0]), AffineMap.of([[0, 1]], [0]), ((1, 0), 0))
    doc.say(
        "Such a function has two affine pieces, but no patterns and no regions: R1 and R2 ask for "
        "a network, and there is none."
    )


def proof() -> Document:
    """Return the proof."""
    doc = Document("Degenerate cases, and what each definition of region counts")
    doc.theorem(
        "R1 $\\ge$ R2 $\\ge$ R4 $\\ge$ R5 $\\ge$ R6 for every ReLU network. The counts of ten "
        "degenerate networks are those of the table. A function with two affine pieces is a "
        "network iff the pieces differ by a multiple of the equation of their wall."
    )
    the_chain(doc, CASES)
    the_cases(doc, CASES)
    drawn = map(random_network, range(40))
    random_networks(doc, [network for network in drawn if sum(network.widths) <= 7])
    concurrent_lines(doc, 8)
    the_two_pieces(doc)
    doc.qed()
    return doc
