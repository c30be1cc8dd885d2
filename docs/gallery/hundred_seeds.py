"""How often three units close the region

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) remarks that three
hidden units can enclose a disc, that often they do not, and that the training then stays at half of
the points.

Here that is counted, over a hundred seeds that differ in nothing else, and each word is exact. A
network *closes the region* where f is positive at the centre, in a component of {f > 0} that is
bounded; it is *right on the data* at all 1024 points, of which half belong to the disc; and it is
*right everywhere* when f > 0 on the whole disc and f < 0 on the whole annulus, which the level set
proves and no sample can. After 400 epochs 32 of the 100 networks have closed the region; 21 are
right on the data, and only 10 of these everywhere: between the points the corners of the others
reach into the annulus. The left panel shows where the 68 others stay: 16 at about half of the
points (one of them is 0 at all points, which is right at none; it stands at the left end), 13 at
two thirds, 39 at four fifths, where the region is open to one side.

Three layers of eight close it with every one of 20 seeds: 14 by epoch 40, all by epoch 80; by epoch
160 all are right on the data, by epoch 200 everywhere. In the runs of the gallery the region is
closed first at epoch 20 by three units and at epoch 40 by 8-8-8, and all points are right first at
epoch 140 and at epoch 120 (there is a network every 10 epochs).
"""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from matplotlib.axes import Axes

from exactpwl import Network, gallery, plot, regions, sign_on_ring
from exactpwl.plot.style import FONT, INK, MUTED, STROKES, TINTS

SLOW = True
CENTRE = (0, 0)


class Found(NamedTuple):
    """What is known of one network."""

    closed: bool
    right: bool
    everywhere: bool
    accuracy: Fraction


def closes(network: Network) -> bool:
    """Whether f > 0 at the centre, in a bounded component of {f > 0}."""
    if network(CENTRE)[0] <= 0:
        return False
    complex = regions(network)
    here = complex.locate(CENTRE).regions[0]
    return any(here in part.regions and part.is_bounded for part in complex.superlevel_components())


def is_right_everywhere(network: Network) -> bool:
    """Whether f > 0 on the whole disc and f < 0 on the whole annulus."""
    complex = regions(network)
    disc, annulus = (sign_on_ring(complex, CENTRE, *r) for r in ((0, "1/2"), ("3/4", 1)))
    return disc == 1 and annulus == -1


def measured(run: gallery.Run) -> list[Found]:
    """Measure every checkpoint of a run."""
    return [
        Found(closes(network), right == 1, right == 1 and is_right_everywhere(network), right)
        for network, right in zip(run.networks, map(run.accuracy, range(len(run))), strict=True)
    ]


def draw() -> tuple[Axes, ...]:
    three, eight = (
        [measured(run) for run in gallery.family(f"{name}-seeds")]
        for name in ("disc-3", "disc-8-8-8")
    )
    epochs = gallery.family("disc-3-seeds")[0].epochs
    left, right = plot.new_panels(1, 2, size=(4.4, 3.4))
    draw_accuracies(left, [found[-1] for found in three])
    draw_shares(right, epochs, three, eight)
    return left, right


def draw_accuracies(ax: Axes, last: Iterable[Found]) -> None:
    """Stack the seeds over their accuracy, by what they have reached."""
    groups = {
        "region open": [f for f in last if not f.closed],
        "closed": [f for f in last if f.closed and not f.right],
        "right on the data": [f for f in last if f.right and not f.everywhere],
        "right everywhere": [f for f in last if f.everywhere],
    }
    edges = [0.475 + 0.025 * k for k in range(22)]
    ax.hist(
        [[max(float(f.accuracy), 0.48) for f in group] for group in groups.values()],
        bins=edges,
        stacked=True,
        color=[TINTS[6], TINTS[1], TINTS[0], STROKES[0]],
        edgecolor=INK,
        linewidth=0.5,
        label=[f"{name}: {len(group)}" for name, group in groups.items()],
    )
    dress(ax, "three units: share of the 1024 points that are right", "seeds of 100")
    ax.legend(frameon=False, fontsize=FONT["text"], labelcolor=INK, loc="upper left")


def draw_shares(
    ax: Axes, epochs: tuple[int, ...], three: list[list[Found]], eight: list[list[Found]]
) -> None:
    """Draw the share of the seeds that have closed, and that are right on the data, over time."""
    for runs, name, colour in ((three, "3", STROKES[1]), (eight, "8-8-8", STROKES[0])):
        for what, dashes in (("closed", "-"), ("right", "--"), ("everywhere", ":")):
            counts = [sum(getattr(found[k], what) for found in runs) for k in range(len(epochs))]
            shares = [100 * count / len(runs) for count in counts]
            told = {"right": "right on the data", "everywhere": "right everywhere"}.get(what, what)
            ax.plot(epochs, shares, dashes, color=colour, lw=1.6, label=f"{name}: {told}")
    dress(ax, "epoch", "seeds, per cent")
    ax.set_ylim(-3, 103)
    ax.legend(
        frameon=False,
        fontsize=FONT["text"],
        labelcolor=INK,
        loc="upper right",
        bbox_to_anchor=(1.0, 0.83),
    )


def dress(ax: Axes, across: str, up: str) -> None:
    ax.set_xlabel(across, fontsize=FONT["label"], color=INK)
    ax.set_ylabel(up, fontsize=FONT["label"], color=INK)
    ax.tick_params(labelsize=FONT["text"], color=MUTED, labelcolor=MUTED, length=3, width=0.6)
    ax.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    axes = draw()
    plot.save_figure(axes[0], Path(__file__).with_suffix(".svg"), "A hundred seeds")
