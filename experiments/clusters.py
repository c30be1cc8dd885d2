"""Clusters of local linear maps: how many affine maps the classifiers of digits need.

    python experiments/clusters.py [NAME ...] [--seed N]

writes experiments/results/clusters.json and the tables clusters.md and clusters.csv beside it, for
all bundled classifiers or those that are named (the others keep what the file has).  The rows of
the networks on 8 x 8 points are exact and rounded once; those on 28 x 28 are float64, with the
pieces decided exactly.  Needs the extra `experiments`; twenty minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from exactpwl.forward import passes
from exactpwl.gallery.classifiers import classifier, classifier_names
from exactpwl.gallery.pictures import PictureSet, picture_set
from exactpwl.linearmaps import ClusteredAccuracy, clustered_accuracy, float_maps, local_maps
from exactpwl.maximum import Maximum
from exactpwl.network import Network
from exactpwl.tables import cluster_table

RESULTS = Path(__file__).resolve().parent / "results"


def maps(network: Network, pictures: PictureSet) -> Any:
    """The local maps at pictures, exactly where the network is small."""
    if network.input_dimension <= 64:
        return local_maps(network, [pictures.exact(i) for i in range(len(pictures))])
    return float_maps(network, pictures.points)


def tied(network: Network, pictures: PictureSet) -> int:
    """Count, exactly, the pictures at which two arguments of a maximum are largest, and positive.

    Such a picture lies on the boundary between regions: its row is that of the first argument.
    """
    return sum(map(partial(is_tied, network), map(pictures.exact, range(len(pictures)))))


def is_tied(network: Network, point: tuple[Fraction, ...]) -> bool:
    """Whether two arguments of some maximum are largest at a point, and positive."""
    before: Sequence[int] = ()
    for layer, step in zip(network.layers, passes(network.layers, point), strict=True):
        if isinstance(layer, Maximum):
            groups = ([before[i] for i in group] for group in layer.members)
            if any(max(group) > 0 and group.count(max(group)) > 1 for group in groups):
                return True
        before = step.values
    return False


def experiment(name: str, seed: int) -> dict[str, Any]:
    """The result of one network, with the time of each part in seconds."""
    network, pictures = classifier(name), picture_set(name.split("-")[0])
    start = time.monotonic()
    training, test = maps(network, pictures.training), maps(network, pictures.test)
    made = time.monotonic()
    found = clustered_accuracy(
        training, test, pictures.test.points, pictures.test.labels, name=name, seed=seed
    )
    clustered = time.monotonic()
    return {
        **found.as_dict(),
        "seed": seed,
        "exact_rows": network.input_dimension <= 64,
        "decided_by_integers": getattr(training, "by_integers", 0)
        + getattr(test, "by_integers", 0),
        "distinct_rows": max(len(np.unique(rows, axis=0)) for rows in training.floats()),
        "tied_test_pictures": tied(network, pictures.test),
        "seconds": {
            "maps": round(made - start, 1),
            "clusters": round(clustered - made, 1),
        },
    }


def main() -> None:
    """Run the experiment and write its tables."""
    parser = argparse.ArgumentParser(description="Cluster the local linear maps of classifiers.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="of " + ", ".join(classifier_names())
    )
    parser.add_argument("--seed", type=int, default=0, help="of the first centres")
    options = parser.parse_args()
    file = RESULTS / "clusters.json"
    found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for name in options.names or classifier_names():
        found[name] = experiment(name, options.seed)
        print(json.dumps(found[name]), flush=True)
        ordered = {key: found[key] for key in classifier_names() if key in found}
        file.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
    table = cluster_table([ClusteredAccuracy.from_dict(found[key]) for key in found])
    table.save(RESULTS / "clusters.md")
    table.save(RESULTS / "clusters.csv")


if __name__ == "__main__":
    main()
