"""Networks in special position, with their counts of regions by five definitions, found by hand.

Each shows one degeneracy: lines that meet in a point, neurons on one line, kinks that cancel, a
pre-activation that vanishes identically (everywhere, or on a region), regions that touch in a
point, and one map that occurs twice.  Random ones have small integers, so that all of it happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple

from exactpwl import Network, gallery

__all__ = ["CASES", "GENERIC", "OPPOSITE", "Case", "hidden", "random_network"]


class Case(NamedTuple):
    """A network, its counts R1, R2, R4, R5, R6 by hand, and why they are so."""

    title: str
    network: Network
    counts: tuple[int, int, int, int, int]
    reason: str


def hidden(*rows: tuple[int, ...], output: Sequence[int] | None = None) -> Network:
    """Return one hidden layer with rows (weights, bias), summed up with the output weights."""
    weights, biases = [row[:-1] for row in rows], [row[-1] for row in rows]
    return Network([(weights, biases, "relu"), ([output or [1] * len(rows)], [0], "linear")])


GENERIC = Case(
    "three generic lines",
    hidden((1, 0, 0), (0, 1, 0), (1, 1, -1)),
    (7, 7, 7, 7, 7),
    "$x = 0$, $y = 0$ and $x + y = 1$ enclose a triangle: 1 + 3 + 3 regions, each with its own sum "
    "of neurons, and the eighth pattern is empty.",
)
CONCURRENT = Case(
    "three lines through a point",
    hidden((1, 0, 0), (0, 1, 0), (-1, -1, 0)),
    (7, 6, 6, 6, 6),
    "$x$, $y$ and $-x - y$ vanish at the origin together. The triangle has shrunk to this point: "
    "there all three are off, and nowhere else, since they add up to 0.",
)
COINCIDENT = Case(
    "two neurons on one line",
    hidden((1, 0, 0), (2, 0, 0)),
    (2, 2, 2, 2, 2),
    "$x$ and $2x$ are on together, and off together.",
)
OPPOSITE = Case(
    "two neurons on one line, face to face",
    hidden((1, 0, 0), (-1, 0, 0)),
    (3, 2, 2, 2, 2),
    "$x$ and $-x$: one of them is on, but on the line itself both are off: a third pattern.",
)
CANCELLING = Case(
    "two kinks that cancel",
    hidden((1, 0, 0), (-1, 0, 0), output=[1, -1]),
    (3, 2, 1, 1, 1),
    "$\\operatorname{relu}(x) - \\operatorname{relu}(-x) = x$: the same patterns as before, but "
    "one affine function.",
)
ZERO_ROW = Case(
    "a neuron with zero weights",
    hidden((1, 0, 0), (0, 0, 0)),
    (2, 2, 2, 2, 2),
    "The second neuron is identically 0. It counts as off: $z > 0$ holds nowhere. Its cell with "
    "$z \\ge 0$ is the whole plane, so the patterns `01` and `11` are full, but not proper.",
)
ZERO_DEEP = Case(
    "a deep neuron that vanishes on a region",
    Network(
        [
            ([[1, 0], [0, 1]], [0, 0], "relu"),
            ([[1, -1]], [0], "relu"),
            ([[1]], [0], "linear"),
        ]
    ),
    (5, 5, 3, 3, 3),
    "$z = \\operatorname{relu}(x) - \\operatorname{relu}(y)$ is identically 0 where $x, y < 0$: "
    "off there. It splits only the quadrant $x, y > 0$. $f$ is $x - y$, $x$ or $0$, and the three "
    "regions where it is 0 are neighbours.",
)
TOUCHING = Case(
    "regions that touch in a point",
    Network(
        [
            ([[1, -1], [1, 0], [-1, 0], [0, 1], [0, -1]], [0] * 5, "relu"),
            ([[-1, 1, -1, 0, 0], [-1, 0, 0, -1, 1]], [0, 0], "relu"),
            ([[1, -1]], [0], "linear"),
        ]
    ),
    (11, 6, 6, 3, 3),
    "$f = \\operatorname{relu}(\\min(x, y)) - \\operatorname{relu}(\\min(-x, -y))$ is 0 on two "
    "opposite quadrants, and $x$ and $y$ on two opposite sectors each. Open, these are six; "
    "closed, opposite ones hang together in the origin. Off together, as nowhere else, are $y$ and "
    "$-y$ on two half-axes, $x$ and $-x$ on two, and all in the origin: five more patterns.",
)
APART = Case(
    "one map twice, apart",
    gallery.get("hat1d"),
    (4, 4, 4, 4, 3),
    "The hat is 0 on the left and on the right; no closed set on which it is 0 connects them.",
)
TABLE = Case(
    "the example of the paper",
    Network(
        [
            ([[1, 0], [0, 1], [0, -1]], [0, 0, 0], "relu"),
            ([[-1, 1, -1], [0, 1, 0], [0, 0, 1]], [0, 0, 0], "relu"),
            ([[1, -1, 1]], [0], "linear"),
        ]
    ),
    (7, 5, 3, 3, 3),
    "$f = \\max(-y, \\min(0, -x))$ has three maps, each on one connected set. The weights are not "
    "the paper's, the five counts are; its R3 is 4.",
)
CASES = (
    GENERIC,
    CONCURRENT,
    COINCIDENT,
    OPPOSITE,
    CANCELLING,
    ZERO_ROW,
    ZERO_DEEP,
    TOUCHING,
    APART,
    TABLE,
)


def random_network(seed: int, inputs: int = 2) -> Network:
    """Return two or three layers of small integers, often degenerate."""
    random = Random(seed)
    layers: list[Any] = []
    size = inputs
    for _ in range(random.randint(2, 3)):
        width = random.randint(2, 4)
        rows = [[random.randint(-2, 2) for _ in range(size)] for _ in range(width)]
        layers.append((rows, [random.randint(-1, 1) for _ in range(width)], "relu"))
        size = width
    return Network(layers)
