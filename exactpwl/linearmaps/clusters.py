"""How many affine maps a classifier needs: its local linear maps, replaced by centres of clusters.

For each output j the rows of C_j at the training samples are put into k clusters by k-means.  At a
test sample the network's own row chooses the nearest centre, and output j becomes the value of that
centre, an affine function, at the sample; the largest output is the class.  With k = 1 all is one
affine map, the mean of the local ones; with as many clusters as distinct rows every training sample
keeps its own.  So the accuracy against k says how far the network is from being linear.  The
experiment is that of the study in the reference, section 2.4.1.

The clusters are scikit-learn's k-means from one start, chosen by the seeding of Arthur &
Vassilvitskii (2007), each centre from one draw: with the eight draws that are scikit-learn's custom
for a thousand centres it takes several times as long.  K-means is a search from a random start in
floating point: another seed, machine or version may find other clusters, and the accuracies then
differ by a few samples.

References
----------
Sattelberg, Cavalieri, Kirby, Peterson, Beveridge, "Locally linear attributes of ReLU neural
networks", Frontiers in Artificial Intelligence 6 (2023), doi:10.3389/frai.2023.1255192.
Arthur, Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from exactpwl.errors import DimensionError, MissingDependencyError, OptionError

if TYPE_CHECKING:
    import numpy.typing as npt

    from exactpwl.linearmaps.between_floats import MapsAtSamples

    Floats = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.intp]

__all__ = ["ClusteredAccuracy", "Clustering", "cluster_counts", "clustered_accuracy"]


class Clustering(NamedTuple):
    """What becomes of a classifier with k affine maps for each output.

    Attributes
    ----------
    k : int
    right : int
        The number of test samples whose class is the label.
    agreeing : int
        The number whose class is the network's own, right or wrong.
    explained : float
        The share of the variance of all training rows that their centres explain.

    Examples
    --------
    >>> Clustering(k=10, right=345, agreeing=355, explained=0.71).right
    345
    """

    k: int
    right: int
    agreeing: int
    explained: float


@dataclass(frozen=True)
class ClusteredAccuracy:
    """The accuracy of a classifier, and of what is left of it with k affine maps for each output.

    Attributes
    ----------
    name : str
    training, test : int
        The numbers of samples.
    own : int
        The number of test samples that the network itself classifies right.
    clusterings : tuple of Clustering
        In the order of k.

    Examples
    --------
    >>> found = ClusteredAccuracy("few", 60, 10, 9, (Clustering(1, 8, 7, 0.0),))
    >>> found.own_accuracy, found.accuracy(1)
    (Fraction(9, 10), Fraction(4, 5))
    """

    name: str
    training: int
    test: int
    own: int
    clusterings: tuple[Clustering, ...]

    @property
    def own_accuracy(self) -> Fraction:
        """The share of test samples that the network itself classifies right."""
        return Fraction(self.own, self.test)

    @property
    def sixth(self) -> int:
        """A sixth of the number of training samples, rounded down."""
        return self.training // 6

    def accuracy(self, k: int) -> Fraction:
        """Return the share of test samples classified right with k clusters for each output.

        Raises
        ------
        OptionError
            If that k was not tried.
        """
        for found in self.clusterings:
            if found.k == k:
                return Fraction(found.right, self.test)
        tried = ", ".join(str(found.k) for found in self.clusterings)
        raise OptionError(f"a number of clusters that was tried ({tried}) is required, got {k}")

    def as_dict(self) -> dict[str, Any]:
        """Return all of it in the words of JSON."""
        return {
            "name": self.name,
            "training": self.training,
            "test": self.test,
            "own": self.own,
            "clusterings": [found._asdict() for found in self.clusterings],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> ClusteredAccuracy:
        """Return what `as_dict` wrote."""
        clusterings = tuple(Clustering(**found) for found in data["clusterings"])
        return cls(data["name"], data["training"], data["test"], data["own"], clusterings)


def cluster_counts(samples: int) -> tuple[int, ...]:
    """Return the numbers of clusters of the study: 1, 10, 100, 1000, and a sixth of the samples.

    Examples
    --------
    >>> cluster_counts(60000), cluster_counts(1438)
    ((1, 10, 100, 1000, 10000), (1, 10, 100, 239, 1000))
    """
    return tuple(sorted({k for k in (1, 10, 100, 1000, samples // 6) if 1 <= k <= samples}))


def clustered_accuracy(
    training: MapsAtSamples,
    test: MapsAtSamples,
    points: Any,
    labels: Any,
    counts: Iterable[int] | None = None,
    *,
    name: str = "network",
    seed: int = 0,
) -> ClusteredAccuracy:
    """Replace a classifier's local linear maps by k centres for each output, and test what is left.

    Parameters
    ----------
    training, test : LocalMaps or FloatMaps
        Of one network, at training and at test samples.
    points : array, shape (n, d)
        The test samples.
    labels : n ints
        Their classes: the output that should be largest.
    counts : ints, optional
        The numbers of clusters; those of `cluster_counts` if left out.
    name : str
        Of the network, for tables and figures.
    seed : int
        Of the draws that choose the first centres.

    Raises
    ------
    DimensionError
        If samples, labels and maps do not fit.
    OptionError
        If a number of clusters is below 1 or above the number of training samples.
    MissingDependencyError
        If scikit-learn is not installed, which chooses more than one centre of more rows.

    Examples
    --------
    >>> from exactpwl import Network
    >>> from exactpwl.linearmaps import local_maps
    >>> bent = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1], [0, 0]], [-1, 0], "linear")])
    >>> points = [[-2], [-0.5], [0.5], [2]]
    >>> maps = local_maps(bent, points)
    >>> found = clustered_accuracy(maps, maps, points, [0, 1, 1, 0], [1, 2])
    >>> found.own, [clustering.right for clustering in found.clusterings]
    (4, [2, 4])
    """
    learnt, seen = training.floats(), test.floats()
    at, classes = np.asarray(points, dtype=np.float64), np.asarray(labels)
    _check(learnt, seen, at, classes)
    size = learnt.shape[1]
    tried = cluster_counts(size) if counts is None else tuple(sorted(set(counts)))
    if not tried or tried[0] < 1 or tried[-1] > size:
        raise OptionError(
            f"numbers of clusters from 1 to {size}, the number of training samples, are required, "
            f"got {', '.join(map(str, tried)) or 'none'}"
        )
    homogeneous = np.column_stack([at, np.ones(len(at))])
    own = _values(seen, homogeneous).argmax(axis=0)
    clusterings = tuple(
        _clustering(k, learnt, seen, homogeneous, classes, own, seed) for k in tried
    )
    return ClusteredAccuracy(name, size, len(at), int((own == classes).sum()), clusterings)


def _check(learnt: Floats, seen: Floats, points: Floats, labels: Numbers) -> None:
    if learnt.shape[::2] != seen.shape[::2]:
        raise DimensionError(
            "local maps of one network are required, got rows of "
            f"{learnt.shape[2]} numbers for {learnt.shape[0]} outputs in training and of "
            f"{seen.shape[2]} for {seen.shape[0]} in the test"
        )
    if points.shape != (seen.shape[1], seen.shape[2] - 1) or labels.shape != points.shape[:1]:
        raise DimensionError(
            f"{seen.shape[1]} test samples of {seen.shape[2] - 1} numbers, and a label for each, "
            f"are required, got arrays of shapes {points.shape} and {labels.shape}"
        )


def _values(rows: Floats, homogeneous: Floats) -> Floats:
    """The value of each row at its sample, shape (outputs, samples)."""
    found: Floats = np.einsum("jsk,sk->js", rows, homogeneous)
    return found


def _clustering(
    k: int,
    learnt: Floats,
    seen: Floats,
    homogeneous: Floats,
    labels: Numbers,
    own: Numbers,
    seed: int,
) -> Clustering:
    outputs = np.empty((len(learnt), len(homogeneous)))
    within = total = 0.0
    for j, (rows, probes) in enumerate(zip(learnt, seen, strict=True)):
        centres, spread, chosen = _centres(k, rows, probes, seed)
        outputs[j] = np.einsum("sk,sk->s", centres[chosen], homogeneous)
        within += spread
        total += float(((rows - rows.mean(axis=0)) ** 2).sum())
    found = outputs.argmax(axis=0)
    explained = max(0.0, 1 - within / total) if total else 1.0
    return Clustering(k, int((found == labels).sum()), int((found == own).sum()), explained)


def _centres(k: int, rows: Floats, probes: Floats, seed: int) -> tuple[Floats, float, Numbers]:
    """The centres, the sum of squared distances of rows to them, and the centre of each probe."""
    distinct = np.unique(rows, axis=0)
    if k >= len(distinct):
        return distinct, 0.0, _nearest(distinct, probes)
    if k == 1:
        mean = rows.mean(axis=0)
        return mean[None], float(((rows - mean) ** 2).sum()), np.zeros(len(probes), dtype=np.intp)
    cluster = _scikit_learn()
    start, _ = cluster.kmeans_plusplus(rows, k, n_local_trials=1, random_state=seed)
    means = cluster.KMeans(k, init=start, n_init=1).fit(rows)
    return means.cluster_centers_, float(means.inertia_), means.predict(probes)


def _nearest(centres: Floats, probes: Floats) -> Numbers:
    return np.concatenate([_nearest_of_few(centres, part) for part in _parts(probes)])


def _nearest_of_few(centres: Floats, probes: Floats) -> Numbers:
    found: Numbers = ((probes[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
    return found


def _parts(probes: Floats) -> Iterator[Floats]:
    for start in range(0, len(probes), 16):
        yield probes[start : start + 16]


def _scikit_learn() -> Any:
    try:
        from sklearn import cluster
    except ImportError as error:
        raise MissingDependencyError(
            "clusters need scikit-learn: `pip install scikit-learn`, or install exactpwl with its "
            "extra `experiments`"
        ) from error
    return cluster
