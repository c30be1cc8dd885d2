"""What a person does with an atlas, done in headless Chromium: hover, click, type, filter."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from exactpwl import Network, PolyhedralComplex, gallery, regions

pytestmark = pytest.mark.slow

LINES = gallery.exhibit("lines:8")


@pytest.fixture(scope="module")
def lines() -> PolyhedralComplex:
    return regions(LINES.network)


@pytest.fixture(scope="module")
def rings() -> PolyhedralComplex:
    return regions(gallery.get("rings"), [(-1, 1), (-1, 1)])


def pixel(page: Any, point: Sequence[float]) -> tuple[float, float]:
    """Return where a point of the plane is on the page."""
    place = """([x, y]) => {
        const box = document.querySelector("#stage").getBoundingClientRect();
        const [px, py] = explore.plan.view.toPixel(x, y);
        return [px + box.left, py + box.top];
    }"""
    px, py = page.evaluate(place, list(point))
    return px, py


def inner(complex_: PolyhedralComplex, region: int) -> list[float]:
    return [float(c) for c in complex_.regions[region].interior_point]


def click(page: Any, complex_: PolyhedralComplex, region: int, **options: Any) -> None:
    page.mouse.move(*pixel(page, inner(complex_, region)))
    modifiers = options.get("modifiers", [])
    for key in modifiers:
        page.keyboard.down(key)
    page.mouse.click(*pixel(page, inner(complex_, region)))
    for key in modifiers:
        page.keyboard.up(key)


def colour(page: Any, point: Sequence[float]) -> list[int]:
    """Return the colour of the picture at a point of the plane."""
    shown = """([x, y]) => {
        const { view, context } = explore.plan;
        const [px, py] = view.toPixel(x, y);
        return [...context.getImageData(px * view.dpr, py * view.dpr, 1, 1).data].slice(0, 3);
    }"""
    found: list[int] = page.evaluate(shown, list(point))
    return found


def settle(page: Any) -> None:
    """Wait until the next frame is drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150)))")


def text(page: Any, selector: str) -> str:
    """Return a text with one kind of minus, and of spaces."""
    return " ".join(page.text_content(selector).replace("−", "-").split())


def small_regions(complex_: PolyhedralComplex) -> list[int]:
    """Return the bounded regions whose interior point is well inside the window."""
    return [
        region.index
        for region in complex_.regions
        if region.is_bounded and max(map(abs, region.interior_point)) < 5
    ]


def uncover(page: Any) -> None:
    """Fold the card of controls, so that it lies over no region."""
    page.evaluate("document.querySelector('#controls').open = false")


