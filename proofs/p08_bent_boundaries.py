r"""Theorem 8: The boundary of a neuron is straight inside regions, and bends only at earlier ones.

Let z be the pre-activation of a neuron, and look at the regions of the layers before it.  On each
of them z is affine.  So the boundary {z = 0} is straight there: it cuts the region along a
hyperplane, or misses it, or z vanishes on all of it.  It bends only where it meets the boundary of
an earlier neuron, and how it bends is known: the gradient of z changes by a multiple of the normal
of the wall that it crosses.

What the neuron cuts can also end at an earlier boundary.  In the plane there are two ways.  It goes
on inside the earlier boundary, where there is nothing left to cut; or z vanishes identically on a
region behind.  It never goes where all neurons of the layer before are off and the bias is not
zero: there z is the bias, and with bias -1 the neuron can only be off.

So the picture of a deep network is drawn in this order: the straight lines of the first layer, then
the lines of the second, broken where they cross those of the first, and so on.

Sources
-------
B. Hanin, D. Rolnick, Complexity of linear regions in deep networks, 2019, arXiv:1901.09021 (bent
hyperplanes).
J. E. Grigsby, K. Lindsey, On transversality of bent hyperplane arrangements, 2022,
arXiv:2008.09052.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from exactpwl import Kink, Layer, Network, PolyhedralComplex, regions
from exactpwl.inequality import dot
from exactpwl.levelsets import LevelPiece
from exactpwl.linear import rank
from exactpwl.proving import Document
from exactpwl.rationals import clear_denominators
from proofs.degenerate_networks import random_network

CORNER = Network([([[1, 0], [0, 1]], [0, 0], "relu"), ([[1, 1]], [-1], "relu")])
"""z = relu(x) + relu(y) - 1 in the second layer."""
PLATEAU = Network([([[1, 0], [0, 1]], [0, 0], "relu"), ([[1, -1]], [0], "relu")])
"""z = relu(x) - relu(y): zero on a quadrant."""
HIDDEN = Network([([[1, 0], [-1, 0], [0, 1]], [0, 0, 0], "relu"), ([[1, -1, 1]], [0], "relu")])
"""z = x + relu(y), where x itself is a boundary of the first layer."""
STRAIGHT = Network([([[1, 0], [-1, 0], [0, 1]], [0, 0, 0], "relu"), ([[1, -1, 1]], [-1], "relu")])
"""z = x + relu(y) - 1: straight on through x = 0, bent at y = 0."""
THREE_LAYERS = Network(
    [
        ([[1, 0], [0, 1]], [0, 0], "relu"),
        ([[1, 1], [1, -1]], [-1, 0], "relu"),
        ([[1, 1]], [-1], "relu"),
    ]
)


class Boundary(NamedTuple):
    """What a neuron cuts, as far as the layers before it know.

    Attributes
    ----------
    before : PolyhedralComplex
        The regions of the layers before, with z as the output.
    cuts, hidden, plateaus : tuples of LevelPiece
        Pieces of {z = 0}: inside one region, inside a wall between regions, and whole regions.
    """

    before: PolyhedralComplex
    cuts: tuple[LevelPiece, ...]
    hidden: tuple[LevelPiece, ...]
    plateaus: tuple[LevelPiece, ...]


def pre_activation(network: Network, layer: int, neuron: int) -> Network:
    """Return z of a neuron as a network: the layers before it, and its own affine row."""
    own = network.layers[layer]
    row = Layer.of([own.weight[neuron]], [own.bias[neuron]], "linear")
    return Network([*network.layers[:layer], row])


def boundary(network: Network, layer: int, neuron: int) -> Boundary:
    """Return the pieces of a ReLU's boundary, by what they are."""
    before = regions(pre_activation(network, layer, neuron))
    pieces = before.level_set(0)
    d = before.dimension
    lower = [p for p in pieces if p.dimension < d]
    return Boundary(
        before,
        tuple(p for p in lower if p.dimension == d - 1 and len(p.regions) == 1),
        tuple(p for p in lower if p.dimension < d - 1 or len(p.regions) > 1),
        tuple(p for p in pieces if p.dimension == d),
    )


def tips(piece: LevelPiece) -> tuple[tuple[Fraction, ...], ...]:
    """Return the ends of a piece; a whole line has none, its vertex is any point of it."""
    return () if piece.lines else piece.vertices


def is_straight_through(first: LevelPiece, second: LevelPiece) -> bool:
    """Return whether two pieces lie in one line (or plane)."""
    return rank([*first.generators, *second.generators]) == first.dimension + 1


def ends(found: Boundary) -> Iterator[tuple[tuple[Fraction, ...], str]]:
    """Yield, in the plane, each end of each cut, and how the boundary goes on there."""
    for cut in found.cuts:
        for end in tips(cut):
            others = [c for c in found.cuts if c is not cut and end in tips(c)]
            if any(is_straight_through(cut, other) for other in others):
                yield end, "goes straight on"
            elif others:
                yield end, "bends"
            elif any(end in p.vertices for p in found.plateaus):
                yield end, "ends at a plateau"
            elif any(end in p.vertices for p in found.hidden if p.dimension):
                yield end, "goes on inside an earlier boundary"
            else:
                yield end, "just ends"


