r"""Theorem 4: Compositions of piecewise-linear functions: regions, slopes, and approximation.

A composition of piecewise-linear functions is piecewise linear; n neurons make at most 2^n regions;
the second derivative vanishes inside each of them, and only there can it exist.  Enough pieces
approximate any continuous function: n equal pieces are within 1/(4 n^2) of x^2 on [0, 1], and no n
pieces are closer than 1/(8 n^2).  At a boundary between regions the slope may jump, the value not.

Sources
-------
M. Raghu et al., 2017, arXiv:1606.05336 (patterns).
D. Yarotsky, 2017, arXiv:1610.01145 (x^2).
P. L. Chebyshev, 1854 (the best line to a parabola).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from pathlib import Path

import sympy

from exactpwl import (
    AffineMap,
    Network,
    PolyhedralComplex,
    Polyhedron,
    Region,
    as_piecewise,
    gallery,
    regions,
)
from exactpwl.construct import LinePiece, from_points, line_pieces
from exactpwl.formula import latex_fraction
from exactpwl.inequality import Row
from exactpwl.proving import Document
from proofs.second_differences import fits_across, second_difference, vanishes_inside

PAIRS = (("tent", "hat2d"), ("sawtooth:2", "xor"), ("abs", "l1_annulus"), ("hat1d", "max:3"))
"""Outer and inner networks."""

COUNTED = ("abs", "xor", "hat2d", "l1_annulus", "max:3", "sawtooth:3", "lines:8", "resonance:3")

SMOOTH = ("xor", "hat2d", "l1_annulus", "max:3")

PIECES = (1, 2, 3, 4, 8, 16, 32)


def proof() -> Document:
    """Return the proof."""
    document = Document("Compositions: pieces, slopes, and how well they approximate")
    composition(document, [(gallery.get(f), gallery.get(g)) for f, g in PAIRS])
    at_most(document, {name: gallery.get(name) for name in COUNTED})
    second_derivative(document, {name: regions(gallery.get(name)) for name in SMOOTH})
    slopes_jump(document, line_pieces(gallery.get("sawtooth:2")))
    interpolation(document)
    parabola(document, PIECES, Fraction(1, 4))
    no_closer(document, Fraction(1, 8))
    kink_between_nodes(document, PIECES)
    return document


def composition(document: Document, pairs: Sequence[tuple[Network, Network]]) -> None:
    """Prove that compositions are piecewise linear, and find their regions among the pieces."""
    document.section("Compositions")
    document.say(
        "A function is piecewise linear if finitely many closed polyhedra cover its domain, and "
        "it is affine on each of them."
    )
    document.theorem(
        "If $g$ is affine on the polyhedra $P_i$ and $f$ on the polyhedra $Q_j$, then $f \\circ g$ "
        "is affine on the polyhedra $P_i \\cap g^{-1}(Q_j)$, and they cover the domain."
    )
    document.say(
        "On $P_i$ the map $g$ is $x \\mapsto Wx + b$. An inequality $a \\cdot y + c \\ge 0$ of "
        "$Q_j$ becomes $a \\cdot (Wx + b) + c \\ge 0$ there: affine again, so the intersection is "
        "a polyhedron. On it $f \\circ g$ is an affine map after an affine map. Every $x$ is in "
        "some $P_i$, and $g(x)$ in some $Q_j$."
    )
    document.say(
        "Some of these polyhedra are empty or flat. They may be left out: finitely many closed "
        "sets without interior cover no open set, so the others cover everything as well."
    )
    for outer, inner in pairs:
        found = full_pieces(outer, inner)
        complex_ = regions(outer @ inner)
        lost = [region for region in complex_.regions if not _inside_one(region, found)]
        document.check(
            f"`{outer.name}` after `{inner.name}`: each region of the composition lies in one of "
            "these polyhedra and has its map",
            not lost,
            f"{len(complex_)} regions, {len(found)} full-dimensional polyhedra",
        )
    document.qed()
    document.say(
        "There can be more polyhedra than regions: where $g$ is constant and its value is on the "
        "boundary of two of the $Q_j$, both give the same polyhedron."
    )


def full_pieces(outer: Network, inner: Network) -> list[tuple[Polyhedron, AffineMap]]:
    """Return the full-dimensional intersections of the theorem, with their maps."""
    found = []
    for p, q in product(regions(inner).regions, regions(outer).regions):
        rows = [*_facet_rows(p), *_pulled_back(_facet_rows(q), p.affine_map)]
        polyhedron = Polyhedron(inner.input_dimension, tuple(rows))
        if polyhedron.status == "full":
            found.append((polyhedron, q.affine_map @ p.affine_map))
    return found


def _facet_rows(region: Region) -> list[Row]:
    return [facet.inequality.row for facet in region.facets]


def _pulled_back(rows: Sequence[Row], inner: AffineMap) -> Iterator[Row]:
    for normal, offset in rows:
        pulled = AffineMap.of([normal], [offset]) @ inner
        yield pulled.weight[0], pulled.bias[0]


def _inside_one(region: Region, found: Sequence[tuple[Polyhedron, AffineMap]]) -> bool:
    """Whether a region's inner point is inside a polyhedron that holds all of it, with its map."""
    for polyhedron, affine in found:
        if polyhedron.contains(region.interior_point, strict=True):
            return affine == region.affine_map and all(
                polyhedron.contains(vertex) for vertex in region.vertices
            )
    return False


