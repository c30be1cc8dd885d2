"""XOR networks mapped to one another: surfaces with tears

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) draws, as
wireframes, what becomes of XOR networks of 2, 20 and 100 hidden units when their local linear maps
are sent to each other's by least squares.

A wireframe over a mesh joins the points beside a jump by steep lines, and so hides it. These have
the exact edges, and a red wall stands where two neighbouring regions do not meet. The network of
two units becomes three loose plates; that of a hundred, whose neighbours' rows differ least, has
the smallest jumps. When a facet stays whole is a question of algebra: its row, normal and offset,
must be a left eigenvector of the least-squares matrix without its intercept, and a matrix with
three different eigenvalues has three such lines at most.
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
    return plot.mapped_pairs(complexes, samples, show="wireframes", window=runs[0].window)


if __name__ == "__main__":
    title = "XOR networks mapped: wireframes"
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), title)