def is_straight_inside(found: Boundary) -> bool:
    """Return whether no region of the layers before has two pieces of the boundary inside."""
    homes = Counter(i for piece in (*found.cuts, *found.plateaus) for i in piece.regions)
    return not homes or max(homes.values()) == 1


def bends_at_walls(found: Boundary, network: Network, layers: int) -> bool:
    """Return whether all ends of cuts lie on boundaries of the first so many layers."""
    if not layers:
        return not any(tips(cut) for cut in found.cuts)
    walls = regions(Network(network.layers[:layers]))
    return not any(walls.locate(v).is_inside for cut in found.cuts for v in tips(cut))


def gradient_jumps_are_normal(found: Boundary) -> bool:
    """Return whether z changes, across each wall, by a multiple of the wall's own equation."""
    before = found.before
    for first, second, facet in before.adjacencies:
        change = before.affine_maps[second] - before.affine_maps[first]
        row, _ = clear_denominators((*change.weight[0], change.bias[0]))
        normal = next(f.inequality for f in before.regions[first].facets if f.neighbour == second)
        wall = (*normal.normal, normal.offset)
        if rank([row, wall]) > 1 or any(dot(row, before.generators[g]) for g in facet):
            return False
    return True


def straight_inside(doc: Document, network: Network) -> None:
    """Step 1: inside a region of the earlier layers, and on an example."""
    doc.section("Straight inside")
    doc.say(
        "On a region of the layers before, every earlier neuron is on one affine piece, so what it "
        "hands on is affine, and so is the sum $z$ of these. An affine $z$ vanishes on a "
        "hyperplane, nowhere, or everywhere. For the first layer there is only one region, the "
        "whole space, and the boundary is a whole hyperplane."
    )
    doc.check(
        "In the first layer every boundary is one straight piece without end",
        all(
            len(b.cuts) == 1 and not tips(b.cuts[0])
            for b in (boundary(network, 0, j) for j in range(network.layers[0].width))
            if any(b.before.affine_maps[0].weight[0])
        ),
    )
    doc.check(
        "In every deeper layer each region of the layers before has at most one piece inside",
        all(is_straight_inside(boundary(network, k.layer, k.neuron)) for k in network.kinks),
    )


def bends_only_at_earlier_boundaries(
    doc: Document, network: Network, kink: Kink, layers: int
) -> None:
    """Step 2: the ends of all pieces lie on boundaries of the first `layers` layers."""
    found = boundary(network, kink.layer, kink.neuron)
    doc.check(
        f"Layer {kink.layer}, neuron {kink.neuron}: all ends of its straight pieces are on "
        f"boundaries of layers before layer {layers}",
        bends_at_walls(found, network, layers),
        f"straight pieces: {len(found.cuts)}",
    )


def the_law_of_bending(doc: Document, networks: Sequence[Network]) -> None:
    """Step 3: across a wall the gradient changes along the wall's normal."""
    doc.section("How it bends")
    doc.say(
        "Let $R$ and $R'$ be neighbours among these regions, with the wall $m \\cdot x = c$ "
        "between them. $z$ is continuous, so its two affine functions agree on the wall, and their "
        "difference is a multiple of the wall's equation:"
    )
    doc.formula(r"z' = z + \lambda (m \cdot x - c), \quad \nabla z' = \nabla z + \lambda m")
    found = [
        boundary(network, kink.layer, kink.neuron) for network in networks for kink in network.kinks
    ]
    doc.check(
        "So it is across every wall of these examples",
        all(map(gradient_jumps_are_normal, found)),
        f"{sum(len(b.before.adjacencies) for b in found)} walls",
    )
    doc.say(
        "So the boundary meets the wall in the same points from either side, and along the wall "
        "$z$ has the same slope. Where $z$ changes its sign on the wall, the boundary goes on "
        "behind it: straight on iff $\\lambda = 0$, and else it bends there."
    )


def all_off(doc: Document, bias: Fraction, weights: Sequence[Sequence[int]]) -> None:
    """Step 4: where the first layer is all off, the second is all off if its bias is -1."""
    doc.section("Where it never goes")
    doc.say(
        "Where all neurons of the layer before are off, $z$ is the neuron's bias $b$, whatever its "
        f"weights. With $b = {bias}$ it is off there and has no boundary there, nor on the "
        "walls of that region."
    )
    size = len(weights)
    network = Network([([[1, 0], [0, 1]], [0, 0], "relu"), (weights, [bias] * size, "relu")])
    off = "0" * size
    functions = network.kink_functions(f"00|{off}")[2:]
    doc.check(
        f"Under the first layer's pattern `00` each of {size} neurons of the second has "
        f"$z = {bias}$",
        all(not any(f.normal) and f.offset == bias for f in functions),
    )
    complex_ = regions(network)
    doc.check(
        f"Only the pattern `00|{off}` is there: the second layer is all off",
        [str(r.pattern) for r in complex_.regions if str(r.pattern).startswith("00")]
        == [f"00|{off}"],
        f"of the {2**size} that one could write",
    )
    region = complex_[f"00|{off}"]
    doc.check(
        "No boundary of the second layer touches this region",
        all(
            region.index not in complex_.locate(v).regions
            for j in range(size)
            for cut in boundary(network, 1, j).cuts
            for v in tips(cut)
        ),
    )


