"""Four discs in XOR position, trained

The hardest data of the Frontiers study (2023/24): four discs, each in its annulus, where a disc has
the class of the one across and not of those beside it, and its annulus the other class.

Here the counts are exact at every still, and the panels have one window and one scale of slopes, so
that rows can be compared. Every 40 epochs are shown until all points are right, and then two later
ones, in which little is decided: the decision boundary stays, while the regions go on changing. The
command `exactpwl plot training xor-position --epoch 120` draws one epoch large.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot

EPOCHS = (0, 40, 80, 120, 160, 200, 240, 400, 800)
SLOW = True


def draw() -> tuple[Axes, ...]:
    return plot.training_sheet(gallery.run("xor-position"), EPOCHS)


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "Training on four discs")
