"""Regions by width, against the bounds

A study of linear regions (Frontiers, 2023/24) asks how many regions a network has for its number of
neurons, and the sources quote bounds that grow like a power of the depth.

Here four random networks of each size are counted exactly over the whole plane, with one layer of
2n ReLUs and with two layers of n. One layer reaches what lines in general position can do, every
time. Two layers have about as many, far below their bounds: depth allows more regions, but
random weights do not make them (Hanin and Rolnick 2019, arXiv:1901.09021).
"""

from pathlib import Path
from random import Random

from matplotlib.axes import Axes

from exactpwl import Network, plot


def random_network(widths: tuple[int, ...], seed: int) -> Network:
    """Return a network with two inputs and integer weights from -999 to 999."""
    drawn = Random(f"{widths} {seed}")
    layers = []
    inputs = 2
    for width in widths:
        rows = [[drawn.randint(-999, 999) for _ in range(inputs)] for _ in range(width)]
        layers.append((rows, [drawn.randint(-999, 999) for _ in range(width)], "relu"))
        inputs = width
    return Network([*layers, ([[1] * inputs], [0], "linear")])


def draw() -> Axes:
    sizes = [widths for n in range(1, 11) for widths in ((2 * n,), (n, n))]
    return plot.regions_by_width([random_network(s, seed) for s in sizes for seed in range(4)])


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Regions by width")