def fate(doc: Document, network: Network, formula: str, expected: dict[str, int]) -> None:
    """Check how the boundary of the last neuron goes on at the ends of its pieces."""
    last = len(network.layers) - 1
    found = boundary(network, last, 0)
    counts = Counter(how for _, how in ends(found))
    told = ", ".join(f"{how} ({times})" for how, times in sorted(expected.items()))
    doc.check(
        f"$z = {formula}$, straight pieces: {len(found.cuts)}; at their ends it {told}",
        counts == expected,
    )


def the_fates(doc: Document) -> None:
    """Step 5: going on, bending, and both ways to end; with the reason that there are no others."""
    doc.section("Going on, bending, ending")
    doc.say(
        "In the plane, let a piece come to a point $p$ of an earlier boundary, and walk around $p$ "
        "on a small circle. $z$ changes its sign where the piece is crossed. If $z$ vanishes on no "
        "region around $p$, it must change its sign once more before the walk is over: in a "
        "region, and there is another piece; or on a wall, and the boundary goes on inside it. If "
        "$z$ vanishes identically on a region around $p$, it may change its sign there. Each "
        "happens; every piece is counted at each of its ends:"
    )
    relu = r"\operatorname{relu}"
    fate(doc, CORNER, rf"{relu}(x) + {relu}(y) - 1", {"bends": 4})
    fate(
        doc,
        STRAIGHT,
        rf"{relu}(x) - {relu}(-x) + {relu}(y) - 1",
        {"bends": 2, "goes straight on": 2},
    )
    fate(
        doc,
        HIDDEN,
        rf"{relu}(x) - {relu}(-x) + {relu}(y)",
        {"goes on inside an earlier boundary": 1},
    )
    fate(doc, PLATEAU, rf"{relu}(x) - {relu}(y)", {"ends at a plateau": 1})


def never_ends(doc: Document, network: Network) -> None:
    """Check that the last neuron's boundary goes straight on or bends at all ends of its pieces."""
    found = boundary(network, len(network.layers) - 1, 0)
    doc.check(
        "At every end of a piece another piece begins",
        all(how in ("bends", "goes straight on") for _, how in ends(found)),
    )


def random_boundaries(doc: Document, seeds: Sequence[int]) -> None:
    """Check all of it on every deep neuron of random networks."""
    doc.section("The theorem, watched")
    counts: Counter[str] = Counter()
    pieces = neurons = 0
    sound = True
    for network in map(random_network, seeds):
        for kink in network.kinks:
            if kink.layer:
                found = boundary(network, kink.layer, kink.neuron)
                neurons += 1
                pieces += len(found.cuts)
                counts.update(how for _, how in ends(found))
                sound &= is_straight_inside(found) and gradient_jumps_are_normal(found)
                sound &= bends_at_walls(found, network, kink.layer)
    doc.check(
        f"So it is for all {neurons} deep neurons of {len(seeds)} random networks",
        sound,
        f"{pieces} straight pieces",
    )
    doc.check("No boundary just ends", not counts["just ends"])
    doc.table(
        ["at the end of a piece the boundary", "how often"],
        [[how, str(times)] for how, times in counts.most_common()],
    )


def proof(seeds: int = 30) -> Document:
    """Return the proof; the deep neurons of `seeds` random networks are looked at."""
    doc = Document("The boundary of a neuron")
    doc.theorem(
        "The boundary of a neuron, where its pre-activation $z$ is 0, is straight inside each "
        "region of the layers before it. It bends only where it meets the boundary of an earlier "
        "neuron. What it cuts can end there."
    )
    straight_inside(doc, THREE_LAYERS)
    doc.section("Bent only at earlier boundaries")
    doc.say(
        "A point of the boundary that lies inside a region has a neighbourhood in that region, and "
        "there the boundary is straight. So it bends only where regions of the layers before meet: "
        "on the boundary of an earlier neuron."
    )
    for kink in THREE_LAYERS.kinks:
        bends_only_at_earlier_boundaries(doc, THREE_LAYERS, kink, kink.layer)
    examples = [CORNER, PLATEAU, HIDDEN, STRAIGHT, THREE_LAYERS]
    the_law_of_bending(doc, [*examples, random_network(0, inputs=3)])
    the_fates(doc)
    all_off(doc, Fraction(-1), [[1, 1], [2, -3], [-1, 4]])
    doc.qed()
    random_boundaries(doc, range(seeds))
    return doc
