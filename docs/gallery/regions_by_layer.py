"""Regions by layer, before and after training

A study of linear regions (Frontiers, 2023/24) counts regions layer by layer, and holds the counts
against what theory allows.

Here the same network 2-8-8-8-8 is counted in the window [-1, 1]^2 before it learns the rings and
after. The numbers are exact, not sampled on a grid: 41 regions become 410. The bound of Montufar
(2017), nearly two million, knows of neither; the number of all patterns is four thousand million.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> tuple[Axes, ...]:
    run = gallery.run("rings")
    axes = plot.new_panels(1, 2, size=(4.4, 4.2), sharey=True)
    for ax, network in zip(axes, (run.networks[0], run.networks[-1]), strict=True):
        plot.regions_by_layer(regions(network, run.window), ax)
    axes[0].set_title("untrained", fontsize=10)
    axes[1].set_title("trained", fontsize=10)
    axes[1].set_ylabel("")
    return axes


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".svg"), "Regions by layer")
