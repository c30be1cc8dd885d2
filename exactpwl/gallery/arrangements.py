"""Hyperplane arrangements as networks: one hidden ReLU layer, one hyperplane a neuron.

The regions of ``sum of relu(normal . x + offset)`` are exactly those of the arrangement, and the
characteristic polynomials of the families here are known in closed form (or, for the resonance and
threshold arrangements, famously not), so that counts can be held against the literature.

The generic lines are tangents of a parabola at points with different abscissae: no two are
parallel, and no three meet, since through no point of the plane go three tangents of a conic.
The bundled eight have smaller integers instead, chosen (among random ones) to keep their crossings
apart from each other, from the other lines and from the border of the window [-6, 6]^2, which shows
23 of the 28 crossings: 1 + 8 + 23 = 32 of the 37 regions.

References
----------
R. P. Stanley, An introduction to hyperplane arrangements, IAS/Park City 13, 2007 (braid, Shi).
OEIS A034997 (resonance), A000609 (threshold), A000124 (generic lines), A000272 (Shi).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from exactpwl.network import Network

__all__ = ["bent_lines", "braid", "lines", "resonance", "shi", "threshold"]

EIGHT_LINES = (
    (1, 2, 5),
    (2, -3, 0),
    (1, 3, -5),
    (3, -2, 12),
    (2, 1, -1),
    (1, 0, 5),
    (3, 2, 5),
    (2, -1, 5),
)
"""Rows (a, b, c) of the bundled generic lines a x + b y + c = 0."""


def lines(n: int) -> Network:
    """Return a network with n generic lines, whose output adds and subtracts its neurons in turn.

    Examples
    --------
    >>> lines(8)
    <Network lines:8 2 -> 8 relu -> 1 linear>
    >>> lines(2).layers[0].weight == ((-4, -4), (4, -4))
    True
    """
    rows = EIGHT_LINES if n == 8 else [_tangent(2 * i + 1 - n, n) for i in range(n)]
    hidden = ([row[:2] for row in rows], [row[2] for row in rows], "relu")
    output = ([[(-1) ** i for i in range(n)]], [0], "linear")
    return Network([hidden, output], name=f"lines:{n}")


def bent_lines() -> Network:
    """Return the eight lines with a second layer of three neurons, whose lines bend at theirs.

    The first two neurons have lines without end.  The third is relu(2x-3y) - relu(2x+y-1): where
    both are inactive it vanishes, so its line is a ray, which ends where those two lines cross.

    Examples
    --------
    >>> bent_lines()
    <Network bent_lines 2 -> 8 relu -> 3 relu -> 1 linear>
    """
    second = [
        (1, 1, -2, 0, 1, 1, 1, 0),
        (1, 0, 1, -1, 1, -1, 0, -1),
        (0, 1, 0, 0, -1, 0, 0, 0),
    ]
    return Network(
        [lines(8).layers[0], (second, (-4, 5, 0), "relu"), ([[-1, -2, 3]], [0], "linear")],
        name="bent_lines",
    )


def _tangent(p: int, q: int) -> tuple[int, int, int]:
    """Return the tangent of y = x^2 / 4 at x = 4 p/q, times q^2.

    For abs(p) < q, any two of these meet in the square (-4, 4)^2.
    """
    return (2 * p * q, -q * q, -4 * p * p)


def braid(n: int) -> Network:
    """Return the braid arrangement x_i = x_j in R^n: n! regions, lineality 1.

    Examples
    --------
    >>> braid(3).layers[0].weight == ((1, -1, 0), (1, 0, -1), (0, 1, -1))
    True
    """
    return _network(_differences(n), f"braid:{n}")


def resonance(n: int) -> Network:
    """Return the resonance arrangement of R^n: the sum over each non-empty set of coordinates.

    Its numbers of regions, 2, 6, 32, 370, 11292, 1066044, ..., are known up to n = 9 only.

    Examples
    --------
    >>> resonance(2).layers[0].weight == ((0, 1), (1, 0), (1, 1))
    True
    """
    return _network([row for row in product((0, 1), repeat=n) if any(row)], f"resonance:{n}")


def shi(n: int) -> Network:
    """Return the Shi arrangement x_i - x_j = 0 and 1 for i < j in R^n: (n+1)^(n-1) regions.

    Examples
    --------
    >>> [int(b) for b in shi(3).layers[0].bias]
    [0, -1, 0, -1, 0, -1]
    """
    rows = [row for row in _differences(n) for _ in range(2)]
    return _network(rows, f"shi:{n}", [0, -1] * (len(rows) // 2))


def threshold(n: int) -> Network:
    """Return the arrangement whose regions are the threshold functions of n Boolean variables.

    A point (w_0, w_1, ..., w_n) of R^(n+1) is the function with the sign of
    ``w_0 + w_1 s_1 + ... + w_n s_n`` at each s in {1, -1}^n; crossing one of the 2^n hyperplanes
    changes its value at one s.

    Examples
    --------
    >>> threshold(1).layers[0].weight == ((1, 1), (1, -1))
    True
    """
    return _network([(1, *signs) for signs in product((1, -1), repeat=n)], f"threshold:{n}")


def _differences(n: int) -> list[tuple[int, ...]]:
    return [tuple((k == i) - (k == j) for k in range(n)) for i, j in combinations(range(n), 2)]


def _network(
    rows: Sequence[Sequence[int]], name: str, offsets: Sequence[int] | None = None
) -> Network:
    hidden = (rows, offsets or [0] * len(rows), "relu")
    return Network([hidden, ([[1] * len(rows)], [0], "linear")], name=name)
