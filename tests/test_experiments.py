"""The results of the experiments, and what docs/experiments.md tells of them."""

import json
from pathlib import Path

import pytest

from exactpwl import gallery
from exactpwl.linearmaps import ClusteredAccuracy, cluster_counts
from exactpwl.tables import cluster_table

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "experiments" / "results"
PAGE = ROOT / "docs" / "experiments.md"


def clusters() -> list[ClusteredAccuracy]:
    data = json.loads((RESULTS / "clusters.json").read_text(encoding="utf-8"))
    assert tuple(data) == gallery.classifier_names()
    return [ClusteredAccuracy.from_dict(result) for result in data.values()]


@pytest.mark.parametrize("ending", ["md", "csv"])
def test_the_table_of_clusters_is_that_of_the_results(ending: str, tmp_path: Path) -> None:
    cluster_table(clusters()).save(tmp_path / f"clusters.{ending}")
    written = (tmp_path / f"clusters.{ending}").read_text(encoding="utf-8")
    assert (RESULTS / f"clusters.{ending}").read_text(encoding="utf-8") == written


def test_every_number_of_clusters_was_tried_with_plausible_results() -> None:
    for found in clusters():
        assert tuple(c.k for c in found.clusterings) == cluster_counts(found.training)
        explained = [c.explained for c in found.clusterings]
        assert explained == sorted(explained)
        for clustering in found.clusterings:
            # who is right with clusters and not by himself does not agree with himself
            assert abs(clustering.right - found.own) <= found.test - clustering.agreeing


@pytest.mark.parametrize("name", ["clusters", "epochs"])
def test_the_page_shows_the_tables(name: str) -> None:
    rows = (RESULTS / f"{name}.md").read_text(encoding="utf-8").splitlines()
    table = "\n".join(row for row in rows if row.startswith("|"))
    assert table in PAGE.read_text(encoding="utf-8")
