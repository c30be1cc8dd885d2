"""The proven answers beside the repository: networks with exact values of integrals, ranges ..."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exactpwl import Network

__all__ = ["network_of", "quantities"]

TRUTH = Path(__file__).resolve().parents[1].parent / "shared" / "ground_truth.json"
NETWORKS = json.loads(TRUTH.read_text("utf-8"))["networks"] if TRUTH.is_file() else []


def quantities(word: str) -> Any:
    """Parametrize a test by `case`, `key` and `known`, for each quantity whose name has a word."""
    found = [
        pytest.param(case, key, known, id=f"{case['name']}-{key}")
        for case in NETWORKS
        for key, known in case.get("quantities", {}).items()
        if word in key
    ]
    absent = pytest.mark.skip(reason=f"the proven answers are not beside the repository: {TRUTH}")
    nothing = pytest.param(None, "", None, marks=absent)
    return pytest.mark.parametrize(("case", "key", "known"), found or [nothing])


def network_of(case: dict[str, Any]) -> Network:
    """Return the network of a case."""
    return Network([(layer["W"], layer["b"], layer["activation"]) for layer in case["layers"]])
