"""How far a point is from another class

The sources show what a trained network decides, and its accuracy on the data. How far an input may
move before the decision changes is a question that is mostly answered by trying attacks, or by
bounds on either side.

Here it is answered exactly, for a data point of the disc: the largest square and the largest
diamond around it in which the class does not change. Their radii are rational numbers, and so are
the points at which another class begins; they lie in different directions, because the norm decides
what is near. That the class keeps on a ball has a certificate.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    run = gallery.run("disc-8-8-8")
    return plot.robust_ball(regions(run.networks[-1]), run.points[3])


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "A robust point")
