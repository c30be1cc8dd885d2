r"""Theorem 5: N pieces on an interval are one hidden layer of N ReLUs, or of N - 1, and no fewer.

A continuous piecewise-linear function of one variable with N pieces on [a, b] is
f(a) + m_1 relu(x - t_0) + sum of (m_i - m_{i-1}) relu(x - t_{i-1}), with its knots t_i and its
slopes m_i.  A layer of M ReLUs has at most M knots, so fewer than N - 1 cannot do.  Whether N - 1
are enough is a question about the slopes alone: iff some of the changes of slope add up to -m_1.

Sources
-------
R. Arora, A. Basu, P. Mianjy, A. Mukherjee, 2018, arXiv:1611.01491, theorem 2.2 (on all of R).
J. He, L. Li, J. Xu, C. Zheng, 2020, arXiv:1807.03973 (finite elements).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import sympy

from exactpwl import Network
from exactpwl.construct import LinePiece, from_points, from_slopes, line_pieces, one_layer
from exactpwl.formula import latex_affine, latex_fraction
from exactpwl.proving import Document
from proofs.one_variable import Point, changes, slopes

HALF = Fraction(1, 2)

EXAMPLE: list[Point] = [
    (Fraction(-1), Fraction(-1)),
    (-HALF, Fraction(1)),
    (Fraction(0), Fraction(-1)),
    (Fraction(1), Fraction(0)),
]
EXAMPLE_NETWORK = one_layer(-1, [(4, 1, 1), (-8, 1, HALF), (5, 1, 0)])

FLAT_START: list[Point] = [(Fraction(x), Fraction(y)) for x, y in ((0, 0), (1, 0), (2, 1), (3, 0))]
VALLEY: list[Point] = [(Fraction(x), Fraction(y)) for x, y in ((0, 2), (1, 0), (2, 0), (3, 1))]
TENT: list[Point] = [(Fraction(0), Fraction(0)), (HALF, Fraction(1)), (Fraction(1), Fraction(0))]


def proof() -> Document:
    """Return the proof."""
    document = Document("One hidden layer: $N$ pieces and $N$ neurons")
    construction(document)
    example(document, EXAMPLE, EXAMPLE_NETWORK)
    random_functions(document, 30)
    at_least(document, random_layers(30))
    one_fewer(document)
    orientations(document, FLAT_START, fewer=True)
    orientations(document, VALLEY, fewer=True)
    orientations(document, EXAMPLE, fewer=False)
    orientations(document, TENT, fewer=False)
    one_piece(document)
    whole_line(document, EXAMPLE)
    return document


def construction(document: Document, most: int = 6) -> None:
    """State the theorem, and check the telescoping sum for any knots and slopes."""
    document.section("The construction")
    document.say(
        "Let $f$ be continuous on $[a, b]$, with knots $a = t_0 < t_1 < \\ldots < t_N = b$ and "
        "the slope $m_i$ between $t_{i-1}$ and $t_i$. Let neighbouring slopes differ, so that "
        "these are $N$ pieces indeed; where they are equal, the knot is none and is left out."
    )
    document.theorem(
        "On $[a, b]$ the function $f$ is a network with one hidden layer of $N$ ReLUs. No network "
        "with one hidden layer of fewer than $N - 1$ ReLUs is equal to $f$ there."
    )
    document.formula(
        r"g(x) = f(a) + m_1 \operatorname{relu}(x - t_0) + "
        r"\sum_{i=2}^{N} (m_i - m_{i-1}) \operatorname{relu}(x - t_{i-1})"
    )
    document.say(
        "Between $t_{k-1}$ and $t_k$ the first $k$ ReLUs are active and the others are 0. "
        "The slope of $g$ there is $m_1 + (m_2 - m_1) + \\ldots + (m_k - m_{k-1}) = m_k$, the "
        "slope of $f$. Both start at $f(a)$, both are continuous, and both have the same slope on "
        "each piece: they are equal on $[a, b]$."
    )
    document.check(
        f"for $N \\le {most}$ the active ReLUs sum up to $f$ on each piece, whatever the numbers",
        all(telescopes(n, k) for n in range(1, most + 1) for k in range(1, n + 1)),
    )
    document.say(
        "Left of $a$ every ReLU is 0, so $g$ stays at $f(a)$; right of $b$ it goes on with the "
        "last slope. The theorem speaks of $[a, b]$ alone."
    )


def telescopes(n: int, k: int, weight: int = 1) -> bool:
    """Return whether on piece k the construction is f, as an identity in knots and slopes.

    `weight` multiplies the changes of slope; with 1 alone it is the theorem.
    """
    x, start = sympy.symbols("x f_a")
    t, m = sympy.symbols(f"t0:{n}"), sympy.symbols(f"m1:{n + 1}")
    built = start + m[0] * (x - t[0])
    built += sum(weight * (m[i] - m[i - 1]) * (x - t[i]) for i in range(1, k))
    given = start + sum(m[i] * (t[i + 1] - t[i]) for i in range(k - 1)) + m[k - 1] * (x - t[k - 1])
    return bool(sympy.expand(built - given) == 0)


def example(document: Document, points: Sequence[Point], claimed: Network) -> None:
    """Check the construction on one function, neuron by neuron and piece by piece."""
    document.section("An example")
    listed = ", ".join(f"$({latex_fraction(x)}, {latex_fraction(y)})$" for x, y in points)
    document.say(f"The function through {listed}, with linear pieces between them, is")
    document.formula(_formula(claimed))
    built = from_points(points)
    document.check("these are the weights of the construction", claimed == built.network)
    on_interval = line_pieces(claimed, [(points[0][0], points[-1][0])])
    document.check(
        "its pieces on the interval join the points",
        on_interval == joined(points),
        ", ".join(
            f"${latex_affine((p.slope,), p.constant)}$ on $[{p.left}, {p.right}]$"
            for p in on_interval
        ),
    )
    first, last = line_pieces(claimed)[0], line_pieces(claimed)[-1]
    document.check(
        f"left of ${points[0][0]}$ it stays at ${points[0][1]}$",
        first == LinePiece(None, points[0][0], Fraction(0), points[0][1]),
    )
    document.check(
        f"right of ${points[-1][0]}$ it goes on with the slope ${last.slope}$",
        last.right is None and last.slope == slopes(points)[-1],
    )


def joined(points: Sequence[Point]) -> list[LinePiece]:
    """Return the pieces between neighbouring points."""
    steps = slopes(points)
    return [
        LinePiece(points[i][0], points[i + 1][0], m, points[i][1] - m * points[i][0])
        for i, m in enumerate(steps)
    ]


def random_functions(document: Document, count: int) -> None:
    """Check the construction on random functions: their pieces are found again."""
    drawn = [random_points(seed) for seed in range(count)]
    found = [line_pieces(from_points(p).network, [(p[0][0], p[-1][0])]) for p in drawn]
    document.check(
        f"{count} random functions with up to 8 pieces are found again, piece by piece",
        all(f == joined(p) for f, p in zip(found, drawn, strict=True)),
    )


def random_points(seed: int) -> list[Point]:
    """Return points of a function with 1 to 8 pieces, no two neighbours of which have one slope."""
    draw = random.Random(seed)
    size = draw.randint(2, 9)
    knots = sorted(Fraction(n, 6) for n in draw.sample(range(-30, 31), size))
    points: list[Point] = []
    for x in knots:
        points.append((x, Fraction(draw.randint(-6, 6), draw.randint(1, 4))))
        while len(points) > 2 and not changes(points[-3:])[0]:
            points[-1] = (x, points[-1][1] + 1)
    return points


def at_least(document: Document, layers: Sequence[Network], spare: int = 1) -> None:
    """Prove the lower bound, and check that no layer has more pieces than neurons + `spare`."""
    document.section("Fewer than $N - 1$ cannot do")
    document.say(
        "A neuron $\\operatorname{relu}(wx + b)$ with $w \\ne 0$ is affine on both sides of "
        "$-b/w$; one with $w = 0$ is constant. So a sum of $M$ of them is affine between at most "
        "$M$ points, and its slope changes at no other point. A function with $N$ pieces changes "
        "its slope at $N - 1$ points inside the interval. Hence $M \\ge N - 1$. Knots may coincide "
        "or lie outside of the interval; then there are even fewer pieces."
    )
    counts = [(len(line_pieces(network)), network.layers[0].width) for network in layers]
    document.check(
        f"{len(layers)} random layers of $M$ ReLUs have at most $M + {spare}$ pieces on the line",
        all(n <= m + spare for n, m in counts),
        f"as many as that: {sum(n == m + spare for n, m in counts)} of them",
    )
    document.qed()


def random_layers(count: int) -> list[Network]:
    """Return layers with neurons that coincide, cancel or are constant now and then."""
    draw = random.Random(5)
    found = []
    for _ in range(count):
        width = draw.randint(1, 6)
        entries = [draw.choices(range(-3, 4), k=width) for _ in range(3)]
        found.append(one_layer(0, list(zip(*entries, strict=True))))
    return found


def one_fewer(document: Document) -> None:
    """State and prove when N - 1 neurons are enough."""
    document.section("When one neuron can be saved")
    document.theorem(
        "$N - 1$ ReLUs are enough iff some of the changes of slope $J_1, \\ldots, J_{N-1}$ at the "
        "inner knots (none and all of them allowed) add up to $-m_1$."
    )
    document.say(
        "With $N - 1$ neurons and as many knots, each knot belongs to one neuron, "
        "$a \\operatorname{relu}(w (x - t_i))$. Whichever sign $w$ has, its slope grows by $a |w|$ "
        "from left to right, so $a |w| = J_i$. Left of $t_i$ it is inactive if $w > 0$; if "
        "$w < 0$, its slope there is $a w = -J_i$. So the slope of the sum left of all knots is "
        "minus the sum of those $J_i$ whose neurons look to the left, and it must be $m_1$."
    )
    document.say(
        "Conversely let the neurons of such a choice look to the left and the others to the right, "
        "$J_i \\operatorname{relu}(\\pm(x - t_i))$. All slopes are right then, and a constant "
        "makes one value right, hence all. With a linear term in the output, $m_1 x$, the question "
        "does not arise: $N - 1$ are always enough."
    )
    document.qed()


def orientations(document: Document, points: Sequence[Point], *, fewer: bool) -> None:
    """Check for one function whether N - 1 neurons are enough, by trying all directions."""
    jumps = changes(points)
    name = ", ".join(f"$({latex_fraction(x)}, {latex_fraction(y)})$" for x, y in points)
    listed = ", ".join(map(latex_fraction, jumps))
    choice = looking_left(points)
    tried = f"$m_1 = {slopes(points)[0]}$, changes ${listed}$, {2 ** len(jumps)} choices tried"
    how = "are" if fewer else "are not"
    document.check(
        f"through {name}: $N - 1 = {len(jumps)}$ ReLUs {how} enough",
        (choice is not None) is fewer,
        tried,
    )
    if choice is None:
        return
    network = saving(points, choice)
    document.check(
        f"namely ${_formula(network)}$",
        line_pieces(network, [(points[0][0], points[-1][0])]) == joined(points)
        and network.layers[0].width == len(jumps),
    )


def looking_left(points: Sequence[Point]) -> tuple[int, ...] | None:
    """Return inner knots whose changes of slope add up to minus the first slope, if there are."""
    jumps = changes(points)
    choices = (c for size in range(len(jumps) + 1) for c in combinations(range(len(jumps)), size))
    return next((c for c in choices if sum(jumps[i] for i in c) == -slopes(points)[0]), None)


def saving(points: Sequence[Point], choice: Sequence[int]) -> Network:
    """Return the network with one ReLU for each inner knot, those of `choice` looking left."""
    neurons = []
    for i, (jump, (t, _)) in enumerate(zip(changes(points), points[1:], strict=False)):
        w = -1 if i in choice else 1
        neurons.append((jump, w, -w * t))
    x, y = points[0]
    return one_layer(y - one_layer(0, neurons)((x,))[0], neurons)


def one_piece(document: Document) -> None:
    """Name the degenerate case of a single piece."""
    document.section("One piece")
    document.say(
        "For $N = 1$ there is no inner knot. A constant needs no ReLU: the empty sum is $-m_1 = "
        "0$. Any other affine function needs one on an interval, and two on the whole line, where "
        "a single ReLU has a knot."
    )
    constant = [(Fraction(0), Fraction(2)), (Fraction(1), Fraction(2))]
    line = [(Fraction(0), Fraction(2)), (Fraction(1), Fraction(5))]
    constant_widths, line_widths = (from_points(p).network.widths for p in (constant, line))
    document.check("a constant is a network without a ReLU", not constant_widths)
    document.check("an affine function has one on an interval", line_widths == (1,))
    both = one_layer(2, [(3, 1, 0), (-3, -1, 0)])
    document.check(
        "and $2 + 3 \\operatorname{relu}(x) - 3 \\operatorname{relu}(-x)$ is $3x + 2$ on the line",
        line_pieces(both) == [LinePiece(None, None, Fraction(3), Fraction(2))],
    )


def whole_line(document: Document, points: Sequence[Point]) -> None:
    """Extend the function by its first and last slope, and write it with N neurons on the line."""
    document.section("On the whole line")
    document.say(
        "If the first and the last piece are to go on for ever, $N \\ge 2$ ReLUs are enough, too: "
        "put two at the first inner knot, one to each side, $J \\operatorname{relu}(x - t) + m "
        "\\operatorname{relu}(x - t) - m \\operatorname{relu}(t - x)$ with $m = m_1$. The last two "
        "terms are $m (x - t)$. What was said of $N - 1$ neurons holds on the line word by word."
    )
    knots = [x for x, _ in points[1:-1]]
    network = from_slopes(knots, slopes(points), through=points[1]).network
    expected = joined(points)
    expected[0] = expected[0]._replace(left=None)
    expected[-1] = expected[-1]._replace(right=None)
    document.check(
        f"the example on the line: ${_formula(network)}$",
        line_pieces(network) == expected and network.widths == (len(expected),),
        f"{len(expected)} pieces, {network.layers[0].width} ReLUs",
    )


def _formula(network: Network) -> str:
    """Return a network with one hidden layer in LaTeX."""
    hidden, output = network.layers
    text = latex_fraction(output.bias[0]) if output.bias[0] else ""
    for a, row, b in zip(output.weight[0], hidden.weight, hidden.bias, strict=True):
        sign = "-" if a < 0 else "+" if text else ""
        factor = "" if abs(a) == 1 else latex_fraction(abs(a))
        text += rf" {sign} {factor} \operatorname{{relu}}({latex_affine(row, b)})"
    return text.strip()
