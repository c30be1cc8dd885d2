"""XOR networks mapped to one another: what they decide

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) asks how much two
networks have in common that learnt the same. At the same samples each has a local linear map, a row
of numbers, and least squares give the affine map of rows that takes those of the one nearest to
those of the other. The first network's rows, sent through it and evaluated, are a new function, and
the study shows what that decides for networks of 2, 20 and 100 hidden units.

Here the rows at the 101 x 101 points of a grid of [-1, 1]^2, the least squares and the regions are
exact. On the diagonal are the networks; a panel beside it has the regions of the network of its row
and should decide as the one of its column. All of them have the four points right, so that says
nothing; what they make of the plane between the points differs. The new functions are no networks:
they jump. Yellow is where one is 0, red where it leaps over 0 without being it.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, gallery, plot, regions
from exactpwl.linearmaps import grid_points

SLOW = True


def draw() -> tuple[Axes, ...]:
    runs = [gallery.run(name) for name in ("xor-2", "xor-20", "xor-100")]
    complexes = [regions(Network(run.networks[-1].layers, name=run.name)) for run in runs]
    data = runs[0]
    return plot.mapped_pairs(
        complexes,
        grid_points(101, [(-1, 1), (-1, 1)]),
        show="decisions",
        window=data.window,
        points=data.points,
        labels=data.labels,
    )


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "XOR networks mapped: classes")
