"""Eight lines: 37 regions

"Visualizing piecewise linear neural networks" (Jane Street's technology blog, 2022) draws eight
neurons of a first layer as lines, and the pieces of the plane between them.

Here the number of regions is proved: in general position n lines cut the plane into
1 + n + n(n-1)/2 regions, 37 for eight. The window shows 32 of them, because five lie outside, and
the caption says both numbers. Neither is read off the picture. Each region has its activation
pattern written into it, as large as it fits; what could not be read is left out, and counted.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot, regions


def draw() -> Axes:
    lines = gallery.exhibit("lines:8")
    complex = regions(lines.network)
    return plot.top_down(
        complex, window=lines.window, colour_by="region", level=None, patterns=True
    )


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Eight lines")