def at_most(
    document: Document,
    networks: Mapping[str, Network],
    bound: Callable[[int], int] = lambda k: k,
) -> None:
    """Prove that there are at most as many regions as patterns, and that this can be reached.

    `bound` says how many pieces count for a neuron that has k; with k itself it is the theorem.
    """
    document.section("At most $2^n$ regions")
    document.theorem(
        "A network with $n$ ReLUs has at most $2^n$ activation regions, and no more linear "
        "regions. If neuron $i$ has $k_i$ pieces, there are at most $k_1 k_2 \\cdots k_n$."
    )
    document.say(
        "Write down the pattern of each region: the piece of every neuron. Once the pattern is "
        "known, every pre-activation is affine, so the points of a pattern are cut out by "
        "inequalities, a single convex cell. So two regions have two patterns, and there are "
        "$k_1 k_2 \\cdots k_n$ patterns. A linear region is a union of activation regions."
    )
    rows = []
    for name, network in networks.items():
        complex_ = regions(network)
        most = prod(bound(k) for layer in network.pieces for k in layer)
        counts = (len(complex_), len(complex_.linear_regions))
        document.check(
            f"`{name}`: at most {most} regions, all with different patterns",
            counts[1] <= counts[0] <= most and len(complex_.index) == counts[0],
            f"{counts[0]} activation regions, {counts[1]} linear regions",
        )
        rows.append([f"`{name}`", str(sum(network.widths)), *map(str, counts), str(most)])
    document.table(["network", "neurons", "activation regions", "linear regions", "bound"], rows)
    document.qed()
    document.say(
        "The bound is reached where the inputs are many: the $n$ coordinate hyperplanes of "
        "$\\mathbf{R}^n$ have $2^n$ regions, one for each choice of signs. With few inputs it is "
        "far away, since one layer of $n$ ReLUs on $d$ inputs has at most "
        "$\\sum_{i \\le d} \\binom{n}{i}$ regions."
    )
    reached = [len(regions(orthants(n))) for n in range(1, 8)]
    document.check(
        "so it is for $n \\le 7$",
        reached == [bound(2) ** n for n in range(1, 8)],
        ", ".join(map(str, reached)),
    )


def orthants(n: int) -> Network:
    """Return the network of the n coordinate hyperplanes."""
    identity = [[int(i == j) for j in range(n)] for i in range(n)]
    return Network([(identity, [0] * n, "relu"), ([[1] * n], [0], "linear")])


def second_derivative(document: Document, complexes: Mapping[str, PolyhedralComplex]) -> None:
    """Check by algebra and by exact differences that nothing curves inside a region."""
    document.section("The second derivative")
    document.theorem(
        "Inside a region every second derivative is 0. On a facet where the slope changes the "
        "second derivative does not exist."
    )
    document.say(
        "Inside a region the function is $a \\cdot x + b$. The first derivatives are the "
        "constants $a_i$, and derivatives of constants are 0. This can be seen in three ways."
    )
    document.say(
        "By algebra: write the network as a list of formulas, one for each region, and derive each "
        "twice."
    )
    for name, complex_ in complexes.items():
        formulas = [branch.expr for branch in as_piecewise(complex_).args]
        document.check(
            f"`{name}`: all second derivatives of its {len(formulas)} formulas are 0",
            all(_hessian_vanishes(formula) for formula in formulas),
        )
    document.say(
        "By differences: evaluate the network itself, layer by layer, at three points on a "
        "line. If all three lie in one region, $f(x + hu) - 2 f(x) + f(x - hu)$ is 0, "
        "exactly, however long the step is. If $x$ is on a facet, $u$ is the normal of $h_1$ that "
        "points into the first region, and $f_2 = f_1 + c h_1$ behind the facet (theorem 3), it is "
        "$-c |u|^2 h$. Divided by $h^2$ this grows beyond all bounds where $c \\ne 0$."
    )
    for name, complex_ in complexes.items():
        inside = [vanishes_inside(complex_.network, region) for region in complex_.regions]
        document.check(f"`{name}`: inside each region the differences are 0", all(inside))
        across = [fits_across(complex_, i) for i in range(len(complex_.adjacencies))]
        document.check(
            f"`{name}`: on each facet the difference is $-c |u|^2 h$, for two steps $h$",
            all(across),
            f"facets: {len(across)}",
        )
    document.say(
        "In a figure: value, slope and second difference of the tent map composed with itself "
        "(`python -m proofs compositions --figures DIR` draws it)."
    )
    document.qed()


