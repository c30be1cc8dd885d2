"""Moving one weight

A tutorial that builds a function from ReLUs by hand says that the first ReLU's weight moves
everything to its right and the last one's only the last segment.

Here the function through four points is built by the library, proved equal to the segments between
them, and each of its three output weights is made a quarter and a half smaller and larger. The
curves leave the function at the ReLU's breakpoint; the side that moves is shaded, and how many of
the four pieces it has is counted.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import construct, plot

ZIGZAG = construct.from_points([(-1, -1), ("-1/2", 1), (0, -1), (1, 0)])


def draw() -> tuple[Axes, ...]:
    assert ZIGZAG.check()
    return plot.moved_weights(ZIGZAG.network, window=[("-5/4", 1)])


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".svg"), "Moving one weight")
