"""Accuracy against the number of affine maps

A study of linear regions (Frontiers, 2023/24) replaces the local linear maps of classifiers of
digits by the centres of k clusters, and finds that a dense network is nearly linear, while
convolutional ones need many affine maps.

Here the same is done with bundled networks on pictures that packages bring along, so that everybody
can repeat it (`experiments/clusters.py`), and the piece of every neuron at every picture is decided
exactly. The lines are what that program found; a broken line is what the network does itself.
"""

import json
from pathlib import Path

from matplotlib.axes import Axes

from exactpwl import plot
from exactpwl.linearmaps import ClusteredAccuracy

RESULTS = Path(__file__).resolve().parents[2] / "experiments" / "results" / "clusters.json"


def draw() -> Axes:
    found = json.loads(RESULTS.read_text(encoding="utf-8")).values()
    return plot.cluster_accuracies([ClusteredAccuracy.from_dict(result) for result in found])


if __name__ == "__main__":
    plot.save_figure(draw(), Path(__file__).with_suffix(".svg"), "Accuracy against affine maps")
