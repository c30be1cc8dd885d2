r"""Theorem 2: How many regions lines, planes and hyperplanes make, and how to count any of them.

n lines in general position cut the plane into 1 + n + C(n,2) regions (the central polygonal
numbers, of the lazy caterer), n planes cut space into 1 + n + C(n,2) + C(n,3) (the cake numbers),
and any arrangement of rank r in R^d has (-1)^d chi(-1) regions, (-1)^r chi(1) of them relatively
bounded (Zaslavsky).  One idea proves all three: take a hyperplane away, and look at what the
others cut in it (deletion and restriction).

Sources
-------
J. Steiner, J. reine angew. Math. 1 (1826), 349-364 (lines and planes).
T. Zaslavsky, Facing up to arrangements, Memoirs AMS 154, 1975.
H. Whitney, Bull. AMS 38 (1932), 572-579 (the sum over subsets).
R. P. Stanley, An introduction to hyperplane arrangements, 2007.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy
from sympy import Expr, Symbol, binomial, combsimp, expand_func, simplify

from exactpwl import gallery
from exactpwl.proving import Document
from exactpwl.theory import Arrangement
from proofs.arrangements import (
    Row,
    T,
    arrangement,
    bounded_count,
    crossing_points,
    deletion,
    hyperplanes,
    random_arrangements,
    region_count,
    restriction,
    whitney,
)

N = Symbol("n", integer=True, nonnegative=True)

DEGENERATE: dict[str, tuple[list[Row], int, int]] = {
    "no line": ([], 1, 0),
    "three lines through a point": ([(1, 0, 0), (0, 1, 0), (1, 1, 0)], 6, 0),
    "three parallel lines": ([(1, 0, 0), (1, 0, 1), (1, 0, 2)], 4, 0),
    "two parallel lines and a third": ([(1, 0, 0), (1, 0, 1), (0, 1, 0)], 6, 0),
    "a line, given twice, and a second": ([(1, 2, 1), (-2, -4, -2), (0, 1, 0)], 4, 0),
    "a triangle with a line through a corner": (
        [(1, 0, 0), (0, 1, 0), (1, 1, -1), (1, 2, 0)],
        10,
        2,
    ),
}
"""Rows (a, b, c) of lines ax + by + c = 0; the numbers of regions and of bounded regions."""


def proof() -> Document:
    """Return the proof."""
    document = Document("Counting regions: lines, planes, and any arrangement")
    adding_a_line(document, hyperplanes(gallery.get("lines:9")))
    central_polygonal_numbers(document, (N**2 + N + 2) / 2)
    cake_numbers(document, (N**3 + 5 * N + 6) / 6)
    any_dimension(document)
    faces(document)
    whitney_sum(document)
    zaslavsky(document, random_arrangements(40))
    degenerate(document, DEGENERATE)
    braid(document)
    return document


def adding_a_line(document: Document, rows: Sequence[Row], extra: int = 1) -> None:
    """State and check that a line with k crossings adds k + `extra` regions."""
    document.section("Adding a line")
    document.say(
        "Finitely many distinct lines are given. The regions are the connected parts of the plane "
        "without the lines. Each region is convex: it is an intersection of open half-planes."
    )
    document.theorem(
        "A further line that meets the others in exactly $k$ points adds $k + 1$ regions."
    )
    document.say(
        "The $k$ points cut the new line into $k + 1$ open intervals. An interval meets no old "
        "line, so it lies in one old region. An old region is convex, so the new line meets it in "
        "one interval or not at all; two intervals lie in two regions. A region that holds an "
        "interval is cut into two convex halves, one on each side; any other region stays whole. "
        "So every interval adds one region."
    )
    crossings = [len(crossing_points(rows[:n], row)) for n, row in enumerate(rows)]
    counts = [region_count(arrangement(rows[:n], 2)) for n in range(len(rows) + 1)]
    table = [
        [str(n + 1), str(points), str(points + 1), str(counts[n + 1])]
        for n, points in enumerate(crossings)
    ]
    wrong = [
        n + 1 for n, points in enumerate(crossings) if counts[n + 1] - counts[n] != points + extra
    ]
    document.check(
        f"so it is when {len(rows)} lines are added one after another, with their regions "
        "enumerated each time",
        not wrong,
        f"not so for line {wrong[0]}" if wrong else f"from {counts[0]} region to {counts[-1]}",
    )
    document.table(["lines", "crossings", "intervals", "regions"], table, "one line after another")
    document.qed()
    document.say(
        "This asks for no general position. Where the new line passes through a crossing of two "
        "others, two points become one; a parallel line gives none; a line that was there already "
        "changes nothing, which is why the lines must be distinct."
    )


def central_polygonal_numbers(document: Document, formula: Expr, growth: Expr = N + 1) -> None:
    """Prove by induction that the formula counts the regions of n generic lines."""
    document.section("Central polygonal numbers")
    document.say(
        "Lines are in general position if no two are parallel and no three pass through one point. "
        "Then line $n + 1$ meets the $n$ lines before it in $n$ distinct points, and by the "
        "theorem above it adds $n + 1$ regions. Without a line there is one region."
    )
    document.theorem(
        "$n$ lines in general position cut the plane into $1 + n + \\binom{n}{2} = "
        f"{sympy.latex(sympy.together(formula))}$ regions."
    )
    induction(document, formula, growth)
    document.check("the two forms of the number are equal for all $n$", same(generic(2), formula))
    found = {n: region_count(arrangement(_generic_lines(n), 2)) for n in (0, 1, 2, 3, 5, 8, 13)}
    document.check(
        "enumerated regions agree with the formula",
        all(formula.subs(N, n) == count for n, count in found.items()),
        ", ".join(f"$n = {n}$: {count}" for n, count in found.items()),
    )
    document.qed()


def induction(document: Document, formula: Expr, growth: Expr) -> None:
    """Check the start and the step of an induction, for all n at once."""
    document.check("the induction starts: $r(0) = 1$", formula.subs(N, 0) == 1)
    step = sympy.expand(formula.subs(N, N + 1) - formula)
    document.check(
        f"the induction goes on: $r(n+1) - r(n) = {sympy.latex(sympy.factor(growth))}$ for all $n$",
        same(step, growth),
        f"it is ${sympy.latex(sympy.together(step))}$",
    )


def cake_numbers(document: Document, formula: Expr) -> None:
    """Prove by induction that the formula counts the regions of n generic planes."""
    document.section("Cake numbers")
    document.say(
        "Planes in space are in general position if any two meet in a line, any three in a point, "
        "and no four in a point. What was said of lines holds of planes: the others cut "
        "the new plane into parts, and each part cuts one region in two. The parts are the regions "
        r"of $n$ lines in general position, so there are $1 + n + \binom{n}{2}$ of them."
    )
    number = sympy.latex(sympy.together(formula))
    document.theorem(f"$n$ planes in general position cut space into ${number}$ regions.")
    induction(document, formula, generic(2))
    found = {n: region_count(arrangement(_generic_planes(n), 3)) for n in range(7)}
    document.check(
        "enumerated regions agree with the formula",
        all(formula.subs(N, n) == count for n, count in found.items()),
        ", ".join(f"$n = {n}$: {count}" for n, count in found.items()),
    )
    document.qed()


def any_dimension(document: Document, most: int = 6) -> None:
    """Prove Schlaefli's sum for every dimension by Pascal's rule."""
    document.section("Every dimension")
    document.theorem(
        "$n$ hyperplanes in general position cut $\\mathbf{R}^d$ into "
        "$r(n, d) = \\sum_{i=0}^{d} \\binom{n}{i}$ regions."
    )
    document.say(
        "The same argument gives $r(n+1, d) = r(n, d) + r(n, d-1)$. The sum satisfies this rule, "
        r"because each of its terms does, by Pascal's rule $\binom{n+1}{i} = \binom{n}{i} + "
        r"\binom{n}{i-1}$; and both are 1 for $n = 0$."
    )
    i = Symbol("i", integer=True, positive=True)
    pascal = combsimp(binomial(N + 1, i) - binomial(N, i) - binomial(N, i - 1))
    document.check("Pascal's rule holds for all $n$ and $i$", pascal == 0)
    document.check(
        f"the rule for the sums holds for $d = 1, \\ldots, {most}$ and all $n$",
        all(
            same(generic(d).subs(N, N + 1), generic(d) + generic(d - 1)) for d in range(1, most + 1)
        ),
    )
    document.qed()


def faces(document: Document, number: Callable[[int], Expr] | None = None) -> None:
    """Check Euler's relation for generic lines and planes, for all n."""
    number = number or generic
    document.section("Faces, and Euler's relation")
    document.say(
        "A face of dimension $k$ lies on $d - k$ of the hyperplanes, and in their intersection, "
        "which has dimension $k$, it is a region of the arrangement that the other $n - d + k$ "
        r"hyperplanes cut there. So there are $f_k = \binom{n}{d-k} \, r(n-d+k, k)$ of them, and "
        r"$\sum_k (-1)^k f_k = (-1)^d$."
    )
    for d in (1, 2, 3):
        total = sum(
            (-1) ** k * expand_func(binomial(N, d - k)) * number(k).subs(N, N - d + k)
            for k in range(d + 1)
        )
        document.check(
            f"Euler's relation for $d = {d}$ and all $n$", same(total, sympy.Integer((-1) ** d))
        )


