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
A. Stargalla, C. Hertrich, D. Reichman, The computational complexity of counting linear regions in
ReLU neural networks, 2025, arXiv:2505.16716.
M. Masden, Algorithmic determination of the combinatorial structure of the linear regions of ReLU
neural networks, 2022, arXiv:2207.07696 (sign vectors, and what vanishes identically).
B. Hanin, D. Rolnick, Complexity of linear regions in deep networks, 2019, arXiv:1901.09021.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Any, NamedTuple

from exactpwl import Network, PiecewiseFunction, census, gallery, regions
from exactpwl.affine import AffineMap
from exactpwl.feasibility import feasible
from exactpwl.formula import format_inequality
from exactpwl.inequality import Row, dot, opposite
from exactpwl.linear import rank
from exactpwl.pattern import Pattern
from exactpwl.proving import Document
from exactpwl.rationals import clear_denominators, format_point
from exactpwl.theory import lazy_caterer

DEFINITIONS = ("R1", "R2", "R4", "R5", "R6")


class Case(NamedTuple):
    """A network, its counts R1, R2, R4, R5, R6 by hand, and why they are so."""

    title: str
    network: Network
    counts: tuple[int, int, int, int, int]
    reason: str


def hidden(*rows: tuple[int, ...], output: Sequence[int] | None = None) -> Network:
    """Return one hidden layer with rows (weights, bias), summed up with the output weights."""
    weights, biases = [row[:-1] for row in rows], [row[-1] for row in rows]
    return Network([(weights, biases, "relu"), ([output or [1] * len(rows)], [0], "linear")])


GENERIC = Case(
    "three generic lines",
    hidden((1, 0, 0), (0, 1, 0), (1, 1, -1)),
    (7, 7, 7, 7, 7),
    "$x = 0$, $y = 0$ and $x + y = 1$ enclose a triangle: 1 + 3 + 3 regions, each with its own sum "
    "of neurons, and the eighth pattern is empty.",
)
CONCURRENT = Case(
    "three lines through a point",
    hidden((1, 0, 0), (0, 1, 0), (-1, -1, 0)),
    (7, 6, 6, 6, 6),
    "$x$, $y$ and $-x - y$ vanish at the origin together. The triangle has shrunk to this point: "
    "there all three are off, and nowhere else, since they add up to 0.",
)
COINCIDENT = Case(
    "two neurons on one line",
    hidden((1, 0, 0), (2, 0, 0)),
    (2, 2, 2, 2, 2),
    "$x$ and $2x$ are on together, and off together.",
)
OPPOSITE = Case(
    "two neurons on one line, face to face",
    hidden((1, 0, 0), (-1, 0, 0)),
    (3, 2, 2, 2, 2),
    "$x$ and $-x$: one of them is on, but on the line itself both are off: a third pattern.",
)
CANCELLING = Case(
    "two kinks that cancel",
    hidden((1, 0, 0), (-1, 0, 0), output=[1, -1]),
    (3, 2, 1, 1, 1),
    "$\\operatorname{relu}(x) - \\operatorname{relu}(-x) = x$: the same patterns as before, but "
    "one affine function.",
)
ZERO_ROW = Case(
    "a neuron with zero weights",
    hidden((1, 0, 0), (0, 0, 0)),
    (2, 2, 2, 2, 2),
    "The second neuron is identically 0. It counts as off: $z > 0$ holds nowhere. Its cell with "
    "$z \\ge 0$ is the whole plane, so the patterns `01` and `11` are full, but not proper.",
)
ZERO_DEEP = Case(
    "a deep neuron that vanishes on a region",
    Network(
        [
            ([[1, 0], [0, 1]], [0, 0], "relu"),
            ([[1, -1]], [0], "relu"),
            ([[1]], [0], "linear"),
        ]
    ),
    (5, 5, 3, 3, 3),
    "$z = \\operatorname{relu}(x) - \\operatorname{relu}(y)$ is identically 0 where $x, y < 0$: "
    "off there. It splits only the quadrant $x, y > 0$. $f$ is $x - y$, $x$ or $0$, and the three "
    "regions where it is 0 are neighbours.",
)
TOUCHING = Case(
    "regions that touch in a point",
    Network(
        [
            ([[1, -1], [1, 0], [-1, 0], [0, 1], [0, -1]], [0] * 5, "relu"),
            ([[-1, 1, -1, 0, 0], [-1, 0, 0, -1, 1]], [0, 0], "relu"),
            ([[1, -1]], [0], "linear"),
        ]
    ),
    (11, 6, 6, 3, 3),
    "$f = \\operatorname{relu}(\\min(x, y)) - \\operatorname{relu}(\\min(-x, -y))$ is 0 on two "
    "opposite quadrants, and $x$ and $y$ on two opposite sectors each. Open, these are six; "
    "closed, opposite ones hang together in the origin. Off together, as nowhere else, are $y$ and "
    "$-y$ on two half-axes, $x$ and $-x$ on two, and all in the origin: five more patterns.",
)
APART = Case(
    "one map twice, apart",
    gallery.get("hat1d"),
    (4, 4, 4, 4, 3),
    "The hat is 0 on the left and on the right; no closed set on which it is 0 connects them.",
)
TABLE = Case(
    "the example of the paper",
    Network(
        [
            ([[1, 0], [0, 1], [0, -1]], [0, 0, 0], "relu"),
            ([[-1, 1, -1], [0, 1, 0], [0, 0, 1]], [0, 0, 0], "relu"),
            ([[1, -1, 1]], [0], "linear"),
        ]
    ),
    (7, 5, 3, 3, 3),
    "$f = \\max(-y, \\min(0, -x))$ has three maps, each on one connected set. The weights are not "
    "the paper's, the five counts are; its R3 is 4.",
)
CASES = (
    GENERIC,
    CONCURRENT,
    COINCIDENT,
    OPPOSITE,
    CANCELLING,
    ZERO_ROW,
    ZERO_DEEP,
    TOUCHING,
    APART,
    TABLE,
)


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
    concurrent_lines(doc, 8)
    the_two_pieces(doc)
    doc.qed()
    return doc
