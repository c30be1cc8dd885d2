"""Classifiers with few affine maps: what is right with 1, with all, and in between."""

import builtins
import json
from typing import Any

import numpy as np
import pytest

from exactpwl import Network
from exactpwl.errors import DimensionError, MissingDependencyError, OptionError
from exactpwl.linearmaps import (
    ClusteredAccuracy,
    Clustering,
    cluster_counts,
    clustered_accuracy,
    float_maps,
    local_maps,
)

# class 0 where |x| >= 1, as the first of equal outputs is the class
BENT = Network([([[1, 0], [-1, 0]], [0, 0], "relu"), ([[1, 1], [0, 0]], [-1, 0], "linear")])
SAMPLES = [[x / 4, y / 4] for x in range(-8, 9) for y in (-1, 1) if x]
LABELS = [0 if abs(x) >= 1 else 1 for x, _ in SAMPLES]


def found(counts: Any = None, **options: Any) -> ClusteredAccuracy:
    maps = local_maps(BENT, SAMPLES)
    return clustered_accuracy(maps, maps, SAMPLES, LABELS, counts, **options)


def test_one_map_is_the_mean_and_all_maps_are_the_network() -> None:
    result = found([1, 2])
    ones = LABELS.count(1)
    assert result.own == len(SAMPLES)
    assert result.clusterings == (
        Clustering(1, ones, ones, 0.0),  # the slopes 1 and -1 cancel: always class 1
        Clustering(2, len(SAMPLES), len(SAMPLES), 1.0),
    )


def test_right_and_agreeing_differ_where_the_network_errs() -> None:
    maps = local_maps(BENT, SAMPLES)
    wrong = [1 - label for label in LABELS]
    result = clustered_accuracy(maps, maps, SAMPLES, wrong, [2])
    assert (result.own, result.clusterings) == (0, (Clustering(2, 0, len(SAMPLES), 1.0),))


def test_rows_in_floating_point_give_the_same() -> None:
    maps = float_maps(BENT, SAMPLES)
    assert clustered_accuracy(maps, maps, SAMPLES, LABELS, [1, 2]) == found([1, 2])


def test_numbers_are_tried_once_and_in_order() -> None:
    assert [c.k for c in found([2, 1, 2]).clusterings] == [1, 2]


@pytest.mark.parametrize(
    ("samples", "counts"),
    [(4000, (1, 10, 100, 666, 1000)), (1438, (1, 10, 100, 239, 1000)), (32, (1, 5, 10)), (3, (1,))],
)
def test_the_numbers_of_the_study(samples: int, counts: tuple[int, ...]) -> None:
    assert cluster_counts(samples) == counts


def test_a_result_survives_json() -> None:
    result = found([1, 2], name="bent")
    assert ClusteredAccuracy.from_dict(json.loads(json.dumps(result.as_dict()))) == result


@pytest.mark.parametrize("counts", [[0, 1], [33], []])
def test_impossible_numbers_of_clusters_are_refused(counts: list[int]) -> None:
    with pytest.raises(OptionError, match="numbers of clusters from 1 to 32, the number of"):
        found(counts)


def test_a_number_that_was_not_tried_is_refused() -> None:
    with pytest.raises(OptionError, match=r"that was tried \(1, 2\) is required, got 3"):
        found([1, 2]).accuracy(3)


def test_what_does_not_fit_is_refused() -> None:
    maps = local_maps(BENT, SAMPLES)
    line = local_maps(Network([([[1], [2]], [0, 0], "relu")]), [[1], [2]])
    with pytest.raises(
        DimensionError, match="rows of 2 numbers for 2 outputs in training and of 3"
    ):
        clustered_accuracy(line, maps, SAMPLES, LABELS)
    with pytest.raises(DimensionError, match="32 test samples of 2 numbers, and a label for each"):
        clustered_accuracy(maps, maps, SAMPLES, LABELS[1:])


def test_without_scikit_learn_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    there = builtins.__import__

    def refuse(name: str, *arguments: Any, **options: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return there(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    maps = float_maps(SQUARES, POINTS)
    with pytest.raises(MissingDependencyError, match="extra `experiments`"):
        clustered_accuracy(maps, maps, POINTS, np.zeros(len(POINTS)), [3])


SQUARES = Network(
    [
        ([[1]] * 15, [f"-{k}/4" for k in range(1, 16)], "relu"),
        ([[*["1/2"] * 15], [0] * 15], [-4, 0], "linear"),
    ]
)
POINTS = (np.arange(64) / 16)[:, None]


@pytest.mark.slow
def test_the_more_maps_the_nearer_to_the_network() -> None:
    """A convex function on a line: its slopes are equally far apart, and clusters are intervals."""
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    maps = float_maps(SQUARES, POINTS)
    own = maps.values(POINTS).argmax(axis=1)
    result = clustered_accuracy(maps, maps, POINTS, own, [1, 2, 4, 8, 16])
    explained = [c.explained for c in result.clusterings]
    assert explained == sorted(explained)
    assert explained[0] == 0
    assert result.clusterings[-1] == Clustering(16, 64, 64, 1.0)
    assert result == clustered_accuracy(maps, maps, POINTS, own, [1, 2, 4, 8, 16])


@pytest.mark.slow
def test_a_dense_classifier_is_nearly_linear() -> None:
    """The bundled network on 8 x 8 points, with exact rows: one map loses two samples of 359."""
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    from exactpwl.gallery import classifier, picture_set

    pictures = picture_set("digits")
    network = classifier("digits-dense-1")
    training, test = (
        local_maps(network, [part.exact(i) for i in range(len(part))])
        for part in (pictures.training, pictures.test)
    )
    result = clustered_accuracy(
        training, test, pictures.test.points, pictures.test.labels, [1, 1000]
    )
    assert (result.training, result.test, result.own) == (1438, 359, 347)
    assert [c.right for c in result.clusterings] == [345, 347]
    floats = float_maps(network, pictures.test.points)
    assert np.allclose(floats.rows, test.floats(), rtol=1e-12, atol=1e-12)
