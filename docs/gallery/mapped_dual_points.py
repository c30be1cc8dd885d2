"""XOR networks mapped to one another: dual points

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) draws the local
linear maps of XOR networks as points, and where least squares send them.

The points of a panel are an affine image, in space, of those of the network on the diagonal of its
row, and they should cover the points of the network of its column. Those of two units lie in a
plane, so they cannot; sent there, those of the others fall almost on a line, seen from above. All
points are shown, also those of regions that no sample meets, which were not asked for the map and
are sent along. In the networks' own panels a line between neighbours is perpendicular to their
common facet, which is what makes them meet there. An affine image does not keep right angles.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, gallery, plot, regions
from exactpwl.linearmaps import grid_points

SLOW = True


def draw() -> tuple[Axes, ...]:
    runs = [gallery.run(name) for name in ("xor-2", "xor-20", "xor-100")]
    complexes = [regions(Network(run.networks[-1].layers, name=run.name)) for run in runs]
    samples = grid_points(101, [(-1, 1), (-1, 1)])
    return plot.mapped_pairs(
        complexes, samples, show="dual points", window=runs[0].window, points=runs[0].points
    )


if __name__ == "__main__":
    title = "XOR networks mapped: dual points"
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), title)
