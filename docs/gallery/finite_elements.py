"""Finite elements

The paper of He, Li, Xu and Zheng (2020, arXiv:1807.03973) writes functions on triangulations as
ReLU networks: a sum of hats, each the smallest of some affine functions, cut off at 0.

Here eight of the nine inner points of a mesh of 32 triangles have heights, and the network is
proved equal to the function on every triangle and to 0 everywhere outside. Some lines go on where
nothing bends: there two of the affine functions cross, but neither is the smallest.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import construct, plot, regions

SIDE = 5
POINTS = [(i, j) for i in range(SIDE) for j in range(SIDE)]
LOWER = [(i, j) for i, j in POINTS if i < SIDE - 1 and j < SIDE - 1]
HEIGHTS = {(1, 1): 1, (1, 2): 2, (1, 3): 1, (2, 1): 3, (2, 2): 1, (2, 3): 2, (3, 1): 1, (3, 3): 3}


def triangles() -> list[list[int]]:
    found = []
    for i, j in LOWER:
        for turn in ((i + 1, j), (i, j + 1)):
            found.append([POINTS.index(p) for p in ((i, j), turn, (i + 1, j + 1))])
    return found


def draw() -> Axes:
    mesh = construct.Triangulation(POINTS, triangles())
    heights = [HEIGHTS.get(point, 0) for point in POINTS]
    made = construct.from_triangulation(mesh, heights, passing="linear")
    assert made.check()
    return plot.surface(
        regions(made.network), window=[("-1/2", "9/2")] * 2, level=None, view=(48, -72)
    )


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "A function on triangles")
