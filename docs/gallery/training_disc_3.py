"""Three units learn a disc, every 40 epochs

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) follows a training
in stills: decision, output, dual points, accuracy so far, boundaries, and the decision boundary
over all layers. With three hidden units there are three lines, and all depends on where they go.

Here each still is the network of that epoch itself, with weights that are multiples of 1/64, and
its regions are those of the whole plane. Three lines in general position make seven regions, before
training as well as after it; what the training changes is their affine maps. One sees it in the
dual points: seven maps, close together at first, drift apart, and they stay joined as the regions
are. Where the three lines enclose the disc, the decision boundary closes around it.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot

SLOW = True


def draw() -> tuple[Axes, ...]:
    return plot.training_sheet(gallery.run("disc-3"))


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "The training of three units")
