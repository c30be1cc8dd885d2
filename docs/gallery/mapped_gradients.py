"""Five pictures: gradients of one network, mapped, and of the other

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) maps the local
linear maps of classifiers to one another by least squares, and shows what becomes of gradients as
pictures: that of the first network, what it is mapped to, and that of the second.

The networks are two convolutional ones of one shape from different seeds. Least squares were made
over 4,000 training pictures, and these five are test pictures: a row is a picture, and the
gradients are those of the output for the digit that is shown, each in its own scale. The mapped
ones take after the second network, though only the first has seen the picture. How often the mapped
network's classes are right is told in docs/experiments.md.
"""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from exactpwl import gallery, plot
from exactpwl.linearmaps import float_maps

PICTURES = "experiments/results/maps_between_mnist.npz"
SHAPE = (28, 28)


def draw() -> tuple[Axes, ...]:
    stored = np.load(Path(__file__).resolve().parents[2] / PICTURES)
    points = stored["numerators"] / float(stored["denominator"])
    first, second = (
        float_maps(gallery.classifier(name), points) for name in ("mnist-conv-1", "mnist-conv-2")
    )
    axes = plot.new_panels(len(points), 4, size=(1.5, 1.55))
    heads = ("picture", "mnist-conv-1", "mapped", "mnist-conv-2")
    for i, (point, label) in enumerate(zip(points, stored["labels"], strict=True)):
        row = axes[4 * i : 4 * (i + 1)]
        images = (point, first.rows[label, i], stored["mapped"][i], second.rows[label, i])
        for ax, numbers in zip(row, images, strict=True):
            plot.image(numbers[:784], SHAPE, ax, bar=False)
    for ax, head in zip(axes, heads, strict=False):
        ax.set_title(head, fontsize=8)
    return axes


if __name__ == "__main__":
    title = "Gradients mapped to another network"
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), title)
