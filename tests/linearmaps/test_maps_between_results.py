"""The results of experiments/maps_between.py: what the page says, and what comes out again."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "experiments" / "results"
NAMES = ("xor", "digits", "mnist")


def load_program() -> ModuleType:
    path = ROOT / "experiments" / "maps_between.py"
    spec = importlib.util.spec_from_file_location("maps_between_program", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PROGRAM = load_program()


def stored(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((RESULTS / f"maps_between_{name}.json").read_text())
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_page_has_the_tables_of_the_results(name: str) -> None:
    table = PROGRAM.table(name, stored(name)).to_markdown()
    assert (RESULTS / f"maps_between_{name}.md").read_text() == table
    lines = [line for line in table.splitlines() if line.startswith("|")]
    assert "\n".join(lines) in (ROOT / "docs" / "experiments.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_network_mapped_to_itself_decides_as_before(name: str) -> None:
    own = [result for result in stored(name) if result["from"] == result["to"]]
    assert own
    assert all(r["as_target"] == r["as_source"] == r.get("samples", r["points"]) for r in own)


def test_ranks_in_floats_are_the_exact_ones() -> None:
    assert all(result["ranks"] == result["exact_ranks"] for result in stored("digits"))


def test_all_facets_that_bend_are_torn_between_different_xor_networks() -> None:
    torn = {(r["from"], r["to"]): (r["torn"], r["facets"]) for r in stored("xor")}
    assert torn["xor-2", "xor-20"] == torn["xor-2", "xor-100"] == (1, 1)
    assert torn["xor-20", "xor-2"] == torn["xor-20", "xor-100"] == (98, 98)
    assert torn["xor-100", "xor-2"] == torn["xor-100", "xor-20"] == (3837, 4071)


@pytest.mark.slow
def test_the_xor_networks_give_the_stored_results_again() -> None:
    assert list(PROGRAM.xor()) == stored("xor")
