"""A page in headless Chromium, for tests that need a browser; its console must stay empty."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from exactpwl import PolyhedralComplex
from exactpwl.explore import save_atlas

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)
WIDE = {"width": 1300, "height": 800}

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running Chromium."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip(f"a browser is needed: there is none of {', '.join(PROGRAMS)}")
    with driver.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield running
        running.close()


@pytest.fixture
def open_atlas(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Write the atlas of a complex and open it; what it says on the console fails the test."""
    contexts, told = [], []

    def open_page(complex_: PolyhedralComplex, window: Any = None, **options: Any) -> Any:
        path = save_atlas(complex_, tmp_path / f"atlas-{len(contexts)}.html", window=window)
        context = browser.new_context(**{"viewport": WIDE, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard(message.type, message.text))
        page.on("pageerror", lambda error: told.append(f"error: {error}"))
        page.on("request", lambda request: asked(request.url, path))
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready]")
        return page

    def heard(kind: str, message: str) -> None:
        if "GL Driver Message" not in message:  # drawing without a graphics card is slow
            told.append(f"{kind}: {message}")

    def asked(url: str, path: Path) -> None:
        if url != path.as_uri() and not url.startswith("data:"):
            told.append(f"it asked for {url}")

    yield open_page
    for context in contexts:
        context.close()
    assert told == []