def _hessian_vanishes(formula: sympy.Expr) -> bool:
    symbols = sorted(formula.free_symbols, key=str)
    return all(sympy.diff(formula, a, b) == 0 for a in symbols for b in symbols)


def slopes_jump(document: Document, listed: Sequence[LinePiece]) -> None:
    """Check at each knot of a function that the value stays and the slope changes."""
    document.section("What may jump at a boundary")
    document.say(
        "By theorem 3 a continuous function has one value at a boundary, whichever side is asked. "
        "The slope may be another one. The tent map composed with itself shows it at each knot:"
    )
    rows = []
    for left, right in pairwise(listed):
        x = left.right if left.right is not None else Fraction(0)
        values = [piece.slope * x + piece.constant for piece in (left, right)]
        document.check(
            f"at $x = {latex_fraction(x)}$ both sides have the same value, and different slopes",
            values[0] == values[1] and left.slope != right.slope,
            f"values {values[0]} and {values[1]}",
        )
        cells = (x, values[0], left.slope, right.slope)
        rows.append([f"${latex_fraction(cell)}$" for cell in cells])
    document.table(["$x$", "value", "slope before", "slope after"], rows)


def interpolation(document: Document) -> None:
    """Prove that interpolants with many pieces approximate any continuous function."""
    document.section("Approximation")
    document.theorem(
        "Let $f$ be continuous on $[0, 1]$, and let $\\omega(s)$ be the largest difference of two "
        "values of $f$ at points no further apart than $s$. The piecewise-linear function through "
        "the points $(i/n, f(i/n))$ differs from $f$ by at most $\\omega(1/n)$, which tends to 0."
    )
    document.say(
        "Let $x$ be between the neighbouring nodes $p$ and $q$. The interpolant at $x$ is $(1 - s) "
        "f(p) + s f(q)$ with $0 \\le s \\le 1$. Both $f(p)$ and $f(q)$ differ from $f(x)$ by at "
        "most $\\omega(1/n)$, so their mean does. A continuous function on a closed interval is "
        "uniformly continuous, which says that $\\omega(1/n)$ tends to 0. The same holds on "
        "simplices in more variables: a mean of the values at the corners. By theorem 5 the "
        "interpolant is a network with at most $n$ ReLUs."
    )
    s, p, q, x = sympy.symbols("s f_p f_q f_x")
    mean = (1 - s) * (p - x) + s * (q - x)
    document.check(
        "the error is the mean of $f(p) - f(x)$ and $f(q) - f(x)$ with the same weights",
        sympy.expand((1 - s) * p + s * q - x - mean) == 0,
    )
    document.qed()


def parabola(document: Document, numbers: Sequence[int], factor: Fraction) -> None:
    """Measure the interpolant of x^2 exactly: its error is `factor` / n^2."""
    document.section("Error against pieces, measured")
    x, p, s = sympy.symbols("x p s")
    chord = p**2 + (2 * p + s) * (x - p)
    document.say(
        "Take $f(x) = x^2$. Over a piece from $p$ to $p + s$ the interpolant is the chord, and "
        "chord minus parabola is $(x - p)(p + s - x)$, which is largest in the middle, $s^2 / 4$."
    )
    document.check(
        "so it is for all $p$ and $s$",
        sympy.expand(chord - x**2 - (x - p) * (p + s - x)) == 0
        and sympy.expand((chord - x**2).subs(x, p + s / 2) - s**2 / 4) == 0,
    )
    networks = {n: interpolant(n, lambda t: t**2) for n in numbers}
    errors = {n: error_for_square(network) for n, network in networks.items()}
    document.check(
        f"with $n$ equal pieces the largest error, measured exactly, is {_part(factor)}",
        all(error == factor / n**2 for n, error in errors.items()),
        f"for $n = {numbers[0]}$ it is {errors[numbers[0]]}",
    )
    document.check(
        "which is below $\\omega(1/n) = 2/n - 1/n^2$",
        all(error <= Fraction(2, n) - Fraction(1, n**2) for n, error in errors.items()),
    )
    rows = [
        [str(n), str(networks[n].layers[0].width), str(error), str(error * n**2)]
        for n, error in errors.items()
    ]
    document.table(
        ["pieces $n$", "ReLUs", "largest error", "times $n^2$"], rows, "$x^2$ on $[0, 1]$"
    )