def whitney_sum(document: Document, most: int = 12) -> None:
    """Define the characteristic polynomial, and prove deletion and restriction for it."""
    document.section("The characteristic polynomial")
    document.say(
        "Now any finite set $A$ of distinct hyperplanes in $\\mathbf{R}^d$. Its characteristic "
        "polynomial is a sum over those subsets $B$ that have a common point (the empty subset has "
        "all of $\\mathbf{R}^d$ in common). Write $d(B)$ for the dimension of what they have in "
        "common."
    )
    document.formula(r"\chi_A(t) = \sum_{B} (-1)^{|B|} t^{d(B)}")
    document.say(
        "Choose a hyperplane $H$ of $A$. The deletion $A'$ is $A$ without $H$. The restriction "
        "$A''$ is what the others cut in $H$: hyperplanes of $H$, each listed once. A hyperplane "
        "parallel to $H$ cuts nothing there, and several may cut the same."
    )
    document.theorem(
        r"For every hyperplane $H$ of $A$: $\chi_A(t) = \chi_{A'}(t) - \chi_{A''}(t)$."
    )
    document.say(
        "The subsets without $H$ give $\\chi_{A'}$. The others are $H$ together with a subset $C$ "
        "of $A'$ that has a point in common with $H$; their sum is "
        "$-\\sum_C (-1)^{|C|} t^{d(C \\cup \\{H\\})}$. Group them by the "
        "set $D$ of hyperplanes of $A''$ that $C$ cuts in $H$. If $m$ members of $A'$ cut the same "
        "hyperplane, $C$ may contain any of the non-empty sets of them, and the signs of these add "
        "up to $\\sum_{j=1}^{m} (-1)^j \\binom{m}{j} = (1 - 1)^m - 1 = -1$. So each $D$ "
        "is counted with the sign $(-1)^{|D|}$, as in $\\chi_{A''}$."
    )
    totals = [sum((-1) ** j * binomial(m, j) for j in range(1, m + 1)) for m in range(1, most + 1)]
    document.check(f"the signs add up to -1 for $m = 1, \\ldots, {most}$", set(totals) == {-1})
    document.qed()


