"""Size and speed of an atlas to explore, in headless Chromium.

    .venv/bin/python benchmarks/explore.py [a|b|c|d ...]

For each network of the field with two inputs, over [-1, 1]^2, it prints how long the page takes to
write, its size, how long a browser takes until the page can be used, and the median and the longest
time of a whole frame of the plan, of a region shown on hovering (found, outlined, its panel filled
and laid out) and of a point located; then what it takes to build the surface.  Times are wall-clock
times, in a browser without a graphics card.  Needs playwright and a Chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from exactpwl import Network, regions
from exactpwl.explore import save_atlas
from peers.networks import RANDOM, random_network

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")

FRAMES = """() => Array.from({ length: 15 }, (_, i) => {
    explore.plan.view.zoomAt(500, 400, i % 2 ? 1.01 : 1 / 1.01);
    const started = performance.now();
    explore.plan.draw();
    explore.plan.context.getImageData(0, 0, 1, 1);
    return performance.now() - started;
})"""
HOVERS = """() => Array.from({ length: 60 }, (_, i) => {
    const { width, height } = explore.plan.view;
    const started = performance.now();
    const region = explore.plan.pick(width * (0.3 + 0.011 * i), height * (0.1 + 0.013 * i));
    if (region < 0) return 0;
    explore.state.hovered = region;
    explore.marks();
    explore.panel();
    document.querySelector("#panel").offsetHeight;
    return performance.now() - started;
})"""
SEARCHES = """() => Array.from({ length: 20 }, (_, i) => {
    const started = performance.now();
    explore.search(`${i - 10}/11, ${10 - 3 * (i % 7)}/13`);
    return performance.now() - started;
})"""
SURFACE = """() => {
    explore.fit();
    const started = performance.now();
    explore.toggleSurface();
    return performance.now() - started;
}"""


def told(times: list[float]) -> str:
    return f"{median(times):.0f} ms, at most {max(times):.0f} ms"


def measure(name: str, browser: Any, folder: Path) -> None:
    arrays = random_network(RANDOM[name])
    network = Network.from_arrays(arrays.weights, arrays.biases)
    complex_ = regions(network, [(-1, 1), (-1, 1)])
    started = time.perf_counter()
    path = save_atlas(complex_, folder / "atlas.html")
    written = time.perf_counter() - started
    print(f"{name}, {RANDOM[name]}: {len(complex_)} regions")
    print(f"  page      {path.stat().st_size / 1e6:.1f} MB, written in {written:.1f} s")
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    print(f"  start     {page.evaluate('explore.startedIn'):.0f} ms")
    print(f"  frame     {told(page.evaluate(FRAMES))}")
    print(f"  hover     {told(page.evaluate(HOVERS))}")
    print(f"  locate    {told(page.evaluate(SEARCHES))}")
    print(f"  surface   {page.evaluate(SURFACE):.0f} ms to build")
    page.close()


def main() -> None:
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, PROGRAMS)))
    arguments = ["--no-sandbox", "--enable-unsafe-swiftshader"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        for name in sys.argv[1:] or "abcd":
            measure(name, browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