def interpolant(n: int, function: Callable[[Fraction], Fraction]) -> Network:
    """Return the network through the values of a function at 0, 1/n, ..., 1."""
    nodes = [Fraction(i, n) for i in range(n + 1)]
    return from_points([(t, function(t)) for t in nodes]).network


def error_for_square(network: Network) -> Fraction:
    """Return the largest distance of a network from x^2 on [0, 1], exactly."""
    return max(map(distance_from_square, line_pieces(network, [(0, 1)])))


def distance_from_square(piece: LinePiece) -> Fraction:
    """Return the largest distance of m x + c from x^2 on a bounded piece: at an end or x = m/2."""
    left, right = piece.left or Fraction(0), piece.right or Fraction(0)
    middle = min(max(piece.slope / 2, left), right)
    return max(abs(piece.slope * x + piece.constant - x * x) for x in (left, middle, right))


def no_closer(document: Document, factor: Fraction) -> None:
    """Prove that n pieces stay 1/(8 n^2) away from x^2, and that shifted chords reach it."""
    document.say(
        "Could other pieces do better? On a piece from $p$ to $p + s$ let $e$ be the error of any "
        "affine function. The affine part cancels in $e(p) - 2 e(p + s/2) + e(p + s)$, so this is "
        "the second difference of $x^2$, which is $s^2 / 2$. If $|e| \\le E$ everywhere, it is at "
        "most $4 E$. So $E \\ge s^2 / 8$. One of $n$ pieces of $[0, 1]$ is at least $1/n$ long, "
        "hence $E \\ge 1/(8 n^2)$, wherever the knots are, and whether or not the pieces meet."
    )
    p, s, m, c = sympy.symbols("p s m c")
    error = [(t**2 - m * t - c) for t in (p, p + s / 2, p + s)]
    document.check(
        "the second difference is $s^2 / 2$ for every affine function",
        sympy.expand(error[0] - 2 * error[1] + error[2] - s**2 / 2) == 0,
    )
    lowered = {n: error_for_square(lowered_chords(n)) for n in (1, 2, 5, 16)}
    document.check(
        f"the interpolant, lowered by half of its error, is only {_part(factor)} away: no $n$ "
        "pieces are closer",
        all(error == factor / n**2 for n, error in lowered.items()),
        ", ".join(f"$n = {n}$: {error}" for n, error in lowered.items()),
    )
    document.qed()


def lowered_chords(n: int) -> Network:
    """Return the interpolant of x^2, lowered by half of its error."""
    return interpolant(n, lambda t: t**2 - Fraction(1, 8 * n**2))


def _part(factor: Fraction) -> str:
    return f"${factor.numerator} / ({factor.denominator} n^2)$"


def kink_between_nodes(
    document: Document, numbers: Sequence[int], rate: Fraction = Fraction(4, 9)
) -> None:
    """Measure the interpolant of |x - 1/3|, whose error falls like 1/n, or is 0."""
    document.say(
        "Curvature costs $1/n^2$. A kink costs more if no node meets it: the error of $|x - 1/3|$ "
        "is $4/(9n)$ if 3 does not divide $n$, else 0, since then the function is its own "
        "interpolant."
    )
    third = Fraction(1, 3)
    exact = from_points([(0, third), (third, 0), (1, 2 * third)]).network
    errors = {}
    for n in numbers:
        found = interpolant(n, lambda t: abs(t - third))
        ends = {end for piece in line_pieces(found, [(0, 1)]) for end in (piece.left, piece.right)}
        nodes = [end for end in (*ends, third) if end is not None]
        errors[n] = max(abs(found((t,))[0] - exact((t,))[0]) for t in nodes)
    document.check(
        f"so it is for $n = {', '.join(map(str, numbers))}$",
        all(e == (rate / n if n % 3 else 0) for n, e in errors.items()),
        ", ".join(map(str, errors.values())),
    )


def figures(folder: Path) -> list[Path]:
    """Draw value, slope and second difference of the composed tent map, and the errors."""
    from proofs.composition_figures import draw_approximation, draw_derivatives

    tents = gallery.get("sawtooth:2")
    errors = [(n, error_for_square(interpolant(n, lambda t: t**2))) for n in PIECES]
    return [
        draw_derivatives(
            line_pieces(tents, [("-1/4", "5/4")]),
            lambda x, h: second_difference(tents, (x,), (1,), h),
            folder / "second_derivative.svg",
        ),
        draw_approximation(errors, folder / "error_against_pieces.svg"),
    ]
