"""Fixtures and hypothesis profiles for all tests."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

IN_CI = "CI" in os.environ
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_OPTIONS = (
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)

settings.register_profile("default", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True, print_blob=True)
settings.register_profile(
    "thorough", deadline=None, max_examples=500, derandomize=IN_CI, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "default"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository that holds the proven answers and the test networks."""
    folder = Path(__file__).resolve().parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the folder of proven answers is not beside the repository: no {folder}")
    return folder


@pytest.fixture(scope="session")
def ground_truth(shared: Path) -> dict[str, Any]:
    """The networks and arrangements with proven answers, as they stand in ``ground_truth.json``."""
    text = (shared / "ground_truth.json").read_text(encoding="utf-8")
    truth: dict[str, Any] = json.loads(text)
    return truth


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A running Chromium, headless; without one the test is skipped with the reason.

    Its driver keeps an event loop while it runs, so it ends with the module.
    """
    driver = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"a browser is needed: there is none of {', '.join(BROWSERS)}")
    with driver.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(BROWSER_OPTIONS))
        yield running
        running.close()
