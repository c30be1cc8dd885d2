"""XOR with 2, 20 and 100 hidden units

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) sets networks of
growing width side by side that all solve XOR: their decision regions, their output as a wireframe,
and the coefficients of their affine maps as points, found by evaluating gradients on a grid.

Here the wireframe has the exact edges of the surface instead of a mesh laid over it, and the points
are all affine maps there are, over the whole plane, proved to be complete. Those that belong to the
four data points are diamonds, those that only a 101 x 101 grid of [-1, 1]^2 meets are discs, and
circles are the rest, which no sampling there would find: two thirds of them for 20 units and for
100. A data point that lies on a boundary has the maps of all regions around it. A line joins the
maps of two neighbours and is perpendicular to their common facet, so that the points draw the
complex once more, turned by a right angle.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions

SLOW = True


def draw() -> tuple[Axes, ...]:
    runs = [gallery.run(name) for name in ("xor-2", "xor-20", "xor-100")]
    complexes = [regions(run.networks[-1]) for run in runs]
    data = runs[0]
    return plot.compare(complexes, window=data.window, points=data.points, labels=data.labels)


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "XOR networks of three widths")
