"""Three layers of eight learn a disc, every 40 epochs

The same six panels for the network that the Frontiers study (2023/24) looks at most: three layers
of eight neurons, disc against annulus.

Here the counts beside the stills are exact, and they correct a picture that one might have: the
training does not make regions, it moves them. There are more of them in the plane in the beginning
than in the end, but few where the data are; the second and the third layer close around the disc,
and four times as many lie in the window when it is learnt. The dual points start in one spot, an
almost constant function, and spread as the slopes grow.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot

SLOW = True


def draw() -> tuple[Axes, ...]:
    return plot.training_sheet(gallery.run("disc-8-8-8"))


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), "The training of three layers")
