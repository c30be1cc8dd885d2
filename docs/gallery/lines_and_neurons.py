"""Regions along a line grow with the neurons, regions of the plane with the training

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) follows regions,
layer by layer, through a training. Theory (Hanin & Rolnick 2019, arXiv:1901.09021) expects the
regions along a line to stay in proportion to the number of neurons.

Here every count is exact. On the left, networks of three layers of 4 to 32 ReLUs before and after
they have learnt four discs in XOR position, and the regions that a hundred random lines meet in the
window, on the average: from 5.77 for 12 neurons to 40.65 for 96 before the training, and from 11.51
to 61.83 after it. That is about one region for two or three neurons before, and two regions for
three neurons or more after: training doubles what a line meets, roughly, and the mean stays below
one region a neuron.

On the right, what each layer adds to the regions of `disc-8-8-8`. In the window 54 become 213, of
which the third layer adds 124. Over the whole plane there were 414 before the training, and 257 are
left: the bends have been drawn together to where the data are.
"""

from fractions import Fraction
from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import Network, gallery, layer_counts, plot, regions, regions_along_lines
from exactpwl.plot.style import FONT, INK, MUTED, STROKES, TINTS

SLOW = True
LINES = 100


def mean_along_lines(network: Network, run: gallery.Run) -> Fraction:
    counts = regions_along_lines(network, run.window, LINES)
    return Fraction(sum(counts), len(counts))


def added(network: Network, window: object = None) -> list[int]:
    """Return how many regions each layer adds to those of the layers before it."""
    counts = layer_counts(regions(network, window))
    return [after - before for before, after in zip((0, *counts), counts, strict=False)]


def draw() -> tuple[Axes, ...]:
    left, right = plot.new_panels(1, 2, size=(4.4, 4.2))
    draw_lines(left)
    draw_layers(right)
    return left, right


def draw_lines(ax: Axes) -> None:
    """Draw the mean number of regions along a line over the number of neurons."""
    runs = gallery.family("xor-position-widths")
    neurons = [sum(run.networks[0].widths) for run in runs]
    ax.plot([0, 100], [0, 100], color=MUTED, lw=0.8, ls=":", label="one a neuron")
    for k, name, colour, mark in (
        (-1, "trained", STROKES[0], "o"),
        (0, "untrained", STROKES[1], "s"),
    ):
        means = [float(mean_along_lines(run.networks[k], run)) for run in runs]
        ax.plot(neurons, means, mark + "-", color=colour, lw=1.4, ms=4.5, label=name)
    dress(ax, "neurons, in three layers", f"regions along a line, mean of {LINES}")
    ax.set(xlim=(0, 101), ylim=(0, 101))


def draw_layers(ax: Axes) -> None:
    """Stack what the layers add, before and after, in the window and over the plane."""
    run = gallery.run("disc-8-8-8")
    bars = {
        f"{name},\n{where}": added(run.networks[k], window)
        for where, window in (("window", run.window), ("plane", None))
        for k, name in ((0, "untrained"), (-1, "trained"))
    }
    below = [0] * len(bars)
    for layer, colour in enumerate((TINTS[1], TINTS[0], STROKES[0])):
        heights = [counts[layer] for counts in bars.values()]
        drawn = ax.bar(
            list(bars),
            heights,
            0.62,
            bottom=below,
            color=colour,
            edgecolor=INK,
            linewidth=0.5,
            label=f"layer {layer + 1}",
        )
        white = colour == STROKES[0]
        ax.bar_label(
            drawn,
            [height if height > 15 else "" for height in heights],
            label_type="center",
            fontsize=FONT["text"],
            color="white" if white else INK,
        )
        below = [a + b for a, b in zip(below, heights, strict=True)]
    ax.bar_label(drawn, below, padding=2, fontsize=FONT["text"], color=INK, weight="bold")
    dress(ax, "", "activation regions, added by each layer")
    ax.set_ylim(0, 450)


def dress(ax: Axes, across: str, up: str) -> None:
    ax.set_xlabel(across, fontsize=FONT["label"], color=INK)
    ax.set_ylabel(up, fontsize=FONT["label"], color=INK)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, fontsize=FONT["text"], labelcolor=INK, loc="upper left")


if __name__ == "__main__":
    axes = draw()
    plot.save_figure(axes[0], Path(__file__).with_suffix(".svg"), "Lines and neurons")
