"""The maximum of five numbers as a formula with two kinds of maxima, and as networks.

With m_ab for max(x_a, x_b), a summand is a weight times the maximum of two sums of m's.  With
x5 = 0 every m is a sum of 14 ReLUs of the first layer, and max(P, Q) = relu(P - Q) + Q needs one
neuron of the second; what the Q need of the first layer's outputs h passes as relu(h) = h.  The
weights are a parameter, so that wrong ones can be tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from exactpwl import Network, gallery

__all__ = [
    "FIVE",
    "WEIGHTS",
    "Pair",
    "Summand",
    "max_of_five",
    "max_of_three",
    "summands",
    "with_fifth",
]

FIVE = range(5)
WEIGHTS = (Fraction(1, 30), Fraction(2, 5), Fraction(-1, 30))

Pair = tuple[int, int]
"""m_ab, the indices in order; (a, a) is x_a itself."""


class Summand(NamedTuple):
    """A weight times the maximum of two sums of pairs."""

    weight: Fraction
    left: tuple[Pair, ...]
    right: tuple[Pair, ...]

    @property
    def key(self) -> tuple[Fraction, frozenset[object]]:
        """What says which function it is: the order of sides and of pairs does not."""
        if len(self.left) == 1:
            return self.weight, frozenset((*self.left[0], *self.right[0]))
        return self.weight, frozenset([tuple(sorted(self.left)), tuple(sorted(self.right))])

    def renamed(self, names: Sequence[int]) -> Summand:
        """Return the summand with other names for the five numbers."""
        sides = [
            tuple(_pair(names[a], names[b]) for a, b in side) for side in (self.left, self.right)
        ]
        return Summand(self.weight, sides[0], sides[1])


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a <= b else (b, a)


def summands(weights: Sequence[Fraction]) -> Iterator[Summand]:
    """Yield the 15 + 5 + 30 summands of the formula."""
    double, four, mixed = weights
    for a in FIVE:
        b, c, d, e = rest = [i for i in FIVE if i != a]
        for (p, q), (r, s) in (((b, c), (d, e)), ((b, d), (c, e)), ((b, e), (c, d))):
            yield Summand(double, ((a, a), (a, a)), ((p, q), (r, s)))
        yield Summand(four, ((b, c),), ((d, e),))
        for p, q in combinations(rest, 2):
            r, s = [i for i in rest if i not in (p, q)]
            yield Summand(mixed, (_pair(a, p), _pair(a, q)), ((p, q), (r, s)))


def _first_layer() -> dict[tuple[int, ...], int]:
    """Return the neurons of the first layer, for x5 = 0, by their rows."""
    unit = [tuple(int(i == j) for j in range(4)) for i in range(4)]
    differences = [tuple(p - q for p, q in zip(*two, strict=True)) for two in combinations(unit, 2)]
    rows = [*differences, *unit, *[tuple(-c for c in row) for row in unit]]
    return {row: k for k, row in enumerate(rows)}


def _of_first_layer(side: Sequence[Pair], neurons: Mapping[tuple[int, ...], int]) -> list[int]:
    """Return a sum of pairs as a combination of the first layer's outputs, with x5 = 0.

    m_ab = relu(x_a - x_b) + relu(x_b) - relu(-x_b), and max(x_a, 0) = relu(x_a).
    """
    found = [0] * len(neurons)
    for a, b in side:
        if a < b < 4:
            difference = tuple((i == a) - (i == b) for i in range(4))
            found[neurons[difference]] += 1
        if a < b == 4:
            found[neurons[tuple(int(i == a) for i in range(4))]] += 1
        if b < 4:
            row = tuple(int(i == b) for i in range(4))
            found[neurons[row]] += 1
            found[neurons[tuple(-c for c in row)]] -= 1
    return found


def max_of_five(weights: Sequence[Fraction] = WEIGHTS) -> Network:
    """Return the formula with x5 = 0 as a network 4 -> 14 -> 63 -> 1.

    An outer maximum is relu(P - Q) + Q; what Q needs passes the second layer as relu(h) = h.
    """
    neurons = _first_layer()
    rows, output = [], []
    passing = [Fraction(0)] * len(neurons)
    for weight, *sides in summands(weights):
        left, right = (_of_first_layer(side, neurons) for side in sides)
        rows.append([p - q for p, q in zip(left, right, strict=True)])
        output.append(weight)
        passing = [total + weight * q for total, q in zip(passing, right, strict=True)]
    for k, share in enumerate(passing):
        if share:
            rows.append([int(i == k) for i in range(len(neurons))])
            output.append(share)
    return Network(
        [
            (list(neurons), [0] * len(neurons), "relu"),
            (rows, [0] * len(rows), "relu"),
            ([output], [0], "linear"),
        ],
        name="max5",
    )


def with_fifth(made: Network) -> Network:
    """Return x5 + f(x1 - x5, ..., x4 - x5), which carries x5 along as relu(x5) - relu(-x5)."""
    first, second, last = made.layers
    rows = [[*row, -sum(row)] for row in first.weight]
    fifth = [[0, 0, 0, 0, sign] for sign in (1, -1)]
    carry = [[0] * first.width + unit for unit in ([1, 0], [0, 1])]
    return Network(
        [
            ([*rows, *fifth], [0] * (first.width + 2), "relu"),
            ([[*row, 0, 0] for row in second.weight] + carry, [0] * (second.width + 2), "relu"),
            ([[*last.weight[0], 1, -1]], [0], "linear"),
        ]
    )


def max_of_three() -> Network:
    """Return max(x, y, 0), from the gallery's max:3."""
    return gallery.get("max:3") @ Network([([[1, 0], [0, 1], [0, 0]], [0] * 3, "linear")])
