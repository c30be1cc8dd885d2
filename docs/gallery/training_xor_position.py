"""Four discs in XOR position, trained

The hardest data of the Frontiers study (2023/24): four discs, each in its annulus, where a disc has
the class of the one across and not of those beside it, and its annulus the other class.

Here the counts are exact at every still, and the panels have one window and one scale of slopes, so
that rows can be compared. From epoch 240 on all points are right and little is decided: the
decision boundary stays, while the regions go on changing. The command
`exactpwl plot training xor-position --epoch 120` draws one epoch large.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot

SLOW = True


def draw() -> tuple[Axes, ...]:
    return plot.training_sheet(gallery.run("xor-position"))


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "Training on four discs")
