"""A page in headless Chromium, for tests that need a browser; its console must stay empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from exactpwl import PolyhedralComplex
from exactpwl.explore import save_atlas

WIDE = {"width": 1300, "height": 800}

Open = Callable[..., Any]


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
