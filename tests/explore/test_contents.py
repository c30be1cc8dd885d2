"""The contents of an atlas to explore say the same as the complex, exactly, and no more than once.

They are read back here as the page reads them: inequalities by cross products, areas by the
shoelace formula.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import broken
from exactpwl import AffineMap, Network, PolyhedralComplex, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.explore.contents import CONTENTS_FORMAT, atlas_contents
from exactpwl.rationals import primitive
from explore_cases import CASES, HARD
from strategies import networks

Row = tuple[int, ...]


def integers(text: str) -> Row:
    return tuple(map(int, text.split(" ")))


def cross(u: Row, v: Row) -> Row:
    return (
        u[1] * v[2] - u[2] * v[1],
        u[2] * v[0] - u[0] * v[2],
        u[0] * v[1] - u[1] * v[0],
    )


def row_of(contents: dict[str, Any], side: list[Any]) -> Row:
    start, end = side[:2]
    first = integers(contents["generators"][start])
    if len(first) == 2:
        x, t = first
        return (t, -x) if end else (-t, x)
    return primitive(cross(first, integers(contents["generators"][end])))


def map_of(contents: dict[str, Any], entry: dict[str, Any]) -> AffineMap:
    *numbers, scale = integers(contents["maps"][entry["map"]])
    width = len(contents["network"]["inputs"]) + 1
    rows = [numbers[i : i + width] for i in range(0, len(numbers), width)]
    return AffineMap.of(
        [[Fraction(n, scale) for n in row[:-1]] for row in rows],
        [Fraction(row[-1], scale) for row in rows],
    )


def area_of(contents: dict[str, Any], entry: dict[str, Any]) -> Fraction:
    corners = [integers(contents["generators"][side[0]]) for side in entry["sides"]]
    points = [(Fraction(x, t), Fraction(y, t)) for x, y, t in corners]
    return sum(x * v - u * y for (x, y), (u, v) in pairwise([*points, points[0]])) / Fraction(2)


def differences(contents: dict[str, Any], complex_: PolyhedralComplex) -> list[str]:
    """Return what the contents say otherwise than the complex."""
    network, found = complex_.network, []
    kinks = network.kinks
    if len(contents["regions"]) != len(complex_):
        return ["another number of regions"]
    for entry, region in zip(contents["regions"], complex_.regions, strict=True):
        name = f"region {region.index}"
        if entry["pattern"] != str(region.pattern):
            found.append(f"{name}: pattern")
        vectors = tuple(integers(contents["generators"][i]) for i in entry["generators"])
        if vectors != region.generators:
            found.append(f"{name}: generators")
        if map_of(contents, entry) != region.affine_map:
            found.append(f"{name}: affine map")
        facets = {
            (*facet.inequality.normal, facet.inequality.offset): (
                -1 if facet.neighbour is None else facet.neighbour,
                set(facet.inequality.kinks),
                facet.inequality.domain_rows,
            )
            for facet in region.facets
        }
        sides = {
            row_of(contents, side): (side[2], {kinks[k] for k in side[3]}, tuple(side[4]))
            for side in entry["sides"]
        }
        if sides != facets:
            found.append(f"{name}: facets")
        if (
            region.is_bounded
            and complex_.dimension == 2
            and area_of(contents, entry) != region.volume
        ):
            found.append(f"{name}: area")
        zero = [i for i, s in enumerate(s for layer in region.signs for s in layer) if not s]
        if entry.get("vanishing", []) != zero:
            found.append(f"{name}: vanishing kinks")
    for key, groups in (
        ("linear", complex_.linear_regions),
        ("closed", complex_.closed_linear_regions),
    ):
        numbers = [entry[key] for entry in contents["regions"]]
        if any(numbers[i] != n for n, group in enumerate(groups) for i in group):
            found.append(key)
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_contents_are_the_complex(name: str) -> None:
    complex_ = regions(*CASES[name])
    contents = atlas_contents(complex_)
    assert contents["format"] == CONTENTS_FORMAT
    assert differences(json.loads(json.dumps(contents)), complex_) == []


@given(networks(inputs=st.just(2)))
def test_the_contents_of_any_network_are_its_complex(network: Network) -> None:
    complex_ = regions(network, [(-3, 3), (-3, 3)])
    assert differences(atlas_contents(complex_), complex_) == []


def test_sides_go_around_the_region_without_a_gap() -> None:
    complex_ = regions(gallery.get("lines:8"))
    for entry, region in zip(atlas_contents(complex_)["regions"], complex_.regions, strict=True):
        sides = entry["sides"]
        assert all(before[1] == after[0] for before, after in pairwise(sides))
        assert (sides[-1][1] == sides[0][0]) == region.is_bounded


def test_another_map_is_told() -> None:
    complex_ = regions(gallery.get("lines:4"))
    wrong = atlas_contents(broken.shifted_map(complex_, 3))
    assert differences(wrong, complex_) == ["region 3: affine map"]


def test_another_corner_is_told() -> None:
    complex_ = regions(gallery.get("xor"), [(-1, 1), (-1, 1)])
    contents = atlas_contents(complex_)
    contents["generators"][0] = "-2 -1 1"
    told = differences(contents, complex_)
    assert "region 0: generators" in told
    assert "region 0: area" in told


def test_a_neighbour_that_is_another_is_told() -> None:
    complex_ = regions(gallery.get("lines:4"))
    contents = atlas_contents(complex_)
    contents["regions"][0]["sides"][0][2] = 0
    assert differences(contents, complex_) == ["region 0: facets"]


def test_equal_maps_are_written_once() -> None:
    contents = atlas_contents(regions(gallery.get("max:2")))
    assert len(contents["regions"]) == 4
    assert len(contents["maps"]) == contents["counts"]["affine_pieces"] == 2


def test_the_window() -> None:
    complex_ = regions(gallery.get("lines:8"))
    assert atlas_contents(complex_, [(0, "1/3"), (-1, 1)])["window"] == [["0", "1/3"], ["-1", "1"]]
    tent = regions(gallery.get("tent"))
    assert atlas_contents(tent, [(0, 2)])["window"] == [["0", "2"]]
    assert atlas_contents(regions(gallery.get("tent"), [(0, 1)]))["window"] == [["0", "1"]]
    with pytest.raises(FigureError, match="a window is two pairs"):
        atlas_contents(complex_, [(0, 1)])
    with pytest.raises(FigureError, match=r"a window of the line is one pair .* got the box"):
        atlas_contents(tent, [(0, 1), (0, 1)])


def test_three_inputs_name_the_section() -> None:
    with pytest.raises(
        FigureError, match=r"needs 1 or 2 inputs, got 3: take a section .* network\.section"
    ):
        atlas_contents(regions(gallery.get("max:3")))


def test_the_section_of_three_inputs_serves() -> None:
    plane = gallery.get("max:3").section((0, 0, 0), [(1, 0, 0), (0, 1, 0)])
    complex_ = regions(plane)
    assert differences(atlas_contents(complex_), complex_) == []


def test_empty_patterns_with_their_proofs() -> None:
    found = atlas_contents(regions(gallery.get("xor")))["empty"]
    assert found["total"] == "4"
    assert found["counts"] == {"proper": 3, "improper": 0, "thin": 0, "empty": 1}
    (block,) = found["blocks"]
    assert block["pattern"] == "01"
    assert block["proof"] == "(x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0"
    assert sorted(block["rows"]) == ["-1 -1 -1", "1 1 0"]


def test_of_many_patterns_only_the_number_is_told() -> None:
    found = atlas_contents(regions(gallery.get("lines:12"), [(0, 1), (0, 1)]))["empty"]
    assert found == {"total": "4096", "blocks": None}


def test_a_breakpoint_has_its_value() -> None:
    network = atlas_contents(regions(HARD))["network"]
    assert network["kinks"][:2] == [[0, 0, 0], [0, 0, 1]]
    assert network["kink_names"][:2] == ["a0 = -1", "a0 = 1"]
