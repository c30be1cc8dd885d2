"""Every kind of network in the browser: it is drawn, and computed there as it is here."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from exactpwl import Network, PolyhedralComplex, regions
from exactpwl.formula import format_affine
from exactpwl.tables.notation import LatexNotation
from exactpwl.tables.numbers import Numbers
from explore_cases import CASES

pytestmark = pytest.mark.slow

ALL = """() => explore.atlas.regions.map(({ index, sides }) => {
    const { atlas } = explore;
    const area = atlas.area(index);
    return {
        area: area && `${area.n}/${area.d}`,
        maps: atlas.mapText(atlas.map(index)),
        vertices: atlas.vertices(index).map((point) => point.map(({ n, d }) => `${n}/${d}`)),
        rays: atlas.rays(index).map((ray) => ray.map(String)),
        rows: sides.map((side) => atlas.row(side).map(String)),
        neighbours: [...new Set(atlas.neighbours(index))].sort((a, b) => a - b),
        latex: explore.row(index),
        place: explore.plan.placeOf(index),
    };
})"""


def expected(complex_: PolyhedralComplex, index: int) -> dict[str, Any]:
    region = complex_.regions[index]
    names = ["f"] if len(region.affine_map.bias) == 1 else ["f1", "f2"]
    rows = zip(names, region.affine_map.weight, region.affine_map.bias, strict=True)
    return {
        "area": region.volume,
        "maps": [f"{name} = {format_affine(weight, bias)}" for name, weight, bias in rows],
        "vertices": list(region.vertices),
        "rays": list(region.rays),
        "rows": {(*f.inequality.normal, f.inequality.offset) for f in region.facets},
        "neighbours": list(complex_.neighbours[index]),
    }


def read(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "area": found["area"] and Fraction(found["area"]),
        "maps": found["maps"],
        "vertices": [tuple(map(Fraction, point)) for point in found["vertices"]],
        "rays": [tuple(map(int, ray)) for ray in found["rays"]],
        "rows": {tuple(map(int, row)) for row in found["rows"]},
        "neighbours": found["neighbours"],
    }


@pytest.mark.parametrize("name", CASES)
def test_the_browser_computes_what_the_library_does(open_atlas: Any, name: str) -> None:
    network, domain = CASES[name]
    complex_ = regions(network, domain)
    page = open_atlas(complex_)
    for index, found in enumerate(page.evaluate(ALL)):
        assert read(found) == expected(complex_, index)
        place = [Fraction(c) for c in found["place"]]
        assert index in complex_.locate(place).regions, "its label stands inside"
        assert latex(complex_, index) <= set(found["latex"].removesuffix(r" \\").split(" & "))
    owners = set(page.evaluate("[...(explore.plan.raster?.owner ?? [])]"))
    if complex_.dimension == 2 and domain is None:
        assert 0 not in owners, "every pixel of the plane belongs to a region"


def latex(complex_: PolyhedralComplex, index: int) -> set[str]:
    """Return cells of the region's row as the library writes them: pattern, map, vertices, area."""
    region = complex_.regions[index]
    notation = LatexNotation(Numbers(shorten=False))
    names = ["f1", "f2"] if len(region.affine_map.bias) > 1 else [""]
    maps = zip(region.affine_map.weight, region.affine_map.bias, names, strict=True)
    items = {
        "map": [notation.affine(weight, bias, name) for weight, bias, name in maps],
        "vertices": [notation.point(vertex) for vertex in region.vertices],
        "area": [r"\infty" if region.volume is None else notation.number(region.volume)],
    }
    cells = {f"${'@'.join(cell)}$".replace("@", r",\; ") for cell in items.values() if cell}
    return {rf"\texttt{{{region.pattern}}}", *cells}


@pytest.mark.parametrize("name", CASES)
def test_all_controls_work_on_every_network(open_atlas: Any, name: str) -> None:
    network, domain = CASES[name]
    page = open_atlas(regions(network, domain))
    page.evaluate("document.querySelector('#stage').focus()")
    keys = ["n", "ArrowRight", "ArrowUp", "n", "c", "c", "c", "c", "l", "l", "z", "1", "e", "d"]
    for key in (*keys, "+", "-", "f", "s", "Shift+ArrowLeft", "+", "s", "p", "Escape"):
        page.keyboard.press(key)
    for tab in ("compare", "empty", "about", "region"):
        page.click(f"#tab-{tab}")
        assert page.text_content("#panel").strip()


def test_numbers_beyond_floats(open_atlas: Any) -> None:
    tiny, huge = Fraction(1, 10**400), Fraction(10**400)
    network = Network([([[huge, 0], [0, 1]], [1, 0], "relu"), ([[tiny, 1]], [0], "linear")])
    complex_ = regions(network, [(-1, 1), (-1, 1)])
    page = open_atlas(complex_)
    for index, found in enumerate(page.evaluate(ALL)):
        assert read(found) == expected(complex_, index)
    page.fill("#search", "1e-500, 1/2")
    page.keyboard.press("Enter")
    expected_regions = complex_.locate([Fraction(1, 10**500), Fraction(1, 2)]).regions
    assert page.get_attribute(".region", "data-region") == str(expected_regions[0])
