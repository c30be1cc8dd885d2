r"""Theorem 3: A network is continuous across every facet, and what jumps is no network.

Activations that are glued at their breakpoints make continuous networks.  So where two regions
share a facet in the hyperplane h = 0, their affine maps differ by a multiple of h: the value stays,
only the slope across the facet may bend.  Conversely finitely many closed pieces that agree where
they meet are a continuous function (the pasting lemma), and pieces that disagree in a single point
are no network, nor is any network closer to them than half of the jump.

Sources
-------
J. Munkres, Topology, 2000, theorem 18.3 (pasting lemma).
J. E. Grigsby, K. Lindsey, 2022, arXiv:2008.09052 (the complex).
R. Arora, A. Basu, P. Mianjy, A. Mukherjee, 2018, arXiv:1611.01491 (every continuous
piecewise-linear function is a network).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

import sympy

from exactpwl import (
    Activation,
    Network,
    PiecewiseFunction,
    PolyhedralComplex,
    gallery,
    regions,
)
from exactpwl.complex import Adjacency
from exactpwl.proving import Document
from exactpwl.rationals import RationalLike, format_fraction, format_point

ACTIVATIONS = ("relu", "leaky_relu:1/50", "abs", "hard_tanh", "relu6")

NETWORKS = ("abs", "xor", "hat2d", "l1_annulus", "max:3", "sawtooth:3", "lines:8", "max:5")

RIGHT, LEFT = ((1, 0), 0), ((-1, 0), 0)
"""The half-planes x >= 0 and x <= 0."""

TORN: dict[str, tuple[PiecewiseFunction, Fraction]] = {
    "0 for x <= 0 and 1 for x >= 0": (
        PiecewiseFunction([[LEFT], [RIGHT]], [([[0, 0]], [0]), ([[0, 0]], [1])]),
        Fraction(1),
    ),
    "0 for x <= 0 and y for x >= 0, which agree in one point of their facet": (
        PiecewiseFunction([[LEFT], [RIGHT]], [([[0, 0]], [0]), ([[0, 1]], [0])]),
        Fraction(1),
    ),
    "0 and 2 on opposite quadrants, which meet in the origin alone": (
        PiecewiseFunction(
            [[RIGHT, ((0, 1), 0)], [LEFT, ((0, -1), 0)]], [([[0, 0]], [0]), ([[0, 0]], [2])]
        ),
        Fraction(2),
    ),
}
"""Functions that jump, and the size of the jump at the point that `check_continuity` finds."""


def proof() -> Document:
    """Return the proof."""
    document = Document("Continuity: slopes may bend at a facet, values may not jump")
    activations(document, {name: Activation.parse(name).pieces for name in ACTIVATIONS})
    facets(document, {name: regions(gallery.get(name)) for name in NETWORKS})
    pasting(document, regions(gallery.get("hat2d")))
    jumps(document, TORN)
    half_of_the_jump(document, Fraction(1, 2))
    pieces_apart(document)
    return document


def activations(
    document: Document, pieces: Mapping[str, Sequence[tuple[Fraction, Fraction]]]
) -> None:
    """Check that neighbouring pieces, slope and intercept, meet at the activation's breakpoint."""
    document.section("One neuron")
    document.say(
        "An activation is given by breakpoints $c_1 < \\ldots < c_{k-1}$ and $k$ slopes. Left of "
        "$c_i$ it is $m z + q$, right of it $m' z + q'$. It is continuous iff both agree at $c_i$, "
        "and this says what $q'$ must be: $q' = q + (m - m') c_i$."
    )
    m, n, q, c = sympy.symbols("m n q c")
    glued = (m * c + q) - (n * c + q + (m - n) * c)
    document.check("with this intercept both pieces agree at $c$", sympy.expand(glued) == 0)
    for name, listed in pieces.items():
        breakpoints = Activation.parse(name).breakpoints
        meet = [
            a[0] * c + a[1] == b[0] * c + b[1]
            for c, (a, b) in zip(breakpoints, pairwise(listed), strict=True)
        ]
        document.check(f"the {len(listed)} pieces of {name} meet", all(meet))
    document.say(
        "An affine map is continuous, sums and compositions of continuous functions are "
        "continuous. Layer by layer, so is every pre-activation of a network with such "
        "activations, and so is its output."
    )


