r"""Theorem 6: Narrow networks have no islands.

Let f: R^2 -> R be a network whose hidden layers have at most two neurons each, with continuous
monotone activations (ReLU, leaky ReLU, hard tanh, ...).  Then for every t each connected component
of {f > t}, of {f < t} and of {f = t} is unbounded.

So no such network, however deep, is positive on a disc and negative on an annulus around it; one
layer of three ReLUs is enough.  The theorem speaks of level sets.  It does not say that the regions
of linearity are unbounded, and they need not be: relu(1 - relu(x) - relu(y)) has a triangle.

The argument is Johnson's, with the homeomorphisms made explicit: a narrow network is a uniform
limit of maps "linear function after homeomorphism of the plane", these have no peaks, and a peak
survives a small change.  It needs no more than that, in any number of inputs.

Sources
-------
B. Hanin, M. Sellke, Approximating continuous functions by ReLU nets of minimal width, 2017,
arXiv:1710.11278.
J. Johnson, Deep, skinny neural networks are not universal approximators, ICLR 2019,
arXiv:1810.00393.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import sympy

from exactpwl import Activation, Network, PolyhedralComplex, gallery, regions
from exactpwl.formula import latex_fraction
from exactpwl.proving import Document
from exactpwl.rationals import format_fraction, format_point
from proofs.level_components import bounded_component, components, heights
from proofs.narrow import distance, inverse, is_narrow, perturbed, random_narrow_network, widened

TRIANGLE = Network(
    [
        ([[1, 0], [0, 1]], [0, 0], "relu"),
        ([[-1, -1]], [1], "relu"),
        ([[1]], [0], "linear"),
    ]
)
"""relu(1 - relu(x) - relu(y))."""
DIAMOND = Network([([[1, 0], [0, 1]], [0, 0], "abs"), ([[1, 1]], [0], "linear")])
"""|x| + |y|: two neurons, but not monotone."""
HOMEOMORPHISM = Network(
    [
        ([[1, 2], [-1, 1]], [1, 0], "leaky_relu:1/2"),
        ([[0, 1], [2, -1]], [-1, 3], Activation((-1, 1), (3, 1, 2), 1)),
    ]
)


def has_inverse(network: Network, undone: Network) -> bool:
    """Return whether both compositions are the identity, on each of their regions."""
    size = network.input_dimension
    unit = tuple(tuple(Fraction(i == j) for j in range(size)) for i in range(size))
    return all(
        m.weight == unit and not any(m.bias)
        for both in (network @ undone, undone @ network)
        for m in regions(both).affine_maps
    )


def homeomorphisms_have_no_peak(doc: Document, network: Network) -> None:
    """Step 1, with an example of a homeomorphism and its inverse."""
    doc.section("Step 1: a linear function after a homeomorphism has no peak")
    doc.say(
        "Call a bounded open set $U$ a peak of $f$ if somewhere in $U$ the value of $f$ is greater "
        "than everywhere on the boundary of $U$. Suppose first that every layer has two neurons, "
        "an invertible matrix, and an activation whose slopes are all positive (or all negative). "
        "Each layer is then a homeomorphism of the plane: its inverse undoes the activations and "
        "then the affine map, and is again piecewise linear. So the hidden layers together are a "
        "homeomorphism $h$, and $f = c \\cdot h + b$."
    )
    undone = inverse(network)
    doc.check(
        f"An example, `{network.architecture}`, and its inverse `{undone.architecture}`: both "
        "compositions are the identity",
        has_inverse(network, undone),
        f"on all {len(regions(network @ undone))} + {len(regions(undone @ network))} regions",
    )
    doc.say(
        "If $U$ were a peak of $f$, the continuous $f$ would have a maximum on the compact closure "
        "of $U$ at a point $p$ of $U$ itself. But $h(U)$ is open, so it contains "
        "$h(p) + \\delta c$ for some $\\delta > 0$; there $f$ is greater:"
    )
    c, h, e = sympy.symbols("c1:3"), sympy.symbols("h1:3"), sympy.Symbol("e")
    gain = sum(ci * (hi + e * ci) - ci * hi for ci, hi in zip(c, h, strict=True))
    doc.formula(r"c \cdot (h(p) + \delta c) - c \cdot h(p) = \delta (c_1^2 + c_2^2) > 0")
    doc.check(
        "The gain is $\\delta$ times the square of the length of $c$",
        sympy.expand(gain - e * (c[0] ** 2 + c[1] ** 2)) == 0,
    )
    doc.say("If $c = 0$, then $f$ is constant and has no peak either.")


def narrow_networks_are_limits(doc: Document, network: Network, steps: Sequence[Fraction]) -> None:
    """Step 2, with the distance of an example from its perturbations."""
    doc.section("Step 2: every narrow network is a limit of these")
    doc.check(
        "Take any network that is narrow: no layer wider than the input, activations monotone",
        is_narrow(network),
    )
    doc.say(
        "Give a layer of one neuron a second one that nobody listens to. Then, for a small "
        "$s > 0$, replace each matrix $W$ by $W + sI$ and each activation $\\sigma(z)$ by "
        "$\\sigma(z) + sz$ (by $\\sigma(z) - sz$ if it falls). A monotone activation has become "
        "strictly monotone, onto the whole line; and $W + sI$ is invertible but for at most two "
        "values of $s$, because its determinant is a polynomial in $s$ that is not zero:"
    )
    a, b, c, d, s = sympy.symbols("a b c d s")
    determinant = (sympy.Matrix([[a, b], [c, d]]) + s * sympy.eye(2)).det()
    doc.formula(r"\det(W + sI) = s^2 + (a + d) s + (ad - bc)")
    doc.check(
        "The determinant is as it stands there, with leading coefficient 1",
        sympy.expand(determinant - (s**2 + (a + d) * s + a * d - b * c)) == 0,
    )
    doc.say(
        "On a compact set all these functions $f_s$ tend to $f$ uniformly as $s \\to 0$: layer "
        "after layer the inputs of an activation stay in a compact set and tend to those of $f$, "
        "and $\\sigma$ is uniformly continuous there. On an example, over the square "
        "$[-2, 2]^2$, the greatest distance is computed exactly, at the vertices of the complex "
        "of $f_s - f$:"
    )
    wide = widened(network)
    far = [distance(wide, perturbed(wide, step), [(-2, 2)] * 2) for step in steps]
    doc.table(
        ["s", "greatest |f_s - f|", "about"],
        [
            [format_fraction(step), _short(gap), f"{float(gap):.5f}"]
            for step, gap in zip(steps, far, strict=True)
        ],
        f"the network {network.architecture}",
    )
    doc.check(
        "Every quarter of $s$ makes the distance less than a third",
        all(3 * later < earlier for earlier, later in pairwise(far)),
    )


def _short(value: Fraction) -> str:
    text = format_fraction(value)
    return text if len(text) <= 24 else f"a fraction of {len(text)} digits"


def peaks_survive(doc: Document, allowance: Fraction) -> None:
    """Step 3: who changes f by less than a share of the peak's height keeps the peak."""
    doc.section("Step 3: a peak survives a small change")
    part = latex_fraction(allowance)
    doc.say(
        "Suppose that $f$ had a peak $U$: a point $p$ in $U$ with $f(p) = m + e$, $e > 0$, where "
        "$m$ is the maximum of $f$ on the boundary of $U$. Choose $s$ so small that $f_s$ differs "
        f"from $f$ by less than ${part} e$ on the compact closure of $U$. Then $f_s$ "
        "is at $p$ still greater than everywhere on the boundary:"
    )
    m, e = sympy.symbols("m e", positive=True)
    share = sympy.Rational(allowance.numerator, allowance.denominator)
    margin = sympy.simplify((m + e - share * e) - (m + share * e))
    doc.formula(
        rf"f_s(p) > m + e - {part} e \ge m + {part} e > f_s"
        r"\text{ on the boundary}"
    )
    doc.check("The inequality in the middle holds for every $m$ and $e$", bool(margin >= 0))
    doc.say(
        "So $U$ is a peak of $f_s$, which by step 1 has none. Hence a narrow network has no peak. "
        "Nor has it a pit, because $-f$ is narrow too."
    )