def zaslavsky(
    document: Document,
    arrangements: Sequence[Arrangement],
    chi: Callable[[Arrangement], Expr] = whitney,
) -> None:
    """Prove Zaslavsky's theorem, and check each of its steps on the arrangements."""
    document.section("Zaslavsky's theorem")
    document.say(
        "The rank $r$ of $A$ is the dimension that the normals span. Along the other $d - r$ "
        "directions nothing changes; a region is relatively bounded if it is bounded up to these."
    )
    document.theorem(
        r"Any arrangement has $(-1)^d \chi_A(-1)$ regions, and $(-1)^r \chi_A(1)$ of them are "
        "relatively bounded."
    )
    document.say(
        "By induction on the number of hyperplanes. Without one, $\\chi = t^d$ and there is one "
        "region, which is relatively bounded. In the step, $H$ cuts a region of $A'$ in two for "
        "each region of $A''$, as it is for lines. So the numbers of regions satisfy "
        "$\\rho(A) = \\rho(A') + \\rho(A'')$. As $A''$ lives in dimension $d - 1$, "
        r"$(-1)^d \chi(-1)$ satisfies the same rule."
    )
    document.say(
        "For relatively bounded regions there are two cases. If $A'$ has smaller rank than "
        "$A$, every region of $A$ contains a half-line that leads away from $H$, so none is "
        "relatively bounded; and $A''$ is a copy of $A'$ in one dimension less, so "
        r"$\chi_A = (t - 1) \chi_{A''}$ vanishes at 1."
    )
    document.say(
        "Otherwise leave out the directions along which nothing changes, so that no region "
        "contains a line. Let $H$ cut a region $R$ of $A'$. If $R$ is bounded, one bounded region "
        "becomes two, and $R \\cap H$ is bounded. If $R \\cap H$ is unbounded, both halves are, "
        "and nothing is gained. If only $R$ is unbounded, no direction of $R$ is parallel to "
        "$H$; and not both sides of $H$ have directions, since from one to the other there would "
        "be a parallel one on the way (not zero, as $R$ contains no line). So exactly one half is "
        "bounded. In each case the bounded regions grow by those of $A''$: "
        "$\\beta(A) = \\beta(A') + \\beta(A'')$. The ranks of $A'$ and $A''$ are $r$ and $r - 1$, "
        r"and $(-1)^r \chi(1)$ satisfies the same rule."
    )
    document.say(
        f"The steps were checked on {len(arrangements)} random arrangements in dimensions 1 to 4, "
        "with coefficients so small that concurrent, parallel and coincident hyperplanes abound. "
        "The regions were enumerated, the sum was taken over all subsets, and for one hyperplane "
        "of each the deletion and the restriction were made."
    )
    steps = {
        "the regions are $(-1)^d \\chi(-1)$": _counts_regions,
        "the relatively bounded ones are $(-1)^r \\chi(1)$": _counts_bounded,
        "$\\chi_A = \\chi_{A'} - \\chi_{A''}$": _polynomial_recursion,
        "$\\rho$ and $\\beta$ satisfy their rules": _count_recursion,
        "$\\chi$ is the polynomial of the Moebius numbers of the flats": _is_moebius,
    }
    for statement, step in steps.items():
        wrong = [given for given in arrangements if not step(given, chi)]
        document.check(
            statement, not wrong, f"not for {wrong[0].hyperplanes}" if wrong else "for all of them"
        )
    document.qed()