def facets(document: Document, complexes: Mapping[str, PolyhedralComplex]) -> None:
    """Prove what continuity means for affine maps, and check it on all facets of networks."""
    document.section("Across a facet")
    document.theorem(
        "Let two regions of a network share a facet in the hyperplane $h(x) = 0$, with $h > 0$ "
        "inside the first. If $f_1$ and $f_2$ are their affine maps, then $f_2 = f_1 + c h$ for "
        "a constant vector $c$. So all derivatives along the facet agree, and only the derivative "
        "across it may change."
    )
    document.say(
        "The network is $f_1$ on the first closed region and $f_2$ on the second, by continuity up "
        "to the boundary. So $g = f_2 - f_1$ vanishes on the facet. The facet spans its "
        "hyperplane, and $g$ is affine, so $g$ vanishes wherever $h$ does. Choose a point $p$ with "
        "$h(p) = 1$ and put $c = g(p)$. Then $g - c h$ vanishes on the hyperplane and at $p$ "
        "outside of it, hence everywhere."
    )
    rows = []
    for name, complex_ in complexes.items():
        bends = [bend(complex_, pair) for pair in complex_.adjacencies]
        torn = [pair for pair, c in zip(complex_.adjacencies, bends, strict=True) if c is None]
        document.check(
            f"`{name}`: across every facet the maps differ by a multiple of $h$",
            not torn,
            f"not between regions {torn[0].first} and {torn[0].second}"
            if torn
            else f"facets: {len(bends)}",
        )
        several = sum(len(complex_.flips(a, b)) > 1 for a, b, _ in complex_.adjacencies)
        bent = sum(c is not None and any(c) for c in bends)
        counts = (len(complex_), len(bends), bent, several)
        rows.append([f"`{name}`", *map(str, counts)])
    document.table(
        ["network", "regions", "facets", "bent, $c$ not 0", "several neurons change"], rows
    )
    document.qed()
    document.say(
        "Two degenerate cases are in the table. At a facet with $c = 0$ nothing bends: the two "
        "activation regions belong to one linear region. And several neurons may change "
        "at one facet, because their boundaries coincide; the theorem does not mind, since it "
        "never asks which neuron bends."
    )


def bend(complex_: PolyhedralComplex, pair: Adjacency) -> tuple[Fraction, ...] | None:
    """Return c with f_2 = f_1 + c h across a facet, or None if there is no such c."""
    first, second = complex_.affine_maps[pair.first], complex_.affine_maps[pair.second]
    facet = next(f for f in complex_.regions[pair.first].facets if f.neighbour == pair.second)
    normal, offset = facet.inequality.row
    pivot = next(i for i, entry in enumerate(normal) if entry)
    difference = second - first
    found = []
    for weight, bias in zip(difference.weight, difference.bias, strict=True):
        c = weight[pivot] / normal[pivot]
        if (*weight, bias) != tuple(c * entry for entry in (*normal, offset)):
            return None
        found.append(c)
    return tuple(found)


def pasting(document: Document, complex_: PolyhedralComplex) -> None:
    """Prove the converse, and check it on the pieces of a network."""
    document.section("Pieces that agree where they meet")
    document.theorem(
        "Let finitely many closed polyhedra carry an affine map each. If any two maps "
        "agree on the intersection of their polyhedra, together they are one continuous function "
        "on the union."
    )
    document.say(
        "The value at a point does not depend on the piece that is asked. The preimage of a closed "
        "set is the union of its preimages in the pieces: finitely many closed sets, so it is "
        "closed."
    )
    document.qed()
    document.say(
        "Agreement is a finite question. Two affine maps agree on a polyhedron iff their "
        "difference vanishes on its affine hull. All non-empty intersections have to be asked, "
        "down to single points."
    )
    rows = [[facet.inequality.row for facet in region.facets] for region in complex_.regions]
    pieces = PiecewiseFunction(rows, complex_.affine_maps)
    answer = pieces.check_continuity()
    document.check("the pieces of `hat2d` are one continuous function", bool(answer), str(answer))


