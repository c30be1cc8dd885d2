"""One picture, three classifiers, ten gradients each

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) looks at the
gradients of classifiers as pictures: for one input, those of every output of every network.

This is a test picture of a 4 out of MNIST, and the three bundled networks of 28 x 28 inputs: a
dense one and two convolutional ones, trained from different seeds. Orange points speak for the
digit at the head of the column, blue ones against it; each picture has its own scale. The pieces of
all neurons are decided exactly, and then each gradient is computed in floating point. A thick frame
marks the digit that the network decides for. Neighbouring points are often of different colours for
the dense network; the gradients of the convolutional ones are smoother and fade toward the border.
"""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from exactpwl import gallery, plot
from exactpwl.linearmaps import float_maps

NETWORKS = ("mnist-dense", "mnist-conv-1", "mnist-conv-2")
PICTURES = "experiments/results/maps_between_mnist.npz"
SHAPE = (28, 28)


def draw() -> tuple[Axes, ...]:
    stored = np.load(Path(__file__).resolve().parents[2] / PICTURES)
    point = stored["numerators"][2] / float(stored["denominator"])
    axes = plot.new_panels(len(NETWORKS), 11, size=(1.05, 1.2))
    for row, name in enumerate(NETWORKS):
        maps = float_maps(gallery.classifier(name), [point])
        first, *others = axes[11 * row : 11 * (row + 1)]
        plot.image(point, SHAPE, first, bar=False)
        first.set_title(name, fontsize=7)
        chosen = int(maps.values(point[None]).argmax())
        for digit, ax in enumerate(others):
            plot.image(maps.rows[digit, 0, :-1], SHAPE, ax, bar=False)
            ax.set_title(f"{digit}", fontsize=7)
            if digit == chosen:
                for spine in ax.spines.values():
                    spine.set(linewidth=2.0, color="#1c2230")
    return axes


if __name__ == "__main__":
    title = "Gradients of three classifiers"
    plot.save_figure(draw()[0], Path(__file__).with_suffix(".png"), title)
