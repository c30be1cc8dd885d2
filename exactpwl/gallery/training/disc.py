"""Training ``disc``: three hidden ReLUs that separate a disc from the annulus around it.

The classes are the disc r <= 1/2 (label 1) and the annulus 3/4 <= r <= 1 (label -1).  One might
think that three half-planes enclose no more than a triangle, which needs an annulus of twice the
disc's radius.  But the network adds its neurons up: for three unit normals at 120 degrees,

    relu(n1.x) + relu(n2.x) + relu(n3.x) = max(|n1.x|, |n2.x|, |n3.x|),

because n1 + n2 + n3 = 0, and the balls of that norm are regular hexagons.  One around the disc of
radius 1/2 fits inside radius 1/sqrt(3) = 0.577..., so there is room up to 3/4.  Two neurons would
not do: some direction leaves both terms as they are or raises them, so f > 0 in the centre gives
f > 0 on a whole ray.

Of the first hundred seeds 50 separate all test points: 22 found the hexagon, 28 a quadrangle, and
the others are stuck.  The seed chosen gives a hexagon whose three lines are not concurrent, so that
all seven regions are there; the triangle in the middle is small.  Points have denominator 1024 and
the radii are rational, so membership and accuracy are decided in integers.  The tests prove more of
the bundled network: every point of the plane that belongs to a class is on its side.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from exactpwl.gallery.training import common
from exactpwl.gallery.training.adam import Floats, Recipe, train
from exactpwl.gallery.training.common import DATA_DENOMINATOR, Integers
from exactpwl.network import Network

SEED = 0
TRAINING_DATA, TEST_DATA = (4096, 1), (4000, 2)
"""Number of points and seed of either data set."""

DISC, INNER, OUTER = 512, 768, 1024
"""Radius of the disc, and the annulus's radii, times 1024."""


def disc_data(n: int, seed: int) -> tuple[list[tuple[Fraction, ...]], list[int]]:
    """Rational points of the disc and of the annulus, with denominator 1024, and their classes.

    Parameters
    ----------
    n : int
        Number of points.
    seed : int
        Seed of numpy's default generator.

    Returns
    -------
    list of tuple of Fraction, list of int
        Points, and 1 for the disc r <= 1/2, -1 for the annulus 3/4 <= r <= 1, exactly.

    Examples
    --------
    >>> points, labels = disc_data(2, seed=0)
    >>> points[0], labels[0]
    ((Fraction(359, 512), Fraction(281, 1024)), -1)
    """
    numerators = sample(n, seed)
    return common.fractions(numerators), [int(label) for label in sides(numerators)]


def sample(n: int, seed: int) -> Integers:
    """Numerators of the data set, shape (n, 2): uniform on the grid points of both classes."""
    random = np.random.default_rng(seed)
    kept = np.empty((0, 2), dtype=np.int64)
    while len(kept) < n:
        drawn = random.integers(-OUTER, OUTER, size=(2 * n, 2), endpoint=True)
        squares = (drawn**2).sum(axis=1)
        inside = (squares <= DISC**2) | ((squares >= INNER**2) & (squares <= OUTER**2))
        kept = np.concatenate([kept, drawn[inside]])
    return kept[:n]


def sides(numerators: Integers) -> Integers:
    """1 for points of the disc, -1 for all others.

    Examples
    --------
    >>> sides(np.array([[512, 0], [768, 0]]))
    array([ 1, -1])
    """
    return np.where((numerators**2).sum(axis=1) <= DISC**2, 1, -1)


def squared_hinge(outputs: Floats, targets: Floats) -> tuple[float, Floats]:
    """Mean of max(0, 1 - label * output)^2, and its gradient by the outputs."""
    shortfall = np.maximum(0, 1 - targets * outputs)
    return float(np.mean(shortfall**2)), -2 * targets * shortfall / shortfall.shape[1]


def trained(seed: int) -> Network:
    """Train with this seed."""
    recipe = Recipe(
        widths=(2, 3, 1), slope=0, steps=20000, batch=512, rate=1e-2, rounded_share=0.3, seed=seed
    )
    numerators = sample(*TRAINING_DATA)
    points = numerators.T / DATA_DENOMINATOR
    targets = sides(numerators)[None].astype(np.float64)
    return common.trained_network("disc", train(recipe, points, targets, squared_hinge), "relu")


def measure(network: Network) -> Fraction:
    """Exact accuracy on the test data: the share of points whose output has the class's sign.

    Parameters
    ----------
    network : Network
        With two inputs, leaky-ReLU or ReLU hidden layers and one output.
    """
    numerators = sample(*TEST_DATA)
    outputs, _ = common.exact_outputs(network, numerators)
    return common.accuracy(outputs, sides(numerators))


def report(network: Network) -> str:
    """The measurement as a sentence."""
    right = measure(network)
    count = TEST_DATA[0]
    return (
        f"{right * count} of {count} test points are classified right (exact), "
        f"{100 * float(right):.2f} %"
    )


if __name__ == "__main__":
    common.main("disc", SEED, trained, report)
