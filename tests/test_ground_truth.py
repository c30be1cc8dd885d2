"""Every network and arrangement whose answers are proven elsewhere, held against the complex."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from exactpwl import Network, PolyhedralComplex, powerset_patterns, regions

TRUTH = Path(__file__).resolve().parents[1].parent / "shared" / "ground_truth.json"
CASES: dict[str, Any] = json.loads(TRUTH.read_text("utf-8")) if TRUTH.is_file() else {}

needs_truth = pytest.mark.skipif(
    not CASES, reason=f"the proven answers are not beside the repository: no {TRUTH}"
)


def cases(kind: str) -> Any:
    entries = CASES.get(kind, [])
    return pytest.mark.parametrize("case", entries, ids=[entry["name"] for entry in entries])


@cache
def complex_of(text: str, box: str) -> PolyhedralComplex:
    layers = [(layer["W"], layer["b"], layer["activation"]) for layer in json.loads(text)]
    return regions(Network(layers), json.loads(box))


def of_network(case: dict[str, Any]) -> PolyhedralComplex:
    return complex_of(json.dumps(case["layers"]), json.dumps(case.get("box")))


@needs_truth
@cases("arrangements")
def test_arrangement(case: dict[str, Any]) -> None:
    found = regions(Network([(case["normals"], case["offsets"], "relu")]))
    assert len(found) == case["regions"]
    assert found.bounded_count == case["bounded_regions"]
    assert not found.lonely_facets
    if case.get("facet_adjacencies") is not None:
        assert len(found.adjacencies) == case["facet_adjacencies"]
    if "f_vector" in case:
        assert list(found.f_vector) == case["f_vector"]
        assert list(found.f_vector_bounded) == case["f_vector_bounded"]


def bounded_linear_regions(found: PolyhedralComplex) -> int:
    return sum(all(found.regions[i].is_bounded for i in part) for part in found.linear_regions)


def bent_facets(found: PolyhedralComplex) -> int:
    maps = found.affine_maps
    return sum(maps[a] != maps[b] for a, b, _ in found.adjacencies)


ANSWERS = {
    "activation_regions": len,
    "bounded_activation_regions": lambda c: c.bounded_count,
    "facet_adjacencies": lambda c: len(c.adjacencies),
    "bent_facets": bent_facets,
    "linear_regions": lambda c: len(c.linear_regions),
    "bounded_linear_regions": bounded_linear_regions,
    "linear_regions_closed": lambda c: len(c.closed_linear_regions),
    "distinct_affine_maps": lambda c: len(c.affine_pieces),
    "binary_patterns_all_dims": lambda c: len(c.literal_patterns),
    "f_vector": lambda c: list(c.f_vector),
    "f_vector_bounded": lambda c: list(c.f_vector_bounded),
    "euler_all": lambda c: c.euler_characteristic,
    "euler_bounded": lambda c: sum((-1) ** k * n for k, n in enumerate(c.f_vector_bounded)),
    "face_to_face": lambda c: not c.lonely_facets,
}


@needs_truth
@cases("networks")
def test_network(case: dict[str, Any]) -> None:
    found = of_network(case)
    assert {key: ANSWERS[key](found) for key in case["expected"]} == case["expected"]


@needs_truth
@cases("networks")
def test_powerset_agrees(case: dict[str, Any]) -> None:
    found = of_network(case)
    if sum(found.network.widths) > 9:
        pytest.skip("the powerset method takes networks of up to 9 neurons here")
    second = regions(found.network, found.domain, method="powerset")
    assert [c.pattern for c in second.cells] == [c.pattern for c in found.cells]
    literal = powerset_patterns(found.network, found.domain, feasibility="literal")
    assert literal == found.literal_patterns


HELD_BY = {
    "integral": "test_integration.py: test_known_integrals",
    "integral_on_box": "test_integration.py: test_known_integrals_over_boxes",
    "mean_on_unit_box": "test_integration.py: test_known_means",
    "range": "test_extent.py: test_proven_ranges",
    "range_on_box": "test_extent.py: test_proven_ranges",
    "lipschitz": "test_steepness.py: test_proven_constants",
    "lipschitz_linf": "test_steepness.py: test_proven_constants",
    "lipschitz_wrt_linf_input": "test_steepness.py: test_proven_constants",
    "lipschitz_wrt_l1_input": "test_steepness.py: test_proven_constants",
    "lipschitz_l2_squared": "test_steepness.py: test_proven_constants",
    "local_maxima": "test_local_extremes.py: test_proven_strict_maxima",
}
"""Which test of tests/questions holds each quantity of each network."""


@needs_truth
@cases("networks")
def test_every_quantity_is_held_by_a_test(case: dict[str, Any]) -> None:
    for key in case.get("quantities", {}):
        file, _, test = HELD_BY[key].partition(": ")
        text = (Path(__file__).parent / "questions" / file).read_text("utf-8")
        assert f"def {test}(" in text


@needs_truth
@cases("networks")
def test_published_lower_bounds_are_reached(case: dict[str, Any]) -> None:
    found = of_network(case)
    for key, bound in case.get("published_lower_bounds", {}).items():
        assert ANSWERS[key](found) >= bound


def test_hat_has_twice_as_many_literal_patterns() -> None:
    """A pattern that exists on a face only is no region: 25 against 12 (definitions R1, R2)."""
    weights = [[1, 0], [0, 1], [1, -1], [-1, 0], [0, -1], [-1, 1]]
    hat = Network(
        [
            ([*weights], [0] * 6, "relu"),
            ([["-1/2"] * 6], [1], "relu"),
            ([[1]], [0], "linear"),
        ]
    )
    found = regions(hat)
    assert (len(found), len(found.literal_patterns)) == (12, 25)
    assert powerset_patterns(hat, feasibility="literal") == found.literal_patterns