def components_are_unbounded(doc: Document) -> None:
    """Step 4: from peaks to components."""
    doc.section("Step 4: no islands")
    doc.say(
        "A bounded component $U$ of $\\{f > t\\}$ would be a peak: it is open, inside $f > t$, and "
        "on its boundary $f = t$, since a boundary point with $f > t$ would belong to $U$. A "
        "bounded component of $\\{f < t\\}$ would be a pit. A bounded component $K$ of "
        "$\\{f = t\\}$, a finite union of polyhedra, has a bounded neighbourhood $U$ that meets no "
        "other component, and whose outer boundary is a closed polygon on which $f$ is never $t$, "
        "so it is all above $t$ or all below. The polygon with its inside is a pit, or a peak."
    )
    doc.say(
        "Let $f$ be positive on a disc and negative on an annulus around it. The component of "
        "$\\{f > 0\\}$ around the centre cannot get through the annulus: it is bounded. So $f$ is "
        "not narrow."
    )


def every_component_is_unbounded(doc: Document, network: Network, name: str) -> None:
    """Check all components of one network at all heights."""
    island = bounded_component(regions(network))
    doc.check(
        f"{name}: every component of $\\{{f > t\\}}$, $\\{{f < t\\}}$ and $\\{{f = t\\}}$ is "
        "unbounded, for every $t$",
        island is None,
        "" if island is None else f"but f {island.relation} {island.height} has an island",
    )


