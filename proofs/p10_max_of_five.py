r"""Theorem 10: The maximum of five numbers takes two hidden layers of ReLUs, not three.

A tournament computes the maximum of n numbers in ceil(log2 n) rounds, each a hidden layer, and for
a while this was believed to be the least depth possible: three layers for five numbers.  In 2025
two turned out to be enough.  The formula here is a symmetric one; with m_ab for max(x_a, x_b),

    max(x1, ..., x5) = 1/30 * sum over 15 of max(2 x_a, m_bc + m_de)
                     + 2/5  * sum over 5  of max(m_bc, m_de)
                     - 1/30 * sum over 30 of max(m_ab + m_ac, m_bc + m_de),

where a, b, c, d, e are the five indices in all ways that make a difference.  Every m_ab is a ReLU
and a linear function, which is the first layer; every outer maximum is one more, the second.

The proof takes one page, because of the symmetry: it is enough to look where x1 >= ... >= x5.
There every m_ab is known, and so are most of the outer maxima.  Three comparisons stay open, and
each of them has total weight 0.  What is left is x1.

The network is then certified region by region, which uses neither the symmetry nor the formula.

Sources
-------
E. Bakaev, F. Brunck, C. Hertrich, J. Stade, A. Yehudayoff, Better neural network expressivity:
subdividing the simplex, 2025, arXiv:2505.14338.
R. Arora, A. Basu, P. Mianjy, A. Mukherjee, Understanding deep neural networks with rectified linear
units, ICLR 2018, arXiv:1611.01491 (the tournament).
A. Mukherjee, A. Basu, Lower bounds over Boolean inputs for deep neural networks with ReLU gates,
2017, arXiv:1711.03073 (one hidden layer is not enough for three numbers).
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

import sympy

from exactpwl import FarkasCertificate, Network, Region, gallery, regions
from exactpwl.certificate import Certificate, Equal, certify_equality
from exactpwl.certificate.peeling import peeled
from exactpwl.engine.cell import AT_INFINITY, dot
from exactpwl.formula import latex_fraction
from exactpwl.inequality import opposite
from exactpwl.proving import Document
from proofs.max_of_five import (
    FIVE,
    WEIGHTS,
    Pair,
    Summand,
    max_of_five,
    max_of_three,
    summands,
    with_fifth,
)

X = sympy.symbols("x1:6")

Form = tuple[int, ...]
"""Coefficients of x1 .. x5."""


def is_symmetric(formula: Sequence[Summand]) -> bool:
    """Return whether the swap of two numbers and the turn of all five keep the formula.

    These two generate all 120 permutations.
    """
    original = Counter(s.key for s in formula)
    return all(
        Counter(s.renamed(names).key for s in formula) == original
        for names in ((1, 0, 2, 3, 4), (1, 2, 3, 4, 0))
    )


def _sorted_value(side: Sequence[Pair]) -> Form:
    """Return a sum of pairs where x1 >= ... >= x5: the lower index is the larger number."""
    return tuple(sum(pair[0] == i for pair in side) for i in FIVE)


def compared(left: Form, right: Form) -> str:
    """Return >=, <= or ?: how two forms of equal weight compare where x1 >= ... >= x5.

    The difference in terms of the gaps x_i - x_(i+1) >= 0 has its partial sums as coefficients.
    """
    gaps = list(accumulate(a - b for a, b in zip(left, right, strict=True)))
    if gaps[-1]:
        raise ValueError("the two sides must have as many numbers")
    if min(gaps) >= 0:
        return ">="
    return "<=" if max(gaps) <= 0 else "?"


def _shown(form: Sequence[int | Fraction]) -> str:
    terms = zip(form, X, strict=True)
    return sympy.latex(
        sum((sympy.Rational(c) * x for c, x in terms), sympy.Integer(0)), order="lex"
    )


def sorted_chamber(doc: Document, formula: Sequence[Summand], expected: Form) -> None:
    """Check that where x1 >= ... >= x5 the formula is the expected form."""
    decided: dict[tuple[Fraction, Form], int] = defaultdict(int)
    open_weights: dict[Form, list[Fraction]] = defaultdict(list)
    total = [Fraction(0)] * 5
    for weight, *sides in formula:
        left, right = map(_sorted_value, sides)
        answer = compared(left, right)
        if answer == "?":
            left, right = sorted((left, right), reverse=True)
            open_weights[tuple(a - b for a, b in zip(left, right, strict=True))].append(weight)
            answer = "<="
        value = left if answer == ">=" else right
        decided[weight, value] += 1
        total = [t + weight * v for t, v in zip(total, value, strict=True)]
    doc.table(
        ["open comparison $D$", "weights of $\\max(0, D)$", "their sum"],
        [
            [f"${_shown(form)}$", ", ".join(f"${latex_fraction(w)}$" for w in weights),
             f"${latex_fraction(sum(weights, Fraction(0)))}$"]
            for form, weights in sorted(open_weights.items())
        ],
        "the outer maxima $\\max(P, Q) = Q + \\max(0, D)$, $D = P - Q$, that stay open",
    )  # fmt: skip
    doc.check(
        f"{len(open_weights)} comparisons stay open, and the weights of each sum to 0",
        not any(sum(weights) for weights in open_weights.values()),
    )
    doc.say("So the open maxima may be replaced by their $Q$. All values, by weight:")
    doc.table(
        ["weight", "value", "how often"],
        [
            [f"${latex_fraction(weight)}$", f"${_shown(value)}$", str(times)]
            for (weight, value), times in sorted(decided.items(), reverse=True)
        ],
    )
    doc.check(
        f"Their weighted sum is ${_shown(expected)}$",
        tuple(total) == tuple(map(Fraction, expected)),
    )


def the_formula(doc: Document, weights: Sequence[Fraction]) -> None:
    """Prove the formula: symmetry, then the sorted chamber."""
    doc.section("The formula")
    formula = list(summands(weights))
    doc.say("Write $m_{ab}$ for $\\max(x_a, x_b)$. The formula, with the indices in all ways:")
    sums = (
        r"\sum_{15} \max(2 x_a, m_{bc} + m_{de})",
        r"\sum_{5} \max(m_{bc}, m_{de})",
        r"\sum_{30} \max(m_{ab} + m_{ac}, m_{bc} + m_{de})",
    )
    terms = [
        f"{'-' if w < 0 else '+'} {latex_fraction(abs(w))} {text}"
        for w, text in zip(weights, sums, strict=True)
    ]
    doc.formula("f = " + " ".join(terms).removeprefix("+ "))
    doc.check("It has 15 + 5 + 30 summands, all different", len({s.key for s in formula}) == 50)
    doc.say(
        "Renaming the five numbers renames the summands, and changes neither the formula nor the "
        "maximum. So it is enough to prove it where $x_1 \\ge x_2 \\ge x_3 \\ge x_4 \\ge x_5$."
    )
    doc.check(
        "Swapping two numbers and turning all five keep the summands, as a whole; these two "
        "generate all 120 permutations",
        is_symmetric(formula),
    )
    doc.say(
        "There $m_{ab}$ is the one with the lower index. Each outer maximum is now that of two "
        "linear functions, and $P - Q$ is a combination of the gaps $x_i - x_{i+1} \\ge 0$. If no "
        "coefficient is negative, or none is positive, the maximum is decided. The others:"
    )
    sorted_chamber(doc, formula, (1, 0, 0, 0, 0))
    doc.say("Since $x_1$ is the maximum there, $f$ is the maximum everywhere.")


def is_the_largest(region: Region, winner: int) -> list[FarkasCertificate]:
    """Return proofs that on a region no coordinate, nor 0, exceeds the winner (4 stands for 0).

    Each sums facets of the region to x_winner - x_j; with x_winner < x_j that would be 0 > 0.
    """
    rows = [facet.inequality.row for facet in region.facets]
    by_bit = {2 << k: (*normal, offset) for k, (normal, offset) in enumerate(rows)}
    tight = [
        sum(
            bit
            for bit, row in by_bit.items()
            if not sum(a * c for a, c in zip(row, g, strict=True))
        )
        | (AT_INFINITY if not g[-1] else 0)
        for g in region.generators
    ]
    found = []
    for other in range(5):
        margin = tuple((i == winner) - (i == other) for i in range(4))
        if other == winner or not _never_negative(margin, region):
            continue
        own, shares, _ = peeled((*margin, 0), region.generators, tight, by_bit)
        multipliers = [Fraction(shares.get(bit, 0), own) for bit in by_bit]
        found.append(
            FarkasCertificate(
                (*rows, opposite((margin, 0))),
                (*multipliers, Fraction(1)),
                (">=",) * len(rows) + (">",),
            )
        )
    return [proof for proof in found if proof.is_valid]


def _never_negative(margin: Sequence[int], region: Region) -> bool:
    return not region.lines and all(dot((*margin, 0), g) >= 0 for g in region.generators)


def region_by_region(doc: Document, made: Network, count: int) -> None:
    """Check on every region that the map is a coordinate, or 0, and that this is the largest."""
    doc.section("The network, region by region")
    doc.say(
        "Subtracting $x_5$ from all numbers subtracts it from the maximum, so let $x_5 = 0$. The "
        "first layer has the six $\\operatorname{relu}(x_i - x_j)$ and the eight "
        "$\\operatorname{relu}(\\pm x_i)$, from which every $m_{ab}$ is summed; the second has "
        "$\\operatorname{relu}(P - Q)$ for each summand, and passes on what the $Q$ need."
    )
    doc.check(
        f"The network `{made.architecture}` has two hidden layers",
        len(made.widths) == 2 and made.widths == (14, 63),
    )
    complex_ = regions(made)
    doc.check(f"It has {count} activation regions", len(complex_) == count)
    coordinates = [tuple(Fraction(i == j) for j in range(4)) for i in range(5)]
    winners = [
        coordinates.index(m.weight[0]) if m.weight[0] in coordinates and not m.bias[0] else None
        for m in complex_.affine_maps
    ]
    doc.check(
        "On each of them the map is one of $x_1, x_2, x_3, x_4, 0$",
        None not in winners,
        f"on {min(Counter(winners).values())} regions each",
    )
    proofs = [
        is_the_largest(region, winner)
        for region, winner in zip(complex_.regions, winners, strict=True)
        if winner is not None
    ]
    doc.check(
        "On each of them that one is the largest: its difference to each of the other four is a "
        "sum of facets of the region with multipliers $\\ge 0$ (Farkas)",
        all(len(found) == 4 for found in proofs),
        f"{sum(map(len, proofs))} certificates, each verified by addition; the first: "
        + "; ".join(f"`{p}`" for p in proofs[0][:1]),
    )
    doc.check(
        "Merged, these are five linear regions, one for each number",
        len(complex_.linear_regions) == len(complex_.affine_pieces) == 5,
    )


def checked_apart(certificate: Certificate) -> tuple[bool, str]:
    """Run ``exactpwl_check`` on a certificate; return whether it is valid, and what is said."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claim.cert"
        certificate.save(path)
        command = [sys.executable, "-m", "exactpwl_check", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    return done.returncode == 0, "; ".join([lines[0], lines[-1]] if lines else [done.stderr])


def certified_equal(doc: Document, made: Network, other: Network) -> None:
    """Check the claim "these two networks are the same function" by its certificate."""
    doc.section("All five numbers, by certificate")
    doc.say(
        "To have $x_5$ back, feed $x_i - x_5$ to this network and add $x_5$, which two more ReLUs "
        "in each layer carry along. The result is compared with the tournament of the gallery, by "
        "a certificate; `exactpwl_check` reads it, which shares no code with what wrote it."
    )
    found = certify_equality(made, other)
    doc.check(
        f"`{made.architecture}` and `{other.architecture}` are the same function on all of "
        f"$\\mathbf{{R}}^{made.input_dimension}$",
        isinstance(found.claim, Equal),
    )
    accepted, told = checked_apart(found)
    doc.check("The certificate is accepted", accepted, told)


def one_layer_is_not_enough(doc: Document, largest: Network) -> None:
    """Check that max(x, y, 0) has a kink along half a line, which one layer cannot make."""
    doc.section("One hidden layer is not enough")
    doc.say(
        "With one hidden layer, all neurons that bend along a line bend along the whole line, each "
        "by the same jump of its gradient at all its points; so the sum of their jumps is the same "
        "all along the line, except where other lines cross it. Put three of the five numbers to "
        "0: $\\max(x, y, 0)$ bends on $x = y$ near the point $(1, 1)$, but not near $(-1, -1)$."
    )
    complex_ = regions(largest)
    jumps = []
    for side in (1, -1):
        below, above = (
            complex_.region_at(p).affine_map.weight[0]
            for p in ((side + Fraction(1, 2), side), (side, side + Fraction(1, 2)))
        )
        jumps.append(tuple(p - q for p, q in zip(below, above, strict=True)))
    doc.check(
        "The gradient jumps across $x = y$ by $(1, -1)$ there, and by $(0, 0)$ here",
        jumps == [(1, -1), (0, 0)],
    )


def proof() -> Document:
    """Return the proof."""
    doc = Document("The maximum of five numbers in two hidden layers")
    doc.theorem(
        "$\\max(x_1, \\ldots, x_5)$ is computed exactly by a ReLU network with two hidden layers; "
        "with one it is not."
    )
    the_formula(doc, WEIGHTS)
    made = max_of_five()
    region_by_region(doc, made, 600)
    certified_equal(doc, with_fifth(made), gallery.get("max:5"))
    one_layer_is_not_enough(doc, max_of_three())
    doc.qed()
    return doc
