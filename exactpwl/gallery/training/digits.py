"""Training ``digits``: ten hidden ReLUs that tell a 3 from an 8, in pictures of 8 x 8 points.

The two glyphs differ in three points on the left, and in nothing else: so what the network has
learned can be judged by eye, from the exact gradient at a picture (`exactpwl.plot.gradient_image`).
The pictures are made here, not taken from a data set.  Each is one of the two glyphs, moved by up
to one point in each direction; a point of the stroke has a brightness from 1/2 to 1, one beside it
from 0 to 1/4.  Brightness is a multiple of 1/1024, so accuracy is decided in integers.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from exactpwl.gallery.training import common
from exactpwl.gallery.training.adam import Floats, Recipe, train
from exactpwl.gallery.training.common import DATA_DENOMINATOR, Integers
from exactpwl.gallery.training.disc import squared_hinge
from exactpwl.network import Network

SEED = 0
TRAINING_DATA, TEST_DATA = (4096, 1), (4000, 2)
"""Number of pictures and seed of either data set."""

_SIZE = 8
_GLYPHS = {
    3: "..####.. .#....#. ......#. ...###.. ......#. .#....#. ..####.. ........",
    8: "..####.. .#....#. .#....#. ..####.. .#....#. .#....#. ..####.. ........",
}


def glyph(digit: int) -> tuple[int, ...]:
    """Return the picture of a 3 or an 8, row by row: 1 on the stroke, 0 beside it.

    Examples
    --------
    >>> sum(glyph(8)) - sum(glyph(3))
    3
    """
    return tuple(int(c == "#") for c in _GLYPHS[digit].replace(" ", ""))


def sample(n: int, seed: int) -> tuple[Integers, Integers]:
    """Numerators of n pictures, shape (n, 64), and 1 for each 8, -1 for each 3."""
    random = np.random.default_rng(seed)
    labels = random.choice(np.array([-1, 1]), n)
    pictures = np.empty((n, _SIZE * _SIZE), dtype=np.int64)
    for i, label in enumerate(labels.tolist()):
        strokes = np.array(glyph(8 if label > 0 else 3)).reshape(_SIZE, _SIZE)
        down, right = random.integers(-1, 1, 2, endpoint=True).tolist()
        moved = np.roll(strokes, (max(down, 0), right), axis=(0, 1)).ravel()
        bright = random.integers(DATA_DENOMINATOR // 2, DATA_DENOMINATOR, moved.size, endpoint=True)
        dark = random.integers(0, DATA_DENOMINATOR // 4, moved.size, endpoint=True)
        pictures[i] = np.where(moved == 1, bright, dark)
    return pictures, labels


def trained(seed: int) -> Network:
    """Train with this seed."""
    recipe = Recipe(
        widths=(64, 10, 1), slope=0, steps=4000, batch=256, rate=3e-3, rounded_share=0.3, seed=seed
    )
    numerators, labels = sample(*TRAINING_DATA)
    points: Floats = numerators.T / DATA_DENOMINATOR
    targets = labels[None].astype(np.float64)
    return common.trained_network("digits", train(recipe, points, targets, squared_hinge), "relu")


def measure(network: Network) -> Fraction:
    """Exact accuracy on the test data: the share of pictures whose output has the digit's sign."""
    numerators, labels = sample(*TEST_DATA)
    outputs, _ = common.exact_outputs(network, numerators)
    return common.accuracy(outputs, labels)


def report(network: Network) -> str:
    """The measurement as a sentence."""
    right = measure(network)
    count = TEST_DATA[0]
    return (
        f"{right * count} of {count} test pictures are classified right (exact), "
        f"{100 * float(right):.2f} %"
    )


if __name__ == "__main__":
    common.main("digits", SEED, trained, report)