def test_hovering_shows_the_region_under_the_pointer(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    uncover(page)
    for index in small_regions(lines):
        page.mouse.move(*pixel(page, inner(lines, index)))
        page.wait_for_selector(f'.region[data-region="{index}"]')
        region = lines.regions[index]
        assert text(page, ".pattern") == str(region.pattern)
        assert page.locator("button.facet").count() == len(region.neighbours)
        assert text(page, "[data-fact=area]") == str(region.volume)
        assert page.locator("[data-list=vertices] li").count() == len(region.vertices)
        assert page.get_attribute("#status", "data-region") == str(index)


def test_the_panel_says_the_affine_map_and_the_neurons(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    uncover(page)
    index = lines.locate(("1/3", -1)).regions[0]
    click(page, lines, index)
    (formula,) = page.evaluate("explore.atlas.mapText(explore.atlas.map(explore.state.pins[0]))")
    assert text(page, ".map").replace(" ", "") == formula.replace(" ", "")
    behind = {
        f"a{facet.inequality.kinks[0].neuron}": facet.neighbour
        for facet in lines.regions[index].facets
    }
    shown = page.eval_on_selector_all(
        "button.facet",
        "all => all.map(f => [f.querySelector('.neuron').textContent, +f.dataset.neighbour])",
    )
    assert dict(shown) == behind


def test_a_click_pins_and_a_facet_leads_to_the_neighbour(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    uncover(page)
    index = small_regions(lines)[0]
    click(page, lines, index)
    other = lines.neighbours[index][0]
    page.mouse.move(*pixel(page, (0, 5)))
    assert page.get_attribute(".region", "data-region") == str(index), "a pinned region stays"
    page.click(f'button.facet[data-neighbour="{other}"]')
    assert page.get_attribute(".region", "data-region") == str(other)
    assert page.evaluate("document.activeElement.className") == "facet", "the walk can go on"


def test_arrow_keys_walk_across_facets(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    uncover(page)
    at = small_regions(lines)[0]
    click(page, lines, at)
    walked = [at]
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
        walked.append(int(page.get_attribute(".region", "data-region")))
    steps = [(a, b) for a, b in pairwise(walked) if a != b]
    assert len(steps) >= 2
    assert all(b in lines.neighbours[a] for a, b in steps)
    page.keyboard.press("Escape")
    assert page.evaluate("explore.state.pins") == [-1, -1]


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("1/3, -2", "(1/3, -2) is inside region #"),
        ("(0.5,1e-1)", "(1/2, 1/10) is inside region #"),
        ("0 -5/2", "(0, -5/2) is on a vertex of 4 regions: #"),
    ],
)
def test_a_point_is_located_exactly(open_atlas: Any, lines: Any, query: str, answer: str) -> None:
    page = open_atlas(lines, LINES.window)
    page.fill("#search", query)
    page.click("text=Go")
    assert text(page, "#answer").startswith(answer)
    parts = query.strip("()").replace(",", " ").split()
    expected = lines.locate([Fraction(part) for part in parts]).regions
    assert page.get_attribute(".region", "data-region") == str(expected[0])
    values = page.eval_on_selector_all("[data-exact]", "all => all.map(v => v.dataset.exact)")
    assert [Fraction(v) for v in values] == list(LINES.network([Fraction(p) for p in parts]))
    assert text(page, "#answer").count("#") == len(expected)


def test_a_point_on_a_boundary_says_so(open_atlas: Any) -> None:
    xor = regions(gallery.get("xor"), [(-1, 1), (-1, 1)])
    page = open_atlas(xor)
    for query, answer in (
        ("1/3, -1/3", "(1/3, -1/3) is on the boundary of 2 regions: #1, #2."),
        ("1/3, -0.3333333333333333333333", "is inside region #2."),
        ("1/3, -0.3333333333333333333334", "is inside region #1."),
        ("1, 1", "(1, 1) is on the boundary of the domain, of region #2."),
        ("2, 2", "(2, 2) is outside the domain."),
    ):
        page.fill("#search", query)
        page.keyboard.press("Enter")
        assert text(page, "#answer").endswith(answer)


def test_patterns_and_numbers_are_found_and_nonsense_is_not(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    for query in (str(lines.regions[20].pattern), "#20"):
        page.fill("#search", query)
        page.keyboard.press("Enter")
        assert page.get_attribute(".region", "data-region") == "20"
    known = {str(region.pattern) for region in lines.regions}
    other = next(p for p in (f"{i:08b}" for i in range(256)) if p not in known)
    for query, answer in (
        (other, f"No region has the pattern {other}."),
        ("#99", "There is no region #99: they are #0 to #36."),
        ("hello", "Type a point such as 1/3, -2, a pattern such as"),
        ("1/0, 2", "Type a point such as"),
    ):
        page.fill("#search", query)
        page.keyboard.press("Enter")
        assert text(page, "#answer").startswith(answer)
        assert page.get_attribute("#answer", "class") == "problem"


def test_location_in_the_browser_is_that_of_the_library(open_atlas: Any, rings: Any) -> None:
    page = open_atlas(rings)
    points = [(Fraction(i, 7), Fraction(j, 11)) for i in range(-6, 7, 3) for j in range(-9, 10, 3)]
    corners = [v for region in rings.regions[::97] for v in region.vertices]
    middles = [
        tuple((a + b) / 2 for a, b in zip(*rings.points(facet)[:2], strict=True))
        for _, _, facet in rings.adjacencies[::211]
    ]
    inside = [p for p in (*points, *corners, *middles) if rings.domain.contains(p, strict=True)]
    answers = page.evaluate(
        """(queries) => queries.map((query) => {
            explore.search(query);
            const { textContent } = document.querySelector("#answer");
            return [...textContent.matchAll(/#(\\d+)/g)].map((m) => +m[1]);
        })""",
        [f"{x}, {y}" for x, y in inside],
    )
    for point, answer in zip(inside, answers, strict=True):
        assert answer == list(rings.locate(point).regions)[:6]


def test_layers_are_shown_and_hidden(open_atlas: Any, rings: Any) -> None:
    page = open_atlas(rings)
    count = """() => {
        const { context, base } = explore.plan;
        const { data } = context.getImageData(0, 0, base.width, base.height);
        let sum = 0;
        for (let i = 0; i < data.length; i += 4) sum += data[i] + data[i + 1] + data[i + 2];
        return sum;
    }"""
    page.uncheck("#level")
    settle(page)
    light = [page.evaluate(count)]
    for layer in range(4):
        page.uncheck(f"#layers [data-layer='{layer}']")
        settle(page)
        light.append(page.evaluate(count))
    assert light == sorted(set(light)), "without its dark lines the picture is lighter each time"
    page.keyboard.press("1")
    settle(page)
    assert page.is_checked("#layers [data-layer='0']")
    assert page.evaluate(count) < light[-1]


def test_colours_are_those_of_the_values(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    wanted = """([x, y]) => {
        const paint = explore.paint(() => null);
        const region = explore.plan.pick(...explore.plan.view.toPixel(x, y));
        const point = [x, y].map((c) => ({ n: BigInt(Math.round(c * 2 ** 20)), d: 2n ** 20n }));
        const [value] = explore.atlas.valuesAt(region, point);
        const place = paint.scale.place(Number(value.n) / Number(value.d));
        const shade = paint.map[Math.round(place * (paint.map.length - 1))];
        return [shade & 255, (shade >> 8) & 255, (shade >> 16) & 255];
    }"""
    for index in small_regions(lines)[:6]:
        point = inner(lines, index)
        seen, expected = colour(page, point), page.evaluate(wanted, point)
        assert all(abs(a - b) <= 3 for a, b in zip(seen, expected, strict=True))


def test_the_colour_bar_has_the_least_and_the_greatest_value(open_atlas: Any, lines: Any) -> None:
    from exactpwl.plot.view import complex_view

    page = open_atlas(lines, LINES.window)
    ends = page.evaluate("(({ low, high }) => [low, high])(explore.paint(() => null).scale)")
    assert ends == pytest.approx(list(map(float, complex_view(lines, LINES.window).limits)))
    shown = page.eval_on_selector_all(".ticks span", "all => all.map(s => s.textContent)")
    assert [float(shown[0].replace("−", "-")), float(shown[2])] == pytest.approx(ends, rel=0.01)


def test_neighbours_differ_in_colour(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    page.select_option("#colour", "region")
    page.uncheck("#layers [data-layer='0']")
    settle(page)
    bounded = set(small_regions(lines))
    pairs = [(a, b) for a, b, _ in lines.adjacencies if {a, b} <= bounded]
    assert pairs
    for first, second in pairs:
        assert colour(page, inner(lines, first)) != colour(page, inner(lines, second))


def test_every_colouring_is_drawn(open_atlas: Any, rings: Any) -> None:
    page = open_atlas(rings)
    names = page.eval_on_selector_all("#colour option", "all => all.map(o => o.value)")
    assert names[:4] == ["output:0", "region", "linear", "map"]
    assert {"active:-1", "active:3", "neuron:0:0", "neuron:3:7"} <= set(names)
    seen = set()
    for name in names[:9]:
        page.select_option("#colour", name)
        settle(page)
        assert page.locator("#legend > *").count() == 1
        seen.add(tuple(tuple(colour(page, (x / 10, 0.03))) for x in range(-9, 10)))
    assert len(seen) == 7, "each region is alone, as a linear region and as an affine piece"


def test_colour_by_a_neuron_is_its_piece(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    page.select_option("#colour", "neuron:0:3")
    settle(page)
    colours = {0: set(), 1: set()}
    for index in small_regions(lines):
        piece = lines.regions[index].pattern[0][3]
        colours[piece].add(tuple(colour(page, inner(lines, index))))
    assert len(colours[0]) == len(colours[1]) == 1
    assert colours[0] != colours[1]


def test_two_regions_are_compared(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    uncover(page)
    first, second = small_regions(lines)[0], small_regions(lines)[-1]
    click(page, lines, first)
    click(page, lines, second, modifiers=["Shift"])
    assert page.get_attribute(".compare", "data-pair") == f"{first} {second}"
    names = page.eval_on_selector_all("[data-neuron]", "all => all.map(n => n.dataset.neuron)")
    assert names == [f"a{neuron}" for _, neuron in lines.flips(first, second)]
    maps = lines.affine_maps
    difference = maps[second] - maps[first]
    exact = page.evaluate(
        """([a, b]) => {
            const { weight, bias } = explore.atlas.mapDifference(a, b);
            return [...weight[0], bias[0]].map(({ n, d }) => `${n}/${d}`);
        }""",
        [first, second],
    )
    assert list(map(Fraction, exact)) == [*difference.weight[0], *difference.bias]
    import networkx

    length = networkx.shortest_path_length(
        lines.graph, lines.regions[first].pattern, lines.regions[second].pattern
    )
    assert page.get_attribute("[data-walk]", "data-walk") == str(length)
    page.click("text=Swap A and B")
    assert page.get_attribute(".compare", "data-pair") == f"{second} {first}"


def test_equal_maps_are_told(open_atlas: Any) -> None:
    page = open_atlas(regions(gallery.get("max:2")))
    page.evaluate("() => { explore.pin(0); explore.pinSecond(1); }")
    assert page.locator("[data-equal]").count() == 1


def test_a_row_is_copied_as_latex(open_atlas: Any) -> None:
    xor = regions(gallery.get("xor"), [(-1, 1), (-1, 1)])
    page = open_atlas(xor, permissions=["clipboard-read", "clipboard-write"])
    click(page, xor, 1)
    page.click("text=Copy as LaTeX row")
    page.wait_for_selector("text=Copied")
    row = page.evaluate("navigator.clipboard.readText()")
    cells = row.removesuffix(r" \\").split(" & ")
    assert cells[:2] == [r"\texttt{10}", "$2x+2y+1$"]
    facets = {r"x+y \ge -1", r"x+y \le 0", r"x \ge -1", r"y \ge -1"}
    assert set(cells[2].strip("$").split(r",\; ")) == facets
    assert cells[4:] == ["yes", r"$\tfrac{3}{2}$"]


def test_the_surface_is_drawn_and_shows_what_is_under_the_pointer(
    open_atlas: Any, lines: Any
) -> None:
    page = open_atlas(lines, LINES.window)
    if not page.evaluate("!!document.createElement('canvas').getContext('webgl2')"):
        pytest.skip("this browser has no WebGL 2")
    page.click("#surface-button")
    page.wait_for_function("explore.surface.frames.length > 0")
    assert page.is_visible("#surface")
    assert page.is_hidden("#picture")
    box = page.locator("#surface").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.55)
    settle(page)
    assert int(page.get_attribute("#status", "data-region")) >= 0
    triangles = page.evaluate("explore.surface.owners.length")
    assert triangles >= len(lines)
    heights = page.evaluate(
        """() => {
            const { lift, corners } = explore.surface;
            const gaps = [];
            for (const [region, around] of corners) {
                for (const other of explore.atlas.neighbours(region)) {
                    const height = ([x, y]) => [`${x},${y}`, lift(region, x, y)[2]];
                    const here = new Map(around.map(height));
                    for (const [x, y] of corners.get(other) ?? []) {
                        const z = here.get(`${x},${y}`);
                        if (z !== undefined) gaps.push(Math.abs(z - lift(other, x, y)[2]));
                    }
                }
            }
            return [gaps.length, Math.max(...gaps)];
        }"""
    )
    assert heights[0] > 40
    assert heights[1] < 1e-9, "the surface has no gap where regions meet"
    page.keyboard.press("s")
    assert page.is_visible("#picture")


def test_empty_patterns_are_browsed(open_atlas: Any) -> None:
    complex_ = regions(gallery.get("lines:6"))
    page = open_atlas(complex_)
    page.click("#tab-empty")
    listed = page.eval_on_selector_all(".empty-item", "all => all.map(i => i.dataset.pattern)")
    from exactpwl import census
    from exactpwl.tables.empty_patterns import with_stars

    found = census(complex_.network)
    blocks = [block for block in found.blocks if block.status == "empty"]
    assert listed == [with_stars(block, found.pieces) for block in blocks]
    sentence = text(page, ".empty-item .proof").replace("≥", ">=").replace(" ⟹ ", " gives ")
    assert sentence.replace("·", "*") == blocks[0].certificate.sentence()
    page.click(".empty-item")
    assert page.get_attribute(".empty-item", "aria-pressed") == "true"
    assert len(page.evaluate("explore.state.rows")) == len(blocks[0].certificate.rows)
    page.select_option("#colour", "region")
    assert page.get_attribute(".empty-item", "aria-pressed") == "true", "the list stays as it is"
    first = listed[0].rstrip("*")
    page.fill("#empty-search", first)
    shown = page.eval_on_selector_all(".empty-item", "all => all.map(i => i.dataset.pattern)")
    assert shown == [
        p for p in listed if all(a in (b, "*") for a, b in zip(p, first, strict=False))
    ]


def test_of_many_patterns_the_number_is_told(open_atlas: Any, rings: Any) -> None:
    page = open_atlas(rings)
    page.click("#tab-empty")
    assert "This network has 2^32 patterns" in text(page, "#panel")


def test_everything_can_be_reached_with_the_keyboard(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const at = document.activeElement;
                const { outlineStyle, outlineWidth } = getComputedStyle(at);
                const seen = outlineStyle !== "none" && outlineWidth !== "0px";
                return [at.id || at.className || at.tagName, seen];
            }"""
        )
        reached.append(here[0])
        assert here[0] == "BODY" or here[1], f"the focus on {here[0]} is seen"
        if here[0] == "whole":
            break
    order = ["search", "theme", "help-button", "stage", "colour", "surface-button", "closer", "fit"]
    assert [name for name in reached if name in order] == order
    assert reached[-1] == "whole"
    assert "tab-region" in reached


def test_the_keys(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    uncover(page)
    page.keyboard.press("?")
    assert page.is_visible("#help")
    assert page.locator("#help kbd").count() >= 20
    page.keyboard.press("Escape")
    assert page.is_hidden("#help")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "stage"
    scale = page.evaluate("explore.plan.view.scale")
    page.keyboard.press("+")
    settle(page)
    assert page.evaluate("explore.plan.view.scale") > scale
    page.keyboard.press("0")
    settle(page)
    assert page.evaluate("explore.plan.view.scale") == scale
    page.keyboard.press("c")
    assert page.input_value("#colour") == "region"
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.get_attribute(".region", "data-region") == "1"
    page.keyboard.press("p")
    assert page.get_attribute(".region", "data-region") == "0"
    page.keyboard.press("e")
    assert page.is_checked("#whole")
    page.keyboard.press("l")
    assert page.input_value("#labels") == "number"
    page.keyboard.press("0")
    settle(page)
    page.mouse.move(*pixel(page, inner(lines, small_regions(lines)[-1])))
    page.keyboard.press("b")
    assert page.locator(".compare").count() == 1


def test_wheel_and_drag_move_the_picture(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window)
    box = page.locator("#stage").bounding_box()
    x, y = 700 - box["x"], 400 - box["y"]
    point = page.evaluate("([x, y]) => explore.plan.view.toPlane(x, y)", [x, y])
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -400)
    settle(page)
    assert pixel(page, point) == pytest.approx((700, 400)), "it stays in place"
    assert page.evaluate("explore.plan.view.scale / explore.plan.view.fitted") > 1.5
    page.mouse.down()
    page.mouse.move(760, 440, steps=4)
    page.mouse.up()
    settle(page)
    assert pixel(page, point) == pytest.approx((760, 440))
    assert page.locator(".region-heading .quiet").count() == 0, "a drag pins nothing"


def test_day_and_night(open_atlas: Any, lines: Any) -> None:
    page = open_atlas(lines, LINES.window, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(17, 21, 29)"
    dark = colour(page, (0.3, 0.1))
    page.keyboard.press("d")
    settle(page)
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert colour(page, (0.3, 0.1)) != dark
    page.emulate_media(color_scheme="light")
    page.click("#theme")
    assert page.evaluate(ground) == "rgb(17, 21, 29)", "what was chosen counts for more"


@pytest.mark.parametrize("width", [340, 700, 861, 1000, 1180])
def test_no_width_needs_a_horizontal_scroll_bar(open_atlas: Any, rings: Any, width: int) -> None:
    page = open_atlas(rings, viewport={"width": width, "height": 600})
    page.fill("#search", "1/3, -2/5")
    page.keyboard.press("Enter")
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
    for name in ("#help-button", "#panel", "#stage", "#search"):
        box = page.locator(name).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 0.5, name


def test_a_narrow_screen(open_atlas: Any, lines: Any) -> None:
    narrow = {"width": 360, "height": 740}
    page = open_atlas(lines, LINES.window, viewport=narrow, has_touch=True, is_mobile=True)
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360
    stage, panel = (page.locator(s).bounding_box() for s in ("#stage", "#panel"))
    assert stage["width"] == 360
    assert panel["y"] >= stage["y"] + stage["height"]
    index = small_regions(lines)[0]
    page.touchscreen.tap(*pixel(page, inner(lines, index)))
    assert page.get_attribute(".region", "data-region") == str(index)
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360


def test_one_input(open_atlas: Any) -> None:
    saw = regions(gallery.get("sawtooth:3"))
    page = open_atlas(saw, [(0, 1)])
    assert page.is_hidden("#surface-button")
    page.fill("#search", "1/4")
    page.keyboard.press("Enter")
    first, second = saw.locate([Fraction(1, 4)]).regions
    assert text(page, "#answer") == f"1/4 is on a breakpoint of 2 regions: #{first}, #{second}."
    page.fill("#search", "1/3")
    page.keyboard.press("Enter")
    (index,) = saw.locate([Fraction(1, 3)]).regions
    assert page.get_attribute(".region", "data-region") == str(index)
    assert text(page, "[data-fact=area]") == "1/8"
    page.evaluate("document.querySelector('#stage').focus()")
    page.keyboard.press("ArrowRight")
    after = int(page.get_attribute(".region", "data-region"))
    assert after in saw.neighbours[index]
    assert saw.regions[after].interior_point > saw.regions[index].interior_point


def test_several_outputs(open_atlas: Any) -> None:
    page = open_atlas(regions(Network([([[1, 0], [0, 1]], [0, 0], "relu")])))
    page.evaluate("explore.pin(3)")
    assert page.locator(".maps .map").count() == 2
    page.select_option("#colour", "output:1")
    settle(page)
    assert colour(page, (-0.5, 0.4)) == colour(page, (0.5, 0.4))
    assert colour(page, (0.5, 0.1)) != colour(page, (0.5, 0.9))