def examples(doc: Document, seeds: Sequence[int], inputs: int = 2) -> None:
    """Step 5: random narrow networks, all components at all heights."""
    doc.section("The theorem, watched" if inputs == 2 else f"The same with {inputs} inputs")
    found = [random_narrow_network(seed, inputs) for seed in seeds]
    doc.check(f"All {len(found)} networks drawn are narrow", all(map(is_narrow, found)))
    complexes = [regions(network) for network in found]
    tried = [heights(c) for c in complexes]
    doc.check(
        f"In {len(found)} random narrow networks with {inputs} inputs no component of "
        "$\\{f > t\\}$, $\\{f < t\\}$ or $\\{f = t\\}$ is bounded, at any height",
        all(bounded_component(c) is None for c in complexes),
        f"{sum(map(len, complexes))} regions, {sum(map(len, tried))} heights: each value at a "
        "vertex, one between each two of them, one below and one above",
    )


def is_island(complex_: PolyhedralComplex, relation: str, at: Sequence[Any]) -> bool:
    """Return whether the component of {f > 0} or {f < 0} around a point is bounded."""
    home = complex_.locate(at).regions[0]
    return any(
        part.bounded and home in part.regions
        for part in components(complex_, relation, Fraction(0))
    )


def separates(doc: Document, network: Network, disc: Fraction, inner: Fraction) -> None:
    """Check that {f > 0} is an island that holds the disc and stays inside the annulus."""
    doc.section("A disc against an annulus")
    small, large = latex_fraction(disc), latex_fraction(inner)
    doc.say(
        f"A disc of radius ${small}$ against an annulus that begins at radius ${large}$ takes a "
        "layer of three neurons, and three are enough: the network `disc` of the gallery has one "
        "hidden layer of three ReLUs. Its output weights are negative, so $f$ is concave and "
        "$\\{f \\ge 0\\}$ is convex."
    )
    doc.check("`disc` has a layer of three, so it is not narrow", not is_narrow(network))
    doc.check("All output weights are negative", max(network.layers[-1].weight[0]) < 0)
    complex_ = regions(network)
    doc.check("The component around the centre is bounded", is_island(complex_, ">", (0, 0)))
    pieces = complex_.level_set(0)
    doc.check(
        "The boundary $\\{f = 0\\}$ consists of segments",
        all(p.dimension == 1 and len(p.vertices) == 2 for p in pieces),
        f"{len(pieces)} of them",
    )
    corners = {v for piece in pieces for v in piece.vertices}
    farthest = max(x * x + y * y for x, y in corners)
    nearest = min(_squared_distance(*piece.vertices) for piece in pieces)
    doc.check(
        f"Every corner is nearer to the centre than ${large}$, so the annulus is outside",
        farthest < inner**2,
        f"the farthest has squared distance {float(farthest):.4f} < {inner**2}",
    )
    doc.check(
        f"Every side is farther from the centre than ${small}$, so the disc is inside",
        nearest > disc**2,
        f"the nearest has squared distance {float(nearest):.4f} > {disc**2}",
    )


