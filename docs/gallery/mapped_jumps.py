"""XOR networks mapped to one another: where and how much they jump

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) sends the local
linear maps of XOR networks to each other's by least squares. Nothing makes neighbours meet after
that.

Here every facet is asked. Its colour is the largest difference, on its part in the window, between
the two regions that share it: an exact number, because an affine difference is greatest at an end.
All facets are torn on which the network bends. The few hundred that stay whole where the network of
a hundred units is mapped belong to neurons whose output weight was rounded to 0, so that nothing
bends there. Along a line the jump is an affine function of the place, so its colour changes from
facet to facet.
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
    return plot.mapped_pairs(complexes, samples, show="jumps", window=runs[0].window)


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "XOR networks mapped: jumps")
