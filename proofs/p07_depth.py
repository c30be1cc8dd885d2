r"""Theorem 7: Depth multiplies, width adds.

The tent map goes up from 0 to 1 on [0, 1/2] and down again on [1/2, 1].  Composed k times it is a
sawtooth with 2^k pieces on [0, 1], and a network of k layers of two ReLUs.

With one hidden layer the least number of ReLUs for it is exactly 2^k.  That 2^k - 1 are necessary
is counted: a ReLU makes one knot.  That they are not enough takes one more thought: then each ReLU
sits at one knot, where its slope is the jump of the sawtooth, +-2^(k+1), and the first slope of the
sawtooth, 2^k, would have to be a sum of such numbers.

On the whole line the activation regions are 3 for k = 1 and 2^k + 2 for k >= 2.

Montufar's folding is the same in several inputs: a layer that folds a cube p times in each
of n coordinates lays p^n cubes on top of each other, so whatever later layers cut, they cut p^n
times.

Sources
-------
M. Telgarsky, Representation benefits of deep feedforward networks, 2015, arXiv:1509.08101.
G. Montufar, R. Pascanu, K. Cho, Y. Bengio, On the number of linear regions of deep neural networks,
NeurIPS 2014, arXiv:1402.1869.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import comb

import sympy

from exactpwl import Network, gallery, regions
from exactpwl.construct import from_points, line_pieces
from exactpwl.proving import Document
from proofs.one_variable import Point, changes, slopes

UNIT = [(0, 1)]
CROSSING_LINES = ((4, 1, -2), (1, 4, -2), (1, 1, -1), (3, -2, -1))
"""Rows (a, b, c) of four lines a x + b y + c = 0 that cross each other inside the unit square."""


def corners(network: Network) -> list[Point]:
    """Return the points of a function of one variable where its pieces on [0, 1] begin and end."""
    found = line_pieces(network, [(0, 1)])
    ends = [x for x in (found[0].left, *(piece.right for piece in found)) if x is not None]
    return [(x, network((x,))[0]) for x in ends]


def the_sawtooth(doc: Document, most: int, base: int = 2) -> None:
    """Check pieces, knots and slopes of the sawtooth up to k = most."""
    doc.section("A sawtooth of depth k")
    doc.say(
        "Let $s_1$ be the tent map and $s_{k+1} = s_k \\circ s_1$. The tent maps $[0, 1/2]$ onto "
        "$[0, 1]$ by $x \\mapsto 2x$, and $[1/2, 1]$ onto $[0, 1]$ by $x \\mapsto 2 - 2x$. So "
        "$s_{k+1}$ is the picture of $s_k$ twice, half as wide, the second time mirrored:"
    )
    doc.formula(
        r"s_{k+1}(x) = s_k(2x) \text{ on } [0, 1/2], \quad s_{k+1}(x) = s_k(2 - 2x)"
        r"\text{ on } [1/2, 1]"
    )
    tent = regions(gallery.get("tent"), UNIT)
    doc.check(
        "The tent is $2x$ and $2 - 2x$, and maps each half of $[0, 1]$ onto $[0, 1]$",
        [(m.weight[0][0], m.bias[0]) for m in tent.affine_maps] == [(2, 0), (-2, 2)]
        and all({m(v)[0] for v in r.vertices} == {0, 1}
                for m, r in zip(tent.affine_maps, tent.regions, strict=True)),
    )  # fmt: skip
    doc.say(
        "Each piece becomes two of twice the slope. In the middle two pieces meet, of slopes "
        "$-2^{k+1}$ and $2^{k+1}$ (for $k \\ge 1$), so they are two. By induction $s_k$ has $2^k$ "
        "pieces on $[0, 1]$, of slopes $2^k, -2^k, 2^k, \\ldots$, and its knots are $j / 2^k$."
    )
    rows = []
    for k in range(1, most + 1):
        network = gallery.get(f"sawtooth:{k}")
        points = corners(network)
        count = base**k
        doc.check(
            f"$s_{k}$ has ${base}^{k}$ pieces, knots $j/{base}^{k}$, slopes $\\pm {base}^{k}$ in "
            f"turn, and ${2 * k}$ neurons",
            [x for x, _ in points] == [Fraction(j, count) for j in range(count + 1)]
            and slopes(points) == [(-1) ** j * count for j in range(count)]
            and sum(network.widths) == 2 * k,
        )
        rows.append([str(k), str(sum(network.widths)), str(count), str(least_width(points))])
    doc.table(
        ["k", "neurons in k layers", "pieces", "neurons in one layer"],
        rows,
        "depth multiplies, width adds; the last column is the next section's",
    )


def least_width(points: Sequence[Point]) -> int:
    """Return the least number of ReLUs of one hidden layer that make a function on an interval.

    One for each knot is necessary.  They suffice iff minus the first slope is a sum of some of the
    jumps: those whose ReLUs look to the left.  Otherwise one more does (theorem 5).
    """
    sums = {Fraction(0)}
    for jump in changes(points):
        sums |= {total + jump for total in sums}
    return len(points) - 2 + (-slopes(points)[0] not in sums)


def same_function(first: Network, second: Network, box: Sequence[tuple[int, int]]) -> bool:
    """Return whether two networks agree on an interval: at its ends and at all their knots."""
    ends = {v for n in (first, second) for r in regions(n, box).regions for v in r.vertices}
    return all(first(v) == second(v) for v in ends)


def one_hidden_layer_needs(doc: Document, k: int, claimed: int) -> None:
    """Check that the least width for the sawtooth is what is claimed."""
    deep = gallery.get(f"sawtooth:{k}")
    points = corners(deep)
    doc.check(
        f"$s_{k}$: knots {len(points) - 2}, all jumps $\\pm 2^{k + 1}$, first slope $2^{k}$: "
        f"{claimed} ReLUs of one layer are enough, and fewer are not",
        least_width(points) == claimed
        and {abs(jump) for jump in changes(points)} == {2 ** (k + 1)}
        and slopes(points)[0] == 2**k,
    )
    shallow = from_points(points).network
    doc.check(
        f"This network of one layer with {claimed} ReLUs is $s_{k}$ on $[0, 1]$",
        sum(shallow.widths) == claimed and same_function(shallow, deep, UNIT),
    )


def the_shallow_bound(doc: Document, most: int) -> None:
    """The bound for one hidden layer, in general and for each k up to most."""
    doc.section("One hidden layer")
    doc.say(
        "A network with one hidden layer on the line is $f(x) = c + \\sum_i a_i "
        "\\operatorname{relu}(w_i x + b_i)$. Each ReLU has one knot, $-b_i / w_i$, and elsewhere "
        "$f$ does not bend. So a function with $m$ knots needs $m$ ReLUs at least: for "
        "$s_k$, $2^k - 1$."
    )
    doc.say(
        "Suppose there are no more than these $2^k - 1$. Then each knot has exactly one ReLU, and "
        "that ReLU makes the whole jump of slope there: $a_i |w_i| = \\pm 2^{k+1}$. Left of all "
        "knots only the ReLUs that look to the left ($w_i < 0$) are on, and $f$ has the slope"
    )
    doc.formula(r"\sum_{w_i < 0} a_i w_i = -\sum_{w_i < 0} a_i |w_i| \in 2^{k+1} \mathbf{Z}")
    doc.say(
        "But the first slope of $s_k$ is $2^k$, which is no multiple of $2^{k+1}$. So $2^k$ are "
        "needed. They suffice: one of slope $2^k$ from $0$ on, and one for each jump."
    )
    a, b, x = sympy.symbols("a b x", real=True)
    w = sympy.Symbol("w", positive=True)
    to_the_right = sympy.diff(a * (w * x + b), x) - 0
    to_the_left = 0 - sympy.diff(a * (-w * x + b), x)
    doc.check(
        "From left to right over its knot the slope of $a \\operatorname{relu}(wx + b)$ jumps by "
        "$a |w|$, whichever way the ReLU looks",
        to_the_right == a * w == to_the_left,
    )
    for k in range(1, most + 1):
        one_hidden_layer_needs(doc, k, 2**k)
    doc.say(
        "It is the first slope that costs the last neuron. A saw with the same knots and jumps "
        "that begins level needs none for it:"
    )
    level = [(Fraction(x, 4), Fraction(y)) for x, y in enumerate((0, 0, 2, 2, 4))]
    doc.check("A saw with 3 knots that begins level needs 3 ReLUs", least_width(level) == 3)


def regions_on_the_line(k: int) -> int:
    """Return the number of activation regions of the sawtooth on all of R, by the theorem."""
    return 3 if k == 1 else 2**k + 2


def the_whole_line(doc: Document, most: int) -> None:
    """Count the activation regions on all of R."""
    doc.section("On the whole line")
    doc.say(
        "For $x < 0$ the tent is $0$; so are all later ones, and every ReLU is off or its "
        "pre-activation is identically $0$: one region. For $x > 1$ the tent is $2 - 2x < 0$. For "
        "$k = 1$ nothing notices, and $[1/2, 1]$ and what follows are one region: 3 in all. For "
        "$k \\ge 2$ the next layer switches off at $1$: one more region. Inside $[0, 1]$ each of "
        "the $2^k$ pieces is one region."
    )
    counts = {k: len(regions(gallery.get(f"sawtooth:{k}"))) for k in range(1, most + 1)}
    doc.check(
        "3 activation regions for $k = 1$, and $2^k + 2$ for $k \\ge 2$",
        all(counts[k] == regions_on_the_line(k) for k in counts),
        ", ".join(f"k = {k}: {n}" for k, n in counts.items()),
    )


def zigzag(p: int) -> tuple[list[int], list[Fraction]]:
    """Return the weights and the knots of the ReLUs that fold [0, 1] p times onto itself."""
    weights = [p] + [2 * p * (-1) ** j for j in range(1, p)]
    return weights, [Fraction(j, p) for j in range(p)]


def fold(n: int, p: int) -> Network:
    """Return the map R^n -> R^n that is the zigzag in each coordinate; n p ReLUs."""
    weights, knots = zigzag(p)
    rows = [[int(i == j) for j in range(n)] for i in range(n) for _ in knots]
    biases = [-knot for _ in range(n) for knot in knots]
    output = [[w * (i == j) for j in range(n) for w in weights] for i in range(n)]
    return Network([(rows, biases, "relu"), (output, [0] * n, "linear")])


def lines_network(lines: Sequence[Sequence[int]]) -> Network:
    """Return the network with one ReLU for each line (or hyperplane), summed up."""
    rows, offsets = [row[:-1] for row in lines], [row[-1] for row in lines]
    return Network([(rows, offsets, "relu"), ([[1] * len(lines)], [0], "linear")])


def folds_onto(n: int, p: int) -> bool:
    """Return whether each of the p^n small cubes is mapped onto the unit cube, by slopes +-p."""
    complex_ = regions(fold(n, p), UNIT * n)
    corners = set(product((0, 1), repeat=n))
    return len(complex_) == p**n and all(
        {tuple(r.affine_map(v)) for v in r.vertices} == corners
        and all(abs(c) == p * (i == j) for i, row in enumerate(r.affine_map.weight)
                for j, c in enumerate(row))
        for r in complex_.regions
    )  # fmt: skip


def the_folding(doc: Document, n: int, p: int, lines: Sequence[Sequence[int]]) -> None:
    """Check the count p^n times (1 + m + C(m, 2) + ...) for a fold and then m hyperplanes."""
    m = len(lines)
    doc.section("Folding in several inputs")
    weights, _ = zigzag(p)
    doc.say(
        f"In one coordinate, ReLUs with knots at $0, 1/{p}, \\ldots$ and the weights "
        f"{', '.join(map(str, weights))} fold $[0, 1]$ {p} times onto itself. Do it in each of {n} "
        f"coordinates, with ${n * p}$ ReLUs:"
    )
    doc.check(
        f"The unit cube has ${p}^{n} = {p**n}$ regions, and the layer maps each onto the whole "
        f"unit cube, affinely, with slopes $\\pm {p}$",
        folds_onto(n, p),
    )
    doc.say(
        "A set in the unit cube therefore has a copy in each small cube, mirrored or not. Let the "
        f"next layer have {m} hyperplanes that cut the open cube into as many regions as "
        "hyperplanes in general position can:"
    )
    last = lines_network(lines)
    alone = sum(comb(m, j) for j in range(n + 1))
    doc.check(
        f"The {m} hyperplanes alone cut the unit cube into {alone} regions",
        len(regions(last, UNIT * n)) == alone,
    )
    both = regions(last @ fold(n, p), UNIT * n)
    doc.check(
        f"After the fold they cut it into ${p}^{n} \\cdot {alone} = {p**n * alone}$",
        len(both) == p**n * alone,
        f"counted: {len(both)}",
    )
    doc.say(
        "With layers of $n_1, \\ldots, n_L$ ReLUs and $n$ inputs one can so have at least "
        "$\\prod_{i < L} \\lfloor n_i / n \\rfloor^n \\cdot \\sum_{j \\le n} \\binom{n_L}{j}$ "
        "regions: the bound of Montufar and others. The sawtooth is the case $n = 1$, $p = 2$."
    )


def folding_twice(doc: Document, n: int, p: int, times: int) -> None:
    """Check that folding again multiplies again."""
    deep = fold(n, p)
    for _ in range(times - 1):
        deep = fold(n, p) @ deep
    doc.check(
        f"Folded {times} times by layers of {n * p} ReLUs, the unit cube has "
        f"$({p}^{n})^{times} = {p ** (n * times)}$ regions",
        len(regions(deep, UNIT * n)) == p ** (n * times),
    )


def proof(most: int = 6) -> Document:
    """Return the proof, with the sawtooth checked up to k = most."""
    doc = Document("Depth multiplies, width adds")
    doc.theorem(
        "On $[0, 1]$ the sawtooth $s_k$ has $2^k$ pieces and is a network of $k$ layers of two "
        "ReLUs. The least number of ReLUs in one hidden layer that make it there is $2^k$. On the "
        "whole line it has 3 activation regions for $k = 1$ and $2^k + 2$ for $k \\ge 2$."
    )
    the_sawtooth(doc, most)
    the_shallow_bound(doc, min(most, 4))
    the_whole_line(doc, most)
    doc.qed()
    the_folding(doc, 2, 2, CROSSING_LINES)
    folding_twice(doc, 2, 2, 3)
    folding_twice(doc, 1, 3, 3)
    return doc
