"""Where the data live, before and after training

Of the pictures of MNIST more than 99 per cent are alone in their linear region, as published counts
say. Such a share says nothing of the regions without data, which nobody can list with 784 inputs.

With two inputs all regions can be counted, those without data, too. Before the training the lines
of the three layers run anywhere: 21 of 414 regions hold all 1024 points, one of them 397. The
training gathers the bends where the classes meet: there are fewer regions, 257, and 110 of them
hold data, the fullest 61 points; 27 points are alone. The 147 regions without data are what the
network says where it was never asked. Each number is exact: a point is inside a region if it
satisfies its inequalities strictly, and none of these points is on a boundary.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, region_occupancy, regions


def draw() -> tuple[Axes, ...]:
    run = gallery.run("disc-8-8-8")
    panels = plot.new_panels(1, 2, size=(6.4, 6.0))
    for ax, network in zip(panels, (run.networks[0], run.networks[-1]), strict=True):
        data = region_occupancy(regions(network), run.points, run.labels)
        plot.occupancy(data, ax, window=run.window)
    return panels


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "Where the data live")