def jumps(document: Document, torn: Mapping[str, tuple[PiecewiseFunction, Fraction]]) -> None:
    """Prove that pieces that disagree are no network, and check each example."""
    document.section("Pieces that do not meet")
    document.theorem(
        "Let two full-dimensional pieces have values $a \\ne b$ at a common point $p$. No "
        "network is equal to both pieces on their interiors. If a continuous function differs "
        "from both by at most $\\epsilon$ there, then $\\epsilon \\ge |a - b| / 2$."
    )
    document.say(
        "Choose $q$ inside the first piece. The points $p + s(q - p)$ with $0 < s \\le 1$ are "
        "inside it too, because it is convex; as $s$ goes to 0 they tend to $p$, and the values "
        "of the piece tend to $a$. So a continuous function $g$ has "
        "$|g(p) - a| \\le \\epsilon$. From the other side $|g(p) - b| \\le \\epsilon$. Together "
        "$|a - b| \\le 2 \\epsilon$. A network is continuous, and equality would be "
        "$\\epsilon = 0$."
    )
    for name, (function, size) in torn.items():
        answer = function.check_continuity()
        document.check(f"{name}: not continuous", not answer, str(answer))
        failure = answer.failures[0]
        document.check(
            f"at ${format_point(failure.point)}$ the value jumps by {format_fraction(size)}",
            failure.jump == (size,),
            f"from {format_point(failure.values[0])} to {format_point(failure.values[1])}",
        )
        document.check(
            "both values are limits from inside the pieces",
            all(
                _tends(function, piece, failure.point, value)
                for piece, value in zip(failure.face.pieces, failure.values, strict=True)
            ),
        )
    document.qed()


def _tends(
    function: PiecewiseFunction, piece: int, p: Sequence[Fraction], value: Sequence[Fraction]
) -> bool:
    """Whether the piece's values on the way from an inner point to p tend to a value, linearly."""
    polyhedron, affine = function.polyhedra[piece], function.maps[piece]
    q = polyhedron.feasibility.point or ()
    steps = [Fraction(1, 10**k) for k in range(6)]
    way = [tuple(a + s * (b - a) for a, b in zip(p, q, strict=True)) for s in steps]
    error = [affine(x)[0] - value[0] for x in way]
    inside = all(polyhedron.contains(x, strict=True) for x in way)
    return inside and all(e == s * error[0] for e, s in zip(error, steps, strict=True))


def half_of_the_jump(document: Document, bound: RationalLike) -> None:
    """Check that steep ramps reach the bound of half of the jump, and fit everywhere else."""
    document.section("Half of the jump can be reached")
    document.say(
        "The step from 0 to 1 is approached by the ramps $g_n(x) = \\operatorname{relu}(nx + 1/2) "
        "- \\operatorname{relu}(nx - 1/2)$. They are equal to the step wherever $|x| \\ge 1/(2n)$, "
        "and they stay $1/2$ away from it near 0, however steep they are."
    )
    for n in (1, 10, 1000):
        near, far = _distance_from_step(n)
        document.check(
            f"for $n = {n}$ the largest distance is {format_fraction(Fraction(bound))}, and 0 "
            f"where $|x| \\ge 1/{2 * n}$",
            (near, far) == (Fraction(bound), Fraction(0)),
            f"found {near} and {far}",
        )


def _distance_from_step(n: int) -> tuple[Fraction, Fraction]:
    """Return how far the ramp is from the step, at most, near 0 and on the rest of [-1, 1]."""
    half = Fraction(1, 2)
    ramp = Network([([[n], [n]], [half, -half], "relu"), ([[1, -1]], [0], "linear")])
    near = far = Fraction(0)
    for side, step in (((-1, 0), 0), ((0, 1), 1)):
        for region in regions(ramp, [side]).regions:
            distance = max(abs(region.affine_map(vertex)[0] - step) for vertex in region.vertices)
            if abs(region.interior_point[0]) < half / n:
                near = max(near, distance)
            else:
                far = max(far, distance)
    return near, far


def pieces_apart(document: Document) -> None:
    """Name the cases in which nothing jumps although pieces look torn."""
    document.section("What is no jump")
    document.say(
        "Pieces without a common point cannot disagree. On $[0, 1]$ and $[2, 3]$ the values 0 and "
        "1 are a continuous function on the union, and a network has them: "
        "$\\operatorname{relu}(x - 1) - \\operatorname{relu}(x - 2)$ climbs in the gap."
    )
    apart = PiecewiseFunction(
        [[((1,), 0), ((-1,), 1)], [((1,), -2), ((-1,), 3)]], [([[0]], [0]), ([[0]], [1])]
    )
    bridge = Network([([[1], [1]], [-1, -2], "relu"), ([[1, -1]], [0], "linear")])
    document.check("the two pieces are continuous", bool(apart.check_continuity()))
    ends = [(Fraction(x),) for x in (0, 1, 2, 3)]
    document.check(
        "the network is affine on both and has their values at their ends",
        all(bridge(x) == apart(x) for x in ends)
        and all(len(regions(bridge, [piece])) == 1 for piece in ((0, 1), (2, 3))),
    )
    document.say(
        "A jump needs a common point. Where the pieces fill the space, each has a neighbour behind "
        "each of its facets, and any two that meet are joined by a chain of facets around the "
        "common point. Then facets are enough to ask."
    )
