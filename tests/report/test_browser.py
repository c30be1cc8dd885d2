"""The page in headless Chromium: tables are searched, sorted and leafed, the console is empty."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from exactpwl import gallery, regions
from exactpwl.report import save_report

pytestmark = pytest.mark.slow

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of eight lines: 37 regions, 56 rows of empty patterns."""
    return save_report(
        regions(gallery.get("lines:8")), tmp_path_factory.mktemp("lines"), figures=False
    ).folder


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Any]:
    told: list[str] = []

    def asked(url: str) -> None:
        if not url.startswith((folder.as_uri(), "data:", "blob:")):
            told.append(f"it asked for {url}")

    context = browser.new_context(viewport={"width": 1300, "height": 900})
    found = context.new_page()
    found.on("console", lambda message: told.append(message.text))
    found.on("pageerror", lambda error: told.append(str(error)))
    found.on("request", lambda request: asked(request.url))
    found.goto((folder / "index.html").as_uri())

    yield found
    context.close()
    assert told == []


def column(page: Any, number: int) -> list[str]:
    """The cells of a column of the table of regions."""
    cells = page.locator(f"#regions tbody tr td:nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_leafing(page: Any) -> None:
    assert column(page, 1) == [str(i) for i in range(25)]
    told = page.locator("#regions output")
    assert told.inner_text() == "1 to 25 of 37 regions"
    page.locator("#regions").get_by_role("button", name="Next").click()
    assert column(page, 1) == [str(i) for i in range(25, 37)]
    assert page.locator("#regions").get_by_role("button", name="Next").is_disabled()
    page.locator("#regions").get_by_role("button", name="Previous").click()
    assert len(column(page, 1)) == 25


def test_searching(page: Any) -> None:
    page.locator("#regions input").fill("10100100")
    assert column(page, 2) == ["10100100"]
    assert page.locator("#regions output").inner_text() == "1 to 1 of 1 found among 37 regions"
    page.locator("#regions input").fill("nowhere")
    assert column(page, 2) == []
    page.locator("#regions input").fill("")
    assert len(column(page, 1)) == 25


def test_sorting_by_exact_area_with_the_keyboard(page: Any) -> None:
    complex_ = regions(gallery.get("lines:8"))
    bounded = sorted((r for r in complex_.regions if r.is_bounded), key=lambda r: r.volume)
    button = page.locator("#regions th[data-sort=volume] button")
    button.focus()
    page.keyboard.press("Enter")
    assert column(page, 1)[:21] == [str(region.index) for region in bounded]
    assert page.locator("#regions th[data-sort=volume]").get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert set(column(page, 6)[:16]) == {"∞"}


def test_the_tables_do_not_share_their_tools(page: Any) -> None:
    page.locator("#empty-patterns input").fill("00001***")
    assert page.locator("#empty-patterns tbody tr").count() == 1
    assert len(column(page, 1)) == 25


@pytest.mark.parametrize("width", [360, 800, 1600])
def test_nothing_is_wider_than_the_window(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_first_rows_are_there(browser: Any, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto((folder / "index.html").as_uri())
    assert bare.locator("#regions tbody tr").count() == 25
    assert bare.locator("#regions input").count() == 0
    context.close()
