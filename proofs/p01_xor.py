r"""Theorem 1: Of the four patterns of the XOR network three live, and the fourth is empty.

The network ``f = 2 relu(x+y+1) - 4 relu(x+y) - 1`` has the sign of XOR at the four points with
coordinates -1 and 1.  Two neurons have four patterns; only three of them belong to points.  Each
of the three has a witness, a point that is checked by inserting it.  The fourth has a Farkas
certificate: two of its own inequalities add up to ``-1 >= 0``.  An emptiness is a statement about
infinitely many points, and yet its proof is one addition.

Sources
-------
M. Minsky, S. Papert, Perceptrons, 1969 (one neuron is not enough).
I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, 2016, section 6.1 (the network, up to its
biases).
J. Farkas, 1902, doi:10.1515/crll.1902.124.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from exactpwl import AffineMap, FarkasCertificate, Network, gallery, pattern_polyhedron, regions
from exactpwl.formula import latex_affine, latex_fraction
from exactpwl.proving import Document
from exactpwl.rationals import format_point

XOR = {(-1, -1): -1, (-1, 1): 1, (1, -1): 1, (1, 1): -1}
"""The sign that is wanted at each input: positive iff the two coordinates differ."""

PATTERNS = ("00", "01", "10", "11")

WITNESSES: dict[str, Sequence[Fraction | int]] = {
    "00": (-1, -1),
    "10": (Fraction(-1, 2), 0),
    "11": (1, 1),
}


def proof() -> Document:
    """Return the proof."""
    document = Document("XOR: three patterns live, and the fourth is empty")
    one_neuron_is_not_enough(document, XOR)
    definitions(document, gallery.get("xor"))
    witnesses(document, gallery.get("xor"), WITNESSES)
    refutation(document, gallery.get("xor"), "01", (1, 1))
    conclusion(document, gallery.get("xor"), 3)
    shifted_lines(document)
    turned_lines(document, (1, -1), ())
    return document


def one_neuron_is_not_enough(document: Document, signs: Mapping[tuple[int, int], int]) -> None:
    """Prove that no affine function has the given signs, by adding up what is asked of it."""
    document.section("Why a hidden layer is needed")
    document.say(
        "The exclusive or of two inputs, each of them -1 or 1, is true iff they differ. We ask for "
        "a function that is positive where it is true, and negative where it is false. Could it "
        "be affine, $g(x, y) = ax + by + c$?"
    )
    document.say(
        "Each of the four points asks one strict inequality of the three unknowns "
        "$a, b, c$. Add up all four: every unknown cancels, and what is left is $0 > 0$. So there "
        "is no such affine function."
    )
    rows = [((s * x, s * y, s), 0) for (x, y), s in signs.items()]
    refuted = FarkasCertificate(tuple(rows), (Fraction(1),) * len(rows), (">",) * len(rows))
    document.check(
        "the four inequalities add up to $0 > 0$",
        refuted.is_valid,
        f"${refuted.latex(('a', 'b', 'c'))}$",
    )


def definitions(document: Document, network: Network) -> None:
    """State the network, the words and the theorem."""
    document.section("The network and its patterns")
    document.say(
        r"Write $\operatorname{relu}(z)$ for the larger of $z$ and 0. The network has two neurons "
        "in one hidden layer, whose inputs, the pre-activations, are "
        "$z_1 = x + y + 1$ and $z_2 = x + y$:"
    )
    document.formula(
        r"f(x, y) = 2 \operatorname{relu}(x + y + 1) - 4 \operatorname{relu}(x + y) - 1"
    )
    values = {point: network(point)[0] for point in XOR}
    document.check(
        "$f$ has the sign of XOR at the four points",
        all(value * XOR[point] > 0 for point, value in values.items()),
        ", ".join(f"$f{format_point(point)} = {value}$" for point, value in values.items()),
    )
    document.say(
        r"A neuron is active (1) at a point where its pre-activation is positive, and inactive (0) "
        r"where it is $\le 0$. The pattern of a point lists the two states. The cell of a pattern "
        r"is the closed set where $z_i \ge 0$ for each neuron that the pattern calls active, "
        r"and $z_i \le 0$ for each other one. A cell with an interior is an activation region."
    )
    document.theorem(
        "The cells of the patterns `00`, `10` and `11` have an interior. The cell of `01` has no "
        "point. So the network has exactly three activation regions."
    )


def witnesses(
    document: Document, network: Network, points: Mapping[str, Sequence[Fraction | int]]
) -> None:
    """Check for each pattern that a point satisfies all of its inequalities strictly."""
    document.section("Three patterns live")
    document.say(
        "To show that a cell has an interior, one point is enough at which all inequalities are "
        "strict: they stay strict near it, because affine functions are continuous. Such a point "
        "is a witness."
    )
    rows = []
    for pattern, point in points.items():
        cell = pattern_polyhedron(network, pattern)
        values = [inequality.at(point) for inequality in cell.inequalities]
        document.check(
            f"${format_point(point)}$ is a witness of `{pattern}`",
            all(value > 0 for value in values) and str(network.pattern_at(point)) == pattern,
            " and ".join(
                f"${latex_affine(*inequality.row)} = {latex_fraction(value)}$"
                for inequality, value in zip(cell.inequalities, values, strict=True)
            ),
        )
        rows.append([f"`{pattern}`", f"${format_point(point)}$", f"${_formula(cell.affine_map)}$"])
    document.say(
        "Once the pattern is known, every relu is either its argument or 0, and what is left of "
        "$f$ is affine:"
    )
    document.table(["pattern", "witness", "$f$ on its cell"], rows, "the three activation regions")


def refutation(
    document: Document, network: Network, pattern: str, multipliers: Sequence[int]
) -> None:
    """Prove a cell empty: non-negative multiples of its inequalities add up to a false number."""
    document.section("The fourth pattern is empty")
    cell = pattern_polyhedron(network, pattern)
    asked = " and ".join(f"${inequality.latex()}$" for inequality in cell.inequalities)
    document.say(
        f"A point of the cell of `{pattern}` satisfies {asked}. Inequalities may be multiplied by "
        "numbers that are not negative, and added. Here both are taken once. The variables cancel, "
        "and a false statement about a number is left. So no point satisfies both. Such "
        "multipliers are a Farkas certificate; anybody can check it with two additions."
    )
    certificate = FarkasCertificate(
        tuple(inequality.row for inequality in cell.inequalities),
        tuple(map(Fraction, multipliers)),
    )
    document.formula(certificate.latex())
    document.check(f"so the cell of `{pattern}` is empty", certificate.is_valid)
    document.check(
        "an exact linear program finds the same sentence",
        str(cell.certificate) == str(certificate),
    )
    document.say(
        "In words: the first line lies below the second, and a point cannot be below the first and "
        "above the second."
    )


def conclusion(document: Document, network: Network, count: int) -> None:
    """Compare with the regions that the engine finds."""
    document.say("The four cells are decided, so the theorem holds.")
    found = regions(network)
    document.check(
        f"the subdivision of the plane finds {count} regions as well",
        len(found) == count,
        ", ".join(f"`{region.pattern}`" for region in found.regions),
    )
    document.qed()


def shifted_lines(document: Document, rule: Mapping[int, tuple[str, str]] | None = None) -> None:
    """Decide the cells of 10 and 01 where the first neuron is x + y + s, for each sign of s.

    Parameters
    ----------
    document : Document
    rule : mapping, optional
        For the signs 1, 0 and -1 of s, the status of the cells of 10 and of 01.
    """
    claimed = rule or {1: ("full", "empty"), 0: ("thin", "thin"), -1: ("empty", "full")}
    document.section("The degenerate neighbours")
    document.say(
        "What if the lines are shifted against each other? Let $z_1 = x + y + s$ and $z_2 = x + y$ "
        r"as before. The inequalities of `01` add up to $-s \ge 0$, those of `10` to $s \ge 0$. "
        "So for $s > 0$ the pattern `01` is empty, for $s < 0$ it is `10`. For $s = 0$ the two "
        "lines coincide: both cells are the line $x + y = 0$ itself. They have points, but no "
        "interior: they are thin, and no activation regions. Read literally, with $z > 0$ for "
        "active, no point has one of these two patterns, since $z_1 = z_2$."
    )
    rows = []
    for shift in (Fraction(1), Fraction(1, 3), Fraction(0), Fraction(-1, 3), Fraction(-1)):
        network = Network([([[1, 1], [1, 1]], [shift, 0], "relu")])
        found = {p: pattern_polyhedron(network, p).status for p in PATTERNS}
        sign = (shift > 0) - (shift < 0)
        document.check(
            f"for $s = {latex_fraction(shift)}$ the cells of `10` and `01` are "
            f"{' and '.join(claimed[sign])}",
            (found["10"], found["01"]) == claimed[sign] and found["00"] == found["11"] == "full",
        )
        rows.append([f"${latex_fraction(shift)}$", *found.values(), str(len(regions(network)))])
    document.table(["$s$", *(f"`{p}`" for p in PATTERNS), "regions"], rows, "parallel lines")


def turned_lines(document: Document, normal: Sequence[int], empty: Sequence[str]) -> None:
    """Decide which patterns are empty where the second neuron has another normal."""
    document.say(
        "What if the second line is turned? Two lines that cross cut the plane into four parts, "
        "one for each pattern. So an empty pattern of two neurons always means parallel lines: "
        "$1 + 2 + 0$ regions instead of $1 + 2 + 1$."
    )
    network = Network([([[1, 1], list(normal)], [1, 0], "relu")])
    found = [p for p in PATTERNS if pattern_polyhedron(network, p).status != "full"]
    document.check(
        f"with $z_2 = {latex_affine(tuple(normal))}$ the patterns without an interior are "
        f"{', '.join(f'`{p}`' for p in empty) or 'none'}",
        found == list(empty),
    )


def _formula(affine: AffineMap) -> str:
    return latex_affine(affine.weight[0], affine.bias[0])
