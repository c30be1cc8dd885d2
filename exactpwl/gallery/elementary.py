"""Small networks whose regions can be counted by hand.

Each of them teaches one thing: XOR an empty pattern, absolute value two neurons with one kink,
the tournament for a maximum regions that are split without a change of the function, the sawtooth
that depth multiplies, the hats that finite elements are networks, the annulus a neuron that only
touches a cell.  All are ReLU networks with a linear output, in the integers of their papers.

References
----------
I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, 2016, section 6.1 (XOR).
M. Telgarsky, Representation benefits of deep feedforward networks, 2015, arXiv:1509.08101.
R. Arora, A. Basu, P. Mianjy, A. Mukherjee, Understanding deep neural networks with rectified
linear units, ICLR 2018, arXiv:1611.01491 (tournament).
J. He, L. Li, J. Xu, C. Zheng, ReLU deep neural networks and linear finite elements, J. Comput.
Math. 38, 2020, arXiv:1807.03973 (hats).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from exactpwl.network import Network

__all__ = ["absolute_value", "hat1d", "hat2d", "l1_annulus", "maximum", "sawtooth", "tent", "xor"]


def xor() -> Network:
    """Return f = 2 relu(x+y+1) - 4 relu(x+y) - 1: at inputs +-1 its sign is that of XOR.

    Examples
    --------
    >>> [int(xor()((x, y))[0]) for x in (-1, 1) for y in (-1, 1)]
    [-1, 1, 1, -3]
    """
    return Network(
        [([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")],
        name="xor",
    )


def absolute_value() -> Network:
    """Return relu(x) + relu(-x): two neurons, one kink.

    Examples
    --------
    >>> absolute_value()([-3])
    (Fraction(3, 1),)
    """
    return Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")], name="abs")


def maximum(n: int) -> Network:
    """Return the maximum of n numbers, as a tournament of ceil(log2 n) rounds.

    A match is max(a, b) = relu(a - b) + relu(b) - relu(-b); a number without an opponent passes as
    relu(c) - relu(-c).  Both forms kink where nothing happens to the maximum, so there are more
    activation regions than the n linear ones.

    Examples
    --------
    >>> maximum(5)([3, -1, 4, 1, -5])
    (Fraction(4, 1),)
    """
    layers: list[Any] = []
    players = [[int(i == j) for j in range(n)] for i in range(n)]
    while len(players) > 1:
        rows, winners = _round(players)
        layers.append((rows, [0] * len(rows), "relu"))
        players = winners
    return Network([*layers, (players, [0], "linear")], name=f"max:{n}")


def _round(players: list[list[int]]) -> tuple[list[list[int]], list[list[int]]]:
    """Return the neurons of one round, and its winners as sums of their outputs."""
    rows: list[list[int]] = []
    winners: list[list[int]] = []
    for *challengers, passing in (players[i : i + 2] for i in range(0, len(players), 2)):
        neurons = [[a - b for a, b in zip(c, passing, strict=True)] for c in challengers]
        neurons += [passing, [-a for a in passing]]
        winners.append([0] * len(rows) + [1] * (len(neurons) - 1) + [-1])
        rows += neurons
    return rows, [winner + [0] * (len(rows) - len(winner)) for winner in winners]


def tent() -> Network:
    """Return the tent map 2 relu(x) - 4 relu(x - 1/2): from 0 up to 1 at 1/2, and down again.

    Examples
    --------
    >>> [str(tent()([x])[0]) for x in (-1, "1/4", "1/2", 1)]
    ['0', '1/2', '1', '0']
    """
    return Network(sawtooth(1).layers, name="tent")


def sawtooth(k: int) -> Network:
    """Return the tent map composed k times: 2^k pieces on [0, 1], from 2k neurons.

    Examples
    --------
    >>> [str(sawtooth(2)([x])[0]) for x in ("1/8", "1/4", "1/2", "3/4", 1)]
    ['1/2', '1', '0', '1', '0']
    """
    bends = [0, Fraction(-1, 2)]
    deeper: list[Any] = [([[2, -4], [2, -4]], bends, "relu") for _ in range(k - 1)]
    return Network(
        [([[1], [1]], bends, "relu"), *deeper, ([[2, -4]], [0], "linear")],
        name=f"sawtooth:{k}",
    )


def hat1d() -> Network:
    """Return the hat function on the line: 1 at 0, 0 outside [-1, 1].

    Examples
    --------
    >>> [str(hat1d()([x])[0]) for x in (-2, "-1/2", 0, 1)]
    ['0', '1/2', '1', '0']
    """
    return Network(
        [([[1], [1], [1]], [1, 0, -1], "relu"), ([[1, -2, 1]], [0], "linear")],
        name="hat1d",
    )


def hat2d() -> Network:
    """Return the hat function of the three-direction mesh: relu(1 - max(|x|, |y|, |x-y|)).

    The maximum is half of ``|x| + |y| + |x-y|``; the support is a hexagon of six triangles, and the
    region where the hat vanishes is connected, but not convex.

    Examples
    --------
    >>> [str(hat2d()(p)[0]) for p in ((0, 0), ("1/2", 0), ("1/2", "1/2"), (1, -1))]
    ['1', '1/2', '1/2', '0']
    """
    directions = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, -1], [-1, 1]]
    return Network(
        [
            (directions, [0] * 6, "relu"),
            ([[Fraction(-1, 2)] * 6], [1], "relu"),
            ([[1]], [0], "linear"),
        ],
        name="hat2d",
    )


def l1_annulus() -> Network:
    """Return g - 1 - 2 relu(g - 2) with g = ``|x| + |y|``: positive exactly where 1 < g < 3.

    g itself passes through the second layer, as relu(g); its kink g = 0 is the origin alone, a
    point that splits no region.

    Examples
    --------
    >>> [int(l1_annulus()(p)[0]) for p in ((0, 0), (1, 0), (1, -1), (-3, 0), (3, 1))]
    [-1, 0, 1, 0, -1]
    """
    return Network(
        [
            ([[1, 0], [-1, 0], [0, 1], [0, -1]], [0] * 4, "relu"),
            ([[1] * 4, [1] * 4], [0, -2], "relu"),
            ([[1, -2]], [-1], "linear"),
        ],
        name="l1_annulus",
    )
