"""What the decision does not need

The Frontiers study of linear regions, duals, clusters and affine maps (2023/24) draws the
boundaries of each neuron of a trained network, layer by layer, and last the decision boundary over
all. In such a picture some neurons seem to matter for the decision, and some could be left out.

Here "can be left out" is proved on all points of the window: a network and the same without a part
are compared on every region of their common refinement. Of the 24 neurons of the network 8-8-8 that
has learnt the disc, nine can go, one at a time, without changing the decision f > 0 anywhere in
the window; only one of them leaves the function as it is. Nine can also go together, one after
another: 5, 4 and 6 neurons are left, 139 regions of 213, and the same class at every point. No
layer can go: with the identity for its ReLUs, the first layer decides otherwise at data points, the
second and the third at none of the 1024, but elsewhere in the window.

Data points say less. Of the 20 units of `xor-20` each can go for the sake of the four points, and
one for the sake of the window. Of the units of `disc-3` none can go, of the 24 of `xor-position`
one, of the 36 of `heart` eight, seven of which do not even change the function.
"""

from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import (
    Network,
    compare_decisions,
    gallery,
    plot,
    regions,
    without_redundant_neurons,
)


def draw() -> tuple[Axes, ...]:
    run = gallery.run("disc-8-8-8")
    whole = run.networks[-1]
    left = Network(without_redundant_neurons(whole, run.window).layers, name="nine neurons less")
    assert compare_decisions(whole, left, run.window).is_same
    axes = plot.new_panels(1, 2, size=(4.6, 4.9))
    for ax, network in zip(axes, (whole, left), strict=True):
        plot.decision_regions(regions(network, run.window), ax, window=run.window)
    legends = [ax.get_legend() for ax in axes]
    axes[0].figure.legend(
        handles=legends[0].legend_handles, loc="outside upper center", ncols=6, frameon=False
    )
    for legend in legends:
        legend.remove()
    return axes


if __name__ == "__main__":
    axes = draw()
    plot.save_figure(axes[0], Path(__file__).with_suffix(".svg"), "What the decision does not need")
