"""Two pieces that do not meet

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) shows what no
network can learn: two linear pieces that do not meet at their boundary. This is the same in one
input.

Here it is not only drawn but refused, in words that can be checked. A function given by pieces is
any list of polyhedra with an affine map each; `check_continuity` compares the maps of every two
pieces on what they share, exactly, and the caption is its sentence: which pieces, where, both
values, the jump. Both ends are rings, because each closed piece claims the point.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot


def draw() -> Axes:
    return plot.function_graph(gallery.piecewise("torn"), maps=True)


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Two pieces that do not meet")
