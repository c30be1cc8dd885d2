"""Draw docs/images/explore.jpg: an atlas to explore, as a browser shows it.

.venv/bin/python tools/explore_figure.py
"""

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from exactpwl import gallery, regions
from exactpwl.explore import save_atlas

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "explore.jpg"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    shown = gallery.exhibit("rings")
    program = next(filter(None, map(shutil.which, PROGRAMS)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = save_atlas(regions(shown.network), Path(folder) / "rings.html", window=shown.window)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1120, "height": 680})
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready]")
        page.fill("#search", "1/3, -2/5")
        page.keyboard.press("Enter")
        page.focus("#stage")
        page.wait_for_timeout(500)
        seen = page.screenshot()
        browser.close()
    Image.open(BytesIO(seen)).convert("RGB").save(PICTURE, quality=88)
    print(f"{PICTURE}: {PICTURE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
