"""Eight lines: the surface

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) lifts the plane
of eight lines to a surface: flat over each piece, and creased along the lines.

Here each of the 32 faces is exact, and which hides which is decided exactly, for every direction
of view. The output is a linear function of the eight neurons, their alternating sum. The plan lies
below on the floor. One region is flat at 0: no neuron is active there, and it has a colour of its
own.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    lines = gallery.exhibit("lines:8")
    return plot.surface(regions(lines.network), window=lines.window, view=(36, -55))


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Eight lines, surface")
