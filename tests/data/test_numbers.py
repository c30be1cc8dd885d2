"""The numbers of docs/data.md are those that were measured, and those that can be, again."""

import json
from pathlib import Path

import pytest

from exactpwl import gallery, occupancy
from exactpwl.gallery.training import digits
from exactpwl.gallery.training.common import fractions

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "experiments" / "results"
PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


def test_the_page_shows_the_table_of_the_experiment() -> None:
    table = (RESULTS / "where_data_live.md").read_text(encoding="utf-8")
    assert table in PAGE
    found = json.loads((RESULTS / "where_data_live.json").read_text(encoding="utf-8"))
    assert tuple(found) == gallery.classifier_names()
    for name, one in found.items():
        row = next(line for line in table.splitlines() if line.startswith(f"| {name} |"))
        assert f" {100 * one['alone'] / one['pictures']:.2f} % " in row
        assert one["alone"] <= one["own_pattern"] <= one["pictures"]
        assert one["alone"] + one["on_boundary"] <= one["pictures"]
    assert found["mnist-dense"]["alone"] == 4996


def test_ten_neurons_have_few_patterns() -> None:
    numerators, _ = digits.sample(*digits.TRAINING_DATA)
    found = occupancy(gallery.get("digits"), fractions(numerators))
    assert (len(found), len(found.own_pattern), len(found.alone)) == (4096, 3, 3)
    assert len({place.pattern for place in found.places}) == 58
    assert "have 58 patterns on all 4096 pictures" in PAGE


@pytest.mark.slow
def test_dense_classifiers_again() -> None:
    pytest.importorskip("sklearn", reason="the pictures are in scikit-learn")
    pictures = gallery.picture_set("digits")
    points = [pictures.exact(i) for i in range(len(pictures))]
    found = json.loads((RESULTS / "where_data_live.json").read_text(encoding="utf-8"))
    for name in ("digits-dense-1", "digits-dense-2"):
        again = occupancy(gallery.classifier(name), points)
        assert len(again.alone) == found[name]["alone"]
        assert len(again.holders) == found[name]["regions_with_data"]
