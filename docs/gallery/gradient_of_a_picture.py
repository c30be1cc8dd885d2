"""A region's affine map, as a picture

A study of linear regions (Frontiers, 2023/24) looks at the affine maps of a network on pictures.

The bundled network `digits` tells a 3 from an 8 in pictures of 8 x 8 points: positive means 8. Its
gradient is the weight row of the region that the picture lies in. Orange is what speaks for an 8:
both pictures have it on the left, where an 8 is closed and a 3 open. The numbers below are exact,
and so is the last one: as long as no point's brightness changes by more than that, however all of
them change together, the network is this affine function. It took no enumeration in 64 dimensions.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import gallery, plot
from exactpwl.gallery.training.digits import glyph


def draw() -> tuple[Axes, ...]:
    network = gallery.get("digits")
    axes = plot.new_panels(2, 2, size=(3.9, 3.9), width_ratios=(1, 1.25))
    for (left, right), digit in zip((axes[:2], axes[2:]), (3, 8), strict=True):
        plot.image(glyph(digit), (8, 8), left, bar=False)
        plot.gradient_image(network, right, point=glyph(digit))
    return axes


if __name__ == "__main__":
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".svg"), "Gradients of digits")
