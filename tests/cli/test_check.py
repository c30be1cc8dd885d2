"""``exactpwl check``: every check on a network or a stored atlas."""

import json
from pathlib import Path

import pytest

from exactpwl import PolyhedralComplex
from exactpwl.checks import CHECKS


def test_a_network(run) -> None:
    result = run("check", "disc")
    assert result.exit_code == 0
    for name in CHECKS:
        assert f" {name} " in result.stdout
    assert "found: " in result.stdout
    assert "Every check that applies holds" in result.stdout
    assert "float runtime" in result.stdout


def test_json(run) -> None:
    found = json.loads(run("check", "xor", "--box", "-1", "1", "--json").stdout)
    assert found["passed"] is True
    assert {result["name"] for result in found["results"]} == set(CHECKS)
    assert all(result["statement"] for result in found["results"])


def test_some_checks(run) -> None:
    found = json.loads(run("check", "xor", "--only", "euler, facets", "--json").stdout)
    assert [result["name"] for result in found["results"]] == ["euler", "facets"]


def test_beyond_the_budget_a_check_is_not_applicable(run) -> None:
    line = ["check", "rings", "--only", "census", "--box", "0", "1/8", "--json"]
    (result,) = json.loads(run(*line).stdout)["results"]
    assert result["status"] == "not applicable"
    assert "budget" in result["evidence"]


def test_the_seed_chooses_the_points(run) -> None:
    line = ["check", "xor", "--only", "evaluation", "--seed", "7", "--json"]
    (result,) = json.loads(run(*line).stdout)["results"]
    assert "seed 7" in result["evidence"]


@pytest.fixture
def atlas(run, tmp_path: Path) -> Path:
    assert run("regions", "disc", "--out", "demo", "--no-figure").exit_code == 0
    return tmp_path / "demo" / "atlas.json"


def test_an_atlas(run, atlas: Path) -> None:
    assert run("check", str(atlas)).stdout == run("check", "disc").stdout


def test_an_atlas_has_its_own_domain(run, atlas: Path) -> None:
    for option in (["--box", "0", "1"], ["--domain", "d.json"], ["--jobs", "2"]):
        result = run("check", str(atlas), *option)
        assert result.exit_code == 2
        assert "an atlas has its domain and its regions already" in result.stderr


def test_an_atlas_with_a_wrong_affine_map_fails(run, atlas: Path) -> None:
    data = json.loads(atlas.read_text(encoding="utf-8"))
    data["regions"][0]["b"] = ["1/3"]
    atlas.write_text(json.dumps(data), encoding="utf-8")
    result = run("check", str(atlas))
    assert result.exit_code == 1
    assert "FAILED          continuity" in result.stdout
    assert "A CHECK FAILS: continuity" in result.stdout


def test_an_atlas_without_one_of_its_regions_fails(run, atlas: Path) -> None:
    whole = PolyhedralComplex.load(atlas)
    part = PolyhedralComplex(whole.network, whole.domain, whole.lines, whole.cells[:-1])
    part.save(atlas)
    result = run("check", str(atlas), "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["passed"] is False
    assert "failed" in {result["status"] for result in found["results"]}


def test_an_atlas_that_contradicts_itself_is_no_atlas(run, atlas: Path) -> None:
    data = json.loads(atlas.read_text(encoding="utf-8"))
    data["counts"]["activation_regions"] += 1
    atlas.write_text(json.dumps(data), encoding="utf-8")
    result = run("check", str(atlas))
    assert result.exit_code == 2
    assert "counts" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_atlas_that_is_cut_off(run, atlas: Path) -> None:
    text = atlas.read_text(encoding="utf-8")
    atlas.write_text(text[: len(text) // 2], encoding="utf-8")
    result = run("check", str(atlas))
    assert result.exit_code == 2
    assert "JSON is required" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_atlas_of_another_version(run, atlas: Path) -> None:
    text = atlas.read_text(encoding="utf-8")
    atlas.write_text(text.replace("exactpwl-atlas/1", "exactpwl-atlas/9"), encoding="utf-8")
    result = run("check", str(atlas))
    assert result.exit_code == 2
    assert "exactpwl-atlas/1" in result.stderr
    assert result.stderr.count("\n") == 1