def _squared_distance(p: Sequence[Fraction], q: Sequence[Fraction]) -> Fraction:
    """Return the squared distance from 0 to the line through two points."""
    cross = p[0] * q[1] - p[1] * q[0]
    return cross**2 / ((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2)


def monotone_is_needed(doc: Document, network: Network) -> None:
    """Check that |x| + |y| < 1, with two neurons, is an island."""
    doc.section("Monotone is needed")
    doc.say(
        "The absolute value is not monotone, and two such neurons do make an island: "
        "$|x| + |y| < 1$."
    )
    doc.check(
        "Two neurons, but not monotone activations",
        network.widths == (2,) and not is_narrow(network),
    )
    complex_ = regions(network)
    (island,) = components(complex_, "<", Fraction(1))
    corners = {v for piece in complex_.level_set(1) for v in piece.vertices}
    doc.check(
        "$\\{f < 1\\}$ is one bounded component",
        island.bounded,
        f"with the corners {_listed(corners)}",
    )


def bounded_region(doc: Document, network: Network, pattern: str, corners: set[Any]) -> None:
    """Check that a narrow network has a bounded region of linearity all the same."""
    doc.section("What the theorem does not say")
    doc.say(
        "The sentence that is in print, of such a network, 'each of its polytopes extends to "
        "infinity', claims too much, if a polytope is a region on which the network is affine. The "
        "components of the level sets extend to infinity; a region need not:"
    )
    doc.formula(
        r"f(x, y) = \operatorname{relu}(1 - \operatorname{relu}(x) - \operatorname{relu}(y))"
    )
    doc.check("This network is narrow, so the theorem holds for it", is_narrow(network))
    complex_ = regions(network)
    region = complex_[pattern]
    doc.check(
        f"Its activation region `{pattern}` is bounded",
        region.is_bounded and set(region.vertices) == corners,
        f"the triangle with the corners {_listed(region.vertices)}",
    )
    doc.check(
        "It is a linear region by itself: no neighbour has the same affine map",
        (region.index,) in complex_.linear_regions,
    )
    every_component_is_unbounded(doc, network, "And yet in this network")
    doc.say(
        "No contradiction: where $f > t$ in the triangle, for $0 < t < 1$, the set $\\{f > t\\}$ "
        "goes on into the regions to the left and below, without end."
    )


def _listed(points: Any) -> str:
    return ", ".join(sorted(format_point(p) for p in points))


def proof(seeds: int = 24) -> Document:
    """Return the proof; `seeds` random networks are looked at."""
    doc = Document("Narrow networks have no islands")
    doc.theorem(
        "Let $f$ be a network of two inputs with at most two neurons in every hidden layer and "
        "continuous monotone activations. Then for every $t$ each component of $\\{f > t\\}$, of "
        "$\\{f < t\\}$ and of $\\{f = t\\}$ is unbounded. In particular $f$ does not separate a "
        "disc from an annulus around it."
    )
    homeomorphisms_have_no_peak(doc, HOMEOMORPHISM)
    narrow_networks_are_limits(doc, TRIANGLE, [Fraction(1, 4**k) for k in range(2, 6)])
    peaks_survive(doc, Fraction(1, 2))
    components_are_unbounded(doc)
    doc.say(
        "That is the whole proof. With $d$ inputs and layers of at most $d$ neurons it is the "
        "same: the determinant is then a polynomial of degree $d$, the polygon a closed surface."
    )
    doc.qed()
    examples(doc, range(seeds))
    examples(doc, range(100, 100 + seeds // 8), inputs=3)
    separates(doc, gallery.get("disc"), Fraction(1, 2), Fraction(3, 4))
    monotone_is_needed(doc, DIAMOND)
    bounded_region(doc, TRIANGLE, "11|1", {(0, 0), (1, 0), (0, 1)})
    return doc