Polynomial = Callable[[Arrangement], Expr]


def _counts_regions(given: Arrangement, chi: Polynomial) -> bool:
    return bool((-1) ** given.dimension * chi(given).subs(T, -1) == region_count(given))


def _counts_bounded(given: Arrangement, chi: Polynomial) -> bool:
    return bool((-1) ** given.rank * chi(given).subs(T, 1) == bounded_count(given))


def _polynomial_recursion(given: Arrangement, chi: Polynomial) -> bool:
    return same(chi(given), chi(deletion(given)) - chi(restriction(given)))


def _count_recursion(given: Arrangement, _: Polynomial) -> bool:
    without, within = deletion(given), restriction(given)
    grows = without.rank == given.rank
    bounded = bounded_count(without) + bounded_count(within) if grows else 0
    total = region_count(without) + region_count(within)
    return (region_count(given), bounded_count(given)) == (total, bounded)


def _is_moebius(given: Arrangement, chi: Polynomial) -> bool:
    library = sum(c * T**k for k, c in enumerate(given.characteristic_polynomial))
    return same(chi(given), library)


def degenerate(document: Document, examples: dict[str, tuple[list[Row], int, int]]) -> None:
    """Check named degenerate arrangements of lines, which one can count with a pencil."""
    document.section("Degenerate lines")
    document.say("These can be counted with a pencil. Nothing in the theorem makes an exception.")
    table = []
    for name, (rows, count, bounded) in examples.items():
        given = arrangement(rows, 2)
        chi = whitney(given)
        found = chi.subs(T, -1), (chi.subs(T, 1) if given.rank == 2 else 0)
        document.check(
            f"{name}: {count} regions, {bounded} of them bounded",
            found == (count, bounded) and region_count(given) == count,
            f"by the polynomial {found[0]} and {found[1]}",
        )
        table.append([name, f"${sympy.latex(chi)}$", str(count), str(bounded)])
    document.table(["lines", r"$\chi(t)$", "regions", "bounded"], table)


def braid(document: Document, most: int = 8) -> None:
    """Check the braid arrangement, whose regions are the n! orders of n numbers."""
    document.section("An example: sorting")
    document.say(
        "The hyperplanes $x_i = x_j$ of $\\mathbf{R}^n$ have a region for each order of the "
        "coordinates. A point over a field of $q$ elements avoids them in $q(q-1) \\cdots (q-n+1)$ "
        "ways, and this is $\\chi(q)$ (Athanasiadis 1996). At $-1$ it is $(-1)^n n!$, as it must "
        "be."
    )
    falling = [sympy.Mul(*[T - i for i in range(n)]) for n in range(most + 1)]
    document.check(
        f"the theorem gives $n!$ regions for $n \\le {most}$",
        all((-1) ** n * chi.subs(T, -1) == sympy.factorial(n) for n, chi in enumerate(falling)),
    )
    document.check(
        r"the sum over all subsets gives this polynomial for $n = 2, 3, 4$",
        all(
            same(whitney(arrangement(hyperplanes(gallery.get(f"braid:{n}")), n)), falling[n])
            for n in (2, 3, 4)
        ),
    )


def _generic_lines(n: int) -> list[Row]:
    return hyperplanes(gallery.get(f"lines:{n}")) if n else []


def _generic_planes(n: int) -> list[Row]:
    """Return planes any three of whose normals, and any four rows, are a Vandermonde matrix."""
    return [(1, p, p**2, p**3) for p in range(n)]


def generic(dimension: int) -> Expr:
    """Return the number of regions of n generic hyperplanes: the sum of C(n, i), i <= d."""
    return sum((expand_func(binomial(N, i)) for i in range(dimension + 1)), sympy.Integer(0))


def same(left: Expr, right: Expr) -> bool:
    """Return whether two expressions are equal for all values of their symbols."""
    return bool(simplify(sympy.expand(left - right)) == 0)
